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
SPECK = 0.7  # square points: ink smaller than this is dirt, or a point inside a figure


@dataclass
class Picture:
    """A straightened page: ``grey`` without ruling lines, ``ink`` its dark places larger than specks, the rules in points.

    ``scale`` is pixels a point; ``to_display`` turns straightened points into points of the page as displayed.
    """

    grey: Grey
    ink: Grey
    scale: float
    across: list[tuple[float, float, float]]
    down: list[tuple[float, float, float]]
    to_display: Matrix


def picture_of(page: pymupdf.Page) -> Picture:
    """The picture of a page. Raises MuPDF's errors where it cannot be rendered."""
    width, height = page.rect.width, page.rect.height
    scale = min(DPI / 72, math.sqrt(MOST_PIXELS / max(width * height, 1)))
    pixels = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csGRAY, alpha=False)
    grey: Grey = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.stride)[:, : pixels.width]
    angle = askew(grey)
    turn = IDENTITY
    if abs(angle) > LEVEL:
        grey, turn = straightened(grey, angle, scale)
    ink = dark(grey, BLACK)
    across, down = ruled(dark(grey, PALE), scale)
    mask = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    clean = grey.copy()
    clean[mask > 0] = 255
    ink[mask > 0] = 0
    return Picture(clean, without_specks(ink, scale), scale, pieces(across, scale), [(x, a, b) for x, a, b in pieces(down.T, scale)], turn)


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


def ruled(ink: Grey, scale: float) -> tuple[Grey, Grey]:
    """The places of horizontal and of vertical rules: straight ink longer than any stroke of type."""
    length = max(int(RULE * scale), 9)
    joined = cv2.dilate(ink, np.ones((2, 2), np.uint8))
    across = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    down = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    both = cv2.bitwise_or(across, down).astype(np.uint8)
    near = cv2.dilate(both, np.ones((5, 5), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    large = (stats[:, cv2.CC_STAT_WIDTH] >= WIDE * scale) | (stats[:, cv2.CC_STAT_HEIGHT] >= HIGH * scale)
    kept = large[labels]
    return np.where(kept, across, 0).astype(np.uint8), np.where(kept, down, 0).astype(np.uint8)


def pieces(mask: Grey, scale: float) -> list[tuple[float, float, float]]:
    """Horizontal rules of a mask: position, start and end in points."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found = []
    for x, y, width, height, _ in stats[1:count]:
        if height < width / 3:
            found.append((float(y + height / 2) / scale, float(x) / scale, float(x + width) / scale))
    return found


def without_specks(ink: Grey, scale: float) -> Grey:
    """Ink without what is too small to be a character."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    large = stats[:, cv2.CC_STAT_AREA] >= SPECK * scale * scale
    large[0] = False
    return np.where(large[labels], 255, 0).astype(np.uint8) if count else ink
