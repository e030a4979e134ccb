"""What a reader fills in, page by page, and the reasons for which it may refuse a file."""

import re
from collections.abc import Callable
from typing import BinaryIO

LOCKED = "This file is protected with a password. Save a copy without the password and upload that."
RIGHTS = (
    "This file is protected by rights management. "
    "Save a copy without the protection and upload that."
)
DAMAGED = (
    "This file is damaged or incomplete. "
    "Open it in the program that made it, save it again and upload that."
)
TOO_LARGE = (
    "This file holds more than can be read here. Split it into smaller files and upload those."
)
TOO_DEEP = (
    "This file is nested too deeply to be read. "
    "Open it in the program that made it, save it again and upload that."
)
UNSAFE = (
    "This file holds instructions that no ordinary document has, so it was not read. "
    "Save it again in the program that made it and upload that."
)
TOO_OLD = (
    "This file comes from a program too old to be read here. "
    "Open it in a newer one, save it in a current format and upload that."
)

TITLE_LENGTH = 200
GUESS_LENGTH = 100

_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS_AT_ENDS = re.compile("[ \t]+\n")
_EMPTY_LINES = re.compile("\n{3,}")


class Refused(Exception):
    """The file cannot be read; the message is the sentence the person sees."""


class Document:
    """Collects pages and stops a file that gives too many of them or too much text."""

    def __init__(self, most_pages: int = 2_000, most_text: int = 16_000_000) -> None:
        self.title = ""
        self.pages: list[tuple[str, str, str]] = []
        self.most_pages = most_pages
        self.most_text = most_text
        self._text = 0

    def add(self, title: str, text: str, notes: str = "") -> None:
        """Add the next page; its text holds the title too, where the page shows it."""
        self.expect_pages(len(self.pages) + 1)
        self.expect(len(text) + len(notes))
        self._text += len(text) + len(notes)
        self.pages.append((one_line(title), clean(text), clean(notes)))

    def expect_pages(self, count: int) -> None:
        """Refuse a file that is going to have this many pages, where that is too many."""
        if count > self.most_pages:
            raise Refused(
                f"This file has more than {self.most_pages:,} pages. "
                "Split it into smaller files and upload those."
            )

    def expect(self, length: int) -> None:
        """Refuse early, before `length` more characters are put together."""
        if self._text + length > self.most_text:
            raise Refused(TOO_LARGE)


Reader = Callable[[BinaryIO, Document], None]


def clean(text: str) -> str:
    """Text that a database and JSON accept: no controls, no half characters, plain line ends."""
    text = _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))
    return _EMPTY_LINES.sub("\n\n", _BLANKS_AT_ENDS.sub("\n", text)).strip()


def one_line(text: str) -> str:
    """A title: one line of at most `TITLE_LENGTH` characters."""
    return " ".join(clean(text[: 4 * TITLE_LENGTH]).split())[:TITLE_LENGTH].strip()


def first_line(text: str) -> str:
    """The first line with words in it, cut short, for a page that names no title."""
    line = next((line.strip() for line in text.split("\n") if line.strip()), "")
    return line if len(line) <= GUESS_LENGTH else line[: GUESS_LENGTH - 1].rstrip() + "…"


def sensible_title(title: str) -> str:
    """The title a program stored, or "" where it is one that programs make up."""
    title = one_line(title)
    made_up = title.lower() in _MADE_UP or _FILE_NAME.search(title.lower())
    return "" if made_up or not any(map(str.isalpha, title)) else title


_MADE_UP = {
    "untitled", "powerpoint presentation", "presentation", "title", "word document",
    "powerpoint-präsentation", "présentation powerpoint", "slide 1", "document", "sheet1",
}  # fmt: skip
_FILE_NAME = re.compile(
    r"^\S*[_-]\S*[_\d-]\S*$|^(microsoft \w+ - |untitled|unknown)"
    r"|\.(docx?|pptx?|xlsx?|pdf|indd|od[tps]|rtf|txt)$"
)
