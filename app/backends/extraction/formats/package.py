"""Opens zip packages of strangers: counts, sizes and names are checked before any part is read."""

import codecs
import io
import posixpath
import struct
import zipfile
import zlib
from typing import IO, BinaryIO, NamedTuple
from urllib.parse import unquote

from .document import DAMAGED, LOCKED, TOO_LARGE, UNSAFE, Document, Refused, sensible_title
from .xml import Element, attribute, name, parse
from .zip_directory import check_directory

PART_SIZE = 64_000_000
STREAM_SIZE = 512_000_000
ALL_PARTS = 768_000_000

codecs.lookup("cp437")  # zipfile asks for it when files are out of reach

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


class Relation(NamedTuple):
    """An arrow from one part to another: the last word of its type, and the target's name."""

    kind: str
    target: str


class Package:
    """The parts of an office file by name, whatever the case of the names."""

    def __init__(self, file: BinaryIO) -> None:
        check_directory(file)
        try:
            self._zip = zipfile.ZipFile(file)
        except (*_BROKEN, struct.error) as error:
            raise Refused(DAMAGED) from error
        self._parts: dict[str, zipfile.ZipInfo] = {}
        self._left = ALL_PARTS
        for info in self._zip.infolist():
            self._enter(info)

    def _enter(self, info: zipfile.ZipInfo) -> None:
        key = info.filename.replace("\\", "/").lstrip("/").lower()
        if key in self._parts:
            raise Refused(UNSAFE)
        self._parts[key] = info

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._parts

    def names(self, start: str) -> list[str]:
        """The names (lower case) of all parts that begin so."""
        return [each for each in self._parts if each.startswith(start)]

    def open(self, part: str, most: int = STREAM_SIZE) -> IO[bytes]:
        """A part as a stream that refuses to give more than `most` bytes."""
        info = self._parts.get(part.lower())
        if info is None:
            raise Refused(DAMAGED)
        if info.flag_bits & 1:
            raise Refused(LOCKED)
        try:
            return io.BufferedReader(_Bounded(self, self._zip.open(info), most))
        except (*_BROKEN, RuntimeError) as error:
            raise Refused(DAMAGED) from error

    def read(self, part: str) -> bytes:
        """The bytes of a part of ordinary size."""
        with self.open(part, PART_SIZE) as stream:
            return stream.read()

    def spend(self, amount: int) -> None:
        """Count bytes unpacked from any part."""
        self._left -= amount
        if self._left < 0:
            raise Refused(TOO_LARGE)

    def xml(self, part: str) -> Element:
        """The root element of a part that must be there."""
        return parse(self.read(part))

    def side(self, part: str) -> Element | None:
        """The root element of a part the document can be read without, or None."""
        try:
            return self.xml(part) if part in self else None
        except Refused as refusal:
            if str(refusal) == DAMAGED:
                return None
            raise

    def relations(self, part: str) -> dict[str, Relation]:
        """Where a part points to inside the package, by relation id."""
        folder, _, file_name = part.rpartition("/")
        root = self.side(f"{folder}/_rels/{file_name}.rels".lstrip("/"))
        found = {}
        for each in root if root is not None else ():
            if attribute(each, ":TargetMode") != "External":
                kind = attribute(each, ":Type").rpartition("/")[2]
                target = resolve(folder, attribute(each, ":Target"))
                found[attribute(each, ":Id")] = Relation(kind, target)
        return found

    def main_part(self, usual: str) -> str:
        """The name of the part that holds the document, as the package says or as usual."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target in self:
                return relation.target
        if usual in self:
            return usual
        raise Refused(DAMAGED)

    def put_title(self, document: Document) -> None:
        """Take the document's title from its core properties, where they name one."""
        root = self.side("docProps/core.xml")
        for each in root if root is not None else ():
            if name(each.tag) == "dc:title":
                document.title = sensible_title(each.text or "")


class _Bounded(io.RawIOBase):
    """A part being unpacked, counted as it comes, for the sizes a zip declares may be false."""

    def __init__(self, package: Package, source: IO[bytes], most: int) -> None:
        self._package = package
        self._source = source
        self._left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._source.read(len(buffer))
        except (*_BROKEN, RuntimeError, struct.error) as error:
            raise Refused(DAMAGED) from error
        self._left -= len(data)
        if self._left < 0:
            raise Refused(TOO_LARGE)
        self._package.spend(len(data))
        buffer[: len(data)] = data
        return len(data)


def resolve(folder: str, target: str) -> str:
    """The name a relation's target has in the package."""
    target = unquote(target).replace("\\", "/")
    return posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
