"""The header of a table without rules: which headers stand over which columns, told from their middles."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.aligned_rows import Placed, size_of
from ingest.aligned_segments import Block

LOWER = 0.25  # ems below the header's middle from which on a header has another one above it
EXACT = 6.0  # points by which the sides, which no rule shows, may be off


@dataclass
class Area:
    """A part of a header: the columns from ``first`` to ``past``, from row ``level`` on, its height, and the headers above the lowest."""

    first: int
    past: int
    level: int
    top: float
    bottom: float
    upper: list[Block]


@dataclass
class Header:
    """A header being laid out: the columns' sides, each column's lowest header, and the cells so far."""

    sides: list[float]
    leaves: dict[int, Block] = field(default_factory=dict)
    placed: list[Placed] = field(default_factory=list)

    def place(self, area: Area) -> int:
        """Place the headers of an area; a cell that reaches to the header's end has 0 ``below``. Returns how many rows there are."""
        levels, taken = area.level + 1, area.first
        covered: set[int] = set()
        highest = min((block.middle for block in area.upper), default=0.0)
        heads = [block for block in area.upper if block.middle < highest + 0.5 * size_of(block)]
        for head in sorted(heads, key=lambda b: b.center):
            first, past = self.columns_under(head, heads, area, taken)
            self.placed.append(Placed(head, area.level, area.level + 1, first, past))
            taken = past
            covered |= set(range(first, past))
            inside = [block for block in area.upper if block not in heads and self.sides[first] <= block.center < self.sides[past]]
            lower = [*(self.leaves[k] for k in range(first, past) if k in self.leaves), *inside]
            top = (head.box.y1 + min((block.box.y0 for block in lower), default=area.bottom)) / 2
            levels = max(levels, self.place(Area(first, past, area.level + 1, top, area.bottom, inside)))
        alone = [k for k in range(area.first, area.past) if k not in covered and k in self.leaves]
        self.placed += [Placed(self.leaves[k], area.level, 0, k, k + 1) for k in alone]
        return levels

    def columns_under(self, head: Block, heads: list[Block], area: Area, taken: int) -> tuple[int, int]:
        """The columns a header stands over: neighbours whose own headers stand low, in whose middle it is, as many as may be."""
        sides = self.sides
        others = [other.center for other in heads if other is not head]
        runs = [
            (first, past)
            for first in range(taken, area.past)
            for past in range(first + 1, area.past + 1)
            if sides[first] <= head.center < sides[past] and not any(sides[first] <= x < sides[past] for x in others)
        ]
        middle = (area.top + area.bottom) / 2
        runs = [run for run in runs if all(self.is_low(k, middle, head) for k in range(*run))] or runs
        if not runs:
            here = min(range(area.first, area.past), key=lambda k: abs((sides[k] + sides[k + 1]) / 2 - head.center))
            return here, here + 1
        least = min(self.off(head, *run) for run in runs)
        return max((run for run in runs if self.off(head, *run) <= least + EXACT), key=lambda run: run[1] - run[0])

    def off(self, head: Block, first: int, past: int) -> float:
        """How far a header is from the middle of some columns."""
        middles = [(self.sides[first] + self.sides[past]) / 2]
        if first in self.leaves and past - 1 in self.leaves:
            middles.append((self.leaves[first].center + self.leaves[past - 1].center) / 2)
        return min(abs(middle - head.center) for middle in middles)

    def is_low(self, column: int, middle: float, head: Block) -> bool:
        """Whether a column's own header stands so low that there is another one above it."""
        leaf = self.leaves.get(column)
        return leaf is not None and leaf.middle > max(middle + LOWER * size_of(leaf), head.middle + 0.6 * size_of(head))


def place_header(blocks: list[Block], sides: list[float], top: float, bottom: float) -> tuple[list[Placed], int]:
    """The headers in their cells, and how many rows they make."""
    header = Header(sides)
    for block in sorted(blocks, key=lambda b: b.middle):
        for column in range(len(sides) - 1):
            if sides[column] <= block.center < sides[column + 1]:
                header.leaves[column] = block
    kept = {id(block) for block in header.leaves.values()}
    levels = header.place(Area(0, len(sides) - 1, 0, top, bottom, [block for block in blocks if id(block) not in kept]))
    for item in header.placed:
        if item.below == 0:
            item.below = levels
    return header.placed, levels
