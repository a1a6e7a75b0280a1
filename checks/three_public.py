"""The “三公” figures of the prose, section by section: amounts and changes by item."""

from __future__ import annotations

from collections import defaultdict

from checks.book import Book
from checks.equations import Figure
from checks.recalculation import SIGN, money, statement_words
from model.facts import Direction, Statement, SubjectKind

Stated = dict[str, tuple[int, Figure, dict[str, str]]]


def of_items(book: Book) -> list[Statement]:
    """The statements on “三公” items."""
    return [s for s in book.facts.statements if s.meaning and s.meaning.subject.kind is SubjectKind.THREE_PUBLIC]


def top(statement: Statement) -> tuple[str, ...]:
    """The section a passage on “三公” makes up: its headings without those of the single items."""
    section = statement.section
    while section and any(word in section[-1] for word in ("出国", "接待", "公务用车")):
        section = section[:-1]
    return section


def first_of_each(groups: dict[tuple[object, ...], list[tuple[str, int, Figure, dict[str, str]]]]) -> list[Stated]:
    """Each group's first statement on every item; a group that states one item twice with two amounts is left out."""
    found = []
    for members in groups.values():
        stated: Stated = {}
        clear = True
        for item, sign, figure, words in members:
            known = stated.setdefault(item, (sign, figure, words))
            clear = clear and known[0] == sign and known[1].amount.base == figure.amount.base
        if clear:
            found.append(stated)
    return found


def values(book: Book) -> list[Stated]:
    """The amounts of one section, year and kind of figure, by item."""
    groups: dict[tuple[object, ...], list[tuple[str, int, Figure, dict[str, str]]]] = defaultdict(list)
    for statement in of_items(book):
        figure, meaning = money(book, statement.figure), statement.meaning
        if figure and meaning:
            words = statement_words(book, statement)
            groups[top(statement), meaning.year, meaning.basis].append((meaning.subject.key, 1, figure, words))
    return first_of_each(groups)


def changes(book: Book) -> list[Stated]:
    """The changes against one year and kind of figure, by item: signed as the words say."""
    groups: dict[tuple[object, ...], list[tuple[str, int, Figure, dict[str, str]]]] = defaultdict(list)
    for statement in of_items(book):
        for comparison in statement.comparisons:
            change, meaning = money(book, comparison.difference), statement.meaning
            if change and meaning and comparison.direction in {Direction.UP, Direction.DOWN} and comparison.direction:
                key = (top(statement), comparison.base_year, comparison.base_basis)
                groups[key].append((meaning.subject.key, SIGN[comparison.direction], change, statement_words(book, statement)))
    return first_of_each(groups)
