"""Is my altered copy current? Page by page, by what the pages say."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.choices import Status
from app.db import session
from app.models.asset import Asset
from app.models.person import User
from app.models.version import Page, Version
from app.queries import duplicates, freshness
from app.text import fingerprint, near

COMPARED = 8
BATCH = 5_000
MOST_NAMED = 40


class PageFreshness(StrEnum):
    """How a page of a copy stands."""

    CURRENT = "current"
    ALTERED = "altered"
    CHANGED = "changed"
    RETIRED = "retired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class JudgedPage:
    """A page of a copy, from 1, and the page here that it is; none where it is unknown.

    `altered` is a current page whose words differ; `changed` a page that its piece had once and has
    no more; either way `likeness` (0 to 1) says how near the texts are.
    """

    number: int
    verdict: PageFreshness
    page: Page | None = None
    version: Version | None = None
    likeness: float = 0.0

    @property
    def instead(self) -> Asset | None:
        """What is used instead of the retired piece that the page is of."""
        is_retired = self.verdict is PageFreshness.RETIRED and self.version is not None
        return freshness.living(self.version.asset) if is_retired and self.version else None


def judged(actor: User, pages: Sequence[tuple[str, str]]) -> list[JudgedPage]:
    """A verdict for each page, a title and a text each, in their order."""
    texts = [f"{title} {text}" for title, text in pages]
    prints = [fingerprint.of_page(title, text) for title, text in pages]
    bands = [near.bands(text) for text in texts]
    found = _found(actor, bands, prints)
    rows = _rows(sorted({page_id for one in found for page_id in one}))
    # The same page can come a thousand times.
    known: dict[str, JudgedPage] = {}
    first = []
    for place, text in enumerate(texts):
        if text not in known:
            likely = [rows[page_id] for page_id in found[place] if page_id in rows]
            known[text] = _judged(place + 1, text, likely)
        first.append(replace(known[text], number=place + 1))
    return _with_short_ones(first, texts)


def main_version(found: Sequence[JudgedPage]) -> Version | None:
    """The version that most pages of the copy are of."""
    counted = Counter(one.version for one in found if one.version is not None)
    return counted.most_common(1)[0][0] if counted else None


def told(filename: str, found: Sequence[JudgedPage]) -> str:
    """What a copy's owner is told of it, as a note to begin with."""
    by_verdict: dict[PageFreshness, list[str]] = defaultdict(list)
    for one in found:
        by_verdict[one.verdict].append(str(one.number))
    words = {
        PageFreshness.ALTERED: "altered",
        PageFreshness.CHANGED: "from an older version",
        PageFreshness.RETIRED: "retired",
        PageFreshness.UNKNOWN: "added by somebody",
    }
    parts = [
        f"pages {word}: {', '.join(by_verdict[one][:MOST_NAMED])}"
        for one, word in words.items()
        if by_verdict[one]
    ]
    return f"A changed copy, “{filename}”, is in use; {'; '.join(parts)}." if parts else ""


Row = tuple[Page, Version]


def _with_short_ones(found: Sequence[JudgedPage], texts: Sequence[str]) -> list[JudgedPage]:
    """Pages that say too little to be found anywhere are looked for where the others come from."""
    main = main_version(found)
    if main is None:
        return list(found)
    sources = [one for one in (main, main.asset.current_version) if one is not None]
    here = {
        _words(f"{page.title} {page.text}"): row for row in _pages_of(sources) for page in row[:1]
    }
    answers = []
    for one in found:
        row = here.get(_words(texts[one.number - 1]))
        if one.verdict is PageFreshness.UNKNOWN and row is not None:
            one = JudgedPage(one.number, _verdict(row[1], is_same=True), *row, 1.0)
        answers.append(one)
    return answers


def _pages_of(versions: Sequence[Version]) -> Iterator[Row]:
    """The pages of these versions, those of the last one last."""
    for version in versions:
        for page in session.scalars(select(Page).where(Page.version_id == version.id)):
            yield page, version


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.casefold().split())


def _found(actor: User, bands: Sequence[Sequence[int]], prints: Sequence[str]) -> list[list[int]]:
    """For each page the rows of those that may be it: the same words first, then the likeliest."""
    values = sorted({value for some in bands for value in some})
    by_value: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    by_print: dict[str, list[int]] = defaultdict(list)
    wanted = sorted({one for one in prints if one})
    for start in range(0, max(len(values), len(wanted), 1), BATCH):
        some = slice(start, start + BATCH)
        like, same = duplicates.like_pages(actor, values[some], wanted[some])
        for value, page_id, in_use in like:
            by_value[value].append((page_id, in_use))
        for page_id, found in same:
            by_print[found].append(page_id)
    return [
        list(dict.fromkeys([*by_print.get(one, ()), *_likeliest(some, by_value)]))
        for one, some in zip(prints, bands, strict=True)
    ]


def _likeliest(
    values: Sequence[int], by_value: Mapping[int, Sequence[tuple[int, bool]]]
) -> Iterator[int]:
    """Those with the most bands in common; of equals what is in use, then the newest."""
    shared = Counter(found for value in values for found in by_value.get(value, ()))
    ranked = sorted(shared.items(), key=lambda one: (-one[1], not one[0][1], -one[0][0]))
    for (page_id, _), _ in ranked[:COMPARED]:
        yield page_id


def _rows(page_ids: Sequence[int]) -> Mapping[int, Row]:
    found: dict[int, Row] = {}
    whole = joinedload(Version.asset).selectinload(Asset.current_version)
    chosen = select(Page, Version).join(Version, Version.id == Page.version_id).options(whole)
    for start in range(0, len(page_ids), BATCH):
        some = chosen.where(Page.id.in_(page_ids[start : start + BATCH]))
        found |= {page.id: (page, version) for page, version in session.execute(some).unique()}
    return found


def _judged(number: int, text: str, rows: Sequence[Row]) -> JudgedPage:
    """The page with the same words, else the likest; of equals a current one, then the newest.

    Likeness takes one number for another, so a page of old prices is as like the new one as itself.
    """
    scored = [
        (_is_same(text, page), near.likeness(text, f"{page.title} {page.text}"), page, version)
        for page, version in rows
        if _is_same(text, page) or near.is_same_page(text, f"{page.title} {page.text}")
    ]
    if not scored:
        return JudgedPage(number, PageFreshness.UNKNOWN)
    is_same, share, page, version = max(scored, key=lambda one: (*one[:2], *_standing(one[3])))
    return JudgedPage(number, _verdict(version, is_same=is_same), page, version, share)


def _standing(version: Version) -> tuple[bool, bool, int]:
    in_use = version.asset.status is Status.PUBLISHED
    return in_use and version.is_current, in_use, version.number


def _is_same(text: str, page: Page) -> bool:
    return _words(text) == _words(f"{page.title} {page.text}")


def _verdict(version: Version, *, is_same: bool) -> PageFreshness:
    if version.asset.status is not Status.PUBLISHED:
        return PageFreshness.RETIRED
    if not version.is_current:
        return PageFreshness.CHANGED
    return PageFreshness.CURRENT if is_same else PageFreshness.ALTERED
