"""Tables without vertical rules: their cells told from words aligned in columns, marked ``Reading.ALIGNED``.

Prose must never become a table: a table begins below a caption (a title, a unit) or is made of lines of aligned amounts, and only on
pages without ruled tables. What cannot be told apart stays text.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.aligned_columns import TOTAL, Columns, columns_of, fits, tiled
from ingest.aligned_header import place_header
from ingest.aligned_rows import Line, Placed, bounds_of, place_rows, rows_of
from ingest.aligned_segments import SAME, Block, Segment, blocks_of, segments_of, split_rows
from ingest.captions import NOTE, TITLE_END, UNIT, is_side
from ingest.contents import is_entry, is_title
from ingest.grid import Grid, GridCell
from ingest.lines import PAGE_NUMBER, PrintedLine
from ingest.page import Content
from ingest.sheet import AMOUNT, CODE, FORM_LABEL
from model.document import Reading

FAR = 5.0  # ems between two lines of one table
WIDE = 0.5  # of a table's width: a lone text that wide that begins at the left is prose
FEWEST_AMOUNTS = 4  # lines of amounts that make a table without caption
MOST_COLUMNS = 40
SENTENCE = re.compile(r"[。；]")


def find_aligned(content: Content, lines: list[PrintedLine], before: Grid | None) -> tuple[list[Grid], list[PrintedLine]]:
    """The tables of a page without ruled ones, with their words, and the lines that are in none. ``before`` is the last page's table."""
    if sum(len(line.words) > 1 for line in lines) < 2 or any(is_title(line.tight) or is_entry(line.tight) for line in lines):
        return [], lines
    parts = [segments_of(line.words) for line in lines]
    if sum(len(part) > 1 for part in parts) < 2:
        return [], lines
    grids: list[Grid] = []
    rest: list[PrintedLine] = []
    at = 0
    while at < len(lines):
        end = _end(lines, parts, at) if _may_begin(lines, parts, at, before) else at
        grid = _grid(content, parts[at:end], before) if end > at else None
        if grid is None:
            rest.append(lines[at])
            at += 1
        else:
            grids.append(grid)
            before, at = None, end
    return grids, rest


def _may_begin(lines: list[PrintedLine], parts: list[list[Segment]], at: int, before: Grid | None) -> bool:
    """Whether a table may begin with a line: below a caption, going on from the page before, or with amounts in columns."""
    if _is_caption(lines[at]) or not _in_columns(parts[at : at + 4]):
        return False
    if at == 0:
        return before is not None or _amounts(parts[at:]) >= FEWEST_AMOUNTS
    return _is_caption(lines[at - 1]) or (len(parts[at]) > 1 and _amounts(parts[at : at + 12]) >= FEWEST_AMOUNTS)


def _is_caption(line: PrintedLine) -> bool:
    """Whether a line is a table's title, number, unit, owner or year."""
    text = line.tight
    return is_side(text) or (len(text) < 40 and bool(TITLE_END.search(text) or UNIT.search(text)) and not SENTENCE.search(text))


def _in_columns(parts: list[list[Segment]]) -> bool:
    """Whether most of some lines are of several texts."""
    return 2 * sum(len(part) > 1 for part in parts) >= min(len(parts), 4)


def _amounts(parts: list[list[Segment]]) -> int:
    """How many lines hold a label and an amount, or several amounts."""
    return sum(len(part) > 1 and any(AMOUNT.fullmatch(s.text) for s in part) for part in parts)


def _end(lines: list[PrintedLine], parts: list[list[Segment]], at: int) -> int:
    """The line after the table that begins with a line."""
    left = min(s.box.x0 for part in parts[at : at + 4] for s in part)
    right = max(s.box.x1 for part in parts[at : at + 4] for s in part)
    last = at
    for k in range(at, len(lines)):
        line, part = lines[k], parts[k]
        if k > at and line.box.y0 - lines[k - 1].box.y1 > FAR * line.words[0].size:
            break
        alone = len(part) == 1
        if (alone and PAGE_NUMBER.fullmatch(line.tight)) or NOTE.match(line.tight) or _is_heading(lines, parts, k, at):
            break
        box = line.box
        if alone and box.width > WIDE * (right - left) and box.x0 < left + 4 * part[0].size:
            break
        left, right = min(left, box.x0), max(right, box.x1)
        if not alone or TOTAL.fullmatch(line.tight) or _wraps(parts, k):
            last = k
    return last + 1


