"""Rows of a table without rules: texts whose middles stand at one height, and cells merged over several rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from ingest.aligned_segments import Block, is_figure

LEVEL = 0.4  # ems between the middles of texts of one row
LEAST = 3.0  # points left free above the first row and below the last one


@dataclass
class Placed:
    """A block in its cell: the row and the column it begins at, and those after it."""

    block: Block
    row: int
    below: int
    column: int
    past: int


@dataclass
class Line:
    """A row in the making: its blocks, and the height their middles stand at."""

    middle: float
    blocks: list[Block] = field(default_factory=list)

    @property
    def top(self) -> float:
        """Where its highest text begins."""
        return min(block.box.y0 for block in self.blocks)

    @property
    def bottom(self) -> float:
        """Where its lowest text ends."""
        return max(block.box.y1 for block in self.blocks)


def size_of(block: Block) -> float:
    """The size of a block's type."""
    return block.segments[0].size


def rows_of(blocks: list[Block]) -> list[Line]:
    """Blocks gathered into rows, from the top down; blocks of one line come first, for they tell a row's height best."""
    rows: list[Line] = []
    for block in sorted(blocks, key=lambda b: (len(b.segments) > 1, b.middle)):
        own = [row for row in rows if abs(row.middle - block.middle) < LEVEL * size_of(block)]
        if not own and len(block.segments) > 1:
            own = [row for row in rows if block.box.y0 <= row.middle <= block.box.y1 and not _occupied(row, block)]
        if own:
            min(own, key=lambda row: abs(row.middle - block.middle)).blocks.append(block)
        else:
            rows.append(Line(block.middle, [block]))
    return sorted(rows, key=lambda row: row.middle)


def _occupied(row: Line, block: Block) -> bool:
    """Whether a row has a text above or below the block."""
    return any(other.box.x0 < block.box.x1 and block.box.x0 < other.box.x1 for other in row.blocks)


def bounds_of(rows: list[Line], top: float | None, bottom: float | None) -> list[float]:
    """The y coordinates between rows, above the first and below the last one; ``top`` and ``bottom`` where rules tell them."""
    gaps = sorted(below.top - above.bottom for above, below in pairwise(rows))
    pad = max(LEAST, gaps[len(gaps) // 2] / 2) if gaps else LEAST
    inner = [(above.bottom + below.top) / 2 for above, below in pairwise(rows)]
    found = [rows[0].top - pad if top is None else top, *inner, rows[-1].bottom + pad if bottom is None else bottom]
    for k in range(1, len(found)):
        found[k] = max(found[k], found[k - 1] + 1)
    return found


def merged_rows(blocks: list[Block], bounds: list[float]) -> list[tuple[int, int]]:
    """The rows that each text of a column takes where every one stands in the middle of a merged cell and they take all rows.

    Empty where that is not so, and where no cell would be merged.
    """
    at, spans = 0, []
    height = (bounds[-1] - bounds[0]) / (len(bounds) - 1)
    for block in sorted(blocks, key=lambda b: b.middle):
        wanted = 2 * block.middle - bounds[at]
        below = min(range(at + 1, len(bounds)), key=lambda k: abs(bounds[k] - wanted), default=0)
        if not below or abs(bounds[below] - wanted) > 0.4 * height or is_figure(block.text):
            return []
        spans.append((at, below))
        at = below
    return spans if at == len(bounds) - 1 and len(spans) < at else []


def place_rows(columns: list[list[Block]], top: float | None, bottom: float | None) -> tuple[list[Placed], list[float]]:
    """Blocks by column in their rows, and the rows' bounds. Columns left of the fullest one may have cells merged over rows."""
    fullest = max(range(len(columns)), key=lambda k: len(columns[k]))
    rows = rows_of([block for column in columns[fullest:] for block in column])
    bounds = bounds_of(rows, top, bottom)
    placed, merged = [], set()
    for k in range(fullest):
        ordered = sorted(columns[k], key=lambda b: b.middle)
        spans = merged_rows(ordered, bounds) if ordered else []
        if spans:
            merged.add(k)
            placed += [Placed(block, *span, k, k + 1) for block, span in zip(ordered, spans, strict=True)]
    if not merged:
        rows = rows_of([block for column in columns for block in column])
        bounds = bounds_of(rows, top, bottom)
    for k, column in enumerate(columns):
        if k not in merged:
            placed += [Placed(block, at, at + 1, k, k + 1) for block in column for at in [_row_at(rows, block)]]
    return placed, bounds


def _row_at(rows: list[Line], block: Block) -> int:
    """The row a block belongs to, else the one nearest to it."""
    return min(range(len(rows)), key=lambda r: (block not in rows[r].blocks, abs(rows[r].middle - block.middle)))
