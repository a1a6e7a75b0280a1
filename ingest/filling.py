"""Words into cells: by their middle, cut where a word runs over a rule into the next cell."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from ingest.grid import Grid, GridCell
from ingest.page import Content, Word

NUMBER = re.compile(r"[-+−－(（]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?[)）%％]?")
NUMERIC = frozenset("0123456789,.，．-−%％()（）")
OVER = 0.5  # points a word may reach over a rule and stay in its cell
STRADDLE = 1.2  # points a glyph may reach over a rule before its word counts as overflowing, not as two words


def fill(grids: list[Grid], content: Content) -> list[Word]:
    """Put each word of a page into its cell; returns the words outside all grids."""
    outside = []
    for word in content.words:
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        for grid in grids:
            xs, ys = grid.xs, grid.ys
            if not (ys[0] <= y < ys[-1] and xs[0] <= x <= xs[-1]):
                continue
            owners = grid.owners[bisect_right(ys, y) - 1]
            cell = owners[max(bisect_right(xs, word.x0 + OVER) - 1, 0)]
            right = cell.column + cell.column_span
            if right == len(owners) or word.x1 - OVER < xs[right]:
                cell.words.append(word)
            else:
                _cut(grid, owners, word, content)
            break
        else:
            outside.append(word)
    return outside


def _cut(grid: Grid, owners: list[GridCell], word: Word, content: Content) -> None:
    """Put the parts a rule cuts a word into, or the word where it only overruns its cell, into the cells of its row."""
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
