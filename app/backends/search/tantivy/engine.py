"""The engine itself: the contract of base.py over one folder."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from app.backends.search.base import AssetDocument, Change, EngineUnavailable, Matches
from app.backends.search.folder import IndexFolder
from app.backends.search.plan import plan
from app.backends.search.tantivy import counting, writing
from app.backends.search.tantivy.reading import Reader, Snapshot, damage_as_unavailable
from app.backends.search.tantivy.schema import FORMAT
from app.backends.search.tantivy.translation import Translation
from app.text.query import Query
from app.text.snippet import snippet

_Answer = TypeVar("_Answer")


class TantivyEngine:
    """Reads from any number of threads and processes; one process writes."""

    def __init__(self, root: Path) -> None:
        self._folder = IndexFolder(root, FORMAT)
        self._reader = Reader(self._folder)

    def apply(self, changes: Sequence[Change], position: int) -> None:
        """Put the changes and the position in, in one commit."""
        self._folder.lock()
        snapshot = self._reader.snapshot()
        with damage_as_unavailable():
            writing.write_changes(snapshot.index, changes, position)
        self._reader.forget()

    def position(self) -> int:
        """The number of the last change that the index holds."""
        return self._ask(lambda snapshot: counting.position(snapshot.searcher))

    def search(self, query: Query, *, match_all: bool, best: int) -> Matches:
        """Match pages that have all words; else any of one or two, half of three or more."""
        if query.is_empty:
            return Matches({}, ())
        return self._ask(lambda snapshot: _search(snapshot, query, match_all, best))

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

    def rebuild(self, documents: Iterable[AssetDocument], position: int) -> None:
        """Make the index anew beside the living one, then change over; readers never stop."""
        self._folder.lock()
        fresh = self._folder.fresh()
        try:
            with damage_as_unavailable():
                writing.write_all(writing.make_index(fresh), documents, position)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        self._folder.change_over(fresh)
        self._reader.forget()

    def ask_for_rebuild(self) -> None:
        """Leave word in the folder."""
        self._folder.ask_for_rebuild()

    def is_rebuild_wanted(self) -> bool:
        """Whether there is word in the folder."""
        return self._folder.is_rebuild_wanted()

    def asset_ids(self) -> frozenset[int]:
        """Every asset that the index holds."""
        return self._ask(lambda snapshot: frozenset(counting.all_assets(snapshot.searcher)))

    def close(self) -> None:
        """Let go of files and locks."""
        self._reader.forget()
        self._folder.unlock()

    def _ask(self, question: Callable[[Snapshot], _Answer]) -> _Answer:
        """Ask the snapshot; once more with a new one, as a rebuild may have taken its files."""
        try:
            return self._ask_once(question)
        except EngineUnavailable:
            self._reader.forget()
            return self._ask_once(question)

    def _ask_once(self, question: Callable[[Snapshot], _Answer]) -> _Answer:
        snapshot = self._reader.snapshot()
        with damage_as_unavailable():
            return question(snapshot)


def _search(snapshot: Snapshot, query: Query, match_all: bool, best: int) -> Matches:
    planned = plan(query.tree, snapshot.vocabulary, match_all=match_all)
    translation = Translation(planned, snapshot.searcher)
    return Matches(
        pages_by_asset=counting.pages_by_asset(snapshot.searcher, translation.counted()),
        best=counting.best_hits(
            snapshot.searcher, translation.ranked(), best, is_scored=planned.is_scored
        ),
    )
