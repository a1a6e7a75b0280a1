"""RC: columns that a table reckons from its other columns (增减额, 增减%, 执行率, 占比) are reckoned again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from checks.book import Book
from checks.equations import Equation, Figure, Origin, Rate, Sum
from checks.footing import words
from checks.registry import Remark, check
from model.amounts import Dimension
from model.facts import Block, Measure, Record, RecordRole, ValueColumn
from model.findings import Result

MOST_COLUMNS = 14


@check("RC201", "reckoned-column-does-not-follow")
def reckoned_columns(book: Book) -> Iterator[Equation | Remark]:
    """A column of differences, growth rates, completion rates or shares follows from the columns it is reckoned from.

    Basis: 增减额 = this − base, 增减% = 增减额 ÷ base, 执行率 = 执行数 ÷ 预算数, 占比 = part ÷ total. Which columns those are is read from
    the lines: the pair under which most lines hold. Likely causes: a mistyped figure, a rate kept from a draft, a formula not copied down.
    Example: 执行率 0.0 % with 预算数 140.61 and 执行数 140.61.
    """
    for block in book.facts.blocks:
        bases = [c for c in block.columns if c.measure is Measure.AMOUNT][:MOST_COLUMNS]
        for column in block.columns:
            if column.measure not in {Measure.AMOUNT, Measure.COUNT}:
                yield from best_pair(book, block, column, bases)


def best_pair(book: Book, block: Block, column: ValueColumn, bases: Sequence[ValueColumn]) -> Iterator[Equation]:
    """The equations of a reckoned column under the pair of columns that most lines confirm; none where no pair is confirmed."""
    best: list[Equation] = []
    most = 0.0
    for now, base in permutations(bases, 2):
        equations = [e for record in block.records if (e := equation_of(book, block, record, (column, now, base)))]
        holding = sum(e.result() in {Result.PASS, Result.ROUNDING} for e in equations)
        if equations and holding * 2 > len(equations) and holding / len(equations) + holding / 1000 > most:
            best, most = equations, holding / len(equations) + holding / 1000
    if not best and column.measure is Measure.SHARE:
        best = [e for base in bases for e in shares_of_total(book, block, column, base)]
    yield from best


def equation_of(book: Book, block: Block, record: Record, columns: tuple[ValueColumn, ValueColumn, ValueColumn]) -> Equation | None:
    """One line's equation over its reckoned column, this figure's and the base's; None where the base of a rate is zero or blank.

    Of the two figures of a change a blank one stands for nothing: 218.91 last year and a blank are −100 %.
    """
    column = columns[0]
    stated, this, last = (book.figure(block, record, c) for c in columns)
    if stated is None or (this is None and last is None):
        return None
    origin = Origin("RC201", params=words(book, block, record, column))
    change = tuple((sign, figure) for sign, figure in ((1, this), (-1, last)) if figure is not None)
    if is_rate(stated):
        over = change if column.measure is Measure.GROWTH else change[:1] if this else ()
        return Rate(origin, stated, over, ((1, last),)) if over and last is not None and last.amount.value else None
    return Sum(origin, stated, change) if column.measure is Measure.DIFFERENCE else None


def is_rate(figure: Figure) -> bool:
    """Whether a figure is a percentage."""
    return figure.amount.unit is not None and figure.amount.unit.dimension is Dimension.PERCENT


def shares_of_total(book: Book, block: Block, column: ValueColumn, base: ValueColumn) -> list[Rate]:
    """The equations "each line's share of the total line", where most lines confirm them."""
    totals = [r for r in block.records if r.role in {RecordRole.TOTAL, RecordRole.GRAND_TOTAL}]
    whole = book.figure(block, totals[0], base) if totals else None
    if whole is None or not whole.amount.value:
        return []
    found = []
    for record in block.records:
        stated, part = book.figure(block, record, column), book.figure(block, record, base)
        if stated and part and is_rate(stated) and record not in totals:
            found.append(Rate(Origin("RC201", params=words(book, block, record, column)), stated, ((1, part),), ((1, whole),)))
    holding = sum(e.result() in {Result.PASS, Result.ROUNDING} for e in found)
    return found if holding * 2 > len(found) else []
