"""A page as a picture: rendered, set straight, its ink told from paper, specks and ruling lines.

Pictures are arrays of rows of grey values (0 black, 255 white); lengths in points become pixels by ``Picture.scale``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import pymupdf
from numpy.typing import NDArray

from ingest.rules import Rule
from ingest.turning import IDENTITY, Matrix

Grey = NDArray[np.uint8]

DPI = 200
MOST_PIXELS = 30_000_000  # of a page's picture: larger sheets are rendered coarser
STEEPEST = 5.0  # degrees a scan may be askew
COARSE, FINE = 0.5, 0.05  # degrees between two angles that are tried
LEVEL = 0.03  # degrees that need no turning
AROUND = 51  # pixels: the surroundings that a place is compared with
BLACK, PALE = 25, 8  # levels of grey that type, and that hairlines are darker than paper
RULE = 14.0  # points: no stroke of ordinary type is as long
WIDE, HIGH = 120.0, 40.0  # points: what rules make is wider or higher than the strokes of a title that touch each other
FAINT = 4.0  # levels of grey, averaged along a rule, by which a hairline is darker than what is above and below it
PIECE = 3.5  # points of a hairline that are averaged
SHALLOW = 40.0  # levels of grey that count of any dark place, so that a speck does not weigh as much as a hairline
STRETCH = 60.0  # points: what is as long is a rule, whatever it ends at
BESIDE = 3  # pixels from the middle of a hairline to where it is no more
CLEAR, INKED = 3.0, 0.15  # points above and below a rule, and the part of them that may be ink
NEAR = 3.0  # points between the end of a side and the rule it ends at
SPECK = 0.7  # square points: ink smaller than this is dirt, or a point inside a figure


@dataclass
class Picture:
    """A straightened page: ``grey`` without ruling lines, ``ink`` its dark places larger than specks, the rules in points.

    ``erased`` is where the ruling lines were. ``scale`` is pixels a point; ``to_display`` turns straightened points into points of the
    page as displayed.
    """

    grey: Grey
    ink: Grey
    erased: Grey
    scale: float
    across: list[tuple[float, float, float]]
    down: list[tuple[float, float, float]]
    to_display: Matrix


def picture_of(page: pymupdf.Page, quarters: int = 0) -> Picture:
    """The picture of a page, turned to the right by some quarters. Raises MuPDF's errors where it cannot be rendered."""
    width, height = page.rect.width, page.rect.height
    scale = min(DPI / 72, math.sqrt(MOST_PIXELS / max(width * height, 1)))
    pixels = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csGRAY, alpha=False)
    grey: Grey = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.stride)[:, : pixels.width]
    grey = np.ascontiguousarray(np.rot90(grey, -quarters))
    angle = askew(grey)
    turn = turned_back(quarters, width, height)
    if abs(angle) > LEVEL:
        grey, straight = straightened(grey, angle, scale)
        turn = straight.then(turn)
    ink, pale = dark(grey, BLACK), dark(grey, PALE)
    down_ink = cv2.bitwise_or(pale, hairlines(np.ascontiguousarray(grey.T), scale).T).astype(np.uint8)
    across, down = ruled(cv2.bitwise_or(pale, hairlines(grey, scale)).astype(np.uint8), down_ink, scale)
    across, down = borders(across, down, ink, scale), borders(down.T, across.T, ink.T, scale).T
    mask = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8)).astype(np.uint8)
    clean = grey.copy()
    clean[mask > 0] = 255
    ink[mask > 0] = 0
    rows, columns = pieces(across, scale), pieces(down.T, scale)
    return Picture(clean, without_specks(ink, scale), mask, scale, reaching(rows, columns), reaching(columns, rows), turn)


def turned_back(quarters: int, width: float, height: float) -> Matrix:
    """The way from the points of a page turned to the right by some quarters to those of the page, which is as wide and high."""
    return (IDENTITY, Matrix(0, -1, 1, 0, 0, height), Matrix(-1, 0, 0, -1, width, height), Matrix(0, 1, -1, 0, width, 0))[quarters]


def dark(grey: Grey, by: int) -> Grey:
    """Ink as 255, paper as 0: what is darker than its surroundings by some levels of grey."""
    return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, AROUND, by).astype(np.uint8)


def askew(grey: Grey) -> float:
    """By how many degrees a page is turned: at the right angle the rows of its ink are the most uneven."""
    ink = dark(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA).astype(np.uint8), BLACK)
    best = max(np.arange(-STEEPEST, STEEPEST + COARSE, COARSE), key=lambda angle: unevenness(ink, angle))
    return float(max(np.arange(best - COARSE, best + COARSE + FINE, FINE), key=lambda angle: unevenness(ink, angle)))


