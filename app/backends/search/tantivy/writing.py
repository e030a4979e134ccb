"""The writing side: each batch is one commit, which also holds the position it brings."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tantivy import Index, IndexWriter, Query

from app.backends.search.base import AssetDocument, Change
from app.backends.search.tantivy.analysis import register
from app.backends.search.tantivy.memory import give_back
from app.backends.search.tantivy.schema import SCHEMA, documents, position_document

_HEAP = 50_000_000


def make_index(folder: Path) -> Index:
    """An empty index in an empty folder."""
    index = Index(SCHEMA, str(folder))
    register(index)
    return index


def write_changes(index: Index, changes: Sequence[Change], position: int) -> None:
    """Replace the changed assets whole and note the position, in one commit."""

    def put_in(writer: IndexWriter) -> None:
        for asset_id, document in {c.asset_id: c.document for c in changes}.items():
            # delete_documents_by_term does not find unsigned numbers; a query does.
            writer.delete_documents_by_query(Query.term_query(SCHEMA, "asset", asset_id))
            if document:
                _add(writer, document)
        writer.delete_documents_by_query(Query.exists_query("position"))
        writer.add_document(position_document(position))

    _commit(index, put_in)


def write_all(index: Index, assets: Iterable[AssetDocument], position: int) -> None:
    """Fill an empty index and note the position, in one commit."""

    def put_in(writer: IndexWriter) -> None:
        for asset in assets:
            _add(writer, asset)
        writer.add_document(position_document(position))

    _commit(index, put_in)


def _add(writer: IndexWriter, asset: AssetDocument) -> None:
    for document in documents(asset):
        writer.add_document(document)


def _commit(index: Index, put_in: Callable[[IndexWriter], None]) -> None:
    # A writer holds its memory as long as it lives, so each batch has its own.
    writer = index.writer(_HEAP, 1)
    try:
        put_in(writer)
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()
        give_back()
