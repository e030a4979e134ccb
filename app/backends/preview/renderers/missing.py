"""What a page may lack, made of what the office renderers report about the whole file."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from .fonts import OPEN


class Kind(NamedTuple):
    """A kind of content: its name, how reports speak of it, and how to tell a slide that has it."""

    name: str
    said: tuple[str, ...]
    mark: str = ""


# The first that fits names a report.
_KINDS = (
    Kind("diagrams", ("smartart",), "drawingml/2006/diagram"),
    Kind("embedded objects", ("ole content",), "<p:oleObj"),
    Kind("charts", ("chart",), "drawingml/2006/chart"),
    Kind("pictures of the layout", ("layout picture", "master picture")),
    Kind("pictures", ("picture", "image"), "<a:blip"),
    Kind("colour gradients", ("gradient",), "<a:gradFill"),
    Kind("symbols", ("symbol",)),
    Kind("equations", ("officemath",)),
    Kind("shapes", ("shape", "geometry", "connector"), "<a:prstGeom"),
)
_OTHER = Kind("details", ("",))
_SEEN_ALL_THE_SAME = ("hyperlink", "is approximate", "transition")


Missing = Callable[[int], str]


def lacking(reported: Sequence[str], slides: Sequence[str] = (), text: str = "") -> Missing:
    """A sentence for each page, by its number from 1.

    Reports name no page: one that could be about a page is told there, and one that could be
    about none in particular is told on all. `slides` is the XML of each, where there are slides;
    `text` is that of the whole file, where there are none.
    """
    kinds = {kind.name: kind for kind in map(_kind, reported) if kind is not None}
    nowhere = {name for name, kind in kinds.items() if not any(kind.mark in one for one in slides)}

    def missing(number: int) -> str:
        here = slides[number - 1] if number <= len(slides) else text
        names = [name for name, kind in kinds.items() if name in nowhere or kind.mark in here]
        return _sentence(names + [gap.name for gap in OPEN if re.search(gap.letters, here)])

    return missing


def _kind(report: str) -> Kind | None:
    said = report.lower()
    if any(words in said for words in _SEEN_ALL_THE_SAME):
        return None
    return next(kind for kind in (*_KINDS, _OTHER) if any(words in said for words in kind.said))


def _sentence(names: list[str]) -> str:
    if not names:
        return ""
    listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    return f"Not all of this file could be drawn: this page may lack {listed}."
