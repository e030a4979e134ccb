"""What the example company has in its hub: every asset with its versions and their pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from app.choices import Kind, Status
from app.example.pages import ExamplePage
from app.example.reading import read

__all__ = ["ExampleAsset", "ExamplePage", "ExampleVersion", "assets"]

_TEXTS = Path(__file__).resolve().parent / "texts"


@dataclass(frozen=True, slots=True)
class ExampleVersion:
    """One upload; `days_ago` counts back from the day on which the example is loaded."""

    number: int
    days_ago: int
    filename: str
    change_note: str
    pages: tuple[ExamplePage, ...]


@dataclass(frozen=True, slots=True)
class ExampleAsset:
    """One piece of collateral; `owner` is "priya" or "tomasz"."""

    key: str
    title: str
    kind: Kind
    owner: str
    summary: str
    use_it_when: str
    say_this: str
    is_shareable: bool
    facets: Mapping[str, list[str]]
    versions: tuple[ExampleVersion, ...]
    status: Status
    review_due_in_days: int
    retired_days_ago: int | None
    retired_reason: str
    replaced_by: str | None


@cache
def assets() -> tuple[ExampleAsset, ...]:
    """Everything, kind by kind and in the order of the keys."""
    return tuple(_asset(path) for path in sorted(_TEXTS.glob("*/*.md")))


def _asset(path: Path) -> ExampleAsset:
    said, pages = read(path)
    return ExampleAsset(
        key=path.stem,
        title=said["title"],
        kind=Kind(said["kind"]),
        owner=said["owner"],
        summary=said["summary"],
        use_it_when=said["use_it_when"],
        say_this=said["say_this"],
        is_shareable=said["is_shareable"],
        facets=said["facets"],
        versions=tuple(_versions(said, pages)),
        status=Status(said.get("status", Status.PUBLISHED)),
        review_due_in_days=said["review_due_in_days"],
        retired_days_ago=said.get("retired_days_ago"),
        retired_reason=said.get("retired_reason", ""),
        replaced_by=said.get("replaced_by"),
    )


def _versions(said: dict[str, Any], pages: list[tuple[ExamplePage, ...]]) -> list[ExampleVersion]:
    told = zip(said["versions"], pages, strict=True)
    return [
        ExampleVersion(
            number=number,
            days_ago=one["days_ago"],
            filename=one.get("file") or _filename(said["file"], number),
            change_note=one.get("change_note", ""),
            pages=these,
        )
        for number, (one, these) in enumerate(told, start=1)
    ]


def _filename(name: str, number: int) -> str:
    """The asset's file name, with the version's number as people write it."""
    path = PurePath(name)
    return name if number == 1 else f"{path.stem}-v{number}{path.suffix}"
