"""Pages drawn on the spot: rules and text at given places, so that a test shows the trap it is about."""

from __future__ import annotations

from collections.abc import Sequence

import pymupdf

from ingest import read_document
from model.document import Document, Table

FONT = "china-s"  # every character one em wide
SIZE = 10.0


class Canvas:
    """A PDF in the making. ``sideways`` turns everything drawn by 90° to the left; ``rotate`` is the page's /Rotate."""

    def __init__(self, width: float = 595, height: float = 842, *, sideways: bool = False, rotate: int = 0) -> None:
        self.pdf = pymupdf.open()
        self.width, self.height, self.sideways, self.rotate = width, height, sideways, rotate
        self.page = self.next_page()

    def next_page(self) -> pymupdf.Page:
        """Go on to another page."""
        size = (self.height, self.width) if self.sideways else (self.width, self.height)
        self.page = self.pdf.new_page(width=size[0], height=size[1])
        self.page.set_rotation(self.rotate)
        return self.page

    def point(self, x: float, y: float) -> pymupdf.Point:
        """Where a point is drawn."""
        return pymupdf.Point(y, self.width - x) if self.sideways else pymupdf.Point(x, y)

    def text(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        """A line of text with its baseline at ``y``."""
        self.page.insert_text(self.point(x, y), text, fontname=FONT, fontsize=size, rotate=90 if self.sideways else 0)

    def right(self, x: float, y: float, figure: str, rest: str = "") -> None:
        """A figure that ends at ``x``, and what is glued to it."""
        self.text(x - pymupdf.get_text_length(figure, FONT, SIZE), y, figure + rest)

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        """A ruling line."""
        self.page.draw_line(self.point(x0, y0), self.point(x1, y1), width=width)

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """All rules of a grid."""
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])

    def table(self, xs: Sequence[float], top: float, rows: Sequence[Sequence[str]], height: float = 20) -> float:
        """A full grid with a text in each cell; returns its bottom."""
        self.grid(xs, [top + i * height for i in range(len(rows) + 1)])
        for i, row in enumerate(rows):
            for x, text in zip(xs, row, strict=False):
                if text:
                    self.text(x + 3, top + (i + 1) * height - 6, text)
        return top + len(rows) * height

    def bytes(self) -> bytes:
        """The file."""
        data: bytes = self.pdf.tobytes()
        return data

    def read(self) -> Document:
        """The file, read."""
        return read_document(self.bytes(), "painted.pdf")

    def read_table(self) -> Table:
        """The only table of the file."""
        (table,) = self.read().tables
        return table


def texts(table: Table) -> list[list[str]]:
    """A table's body as texts."""
    return [list(row.texts) for row in table.rows]


HEADER = ["科目编码", "科目名称", "合计"]
XS = [60, 140, 300, 400]
