"""What the engines in this process have in common: a folder, a reader of snapshots, its words."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from app.backends.search.base import EngineUnavailable
from app.backends.search.folder import IndexFolder
from app.backends.search.highlighting import Markers
from app.backends.search.notes import Notes
from app.backends.search.vocabulary import Vocabulary
from app.text.query import Query
from app.text.snippet import snippet

_Answer = TypeVar("_Answer")


class AnySnapshot(Protocol):
    """The index as one commit left it."""

    @property
    def vocabulary(self) -> Vocabulary:
        """Its public words."""

    @property
    def markers(self) -> Markers:
        """What marks the words of queries in texts."""


_Snapshot = TypeVar("_Snapshot", bound=AnySnapshot)
_Snapshot_co = TypeVar("_Snapshot_co", bound=AnySnapshot, covariant=True)


class AnyReader(Protocol[_Snapshot_co]):
    """Gives answers from the newest snapshot."""

    def ask(self, question: Callable[[_Snapshot_co], _Answer]) -> _Answer:
        """Ask; raises EngineUnavailable, whatever is wrong with the index."""

    def forget(self) -> None:
        """Open anew at the next call."""


class EmbeddedEngine(Notes, Generic[_Snapshot]):
    """The part of the contract that is the same over every such engine."""

    def __init__(self, folder: IndexFolder, reader: AnyReader[_Snapshot]) -> None:
        super().__init__(folder)
        self._snapshots = reader

    def snippet(self, query: Query, text: str) -> str:
        """The passage of a text that best shows why it matched, as HTML with only <mark>."""
        return snippet(text, self._ask(lambda snapshot: snapshot.markers.of(query)))

    def completions(self, beginning: str, most: int) -> list[str]:
        """Folded words of public assets with this beginning, the most frequent first."""
        return self._ask(lambda snapshot: snapshot.vocabulary.completions(beginning, most))

    def spelled(self, word: str) -> str | None:
        """The likeliest public word that an unknown one stands for."""
        return self._ask(lambda snapshot: snapshot.vocabulary.spelled(word))

    def knows(self, word: str) -> bool:
        """Whether a public asset has this word, in any inflection."""
        return self._ask(lambda snapshot: snapshot.vocabulary.knows(word))

    def close(self) -> None:
        """Let go of files and locks."""
        self._snapshots.forget()
        self._folder.unlock()

    def _ask(self, question: Callable[[_Snapshot], _Answer]) -> _Answer:
        """Ask a snapshot; once more a new one, as a rebuild or a merge may have taken its files."""
        try:
            return self._snapshots.ask(question)
        except EngineUnavailable:
            self._snapshots.forget()
            return self._snapshots.ask(question)
