"""What a disclosure's money consists of, for charts: the budget's composition, its flow, and its change against the prior year.

Everything is taken from the facts as printed; nothing is filled in where the document does not say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from model.amounts import Dimension, Interval
from model.facts import Block, Direction, Fact, Facts, Fund, Nature, Record, RecordRole, Side, SubjectKind
from model.findings import Examination
from report.safe import clean

FUNDS = (Fund.ALL, Fund.FISCAL, Fund.GENERAL_PUBLIC, None)
"""Whose expenditure is shown, the widest first."""
CLASS, SECTION, ITEM = 3, 5, 7
"""Digits of a functional code (类, 款, 项)."""


@dataclass(frozen=True, slots=True)
class Part:
    """An amount of expenditure, in 元, by functional code. ``rest`` is what the parts below it leave."""

    code: str
    name: str
    amount: Decimal
    rest: Decimal
    parent: str


@dataclass(frozen=True, slots=True)
class Stream:
    """Money, in 元, that goes from one name to another. ``stage`` counts from the sources (0)."""

    source: str
    target: str
    amount: Decimal
    stage: int


@dataclass(frozen=True, slots=True)
class Change:
    """By how much, in 元, a figure has changed since the prior year, as the document itself says, with its rate as printed."""

    label: str
    difference: Decimal
    rate: str
    page: int


def composition(facts: Facts) -> tuple[Part, ...]:
    """Expenditure by class, section and item, from the table that tells most; empty where no table has codes."""
    amounts = best(spent(facts, Nature.TOTAL))
    below: dict[str, Decimal] = defaultdict(Decimal)
    for code, fact in amounts.items():
        below[parent_in(code, amounts)] += fact.amount.base
    return tuple(
        Part(
            code,
            clean(fact.meaning.subject.name),
            fact.amount.base,
            max(Decimal(0), fact.amount.base - below[code]),
            parent_in(code, amounts),
        )
        for code, fact in sorted(amounts.items())
    )


def parent_in(code: str, known: Iterable[str]) -> str:
    """The nearest code above that is known; "" at the top."""
    above = (code[:length] for length in (SECTION, CLASS) if length < len(code))
    return next((found for found in above if found in known), "")


def spent(facts: Facts, nature: Nature) -> dict[tuple[str, Fund | None], dict[str, Fact]]:
    """Facts of expenditure by functional code, apart for each table and fund."""
    groups: dict[tuple[str, Fund | None], dict[str, Fact]] = defaultdict(dict)
    for fact in facts.cells:
        meaning = fact.meaning
        code = meaning.subject.code
        if (
            meaning.subject.kind is SubjectKind.FUNCTION
            and code
            and len(code) in (CLASS, SECTION, ITEM)
            and meaning.side is Side.EXPENDITURE
            and meaning.nature is nature
            and fact.amount.base > 0
            and (fact.amount.unit is None or fact.amount.unit.dimension is Dimension.MONEY)
        ):
            groups[fact.source.table or "", meaning.fund].setdefault(code, fact)
    return groups


def best(groups: dict[tuple[str, Fund | None], dict[str, Fact]]) -> dict[str, Fact]:
    """The group that goes below classes and covers most money; of several, that of the widest fund with the most codes."""

    def rank(key: tuple[str, Fund | None]) -> tuple[bool, Decimal, int, int]:
        codes = groups[key]
        width = FUNDS.index(key[1]) if key[1] in FUNDS else len(FUNDS)
        whole = sum((fact.amount.base for code, fact in codes.items() if not parent_in(code, codes)), Decimal(0))
        return any(len(code) > CLASS for code in codes), whole, -width, len(codes)

    return groups[max(groups, key=rank)] if groups else {}


def flow(examination: Examination, total: str, words: dict[Nature, str]) -> tuple[Stream, ...]:
    """From the sources of income to the classes of expenditure, and on to what kind of expenditure they are.

    ``total`` and ``words`` name the middle and the kinds. Empty where either side is missing.
    """
    parts = [part for part in composition(examination.facts) if not part.parent]
    incomes = sources(examination.facts)
    if not parts or not incomes:
        return ()
    streams = [Stream(name, total, amount, 0) for name, amount in incomes]
    streams += [Stream(total, part.name, part.amount, 1) for part in parts]
    for nature in (Nature.BASIC, Nature.PROJECT):
        found = best(spent(examination.facts, nature))
        streams += [Stream(part.name, words[nature], found[part.code].amount.base, 2) for part in parts if part.code in found]
    return tuple(streams)


def sources(facts: Facts) -> list[tuple[str, Decimal]]:
    """The lines of income that make up the total, as detailed as they add up: names and amounts."""
    amounts = {fact.source.key: fact for fact in facts.cells}
    two_sided = {block.table for block in facts.blocks if block.side is Side.EXPENDITURE}
    for block in facts.blocks:
        if block.side is Side.INCOME and block.table in two_sided:
            items = [n for n, record in enumerate(block.records) if record.role is RecordRole.ITEM and record.parent is None]
            found = [pair for n in items for pair in detailed(block, n, amounts)]
            if found:
                return found
    return []


def detailed(block: Block, index: int, amounts: dict[str, Fact]) -> list[tuple[str, Decimal]]:
    """A line of income as its parts where they add up to it, as itself otherwise; nothing where it is blank or nil."""
    record = block.records[index]
    whole = amount_of(block, record, amounts)
    below = [n for n, other in enumerate(block.records) if other.parent == index and other.role is RecordRole.ITEM]
    parts = [part for n in below if (part := amount_of(block, block.records[n], amounts)) is not None]
    if parts and (whole is None or total_of(parts).overlaps(whole.amount.interval)):
        return [pair for n in below for pair in detailed(block, n, amounts)]
    return [(clean(record.subject.name or record.label), whole.amount.base)] if whole is not None and whole.amount.base > 0 else []


def total_of(parts: Sequence[Fact]) -> Interval:
    """The sum of printed amounts."""
    return sum((part.amount.interval for part in parts), Interval.exactly(0))


def amount_of(block: Block, record: Record, amounts: dict[str, Fact]) -> Fact | None:
    """The first amount in the line."""
    found = (amounts.get(f"{block.table}.{record.row}.{column.index}") for column in block.columns)
    return next((fact for fact in found if fact is not None), None)


def changes(examination: Examination, most: int = 14) -> tuple[Change, ...]:
    """The changes that the text states, the largest first, each once."""
    found: dict[tuple[str, Decimal], Change] = {}
    for statement in examination.facts.statements:
        for comparison in statement.comparisons:
            mention = comparison.difference
            if mention is None or mention.amount is None or comparison.direction not in (Direction.UP, Direction.DOWN):
                continue
            if mention.amount.unit is None or mention.amount.unit.dimension is not Dimension.MONEY:
                continue
            difference = mention.amount.base if comparison.direction is Direction.UP else -mention.amount.base
            page = examination.document.paragraphs[mention.paragraph].page
            rate = comparison.rate.text if comparison.rate else ""
            label = clean(statement.label)
            found.setdefault((label, difference), Change(label, difference, rate, page))
    return tuple(largest(list(found.values()), most))


def largest(found: Sequence[Change], most: int) -> list[Change]:
    """The greatest changes, up or down."""
    return sorted(found, key=lambda change: -abs(change.difference))[:most]
