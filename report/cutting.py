"""Pieces of a page as pixels: figures framed, pieces put together with grey seams where the page goes on unseen."""

from __future__ import annotations

from collections.abc import Sequence

import pymupdf

from model.geometry import Box
from report.marks import RELATED_COLOUR, SUSPECT, Colour, Mark, padded

ZOOM = 160 / 72
"""Pixels a point: 160 dots an inch print sharply and stay small."""
SEAM = 10
"""Pixels of grey between two pieces."""
FRAME = {True: 4, False: 2}
"""Thickness in pixels of a frame, for the suspect and for the others."""
GREY = 200
Stretch = tuple[float, float]
"""Where a piece begins and ends, in points, along one direction of the page."""


def cut(page: pymupdf.Page, across: Sequence[Stretch], down: Sequence[Stretch], colour: Colour, found: Sequence[Mark]) -> pymupdf.Pixmap:
    """What stands in these columns and these rows of a page, the marks framed, the suspect in that colour."""
    rows = [[piece(page, Box(left, top, right, low), colour, found) for left, right in across] for top, low in down]
    return below([beside(row) for row in rows])


def piece(page: pymupdf.Page, clip: Box, colour: Colour, found: Sequence[Mark]) -> pymupdf.Pixmap:
    """One rectangle of the page with the frames of the marks in it."""
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
            line = pymupdf.Pixmap(pymupdf.csRGB, part.width, part.height, bytes(colour) * (part.width * part.height), False)
            line.set_origin(part.x0, part.y0)
            image.copy(line, part)  # set_rect goes pixel by pixel, a hundred times slower


def below(parts: Sequence[pymupdf.Pixmap]) -> pymupdf.Pixmap:
    """Pieces one below the other."""
    corners = [(0, sum(part.height + SEAM for part in parts[:n])) for n in range(len(parts))]
    return together(parts, corners)


def beside(parts: Sequence[pymupdf.Pixmap]) -> pymupdf.Pixmap:
    """Pieces from left to right."""
    corners = [(sum(part.width + SEAM for part in parts[:n]), 0) for n in range(len(parts))]
    return together(parts, corners)


def together(parts: Sequence[pymupdf.Pixmap], corners: Sequence[tuple[int, int]]) -> pymupdf.Pixmap:
    """Pieces with their top left corners at these pixels of one picture, grey where there is none."""
    if len(parts) == 1:
        return parts[0]
    width = max(x + part.width for (x, _), part in zip(corners, parts, strict=True))
    height = max(y + part.height for (_, y), part in zip(corners, parts, strict=True))
    whole = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, width, height), False)
    whole.clear_with(GREY)
    for (x, y), part in zip(corners, parts, strict=True):
        part.set_origin(x, y)
        whole.copy(part, part.irect)
    return whole
