"""PowerPoint 97 to 2003: slides, notes and comments, written from [MS-PPT]."""

import codecs
import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from ..compound import BadCompound, Compound
from .document import DAMAGED, LOCKED, RIGHTS, Document, Refused, first_line

for _each in ("latin-1", "utf-16-le"):
    codecs.lookup(_each)  # Python loads them from files, which are out of reach later.

_STREAM_SIZE = 256_000_000
_MOST_EDITS = 1_000
_LOCKED = 0xF3D1C4DF
_DOCUMENT, _SLIDE, _NOTES, _MASTER = 1000, 1006, 1008, 1016
_SLIDE_ATOM, _NOTES_ATOM, _PERSIST_ATOM = 1007, 1009, 1011
_SLIDES, _FOOTERS, _EDIT = 4080, 4057, 4085
_HEADER, _WIDE, _NARROW, _STRING, _PLACEHOLDER = 3999, 4000, 4008, 4026, 3011
_SHAPE, _COMMENT, _TAGS = 0xF004, 12000, 5003
_TITLES = (0, 6)
_SLIDE_NUMBER = "*"


class Record(NamedTuple):
    """One record: its kind, its instance, whether it holds records, and where its body lies."""

    kind: int
    instance: int
    holds: bool
    start: int
    end: int


class Slide(NamedTuple):
    """A line of the document's list of slides, with the outline texts kept there."""

    place: int
    number: int
    texts: list[tuple[int, str]]


def read(file: BinaryIO, document: Document) -> None:
    """Add every slide in the order of the show; what the masters show goes to the first."""
    try:
        show = Show(Compound(file))
        show.put_slides(document)
    except (BadCompound, struct.error) as error:
        raise Refused(DAMAGED) from error
    if not document.pages:
        raise Refused(DAMAGED)


