"""The prose of performance forms: figures in goals against indicators and money, other projects' names, years, goals that say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from checks.book import Book
from checks.equations import Equation, Origin, Sum
from checks.performance import figure, sure, words
from checks.performance_names import SATISFIED, clause_before, core, likeness, project_core, squeezed
from checks.present import money
from checks.registry import Remark, check
from model.amounts import Dimension
from model.document import Kind
from model.findings import Severity
from model.targets import Goal, Indicator, Printed, ProjectTarget

TOTAL_WORDS = re.compile(
    r"(?:总投资|总预算|总金额|预算总额|资金总额|预算资金|项目资金|项目预算|年度预算|经费预算|安排[^，。；]{0,24}|总?经费|总成本)(?:为|共计?|合计|约)?$"
)
PART_WORDS = re.compile(r"其中|分别|各|每|人均|已|累计|上年|去年|截至|节约|增收|贷款|产值|收入|投资额|拨付|上年|结余")
PAST = re.compile(r"已|累计|上年|去年|截至|其中|分别")
LONG_TERM = re.compile(r"实施期|中长期|长期|中期")
SHORTEST = 4
MATCHED = 3
MOSTLY = 0.8
COST_WORDS = re.compile(r"费用?$|成本$|经费$")
YEAR = re.compile(r"(?<![〔\[（(0-9—-])(20\d{2})年(?!度?(?:工作)?(?:总结|报告|末|底|以来|起|至|到|—|-))")
QUOTED = re.compile(r"《[^》]*》|〔[^〕]*〕|\[[^\]]*\]|[（(][^（）()]*号[）)]")
RANGE = re.compile(r"20\d{2}(?:年)?\s*(?:-|—|–|~|至|到)\s*20\d{2}")
FORECAST = re.compile(r"^(?:度)?[^，。；]{0,8}?(?:预估|预计|计划|拟|将|力争)")
DEADLINE = re.compile(r"^(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底)?(?:之)?前")


def counted_alike(one: Printed, other: Printed) -> bool:
    """Whether two figures measure the same: money, percent, or things counted in the same word."""
    a, b = one.amount.unit, other.amount.unit
    if a is None or b is None or a.dimension is not b.dimension:
        return False
    return a.dimension is not Dimension.COUNT or a.symbol.rstrip("数") == b.symbol.rstrip("数")


def meant(goal: Goal, printed: Printed, indicators: Sequence[Indicator]) -> Indicator | None:
    """The one indicator that a figure of the prose speaks of, by the words before it in its clause; None where that is not certain."""
    said = clause_before(goal.text, printed.source.start)
    if PAST.search(said):
        return None
    if SATISFIED.search(said):
        satisfied = [i for i in indicators if i.value and SATISFIED.search(i.name) and counted_alike(i.value, printed)]
        return satisfied[0] if len(satisfied) == 1 else None
    found = [i for i in indicators if i.value and not i.per and counted_alike(i.value, printed) and same_thing(said, i)]
    return found[0] if len(found) == 1 else None


def same_thing(said: str, indicator: Indicator) -> bool:
    """Whether the words before a figure name what an indicator measures."""
    unit = indicator.value.amount.unit if indicator.value else None
    if unit is not None and unit.dimension is Dimension.PERCENT:
        name = squeezed(indicator.name)
        return len(name) >= SHORTEST and (said.endswith(name) or name == said)
    name, words_before = core(indicator.name), core(said)
    return len(name) >= SHORTEST and (name == words_before or words_before.endswith(name))


@check("NT609", "goal-differs-from-indicator")
def goals_tie_to_indicators(book: Book) -> Iterator[Equation | Remark]:
    """A figure in a form's goal is the target value of the indicator that measures the same.

    Basis: 绩效指标 make the goal measurable; both state one target. Matched where the words before the figure are the indicator's name,
    or both are the form's only satisfaction. Likely causes: one of the two changed alone, last year's text. Example: 满意度不低于 80 % in
    the goal, ≥ 90 % as indicator.
    """
    for target in book.facts.targets:
        for goal in target.goals:
            if goal.done or (LONG_TERM.search(goal.label) and len(target.goals) > 1):
                continue
            for printed in goal.figures:
                indicator = meant(goal, printed, target.indicators)
                if indicator is not None and indicator.value is not None:
                    params = words(book, target, label=indicator.name, said=printed.source.column_label)
                    yield Sum(Origin("NT609", params=params), figure(book, printed), ((1, figure(book, indicator.value)),))


@check("NT610", "goal-differs-from-budget")
def goals_tie_to_funds(book: Book) -> Iterator[Equation | Remark]:
    """The total that a form's goal states for the project (总投资, 安排经费) is the project's money.

    Basis: goal and budget are of one project and year. Likely causes: last year's text, the budget changed after the goal was written.
    Example: 本项目总投资 158 万元, 年度预算总额 158.00.
    """
    for target, goal, printed in first_money(book):
        said = clause_before(goal.text, printed.source.start)
        if target.total and TOTAL_WORDS.search(said) and not PART_WORDS.search(said):
            params = words(book, target, said=printed.source.column_label)
            equation = Sum(Origin("NT610", params=params), figure(book, printed), ((1, figure(book, target.total.printed)),))
            if sure(equation):
                yield equation


def first_money(book: Book) -> Iterator[tuple[ProjectTarget, Goal, Printed]]:
    """The first amount of money in each goal, with its project."""
    for target in book.facts.targets:
        for goal in target.goals:
            if goal.done or target.total is None or target.overall:
                continue
            money = [p for p in goal.figures if p.amount.unit and p.amount.unit.dimension is Dimension.MONEY]
            if money:
                yield target, goal, money[0]


@check("AN502", "only-amount-of-goal-is-not-the-budget", Severity.WARNING)
def other_amount_in_goal(book: Book) -> Iterator[Equation | Remark]:
    """The only amount of money that a goal states is the project's money, or one of its indicators'.

    Basis: the goal explains the year's budget. Likely causes: an estimate of last year left in the text.
    Example: 市财政需承担 4,762.75 万元 in the goal of a project of 4,900.00.
    """
    for target, goal, printed in first_money(book):
        amounts = [p for p in goal.figures if p.amount.unit and p.amount.unit.dimension is Dimension.MONEY]
        said = clause_before(goal.text, printed.source.start)
        total = target.total
        if total is None or len(amounts) != 1 or PART_WORDS.search(said):
            continue
        known = [total.printed, *(f.printed for f in target.funds), *(i.value for i in target.indicators if i.value)]
        if any(counted_alike(k, printed) and k.amount.interval.overlaps(printed.amount.interval) for k in known):
            continue
        if total.printed.amount.base / 2 < printed.amount.base < total.printed.amount.base * 2:
            places = (("stated", printed.source), ("related", total.printed.source))
            shown = {"stated": money(printed.amount), "expected": money(total.printed.amount)}
            params = words(book, target, said=printed.source.column_label, **shown)
            yield Remark("AN502", places, params, stated=printed.amount.text, expected=total.printed.amount.text)


@check("NT611", "listed-costs-of-goal-do-not-add-up")
def listed_costs(book: Book) -> Iterator[Equation | Remark]:
    """The costs that a goal lists after its total add up to it.

    Basis: 主要实施内容 divides the project's money. Stated where they add up, or one slip of the pen keeps them from it.
    Likely causes: a mistyped figure. Example: 7.8 + 1 + 3 + 5 + 3 + 5 + 0.2 = 25.
    """
    for target, goal, first in first_money(book):
        money = [p for p in goal.figures if p.amount.unit and p.amount.unit.dimension is Dimension.MONEY]
        if len(money) > 3:
            params = words(book, target, said=first.source.column_label)
            equation = Sum(Origin("NT611", params=params), figure(book, first), tuple((1, figure(book, p)) for p in money[1:]))
            if sure(equation):
                yield equation


@check("AN503", "goal-names-another-project", Severity.NOTICE)
def other_project_named(book: Book) -> Iterator[Equation | Remark]:
    """A goal speaks of its own project, not of another of the document by that one's name.

    Basis: a project is known by its name. Asked where the other name stands before the amount of this form and this form's own name does
    not. Likely causes: the text of another form copied. Example: 安排审计专项经费 539 万元 in the form of 审计业务经费.
    """
    names = {squeezed(t.name): t for t in book.facts.targets if len(t.name) >= SHORTEST and not t.overall}
    for target, goal, printed in first_money(book):
        said = clause_before(goal.text, printed.source.start)
        own = squeezed(target.name)
        other = next((n for n in names if said.endswith(n) and n != own and project_core(n) != project_core(own)), None)
        if other and own not in said and target.total and target.total.printed.amount.interval.overlaps(printed.amount.interval):
            places = (("stated", goal.source), ("related", target.name_source))
            yield Remark("AN503", places, words(book, target, other=other), stated=other, expected=target.name)


@check("AN505", "goal-says-nothing", Severity.WARNING)
def empty_goals(book: Book) -> Iterator[Equation | Remark]:
    """A goal says more than the project's name.

    Basis: 财预〔2015〕88号: goals are concrete, measurable and tied to the budget. Likely causes: the name entered to fill the field.
    Example: goal 2026年医疗服务与保障能力提升补助资金 of the project of that name.
    """
    for target in book.facts.targets:
        for goal in target.goals:
            said, own = squeezed(goal.text), squeezed(target.name)
            if own and len(target.goals) == 1 and said.rstrip("项目") in {own, own.rstrip("项目")}:
                yield Remark("AN505", (("stated", goal.source),), words(book, target, said=goal.text), stated=goal.text)


@check("AN506", "goal-of-another-year", Severity.NOTICE)
def other_years(book: Book) -> Iterator[Equation | Remark]:
    """A goal sets its deadlines and estimates in the year of the budget.

    Basis: the form is for the year's budget. Asked for a deadline after the year, and for what is estimated for a year before; document
    numbers, titles of papers and terms of several years are right. Likely causes: last year's text, a mistyped year.
    Example: 2025年预估医疗救助 in a form of 2026; 2027年12月31日前.
    """
    year = book.document.fiscal_year
    if year is None or book.document.kind is Kind.FINAL_ACCOUNTS:
        return
    for target in book.facts.targets:
        for goal in target.goals:
            text = RANGE.sub(lambda m: "#" * len(m[0]), QUOTED.sub(lambda m: "#" * len(m[0]), goal.text))
            for match in YEAR.finditer(text):
                other, rest = int(match.group(1)), squeezed(text[match.end() : match.end() + 16])
                late = other == year + 1 and DEADLINE.match(rest)
                early = other < year and FORECAST.match(rest)
                if late or early:
                    said = goal.text[match.start() : match.end() + 14]
                    params = words(book, target, said=said, year=str(year))
                    yield Remark("AN506", (("stated", goal.source),), params, stated=match.group(), expected=f"{year}年")


@check("AN507", "required-field-is-empty", Severity.NOTICE)
def empty_fields(book: Book) -> Iterator[Equation | Remark]:
    """A form names its project and the person responsible.

    Basis: the form's own fields. Asked where the document's other forms fill the field, or the form has money.
    Likely causes: not filled in. Example: 项目负责人 left empty.
    """
    for target in book.facts.targets:
        for source in target.blanks:
            if target.total is not None or target.execution:
                yield Remark(
                    "AN507", (("due", source),), words(book, target, label=source.text.strip()), stated="", expected=source.text.strip()
                )


def has_indicator(goal: Goal, printed: Printed, indicators: Sequence[Indicator]) -> bool:
    """Whether a listed cost has an indicator: by its words, or by its amount with most of its words. What is no cost needs none."""
    said = clause_before(goal.text, printed.source.start)
    if not COST_WORDS.search(said) or meant(goal, printed, indicators) is not None:
        return True
    same = [i for i in indicators if i.value and counted_alike(i.value, printed) and i.value.amount.base == printed.amount.base]
    return any(likeness(core(said), core(i.name)) >= MOSTLY for i in same)


@check("AN519", "cost-in-goal-without-indicator", Severity.WARNING)
def costs_without_indicator(book: Book) -> Iterator[Equation | Remark]:
    """Every cost that a goal lists has a cost indicator where most of them have.

    Basis: cost indicators divide the project's money as the goal does. Likely causes: the goal of an earlier draft.
    Example: 给科技特派员购买工具费 5 万元 in the goal, five other costs with their indicators.
    """
    for target, goal, first in first_money(book):
        money = [p for p in goal.figures if p.amount.unit and p.amount.unit.dimension is Dimension.MONEY and p is not first]
        alone = [p for p in money if not has_indicator(goal, p, target.indicators)]
        if len(money) - len(alone) >= MATCHED and 0 < len(alone) * 2 < len(money):
            said = "；".join(clause_before(goal.text, p.source.start) + p.source.text for p in alone)
            places = tuple(("stated", p.source) for p in alone)
            yield Remark("AN519", places, words(book, target, said=said), stated=said)
