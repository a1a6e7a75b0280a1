"""What was recognised, drawn on the page: for the user who doubts and for whoever mends the reader."""

from __future__ import annotations

from collections.abc import Iterator

import pymupdf

from ingest.grid import find_grids
from ingest.page import read_page
from model.document import Document, Row
from model.geometry import Box
from model.limits import Limits

Color = tuple[float, float, float]
RULE: Color = (0.9, 0.1, 0.1)
HEADER: Color = (0.55, 0.2, 0.75)
CELL: Color = (0.1, 0.35, 0.9)
COLORS: dict[str, Color] = {
    "text": (0.1, 0.6, 0.2),
    "heading": (0.95, 0.5, 0.0),
    "caption": (0.0, 0.6, 0.65),
    "note": (0.0, 0.6, 0.65),
    "contents": (0.5, 0.5, 0.5),
    "cover": (0.5, 0.5, 0.5),
}
DPI = 110


def draw(data: bytes, document: Document, page_number: int, *, dpi: int = DPI, rules: bool = True) -> bytes:
    """A page (counted from 1) as a PNG with the recognised rules, cells and paragraphs outlined.

    ``data`` is the PDF that ``document`` was read from. Raises ``ValueError`` for a page it does not have.
    """
    with pymupdf.open(stream=data, filetype="pdf") as file:
        if not 1 <= page_number <= file.page_count:
            raise ValueError(f"no page {page_number}")
        page = file[page_number - 1]
        shape = page.new_shape()
        for box, color, width in _outlines(page, document, rules=rules):
            shape.draw_rect(pymupdf.Rect(box.x0, box.y0, box.x1, box.y1) * page.derotation_matrix)
            shape.finish(color=color, width=width, stroke_opacity=0.7)
        shape.commit()
        image: bytes = page.get_pixmap(dpi=dpi).tobytes("png")
    return image


def _outlines(page: pymupdf.Page, document: Document, *, rules: bool) -> Iterator[tuple[Box, Color, float]]:
    """What to outline on a page, in coordinates of the page as displayed: box, colour and width of the line."""
    number = page.number + 1
    if rules:
        content = read_page(page, Limits())
        for grid in find_grids(content):
            for cell in grid.cells:
                right, bottom = grid.xs[cell.column + cell.column_span], grid.ys[cell.row + cell.row_span]
                yield content.shown(Box(grid.xs[cell.column], grid.ys[cell.row], right, bottom)), RULE, 1.4
    for table in document.tables:
        for row in table.header:
            yield from _inks(row, number, HEADER)
        for row in table.rows:
            yield from _inks(row, number, CELL)
    for paragraph in document.paragraphs:
        for line in paragraph.lines:
            if line.page == number:
                yield line.box, COLORS[paragraph.role], 0.8


def _inks(row: Row, page: int, color: Color) -> Iterator[tuple[Box, Color, float]]:
    """The outlines of a row's words."""
    if row.page == page:
        for cell in row.cells:
            if cell.ink:
                yield cell.ink, color, 0.8
