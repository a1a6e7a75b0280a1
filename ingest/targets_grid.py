"""A performance form as a grid: every cell with what owns it, also where the table reader took its first rows for a header."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ingest.subjects import squeeze
from model.document import Cell, Row, Table
from model.geometry import Place
from model.meaning import Source

NAME_OF_TABLE = 14


@dataclass(frozen=True)
class Spot:
    """One printed cell, at the row and column where it begins; merged cells stand once. ``text`` is squeezed."""

    row: int
    column: int
    cell: Cell
    page: int
    text: str

    @property
    def last_column(self) -> int:
        """The last column it covers."""
        return self.column + self.cell.column_span - 1

    def covers(self, column: int) -> bool:
        """Whether it stands in or over a column."""
        return self.column <= column <= self.last_column


def quickly_squeezed(text: str) -> str:
    """``squeeze`` for the many short cells that have nothing to squeeze."""
    short = "".join(text.split())
    return squeeze(short) if any(mark in short for mark in "（）【】") else short


@dataclass
class Grid:
    """The rows of one table, header rows first, as spots. Row numbers count from the first printed row."""

    table: Table

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All printed rows."""
        return (*self.table.header, *self.table.rows)

    @cached_property
    def _owners(self) -> list[list[tuple[int, int]]]:
        owners = [[(r, c) for c in range(len(row.cells))] for r, row in enumerate(self.rows)]
        for r, row in enumerate(self.rows):
            for c, cell in enumerate(row.cells):
                if (cell.row_span > 1 or cell.column_span > 1) and owners[r][c] == (r, c):
                    for line in owners[r : r + cell.row_span]:
                        past = min(c + cell.column_span, len(line))
                        line[c:past] = [(r, c)] * (past - c)
        return owners

    @cached_property
    def spots(self) -> dict[tuple[int, int], Spot]:
        """Every printed cell by the row and column where it begins."""
        found = {}
        for at in {owner for line in self._owners for owner in line}:
            row = self.rows[at[0]]
            cell = row.cells[at[1]]
            found[at] = Spot(*at, cell, row.page, quickly_squeezed(cell.text))
        return found

    def at(self, row: int, column: int) -> Spot:
        """The printed cell that stands in, or spans, a row and column."""
        return self.spots[self._owners[row][column]]

    def line(self, row: int) -> list[Spot]:
        """The printed cells that a row crosses, from left to right, those that span it from above too."""
        return [self.spots[at] for at in dict.fromkeys(self._owners[row])]

    def starting(self, row: int) -> list[Spot]:
        """The printed cells that begin in a row."""
        return [spot for spot in self.line(row) if spot.row == row]

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self.rows)))

    def source(self, spot: Spot, row_label: str = "", column_label: str = "") -> Source:
        """Where a printed cell stands. A cell of the rows taken for a header has a negative row: the last of them is -1."""
        cell = spot.cell
        return Source(
            place=Place(spot.page, cell.ink or cell.box),
            text=cell.text,
            row_label=row_label,
            column_label=column_label,
            table=self.table.id,
            row=spot.row - len(self.table.header),
            column=spot.column,
            number=self.table.number or self.table.title[:NAME_OF_TABLE],
        )
