"""The engine itself: the contract of base.py over one folder."""

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.backends.search.base import NOTHING, AssetDocument, Batch, Change, Matches, PageHit
from app.backends.search.embedded import EmbeddedEngine
from app.backends.search.folder import IndexFolder
from app.backends.search.whoosh import searching, writing
from app.backends.search.whoosh.reading import (
    NOT_SEEN,
    Reader,
    Snapshot,
    damage_as_unavailable,
    opened,
)
from app.backends.search.whoosh.schema import FORMAT
from app.text.query import Query


class WhooshEngine(EmbeddedEngine[Snapshot]):
    """Reads from any number of threads and processes; one process writes."""

    def __init__(self, root: Path) -> None:
        folder = IndexFolder(root, FORMAT)
        self._reader = Reader(folder)
        super().__init__(folder, self._reader)

    def apply(self, changes: Sequence[Change], position: int) -> None:
        """Put the changes and the position in, in one commit."""
        self._folder.lock()
        self._reader.look_again()
        # Only the writing needs no turn at the reader: it looks at what never changes.
        snapshot = self._reader.ask(lambda snapshot: snapshot)
        with damage_as_unavailable():
            writing.write_changes(snapshot, changes, position)
        self._reader.look_again()

    def position(self) -> int:
        """The number of the last change that the index holds."""
        return self._ask(searching.position)

    def search(self, query: Query, *, match_all: bool, best: int) -> Matches:
        """Match pages that have all words of a query, or some of them."""
        if query.is_empty:
            return NOTHING
        return self._ask(
            lambda snapshot: searching.search(snapshot, query, match_all=match_all, best=best)
        )

    def best(self, query: Query, most: int, *, match_all: bool) -> Sequence[PageHit]:
        """The best pages of those that match."""
        return self.search(query, match_all=match_all, best=most).best

    def rebuild(
        self, documents: Iterable[AssetDocument], position: int, later: Iterable[Batch] = ()
    ) -> None:
        """Make the index anew beside the living one, then change over; readers never stop."""
        self._folder.lock()
        fresh = self._folder.fresh()
        try:
            with damage_as_unavailable(OSError):
                writing.make_index(fresh)
                writing.write_all(fresh, documents, position)
                for changes, number in later:
                    writing.write_changes(opened(fresh, NOT_SEEN), changes, number)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        self._folder.change_over(fresh)
        self._reader.forget()

    def asset_ids(self) -> frozenset[int]:
        """Every asset that the index holds."""
        return self._ask(searching.all_assets)
