"""What changed between two versions of an asset."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.choices import TextState
from app.errors import Conflict
from app.models.version import Page, Version
from app.queries import versions
from app.text import diff
from app.text.diff import Change, Piece

WORDS = {
    Change.CHANGED: "changed",
    Change.ADDED: "added",
    Change.REMOVED: "removed",
    Change.MOVED: "moved",
    Change.SAME: "the same",
}


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """A page before and after; none where it was not, or is no more."""

    old: Page | None
    new: Page | None
    change: Change

    @property
    def pieces(self) -> Sequence[Piece]:
        """Its text with what went and what came."""
        return diff.words(_text(self.old), _text(self.new))


@dataclass(frozen=True, slots=True)
class Changes:
    """Every page of two versions, in the order of the later given one."""

    old: Version
    new: Version
    pages: Sequence[ChangedPage]

    @property
    def summary(self) -> str:
        """How many pages changed in which way, as a sentence."""
        if not self.pages:
            return "Neither version has a page whose text could be read."
        counts = Counter(page.change for page in self.pages)
        told = [f"{counts[change]} {words}" for change, words in WORDS.items() if counts[change]]
        first, *others = told
        noun = "page" if first.startswith("1 ") else "pages"
        number, _, rest = first.partition(" ")
        return f"{', '.join([f'{number} {noun} {rest}', *others])}."


def between(old: Version, new: Version) -> Changes:
    """Compare two versions that the asker has been found to see.

    Raises Conflict while a text is still being read.
    """
    for version in (old, new):
        if version.text_state is TextState.PENDING:
            raise Conflict(
                f"The text of version {version.number} is still being read. Ask again in a moment."
            )
    before, after = versions.pages(old), versions.pages(new)
    paired = diff.pages([_text(page) for page in before], [_text(page) for page in after])
    found = [
        ChangedPage(
            before[one.old] if one.old is not None else None,
            after[one.new] if one.new is not None else None,
            one.change,
        )
        for one in paired
    ]
    return Changes(old, new, found)


def _text(page: Page | None) -> str:
    if page is None:
        return ""
    return "\n".join(part for part in (page.title, page.text, page.speaker_notes) if part)
