"""Word files whose Chinese shows in Word, WPS and LibreOffice: fonts, tables, headings, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.parts.image import ImagePart
from docx.shared import Cm, Pt, RGBColor

from report.safe import clean
from words import Language, say

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

ZIP_START = (1980, 1, 1, 0, 0, 0)
CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def new_document(title: str, language: Language, made: date, margin: float = 2.0) -> WordDocument:
    """An empty A4 document with the house's fonts, margins in centimetres and page numbers."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(margin)
    section.header_distance = section.footer_distance = Cm(0.9)
    latin, east_asian = say("export.font.latin", language), say("export.font.east_asian", language)
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        set_fonts(document.styles[name].element.get_or_add_rPr(), latin, east_asian)
        document.styles[name].font.color.rgb = RGBColor(0, 0, 0)
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(3)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = clean(title)[:250], say("export.author", language), ""
    properties.created = properties.modified = datetime(made.year, made.month, made.day, tzinfo=UTC)
    properties.language = say("export.tag", language)
    add_page_numbers(section.footer.paragraphs[0], language)
    return document


def set_fonts(properties: OxmlElement, latin: str, east_asian: str) -> None:
    """Name both fonts: without ``eastAsia`` Word falls back to another font for Chinese than for digits."""
    fonts = properties.get_or_add_rFonts()
    for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{attribute}"), None)
    for attribute, font in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", east_asian)):
        fonts.set(qn(f"w:{attribute}"), font)


def add_page_numbers(paragraph: Paragraph, language: Language) -> None:
    """“第 n 页 共 m 页”, counted by the program that opens the file."""
    paragraph.alignment = CENTER
    before, middle, after = say("export.page_of", language).split("|")
    for text, field in ((before, "PAGE"), (middle, "NUMPAGES"), (after, "")):
        paragraph.add_run(text).font.size = Pt(9)
        if field:
            add_field(paragraph.add_run(), field)


def add_field(run: Run, code: str) -> None:
    """A field that Word computes."""
    run.font.size = Pt(9)
    for kind in ("begin", "instr", "end"):
        element = OxmlElement("w:instrText" if kind == "instr" else "w:fldChar")
        if kind == "instr":
            element.text = code
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)  # noqa: SLF001 - python-docx has no fields


def add_text(
    paragraph: Paragraph, text: str, *, bold: bool = False, size: float | None = None, colour: tuple[float, float, float] | None = None
) -> Run:
    """A run of plain text; it is data and never markup."""
    run = paragraph.add_run(clean(text))
    run.bold = bold
    if size:
        run.font.size = Pt(size)
    if colour:
        run.font.color.rgb = RGBColor(*(round(255 * part) for part in colour))
    return run


def add_table(document: WordDocument, widths: Sequence[float]) -> Table:
    """An empty ruled table with columns of these widths in centimetres, which stay as they are."""
    table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "bottom"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "35")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)  # noqa: SLF001 - python-docx has no cell margins; Word minds the order
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return table


def add_row(table: Table, texts: Sequence[str], *, head: bool = False, size: float | None = None) -> list[_Cell]:
    """A row of texts; returns its cells."""
    row = table.add_row()
    for cell, text, column in zip(row.cells, texts, table.columns, strict=True):
        cell.width = column.width
        fill(cell, text, bold=head, size=size)
        if head:
            shade(cell)
    keep_together(row._tr)  # noqa: SLF001
    return list(row.cells)


def fill(cell: _Cell, text: str, *, bold: bool = False, size: float | None = None) -> Paragraph:
    """Put text into an empty cell, a paragraph a line; returns the last."""
    paragraph = cell.paragraphs[0]
    for n, line in enumerate(text.split("\n")):
        if n:
            paragraph = cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(1)
        add_text(paragraph, line, bold=bold, size=size)
    return paragraph


def add_png(paragraph: Paragraph, png: bytes, width: float, number: int) -> None:
    """A picture of that width in centimetres; ``number`` is its own in the file.

    python-docx's ``add_picture`` compares each picture with all before it: minutes for a thousand.
    """
    image = Image.from_blob(png)
    name = f"picture{number}.png"
    relation = paragraph.part.relate_to(ImagePart.from_image(image, PackURI(f"/word/media/{name}")), RELATIONSHIP_TYPE.IMAGE)
    wide = Cm(width)
    drawing = CT_Inline.new_pic_inline(number, relation, name, wide, wide * image.px_height // image.px_width)
    paragraph.add_run()._r.add_drawing(drawing)  # noqa: SLF001


def shade(cell: _Cell, colour: str = "E8EDF3") -> None:
    """Give a cell a background."""
    shading = OxmlElement("w:shd")
    for attribute, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{attribute}"), value)
    cell._tc.get_or_add_tcPr().append(shading)  # noqa: SLF001


def keep_together(row: OxmlElement) -> None:
    """Do not break a row over two pages."""
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def data_of(document: WordDocument) -> bytes:
    """The file's bytes; the same document gives the same bytes, whenever it is made."""
    first, second = BytesIO(), BytesIO()
    document.save(first)
    with ZipFile(first) as source, ZipFile(second, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, ZIP_START)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return second.getvalue()
