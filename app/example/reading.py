"""Reads pages out of the text files: a small part of Markdown, and three marks of our own.

`= 2-4` takes pages of the version before, `Notes:` begins what the speaker says,
and `Figure:`, `Chart:` and `!` stand for large numbers, a drawn chart and a callout.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from app.example.pages import (
    Block,
    Bullets,
    Callout,
    Chart,
    ExamplePage,
    Figures,
    Heading,
    Paragraph,
    Quote,
    Table,
)

_FENCE = "+++\n"
_VERSION = re.compile(r"^=+ version \d+ =+\n", re.MULTILINE)
_PAGE = re.compile(r"^(?=# |= )", re.MULTILINE)
_NOTES = re.compile(r"^Notes: ", re.MULTILINE)
_NUMBERED = re.compile(r"\d+\. ")
_QUOTED = re.compile(r'"([^"\n]+)"')
_RULE = re.compile(r"\|[-| ]+\|")


def read(path: Path) -> tuple[dict[str, Any], list[tuple[ExamplePage, ...]]]:
    """What a file says about its asset, and the pages of each version."""
    _, head, body = path.read_text(encoding="utf-8").split(_FENCE, 2)
    body = _QUOTED.sub("“\\1”", body).replace("'", "’")
    versions: list[tuple[ExamplePage, ...]] = []
    for text in _VERSION.split(body):
        before = versions[-1] if versions else ()
        versions.append(tuple(_pages(text.strip(), before)))
    return tomllib.loads(head), versions


def _pages(text: str, before: Sequence[ExamplePage]) -> Iterable[ExamplePage]:
    for piece in filter(None, (one.strip() for one in _PAGE.split(text))):
        if piece.startswith("= "):
            yield from (before[number - 1] for number in _numbers(piece[2:]))
        else:
            yield _page(piece)


def _numbers(said: str) -> Iterable[int]:
    """The page numbers of `1-3, 5`."""
    for part in said.split(","):
        first, _, last = part.strip().partition("-")
        yield from range(int(first), int(last or first) + 1)


def _page(piece: str) -> ExamplePage:
    title, _, rest = piece[2:].partition("\n")
    text, *notes = _NOTES.split(rest, maxsplit=1)
    return ExamplePage(title.strip(), tuple(_blocks(text)), _flat(notes[0]) if notes else "")


def _flat(text: str) -> str:
    """Paragraphs, each on one line."""
    return "\n".join(" ".join(one.split()) for one in text.strip().split("\n\n"))


def _blocks(text: str) -> Iterable[Block]:
    for piece in re.split(r"\n\s*\n", text.strip()):
        lines = piece.strip().split("\n")
        for kind, group in groupby(_joined(lines), key=_kind):
            yield _BLOCKS[kind](list(group))


def _joined(lines: list[str]) -> list[str]:
    """Lines that go on, put behind the line that they belong to."""
    joined: list[str] = []
    for line in filter(str.strip, lines):
        if joined and (line.startswith("  ") or _goes_on(line, joined[-1])):
            joined[-1] = f"{joined[-1]} {line.strip()}"
        else:
            joined.append(line.strip())
    return joined


def _goes_on(line: str, before: str) -> bool:
    return _kind(line) == "paragraph" and _kind(before) in ("paragraph", "callout")


def _kind(line: str) -> str:
    if _NUMBERED.match(line):
        return "numbered"
    starts = {
        "## ": "heading",
        "- ": "bullets",
        "|": "table",
        "Chart: ": "table",
        "Figure: ": "figures",
        ">": "quote",
        "! ": "callout",
    }
    return next((kind for start, kind in starts.items() if line.startswith(start)), "paragraph")


def _rows(lines: list[str]) -> tuple[tuple[str, ...], ...]:
    kept = (line for line in lines if not _RULE.fullmatch(line))
    return tuple(tuple(cell.strip() for cell in line.strip("|").split("|")) for line in kept)


def _table(lines: list[str]) -> Block:
    if not lines[0].startswith("Chart: "):
        return Table(_rows(lines))
    shape, _, title = lines[0].removeprefix("Chart: ").partition("|")
    return Chart(shape.strip(), title.strip(), _rows(lines[1:]))


def _figures(lines: list[str]) -> Block:
    cards = (line.removeprefix("Figure: ").partition("|") for line in lines)
    return Figures(tuple((value.strip(), label.strip()) for value, _, label in cards))


def _quote(lines: list[str]) -> Block:
    said = [line.removeprefix(">").strip() for line in lines]
    by = said.pop().removeprefix("— ") if said[-1].startswith("— ") else ""
    return Quote(" ".join(said), by)


_BLOCKS: Mapping[str, Callable[[list[str]], Block]] = {
    "heading": lambda lines: Heading(" ".join(lines)[3:]),
    "paragraph": lambda lines: Paragraph(" ".join(lines)),
    "callout": lambda lines: Callout(" ".join(lines)[2:]),
    "bullets": lambda lines: Bullets(tuple(line[2:] for line in lines)),
    "numbered": lambda lines: Bullets(
        tuple(_NUMBERED.sub("", one, count=1) for one in lines), True
    ),
    "table": _table,
    "figures": _figures,
    "quote": _quote,
}