class Show:
    """The stream of one presentation, in the state of its last saving."""

    def __init__(self, compound: Compound) -> None:
        if "\tDRMContent" in compound.names:
            raise Refused(RIGHTS)
        self._data = compound.stream("PowerPoint Document", _STREAM_SIZE)
        token, self._edit = struct.unpack_from("<II", compound.stream("Current User", 64), 12)
        if token == _LOCKED or "EncryptedSummary" in compound.names:
            raise Refused(LOCKED)
        self._places, self._root = self._persisted()

    def put_slides(self, document: Document) -> None:
        """Give the document its pages."""
        notes = self._notes()
        shared = self._shared()
        for slide in self._slides():
            texts = [text for _, text in slide.texts]
            container = self._at(slide.place, _SLIDE)
            if container:
                texts += [text for _, text in self._texts(container) if text not in texts]
                texts += self._comments(container)
                texts += self._footers(container)
            title = next((text for kind, text in slide.texts if kind in _TITLES), "")
            text = "\n".join([*texts, *shared])
            document.add(title or first_line(text), text, "\n".join(notes.get(slide.number, [])))
            shared = []

    def _persisted(self) -> tuple[dict[int, int], int]:
        """Where each numbered record was last written, and the number of the document's own."""
        places: dict[int, int] = {}
        seen: set[int] = set()
        edit, root = self._edit, 0
        while edit not in seen and len(seen) < _MOST_EDITS and self._at_offset(edit, _EDIT):
            seen.add(edit)
            previous, directory, first = struct.unpack_from("<III", self._data, edit + 16)
            root = root or first
            record = self._record(directory)
            if record:
                self._read_directory(record, places)
            edit = previous
        return places, root

    def _read_directory(self, record: Record, places: dict[int, int]) -> None:
        at = record.start
        while at + 4 <= record.end:
            run = struct.unpack_from("<I", self._data, at)[0]
            count = min(run >> 20, (record.end - at - 4) // 4)
            for step, place in enumerate(struct.unpack_from(f"<{count}I", self._data, at + 4)):
                places.setdefault((run & 0xFFFFF) + step, place)
            at += 4 + 4 * max(count, 1)

    def _record(self, at: int) -> Record | None:
        if at + 8 > len(self._data):
            return None
        head, kind, size = struct.unpack_from("<HHI", self._data, at)
        start = at + 8
        holds = head & 0xF == 0xF or kind == _TAGS
        return Record(kind, head >> 4, holds, start, min(start + size, len(self._data)))

    def _at_offset(self, at: int, kind: int) -> Record | None:
        record = self._record(at)
        return record if record and record.kind == kind else None

    def _at(self, place: int, kind: int) -> Record | None:
        return self._at_offset(self._places[place], kind) if place in self._places else None

    def _inside(self, record: Record) -> Iterator[Record]:
        """The records directly in a record."""
        at = record.start
        while at + 8 <= record.end:
            inner = self._record(at)
            if inner is None:
                return
            yield inner._replace(end=min(inner.end, record.end))
            at = inner.end

    def _below(self, record: Record) -> Iterator[Record]:
        """All records at any depth, in order; without recursion, so that depth does no harm."""
        waiting = [self._inside(record)]
        while waiting:
            inner = next(waiting[-1], None)
            if inner is None:
                waiting.pop()
                continue
            yield inner
            if inner.holds:
                waiting.append(self._inside(inner))

    def _slides(self) -> list[Slide]:
        found: list[Slide] = []
        kind = 0
        root = self._at(self._root, _DOCUMENT)
        lists = self._inside(root) if root else iter(())
        for record in (each for each in lists if each.kind == _SLIDES and each.instance == 0):
            for inner in self._inside(record):
                if inner.kind == _PERSIST_ATOM:
                    place, number = struct.unpack_from("<I8xI", self._data, inner.start)
                    found.append(Slide(place, number, []))
                elif inner.kind == _HEADER:
                    kind = self._number(inner)
                elif inner.kind in (_WIDE, _NARROW) and found:
                    found[-1].texts.append((kind, self._text(inner)))
        return found

    def _texts(self, container: Record, *, placeholders: bool = True) -> Iterator[tuple[int, str]]:
        """Kind and text of every shape; on request only of those that are not placeholders."""
        kind, shown = 0, True
        for record in self._below(container):
            if record.kind == _SHAPE:
                inner = self._below(record)
                shown = placeholders or not any(each.kind == _PLACEHOLDER for each in inner)
            elif record.kind == _HEADER:
                kind = self._number(record)
            elif record.kind in (_WIDE, _NARROW) and shown:
                yield kind, self._text(record)

    def _notes(self) -> dict[int, list[str]]:
        """The texts of the notes pages by the number of their slide."""
        found = {}
        for place in self._places:
            container = self._at(place, _NOTES)
            for record in self._inside(container) if container else ():
                if container and record.kind == _NOTES_ATOM:
                    texts = [text for _, text in self._texts(container) if text != _SLIDE_NUMBER]
                    found[self._number(record)] = texts + self._footers(container)
        return found

    def _shared(self) -> list[str]:
        """What every slide shows: the masters' own text boxes, the show's header and footer."""
        found: list[str] = []
        root = self._at(self._root, _DOCUMENT)
        found += self._footers(root) if root else []
        for place in self._places:
            master = self._at(place, _MASTER)
            if master:
                found += [text for _, text in self._texts(master, placeholders=False)]
                found += self._footers(master)
        return list(dict.fromkeys(text for text in found if text != _SLIDE_NUMBER))

    def _footers(self, container: Record) -> list[str]:
        groups = (each for each in self._inside(container) if each.kind == _FOOTERS)
        return [self._text(each) for group in groups for each in self._inside(group)
                if each.kind == _STRING]  # fmt: skip

    def _comments(self, container: Record) -> list[str]:
        """Of a comment's three strings (author, text, initials) the text."""
        comments = (each for each in self._below(container) if each.kind == _COMMENT)
        return [self._text(each) for comment in comments for each in self._inside(comment)
                if each.kind == _STRING and each.instance == 1]  # fmt: skip

    def _number(self, record: Record) -> int:
        return int(struct.unpack_from("<I", self._data, record.start)[0])

    def _text(self, record: Record) -> str:
        """A text; the upper halves of all its characters are left out where they are zero."""
        data = self._data[record.start : record.end]
        return data.decode("latin-1" if record.kind == _NARROW else "utf-16-le", "replace")
