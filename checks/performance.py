"""Performance forms: a project's money is added up, its weights, scores and execution rates are reckoned again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from checks.book import Book
from checks.equations import AtMost, Equation, Figure, Origin, Rate, Sum
from checks.registry import Remark, check
from checks.slips import neighbours, slip_into
from model.amounts import ZERO
from model.findings import Result, Severity
from model.meaning import Fund
from model.targets import Execution, FundFigure, Indicator, Printed, ProjectTarget

FISCAL_FUNDS = (Fund.FISCAL, Fund.GENERAL_PUBLIC)
OTHER_FUNDS = {Fund.OWN, Fund.OTHER}
FEW = 3
FULL_WEIGHTS = {90, 100}
LEVEL = re.compile(r"中央|地方|省|市级|区级|县级|上级|本级")


def figure(book: Book, printed: Printed) -> Figure:
    """The figure of an amount in a form: the same one the tables' facts have where it is a cell of its own."""
    known = book.figures.get(printed.key)
    return known if known is not None else book.figures.setdefault(printed.key, Figure(printed.key, printed.amount, printed.source))


def words(book: Book, target: ProjectTarget, **more: str) -> dict[str, str]:
    """The parameters that name a form and its project."""
    table = book.tables.get(target.table)
    return {"table": table.label if table else target.title, "project": target.name or target.title, **more}


def one_slip(equation: Sum | Rate) -> bool:
    """Whether one slip of the pen in one figure explains why an equation fails; no slip makes a figure nothing."""
    few = len(equation.figures) <= FEW
    for item in equation.figures:
        wanted = equation.solve(item)
        if wanted is None or wanted.contains(ZERO):
            continue
        if slip_into(item.amount, wanted):
            return True
        if few and any(wanted.contains(value * item.amount.scale) for _, value in neighbours(item.amount)):
            return True  # among two or three figures even a slip of a few hundredths tells
    return False


def sure(equation: Sum | Rate) -> bool:
    """Whether an equation holds, or fails by one slip of the pen: what it reckons is what the figures mean."""
    return equation.result() is not Result.FAIL or one_slip(equation)


def holding(equations: Sequence[Sum]) -> Sum | None:
    """The first equation that holds, else the first that one slip in one of its figures keeps from holding."""
    held = next((s for s in equations if s.result() is not Result.FAIL), None)
    return held or next((s for s in equations if one_slip(s)), None)


def unsure(equation: Sum) -> Remark:
    """What is asked where a sum fails in a form of an unusual layout, and no slip of the pen explains it."""
    figures = equation.figures
    places = (("total", figures[0].source), *(("part", f.source) for f in figures[1:]))
    reckoned = f"{equation.reckoned().middle / figures[0].amount.scale:,.{figures[0].amount.places}f}"
    unit = figures[0].amount.unit.symbol if figures[0].amount.unit else ""
    params = dict(equation.says.params)
    return Remark(equation.says.rule, places, params, "unsure", Severity.WARNING, figures[0].amount.text, reckoned, unit)


def forms(book: Book) -> Iterator[ProjectTarget]:
    """The forms whose money is theirs alone, not a table's that is checked as such."""
    return (target for target in book.facts.targets if target.form)


def parts_of(funds: Iterable[FundFigure]) -> dict[int, list[FundFigure]]:
    """Amounts by the index of the one they are parts of."""
    found: dict[int, list[FundFigure]] = defaultdict(list)
    for fund in funds:
        if fund.parent is not None:
            found[fund.parent].append(fund)
    return found


