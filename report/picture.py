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
from report.marks import COLOURS, RELATED_COLOUR, SUSPECT, Colour, Mark, marks, on_page, padded

ZOOM = 200 / 72
"""Pixels a point: 200 dots an inch print sharply and stay small."""
PAD = 3.0
"""Points of the page shown above and below what is cut out."""
MOST = 380.0
"""Points of height of one picture; more would be too small to read on a form."""
GAP = 24.0
"""Bands nearer than this are one band."""
SEAM = 10
"""Pixels of grey between two bands."""
SIDE = 8.0
ALIKE = 6.0
"""Points by which the edges of a table may differ from one of its pages to the next."""
FRAME = {True: 5, False: 2}
"""Thickness in pixels of a frame, for the suspect and for the others."""
GREY = 200


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG of parts of one page. ``width`` and ``height`` are in points of the page."""

    page: int
    png: bytes
    width: float
    height: float


def pictures(pdf: pymupdf.Document, document: Document, finding: Finding, most: int = 3) -> tuple[Picture, ...]:
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
    left = max(page.rect.x0, min(box.x0 for box in (*surroundings, *here)) - SIDE)
    right = min(page.rect.x1, max(box.x1 for box in (*surroundings, *here)) + SIDE)
    maps = [] if here else earlier_header(pdf, heads, left, right)
    for top, bottom in readable(here, surroundings, page.rect.y1):
        maps.append(band(page, Box(left, top, right, bottom), COLOURS[finding.severity], found))
    whole = stacked(maps)
    return Picture(number, whole.tobytes("png"), whole.width / ZOOM, whole.height / ZOOM)


def head_rows(document: Document, found: Sequence[Mark]) -> list[Row]:
    """The printed header rows, on any page, of the tables that are marked."""
    tables = dict.fromkeys(mark.source.table for mark in found if mark.source.table is not None)
    return [row for table in tables for row in document.table(table).header]


def earlier_header(pdf: pymupdf.Document, heads: Sequence[Row], left: float, right: float) -> list[pymupdf.Pixmap]:
    """The header of a table that began on another page, if that page exists and is laid out alike."""
    if not heads or not 1 <= heads[0].page <= len(pdf):
        return []
    box = united([row.box for row in heads if row.page == heads[0].page])
    if abs(box.x0 - SIDE - left) > ALIKE or abs(box.x1 + SIDE - right) > ALIKE:
        return []
    return [band(pdf[heads[0].page - 1], Box(left, box.y0 - PAD, right, box.y1 + PAD), RELATED_COLOUR, ())]


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


def readable(heads: Sequence[Box], surroundings: Sequence[Box], bottom: float) -> list[tuple[float, float]]:
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


def bands(stretches: Iterable[tuple[float, float]], bottom: float) -> list[tuple[float, float]]:
    """Stretches of a page from top to bottom, near ones joined, none beyond the page."""
    joined: list[tuple[float, float]] = []
    for top, low in sorted((max(0.0, top), min(bottom, low)) for top, low in stretches):
        if joined and top - joined[-1][1] < GAP:
            joined[-1] = (joined[-1][0], max(joined[-1][1], low))
        else:
            joined.append((top, low))
    return joined


def band(page: pymupdf.Page, clip: Box, colour: Colour, found: Sequence[Mark]) -> pymupdf.Pixmap:
    """One stretch of the page with the frames of the marks in it."""
    area = pymupdf.Rect(clip.x0, clip.y0, clip.x1, clip.y1)
    image = page.get_pixmap(matrix=pymupdf.Matrix(ZOOM, ZOOM), clip=area, colorspace=pymupdf.csRGB, alpha=False)
    for mark in reversed(found):  # the suspect last, over the others
        suspect = mark.role == SUSPECT
        shade = [round(255 * part) for part in (colour if suspect else RELATED_COLOUR)]
        frame(image, padded(mark.box, 2.5 if suspect else 1.0), shade, FRAME[suspect])
    return image


def frame(image: pymupdf.Pixmap, box: Box, colour: Sequence[int], thick: int) -> None:
    """Draw a rectangle's outline, in pixels of the image, as far as it lies inside."""
    x0, y0, x1, y1 = (round(edge * ZOOM) for edge in (box.x0, box.y0, box.x1, box.y1))
    sides = ((x0, y0, x1, y0 + thick), (x0, y1 - thick, x1, y1), (x0, y0, x0 + thick, y1), (x1 - thick, y0, x1, y1))
    for side in sides:
        part = pymupdf.IRect(*side) & image.irect
        if not part.is_empty:
            image.set_rect(part, tuple(colour))


def stacked(maps: Sequence[pymupdf.Pixmap]) -> pymupdf.Pixmap:
    """Bands one below the other, grey seams between them where the page goes on unseen."""
    if len(maps) == 1:
        return maps[0]
    width = max(part.width for part in maps)
    height = sum(part.height for part in maps) + SEAM * (len(maps) - 1)
    whole = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, width, height), False)
    whole.clear_with(GREY)
    y = 0
    for part in maps:
        part.set_origin(0, y)
        whole.copy(part, part.irect)
        y += part.height + SEAM
    return whole
