"""CF: rows are added up again across their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checks.book import Book
from checks.equations import Equation, Origin, Sum
from checks.footing import words
from checks.registry import Remark, check
from checks.slips import one_slip_away
from model.facts import Block, Measure, Record, SubjectKind, ValueColumn
from model.findings import Result

ENOUGH = 2
GRAND = {"总计", "合计"}
WHOLE_RUN = 8


@check("CF101", "row-does-not-cross-foot")
def rows_cross_foot(book: Book) -> Iterator[Equation | Remark]:
    """In each line of a table, the 合计 or 小计 column equals the sum of the columns it stands for.

    Basis: the published forms (合计 = 基本支出 + 项目支出; 小计 = its sub-columns; 收入合计 = Σ sources; “三公”合计 = three items). Which
    columns a total stands for is read from the header's tree and confirmed by most lines. Likely causes: a mistyped figure, an amount in
    the wrong column. Example: 行政运行 合计 187.22 = 基本支出 187.22 + 项目支出 0.00.
    """
    for block in book.facts.blocks:
        for column in block.columns:
            if column.measure is Measure.AMOUNT:
                yield from cross_foot(book, block, column)


def cross_foot(book: Book, block: Block, total: ValueColumn) -> Iterator[Sum]:
    """The equations of one total column, under the reading that most lines confirm; none where no reading is confirmed."""
    best: list[Sum] = []
    best_share = 0.0
    for parts, trusted in readings(block, total):
        equations = [e for record in block.records if (e := row_sum(book, block, record, total, parts))]
        telling = [e for e in equations if e.total.amount.value != 0 or any(f.amount.value != 0 for _, f in e.parts)]
        if not telling:
            if trusted and not best:
                best = equations
            continue
        holding = [e for e in telling if e.result() is not Result.FAIL]
        share = len(holding) / len(telling)
        if trusted and not holding and not best and len(telling) <= ENOUGH:
            best = telling if three_public(parts) else [e for e in telling if one_slip_away(e)]
        if share > best_share and believable(holding, telling, trusted=trusted):
            best, best_share = equations, share
    yield from best


def three_public(parts: Sequence[ValueColumn]) -> bool:
    """Whether the columns are “三公” items, which are all there is to their total."""
    return len(parts) > ENOUGH and all(c.subject is not None and c.subject.kind is SubjectKind.THREE_PUBLIC for c in parts)


def believable(holding: Sequence[Sum], telling: Sequence[Sum], *, trusted: bool) -> bool:
    """Whether the lines confirm a reading: most of them for one the header states, nearly all for one that is only guessed."""
    if trusted:
        return len(holding) * 2 >= len(telling) or len(telling) <= ENOUGH
    real = [e for e in holding if sum(f.amount.value != 0 for _, f in e.parts) > 1]
    return len(real) >= ENOUGH and len(holding) * 10 >= len(telling) * 8


def row_sum(book: Book, block: Block, record: Record, total: ValueColumn, parts: Sequence[ValueColumn]) -> Sum | None:
    """The equation of one line; None where the total is blank, or where it alone is printed among all columns."""
    stated = book.figure(block, record, total)
    figures = [f for column in parts if (f := book.figure(block, record, column)) is not None]
    if stated is None or not figures:
        return None
    return Sum(Origin("CF101", params=words(book, block, record, total)), stated, tuple((1, f) for f in figures))


def readings(block: Block, total: ValueColumn) -> Iterator[tuple[list[ValueColumn], bool]]:
    """What a column may be the total of, with whether its header says so: the header's tree first, then neighbouring runs."""
    others = [c for c in block.columns if c.index != total.index and c.measure is Measure.AMOUNT and comparable(c, total)]
    if total.total:
        prefix = total.path[:-1]
        for depth in range(len(prefix), -1, -1):
            scope = [c for c in others if c.path[:depth] == prefix[:depth]]
            if parts := tops(scope, depth):
                yield parts, depth == len(prefix)
    if total.path and total.path[0] in GRAND and (parts := same_suffix(others, total)):
        yield parts, True
    nested = [c for c in others if len(c.path) > len(total.path) and c.path[: len(total.path)] == total.path]
    if nested:
        yield tops(nested, len(total.path)), True
    yield from runs(others, total)


def comparable(part: ValueColumn, total: ValueColumn) -> bool:
    """Whether a column can be part of another.

    Budgets and outturns, this year's and last year's amounts are no parts of each other; a “三公” total holds no 会议费 or 培训费.
    """
    if "三公" in "".join(total.path[-1:]) and part.subject and part.subject.kind is not SubjectKind.THREE_PUBLIC:
        return False
    same_basis = part.basis is None or total.basis is None or part.basis is total.basis
    return same_basis and (part.year is None or total.year is None or part.year == total.year)


def same_suffix(others: Sequence[ValueColumn], total: ValueColumn) -> list[ValueColumn]:
    """For 总计 › 一般公共预算 the items' columns of that fund: of each item its 小计 if it has one, otherwise all its columns."""
    suffix = total.path[1:]
    if not suffix:
        return []
    groups: dict[str, list[ValueColumn]] = {}
    for column in others:
        if column.path[-len(suffix) :] == suffix and column.path[0] != total.path[0]:
            groups.setdefault(column.path[0], []).append(column)
    chosen: list[ValueColumn] = []
    for members in groups.values():
        subtotals = [c for c in members if any("小计" in part or "合计" in part for part in c.path[1:])]
        chosen.extend(subtotals[:1] or members)
    return chosen if len(chosen) > 1 else []


def tops(columns: Sequence[ValueColumn], depth: int) -> list[ValueColumn]:
    """The columns that are nobody's part: of each header group its own total if it has one, otherwise all its columns."""
    groups: dict[str, list[ValueColumn]] = {}
    for column in columns:
        name = column.path[depth] if len(column.path) > depth else f"#{column.index}"
        groups.setdefault(name, []).append(column)
    chosen: list[ValueColumn] = []
    for name, members in groups.items():
        if "其中" in name and len(groups) > 1:
            continue
        totals = [c for c in members if c.total and len(c.path) > depth + 1]
        own = [c for c in members if len(c.path) == depth + 1]
        deeper = [c for c in members if len(c.path) > depth + 1]
        if totals and len(members) > 1:
            chosen.append(totals[0])
        elif own and deeper:
            chosen.extend(own)
        elif deeper and len(members) > 1:
            chosen.extend(tops(deeper, depth + 1))
        else:
            chosen.extend(members)
    return chosen


def runs(others: Sequence[ValueColumn], total: ValueColumn) -> Iterator[tuple[list[ValueColumn], bool]]:
    """Neighbouring columns right and left of a column, of two and more, as what it might be the total of."""
    right = [c for c in others if c.index > total.index][:WHOLE_RUN]
    left = [c for c in others if c.index < total.index][-WHOLE_RUN:]
    for length in range(len(right), 1, -1):
        yield right[:length], False
    for length in range(len(left), 1, -1):
        yield left[-length:], False
