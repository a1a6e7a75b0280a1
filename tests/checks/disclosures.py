"""Small disclosures in plain text: what a test checks is visible in the test.

A table is lines of cells divided by ``|``, the header first; header cells with ``/`` are paths. Prose is a line a paragraph, headings
begin with ``#``.
"""

from __future__ import annotations

from checks.engine import check
from ingest.facts import read_facts
from model.document import Cell, Document, Kind, Line, Page, Paragraph, Row, Status, Table
from model.findings import Finding, Severity
from model.geometry import Box, Place

WIDTH, HEIGHT = 60.0, 12.0


def table(text: str, title: str = "部门支出总体情况表", unit: str = "万元", number: int = 1) -> Table:
    """A table from its plain text."""
    lines = [[cell.strip() for cell in line.strip().split("|")] for line in text.strip().splitlines()]
    rows = tuple(row(number, index, cells) for index, cells in enumerate(lines[1:]))
    columns = tuple(tuple(cell.split("/")) for cell in lines[0])
    place = Place(number, Box(0, 0, WIDTH * len(columns), HEIGHT * len(rows)))
    return Table(f"T{number:02}", f"表{number}", title, unit, columns, rows, (), place, title_place=place)


def row(page: int, index: int, cells: list[str]) -> Row:
    """A row whose cells stand side by side."""
    y = index * HEIGHT
    made = tuple(
        Cell(text, box, box if text else None)
        for column, text in enumerate(cells)
        for box in [Box(column * WIDTH, y, (column + 1) * WIDTH, y + HEIGHT)]
    )
    return Row(page, Box(0, y, WIDTH * len(cells), y + HEIGHT), made)


def prose(text: str, page: int = 9) -> tuple[Paragraph, ...]:
    """Paragraphs from plain text, a line each."""
    found = []
    section: tuple[str, ...] = ()
    for number, line in enumerate(text.strip().splitlines()):
        words = line.strip()
        role = "heading" if words.startswith("#") else "text"
        words = words.lstrip("# ")
        edges = tuple(float(10 * i) for i in range(len(words) + 1))
        piece = Line(0, len(words), page, Box(0, number * HEIGHT, edges[-1], (number + 1) * HEIGHT), edges)
        found.append(Paragraph(words, (piece,), () if role == "heading" else section, role))
        section = (words,) if role == "heading" else section
    return tuple(found)


def document(*tables: Table, text: str = "", year: int = 2026, kind: Kind = Kind.BUDGET) -> Document:
    """A disclosure of tables and prose."""
    pages = tuple(Page(number + 1, 595, 842) for number in range(max(9, len(tables))))
    paragraphs = prose(text) if text else ()
    return Document("0" * 64, "test.pdf", Status.OK, pages, tables, paragraphs, title="预算", fiscal_year=year, kind=kind)


def findings(*tables: Table, text: str = "", severity: Severity = Severity.ERROR, **more: object) -> list[Finding]:
    """The findings of one severity in a disclosure of those tables and that text."""
    made = document(*tables, text=text, **more)  # type: ignore[arg-type]
    found, _, _ = check(made, read_facts(made))
    return [finding for finding in found if finding.severity is severity]
