"""Cells from ruling lines: the finest grid of a frame's rules, its squares merged where no rule parts them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from ingest.page import Content, Word
from ingest.rules import Frame, frames
from model.document import Reading
from model.geometry import Box

OPEN = 6.0  # points a rule may stand out beyond the last crossing one before the side counts as open
NARROWEST = 3.0  # points between two positions that can hold text


@dataclass(slots=True)
class GridCell:
    """A cell at ``row`` and ``column`` with its spans, the words whose middle lies in it, and their text."""

    row: int
    column: int
    row_span: int
    column_span: int
    words: list[Word] = field(default_factory=list)
    text: str = ""


@dataclass(slots=True)
class Grid:
    """A ruled grid: x positions of the columns' sides, y positions of the rows' sides, cells by row and column.

    ``owners[i][j]`` is the cell that covers square (i, j).
    """

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    owners: list[list[GridCell]]
    reading: Reading = Reading.RULED

    @property
    def box(self) -> Box:
        """Its outline."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def column_at(self, x: float) -> int:
        """The column at an x coordinate, the nearest one outside."""
        return min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)


def find_grids(content: Content) -> list[Grid]:
    """The ruled grids of a page that have at least two cells, from the top down, without their words."""
    grids = [grid for frame in frames(content.across, content.down) if (grid := _grid(frame)) and len(grid.cells) > 1]
    grids.sort(key=lambda grid: (grid.ys[0], grid.xs[0]))
    return [grid for grid in grids if not any(_inside(grid.box, other.box) for other in grids if other is not grid)]


def _inside(inner: Box, outer: Box) -> bool:
    """Whether one outline lies within the other (a decoration in a cell)."""
    return outer.x0 <= inner.x0 and outer.y0 <= inner.y0 and inner.x1 <= outer.x1 and inner.y1 <= outer.y1


def _grid(frame: Frame) -> Grid | None:
    """The grid of a frame, sides closed where a table has no border there; None where nothing is enclosed."""
    xs = _positions(sorted(frame.down), [end for pieces in frame.across.values() for piece in pieces for end in piece])
    ys = _positions(sorted(frame.across), [end for pieces in frame.down.values() for piece in pieces for end in piece])
    if len(xs) < 2 or len(ys) < 2:
        return None
    across = _masks(frame.across, ys, xs)
    down = _masks(frame.down, xs, ys)
    cells, owners = _cells(across, down, len(ys) - 1, len(xs) - 1)
    return Grid(xs, ys, cells, owners)


def _positions(rules: list[float], ends: list[float]) -> list[float]:
    """Where rules of one direction stand, with the sides that only the crossing rules' ends show."""
    positions = [rules[0]]
    for at in rules[1:]:
        if at - positions[-1] >= NARROWEST:
            positions.append(at)
    if positions[0] - min(ends) > OPEN:
        positions.insert(0, min(ends))
    if max(ends) - positions[-1] > OPEN:
        positions.append(max(ends))
    return positions


def _masks(rules: dict[float, list[tuple[float, float]]], at: list[float], along: list[float]) -> list[int]:
    """For each position a bit set of the stretches between ``along`` that a rule there covers."""
    masks = [0] * len(at)
    for position, pieces in rules.items():
        index = _nearest(at, position)
        for start, end in pieces:
            first, past = _nearest(along, start), _nearest(along, end)
            masks[index] |= (1 << past) - (1 << first)
    return masks


def _nearest(positions: list[float], value: float) -> int:
    """The index of the position nearest to a value."""
    index = bisect_right(positions, value)
    if index == len(positions) or (index and value - positions[index - 1] < positions[index] - value):
        return index - 1
    return index


def _cells(across: list[int], down: list[int], rows: int, columns: int) -> tuple[list[GridCell], list[list[GridCell]]]:
    """Squares merged to the right, then downwards, as far as no rule parts them."""
    owners: list[list[GridCell | None]] = [[None] * columns for _ in range(rows)]
    cells = []
    for i in range(rows):
        for j in range(columns):
            if owners[i][j] is not None:
                continue
            right = j + 1
            while right < columns and owners[i][right] is None and not down[right] >> i & 1:
                right += 1
            bottom = i + 1
            width = ((1 << right - j) - 1) << j
            while bottom < rows and not across[bottom] & width and _same_sides(down, bottom, i, j, right):
                bottom += 1
            cell = GridCell(i, j, bottom - i, right - j)
            cells.append(cell)
            for row in range(i, bottom):
                owners[row][j:right] = [cell] * (right - j)
    return cells, [[cell for cell in row if cell] for row in owners]


def _same_sides(down: list[int], row: int, above: int, left: int, right: int) -> bool:
    """Whether a row continues the squares above it: sides where they have sides, and no rule between."""
    if any(down[k] >> row & 1 for k in range(left + 1, right)):
        return False
    return all(k in (0, len(down) - 1) or (down[k] >> row & 1) >= (down[k] >> above & 1) for k in (left, right))
