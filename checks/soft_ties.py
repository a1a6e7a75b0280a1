"""TI: contributions and housing funds as economic sections and as functional items: the same money where basic expenditure pays it."""

from __future__ import annotations

from collections.abc import Iterator

from checks.book import Book
from checks.equations import Equation, Origin, Sum
from checks.registry import Remark, check
from checks.ties import figure, tie_words
from model.facts import Fact, Fund, Nature, SubjectKind
from model.findings import Result

PAIRS = {"30108": "2080505", "30109": "2080506", "30113": "2210201"}
BASIC = {Nature.BASIC, Nature.PERSONNEL, Nature.TOTAL}


@check("TI201", "contribution-differs-from-item")
def contributions(book: Book) -> Iterator[Equation | Remark]:
    """Contributions as economic sections equal their functional items where basic expenditure pays them.

    Basis: 30108 = 2080505, 30109 = 2080506, 30113 = 2210201 for money of basic expenditure. The identity is no rule (other units may
    pay), so it only supports the search for the wrong figure, and accuses nobody.
    Example: 30113 住房公积金 38.11 = 2210201 住房公积金 38.11.
    """
    for economic, functional in PAIRS.items():
        left = facts_of(book, SubjectKind.ECONOMIC, economic)
        right = facts_of(book, SubjectKind.FUNCTION, functional)
        for fact in left[:2]:
            agreeing = [other for other in right if other.amount.interval.overlaps(fact.amount.interval)]
            for other in (agreeing or right)[:1]:
                says = Origin("TI201", params=tie_words(book, fact, other), soft=True)
                tie = Sum(says, figure(book, fact), ((1, figure(book, other)),))
                if tie.result() is not Result.FAIL or len(right) > 1:
                    yield tie


def facts_of(book: Book, kind: SubjectKind, code: str) -> list[Fact]:
    """The amounts of basic expenditure from general public money that the tables print for a code."""
    return [
        fact
        for fact in book.facts.cells
        if fact.meaning.subject.kind is kind
        and fact.meaning.subject.key == code
        and fact.meaning.nature in BASIC
        and fact.meaning.fund in {Fund.GENERAL_PUBLIC, Fund.FISCAL, Fund.ALL}
        and fact.amount.value
    ]
