"""Performance forms (绩效目标表, 目标申报表, 自评表): one form a table, or a list of projects with their goals and indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ingest.subjects import squeeze
from ingest.targets_form import FormReader
from ingest.targets_grid import Grid, Spot
from ingest.targets_list import ListReader, list_columns
from ingest.targets_words import NAME
from model.amounts import MONEY_UNITS
from model.document import Document, Table
from model.facts import Fact
from model.meaning import Basis, Meaning, Nature, Side, Subject, SubjectKind
from model.targets import Execution, Printed, ProjectTarget

HINT = re.compile(r"指标|绩效|目标")
FIRST_ROWS = 16
FRAGMENT_ROWS = 3
LONGEST_REST = 12
WHOLE = Subject(SubjectKind.PROJECT, "整体绩效目标", "整体绩效目标")


@dataclass
class Forms:
    """The performance forms of a document while its tables are read, and the tables they took over from ``ingest.blocks``."""

    tables: set[str] = field(default_factory=set)
    found: list[ListReader | ProjectTarget] = field(default_factory=list)
    current: ListReader | None = None
    last: Table | None = None
    fragment: tuple[Grid, Spot] | None = None

    def take(self, table: Table) -> None:
        """Read one table, if it is a form, a list, or continues the list before it."""
        grid = Grid(table)
        if self.current and self.last and continues(table, self.last):
            self.current.take(grid, range(len(grid.rows)))
        elif not hinted(grid):
            self.current = None
            return
        elif reader := begun_list(grid):
            self.current = reader
            self.found.append(reader)
        else:
            self.current = None
            self.take_form(grid)
            return
        self.last = table
        if self.current.form:
            self.tables.add(table.id)

    def take_form(self, grid: Grid) -> None:
        """Read one table as a form; a form's name may stand alone at the end of the page before."""
        forms = FormReader(grid).read()
        if forms:
            self.tables.add(grid.table.id)
            if not forms[0].name and self.fragment:
                forms[0] = named(forms[0], grid, *self.fragment)
            self.found += forms
        self.fragment = name_alone(grid)

    def projects(self) -> Iterator[ProjectTarget]:
        """Every project, in the order of the pages."""
        for item in self.found:
            if isinstance(item, ListReader):
                yield from item.projects()
            else:
                yield item


def read_forms(document: Document) -> tuple[tuple[ProjectTarget, ...], frozenset[str]]:
    """Every project that performance forms and lists speak of, and the ids of the tables whose amounts they hold."""
    forms = Forms()
    for table in document.tables:
        forms.take(table)
    return tuple(forms.projects()), frozenset(forms.tables)


def hinted(grid: Grid) -> bool:
    """Whether a table's title or first rows speak of indicators or goals at all."""
    table = grid.table
    return bool(HINT.search(table.title)) or any(HINT.search(text) for row in grid.rows[:FIRST_ROWS] for text in row.texts)


def begun_list(grid: Grid) -> ListReader | None:
    """The list of projects that a table begins; None for another kind."""
    table = grid.table
    paths = [tuple(squeeze(part) for part in path) for path in table.columns]
    start = len(table.header)
    columns = list_columns(paths)
    if columns is None:
        return None
    reader = ListReader(columns, table.title, MONEY_UNITS.get(table.unit or ""), form=bool(columns.indicators))
    reader.take(grid, range(start, len(grid.rows)))
    return reader


def continues(table: Table, before: Table) -> bool:
    """Whether a table without number, title and header goes on on the next page in the columns of the one before."""
    if table.number is not None or table.header or (table.title and table.title != before.title):
        return False
    return len(table.columns) == len(before.columns) and 0 <= table.pages[0] - before.pages[-1] <= 1


def name_alone(grid: Grid) -> tuple[Grid, Spot] | None:
    """The name in a table that holds little else: the top of a form cut off by the page's end."""
    if len(grid.rows) > FRAGMENT_ROWS:
        return None
    for row in grid:
        line = grid.starting(row)
        for label, value in pairwise(line):
            if NAME.match(label.text) and value.text:
                return grid, value
    return None


def named(form: ProjectTarget, grid: Grid, before: Grid, spot: Spot) -> ProjectTarget:
    """The form with the name printed on the page before, and what is left of it alone in the form's first line."""
    first = [s.text for s in grid.starting(0) if s.text]
    rest = first[0] if len(first) == 1 and len(first[0]) < LONGEST_REST else ""
    return replace(form, name=spot.text + rest, name_source=before.source(spot, "项目名称"))


def facts_of_targets(targets: Iterable[ProjectTarget], year: int | None) -> Iterator[Fact]:
    """The amounts of money that forms print, as facts of their project."""
    for target in targets:
        if not target.form:
            continue
        subject = WHOLE if target.overall else Subject(SubjectKind.PROJECT, target.name, target.name)
        nature = Nature.TOTAL if target.overall else Nature.PROJECT
        for figure in target.funds:
            own = figure.nature if figure.nature is not Nature.TOTAL else nature
            basis = figure.basis or Basis.BUDGET
            meaning = Meaning(subject, Side.EXPENDITURE, own, figure.fund, None if figure.multi_year else year, basis)
            yield Fact(figure.printed.amount, meaning, figure.printed.source)
        for line in target.execution:
            for basis, printed in amounts_of(line):
                yield Fact(printed.amount, Meaning(subject, Side.EXPENDITURE, nature, None, year, basis), printed.source)


def amounts_of(line: Execution) -> Iterator[tuple[Basis, Printed]]:
    """The amounts of money of a line of a self-evaluation, with what kind of figure each is."""
    columns = ((Basis.ORIGINAL_BUDGET, line.original), (Basis.REVISED_BUDGET, line.revised), (Basis.OUTTURN, line.outturn))
    return ((basis, printed) for basis, printed in columns if printed is not None)
