"""The writing side: each batch is one commit, which also holds the position it brings."""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from app.backends.search.base import AssetDocument, Change
from app.backends.search.whoosh.codec import CODEC
from app.backends.search.whoosh.reading import NAME, Snapshot
from app.backends.search.whoosh.schema import POSITION, SCHEMA, documents, position_document

# Counted by Whoosh; the process grows by several times as much.
_MEGABYTES = 32
# Larger segments are merged only once half of them is gone, so that no commit takes minutes.
_LARGE = 5_000


class _SyncedStorage(FileStorage):  # type: ignore[misc]
    """Whoosh syncs nothing: what a commit names must be on the disk before the commit is."""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """The last step of every commit: its table of contents gets its name."""
        for path in Path(self.folder).iterdir():
            if path.is_file():
                _sync(path)
        super().rename_file(oldname, newname, safe)
        _sync(Path(self.folder))


def make_index(folder: Path) -> None:
    """An empty index in an empty folder."""
    FileIndex.create(_SyncedStorage(str(folder)), SCHEMA, NAME)


def write_changes(snapshot: Snapshot, changes: Sequence[Change], position: int) -> None:
    """Replace the changed assets whole and note the position, in one commit."""
    latest = {change.asset_id: change.document for change in changes}

    def put_in(writer: SegmentWriter) -> None:
        for number in _replaced(snapshot, writer, latest.keys()):
            writer.delete_document(number)
        for document in filter(None, latest.values()):
            _add(writer, document)

    _commit(snapshot.folder, put_in, position)


def write_all(folder: Path, assets: Iterable[AssetDocument], position: int) -> None:
    """Fill an empty index and note the position, in one commit."""

    def put_in(writer: SegmentWriter) -> None:
        for asset in assets:
            _add(writer, asset)

    _commit(folder, put_in, position)


def _add(writer: SegmentWriter, asset: AssetDocument) -> None:
    for document in documents(asset):
        writer.add_document(**document)


def _replaced(snapshot: Snapshot, writer: SegmentWriter, assets: Iterable[int]) -> list[int]:
    """The numbers, in the whole index, of the position and of what the assets had."""
    changed = frozenset(assets)
    found: list[int] = []
    first = 0
    for info in writer.segments:
        segment = snapshot.segments[info.segment_id()]
        places = enumerate(zip(segment.assets, segment.pages, strict=True), start=first)
        found += [n for n, (asset, page) in places if page == POSITION or asset in changed]
        first += segment.size
    return found


def _commit(folder: Path, put_in: Callable[[SegmentWriter], None], position: int) -> None:
    for half_written in folder.glob("_*.toc.*"):
        half_written.unlink()
    index = FileIndex(_SyncedStorage(str(folder)), SCHEMA, NAME)
    writer = index.writer(codec=CODEC, limitmb=_MEGABYTES)
    try:
        put_in(writer)
        writer.add_document(**position_document(position))
        writer.commit(mergetype=_merge)
    except BaseException:
        if not writer.is_closed:
            writer.cancel()
        raise


def _merge(writer: SegmentWriter, segments: Sequence[Any]) -> list[Any]:
    """Take in what is no larger than what is new, and so on, as one counts in binary."""
    kept: list[Any] = []
    for segment in sorted(segments, key=lambda one: one.doc_count_all()):
        size = segment.doc_count_all()
        living = size - segment.deleted_count()
        if living * 2 < size or living <= min(writer.doc_count(), _LARGE):
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
        else:
            kept.append(segment)
    return kept


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
