"""Performance forms in plain text: a line a row, cells divided by ``|``; ``<`` continues the cell to the left, ``^`` the one above."""

from __future__ import annotations

from dataclasses import replace

from checks.engine import check
from ingest.facts import read_facts
from model.document import Cell, Document, Kind, Line, Page, Paragraph, Row, Status, Table
from model.facts import Facts
from model.findings import Finding
from model.geometry import Box, Place

WIDTH, HEIGHT = 60.0, 12.0
PAGE_BREAK = "---"

FUNDS = """
项目名称 | 甲项目 | < | < | < | <
项目资金（万元） | 年度资金总额： | 100.00 | 其中：财政拨款 | 100.00 | <
"""
HEAD = "一级指标 | 二级指标 | 三级指标 | 指标值 | 依据 | 分值"


def form(text: str, title: str = "项目支出绩效目标表", number: int = 1, *, header: int = 0) -> Table:
    """A form as the reader of tables hands it over; ``header`` rows are taken for a header, ``---`` begins a new page."""
    lines = [line.strip() for line in text.strip().splitlines()]
    grid = [[cell.strip() for cell in line.split("|")] for line in lines if line != PAGE_BREAK]
    pages = [1 + lines[:i].count(PAGE_BREAK) for i, line in enumerate(lines) if line != PAGE_BREAK]
    rows = tuple(form_row(grid, index, page) for index, page in enumerate(pages))
    columns: tuple[tuple[str, ...], ...] = tuple(() for _ in grid[0])
    if header:
        columns = tuple(tuple(dict.fromkeys(above(grid, r, c) for r in range(header))) for c in range(len(grid[0])))
    place = Place(1, Box(0, 0, WIDTH * len(grid[0]), HEIGHT * len(rows)))
    return Table(f"T{number:02}", None, title, None, columns, rows[header:], rows[:header], place)


def above(grid: list[list[str]], row: int, column: int) -> str:
    """The text of the cell that stands in, or spans, a place."""
    while grid[row][column] == "^":
        row -= 1
    while grid[row][column] == "<":
        column -= 1
    return grid[row][column]


def form_row(grid: list[list[str]], index: int, page: int) -> Row:
    """One row; covered cells have an empty text, as in a table that was read."""
    texts = grid[index]
    cells = []
    for column, text in enumerate(texts):
        right, below = column + 1, index + 1
        while right < len(texts) and texts[right] == "<":
            right += 1
        while below < len(grid) and grid[below][column] == "^":
            below += 1
        box = Box(column * WIDTH, index * HEIGHT, right * WIDTH, below * HEIGHT)
        covered = text in {"<", "^"}
        cell = Cell("" if covered else text, box, None if covered or not text else box)
        cells.append(cell if covered else replace(cell, row_span=below - index, column_span=right - column))
    return Row(page, Box(0, index * HEIGHT, WIDTH * len(texts), (index + 1) * HEIGHT), tuple(cells))


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Prose on page 9, a line a paragraph."""
    found = []
    for number, line in enumerate(text.strip().splitlines()):
        words = line.strip()
        edges = tuple(float(10 * i) for i in range(len(words) + 1))
        piece = Line(0, len(words), 9, Box(0, number * HEIGHT, edges[-1], (number + 1) * HEIGHT), edges)
        found.append(Paragraph(words, (piece,)))
    return tuple(found)


def document(*tables: Table, text: str = "", kind: Kind = Kind.BUDGET) -> Document:
    """A disclosure of 2026 with these tables and this prose."""
    pages = tuple(Page(number + 1, 595, 842) for number in range(9))
    return Document("0" * 64, "test.pdf", Status.OK, pages, tables, paragraphs(text), title="预算", fiscal_year=2026, kind=kind)


def facts(*tables: Table) -> Facts:
    """What is read of them."""
    return read_facts(document(*tables))


def findings(*tables: Table, text: str = "", kind: Kind = Kind.BUDGET) -> list[Finding]:
    """What the checks say of them."""
    read = document(*tables, text=text, kind=kind)
    return list(check(read, read_facts(read))[0])


def of_rule(rule: str, *tables: Table, text: str = "", kind: Kind = Kind.BUDGET) -> list[Finding]:
    """The findings of one rule."""
    return [f for f in findings(*tables, text=text, kind=kind) if f.rule == rule]


def indicators(*lines: str, funds: str = FUNDS, title: str = "项目支出绩效目标表", number: int = 1) -> Table:
    """A form with these lines of indicators, of six cells each."""
    return form("\n".join([funds.strip(), HEAD, *lines]), title, number)
