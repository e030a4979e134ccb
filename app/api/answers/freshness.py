"""Verdicts on copies as answers."""

from collections.abc import Sequence

from pydantic import BaseModel

from app.api.answers.assets import AssetPointer
from app.choices import Status
from app.models.asset import Asset
from app.queries.freshness import Copy
from app.queries.page_freshness import JudgedPage


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


class PageVerdict(BaseModel):
    """How a page of a copy stands: current, altered, changed, retired or unknown.

    `page` is the page of `version` of `asset` that it is; `current` the current version's number.
    `likeness` is 1 where the words are the same.
    """

    number: int
    verdict: str
    asset: AssetPointer | None
    version: int | None
    page: int | None
    current: int | None
    replaced_by: AssetPointer | None
    likeness: float

    @classmethod
    def of(cls, one: JudgedPage) -> "PageVerdict":
        """From a verdict."""
        asset = one.version.asset if one.version else None
        current = asset.current_version if asset and asset.status is Status.PUBLISHED else None
        return cls(
            number=one.number,
            verdict=one.verdict.value,
            asset=_pointer(asset),
            version=one.version.number if one.version else None,
            page=one.page.number if one.page else None,
            current=current.number if current else None,
            replaced_by=_pointer(one.instead),
            likeness=round(one.likeness, 3),
        )


class PageVerdictList(BaseModel):
    """A verdict for each page of a copy, in its order."""

    items: list[PageVerdict]

    @classmethod
    def of(cls, pages: Sequence[JudgedPage]) -> "PageVerdictList":
        """From verdicts."""
        return cls(items=[PageVerdict.of(one) for one in pages])


def _pointer(asset: Asset | None) -> AssetPointer | None:
    return AssetPointer.to(asset) if asset else None
