"""Words into cells: by their middle, cut where a word runs over a rule into the next cell."""

from __future__ import annotations

import re
from bisect import bisect_right
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
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        for grid in grids:
            if grid.ys[0] <= y < grid.ys[-1] and grid.xs[0] <= x <= grid.xs[-1]:
                _place(grid, grid.owners[bisect_right(grid.ys, y) - 1], word, content)
                break
        else:
            outside.append(word)
    return outside


def _place(grid: Grid, owners: list[GridCell], word: Word, content: Content) -> None:
    """Put a word, or the parts a rule cuts it into, into the cells of its row."""
    first, last = owners[grid.column_at(word.x0 + 0.5)], owners[grid.column_at(word.x1 - 0.5)]
    if first is last:
        first.words.append(word)
        return
    content.measure(word)
    places = [owners[grid.column_at((a + b) / 2)] for a, b in pairwise(word.sides())]
    cuts = [k for k in range(1, len(places)) if places[k] is not places[k - 1] and _parts(grid, word, places[k], k)]
    for start, end in pairwise([0, *cuts, len(places)]):
        piece = word.piece(start, end)
        owners[grid.column_at((piece.x0 + piece.x1) / 2)].words.append(piece)


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
