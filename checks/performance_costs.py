"""Cost indicators against the project's money: limits, unit costs times quantities, and which way they compare."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from checks.book import Book
from checks.equations import Equation, Origin, Sum
from checks.performance import figure, holding, one_slip, unsure, words
from checks.performance_names import core, likeness
from checks.present import money
from checks.registry import Remark, check
from model.amounts import Dimension
from model.facts import Mention
from model.findings import Result, Severity
from model.targets import Indicator, ProjectTarget

WHOLE_COST = re.compile(r"^(?:本?项目|年度)?(?:总成本|成本(?:总额|控制(?:数|额|金额|总额)?)?|总投资|预算(?:总额|控制数)|总金额|总支出)$")
EACH = re.compile(r"单个|每|人均|单价|单位成本|平均|单项")
UPWARD = {"≥", ">"}
DOWNWARD = {"≤", "<"}
STANDARD = ("标准", "补助", "补贴", "缴费", "节约", "节支", "降低", "减少", "收益", "收入")
LONG_NAME = 3
MANY = 3
RUN = 4


@dataclass(frozen=True)
class Term:
    """One cost of a project: a limit, or a unit cost with the quantities it is multiplied by."""

    indicator: Indicator
    times: int = 1
    quantities: tuple[Indicator, ...] = ()


def is_cost(indicator: Indicator) -> bool:
    """Whether an indicator is of the cost class and limits money."""
    unit = indicator.value.amount.unit if indicator.value else None
    return "成本" in "".join(indicator.levels) and unit is not None and unit.dimension is Dimension.MONEY


def is_whole_cost(indicator: Indicator) -> bool:
    """Whether an indicator limits the cost of the whole project."""
    return bool(WHOLE_COST.match(indicator.name))


def quantities(target: ProjectTarget) -> list[Indicator]:
    """The indicators that count something."""
    return [
        i
        for i in target.indicators
        if i.value and i.value.amount.unit and i.value.amount.unit.dimension is Dimension.COUNT and "成本" not in "".join(i.levels)
    ]


def terms(target: ProjectTarget) -> list[Term] | None:
    """Every cost of a project; None where a unit cost has no quantity, or several that do not fit together."""
    costs = [i for i in target.indicators if is_cost(i) and not is_whole_cost(i)]
    if any(not i.per and EACH.search(i.name) for i in costs):
        return None
    found = [Term(i) for i in costs if not i.per]
    units: dict[str, list[Indicator]] = {}
    for cost in costs:
        if cost.per:
            units.setdefault(cost.per, []).append(cost)
    for per, priced in units.items():
        counted = [q for q in quantities(target) if q.unit == per and q.value and q.value.amount.value % 1 == 0]
        matched = matching(priced, counted)
        if matched is None:
            return None
        found += matched
    return found


def matching(priced: Sequence[Indicator], counted: Sequence[Indicator]) -> list[Term] | None:
    """Unit costs with the quantities of their unit: one cost with all of them, or one each by likeness of name."""
    if not counted or len(priced) > len(counted):
        return None
    if len(priced) == 1:
        number = sum((q.value.amount.value for q in counted if q.value), Decimal(0))
        return [Term(priced[0], int(number), tuple(counted))]
    if len(priced) != len(counted):
        return None
    left = list(counted)
    found = []
    for cost in sorted(priced, key=lambda c: -max(likeness(core(c.name), core(q.name)) for q in counted)):
        best = max(left, key=lambda q: likeness(core(cost.name), core(q.name)))
        left.remove(best)
        if best.value:
            found.append(Term(cost, int(best.value.amount.value), (best,)))
    return found


def cost_sum(book: Book, target: ProjectTarget) -> tuple[Sum, list[Term]] | None:
    """All costs of a project against its money; None where they cannot be reckoned."""
    listed = terms(target)
    total = target.total
    if not listed or total is None or not total.printed.amount.value or any(t.indicator.comparator in UPWARD | {""} for t in listed):
        return None
    calculation = " + ".join(term_text(t) for t in listed)
    parts = tuple((t.times, figure(book, t.indicator.value)) for t in listed if t.indicator.value)
    amount = total.printed.amount
    missed = abs(amount.base - sum((times * f.amount.base for times, f in parts), Decimal(0))) / amount.scale
    params = words(book, target, calculation=calculation, difference=f"{missed:,.{amount.places}f}")
    return Sum(Origin("RC503", params=params), figure(book, total.printed), parts), listed


def term_text(term: Term) -> str:
    """One cost in figures: 1.50万元 × 30家."""
    amount = term.indicator.value.amount if term.indicator.value else None
    price = f"{amount.text}{amount.unit.symbol if amount.unit else ''}" if amount else ""
    if not term.quantities:
        return price
    number = " + ".join(f"{q.value.amount.value.normalize():f}" for q in term.quantities if q.value)
    return f"{price} × ({number}){term.indicator.per}" if len(term.quantities) > 1 else f"{price} × {number}{term.indicator.per}"


def planned_otherwise(book: Book, equation: Sum, listed: Sequence[Term]) -> Sum | None:
    """What the document's prose states for one of the priced things, if it is the very amount that would make the costs the budget.

    It is a soft equation: it tells which unit cost or quantity is wrong, and accuses nothing by itself.
    """
    for term in listed:
        cost = term.indicator.value
        if cost is None or not term.quantities:
            continue
        others = sum((times * f.amount.base for times, f in equation.parts if f.key != cost.key), Decimal(0))
        needed = equation.total.amount.base - others
        if needed > 0 and (needed / term.times) % cost.amount.step == 0:
            planned = book.mentioned(stated_for(book, needed, term.indicator.name))
            if planned:
                says = replace(equation.says, soft=True)
                return Sum(says, planned, ((term.times, figure(book, cost)),))
    return None


def stated_for(book: Book, amount: Decimal, name: str) -> Mention | None:
    """The amount of money stated in a paragraph that speaks of a thing by four characters of its name."""
    about = core(name)
    runs = [about[i : i + RUN] for i in range(len(about) - RUN + 1)]
    for mention in book.facts.mentions:
        unit = mention.amount.unit if mention.amount else None
        if mention.amount and unit and unit.dimension is Dimension.MONEY and mention.amount.base == amount:
            text = book.document.paragraphs[mention.paragraph].text
            if any(run in text for run in runs):
                return mention
    return None


@check("RC503", "unit-costs-times-quantities-miss-the-budget")
def costs_times_quantities(book: Book) -> Iterator[Equation | Remark]:
    """Costs, each unit cost times the quantity of its own indicator, add up to the project's money.

    Basis: 成本指标 × 数量指标 = 年度预算总额, where every unit cost has a quantity in its unit. A list of costs may be incomplete, and
    limits may be below the budget: a shortfall is an error only where a slip of the pen explains it, or the prose states the amount that
    closes it; a question where every cost is priced. Likely causes: a mistyped unit cost or quantity.
    Example: 1.50 × 30 + 3 × 2 + 4 × 1 = 55 against 100; 国内贸易领域补助资金 90 万元 in the text.
    """
    for target in book.facts.targets:
        found = cost_sum(book, target)
        if found is None:
            continue
        equation, listed = found
        priced = [t for t in listed if t.quantities]
        if equation.result() is not Result.FAIL:
            if priced or len(listed) > 1:
                yield equation
            continue
        short = equation.reckoned().high < equation.total.amount.interval.low
        planned = planned_otherwise(book, equation, listed) if short else None
        if planned or (len(listed) >= MANY and one_slip(equation)):
            yield equation
            if planned:
                yield planned
        elif short and len(priced) == len(listed) >= MANY:
            yield unsure(equation)


@check("RC504", "cost-limits-exceed-the-budget", Severity.WARNING)
def costs_within_budget(book: Book) -> Iterator[Equation | Remark]:
    """The limits of a project's costs do not add up to more than its money, nor does the limit of its whole cost.

    Basis: 成本指标 are upper limits within the budget; limits below it are normal. Likely causes: a limit of another year, a mistyped unit.
    Example: limits of 170 + 5.25 for a project of 170.
    """
    for target in book.facts.targets:
        total = target.total
        found = cost_sum(book, target)
        if found and total and found[0].reckoned().low > total.printed.amount.interval.high and not one_slip(found[0]):
            limits = tuple(("part", t.indicator.value.source) for t in found[1] if t.indicator.value)
            places = (("total", total.printed.source), *limits)
            params = dict(found[0].says.params) | {"stated": money(total.printed.amount)}
            yield Remark("RC504", places, params, stated=total.printed.amount.text)
        for indicator in target.indicators:
            limit = indicator.value
            if not (limit and total and is_cost(indicator) and not indicator.per and indicator.comparator in DOWNWARD):
                continue
            budgets = [total.printed, *(p for e in target.execution[:1] for p in (e.original, e.revised) if p)]
            if all(limit.amount.interval.low > b.amount.interval.high for b in budgets) and total.printed.amount.value:
                places = (("stated", limit.source), ("total", total.printed.source))
                params = words(book, target, calculation=f"{indicator.name} {indicator.text}", expected=money(total.printed.amount))
                yield Remark("RC504", places, params, "single", stated=limit.amount.text, expected=total.printed.amount.text)


@check("RC505", "whole-cost-differs-from-the-budget")
def whole_costs(book: Book) -> Iterator[Equation | Remark]:
    """The limit of a project's whole cost is its money.

    Basis: 项目总成本 ≤ 年度预算. A lower limit is possible: stated where they agree, or one slip of the pen parts them. Likely causes: a
    mistyped figure. Example: 项目总成本 ≤ 170 万元, 年度预算资金总额 170.00.
    """
    for target in book.facts.targets:
        budgets = [p for e in target.execution[:1] for p in (e.original, e.revised) if p]
        budgets += [target.total.printed] if target.total else []
        for indicator in target.indicators:
            if not (indicator.value and is_cost(indicator) and is_whole_cost(indicator) and not indicator.per):
                continue
            limit = figure(book, indicator.value)
            ties = [Sum(Origin("RC505", params=words(book, target, label=indicator.name)), limit, ((1, figure(book, b)),)) for b in budgets]
            if held := holding(ties):
                yield held


@check("CC501", "cost-indicator-compares-the-wrong-way")
def wrong_way(book: Book) -> Iterator[Equation | Remark]:
    """A cost indicator sets an upper limit: it is written ≤, not ≥.

    Basis: 成本指标 control spending. An error where the costs of the form add up to its money, so that each is what may be spent at most; a
    question otherwise (a standard of subsidies may be a lower limit). Likely causes: the sign of the other indicators copied.
    Example: 推广成本 >= 180 万元.
    """
    for target in book.facts.targets:
        costs = [i for i in target.indicators if is_cost(i) and i.value]
        wrong = [i for i in costs if i.comparator in UPWARD and not any(word in i.name for word in STANDARD)]
        if not wrong:
            continue
        total = target.total.printed.amount.interval if target.total else None
        plain = [i.value.amount.base for i in costs if not i.per and not is_whole_cost(i) and i.value]
        whole = [i.value.amount.base for i in wrong if is_whole_cost(i) and i.value]
        proven = total is not None and (total.contains(sum(plain, Decimal(0))) or any(total.contains(w) for w in whole))
        params = words(book, target, examples="；".join(f"“{i.name} {i.text}”" for i in wrong[:6]), count=str(len(wrong)))
        places = tuple(("stated", i.value.source) for i in wrong if i.value)
        severity = Severity.ERROR if proven else Severity.WARNING
        yield Remark("CC501", places, params, severity=severity, stated=wrong[0].text, expected=wrong[0].text.replace(wrong[0].sign, "≤"))


@check("AN504", "limit-below-what-is-planned", Severity.WARNING)
def strict_limits(book: Book) -> Iterator[Equation | Remark]:
    """A cost written with < can be spent in full without missing the target: it ought to be ≤.

    Basis: spending the planned amount exactly must meet the target. Asked where the form's other costs are written ≤.
    Likely causes: a sign cut short. Example: 启动仪式成本 < 8 万元 with 8 万元 planned.
    """
    for target in book.facts.targets:
        costs = [i for i in target.indicators if is_cost(i) and i.value]
        strict = [i for i in costs if i.comparator == "<"]
        if strict and sum(i.comparator == "≤" for i in costs) > len(strict):
            for indicator in strict:
                source = indicator.value_source or indicator.source
                params = words(book, target, label=indicator.name)
                yield Remark(
                    "AN504", (("stated", source),), params, stated=indicator.text, expected=indicator.text.replace(indicator.sign, "≤")
                )
