"""The writing side: each batch is one commit, which also holds the position it brings."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from app.backends.search.base import AssetDocument, Change
from app.backends.search.whoosh.codec import CODEC
from app.backends.search.whoosh.pool import Pool
from app.backends.search.whoosh.reading import NAME, Snapshot
from app.backends.search.whoosh.schema import POSITION, SCHEMA, documents, position_document

# Pages in a segment: what a writer has in memory at once, about 100 MB. Larger ones are merged
# only once half of them is gone, so that no commit takes minutes.
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
    with _commit(snapshot.folder) as writer:
        for number in _replaced(snapshot, writer, latest.keys()):
            writer.delete_document(number)
        for document in filter(None, latest.values()):
            _add(writer, document)
        writer.add_document(**position_document(position))


def write_all(folder: Path, assets: Iterable[AssetDocument], position: int) -> None:
    """Fill an empty index that nobody reads yet, and at last note the position."""
    rest = iter(assets)
    is_all = False
    while not is_all:
        with _commit(folder) as writer:
            is_all = _fill(writer, rest)
            if is_all:
                writer.add_document(**position_document(position))


def _fill(writer: SegmentWriter, assets: Iterator[AssetDocument]) -> bool:
    """Put in as many as a segment is to hold; whether these were all."""
    for asset in assets:
        _add(writer, asset)
        if writer.doc_count() >= _LARGE:
            return False
    return True


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


@contextmanager
def _commit(folder: Path) -> Iterator[SegmentWriter]:
    for half_written in folder.glob("_*.toc.*"):
        half_written.unlink()
    index = FileIndex(_SyncedStorage(str(folder)), SCHEMA, NAME)
    # The folder's own lock is held; Whoosh's would stay where a full disk cuts its writer off.
    writer = index.writer(codec=CODEC, _lk=False)
    writer.pool = Pool()
    try:
        yield writer
        writer.commit(mergetype=_merge)
    except BaseException:
        if not writer.is_closed:
            with suppress(OSError):
                writer.cancel()
        raise


def _merge(writer: SegmentWriter, segments: Sequence[Any]) -> list[Any]:
    """Take in what is no larger than what is new, and so on, as one counts in binary."""
    kept: list[Any] = []
    for segment in sorted(segments, key=lambda one: one.doc_count_all()):
        size = segment.doc_count_all()
        living = size - segment.deleted_count()
        if living * 2 < size or living <= writer.doc_count() < _LARGE:
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
