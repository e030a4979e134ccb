"""Makes a plain text or Markdown file, for what is pasted into a mail."""

from app.example.catalogue import ExampleAsset, ExampleVersion
from app.example.making.look import plain
from app.example.pages import (
    Block,
    Bullets,
    Callout,
    Chart,
    ExamplePage,
    Figures,
    Heading,
    Quote,
    Table,
)


def make(_: ExampleAsset, version: ExampleVersion) -> bytes:
    """The file; Markdown keeps its marks, plain text has none."""
    is_marked = version.filename.endswith(".md")
    text = "\n".join(_page(page, is_marked) for page in version.pages)
    return (text if is_marked else plain(text)).encode()


def _page(page: ExamplePage, is_marked: bool) -> str:
    title = f"# {page.title}" if is_marked else page.title.upper()
    return "\n\n".join([title, *(_block(one, is_marked) for one in page.blocks)]) + "\n"


def _block(block: Block, is_marked: bool) -> str:
    match block:
        case Bullets(items, is_numbered):
            marks = [f"{n}." if is_numbered else "-" for n in range(1, len(items) + 1)]
            return "\n".join(f"{mark} {one}" for mark, one in zip(marks, items, strict=True))
        case Table(rows) | Chart(_, _, rows):
            return "\n".join(" | ".join(row) for row in rows)
        case Figures(cards):
            return "\n".join(f"{value}: {label}" for value, label in cards)
        case Quote(text, by):
            return f"“{text}” {by}".strip()
        case Heading(text):
            return f"## {text}" if is_marked else text.upper()
        case Callout(text):
            return text
        case _:
            return block.text
