"""Where text stands in a picture: the printed lines of a cell, and those outside all cells. Boxes are in pixels."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.grid import Grid
from ingest.ocr.image import Grey, Picture

Pixels = tuple[int, int, int, int]  # left, top, right, bottom

INSET = 0.8  # points inside a cell's sides where its rules may still be
LOW = 2.5  # points: no line of text is lower, but a dash's is
DASH = (1.5, 9.0)  # points wide: a dash alone in a cell
WORD = 7.0  # points between two texts of one line outside cells
LEADING = 1.2  # points between a character's parts one above the other
APART, DIRT = 0.7, 0.45  # of a line's height: from text to dirt beside it, and the size of dirt
STROKE = 3.5  # points: ink that is as high is a character's
TALLEST = 60.0  # points: no line of text is higher


def cell_lines(picture: Picture, grid: Grid) -> list[Pixels]:
    """The printed lines in the cells of a grid, cell by cell."""
    found = []
    for cell in grid.cells:
        left, right = grid.xs[cell.column], grid.xs[cell.column + cell.column_span]
        top, bottom = grid.ys[cell.row], grid.ys[cell.row + cell.row_span]
        corner = [int(v * picture.scale) for v in (left + INSET, top + INSET, right - INSET, bottom - INSET)]
        x0, y0, x1, y1 = (max(v, 0) for v in corner)
        part = picture.ink[y0:y1, x0:x1]
        if part.size and part.any():
            found += [(x0 + a, y0 + b, x0 + c, y0 + d) for a, b, c, d in lines_in(part, picture.scale)]
    return found


def lines_in(ink: Grey, scale: float) -> list[Pixels]:
    """The lines of a cell: rows of ink that white parts, with their left and right ends."""
    bands = joined(runs(ink.max(axis=1) > 0), scale)
    found = []
    for top, bottom in bands:
        left, right = ends(ink[top:bottom])
        dash = DASH[0] * scale <= right - left <= DASH[1] * scale and len(bands) == 1
        if bottom - top >= LOW * scale or dash:
            found.append((left, top, right, bottom))
    return found or pieced(ink, scale)


def pieced(ink: Grey, scale: float) -> list[Pixels]:
    """A character of which but pieces are left, each lower than a line: where its rules were taken away, or in a pale print."""
    near = max(int(2 * LEADING * scale), 1)
    close = cv2.morphologyEx(np.pad(ink, near), cv2.MORPH_CLOSE, np.ones((near, 1), np.uint8))[near:-near, near:-near]
    _, _, stats, _ = cv2.connectedComponentsWithStats(close.astype(np.uint8), connectivity=8)
    whole = [(int(x), int(y), int(x + width), int(y + height)) for x, y, width, height, _ in stats[1:] if height >= STROKE * scale]
    return merged(whole)


def ends(line: Grey) -> tuple[int, int]:
    """Where the text of a line begins and ends: without dirt that stands apart from it and is much smaller."""
    height = line.shape[0]
    groups: list[list[tuple[int, int]]] = []
    for run in runs(line.max(axis=0) > 0):
        if groups and run[0] - groups[-1][-1][1] <= APART * height:
            groups[-1].append(run)
        else:
            groups.append([run])
    text = [group for group in groups if not is_dirt(line[:, group[0][0] : group[-1][1]])] or groups
    return text[0][0][0], text[-1][-1][1]


def is_dirt(ink: Grey) -> bool:
    """Whether a part of a line is much lower than the line and as narrow."""
    filled = np.flatnonzero(ink.max(axis=1))
    return bool(max(ink.shape[1], filled[-1] - filled[0] + 1) < DIRT * ink.shape[0])


def runs(filled: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The stretches that are filled, first and past."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], filled.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def joined(bands: list[tuple[int, int]], scale: float) -> list[tuple[int, int]]:
    """Bands of which one is but a part of a character (the strokes of 二, a dirty place) joined with the one they touch."""
    tallest = max((b - a for a, b in bands), default=0)
    found: list[tuple[int, int]] = []
    for band in bands:
        if found:
            last = found[-1]
            small = min(band[1] - band[0], last[1] - last[0]) < 0.5 * tallest
            if small and band[0] - last[1] <= LEADING * scale and band[1] - last[0] <= 1.35 * max(tallest, LOW * scale * 2):
                found[-1] = (last[0], band[1])
                continue
        found.append(band)
    return found


def outside_lines(picture: Picture, grids: list[Grid]) -> list[Pixels]:
    """The texts outside all grids, cut at wide gaps."""
    scale = picture.scale
    ink = picture.ink.copy()
    for grid in grids:
        box = grid.box
        ink[int(box.y0 * scale) : int(box.y1 * scale) + 1, int(box.x0 * scale) : int(box.x1 * scale) + 1] = 0
    near = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((max(int(LEADING * scale), 1), max(int(WORD * scale), 1)), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    found = []
    for index in range(1, count):
        x, y, width, height = (int(v) for v in stats[index][:4])
        if LOW * scale <= height <= TALLEST * scale and width >= LOW * scale / 2:
            own = np.where(labels[y : y + height, x : x + width] == index, ink[y : y + height, x : x + width], 0).astype(np.uint8)
            found += [(x + a, y + b, x + c, y + d) for a, b, c, d in lines_in(own, scale)]
    return merged(found)


def merged(boxes: list[Pixels]) -> list[Pixels]:
    """Boxes of one line that overlap or nearly touch made one."""
    found: list[Pixels] = []
    for box in sorted(boxes, key=lambda b: (b[0], b[1])):
        for k, other in enumerate(found):
            over = min(box[3], other[3]) - max(box[1], other[1])
            if over > 0.6 * min(box[3] - box[1], other[3] - other[1]) and box[0] <= other[2]:
                found[k] = (min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3]))
                break
        else:
            found.append(box)
    return found
