"""A form's money: the amounts beside and below its labels, what they are parts of, and the lines of a self-evaluation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.numbers import is_blank, read_amount
from ingest.targets_grid import Grid, Spot
from ingest.targets_words import BASES, LEVEL_FUNDS, MONEY, MULTI_YEAR, fund_named, nature_named, stage_of, unit_named
from model.amounts import MONEY_UNITS, PERCENT, Amount, Unit, count_unit
from model.meaning import Fund, Nature
from model.targets import Execution, FundFigure, Printed

LABEL_LENGTH = 30
GLUED = re.compile(r"(?P<label>[^\d:：]{2,20})[:：](?P<amount>[\d,]+(?:\.\d+)?)(?P<unit>亿元|万元|元)?")


@dataclass
class Money:
    """A form's amounts while it is read: ``heads`` are the words above each column, once a line of them was met."""

    grid: Grid
    heads: dict[int, list[str]] = field(default_factory=dict)
    head_row: int = -2
    funds: list[FundFigure] = field(default_factory=list)
    execution: list[Execution] = field(default_factory=list)

    def take(self, row: int) -> bool:
        """Read a line as money. Returns whether it held amounts, or words over columns of amounts."""
        line = self.grid.line(row)
        glued = [spot for spot in line if spot.row == row and self.take_glued(spot, line)]
        if glued:
            return True
        if any(self.is_amount(spot) for spot in line if spot.row == row):
            return self.take_amounts(row, line)
        heads = [s for s in line if s.row == row and s.text and len(s.text) < LABEL_LENGTH and (MONEY.search(s.text) or stage_of(s.text))]
        if len(heads) > 1 and self.above_amounts(row, heads):
            if row != self.head_row + 1:
                self.heads = {}
            self.head_row = row
            for spot in line:
                for column in range(spot.column, spot.last_column + 1):
                    if spot.row == row and spot.text:
                        self.heads.setdefault(column, []).append(spot.text)
            return True
        return False

    def take_glued(self, spot: Spot, line: Sequence[Spot]) -> bool:
        """Read a cell that holds label and amount (``年度资金总额：100.00万元``)."""
        match = GLUED.fullmatch(spot.text)
        if match is None or not MONEY.search(match["label"]):
            return False
        above = tuple(s.text for s in line if s.row <= spot.row and s.column < spot.column and s.cell.row_span > 1 and s.text)
        path = (*above, match["label"])
        self.add(spot, path, match["amount"] + (match["unit"] or ""))
        return True

    def is_amount(self, spot: Spot) -> bool:
        """Whether a cell prints an amount."""
        return bool(spot.text) and not is_blank(spot.text) and read_amount(spot.text) is not None

    def above_amounts(self, row: int, heads: Sequence[Spot]) -> bool:
        """Whether amounts stand below most of some labels, with nothing but labels between."""
        hits = 0
        for spot in heads:
            for below in range(row + 1, min(row + 4, len(self.grid.rows))):
                under = self.grid.at(below, spot.column)
                if self.is_amount(under):
                    hits += 1
                    break
        return hits * 2 >= len(heads) and hits > 1

    def take_amounts(self, row: int, line: Sequence[Spot]) -> bool:
        """The amounts of one line: a line of a self-evaluation where the columns are stages, single figures otherwise."""
        stages = {s.column: stage for s in line if (head := self.head(s.column)) and (stage := stage_of(head[-1]))}
        if len({*stages.values()} & {"original", "revised", "outturn", "rate"}) > 1:
            label = next((s.text for s in reversed(line) if s.text and s.column < min(stages) and not self.is_amount(s)), "")
            self.execution.append(self.execution_line(line, stages, label))
            return True
        taken = False
        for position, spot in enumerate(line):
            if spot.row == row and self.is_amount(spot):
                path = self.path_of(line, position)
                if path and any(MONEY.search(part) for part in path):
                    self.add(spot, path)
                    taken = True
        return taken

    def head(self, column: int) -> list[str]:
        """The words above a column, outermost first."""
        return self.heads.get(column, [])

    def path_of(self, line: Sequence[Spot], position: int) -> tuple[str, ...]:
        """The labels of an amount: the words above it, else those to its left up to the amount before."""
        spot = line[position]
        if (head := self.head(spot.column)) and position and not self.labelled(line[position - 1], spot.row):
            return tuple(head)
        path: list[str] = []
        for other in reversed(line[:position]):
            if self.is_amount(other):
                if path:
                    continue
                break
            if other.text and len(other.text) < LABEL_LENGTH and (not path or other.cell.row_span > 1 or other.row < spot.row):
                path.append(other.text)
        return tuple(head) if head and not path else tuple(reversed(path))

    def labelled(self, spot: Spot, row: int) -> bool:
        """Whether a cell of this row is a label of money."""
        return spot.row == row and bool(spot.text) and not self.is_amount(spot) and bool(MONEY.search(spot.text))

    def add(self, spot: Spot, path: tuple[str, ...], text: str = "") -> None:
        """Keep one amount: that of a cell, or the text of it that holds the amount."""
        amount = self.amount(spot, path, text or spot.text)
        if amount is None:
            return
        last = path[-1].removeprefix("其中").strip(":：") if path else ""
        stage = stage_of(last)
        self.funds.append(
            FundFigure(
                path=path,
                printed=Printed(amount, self.grid.source(spot, last, " › ".join(path[:-1]))),
                fund=fund_named(path),
                nature=nature_named(path),
                basis=BASES.get(stage or ""),
                multi_year=any(MULTI_YEAR.search(part) for part in path),
            )
        )

    def amount(self, spot: Spot, path: Sequence[str], text: str) -> Amount | None:
        """The amount of a cell's text in the unit that its labels, or its table, print."""
        return read_amount(text, unit_named(*reversed(path)) or self.default_unit(spot.row))

    def default_unit(self, row: int) -> Unit | None:
        """The unit that the labels to the left of a line print, else the table's."""
        return unit_named(*(s.text for s in self.grid.line(row))) or MONEY_UNITS.get(self.grid.table.unit or "")

    def execution_line(self, line: Sequence[Spot], stages: dict[int, str], label: str) -> Execution:
        """One line of a self-evaluation's money."""
        found = Execution(label.removeprefix("其中").strip(":："))
        for spot in line:
            stage = stages.get(spot.column)
            if stage is None or not self.is_amount(spot):
                continue
            units = {"rate": PERCENT, "score": count_unit("分"), "weight": count_unit("分")}
            amount = read_amount(spot.text, units.get(stage) or self.default_unit(spot.row))
            if amount is not None:
                printed = Printed(amount, self.grid.source(spot, found.label, self.head(spot.column)[-1]))
                found = replace(found, **{stage: printed})  # type: ignore[arg-type]
        return found

    def figures(self) -> tuple[FundFigure, ...]:
        """All amounts, each with what it is a part of."""
        return tuple(replace(figure, parent=parent) for figure, parent in zip(self.funds, parents(self.funds), strict=True))


