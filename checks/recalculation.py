"""RC: what the prose reckons is reckoned again: differences, growth, shares, completion rates."""

from __future__ import annotations

from collections.abc import Iterator

from checks.book import Book
from checks.equations import AtMost, Equation, Figure, Origin, Rate, Sum
from checks.registry import Remark, check
from model.amounts import Dimension
from model.facts import Basis, Comparison, Direction, Statement
from model.findings import Result, Severity

CUSTOMARY = 100
SIGN = {Direction.UP: 1, Direction.DOWN: -1}


def statement_words(book: Book, statement: Statement) -> dict[str, str]:
    """The words of a finding about one statement."""
    section = " › ".join(statement.section[-2:])
    return {"subject": statement.label or section, "section": section, "page": str(book.document.paragraphs[statement.paragraph].page)}


def money(book: Book, mention: object) -> Figure | None:
    """The figure of a mention when it is an amount of money or a count, None otherwise."""
    figure = book.mentioned(mention)  # type: ignore[arg-type]
    return figure if figure and figure.amount.unit and figure.amount.unit.dimension is not Dimension.PERCENT else None


@check("RC101", "difference-does-not-follow")
def differences(book: Book) -> Iterator[Equation | Remark]:
    """A stated increase or decrease equals this figure less the one it is compared with.

    Basis: difference = this − last, where the text prints all three. Likely causes: a mistyped figure, a base of another year or kind.
    Example: 决算数 659.05 compared with 899.34, 减少 240.29.
    """
    for statement in book.facts.statements:
        for comparison in statement.comparisons:
            now, base = money(book, statement.figure), money(book, comparison.base)
            change = money(book, comparison.difference)
            sign = SIGN.get(comparison.direction) if comparison.direction else None
            if now and base and change and sign:
                yield Sum(Origin("RC101", params=statement_words(book, statement)), change, ((sign, now), (-sign, base)))


@check("RC102", "growth-rate-does-not-follow")
def growth_rates(book: Book) -> Iterator[Equation | Remark]:
    """A stated growth rate equals the change divided by the figure it is compared with, within the printed precision.

    Basis: growth = (this − last) ÷ last; where last year's figure is not printed it is this figure less the change. Likely causes: a
    mistyped digit, a neighbour's rate, a base of another year. Example: 333.83 ÷ (1,391.68 − 333.83) = 31.56 %, printed 31.35 %.
    """
    for statement in book.facts.statements:
        for comparison in statement.comparisons:
            if equation := growth(book, statement, comparison):
                yield equation


def growth(book: Book, statement: Statement, comparison: Comparison) -> Rate | None:
    """The equation of one comparison's rate.

    A comparison at the end of a list may be the whole list's: of the statement's own figure and those its sentence states before,
    the one with which the rate holds; its own where none does.
    """
    own = growth_of(book, statement, comparison, money(book, statement.figure))
    if own is not None and own.result() is not Result.FAIL:
        return own
    before = [s for s in book.facts.statements if s.paragraph == statement.paragraph and s.start < statement.start]
    others = [e for s in reversed(before) if (e := growth_of(book, statement, comparison, money(book, s.figure)))]
    holding = [e for e in others if e.result() in {Result.PASS, Result.ROUNDING}]
    return next(iter([*holding, *([own] if own else []), *others[:1]]), None)


def growth_of(book: Book, statement: Statement, comparison: Comparison, now: Figure | None) -> Rate | None:
    """The equation of a rate from the two figures that determine it; None where the text prints fewer."""
    rate, sign = book.mentioned(comparison.rate), SIGN.get(comparison.direction) if comparison.direction else None
    if rate is None or sign is None or rate.amount.unit is None or rate.amount.unit.dimension is not Dimension.PERCENT:
        return None
    base, change = money(book, comparison.base), money(book, comparison.difference)
    origin = Origin("RC102", params=statement_words(book, statement))
    if change and base:
        return Rate(origin, rate, ((1, change),), ((1, base),))
    if change and now:
        return Rate(origin, rate, ((1, change),), ((1, now), (-sign, change)))
    if now and base:
        return Rate(origin, rate, ((1, now), (-1, base)), ((1, base),), sign)
    return None


