"""The writing side: each batch is one commit, which also holds the position it brings."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tantivy import Index, IndexWriter, Query

from app.backends.search.base import AssetDocument, Change
from app.backends.search.tantivy.indexes import Indexes
from app.backends.search.tantivy.memory import give_back
from app.backends.search.tantivy.schema import COVERS, PAGES, documents, position_document

_HEAP = 50_000_000


@dataclass(frozen=True, slots=True)
class _Writers:
    pages: IndexWriter
    covers: IndexWriter

    def add(self, asset: AssetDocument) -> None:
        for schema, document in documents(asset):
            (self.pages if schema is PAGES else self.covers).add_document(document)

    def take_out(self, asset_id: int) -> None:
        # delete_documents_by_term does not find unsigned numbers; a query does.
        self.pages.delete_documents_by_query(Query.term_query(PAGES, "asset", asset_id))
        self.pages.delete_documents_by_query(Query.term_query(PAGES, "blank", asset_id))
        self.covers.delete_documents_by_query(Query.term_query(COVERS, "asset", asset_id))


def write_changes(indexes: Indexes, changes: Sequence[Change], position: int) -> None:
    """Replace the changed assets whole and note the position, in one commit."""
    with _commit(indexes) as writers:
        for asset_id, document in {c.asset_id: c.document for c in changes}.items():
            writers.take_out(asset_id)
            if document:
                writers.add(document)
        writers.covers.delete_documents_by_query(Query.exists_query("position"))
        writers.covers.add_document(position_document(position))


def write_all(indexes: Indexes, assets: Iterable[AssetDocument], position: int) -> None:
    """Fill an empty index and note the position, in one commit."""
    with _commit(indexes) as writers:
        for asset in assets:
            writers.add(asset)
        writers.covers.add_document(position_document(position))


@contextmanager
def _commit(indexes: Indexes) -> Iterator[_Writers]:
    # The covers last: they have the position. Where only the pages came through, it is the old
    # one, and the changes are applied once more. Nothing comes in between: merges are waited for
    # afterwards.
    try:
        with _writing(indexes.pages) as pages, _writing(indexes.covers) as covers:
            yield _Writers(pages, covers)
            pages.commit()
            covers.commit()
    finally:
        give_back()


@contextmanager
def _writing(index: Index) -> Iterator[IndexWriter]:
    # A writer holds its memory as long as it lives, so each batch has its own.
    writer = index.writer(_HEAP, 1)
    try:
        yield writer
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()
