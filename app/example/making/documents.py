"""Makes a Word document with styles, a head and a foot; each page of the text begins a new one."""

import io
from pathlib import Path

from docx import Document
from docx.document import Document as Doc
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Drawn

from app.example.catalogue import ExampleAsset, ExampleVersion
from app.example.making.archive import packed
from app.example.making.document_parts import add_block, banded, write
from app.example.making.look import COMPANY, INK, LABELS, LINE, MIST, PLACE, SLATE, TEAL, WHITE
from app.example.pages import ExamplePage

_SIZES = {"Normal": 12, "Heading 1": 22, "Heading 2": 14.5, "Title": 26}
_COLOURS = {"Normal": INK, "Heading 1": INK, "Heading 2": TEAL, "Title": WHITE}
_MARK = Path(__file__).with_name("mark.png")
_FIELD = (
    '<w:fldSimple {} w:instr=" PAGE "><w:r><w:rPr><w:sz w:val="16"/></w:rPr>'
    "<w:t>1</w:t></w:r></w:fldSimple>"
)


def make(asset: ExampleAsset, version: ExampleVersion) -> bytes:
    """The file, with fixed dates."""
    document = _empty()
    about = document.core_properties
    about.title, about.author, about.last_modified_by = asset.title, COMPANY, COMPANY
    about.subject, about.revision, about.comments = asset.summary, version.number, ""
    _style(document)
    _margins(document, asset, version)
    for number, page in enumerate(version.pages):
        _add(document, page, LABELS[asset.kind], is_first=number == 0)
    target = io.BytesIO()
    document.save(target)
    return packed(target.getvalue())


def _empty() -> Doc:
    """A document without the hundred table styles that no page here uses."""
    document = Document()
    styles = document.styles.element
    for style in [one for one in document.styles if one.type == WD_STYLE_TYPE.TABLE]:
        if style.name != "Normal Table":
            styles.remove(style.element)
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            document.part.rels.pop(key)
    return document


def _style(document: Doc) -> None:
    for name, size in _SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        style.font.color.rgb = RGBColor.from_string(_COLOURS[name])
        style.font.bold = name != "Normal"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        fonts.set(qn("w:hAnsi"), "Arial")
    for border in document.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    _spacing(document)


def _spacing(document: Doc) -> None:
    for name, before, after in (("Normal", 0, 9), ("Heading 1", 0, 12), ("Heading 2", 14, 6)):
        layout = document.styles[name].paragraph_format
        layout.space_before, layout.space_after = Pt(before), Pt(after)
        layout.line_spacing = 1.25


def _margins(document: Doc, asset: ExampleAsset, version: ExampleVersion) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2)
    section.header_distance = section.footer_distance = Cm(1)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    _line(head, f"**{COMPANY}**", f"{LABELS[asset.kind]}  |  Version {version.number}", "bottom")
    _line(foot, PLACE, "", "top")
    foot._p.append(parse_xml(_FIELD.format(nsdecls("w"))))


def _line(paragraph: Drawn, left: str, right: str, edge: str) -> None:
    """A small line with something at each end, and a rule on one side."""
    paragraph.style = "Normal"
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Cm(17), WD_TAB_ALIGNMENT.RIGHT)
    write(paragraph, f"{left}\t{right}", 8, SLATE)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert(
        [one.tag for one in properties].index(qn("w:tabs")),
        parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:{edge} w:val="single" w:sz="4" w:space="4" '
            f'w:color="{LINE}"/></w:pBdr>'
        ),
    )


def _add(document: Doc, page: ExamplePage, label: str, is_first: bool) -> None:
    if is_first:
        _masthead(document, page.title, label, above=170 if page.is_plain else 6)
    else:
        heading = document.add_heading(page.title, level=1)
        heading.paragraph_format.page_break_before = True
    for block in page.blocks:
        add_block(document, block)


def _masthead(document: Doc, title: str, label: str, above: float) -> None:
    """The title of the document in a dark band, which is high on a cover."""
    table = document.add_table(rows=1, cols=1)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    cell = table.cell(0, 0)
    banded(cell, INK, 14)
    cell.paragraphs[0].add_run().add_picture(str(_MARK), height=Pt(20))
    write(cell.paragraphs[0], f"  {COMPANY}  |  {label}", 10, MIST)
    heading = cell.add_paragraph(title, style="Title")
    heading.paragraph_format.space_before = Pt(above)
    heading.paragraph_format.space_after = Pt(2)
    document.add_paragraph().paragraph_format.space_after = Pt(2)