def parents(funds: Sequence[FundFigure]) -> Iterator[int | None]:
    """For each amount the index of the one it is a part of.

    A total owns what follows in its column or its line; a source of funds owns the levels of government (上级, 本级) and the natures
    (基本, 项目) printed under it.
    """
    for i, figure in enumerate(funds):
        if figure.fund is Fund.ALL and figure.nature is Nature.TOTAL:
            yield None
        elif figure.nature is not Nature.TOTAL:
            yield next((j for j in range(i - 1, -1, -1) if funds[j].nature is Nature.TOTAL and funds[j].fund is figure.fund), None)
        else:
            yield fiscal_above(funds, i) if is_level(figure) else total_of(funds, i)


def is_level(figure: FundFigure) -> bool:
    """Whether an amount is a level of government or a kind of budget within the fiscal appropriation."""
    return bool(figure.path and LEVEL_FUNDS.search(figure.path[-1]))


def fiscal_above(funds: Sequence[FundFigure], index: int) -> int | None:
    """The fiscal appropriation printed before a level of it, else the total."""
    for j in range(index - 1, -1, -1):
        if funds[j].fund is Fund.ALL:
            break
        if funds[j].fund is Fund.FISCAL and not is_level(funds[j]):
            return j
    return total_of(funds, index)


def total_of(funds: Sequence[FundFigure], index: int) -> int | None:
    """The total an amount is a part of: above it in its column, else before it in its line, else below it in its column."""
    own = funds[index].printed.source
    totals = [j for j, f in enumerate(funds) if f.fund is Fund.ALL and f.nature is Nature.TOTAL]
    before = [j for j in totals if j < index]
    same_column = [j for j in before if funds[j].printed.source.column == own.column]
    same_row = [j for j in before if funds[j].printed.source.row == own.row]
    below = [j for j in totals if j > index and funds[j].printed.source.column == own.column]
    return next(iter([*same_row[-1:], *same_column[-1:], *below[:1], *before[-1:]]), None)
