"""TI: the same amount stated in two tables agrees (勾稽)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from checks.book import Book
from checks.equations import Equation, Figure, Origin, Sum, round_to
from checks.registry import Remark, check
from checks.slips import slip_into
from model.amounts import Dimension
from model.facts import Fact, Meaning, SubjectKind

PARTNERS = 3
HUNDREDTH_OF_WAN = Decimal(100)
MANY = 8
NAMED = {
    SubjectKind.FUNCTION,
    SubjectKind.ECONOMIC,
    SubjectKind.GOVERNMENT_ECONOMIC,
    SubjectKind.THREE_PUBLIC,
    SubjectKind.TOTAL,
    SubjectKind.OTHER,
}
Column = tuple[str, int]
Key = tuple[SubjectKind, str, int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two columns of different tables with the lines both print: those of one meaning, and how many of all agree."""

    left: Column
    right: Column
    shared: tuple[tuple[Fact, Fact], ...]
    same: bool
    agreeing: int

    @property
    def share(self) -> float:
        """The part of the shared lines on which the two columns agree."""
        return self.agreeing / len(self.shared)


def comparable(meaning: Meaning) -> tuple[object, ...]:
    """What must be equal for two figures to be one: everything but the subject's wording."""
    return (
        meaning.side,
        meaning.nature,
        meaning.fund,
        meaning.year,
        meaning.basis,
        meaning.aspect,
        meaning.subject.kind,
        meaning.subject.key,
    )


def series(book: Book) -> dict[Column, dict[Key, Fact]]:
    """For every column of a table its facts by subject; of a subject that stands in it several times, each by its turn."""
    listed: dict[Column, dict[tuple[SubjectKind, str], list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in book.facts.cells:
        source, subject = fact.source, fact.meaning.subject
        if source.table is None or source.column is None or not fact.amount.value:
            continue
        if subject.kind in NAMED and (fact.amount.unit is None or fact.amount.unit.dimension is Dimension.MONEY):
            listed[source.table, source.column][subject.kind, subject.key].append(fact)
    return {
        column: {(*key, len(facts), turn): fact for key, facts in subjects.items() for turn, fact in enumerate(facts)}
        for column, subjects in listed.items()
    }


def pairs(book: Book) -> Iterator[Pair]:
    """Every two columns of different tables that agree on some line, to 0.01 万元: any other two tie on nothing."""
    columns = series(book)
    meeting: dict[tuple[Key, Decimal], list[Column]] = defaultdict(list)
    for column, facts in columns.items():
        for key, fact in facts.items():
            meeting[key, round_to(fact.amount.base, HUNDREDTH_OF_WAN)].append(column)
    counts: Counter[tuple[Column, Column]] = Counter()
    for members in meeting.values():
        for i, left in enumerate(members):
            for right in members[i + 1 :]:
                if left[0] != right[0]:
                    counts[left, right] += 1
    for left, right in counts:
        yield compare(columns, left, right)


def compare(columns: dict[Column, dict[Key, Fact]], left: Column, right: Column) -> Pair:
    """The lines two columns share, whether they mean the same, and on how many they agree."""
    both = [(columns[left][key], columns[right][key]) for key in columns[left] if key in columns[right]]
    alike = [(a, b) for a, b in both if comparable(a.meaning) == comparable(b.meaning)]
    same = len(alike) * 2 > len(both)
    shared = alike if same else both
    agreeing = sum(a.amount.base == b.amount.base or a.amount.interval.overlaps(b.amount.interval) for a, b in shared)
    return Pair(left, right, tuple(shared), same, agreeing)


def trusted(pair: Pair) -> bool:
    """Whether a pair ties: it means the same and mostly agrees, or agrees on nearly all of several lines."""
    if pair.same:
        return pair.agreeing * 5 >= len(pair.shared) * 3
    return len(pair.shared) > PARTNERS and pair.agreeing * 4 >= len(pair.shared) * 3


@check("TI101", "tables-do-not-tie")
def tables_tie(book: Book) -> Iterator[Equation | Remark]:
    """The same amount (same side, nature, fund, subject, year and basis) printed in two tables is the same figure.

    Basis: 勾稽关系 between the published forms. Columns that mean the same by their headers are compared line by line where most lines
    agree; columns that merely agree on nearly every line support the search for the wrong figure, but accuse nobody on their own.
    Likely causes: a figure updated in one table only, a mistyped digit, a line moved.
    Example: 支出总表 2010301 187.22 = 一般公共预算支出表 187.22.
    """
    chosen: Counter[Column] = Counter()
    found = sorted((p for p in pairs(book) if p.shared and trusted(p)), key=lambda p: (not p.same, -p.share, -len(p.shared)))
    for pair in found:
        if not pair.same and max(chosen[pair.left], chosen[pair.right]) >= PARTNERS:
            continue
        if min(chosen[pair.left], chosen[pair.right]) >= PARTNERS:
            continue
        chosen[pair.left] += 1
        chosen[pair.right] += 1
        for left, right in pair.shared:
            agree = left.amount.interval.overlaps(right.amount.interval)
            yield tie(book, left, right, soft=not (pair.same or (not agree and close(pair) and one_slip(left, right))))


def close(pair: Pair) -> bool:
    """Whether two columns agree on nearly all of many lines."""
    return len(pair.shared) >= MANY and pair.agreeing * 10 >= len(pair.shared) * 9


def one_slip(left: Fact, right: Fact) -> bool:
    """Whether one slip of the pen turns one amount into the other: then their columns differ by that alone."""
    return slip_into(left.amount, right.amount.interval) is not None or slip_into(right.amount, left.amount.interval) is not None


def tie(book: Book, left: Fact, right: Fact, *, soft: bool) -> Sum:
    """The equation "these two printed amounts are one", the coarser print on the left side."""
    if left.amount.step < right.amount.step:
        left, right = right, left
    return Sum(Origin("TI101", params=tie_words(book, left, right), soft=soft), figure(book, left), ((1, figure(book, right)),))


def figure(book: Book, fact: Fact) -> Figure:
    """The fact's figure."""
    return book.figures[fact.source.key]


def tie_words(book: Book, left: Fact, right: Fact) -> dict[str, str]:
    """The words of a finding about two places."""
    return {
        "table": book.label(left.source.table or ""),
        "row": left.source.row_label,
        "column": left.source.column_label,
        "other_table": book.label(right.source.table or ""),
        "other_row": right.source.row_label,
        "other_column": right.source.column_label,
    }