@check("RC103", "completion-rate-does-not-follow")
def completion_rates(book: Book) -> Iterator[Equation | Remark]:
    """A stated completion rate (完成年初预算的 …%) equals the outturn divided by the budget it names.

    Basis: execution rate = 决算数 ÷ 年初（全年）预算数. Likely causes: a mistyped digit, the other budget used as the divisor.
    Example: 307.82 ÷ 321.02 = 95.89 % is the completion of 全年预算, not of 年初预算.
    """
    for statement in book.facts.statements:
        rate, now = book.mentioned(statement.execution), money(book, statement.figure)
        if rate is None or now is None:
            continue
        base = money(book, completion_base(statement))
        bases = [base] if base else printed_budgets(book, statement)
        origin = Origin("RC103", params=statement_words(book, statement))
        equations = [Rate(origin, rate, ((1, now),), ((1, b),)) for b in bases if b.amount.value]
        yield from sorted(equations, key=lambda e: e.result() is Result.FAIL)[:1]


def printed_budgets(book: Book, statement: Statement) -> list[Figure]:
    """The budgets that the tables print for a statement's subject, where the text leaves the divisor out."""
    meaning = statement.meaning
    if meaning is None:
        return []
    return [
        book.figures[fact.source.key]
        for fact in book.facts.cells
        if (fact.meaning.subject.kind, fact.meaning.subject.key) == (meaning.subject.kind, meaning.subject.key)
        and fact.meaning.basis in {Basis.BUDGET, Basis.ORIGINAL_BUDGET, Basis.REVISED_BUDGET}
    ]


def completion_base(statement: Statement) -> object:
    """The budget that a completion rate is of: the one it names, else the one that is printed."""
    if statement.execution_basis is Basis.REVISED_BUDGET:
        return statement.revised
    if statement.execution_basis is Basis.ORIGINAL_BUDGET:
        return statement.original
    return statement.original or statement.revised


def same_kind(a: Figure, b: Figure) -> bool:
    """Whether two figures measure the same thing: money, or counts in one unit."""
    one, two = a.amount.unit, b.amount.unit
    if one is None or two is None or one.dimension is not two.dimension:
        return False
    return one.dimension is Dimension.MONEY or one.symbol == two.symbol


def unit_of(figure: Figure) -> str:
    """The figure's unit as printed."""
    return figure.amount.unit.symbol if figure.amount.unit else ""


@check("RC105", "growth-rate-without-base")
def rate_without_base(book: Book) -> Iterator[Equation | Remark]:
    """A figure that is all increase has no growth rate but the customary 100 %.

    Basis: growth = change ÷ last year's figure, which is zero here. Likely cause: a mistyped rate or change.
    Example: 预算数 110.00，比上年增加 110.00，增长 103.00 %.
    """
    for statement, now, rate in all_increase(book):
        if rate.amount.value != CUSTOMARY:
            places = (("stated", rate.source), ("related", now.source))
            words = statement_words(book, statement)
            yield Remark("RC105", places, words, stated=rate.amount.text, expected="100.00", unit="%")


def all_increase(book: Book) -> Iterator[tuple[Statement, Figure, Figure]]:
    """The statements whose whole figure is an increase, with the figure and the growth rate printed for it."""
    for statement in book.facts.statements:
        for comparison in statement.comparisons:
            now, change, base = (money(book, m) for m in (statement.figure, comparison.difference, comparison.base))
            rate = book.mentioned(comparison.rate)
            if now is None or rate is None or comparison.direction is not Direction.UP or not now.amount.value:
                continue
            if (change and change.amount.base == now.amount.base) or (base and base.amount.value == 0):
                yield statement, now, rate


@check("RC106", "increase-exceeds-figure")
def increases_within(book: Book) -> Iterator[Equation | Remark]:
    """An increase is no larger than the figure it led to: last year's would be less than nothing.

    Basis: last = this − increase, and no budget or outturn is negative. Likely causes: a mistyped figure, the unit of another amount.
    Example: 预算数 1,045.93，与上年相比增加 1,405.93.
    """
    for statement in book.facts.statements:
        now = money(book, statement.figure)
        for comparison in statement.comparisons:
            change = money(book, comparison.difference)
            if now and change and comparison.direction is Direction.UP and same_kind(now, change):
                yield AtMost(Origin("RC106", params=statement_words(book, statement)), change, now)


@check("AN101", "growth-from-zero", Severity.WARNING)
def growth_from_zero(book: Book) -> Iterator[Equation | Remark]:
    """A growth of 100 % on a figure that is all increase: last year's was zero, and no growth rate exists.

    Basis: growth = change ÷ last year's figure, undefined for zero. Likely cause: 100 % entered for "new this year".
    Example: 预算数 110.00，比上年增加 110.00，增长 100.00 %.
    """
    for statement, now, rate in all_increase(book):
        if rate.amount.value == CUSTOMARY:
            places = (("stated", rate.source), ("related", now.source))
            yield Remark("AN101", places, statement_words(book, statement), stated=rate.amount.text, unit="%")
