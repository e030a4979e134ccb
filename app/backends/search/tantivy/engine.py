"""The engine itself: the contract of base.py over one folder."""

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.backends.search.base import AssetDocument, Batch, Change, Matches, PageHit
from app.backends.search.embedded import EmbeddedEngine
from app.backends.search.folder import IndexFolder
from app.backends.search.plan import plan
from app.backends.search.tantivy import counting, writing
from app.backends.search.tantivy.reading import (
    TANTIVY_RAISES,
    Reader,
    Snapshot,
    damage_as_unavailable,
)
from app.backends.search.tantivy.schema import FORMAT
from app.backends.search.tantivy.translation import Translation
from app.text.query import Query


class TantivyEngine(EmbeddedEngine[Snapshot]):
    """Reads from any number of threads and processes; one process writes."""

    def __init__(self, root: Path) -> None:
        folder = IndexFolder(root, FORMAT)
        self._reader = Reader(folder)
        super().__init__(folder, self._reader)

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
        """Match pages that have all words of a query, or some of them."""
        if query.is_empty:
            return Matches({}, ())
        return self._ask(lambda snapshot: _search(snapshot, query, match_all, best))

    def best(self, query: Query, most: int) -> Sequence[PageHit]:
        """The best pages of those with all words."""
        if query.is_empty:
            return ()
        return self._ask(lambda snapshot: _best(snapshot, query, most))

    def rebuild(
        self, documents: Iterable[AssetDocument], position: int, later: Iterable[Batch] = ()
    ) -> None:
        """Make the index anew beside the living one, then change over; readers never stop."""
        self._folder.lock()
        fresh = self._folder.fresh()
        try:
            with damage_as_unavailable(TANTIVY_RAISES):
                index = writing.make_index(fresh)
                writing.write_all(index, documents, position)
                for changes, number in later:
                    writing.write_changes(index, changes, number)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        self._folder.change_over(fresh)
        self._reader.forget()

    def asset_ids(self) -> frozenset[int]:
        """Every asset that the index holds."""
        return self._ask(lambda snapshot: frozenset(counting.all_assets(snapshot.searcher)))


def _search(snapshot: Snapshot, query: Query, match_all: bool, best: int) -> Matches:
    translation = _translation(snapshot, query, match_all)
    return Matches(
        pages_by_asset=counting.pages_by_asset(snapshot.searcher, translation.counted()),
        best=_ranked(snapshot, translation, best),
    )


def _best(snapshot: Snapshot, query: Query, most: int) -> list[PageHit]:
    return _ranked(snapshot, _translation(snapshot, query, match_all=True), most)


def _translation(snapshot: Snapshot, query: Query, match_all: bool) -> Translation:
    planned = plan(query.tree, snapshot.vocabulary, match_all=match_all)
    return Translation(planned, snapshot.searcher)


def _ranked(snapshot: Snapshot, translation: Translation, most: int) -> list[PageHit]:
    return counting.best_hits(
        snapshot.searcher, translation.ranked(), most, is_scored=translation.is_scored
    )
