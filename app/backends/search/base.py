"""The contract of a search engine: what the hub asks of it and what it answers.

An engine proposes: it knows words and scores. Who may see what, states, totals and facets
are decided from the database by whoever asks.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from app.text.query import Query


@dataclass(frozen=True, slots=True)
class PageText:
    """What is searched of one page; `notes` are the speaker's."""

    number: int
    title: str
    text: str
    notes: str


@dataclass(frozen=True, slots=True)
class AssetDocument:
    """What is searched of one asset: its description and the pages of its current version.

    `facets` maps a facet's singular name (kind, stage, persona, product, industry, segment,
    region, competitor, tag, owner) to its values. `is_public` says whether its words may be
    offered to everybody (as a spelling or a completion).
    """

    asset_id: int
    title: str
    description: str
    facets: Mapping[str, tuple[str, ...]]
    is_public: bool
    pages: tuple[PageText, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """An asset's new state in the index; no document takes it out."""

    asset_id: int
    document: AssetDocument | None


Batch = tuple[Sequence[Change], int]
"""Changes, and the number of the last of them."""


class PageHit(NamedTuple):
    """One page that matches, with its text score; page 0 is the asset's own description."""

    asset_id: int
    page: int
    score: float


@dataclass(frozen=True, slots=True)
class Matches:
    """Everything that matches a query.

    `assets` is complete and exact: a bitmap of every asset that matches. `best` holds the pages
    with the highest scores, at most as many as were asked for, highest first; ties by asset id and
    page. `pages_of` tells, exactly too, how many pages of such assets match, page 0 not counted
    and assets without one left out; it raises EngineUnavailable.
    """

    assets: int
    best: Sequence[PageHit]
    pages_of: Callable[[Collection[int]], Mapping[int, int]]


NOTHING = Matches(0, (), lambda _: {})


class Why(StrEnum):
    """Why an index is made anew, as it is said to people."""

    ASKED = "somebody asked for it"
    MISSING = "there was none"
    VERSION = "it was of another version"
    DAMAGED = "it was damaged"
    AHEAD = "it was ahead of the database"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a rebuild is, in assets; what changed meanwhile comes after the last of them."""

    done: int
    total: int
    began: datetime
    why: Why


class EngineUnavailable(Exception):
    """The index cannot be read: none was made, or it is damaged or of another version.

    `rebuild` is what heals it.
    """

    def __init__(self, sentence: str, why: Why = Why.DAMAGED) -> None:
        super().__init__(sentence)
        self.why = why


class WriterBusy(Exception):
    """Another process is the index's writer."""


class CannotWrite(Exception):
    """The folder takes no more, as on a full or read-only disk; the living index is untouched."""


class Engine(Protocol):
    """A search engine over one folder on this machine.

    Everything but `rebuild` and `close` raises EngineUnavailable while there is no sound index.
    The first `apply` or `rebuild` makes this process the writer until `close`; both raise
    WriterBusy while another process is. Nothing is opened before the first call. Where the disk
    is full or read-only, `rebuild` raises CannotWrite before it takes the first document.
    """

    format: str
    """Engine, its version and the schema's: an index of another one is made anew."""

    def apply(self, changes: Sequence[Change], position: int) -> None:
        """Put the changes and the position (the last change's number) in, in one commit."""

    def position(self) -> int:
        """The number of the last change that the index holds."""

    def search(self, query: Query, *, match_all: bool, best: int) -> Matches:
        """Match pages that have all words of the query, or some of them.

        Some are one of up to four words, two of up to nine, three of more. Of what is written
        together (`follow-up`, a run of Asian characters) half is enough then.

        A word may stand in the asset's description, but one must be the page's own; where the
        description alone matches, page 0 does. An asset goes by its page 0 only if none of its
        pages has what the query excludes. Facets and exclusions always hold.
        """

    def best(self, query: Query, most: int, *, match_all: bool) -> Sequence[PageHit]:
        """The best of what `search` finds, where nothing is to be counted.

        Far down, where scores hardly differ, the order may.
        """

    def snippet(self, query: Query, text: str) -> str:
        """The passage of a text that best shows why it matched, as HTML with only <mark>."""

    def completions(self, beginning: str, most: int) -> list[str]:
        """Folded words of public assets with this beginning, the most frequent first.

        At most 64; none for more than one word, or for Asian runs, which have no word ends.
        """

    def spelled(self, word: str) -> str | None:
        """The likeliest public word that an unknown one stands for.

        None where a public asset has the word in any inflection, or nothing resembles it.
        """

    def knows(self, word: str) -> bool:
        """Whether a public asset has this word, in any inflection; of several, each of them."""

    def rebuild(
        self, documents: Iterable[AssetDocument], position: int, later: Iterable[Batch] = ()
    ) -> None:
        """Make the index anew in a folder beside the living one, then change over.

        Once the documents are in, `later` is asked for what changed meanwhile, each batch a
        commit of its own; the new index takes over when it has no more.
        """

    def ask_for_rebuild(self) -> None:
        """Leave word for whichever process writes that the index is to be made anew."""

    def is_rebuild_wanted(self) -> bool:
        """Whether somebody left that word; `rebuild` takes it away."""

    def suspect(self) -> None:
        """Leave word that a question could not be answered, though the index seems sound."""

    def is_suspected(self) -> bool:
        """Whether somebody left that word; `rebuild` takes it away."""

    def report(self, progress: Progress | None) -> None:
        """Let everybody on this machine see how far the rebuild is; nothing once it is over.

        Heard only from the writer, and written at most a few times a second.
        """

    def progress(self) -> Progress | None:
        """How far the rebuild is that runs just now, in whichever process."""

    def note_followed(self) -> None:
        """Note that the follower has just done its work, or found that there was none."""

    def followed_at(self) -> datetime | None:
        """When it last noted that, give or take five seconds; nothing where it never did."""

    def size(self) -> int:
        """The bytes of everything in the folder, an index that is being made included."""

    def asset_ids(self) -> frozenset[int]:
        """Every asset that the index holds, to be compared with the database."""

    def close(self) -> None:
        """Let go of files and locks."""