def _is_heading(lines: list[PrintedLine], parts: list[list[Segment]], k: int, at: int) -> bool:
    """Whether a line is the caption of another table."""
    return (
        k > at and len(parts[k]) == 1 and _is_caption(lines[k]) and k + 1 < len(lines) and lines[k].words[0].size > 1.1 * parts[at][0].size
    )


def _wraps(parts: list[list[Segment]], k: int) -> bool:
    """Whether a lone text stands close below one of the line before."""
    own = parts[k][0]
    near = [s for part in parts[max(0, k - 2) : k] for s in part]
    return any(abs(s.box.x0 - own.box.x0) < SAME and own.box.y0 - s.box.y1 < own.size for s in near) or any(
        abs(s.box.center[0] - own.box.center[0]) < SAME and own.box.y0 - s.box.y1 < own.size for s in near
    )


def _grid(content: Content, parts: list[list[Segment]], before: Grid | None) -> Grid | None:
    """The table that some lines make; None where they make none."""
    top, bottom = parts[0][0].box.y0, max(s.box.y1 for s in parts[-1])
    rules = [(y, x0, x1) for y, x0, x1 in content.across if top - 12 < y < bottom + 12]
    outer = (min(r[1] for r in rules), max(r[2] for r in rules)) if rules else None
    heights = sorted(y for y, _, _ in rules)
    form = FORM_LABEL.fullmatch(parts[0][0].text) and not any(AMOUNT.fullmatch(s.text) for s in parts[0])
    end = _header_bottom(parts, heights)
    columns = columns_of(parts, outer, 0 if form else sum(part[0].box.center[1] < end for part in parts))
    if before is not None:
        columns = _as_before(parts, columns, before)
    if not _is_table(parts, columns):
        return None
    blocks = blocks_of(parts, heights, columns.sides)
    if form:
        return _form(blocks, parts, columns)
    return _list(blocks, columns, end)


def _as_before(parts: list[list[Segment]], columns: Columns, before: Grid) -> Columns:
    """The columns of the page before, where they hold here too."""
    start = next((k for k in range(len(parts)) if fits(parts[k:], before.xs)), len(parts))
    if start > columns.start or len(columns) > len(before.xs) - 1:
        return columns
    return Columns(start, list(pairwise(before.xs)), before.xs)


def _is_table(parts: list[list[Segment]], columns: Columns) -> bool:
    """Whether lines are a table: two columns with amounts, or three, in most of the lines."""
    listed = parts[columns.start :]
    several = sum(len(part) > 1 for part in listed)
    if not 2 <= len(columns) <= MOST_COLUMNS or several < 2:
        return several == 1 and len(columns) > 3 and any(TOTAL.fullmatch(part[0].text) for part in listed)
    return len(columns) > 2 or _amounts(listed) >= 2


def _by_column(blocks: list[Block], sides: list[float]) -> list[list[Block]]:
    """Blocks by the column their middle stands in."""
    found: list[list[Block]] = [[] for _ in sides[1:]]
    for block in blocks:
        found[max(0, min(sum(side <= block.center for side in sides) - 1, len(found) - 1))].append(block)
    return found


