"""A picture of the rows a finding speaks of, cut from the page as printed, its figures framed.

Frames differ in thickness as well as colour: working papers are often printed in black and white.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pymupdf

from model.document import Document, Row
from model.findings import Finding
from model.geometry import Box
from report.cutting import ZOOM, Stretch, below, cut
from report.marks import COLOURS, RELATED_COLOUR, Mark, marks, on_page
from report.safe import plain_number

PAD = 1.5
"""Points of the page shown above and below what is cut out."""
MOST = 380.0
"""Points of height of one picture; more would be too small to read on a form."""
WIDE = 600.0
"""Points of width from which on a table is shown in parts."""
ENOUGH = 0.8
"""A share of the width at which leaving out the rest is not worth the seam."""
GAP = 24.0
"""Stretches nearer than this are one."""
SIDE = 8.0
ALIKE = 6.0
"""Points by which the edges of a table may differ from one of its pages to the next."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG of parts of one page. ``width`` and ``height`` are in points of the page."""

    page: int
    png: bytes
    width: float
    height: float


def pictures(pdf: pymupdf.Document, document: Document, finding: Finding, most: int) -> tuple[Picture, ...]:
    """One picture a page the finding touches, the suspect's page first, at most that many."""
    found = marks(finding)
    pages = [page for page in dict.fromkeys(mark.page for mark in found) if 1 <= page <= len(pdf)]
    return tuple(picture(pdf, document, finding, on_page(found, page)) for page in pages[:most])


def picture(pdf: pymupdf.Document, document: Document, finding: Finding, found: Sequence[Mark]) -> Picture:
    """The marked rows of one page under the header of their table, which may stand on an earlier page."""
    number = found[0].page
    page = pdf[number - 1]
    surroundings = [surrounding(document, mark) for mark in found]
    heads = head_rows(document, found)
    here = [row.box for row in heads if row.page == number]
    edges = Box(page.rect.x0, page.rect.y0, page.rect.x1, page.rect.y1)
    around = united([*surroundings, *here])
    whole = (max(edges.x0, around.x0 - SIDE), min(edges.x1, around.x1 + SIDE))
    across = columns(document, found, whole)
    parts = [] if here else earlier_header(pdf, heads, across, around)
    parts.append(cut(page, across, readable(here, surroundings, edges.y1), COLOURS[finding.severity], found))
    image = below(parts)
    return Picture(number, image.tobytes("png"), image.width / ZOOM, image.height / ZOOM)


def head_rows(document: Document, found: Sequence[Mark]) -> list[Row]:
    """The printed header rows, on any page, of the tables that are marked."""
    tables = dict.fromkeys(mark.source.table for mark in found if mark.source.table is not None)
    return [row for table in tables for row in document.table(table).header]


def earlier_header(pdf: pymupdf.Document, heads: Sequence[Row], across: Sequence[Stretch], around: Box) -> list[pymupdf.Pixmap]:
    """The header of a table that began on another page, if that page exists and is laid out alike."""
    if not heads or not 1 <= heads[0].page <= len(pdf):
        return []
    box = united([row.box for row in heads if row.page == heads[0].page])
    if abs(box.x0 - around.x0) > ALIKE or abs(box.x1 - around.x1) > ALIKE:
        return []
    return [cut(pdf[heads[0].page - 1], across, [(box.y0 - PAD, box.y1 + PAD)], RELATED_COLOUR, ())]


def columns(document: Document, found: Sequence[Mark], whole: Stretch) -> list[Stretch]:
    """The parts of a wide table to show: its labels and the marked columns with their neighbours; else all of it.

    A landscape table of twelve columns, shrunk to the width of a form, cannot be read any more.
    """
    left, right = whole
    boxes: list[Box] = []
    for source in (mark.source for mark in found):
        if right - left <= WIDE or source.table is None or source.row is None or source.column is None:
            return [whole]
        cells = document.table(source.table).rows[source.row].cells
        labels = next((n for n, cell in enumerate(cells) if is_amount(cell.text)), source.column)
        boxes += [cell.box for cell in (*cells[:labels], *cells[max(0, source.column - 1) : source.column + 2])]
    parts = bands([(box.x0, box.x1) for box in boxes], right)
    if sum(high - low for low, high in parts) >= ENOUGH * (right - left):
        return [whole]
    first = left if parts[0][0] - left < ALIKE + SIDE else parts[0][0]
    return [(first, parts[0][1]), *parts[1:]]


def is_amount(text: str) -> bool:
    """Whether a cell holds an amount and not a code or a label."""
    return plain_number(text) is not None and bool(set(text) & set(",."))


def surrounding(document: Document, mark: Mark) -> Box:
    """The marked row with the rows above and below it, or the marked line of a paragraph with its neighbours."""
    source = mark.source
    if source.table is not None and source.row is not None:
        rows = document.table(source.table).rows
        return united([mark.box, *(row.box for row in rows[max(0, source.row - 1) : source.row + 2] if row.page == mark.page)])
    if source.paragraph is not None:
        lines = document.paragraphs[source.paragraph].lines
        touched = [n for n, line in enumerate(lines) if line.page == mark.page and touches(line.box, mark.box)]
        near = [line.box for n in touched for line in lines[max(0, n - 1) : n + 2] if line.page == mark.page]
        return united([mark.box, *near])
    return mark.box


def readable(heads: Sequence[Box], surroundings: Sequence[Box], bottom: float) -> list[Stretch]:
    """The bands of a picture: header and suspect always, the rest in order as far as it stays high enough to be read."""
    chosen = [(box.y0 - PAD, box.y1 + PAD) for box in (*heads, surroundings[0])]
    for box in surroundings[1:]:
        more = [*chosen, (box.y0 - PAD, box.y1 + PAD)]
        if sum(low - top for top, low in bands(more, bottom)) <= MOST:
            chosen = more
    return bands(chosen, bottom)


def touches(line: Box, box: Box) -> bool:
    """Whether a printed line shares a height with the box."""
    return line.y0 < box.y1 and box.y0 < line.y1


def united(boxes: Sequence[Box]) -> Box:
    """The rectangle around at least one box."""
    whole = boxes[0]
    for box in boxes[1:]:
        whole = whole.union(box)
    return whole


def bands(stretches: Iterable[Stretch], end: float) -> list[Stretch]:
    """Stretches of a page in order, near ones joined, none beyond its end."""
    joined: list[Stretch] = []
    for top, low in sorted((max(0.0, top), min(end, low)) for top, low in stretches):
        if joined and top - joined[-1][1] < GAP:
            joined[-1] = (joined[-1][0], max(joined[-1][1], low))
        else:
            joined.append((top, low))
    return joined
