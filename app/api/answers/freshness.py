"""Verdicts on copies as answers."""

from collections.abc import Sequence

from pydantic import BaseModel

from app.api.answers.assets import AssetPointer
from app.models.asset import Asset
from app.queries.freshness import Copy


class CopyAnswer(BaseModel):
    """How a copy stands: which version of which asset it is, and what to use instead.

    `current` is the number of the current version where this one is superseded; `replaced_by`
    the asset that is used instead of a retired one.
    """

    sha256: str
    verdict: str
    asset: AssetPointer | None
    version: int | None
    current: int | None
    replaced_by: AssetPointer | None

    @classmethod
    def of(cls, copy: Copy) -> "CopyAnswer":
        """From a verdict."""
        return cls(
            sha256=copy.sha256,
            verdict=copy.verdict.value,
            asset=_pointer(copy.asset),
            version=copy.version.number if copy.version else None,
            current=copy.current.number if copy.current else None,
            replaced_by=_pointer(copy.replaced_by),
        )


class CopyList(BaseModel):
    """Verdicts in the order in which they were asked for."""

    items: list[CopyAnswer]

    @classmethod
    def of(cls, copies: Sequence[Copy]) -> "CopyList":
        """From verdicts."""
        return cls(items=[CopyAnswer.of(copy) for copy in copies])


def _pointer(asset: Asset | None) -> AssetPointer | None:
    return AssetPointer.to(asset) if asset else None
