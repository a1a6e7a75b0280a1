"""Text that a page's end cuts through: lines drawn across the first or last rule of a table that runs over pages.

A program that breaks a row at the page's end often draws the broken line on both pages and clips it, so that what is left is a
sliver. Such a line is a repetition where the other page has it too; otherwise it belongs to the cell beside it.
"""

from __future__ import annotations

from ingest.cells import cell_text, tight
from ingest.grid import GridCell
from ingest.lines import PrintedLine
from ingest.sheet import Sheet

TOUCH = 0.5  # points a line may stay clear of a rule and still count as cut by it


def over_top(sheet: Sheet, lines: list[PrintedLine]) -> list[PrintedLine]:
    """The lines that reach from above into a grid."""
    top = sheet.grid.ys[0]
    return [line for line in lines if line.box.y1 > top + TOUCH and line.box.center[1] < top and _in_columns(sheet, line)]


def over_bottom(sheet: Sheet, lines: list[PrintedLine]) -> list[PrintedLine]:
    """The lines that touch a grid's last rule from below."""
    bottom = sheet.grid.ys[-1]
    return [line for line in lines if line.box.y0 < bottom + TOUCH and line.box.center[1] > bottom and _in_columns(sheet, line)]


def _in_columns(sheet: Sheet, line: PrintedLine) -> bool:
    """Whether each word stands within one column."""
    column_at = sheet.grid.column_at
    return all(column_at(word.x0 + 1) == column_at(word.x1 - 1) for word in line.words)


def settle(before: Sheet, after: Sheet, below: list[PrintedLine], above: list[PrintedLine]) -> None:
    """Put the lines cut at the end of one page and at the beginning of the next into their cells, or drop them as repetitions."""
    last, first = before.grid.owners[-1], after.grid.owners[0]
    for lines, own, other, at_end in ((below, (before, last), (after, first), True), (above, (after, first), (before, last), False)):
        for line in lines:
            for word in line.words:
                cell = _cell_at(own, word.x0)
                text = tight(word.text)
                there = tight(_cell_at(other, word.x0).text)
                if there.startswith(text) if at_end else there.endswith(text):
                    continue
                cell.words.append(word)
                cell.text = cell_text(cell.words)


def _cell_at(row: tuple[Sheet, list[GridCell]], x: float) -> GridCell:
    """The cell of a row that covers an x coordinate."""
    sheet, owners = row
    return owners[sheet.grid.column_at(x + 1)]
