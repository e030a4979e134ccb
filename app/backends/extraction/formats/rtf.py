"""Rich Text Format: the words between its control words, in the code pages it names."""

import codecs
import re
from typing import BinaryIO

from .document import TOO_DEEP, TOO_LARGE, Document, Refused, first_line, sensible_title

_SIZE = 64_000_000
_MOST_GROUPS = 2_000
_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\([^a-zA-Z])"
    rb"|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_TITLE = re.compile(rb"\\info\b[^}]{0,200}\{\\title ([^{}\\]{1,400})\}")
_CHARACTERS = {
    "par": "\n", "line": "\n", "sect": "\n", "row": "\n", "tab": "\t", "cell": "\t",
    "nestcell": "\t", "nestrow": "\n", "page": "\x0c", "emdash": "\u2014", "endash": "\u2013",
    "bullet": "\u2022", "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c",
    "rdblquote": "\u201d",
    "emspace": " ", "enspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}
_SILENT = {
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "objdata", "datafield", "fldinst",
    "themedata", "colorschememapping", "latentstyles", "datastore", "listtable", "xmlnstbl",
    "listoverridetable", "rsidtbl", "generator", "revtbl", "filetbl", "bkmkstart", "bkmkend",
    "nonshppict", "panose", "falt", "listtext", "pntext", "sn", "sv", "atnid", "atnref",
    "shprslt",
}  # fmt: skip
_SPOKEN = {"shptxt", "annotation", "footnote", "header", "footer", "shpinst", "result"}
_CHARSETS = {
    0: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
for _each in (*_CHARSETS.values(), "cp437", "cp850", "utf-16-le"):
    codecs.lookup(_each)  # Python loads them from files, which are out of reach later.


def read(file: BinaryIO, document: Document) -> None:
    """Add the pages its page breaks make."""
    data = file.read(_SIZE + 1)
    if len(data) > _SIZE:
        raise Refused(TOO_LARGE)
    title = _TITLE.search(data[:20_000])
    document.title = sensible_title(title.group(1).decode("cp1252", "replace")) if title else ""
    text = Words(data).text()
    for page in text.split("\x0c"):
        if page.strip():
            document.add(first_line(page), page)
    if not document.pages:
        document.add("", "")


class _State:
    """What a group inherits: whether it speaks, its code page, bytes to leave out after \\u."""

    __slots__ = ("font", "leave", "page", "silent")

    def __init__(self, silent: bool, page: str, leave: int, font: int) -> None:
        self.silent, self.page, self.leave, self.font = silent, page, leave, font

    def copy(self) -> "_State":
        return _State(self.silent, self.page, self.leave, self.font)


class Words:
    """Walks the tokens of one file once."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pieces: list[str] = []
        self._bytes = bytearray()
        self._stack: list[_State] = []
        self._state = _State(silent=False, page="cp1252", leave=1, font=0)
        self._fonts: dict[int, str] = {}
        self._in_fonts = False
        self._to_leave = 0
        self._optional = False

    def text(self) -> str:
        """All the words, pages parted by form feeds."""
        at = 0
        while token := _TOKEN.search(self._data, at):
            byte, word, number, symbol, brace, plain = token.groups()
            at = token.end() + (max(0, int(number)) if word == b"bin" and number else 0)
            if brace:
                self._brace(brace)
            elif word:
                self._word(word.decode(), int(number) if number else None)
            elif byte:
                self._say_bytes(bytes.fromhex(byte.decode()))
            elif symbol == b"*":
                self._optional = True
            elif symbol:
                self._say(_SYMBOLS.get(symbol, ""))
            elif plain:
                self._say_bytes(plain)
        self._decode()
        joined = "".join(self._pieces)
        return joined.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _brace(self, brace: bytes) -> None:
        self._decode()
        self._to_leave = 0
        if brace == b"{":
            if len(self._stack) >= _MOST_GROUPS:
                raise Refused(TOO_DEEP)
            self._stack.append(self._state.copy())
        elif self._stack:
            self._state = self._stack.pop()

    def _word(self, word: str, number: int | None) -> None:
        optional, self._optional = self._optional, False
        if word == "fonttbl":
            self._in_fonts = True
        elif word in _SILENT:
            self._in_fonts = False
        if word in _SILENT or (optional and word not in _SPOKEN):
            self._decode()
            self._state.silent = True
        elif word in _CHARACTERS:
            self._say(_CHARACTERS[word])
        elif number is not None:
            self._setting(word, number)

    def _setting(self, word: str, number: int) -> None:
        if word == "u":
            self._say(chr(number % 0x10000))
            self._to_leave = self._state.leave
        elif word == "uc":
            self._state.leave = max(0, min(number, 20))
        elif word == "ansicpg":
            self._state.page = self._fonts[-1] = _known(f"cp{number}")
        elif word == "f":
            self._decode()
            self._state.font = number
            self._state.page = self._fonts.get(number, self._fonts.get(-1, "cp1252"))
        elif word == "fcharset" and self._in_fonts and number > 1:
            self._fonts[self._state.font] = _CHARSETS.get(number, "cp1252")

    def _say_bytes(self, data: bytes) -> None:
        left_out = min(self._to_leave, len(data))
        self._to_leave -= left_out
        if not self._state.silent:
            self._bytes += data[left_out:]

    def _say(self, text: str) -> None:
        self._decode()
        self._to_leave = 0
        if not self._state.silent:
            self._pieces.append(text)

    def _decode(self) -> None:
        if self._bytes:
            self._pieces.append(bytes(self._bytes).decode(self._state.page, "replace"))
            self._bytes.clear()


def _known(page: str) -> str:
    return page if page in (*_CHARSETS.values(), "cp437", "cp850") else "cp1252"
