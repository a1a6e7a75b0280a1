"""Lists of projects with their money and goals, one line or one merged block of lines a project, over any number of pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.numbers import is_blank, read_amount
from ingest.targets_funds import parents
from ingest.targets_grid import Grid, Spot
from ingest.targets_indicators import Columns, indicator_columns, read_indicators
from ingest.targets_prose import read_goal
from ingest.targets_words import MONEY, fund_named, nature_named, unit_named
from model.amounts import MONEY_UNITS, Unit
from model.targets import FundFigure, Goal, Indicator, Printed, ProjectTarget

NAME_HEAD = re.compile(r"^(?:[一二]级)?(?:项目|任务|政策|转移支付|专项)(?:资金)?名称|^(?:支出)?项目(?:类别)?(?:\(|$)")
GOAL_HEAD = re.compile(r"目标|主要内容|工作内容")
UNIT_HEAD = re.compile(r"单位(?:名称)?$|主管部门")
TOTALS = re.compile(r"(?:合计|总计)$")
CODE = re.compile(r"^[0-9A-Z]{6,}[-_—]")
LONGEST_HEAD = 24


@dataclass(frozen=True)
class ListColumns:
    """Which columns hold the name, the money (with the words above), the goal, the unit and the indicators."""

    name: int
    goal: int | None
    unit: int | None
    money: dict[int, tuple[str, ...]]
    indicators: Columns


def list_columns(paths: Sequence[tuple[str, ...]]) -> ListColumns | None:
    """The columns of a list of projects, from the squeezed words above each; None where they are not those of one."""
    lasts = [path[-1] if path and len(path[-1]) < LONGEST_HEAD else "" for path in paths]
    name = next((c for c, text in enumerate(lasts) if NAME_HEAD.search(text)), None)
    indicators = indicator_columns(enumerate(lasts)) or {}
    goal = next((c for c, text in enumerate(lasts) if GOAL_HEAD.search(text) and c not in indicators.values()), None)
    if name is None or (goal is None and not indicators):
        return None
    unit = next((c for c, text in enumerate(lasts) if UNIT_HEAD.search(text) and c != name and c not in indicators.values()), None)
    taken = {name, goal, unit, *indicators.values()}
    money = {c: path for c, path in enumerate(paths) if c not in taken and any(MONEY.search(part) for part in path)}
    return ListColumns(name, goal, unit, money, indicators) if money else None


@dataclass
class Entry:
    """The lines of one project: pieces of grids, since a project may run over a page's end."""

    name: Spot | None
    pieces: list[tuple[Grid, list[int]]]
    opens_page: bool = False
    ends_page: bool = False


@dataclass
class ListReader:
    """The list of projects being read, over the tables it was printed as."""

    columns: ListColumns
    title: str
    unit: Unit | None
    form: bool
    entries: list[Entry] = field(default_factory=list)

    def take(self, grid: Grid, rows: Sequence[int]) -> None:
        """Read some lines of a grid as the list's."""
        groups: dict[tuple[int, int], list[int]] = {}
        for row in rows:
            spot = grid.at(row, self.columns.name)
            groups.setdefault((spot.row, spot.column), []).append(row)
        for at, lines in groups.items():
            spot = grid.spots[at]
            first, last = lines[0], lines[-1]
            opens = first == 0 or grid.rows[first - 1].page != grid.rows[first].page
            ends = last + 1 == len(grid.rows) or grid.rows[last + 1].page != grid.rows[last].page
            self.entries.append(Entry(spot if spot.text else None, [(grid, lines)], opens, ends))

    def projects(self) -> Iterator[ProjectTarget]:
        """The projects of the list; pieces that a page's end cut off are joined to the project that names them."""
        for entry in joined(self.entries):
            if entry.name is not None and (project := self.project(entry, entry.name)):
                yield project

    def project(self, entry: Entry, name: Spot) -> ProjectTarget | None:
        """One project; None for a line without money, goal and indicators."""
        grid = next(g for g, lines in entry.pieces if name.row in lines)
        funds = tuple(self.funds(entry))
        goals = tuple(self.goals(entry))
        indicators = tuple(self.indicators(entry))
        overall = bool(TOTALS.search(name.text))
        if not funds or not (goals or indicators or overall or self.form):
            return None
        owner = grid.at(name.row, self.columns.unit).text if self.columns.unit is not None else ""
        return ProjectTarget(
            table=grid.table.id,
            title=self.title,
            name=CODE.sub("", name.text),
            name_source=grid.source(name, name.text, "项目名称"),
            unit=owner,
            overall=overall,
            form=self.form,
            funds=funds,
            indicators=indicators,
            goals=goals,
        )

    def funds(self, entry: Entry) -> Iterator[FundFigure]:
        """The project's amounts."""
        found = [f for grid, lines in entry.pieces for row in lines for f in self.fund_figures(grid, row)]
        for figure, parent in zip(found, parents(found), strict=True):
            yield replace(figure, parent=parent)

    def fund_figures(self, grid: Grid, row: int) -> Iterator[FundFigure]:
        """The amounts that begin in a row, in the columns of money."""
        for column, path in self.columns.money.items():
            spot = grid.at(row, column)
            if spot.row != row or spot.column != column or is_blank(spot.text):
                continue
            amount = read_amount(spot.text, unit_named(*reversed(path)) or MONEY_UNITS.get(grid.table.unit or "") or self.unit)
            if amount is not None:
                printed = Printed(amount, grid.source(spot, grid.at(row, self.columns.name).text, " › ".join(path)))
                yield FundFigure(path, printed, fund_named(path), nature_named(path), None)

    def goals(self, entry: Entry) -> Iterator[Goal]:
        """The project's goal, in as many pieces as pages."""
        if self.columns.goal is None:
            return
        for grid, lines in entry.pieces:
            label = grid.at(lines[0], self.columns.goal)
            if label.text and not is_blank(label.text):
                yield replace(read_goal(grid, label, label), label="绩效目标")

    def indicators(self, entry: Entry) -> Iterator[Indicator]:
        """The project's indicators."""
        if self.columns.indicators:
            for grid, lines in entry.pieces:
                yield from read_indicators(grid, lines, self.columns.indicators)


def joined(entries: Sequence[Entry]) -> list[Entry]:
    """Entries with the nameless pieces at a page's top joined to the one before, those at its bottom to the one after."""
    found: list[Entry] = []
    waiting: list[tuple[Grid, list[int]]] = []
    for entry in entries:
        if entry.name is not None:
            found.append(replace(entry, pieces=[*waiting, *entry.pieces]))
            waiting = []
        elif entry.opens_page and found:
            found[-1].pieces.extend(entry.pieces)
        elif entry.ends_page:
            waiting.extend(entry.pieces)
    return found
