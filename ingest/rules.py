"""Ruling lines: snapped to common positions, collinear pieces joined, connected ones gathered."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

SNAP = 2.0  # points between two rules that are one (borders are drawn cell by cell, and twice)
GAP = 3.0  # points between two pieces of one rule (dots, cut corners)
TALL = 0.9  # of a frame's height: a lone vertical rule that belongs to it
MOST = 400  # rules of one direction on a page: real tables have a tenth; the longest are kept of a map or a chart
SHORTEST = 6.0  # points: what is shorter after joining is no border

Rule = tuple[float, float, float]  # position, start, end


@dataclass(slots=True)
class Frame:
    """Rules that touch each other: one table, or one box. Positions ascend."""

    across: dict[float, list[tuple[float, float]]] = field(default_factory=dict)
    down: dict[float, list[tuple[float, float]]] = field(default_factory=dict)


def join(rules: Iterable[Rule]) -> list[Rule]:
    """Rules of one direction with near positions made equal and touching pieces united, by position and start."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules):
        if groups and rule[0] - groups[-1][-1][0] <= SNAP / 2 and rule[0] - groups[-1][0][0] <= SNAP:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    joined = []
    for group in groups:
        weight = sum(end - start + 0.1 for _, start, end in group)
        position = sum(at * (end - start + 0.1) for at, start, end in group) / weight
        joined += [(position, start, end) for start, end in _united(sorted((s, e) for _, s, e in group)) if end - start >= SHORTEST]
    if len(joined) > MOST:
        joined = sorted(sorted(joined, key=lambda rule: rule[1] - rule[2])[:MOST])
    return joined


def _united(pieces: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Intervals, in ascending order, with gaps of up to GAP closed."""
    result = [pieces[0]]
    for start, end in pieces[1:]:
        low, high = result[-1]
        if start - high <= GAP:
            result[-1] = (low, max(high, end))
        else:
            result.append((start, end))
    return result


def frames(across: list[Rule], down: list[Rule]) -> list[Frame]:
    """Joined rules gathered into connected frames."""
    found = _connected(join(across), join(down))
    ruled = [frame for frame in found if frame.across and frame.down]
    for frame in found:
        if not frame.across:
            _adopt(frame, ruled)
    return ruled


def _connected(rows: list[Rule], columns: list[Rule]) -> list[Frame]:
    """Horizontal and vertical rules gathered by which cross or touch each other."""
    parent = list(range(len(rows) + len(columns)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    heights = [y for y, _, _ in rows]
    for j, (x, y0, y1) in enumerate(columns):
        for i in range(bisect_left(heights, y0 - GAP), len(rows)):
            y, x0, x1 = rows[i]
            if y > y1 + GAP:
                break
            if x0 - GAP <= x <= x1 + GAP:
                parent[root(i)] = root(len(rows) + j)
    found: dict[int, Frame] = defaultdict(Frame)
    for i, (y, x0, x1) in enumerate(rows):
        found[root(i)].across.setdefault(y, []).append((x0, x1))
    for j, (x, y0, y1) in enumerate(columns):
        found[root(len(rows) + j)].down.setdefault(x, []).append((y0, y1))
    return list(found.values())


def _adopt(lone: Frame, ruled: list[Frame]) -> None:
    """Give vertical rules that cross none to the frame beside them: sides of cells as high as the page."""
    for x, pieces in lone.down.items():
        for y0, y1 in pieces:
            for frame in ruled:
                top, bottom = min(frame.across), max(frame.across)
                if min(y1, bottom) - max(y0, top) > TALL * max(y1 - y0, bottom - top):
                    frame.down.setdefault(x, []).append((y0, y1))
                    break
