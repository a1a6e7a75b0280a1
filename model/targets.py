"""What performance forms say of a project: its money, its indicators, its goals, and how far they were reached.

Forms are 绩效目标表, 目标申报表, 绩效自评表 and lists of projects with their goals, in any layout; the layout ends in ``ingest``.
"""

from __future__ import annotations

from dataclasses import dataclass

from model.amounts import Amount
from model.meaning import Basis, Fund, Nature, Source


@dataclass(frozen=True, slots=True)
class Printed:
    """An amount and the place it was read from; ``source.start`` and ``source.end`` are set for a figure inside a cell's prose."""

    amount: Amount
    source: Source

    @property
    def key(self) -> str:
        """A name of the place that is the same in every reading: the cell, and the character where the cell holds prose."""
        inside = self.source.table is not None and self.source.end
        return f"{self.source.key}@{self.source.start}" if inside else self.source.key


@dataclass(frozen=True, slots=True)
class FundFigure:
    """Money of a project. ``path`` are the labels it stands under, outermost first (``项目资金（万元）``, ``其中：财政拨款``).

    ``parent`` is the index, in the same list, of the figure this is a part of; ``fund`` is ALL for a total, None for an unknown source.
    ``multi_year`` tells the money of the whole term (实施期) from the year's.
    """

    path: tuple[str, ...]
    printed: Printed
    fund: Fund | None
    nature: Nature
    basis: Basis | None
    parent: int | None = None
    multi_year: bool = False


@dataclass(frozen=True, slots=True)
class Execution:
    """A line of a self-evaluation's money: budgets, outturn, the rate printed for them (%), its weight and its score."""

    label: str
    original: Printed | None = None
    revised: Printed | None = None
    outturn: Printed | None = None
    rate: Printed | None = None
    weight: Printed | None = None
    score: Printed | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. ``levels`` are its first and second level (``产出指标``, ``数量指标``), "" where not printed.

    ``sign`` is the comparison as printed, ``comparator`` its meaning: ``≥ ≤ = > <`` or "" for none. ``text`` is the value as printed,
    ``value`` its amount where it is a number; ``unit`` the unit as printed (``万元/家``), ``per`` what it counts by (``家``), "" for none.
    ``given`` is False where the form has no place for a unit and none is printed. ``source`` is the name's place.
    """

    levels: tuple[str, str]
    name: str
    source: Source
    text: str = ""
    sign: str = ""
    comparator: str = ""
    value: Printed | None = None
    value_source: Source | None = None
    unit: str = ""
    per: str = ""
    unit_source: Source | None = None
    basis: str = ""
    basis_source: Source | None = None
    actual: str = ""
    weight: Printed | None = None
    score: Printed | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """Prose of a form: a goal, what was done (``done``), or what the project is. ``figures`` are the amounts in it."""

    label: str
    text: str
    source: Source
    figures: tuple[Printed, ...] = ()
    done: bool = False


@dataclass(frozen=True, slots=True)
class ProjectTarget:
    """A performance form, or one project of a list of them.

    ``overall`` is True for the form of a whole department. ``form`` is False for a line of a plain list (project, amount, goal), whose
    amounts are facts of the table's block already. ``blanks`` are fields left empty, ``full_weight`` the sum that the heading or the
    total line states for the weights, ``execution_weight`` the points set aside for execution, ``total_score`` the printed sum of scores.
    """

    table: str
    title: str
    name: str
    name_source: Source
    unit: str = ""
    overall: bool = False
    form: bool = True
    funds: tuple[FundFigure, ...] = ()
    execution: tuple[Execution, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    goals: tuple[Goal, ...] = ()
    blanks: tuple[Source, ...] = ()
    full_weight: Printed | None = None
    execution_weight: Printed | None = None
    total_score: Printed | None = None

    @property
    def total(self) -> FundFigure | None:
        """The project's money of the year: a total that is part of no other, called the year's, else not called the whole term's."""
        tops = [f for f in self.funds if f.parent is None and f.fund is Fund.ALL] or [f for f in self.funds if f.parent is None]
        named = (f for f in tops if any(word in f.path[-1] for word in ("年度", "本年", "当年")) and not f.multi_year)
        return next(named, next((f for f in tops if not f.multi_year), tops[0] if tops else None))
