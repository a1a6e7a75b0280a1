"""NT: the words of the prose agree with its figures, and its passages with each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from checks.book import Book
from checks.equations import Equation, Figure, Origin, Sum
from checks.present import money as amount_text
from checks.present import where
from checks.recalculation import SIGN, money, statement_words, unit_of
from checks.registry import Remark, check
from checks.slips import slip_into
from model.facts import Basis, Comparison, Direction, Mention, Statement, SubjectKind
from model.findings import Result


@check("NT301", "direction-contradicts-figures")
def directions(book: Book) -> Iterator[Equation | Remark]:
    """A word of comparison (增加, 减少, 大于, 小于, 等于, 持平) agrees with the sign of the two figures it stands between.

    Basis: the words' meaning. Likely causes: wording kept from another item or year, figures swapped.
    Example: 年初预算 80.81，支出决算 80.38，“决算数大于预算数”.
    """
    for statement in book.facts.statements:
        for comparison in statement.comparisons:
            now, base = money(book, statement.figure), money(book, comparison_base(statement, comparison))
            if now is None or base is None or comparison.direction is None or comparison.word is None:
                continue
            if comparison.direction is Direction.LEVEL and APPROXIMATE.search(comparison.word.text):
                continue
            actual = actual_direction(now, base)
            word = book.source(comparison.word.paragraph, comparison.word.start, comparison.word.end)
            yield Remark(
                "NT301",
                (("stated", word), ("related", now.source), ("related", base.source)),
                statement_words(book, statement)
                | {"word": comparison.word.text, "now": now.amount.text, "base": base.amount.text, "unit": unit_of(now)},
                variant=actual.value,
                stated=comparison.word.text,
                result=Result.PASS if actual is comparison.direction else Result.FAIL,
                equation=f"{where(now)} {amount_text(now.amount)} {MARKS[actual]} {where(base)} {amount_text(base.amount)}",
            )


TELLING_NAME = 6
MARKS = {Direction.UP: ">", Direction.DOWN: "<", Direction.LEVEL: "="}
APPROXIMATE = re.compile(r"基本|大致|大体|总体")


def comparison_base(statement: Statement, comparison: Comparison) -> Mention | None:
    """The printed figure a comparison is with: its own, or the budget the statement prints beside its outturn."""
    if comparison.base is not None:
        return comparison.base
    if comparison.base_basis is Basis.REVISED_BUDGET:
        return statement.revised
    if comparison.base_basis in {Basis.ORIGINAL_BUDGET, Basis.BUDGET} and comparison.base_year in {None, statement.year}:
        return statement.original
    return None


def actual_direction(now: Figure, base: Figure) -> Direction:
    """The sign of the difference of two printed figures."""
    if now.amount.interval.overlaps(base.amount.interval) and now.amount.base == base.amount.base:
        return Direction.LEVEL
    return Direction.UP if now.amount.base > base.amount.base else Direction.DOWN


@check("NT401", "text-contradicts-itself")
def text_ties_to_text(book: Book) -> Iterator[Equation | Remark]:
    """The change of one figure against one base, stated in several passages, is the same amount.

    Basis: the same figure compared with the same year's has one difference. Likely causes: one passage updated and the other not.
    Example: 财政拨款收入 21,940.96 增加 3,959.28 in one section, 增加 3,958.98 in another.
    """
    groups: dict[tuple[object, ...], list[tuple[Statement, int, Figure]]] = defaultdict(list)
    for statement in book.facts.statements:
        now = money(book, statement.figure)
        for comparison in statement.comparisons:
            change = money(book, comparison.difference)
            sign = SIGN.get(comparison.direction) if comparison.direction else None
            if now and change and sign and now.amount.value >= 1 and comparison.base_year and not qualified(book, change):
                groups[now.amount.base, comparison.base_year, comparison.base_basis].append((statement, sign, change))
    for members in groups.values():
        first_statement, first_sign, first = members[0]
        for statement, sign, change in members[1:]:
            if same_money(first_statement, statement) and (same_fund(first_statement, statement) or alike(first, change)):
                words = statement_words(book, statement) | {"other": statement_words(book, first_statement)["section"]}
                yield Sum(Origin("NT401", params=words), change, ((sign * first_sign, first),))


def qualified(book: Book, change: Figure) -> bool:
    """Whether a change leaves something out of the figures it compares (扣除…后, 剔除…因素), so that it is another change."""
    text = book.document.paragraphs[change.source.paragraph or 0].text[: change.source.start]
    return bool(re.search(r"扣除|剔除|不含|若不考虑|同口径", text[text.rfind("。") + 1 :]))


def same_fund(a: Statement, b: Statement) -> bool:
    """Whether two totals are of one fund: equal this year, those of different funds may well have differed last year."""
    if a.meaning is None or b.meaning is None or SubjectKind.TOTAL not in {a.meaning.subject.kind, b.meaning.subject.kind}:
        return True
    return a.meaning.fund is b.meaning.fund


def alike(one: Figure, other: Figure) -> bool:
    """Whether a slip of the pen turns one printed amount into the other."""
    return bool(slip_into(one.amount, other.amount.interval) or slip_into(other.amount, one.amount.interval))


def same_money(a: Statement, b: Statement) -> bool:
    """Whether two statements speak of one subject, so that equal figures are no coincidence."""
    if a.meaning and b.meaning and (a.meaning.subject.kind, a.meaning.subject.key) == (b.meaning.subject.kind, b.meaning.subject.key):
        return True
    one, two = last_name(a.label), last_name(b.label)
    return min(len(one), len(two)) >= TELLING_NAME and (one in two or two in one)


def last_name(label: str) -> str:
    """The last name of a path of class, section and item."""
    return re.sub(r"[（(][类款项][）)]", "|", label).strip("|").split("|")[-1]
