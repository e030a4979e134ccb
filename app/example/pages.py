"""What a page of the example company's collateral is made of, before it is any file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a page; two or more of them become columns on a slide."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `**bold**` is the only mark in it, as in every other text here."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, numbered where the order matters."""

    items: tuple[str, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row is the head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns, bars or a line, drawn from a table whose first column names the places."""

    shape: str
    title: str
    rows: tuple[tuple[str, ...], ...]

    @property
    def categories(self) -> list[str]:
        """The names along the axis."""
        return [row[0] for row in self.rows[1:]]

    @property
    def series(self) -> list[tuple[str, list[float]]]:
        """Each column after the first, with its name."""
        heads = self.rows[0][1:]
        return [
            (head, [float(row[place]) for row in self.rows[1:]])
            for place, head in enumerate(heads, start=1)
        ]


@dataclass(frozen=True, slots=True)
class Figures:
    """A row of large numbers, each with what it counts."""

    cards: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said, and who."""

    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Callout:
    """The one sentence of the page to take away."""

    text: str


Block = Heading | Paragraph | Bullets | Table | Chart | Figures | Quote | Callout


@dataclass(frozen=True, slots=True)
class ExamplePage:
    """A slide, or a page of a document; notes are what the speaker says."""

    title: str
    blocks: tuple[Block, ...]
    notes: str

    @property
    def is_plain(self) -> bool:
        """Whether there are only paragraphs, as on a cover."""
        return len(self.blocks) <= 4 and all(isinstance(one, Paragraph) for one in self.blocks)
