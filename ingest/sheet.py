"""A filled grid as rows of texts, and which of them are captions, header, body and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ingest.captions import is_caption_row, is_note
from ingest.cells import cell_text, lines_of
from ingest.grid import Grid, GridCell
from ingest.page import Content, Word

AMOUNT = re.compile(r"[-−－+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)%?")
CODE = re.compile(r"\d{3,7}(?:[-\s]?[^\d年.,%].*)?")
TOTAL = re.compile(r"(?:总|合|小)\s*计")
ORDINAL = re.compile(r"\d{1,2}|栏次|行次|类|款|项|目|\*+|[=+\-\d（）()]+|[A-Z甲乙丙丁]")
FORM_WIDTH = 4  # columns of the narrowest form that no title calls one
FORM_CELLS = 4  # labels and values in a form's first row, at most
MONEY = re.compile(r"(?:金额|合计|总计|小计|预算数?|决算数?|收入|支出).{0,6}")
FORM_LABEL = re.compile(r"(?:项目|政策|预算|部门|单位|主管|资金|转移支付|专项|实施|评价|填报).{0,14}(?:名称|单位|部门).{0,6}")


@dataclass
class Sheet:
    """One page's grid with its texts. ``start`` and ``stop`` bound the rows that are neither caption nor note."""

    content: Content
    grid: Grid
    start: int = 0
    stop: int = 0
    title: str = ""

    def __post_init__(self) -> None:
        for cell in self.grid.cells:
            if cell.words:
                cell.text = cell_text(cell.words)
        self.stop = self.height
        while self.start < self.stop and is_caption_row(self.filled(self.start), self.spread(self.start)):
            self.start += 1
        while self.stop > self.start and self.is_note_row(self.stop - 1):
            self.stop -= 1

    @property
    def page(self) -> int:
        """Its page number."""
        return self.content.number

    @property
    def height(self) -> int:
        """How many rows the grid has."""
        return len(self.grid.ys) - 1

    @property
    def width(self) -> int:
        """How many columns the grid has."""
        return len(self.grid.xs) - 1

    @cached_property
    def by_row(self) -> list[list[GridCell]]:
        """The cells that begin in each row, from left to right."""
        rows: list[list[GridCell]] = [[] for _ in range(self.height)]
        for cell in self.grid.cells:
            rows[cell.row].append(cell)
        return rows

    def filled(self, row: int) -> list[str]:
        """The texts that begin in a row, blank ones left out."""
        return [cell.text for cell in self.by_row[row] if cell.text]

    def spread(self, row: int) -> bool:
        """Whether one cell takes the row's whole width."""
        cells = self.by_row[row]
        return len(cells) == 1 and cells[0].column_span == self.width

    def caption_lines(self) -> list[list[Word]]:
        """The printed lines in the caption rows, cell by cell."""
        cells = [cell for row in range(self.start) for cell in self.by_row[row] if cell.words]
        return [line for cell in cells for line in lines_of(cell.words)]

    def is_note_row(self, row: int) -> bool:
        """Whether a row holds a note alone."""
        filled = self.filled(row)
        return len(filled) == 1 and is_note(filled[0]) and len(self.by_row[row]) <= 2

    def is_data(self, row: int) -> bool:
        """Whether a row holds figures, begins with a code, or is a total with nothing beside it."""
        filled = self.filled(row)
        if not filled:
            return False
        if any(AMOUNT.fullmatch(text) for text in filled) or CODE.fullmatch(filled[0]):
            return True
        return len(filled) == 1 and bool(TOTAL.search(filled[0]))

    def is_form(self) -> bool:
        """Whether it is filled in label by label (a performance target form) rather than column by column."""
        performance = "绩效" in self.title
        if self.start >= self.stop or not (performance or self.width >= FORM_WIDTH):
            return False
        cells, filled = self.by_row[self.start], self.filled(self.start)
        if len(cells) > FORM_CELLS or not filled or cells[0].row_span > 1:
            return False
        if not (performance or any(cell.column_span > 1 for cell in cells)):
            return False
        return bool(FORM_LABEL.fullmatch(filled[0])) and not any(MONEY.fullmatch(text) for text in filled[1:])

    def header_end(self) -> int:
        """The row after the header; ``start`` where the grid begins with its body."""
        if self.start >= self.stop or self.is_data(self.start) or not self.filled(self.start) or self.is_form():
            return self.start
        end = self._closed(self.start, self.start + 1)
        while end < self.stop:
            filled = self.filled(end)
            if not filled or self.is_data(end):
                break
            if not (self._splits(end) or _is_ordinal(filled)):
                break
            end = self._closed(end, end + 1)
        return end

    def _closed(self, first: int, end: int) -> int:
        """The end of the header rows, taking in the rows that cells of them reach into, up to the first row of figures."""
        row = first
        while row < end:
            for cell in self.by_row[row]:
                if cell.text or cell.column_span == 1:
                    end = max(end, min(row + cell.row_span, self.stop))
            row += 1
        for row in range(first + 1, end):
            if self.is_data(row):
                return row
        return end

    def _splits(self, row: int) -> bool:
        """Whether a row names the parts of a merged cell above it."""
        above = {id(cell): cell for cell in self.grid.owners[row - 1]}.values()
        wide = [cell for cell in above if cell.column_span > 1 and cell.row + cell.row_span == row]
        below = self.by_row[row]
        for cell in wide:
            inner = [c for c in below if c.column >= cell.column and c.column + c.column_span <= cell.column + cell.column_span]
            if len(inner) > 1 and sum(bool(c.text) for c in inner) > 1:
                return True
        return False


def _is_ordinal(filled: list[str]) -> bool:
    """Whether a row only numbers the columns: 类 款 项, 栏次 1 2 3, ** 1 2. Counts (3 | 1 | 2) are figures."""
    numbers = [int(text) for text in filled if text.isdigit()]
    in_order = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True
    return in_order and len(filled) > 1 and all(ORDINAL.fullmatch(text) for text in filled)
