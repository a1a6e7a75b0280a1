"""Words into cells: by their middle, cut where a word runs over a rule into the next cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.grid import Grid, GridCell
from ingest.page import Content, Word

NUMBER = re.compile(r"[-+−－(（]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?[)）%％]?")
NUMERIC = frozenset("0123456789,.，．-−%％()（）")
STRADDLE = 1.2  # points a glyph may reach over a rule before its word counts as overflowing, not as two words


def fill(grids: list[Grid], content: Content) -> list[Word]:
    """Put each word of a page into its cell; returns the words outside all grids."""
    outside = []
    for word in content.words:
        grid = _grid_of(grids, word)
        if grid is None:
            outside.append(word)
            continue
        for cell, piece in _pieces(grid, word, content):
            cell.words.append(piece)
    return outside


def _grid_of(grids: list[Grid], word: Word) -> Grid | None:
    """The grid a word's middle lies in."""
    x, y = (word.x0 + word.x1) / 2, word.middle
    for grid in grids:
        if grid.ys[0] <= y < grid.ys[-1] and grid.xs[0] <= x <= grid.xs[-1]:
            return grid
    return None


def _pieces(grid: Grid, word: Word, content: Content) -> Iterator[tuple[GridCell, Word]]:
    """The word, or the parts a rule cuts it into, each with its cell."""
    row = grid.row_at(word.middle)
    assert row is not None  # noqa: S101 - the grid was chosen by this height
    owners = grid.owners[row]
    first, last = owners[grid.column_at(word.x0 + 0.5)], owners[grid.column_at(word.x1 - 0.5)]
    if first is last:
        yield first, word
        return
    content.measure(word)
    edges = word.sides()
    middles = [(a + b) / 2 for a, b in pairwise(edges)]
    places = [owners[grid.column_at(x)] for x in middles]
    cuts = [k for k in range(1, len(places)) if places[k] is not places[k - 1] and _parts(grid, word, places[k], k)]
    start = 0
    for end in [*cuts, len(places)]:
        piece = word.piece(start, end)
        yield owners[grid.column_at((piece.x0 + piece.x1) / 2)], piece
        start = end


def _parts(grid: Grid, word: Word, right: GridCell, k: int) -> bool:
    """Whether the rule before character ``k`` parts two texts, rather than being overrun by one that is too wide for its cell."""
    before, after = word.text[k - 1], word.text[k]
    if (before in NUMERIC) != (after in NUMERIC) and not _label_with_number(word.text):
        return True
    rule = grid.xs[right.column]
    if abs(word.sides()[k] - rule) > STRADDLE:
        return False
    if before in NUMERIC and ("." in word.text or "," in word.text):
        return not NUMBER.fullmatch(word.text)
    return True


def _label_with_number(text: str) -> bool:
    """Whether the word is a label that only contains digits (2025年…), so that a change of script says nothing."""
    return text[0] not in NUMERIC and text[-1] not in NUMERIC
