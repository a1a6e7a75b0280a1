"""NT: the parts and items that the prose lists add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from checks.book import Book
from checks.equations import AtMost, Equation, Figure, Origin, Sum
from checks.recalculation import money, same_kind, statement_words
from checks.registry import Remark, check
from checks.slips import one_slip_away
from model.facts import Statement, SubjectKind
from model.findings import Result

TELLING_DIGITS = 4
COMPLETE = (
    frozenset({"货物", "工程", "服务"}),
    frozenset({"货物", "服务"}),
    frozenset({"基本支出", "项目支出"}),
    frozenset({"人员经费", "公用经费"}),
    frozenset({"出国", "公务用车", "接待"}),
    frozenset({"购置费", "运行"}),
)


@check("NT201", "listed-parts-do-not-add-up")
def listed_parts(book: Book) -> Iterator[Equation | Remark]:
    """The parts a sentence lists (其中：…) add up to its figure, or do not exceed it where the list is not complete.

    Basis: the meaning of 其中; 政府采购 = 货物 + 工程 + 服务; 支出 = 基本 + 项目; “三公” = its items. Likely causes: a mistyped figure,
    a part left out.
    Example: 政府采购预算 1,486.42 = 货物 3.66 + 工程 36.44 + 服务 1,446.32.
    """
    lists: dict[tuple[int, int], list[Statement]] = defaultdict(list)
    for statement in book.facts.statements:
        if statement.parent is not None and statement.figure is not None:
            lists[statement.parent, statement.listing].append(statement)
    for (parent, _), parts in lists.items():
        whole = book.facts.statements[parent]
        figure = money(book, whole.figure)
        addends = [(part, f) for part in parts if (f := money(book, part.figure))]
        if figure and addends and all(same_kind(figure, f) for _, f in addends):
            yield from parts_of(book, whole, figure, addends)


def parts_of(book: Book, whole: Statement, figure: Figure, addends: Sequence[tuple[Statement, Figure]]) -> Iterator[Equation]:
    """The sum of a list that is complete by its words or adds up; otherwise each part within the whole."""
    words = statement_words(book, whole)
    equation = Sum(Origin("NT201", params=words), figure, tuple((1, f) for _, f in addends))
    if equation.result() is not Result.FAIL or is_complete([part.label for part, _ in addends]) or one_slip_off(equation):
        yield equation
        return
    for part, amount in addends:
        limit = largest_before(book, part, amount, figure)
        yield AtMost(Origin("NT202", params=statement_words(book, part) | {"whole": whole.label}), amount, limit)


def one_slip_off(equation: Sum) -> bool:
    """Whether a list that does not add up would, but for one slip in one telling figure: then it is complete, and that is the finding."""
    return len(equation.parts) > 1 and one_slip_away(equation, TELLING_DIGITS)


def largest_before(book: Book, part: Statement, amount: Figure, whole: Figure) -> Figure:
    """The largest figure a part may belong to: its whole, or an earlier one of its paragraph (a list may return to the first total)."""
    before = [
        f
        for s in book.facts.statements
        if s.paragraph == part.paragraph and s.start < part.start and (f := money(book, s.figure)) and same_kind(f, amount)
    ]
    return max([whole, *before], key=lambda f: f.amount.base)


def is_complete(labels: Sequence[str]) -> bool:
    """Whether labels are one of the lists that always make up their whole."""
    return any(len(labels) == len(names) and all(sum(name in label for label in labels) == 1 for name in names) for names in COMPLETE)


@check("NT203", "items-do-not-add-up-to-total")
def items_add_up(book: Book) -> Iterator[Equation | Remark]:
    """The items a section goes through one by one add up to the total that the section states.

    Basis: the narrative goes through every item of its table. Sums that do not hold may leave items out, so they only support a
    suspicion. Example: 187.22 + 189.13 + … = 832.50 against 832.49, a rounding difference over 13 items.
    """
    for items, totals in itemised(book):
        for slot in ("figure", "original"):
            figures = [f for s in items if (f := money(book, getattr(s, slot)))]
            wholes = [(t, f) for t in totals if (f := money(book, getattr(t, slot)))]
            if len(figures) == len(items):
                yield from item_sum(book, figures, wholes)


def item_sum(book: Book, figures: Sequence[Figure], wholes: Sequence[tuple[Statement, Figure]]) -> Iterator[Sum]:
    """The sum of a section's items to the total it holds for, or else to the nearest one that is one slip away."""
    equations = [
        Sum(Origin("NT203", params=statement_words(book, statement)), whole, tuple((1, f) for f in figures))
        for statement, whole in wholes
        if same_kind(whole, figures[0])
    ]
    holding = [e for e in equations if e.result() is not Result.FAIL]
    yield from (holding or [e for e in equations[:1] if one_slip_off(e)])[:1]


def itemised(book: Book) -> Iterator[tuple[list[Statement], list[Statement]]]:
    """Runs of statements on functional items of one fund and kind, with the totals stated before them, the nearest first."""
    runs: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for statement in book.facts.statements:
        meaning = statement.meaning
        if meaning and statement.figure and meaning.subject.kind is SubjectKind.FUNCTION and meaning.year == book.document.fiscal_year:
            top = statement.section[:2] if len(statement.section) > 1 else statement.section
            runs[top, len(meaning.subject.key), meaning.basis].append(statement)
    for items in runs.values():
        once = list({s.meaning.subject.key: s for s in reversed(items) if s.meaning}.values())
        totals = [s for s in book.facts.statements if s.figure and is_total_statement(s) and s.paragraph <= items[0].paragraph]
        if len(once) > 1:
            yield once, totals[::-1]


def is_total_statement(statement: Statement) -> bool:
    """Whether a statement is on a total, not on one subject."""
    return statement.meaning is not None and statement.meaning.subject.kind is SubjectKind.TOTAL


@check("NT202", "listed-part-exceeds-whole")
def listed_within(_book: Book) -> Iterator[Equation | Remark]:
    """A part a sentence lists is no larger than the whole it is listed under.

    Basis: the meaning of 其中. Its comparisons are stated together with NT201. Example: 授予小微企业合同金额 within 授予中小企业合同金额.
    """
    return iter(())
