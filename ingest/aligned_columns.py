"""Columns of a table without vertical rules: the strips of white that run down between its texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ingest.aligned_segments import Segment, is_figure

TOTAL = re.compile(r".{0,4}(?:总|合|小)计[:：]?")
NARROWEST = 1.5  # points of white between two columns
FEWEST = 3  # lines that make columns
SHARE = 0.3  # of a region's lines that the columns must hold for
HEADER, BODY = 1, 2  # what stands in a stretch
PAD = 3.0  # points between an outer column's text and the table's side

Strip = tuple[float, float, int]  # left, right, and the parts of the table that have text there


@dataclass
class Columns:
    """Where the columns hold: from line ``start`` on; ``spans`` are the columns' texts' left and right ends, ``sides`` the columns'."""

    start: int
    spans: list[tuple[float, float]]
    sides: list[float]

    def __len__(self) -> int:
        return len(self.spans)


def columns_of(lines: list[list[Segment]], outer: tuple[float, float] | None, header: int) -> Columns:
    """The most columns that the lines from some line on to the end leave white between.

    That line is one of the first ``header`` lines, the last one that gives so many, or the first one below them that leaves enough lines
    to be trusted.
    """
    merged: list[Strip] = []
    best: tuple[int, list[Strip]] = (0, [])
    fewest = min(max(FEWEST, SHARE * len(lines)), len(lines) - header)
    for index in range(len(lines) - 1, -1, -1):
        line, part = lines[index], HEADER if index < header else BODY
        counted = [(s.box.x0, s.box.x1, part) for s in line if len(line) > 1 and not _stands_free(s, line)]
        merged = _united(merged + counted)
        found = _paired(merged)
        more = len(found) > len(best[1]) or (index >= header and len(found) == len(best[1]))
        if counted and more and (len(lines) - index >= fewest or index == 0):
            best = (index, found)
    start, strips = best
    spans = _widened([(x0, x1) for x0, x1, _ in strips], lines[:start])
    return Columns(start, spans, sides_of(spans, outer))


def _widened(spans: list[tuple[float, float]], above: list[list[Segment]]) -> list[tuple[float, float]]:
    """The columns' stretches with the upper lines of their headers, as far as those stand over one column alone."""
    found = list(spans)
    for segment in (s for line in reversed(above) for s in line):
        x0, x1 = segment.box.x0, segment.box.x1
        over = [k for k, (a, b) in enumerate(found) if x0 < b and a < x1]
        if len(over) == 1:
            a, b = found[over[0]]
            found[over[0]] = (min(a, x0), max(b, x1))
    return found


def _stands_free(segment: Segment, line: list[Segment]) -> bool:
    """Whether a text is the label of a total, set in the middle of several columns."""
    return bool(TOTAL.fullmatch(segment.text)) and any(is_figure(other.text) for other in line)


def sides_of(spans: list[tuple[float, float]], outer: tuple[float, float] | None) -> list[float]:
    """The columns' sides: halfway between their texts; the outer ones those of the table's rules, where it has such."""
    if not spans:
        return []
    left, right = spans[0][0] - PAD, spans[-1][1] + PAD
    if outer:
        left, right = min(left, outer[0]), max(right, outer[1])
    inner = [(before[1] + after[0]) / 2 for before, after in pairwise(spans)]
    return [left, *inner, right]


def _united(strips: list[Strip]) -> list[Strip]:
    """Stretches that touch or nearly touch made one, in order."""
    result: list[Strip] = []
    for start, end, parts in sorted(strips):
        if result and start - result[-1][1] < NARROWEST:
            result[-1] = (result[-1][0], max(end, result[-1][1]), result[-1][2] | parts)
        else:
            result.append((start, end, parts))
    return result


def _paired(strips: list[Strip]) -> list[Strip]:
    """Stretches of figures without header joined with the header without figures beside them: short figures set to the right."""
    result: list[Strip] = []
    for strip in strips:
        if result and {result[-1][2], strip[2]} == {HEADER, BODY}:
            result[-1] = (result[-1][0], strip[1], HEADER | BODY)
        else:
            result.append(strip)
    return result


def fits(lines: list[list[Segment]], sides: list[float]) -> bool:
    """Whether every text of some lines stands between two neighbouring sides."""
    return all(
        any(a - 1 <= s.box.x0 and s.box.x1 <= b + 1 for a, b in pairwise(sides))
        for line in lines
        for s in line
        if not _stands_free(s, line)
    )


def tiled(centers: list[tuple[float, float, float]], sides: list[float]) -> list[tuple[int, int]]:
    """For texts (left, middle, right) of one row the columns each takes, first and past: all of them, each text in its cell's middle.

    A text counts as well where it begins its cell. Empty where the texts cannot be laid out so.
    """
    last = len(sides) - 1
    best: dict[int, tuple[float, list[tuple[int, int]]]] = {0: (0.0, [])}
    for left, middle, right in centers:
        following: dict[int, tuple[float, list[tuple[int, int]]]] = {}
        for first, (cost, spans) in best.items():
            for past in range(first + 1, last + 1):
                a, b = sides[first], sides[past]
                if left < a - PAD or right > b + PAD:
                    continue
                off = min(abs(middle - (a + b) / 2), abs(left - a - PAD) + PAD)
                if past not in following or cost + off < following[past][0]:
                    following[past] = (cost + off, [*spans, (first, past)])
        best = following
    return best[last][1] if last in best else []
