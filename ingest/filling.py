"""Words into cells: by their middle, cut where a word runs over a rule into the next cell."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from ingest.grid import Grid, GridCell
from ingest.page import Content, Word

NUMBER = re.compile(r"[-+−－(（]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?[)）%％]?")
FIGURE_ENDS = re.compile(r"(?:^|[^\d.,])[-−－]?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2,}$")
FIGURE_BEGINS = re.compile(r"[-−－]?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2,}(?:$|[^\d.,])")
LABEL_BEGINS = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|其中[:：]")
NUMERIC = frozenset("0123456789,.，．-−%％()（）")
OVER = 0.5  # points a word may reach over a rule and stay in its cell
STRADDLE = 1.2  # points a glyph may reach over a rule before its word counts as overflowing, not as two words
GAP = 0.15  # ems between two characters that a rule stands between
REACH = 1.5  # ems around a rule to look for the place where one text ends and the next begins


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
    rules = [grid.xs[after.column] for before, after in pairwise(places) if after is not before]
    cuts = sorted({cut for rule in rules if (cut := _cut_at(word, rule))})
    for start, end in pairwise([0, *cuts, len(word.text)]):
        piece = word.piece(start, end)
        owners[grid.column_at((piece.x0 + piece.x1) / 2)].words.append(piece)


def _cut_at(word: Word, rule: float) -> int | None:
    """Before which character a rule cuts a word; None where the word is one text that is too wide for its cell."""
    sides = word.sides()
    gaps = word.gaps or [0.0] * len(word.text)
    near = sorted(range(1, len(word.text)), key=lambda k: abs(sides[k] - gaps[k] / 2 - rule))
    clear = [k for k in near[:1] if sides[k] - gaps[k] - STRADDLE <= rule <= sides[k] + STRADDLE]
    if clear and gaps[clear[0]] > GAP * word.size:
        return clear[0]
    for k in near:
        if abs(sides[k] - rule) > REACH * word.size:
            break
        if _parts(word.text, k):
            return k
    return clear[0] if clear and not _is_figure(word.text) else None


def _parts(text: str, k: int) -> bool:
    """Whether one text ends and another begins at a place: figure and label, two whole figures, a label's enumerator."""
    before, after = text[k - 1] in NUMERIC, text[k] in NUMERIC
    if before != after:
        return text[0] in NUMERIC or text[-1] in NUMERIC  # digits inside a label (截至2025年底) part nothing
    if before:
        return bool(FIGURE_ENDS.search(text[:k]) and FIGURE_BEGINS.match(text[k:]))
    return bool(LABEL_BEGINS.match(text[k:]))


def _is_figure(text: str) -> bool:
    """Whether a whole word is one printed figure."""
    return bool(NUMBER.fullmatch(text)) and ("." in text or "," in text)
