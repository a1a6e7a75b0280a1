"""One performance form: labels with what they label, money, prose, a list of indicators."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import zip_longest

from ingest.numbers import is_blank
from ingest.targets_funds import Money
from ingest.targets_grid import Grid, Spot
from ingest.targets_indicators import Columns, ends_list, heading_amount, indicator_columns, number, read_indicators
from ingest.targets_list import ListColumns, ListReader, list_columns
from ingest.targets_prose import is_prose_label, prose_at, read_line
from ingest.targets_words import EXECUTION_POINTS, GOAL, NAME, OF_WHOLE, OTHER_LABEL, OVERALL, PERSON, TOTALS, UNIT
from model.amounts import MONEY_UNITS
from model.meaning import Source
from model.targets import Goal, Indicator, Printed, ProjectTarget


@dataclass
class FormReader:
    """A form while it is read, line by line."""

    grid: Grid
    name: str = ""
    name_source: Source | None = None
    unit: str = ""
    goals: list[Goal] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    blanks: list[Source] = field(default_factory=list)
    tasks: list[ProjectTarget] = field(default_factory=list)
    columns: Columns | None = None
    full_weight: Printed | None = None
    execution_weight: Printed | None = None
    total_score: Printed | None = None
    listing: bool = False
    whole: bool = False

    def __post_init__(self) -> None:
        self.money = Money(self.grid)

    def read(self) -> list[ProjectTarget]:
        """The form and the tasks it lists; nothing for an empty template or another kind of table."""
        rows = iter(self.grid)
        past = 0
        for row in rows:
            if row >= past:
                past = max(past, self.take(row))
        if not self.columns or not (self.indicators or self.goals):
            return []
        first = self.grid.source(next(s for s in self.grid.starting(0)))
        form = ProjectTarget(
            table=self.grid.table.id,
            title=self.grid.table.title,
            name=self.name,
            name_source=self.name_source or first,
            unit=self.unit,
            overall=self.whole or bool(OVERALL.search(self.grid.table.title)),
            funds=self.money.figures(),
            execution=tuple(self.money.execution),
            indicators=tuple(self.indicators),
            goals=tuple(self.goals),
            blanks=tuple(self.blanks),
            full_weight=self.full_weight,
            execution_weight=self.execution_weight,
            total_score=self.total_score,
        )
        return [form, *self.tasks]

    def take(self, row: int) -> int:
        """Read one line, or as many as a list of tasks has; returns the first line that is not read yet."""
        line = self.grid.line(row)
        columns = indicator_columns((s.column, s.text) for s in line)
        if columns and any(s.row == row for s in line):
            self.columns, self.listing = columns, True
            self.full_weight = self.full_weight or self.points(row, columns)
            return row + 1
        if self.listing and not ends_list(self.grid, row, self.columns or {}):
            self.indicators += read_indicators(self.grid, [row], self.columns or {}, self.activity(row))
            return row + 1
        if self.listing and self.columns:
            self.listing = False
            self.totals(row, self.columns)
            return row + 1
        if tasks := self.task_columns(row):
            return self.take_tasks(row, *tasks)
        self.labels(row)
        self.goals += read_line(self.grid, row)
        self.money.take(row)
        return row + 1

    def points(self, row: int, columns: Columns) -> Printed | None:
        """The sum of weights that the heading states."""
        return heading_amount(self.grid, self.grid.at(row, columns["weight"])) if "weight" in columns else None

    def activity(self, row: int) -> str:
        """The activity an indicator belongs to, where the list has such a column."""
        columns = self.columns or {}
        return self.grid.at(row, columns["activity"]).text if "activity" in columns else ""

    def totals(self, row: int, columns: Columns) -> None:
        """A line below the list that adds it up."""
        first = next((s for s in self.grid.starting(row) if s.text), None)
        if first is None or not TOTALS.match(first.text):
            return
        for kind in ("weight", "score"):
            printed = number(self.grid, row, columns, kind, first.text)
            if printed is None:
                continue
            if kind == "weight":
                self.full_weight = printed
            else:
                self.total_score = printed

    def labels(self, row: int) -> None:
        """The labels of a line with what stands to their right; fields that must be filled and are not."""
        line = self.grid.starting(row)
        for spot, after in zip_longest(line, line[1:]):
            if EXECUTION_POINTS.search(spot.text):
                self.execution_weight = heading_amount(self.grid, spot)
            value = after if after and not self.is_label(after) else None
            if NAME.match(spot.text) and value is not None and not self.name:
                self.whole = bool(OF_WHOLE.match(spot.text))
                self.name, self.name_source = value.text + self.rest_of(value), self.grid.source(value, spot.text)
            elif UNIT.match(spot.text) and value is not None and value.text:
                self.unit = value.text
            if self.is_required(spot) and (after is None or not after.text or (value and is_blank(value.text))):
                self.blank(spot, value)

    def rest_of(self, value: Spot) -> str:
        """What a page's end cut off a field: all that the first line of the next page holds, below it."""
        row = value.row + value.cell.row_span
        if row >= len(self.grid.rows) or self.grid.rows[row].page == value.page:
            return ""
        filled = [s for s in self.grid.starting(row) if s.text]
        return filled[0].text if len(filled) == 1 and filled[0].column == value.column else ""

    def blank(self, spot: Spot, value: Spot | None) -> None:
        """Note a required field that is empty."""
        if not (GOAL.match(spot.text) and prose_at(self.grid, spot)):
            self.blanks.append(self.grid.source(spot, spot.text, value.text if value else ""))

    def is_label(self, spot: Spot) -> bool:
        """Whether a cell names a field."""
        return any(pattern.match(spot.text) for pattern in (NAME, UNIT, PERSON, OTHER_LABEL)) or is_prose_label(spot.text)

    def is_required(self, spot: Spot) -> bool:
        """Whether a cell names a field that a form must fill."""
        return bool(NAME.match(spot.text) or PERSON.match(spot.text))

    def task_columns(self, row: int) -> tuple[ListColumns, int] | None:
        """The columns of a list of tasks with their money whose heading begins in a row, and the line below the heading."""
        heads = self.grid.starting(row)
        name = next((s for s in heads if NAME.match(s.text) and "任务" in s.text), None)
        if name is None:
            return None
        below = row + max(s.cell.row_span for s in heads if s.covers(name.column))
        paths: list[tuple[str, ...]] = []
        for column in range(len(self.grid.table.columns)):
            spots = dict.fromkeys((s.row, s.column) for r in range(row, below) if (s := self.grid.at(r, column)).row >= row)
            paths.append(tuple(self.grid.spots[at].text for at in spots if self.grid.spots[at].cell.row_span <= below - row))
        columns = list_columns(paths)
        return (columns, below) if columns else None

    def take_tasks(self, row: int, columns: ListColumns, below: int) -> int:
        """Read a list of tasks; its total line is the form's own money."""
        reader = ListReader(
            columns, self.grid.table.title, self.money.default_unit(row) or MONEY_UNITS.get(self.grid.table.unit or ""), form=True
        )
        end = below
        while end < len(self.grid.rows) and not self.after_tasks(end, columns):
            end += 1
        reader.take(self.grid, range(below, end))
        for project in reader.projects():
            if project.overall:
                self.money.funds += project.funds
            else:
                self.tasks.append(project)
        return end

    def after_tasks(self, row: int, columns: ListColumns) -> bool:
        """Whether a line is below the list of tasks."""
        if indicator_columns((s.column, s.text) for s in self.grid.starting(row)):
            return True
        spot = self.grid.at(row, columns.name)
        return is_prose_label(self.grid.line(row)[0].text) or is_prose_label(spot.text) or spot.covers(max(columns.money))
