"""How Larkfield looks: colours, the mark, the words at the foot of a page."""

import re
from collections.abc import Iterator

from app.choices import Kind

COMPANY = "Larkfield"
PLACE = "Larkfield B.V., Rotterdam  |  larkfield.example"

INK, TEAL, ICE, AMBER = "0B2B3C", "0E7C7B", "E8F1F2", "D97F22"
SLATE, LINE, WHITE, MIST = "52626B", "C9D6D9", "FFFFFF", "9FC4C6"
CHART_COLOURS = (TEAL, AMBER, INK, MIST)

# A lark's wing over a field: two strokes in a square of a hundred units.
WING = ((14, 62), (40, 30), (52, 52), (88, 20), (56, 70), (42, 50))
FIELD = ((14, 78), (88, 78), (88, 86), (14, 86))

LABELS = {
    Kind.DECK: "Presentation",
    Kind.BATTLECARD: "Battlecard, internal",
    Kind.ONE_PAGER: "Product sheet",
    Kind.CASE_STUDY: "Customer story",
    Kind.WHITE_PAPER: "White paper",
    Kind.PRICING: "Prices",
    Kind.PROPOSAL: "Proposal",
    Kind.EMAIL_TEMPLATE: "E-mail template",
    Kind.OTHER: "Reference",
}

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_NUMBER = re.compile(r"(EUR |\+|-|about |from )*[\d.,]+( ?(%|EUR|x|°C|h|min|days?|months?))?")


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """The pieces of a text, and whether each is bold."""
    for place, piece in enumerate(_BOLD.split(text)):
        if piece:
            yield piece, place % 2 == 1


def plain(text: str) -> str:
    """The text without marks."""
    return _BOLD.sub(r"\1", text)


def is_of_numbers(rows: tuple[tuple[str, ...], ...], column: int) -> bool:
    """Whether a table's column is read from the right."""
    cells = [plain(row[column]) for row in rows[1:]]
    return column > 0 and any(cells) and all(_NUMBER.fullmatch(one) for one in cells if one)


def shares(rows: tuple[tuple[str, ...], ...]) -> list[float]:
    """How much of a table's width each column is given, by what is in it."""
    columns = range(len(rows[0]))
    longest = [max(len(plain(row[column])) for row in rows) for column in columns]
    words = [max(len(word) for row in rows for word in [*row[c].split(), "-"]) for c in columns]
    weights = [
        max(word * 1.25, min(most, 70) ** 0.75 * 1.6)
        for most, word in zip(longest, words, strict=True)
    ]
    return [weight / sum(weights) for weight in weights]