def _list(blocks: list[Block], columns: Columns, end: float) -> Grid | None:
    """A table of header and rows."""
    upper = [block for block in blocks if block.middle < end]
    lower = [block for block in blocks if block.middle >= end]
    anchors = [b.middle for b in lower if AMOUNT.fullmatch(b.text)]
    lower = split_rows(lower, anchors)
    if not lower:
        return None
    top = min(block.box.y0 for block in blocks) - 3
    heads, levels = place_header(upper, columns.sides, top, end) if upper else ([], 0)
    rows, bounds = place_rows(_by_column(lower, columns.sides), end if upper else None, None)
    header = [top + (bounds[0] - top) * k / levels for k in range(levels)]
    body = [Placed(p.block, p.row + levels, p.below + levels, p.column, p.past) for p in rows]
    return assembled(columns.sides, [*header, *bounds], [*heads, *body])


def _header_bottom(parts: list[list[Segment]], rules: list[float]) -> float:
    """Where the body begins: at the first rule below the header, else above the first line of figures."""
    first = next((k for k, part in enumerate(parts) if _is_data(part)), len(parts))
    if first == len(parts):
        return rules[-1] if rules else parts[0][0].box.y0 - 1
    top = min(s.box.y0 for s in parts[first])
    between = [y for y in rules if parts[0][0].box.y1 <= y <= top + 1]
    if between:
        return between[-1]
    while first and parts[first - 1][0].box.y1 > top - 0.3 * parts[first][0].size and len(parts[first - 1]) == 1:
        first -= 1
        top = parts[first][0].box.y0
    return top - 1 if first else parts[0][0].box.y0 - 1


def _is_data(part: list[Segment]) -> bool:
    """Whether a line holds amounts, begins with a code, or is a total alone."""
    return bool(
        any(AMOUNT.fullmatch(s.text) for s in part) or CODE.fullmatch(part[0].text) or (len(part) == 1 and TOTAL.fullmatch(part[0].text))
    )


def _form(blocks: list[Block], parts: list[list[Segment]], columns: Columns) -> Grid | None:
    """A form: labels and values over merged columns, then a list of indicators."""
    start = min(s.box.y0 for s in parts[columns.start]) - 1
    upper = [block for block in blocks if block.middle < start]
    listed = [block for block in blocks if block.middle >= start]
    placed: list[Placed] = []
    rows = rows_of(upper)
    if not listed or not rows:
        return None
    lower, bounds = place_rows(_by_column(listed, columns.sides), None, None)
    tops = bounds_of(rows, None, bounds[0])
    bounds[0] = tops[-1]
    for at, row in enumerate(rows):
        placed += _form_row(row, at, columns.sides)
    placed += [Placed(p.block, p.row + len(rows), p.below + len(rows), p.column, p.past) for p in lower]
    return assembled(columns.sides, [*tops[:-1], *bounds], placed)


def _form_row(row: Line, at: int, sides: list[float]) -> list[Placed]:
    """A row of labels and values in cells merged over columns."""
    blocks = sorted(row.blocks, key=lambda b: b.box.x0)
    spans = tiled([(b.box.x0, b.center, b.box.x1) for b in blocks], sides)
    if not spans:
        places = [max(0, min(sum(side <= b.center for side in sides) - 1, len(sides) - 2)) for b in blocks]
        spans = [(k, k + 1) for k in places]
    return [Placed(block, at, at + 1, *span) for block, span in zip(blocks, spans, strict=True)]


def assembled(xs: list[float], ys: list[float], placed: list[Placed]) -> Grid:
    """The grid of placed blocks, its other squares blank cells."""
    owners: list[list[GridCell | None]] = [[None] * (len(xs) - 1) for _ in ys[1:]]
    cells: list[GridCell] = []
    for item in placed:
        cell = owners[item.row][item.column]
        if cell is None:
            past = item.past
            cell = GridCell(item.row, item.column, item.below - item.row, past - item.column)
            cells.append(cell)
            for row in range(item.row, item.below):
                for column in range(item.column, past):
                    owners[row][column] = owners[row][column] or cell
        cell.words += item.block.words
    for i, line in enumerate(owners):
        for j, owner in enumerate(line):
            if owner is None:
                line[j] = GridCell(i, j, 1, 1)
                cells.append(line[j])  # type: ignore[arg-type]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(xs, ys, cells, [[cell for cell in line if cell] for line in owners], Reading.ALIGNED)