def unevenness(ink: Grey, angle: float) -> float:
    """How much the ink of neighbouring rows differs when a page is turned by some degrees: rows and columns are sheared, which is cheap."""
    height, width = ink.shape
    shear = np.array([[1, 0, 0], [-math.tan(math.radians(angle)), 1, math.tan(math.radians(angle)) * width / 2]], np.float32)
    turned = cv2.warpAffine(ink, shear, (width, height), flags=cv2.INTER_NEAREST)
    rows = cv2.reduce(turned, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32F).ravel()
    return float(np.square(np.diff(rows)).sum())


def straightened(grey: Grey, angle: float, scale: float) -> tuple[Grey, Matrix]:
    """A page turned back by some degrees about its middle, and the way from its points to those of the page as displayed."""
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    straight = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255).astype(np.uint8)
    back = cv2.invertAffineTransform(turn)
    (a, c, e), (b, d, f) = back.tolist()
    return straight, Matrix(a, b, c, d, e / scale, f / scale)


def hairlines(grey: Grey, scale: float) -> Grey:
    """Long thin horizontal lines, however pale: averaged along pieces of them, each is darker than what is above and below."""
    darkness = np.minimum(cv2.subtract(cv2.blur(grey, (AROUND, AROUND)), grey), SHALLOW).astype(np.float32)
    along = cv2.blur(darkness, (max(int(PIECE * scale), 5), 1))
    beside = np.maximum(np.roll(along, BESIDE, axis=0), np.roll(along, -BESIDE, axis=0))
    darker = np.where(along - beside > FAINT, 255, 0).astype(np.uint8)
    return cv2.morphologyEx(darker, cv2.MORPH_OPEN, np.ones((1, int(HIGH * scale)), np.uint8)).astype(np.uint8)


def ruled(ink_across: Grey, ink_down: Grey, scale: float) -> tuple[Grey, Grey]:
    """The places of horizontal and of vertical rules: straight ink longer than any stroke of type."""
    length = max(int(RULE * scale), 9)
    thick = np.ones((2, 2), np.uint8)
    across = cv2.morphologyEx(cv2.dilate(ink_across, thick), cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    down = cv2.morphologyEx(cv2.dilate(ink_down, thick), cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    both = cv2.bitwise_or(across, down).astype(np.uint8)
    near = cv2.dilate(both, np.ones((5, 5), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    large = (stats[:, cv2.CC_STAT_WIDTH] >= WIDE * scale) | (stats[:, cv2.CC_STAT_HEIGHT] >= HIGH * scale)
    kept = large[labels]
    return np.where(kept, across, 0).astype(np.uint8), np.where(kept, down, 0).astype(np.uint8)


def borders(mask: Grey, crossing: Grey, ink: Grey, scale: float) -> Grey:
    """Horizontal rules without the strokes of type that touch each other (000000): those are short, and have ink above or below."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(mask), connectivity=8)
    near = cv2.dilate(np.ascontiguousarray(crossing), np.ones((int(NEAR * scale),) * 2, np.uint8))
    kept = np.ones(count, bool)
    for k, (x, y, width, height, _) in enumerate(stats):
        if k and width < STRETCH * scale:
            ends = near[y : y + height, x : x + 2].any() and near[y : y + height, x + width - 2 : x + width].any()
            kept[k] = ends or is_free(ink, (x, y, x + width, y + height), scale)
    kept[0] = False
    return np.where(kept[labels], mask, 0).astype(np.uint8)


def is_free(ink: Grey, box: tuple[int, int, int, int], scale: float) -> bool:
    """Whether there is hardly any ink close above and below a stroke."""
    x0, y0, x1, y1 = box
    close, far = max(int(scale), 2), max(int(CLEAR * scale), 4)
    return all(
        part.size == 0 or (part > 0).mean() < INKED
        for part in (ink[max(y0 - far, 0) : max(y0 - close, 0), x0:x1], ink[y1 + close : y1 + far, x0:x1])
    )


def pieces(mask: Grey, scale: float) -> list[Rule]:
    """Horizontal rules of a mask: position, start and end in points."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found = []
    for x, y, width, height, _ in stats[1:count]:
        if height < width / 3:
            found.append((float(y + height / 2) / scale, float(x) / scale, float(x + width) / scale))
    return found


def reaching(rules: list[Rule], crossing: list[Rule]) -> list[Rule]:
    """Rules that touch crossing ones lengthened to the next of those: no border ends within a cell, but a pale one may seem to."""
    found = []
    for at, start, end in rules:
        places = [x for x, low, high in crossing if low - NEAR <= at <= high + NEAR]
        if any(start - NEAR <= x <= end + NEAR for x in places):
            if not any(abs(x - start) <= NEAR for x in places):
                start = max((x for x in places if x < start), default=start)  # noqa: PLW2901
            if not any(abs(x - end) <= NEAR for x in places):
                end = min((x for x in places if x > end), default=end)  # noqa: PLW2901
        found.append((at, start, end))
    return found


def without_specks(ink: Grey, scale: float) -> Grey:
    """Ink without what is too small to be a character."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    large = stats[:, cv2.CC_STAT_AREA] >= SPECK * scale * scale
    large[0] = False
    return np.where(large[labels], 255, 0).astype(np.uint8) if count else ink