@check("FT501", "project-funds-do-not-foot")
def funds_foot(book: Book) -> Iterator[Equation | Remark]:
    """The money of a performance form equals its sources: fiscal appropriation, carry-over, other funds; and each of them its parts.

    Basis: 项目支出绩效目标申报表 (财预〔2015〕88号), 自评表: 年度资金总额 = 财政拨款 + 上年结转 + 其他资金. In a self-evaluation the same
    holds for budget, revised budget and outturn. Likely causes: a mistyped figure, a source left out. Example: 158.00 = 158.00 + 0.00.
    """
    for target in forms(book):
        for index, parts in parts_of(target.funds).items():
            whole = target.funds[index]
            origin = Origin("FT501", params=words(book, target, label=whole.path[-1].strip(":：")))
            equation = Sum(origin, figure(book, whole.printed), tuple((1, figure(book, p.printed)) for p in parts))
            complete = {p.fund for p in parts} >= {Fund.FISCAL} and any(p.fund in OTHER_FUNDS for p in parts)
            yield equation if complete or sure(equation) else unsure(equation)
        yield from execution_foots(book, target)


def execution_foots(book: Book, target: ProjectTarget) -> Iterator[Sum]:
    """The first line of a self-evaluation's money against those below it, in each column."""
    if len(target.execution) < 2:
        return
    whole, *lines = target.execution
    levels = any("财政" in line.label for line in lines)
    parts = [line for line in lines if not (levels and LEVEL.search(line.label))]
    for column in ("original", "revised", "outturn"):
        total = getattr(whole, column)
        printed = [p for line in parts if (p := getattr(line, column)) is not None]
        if total is not None and printed:
            origin = Origin("FT501", params=words(book, target, label=whole.label))
            yield Sum(origin, figure(book, total), tuple((1, figure(book, p)) for p in printed))


@check("FT502", "tasks-do-not-add-up")
def tasks_add_up(book: Book) -> Iterator[Equation | Remark]:
    """The tasks that a form for a whole department lists add up to its total, source by source.

    Basis: 部门整体支出绩效目标表: 金额合计 = Σ tasks. Likely causes: a task left out, a mistyped figure.
    Example: 3,354.42 + 285.87 + 350 + 15 + 198.18 = 4,203.47.
    """
    by_table: dict[str, list[ProjectTarget]] = defaultdict(list)
    for target in forms(book):
        by_table[target.table].append(target)
    for listed in by_table.values():
        whole = next((t for t in listed if t.overall and t.funds), None)
        tasks = [t for t in listed if not t.overall]
        if whole is None or len(tasks) < 2:
            continue
        for fund in whole.funds:
            parts = [f for t in tasks for f in t.funds if f.path == fund.path]
            if parts:
                origin = Origin("FT502", params=words(book, whole, label=fund.path[-1]))
                equation = Sum(origin, figure(book, fund.printed), tuple((1, figure(book, p.printed)) for p in parts))
                yield equation if sure(equation) else unsure(equation)


@check("FT503", "points-do-not-add-up")
def points_add_up(book: Book) -> Iterator[Equation | Remark]:
    """The weights of a form's indicators add up to what its heading or last line states, and the scores to the total score.

    Basis: 分值权重（90分） beside 执行率分值（10分）; 总分 100 = weights with those of the money. Likely causes: an indicator added without
    taking its points from another, a mistyped score. Example: 8 + 8 + 6 + 6 + 7 + 7 + 8 + 15 + 15 + 10 = 90.
    """
    yield from same_headings(book)
    for target in book.facts.targets:
        lines: list[Indicator | Execution] = [*target.indicators, *target.execution]
        for variant, total, each in (
            ("weight", target.full_weight, [line.weight for line in lines]),
            ("score", target.total_score, [line.score for line in lines]),
        ):
            parts = [figure(book, p) for p in each if p is not None]
            if total is None or len(parts) < 2:
                continue
            equation = Sum(Origin("FT503", variant, words(book, target)), figure(book, total), tuple((1, p) for p in parts))
            if sure(equation) or len(parts) >= len(target.indicators):
                yield equation


