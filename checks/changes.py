"""NT: changes that a passage lists for the parts of a total add up to the total's change."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from checks.book import Book
from checks.equations import Equation, Figure, Origin, Sum
from checks.recalculation import SIGN, money, statement_words
from checks.registry import Remark, check
from checks.text_lists import one_slip_off
from model.facts import Comparison, Direction, Statement
from model.findings import Result

Change = tuple[Statement, int, Figure]
CHANGE = re.compile(r"(?P<word>增加|增长|上升|提高|减少|下降|降低|压减)了?(?P<amount>\d[\d,]*(?:\.\d+)?)\s*万?元")
SENTENCE = re.compile(r"[^。]+")
BECAUSE = re.compile(r"主要|原因|其中|一是")
RISING = "增上提"
FEWEST = 2
LONGEST = 30  # changes in one list: every beginning of it is tried, so that a text made to be long would never end


def change_of(book: Book, statement: Statement, comparison: Comparison) -> Change | None:
    """A comparison's difference, signed as its words say."""
    figure = money(book, comparison.difference)
    sign = SIGN.get(comparison.direction) if comparison.direction in {Direction.UP, Direction.DOWN} and comparison.direction else None
    return (statement, sign, figure) if figure is not None and sign is not None else None


@check("NT207", "changes-do-not-add-up")
def changes_add_up(book: Book) -> Iterator[Equation | Remark]:
    """The changes a passage lists for sources or uses add up to the change of the total stated before them.

    Basis: a total's change is the sum of its parts' changes. A list that does not add up may be incomplete; it is reported only where
    one slip in one figure makes it add up. Example: 减少 246,429.22 = −10,300.15 + 258,146.77 − 566.25 − 95.77 − 755.40.
    """
    by_paragraph: dict[int, list[Change]] = defaultdict(list)
    for statement in book.facts.statements:
        for comparison in statement.comparisons[:1]:
            if change := change_of(book, statement, comparison):
                by_paragraph[statement.paragraph].append(change)
    for changes in by_paragraph.values():
        yield from runs(book, changes)
    yield from (e for e in (*numbered(book), *reasons(book)) if holds_or_slips(e))


def reasons(book: Book) -> Iterator[Sum]:
    """The change a sentence states with those it gives as reasons (减少 A，主要是甲增加 B，乙减少 C)."""
    for index, paragraph in enumerate(book.document.paragraphs):
        for sentence in SENTENCE.finditer(paragraph.text):
            matches = list(CHANGE.finditer(paragraph.text, sentence.start(), sentence.end()))
            stated = [(sign_of(m), f) for m in matches if (f := book.mentioned(book.mention_at.get(f"p{index}.{m.start('amount')}")))]
            if len(stated) > FEWEST and BECAUSE.search(paragraph.text, matches[0].end(), matches[1].start()):
                sign, total = stated[0]
                words = {"subject": paragraph.text[sentence.start() : matches[0].start()][-16:], "section": "", "page": str(paragraph.page)}
                yield Sum(Origin("NT207", params=words), total, tuple((sign * own, f) for own, f in stated[1:]))


def sign_of(match: re.Match[str]) -> int:
    """The sign of a change's word."""
    return 1 if match["word"][0] in RISING else -1


def runs(book: Book, changes: Sequence[Change]) -> Iterator[Sum]:
    """Of each change the longest run of changes after it that adds up; else the whole rest of its sentence, if one slip is between."""
    text = book.document.paragraphs[changes[0][0].paragraph].text
    for index, total in enumerate(changes):
        stop = text.find("。", total[2].source.end)
        rest = [c for c in changes[index + 1 : index + 1 + LONGEST] if stop < 0 or c[2].source.start < stop]
        for length in range(len(rest), 1, -1):
            equation = sum_of(book, total, rest[:length])
            if equation.result() is not Result.FAIL:
                yield equation
                break
        else:
            if len(rest) > 1 and one_slip_off(equation := sum_of(book, total, rest)):
                yield equation


def sum_of(book: Book, total: Change, parts: Sequence[Change]) -> Sum:
    """The equation of a total's change over those of its parts."""
    statement, sign, figure = total
    return Sum(Origin("NT207", params=statement_words(book, statement)), figure, tuple((sign * own, f) for _, own, f in parts))


def numbered(book: Book) -> Iterator[Sum]:
    """The same over the statements that the narrative lists as parts of another, whatever paragraph they stand in."""
    statements = book.facts.statements
    lists: dict[tuple[int, int], list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.parent is not None:
            lists[statement.parent, statement.listing].append(statement)
    for (parent, _), parts in lists.items():
        totals = [c for comparison in statements[parent].comparisons[:1] if (c := change_of(book, statements[parent], comparison))]
        own = [c for part in parts for comparison in part.comparisons[:1] if (c := change_of(book, part, comparison))]
        if totals and len(own) > 1:
            yield sum_of(book, totals[0], own)


def holds_or_slips(equation: Sum) -> bool:
    """Whether a list adds up, or would but for one slip."""
    return equation.result() is not Result.FAIL or one_slip_off(equation)
