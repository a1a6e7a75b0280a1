"""Figures read with doubt from a scan: what includes one is open rather than wrong, and the sums settle which digits they are.

A doubtful figure with which a sum holds to the digit is no longer in doubt. It is settled when a value that the recognition itself took
for possible, or one digit away, makes failing equations hold and breaks none that passes: that value takes the read one's place, and a
notice says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from checks.book import Book
from checks.equations import Equation, Sum
from checks.registry import Remark, check
from checks.suspects import Repair, System
from model.facts import Fact, Facts
from model.findings import Result, Severity

SETTLING = frozenset({"digit", "digit-dropped", "digit-added", "decimal-point", "sign"})  # slips of an eye as well as of a pen


@dataclass(frozen=True, slots=True)
class Settled:
    """A doubtful figure whose value the sums tell: the fact as read, and with that value."""

    read: Fact
    fact: Fact


def opened(equations: Sequence[Equation], results: Iterable[Result]) -> list[Result]:
    """The outcomes; open are those that fail and include a doubtful figure or one of no unit, and those that include one not read."""
    return [
        Result.OPEN if any(f.unread for f in equation.figures) or (result is Result.FAIL and is_undecided(equation)) else result
        for equation, result in zip(equations, results, strict=True)
    ]


def is_undecided(equation: Equation) -> bool:
    """Whether figures that do not agree may do so: one is read with doubt, or has no unit where another has one."""
    unitless = {f.amount.unit is None for f in equation.figures if f.amount.value}
    return any(f.doubtful for f in equation.figures) or (isinstance(equation, Sum) and len(unitless) > 1)


def settle(book: Book, equations: Sequence[Equation]) -> tuple[Facts, tuple[Settled, ...]]:
    """The facts with the doubtful figures that the equations confirm or settle no longer in doubt, and the settled ones."""
    doubtful = {key for key, fact in book.fact_at.items() if fact.doubtful}
    if not doubtful:
        return book.facts, ()
    system = System(equations)
    confirmed = doubtful & sound(system)
    settled = tuple(settlements(book, system, doubtful - confirmed))
    new = {item.fact.source.key: item.fact for item in settled}
    new |= {key: replace(book.fact_at[key], doubtful=False) for key in confirmed}
    cells = tuple(new.get(fact.source.key, fact) for fact in book.facts.cells)
    return replace(book.facts, cells=cells), settled


def sound(system: System) -> set[str]:
    """The figures that sums hold with, to the digit: one read wrong would break them."""
    passing = (e for e, r in zip(system.equations, system.results, strict=True) if r is Result.PASS and not e.says.soft)
    return {figure.key for equation in passing if isinstance(equation, Sum) for figure in equation.figures}


def settlements(book: Book, system: System, doubtful: set[str]) -> Iterator[Settled]:
    """The values that mend failing equations and break none, those that mend the most first; each equation is used once."""
    failing = set(system.failing())
    figures = {f.key: f for i in sorted(failing) for f in system.equations[i].figures if f.key in doubtful}
    repairs = [r for f in figures.values() if (r := system.repair(f, failing)) is not None and not r.breaks]
    for repair in sorted(repairs, key=lambda r: r.rank, reverse=True):
        value = reading_of(book, repair)
        if value is not None and set(repair.explains) <= failing and system.hard(repair.explains):
            fact = book.fact_at[repair.figure.key]
            yield Settled(fact, replace(fact, amount=replace(fact.amount, value=value), doubtful=False))
            failing -= set(repair.explains)


def reading_of(book: Book, repair: Repair) -> Decimal | None:
    """The value a figure must have, if it may be what is printed: a text the recognition thought of, or one slip of an eye away."""
    figure = repair.figure
    for text in book.others(figure):
        try:
            value = Decimal(text.replace(",", "").rstrip("%"))
        except InvalidOperation:
            continue
        if repair.wanted.contains(value * figure.amount.scale):
            return value
    return repair.proposed if repair.cause in SETTLING else None


@check("OC101", "reading-in-doubt", Severity.NOTICE)
def reading_in_doubt(book: Book) -> Iterator[Remark]:
    """A figure of a scanned page that was recognised with doubt is to be looked at on the page.

    Basis: none but the picture; checks that fail with such a figure stay open. Where the sums tell the value, it is taken and named.
    Example: 5,392.15 read as 5,892.15 with 0.61; the subtotal above it holds with 5,392.15.
    """
    for fact in book.facts.cells:
        if fact.doubtful:
            yield notice(fact, None)


def notice(read: Fact, settled: Fact | None) -> Remark:
    """The notice of a doubtful figure, with the value the sums tell."""
    source = read.source
    return Remark(
        "OC101",
        (("stated", source),),
        {"row": source.row_label, "column": source.column_label, "page": str(source.place.page)},
        variant="settled" if settled else "",
        stated=source.text,
        expected=settled.amount.text if settled else "",
        unit=read.amount.unit.symbol if read.amount.unit else "",
    )