def same_headings(book: Book) -> Iterator[Sum]:
    """Forms of one template state one sum of weights: where a form's weights miss it, the heading is not what is wrong."""
    for evaluated in (False, True):
        stated = [(t, t.full_weight) for t in book.facts.targets if t.full_weight and bool(t.total_score) is evaluated]
        for (target, one), (_, other) in pairwise(stated):
            if one.amount.value == other.amount.value:
                yield Sum(Origin("FT503", "weight", words(book, target)), figure(book, one), ((1, figure(book, other)),))


@check("FT504", "weights-add-up-to-an-odd-sum", Severity.WARNING)
def odd_weights(book: Book) -> Iterator[Equation | Remark]:
    """Where a form states no sum for its weights, they add up to 90 (with 10 points for execution) or to 100.

    Basis: 项目支出绩效评价管理办法 (财预〔2020〕10号): 100 points, of which 10 for execution. Likely causes: a weight left out, mistyped.
    Example: weights of 8, 8, 8, 8, 20, 20, 10 add up to 82.
    """
    for target in book.facts.targets:
        weights = [i.weight for i in target.indicators if i.weight]
        if target.full_weight or len(weights) < max(2, len(target.indicators)):
            continue
        total = sum((w.amount.value for w in weights), Decimal(0))
        places = tuple(("part", w.source) for w in weights)
        result = Result.PASS if total in FULL_WEIGHTS else Result.FAIL
        params = words(book, target, total=f"{total.normalize():f}", sum=" + ".join(w.amount.text for w in weights))
        yield Remark("FT504", places, params, stated=params["total"], expected="90 / 100", result=result)


@check("RC501", "execution-rate-of-project-does-not-follow")
def execution_rates(book: Book) -> Iterator[Equation | Remark]:
    """Each execution rate of a self-evaluation equals the outturn divided by the year's budget of its line.

    Basis: 执行率 = 全年执行数 ÷ 全年预算数. Likely causes: the system's 0.0 % left as it was, last year's form, a mistyped figure.
    Example: 140.61 ÷ 140.61 = 100.0 %, printed 0.0 %.
    """
    for target in book.facts.targets:
        for line in target.execution:
            if line.rate and line.outturn:
                origin = Origin("RC501", params=words(book, target, label=line.label))
                rate, spent = figure(book, line.rate), figure(book, line.outturn)
                rates = [Rate(origin, rate, ((1, spent),), ((1, figure(book, b)),)) for b in (line.revised, line.original) if b]
                if rates and not written_as_fraction(rates[0]):
                    yield next((r for r in rates if r.result() is not Result.FAIL), rates[0])


def written_as_fraction(equation: Rate) -> bool:
    """Whether a rate is printed as a fraction of one (0.95 for 95 %)."""
    possible, printed = equation.reckoned(), equation.rate.amount
    hundredfold = replace(printed, value=printed.value * 100, places=max(printed.places - 2, 0))
    return bool(printed.value) and possible is not None and possible.overlaps(hundredfold.interval)


@check("RC502", "score-exceeds-weight")
def scores_within(book: Book) -> Iterator[Equation | Remark]:
    """No indicator, and no line of money, scores more points than it has.

    Basis: 得分 ≤ 分值. Likely causes: score and weight exchanged, a mistyped figure. Example: 10 points for a rate of 100 %.
    """
    for target in book.facts.targets:
        lines: list[Indicator | Execution] = [*target.indicators, *target.execution]
        for line in lines:
            if line.score and line.weight:
                name = line.name if isinstance(line, Indicator) else line.label
                origin = Origin("RC502", params=words(book, target, label=name))
                yield AtMost(origin, figure(book, line.score), figure(book, line.weight))


def fund_total(target: ProjectTarget, *funds: Fund) -> FundFigure | None:
    """A project's amount of one of the funds named."""
    return next((f for f in target.funds if f.fund in funds and not f.multi_year), next((f for f in target.funds if f.fund in funds), None))


def agrees(one: Figure, other: Figure) -> bool:
    """Whether two amounts can be the same."""
    return one.amount.interval.overlaps(other.amount.interval)
