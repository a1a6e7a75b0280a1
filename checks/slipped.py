"""NT: amounts in the text that no equation reaches, but that are one slip away from an amount printed elsewhere for the same thing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from checks.book import Book
from checks.equations import Equation, Figure, Origin, Sum, round_to
from checks.registry import Remark, check
from checks.slips import neighbours, one_slip_away
from model.amounts import Dimension
from model.facts import Mention
from model.findings import Result

DIGITS_THAT_TELL = 5
FAR_ENOUGH = 10
HAN = re.compile(r"[\u4e00-\u9fff]")
COMMON = frozenset("年月日万元亿预算支出收入数为的比上增加减少增长下降本部门单位其中情况安排共计总合经费资金与较占主要")


def significant(value: Decimal) -> int:
    """How many digits of a value say something."""
    return len(value.copy_abs().normalize().as_tuple().digits) if value else 0


def wording(text: str) -> frozenset[str]:
    """The telling characters of a label or a sentence."""
    return frozenset(c for c in text if HAN.match(c)) - COMMON


@check("NT501", "text-amount-is-a-slip-of-another")
def slipped_amounts(book: Book) -> Iterator[Equation | Remark]:
    """An amount of the text stands nowhere else in the document, but one slip away from an amount that stands there for the same thing.

    Basis: the narrative restates amounts of the tables and of its own other passages. Only amounts of five and more telling digits
    are compared, only with those whose line or sentence has the same words, and never with one that rounding could explain.
    Likely causes: digits swapped, mistyped or dropped. Example: 涉及资金 28,506.71 in the text, 28,506.17 in the table.
    """
    places, labels, parts = places_by_value(book), labels_of(book), parts_played(book)
    for mention in book.facts.mentions:
        figure = book.mentioned(mention)
        if figure is None or not is_money(figure) or significant(figure.amount.value) < DIGITS_THAT_TELL:
            continue
        base = figure.amount.base
        if len(places.get(base, ())) > 1 or stands_elsewhere(figure, places):
            continue
        own = wording(labels.get(figure.key) or context(book, mention))
        for other in slips_of(figure, places):
            if other.key == figure.key or len(own) < 2 or not same_part(parts.get(figure.key), parts.get(other.key), other):
                continue
            if speaks_of(own, words_of(book, other, labels), other):
                yield Sum(Origin("NT501", params=slip_words(book, mention, other)), figure, ((1, other),))
                break


def parts_played(book: Book) -> dict[str, str]:
    """What each bound figure of the text is to its statement: a change, last year's amount, or a budget beside an outturn.

    The stated figures themselves are left out.
    """
    found: dict[str, str] = {}
    for statement in book.facts.statements:
        mentions = [("original", statement.original), ("revised", statement.revised)]
        mentions += [pair for c in statement.comparisons for pair in (("base", c.base), ("difference", c.difference))]
        found.update({f"p{m.paragraph}.{m.start}": part for part, m in mentions if m is not None})
    return found


def same_part(part: str | None, other_part: str | None, other: Figure) -> bool:
    """Whether two figures may be one: a change, a budget beside an outturn and last year's amount stand in few tables.

    Such a figure has one to be compared with only in another passage, where it plays the same part.
    """
    return part == other_part if other.source.table is None else part is None


def speaks_of(own: frozenset[str], words: frozenset[str], other: Figure) -> bool:
    """Whether another figure is about the same thing: half of the words in its line of a table, the same words in the text."""
    return len(own & words) * 2 >= len(own) if other.source.table is not None else own == words


def is_money(figure: Figure) -> bool:
    """Whether a figure is an amount of money."""
    return figure.amount.unit is not None and figure.amount.unit.dimension is Dimension.MONEY


def places_by_value(book: Book) -> dict[Decimal, list[Figure]]:
    """All money figures of the document by value in 元: cells, rounded to 0.01 万元 too, and mentions of the text."""
    found: dict[Decimal, list[Figure]] = defaultdict(list)
    hundred = Decimal(100)
    for fact in book.facts.cells:
        figure = book.figures[fact.source.key]
        if is_money(figure):
            for value in {abs(figure.amount.base), round_to(abs(figure.amount.base), hundred)}:
                found[value].append(figure)
    for mention in book.facts.mentions:
        stated = book.mentioned(mention)
        if stated is not None and is_money(stated):
            found[stated.amount.base].append(stated)
    return found


def stands_elsewhere(figure: Figure, places: dict[Decimal, list[Figure]]) -> bool:
    """Whether the amount is printed in another place too, to the last place or within its rounding."""
    step = figure.amount.step
    near = (figure.amount.base, figure.amount.base - step, figure.amount.base + step)
    return any(other.key != figure.key for value in near for other in places.get(value, ()))


def slips_of(figure: Figure, places: dict[Decimal, list[Figure]]) -> Iterator[Figure]:
    """The figures one slip away, too far for rounding."""
    for cause, value in neighbours(figure.amount):
        base = value * figure.amount.scale
        if cause != "sign" and abs(base - figure.amount.base) >= FAR_ENOUGH * figure.amount.step:
            yield from places.get(base, ())


def context(book: Book, mention: Mention) -> str:
    """The clause before a figure, where its subject is named."""
    text = book.document.paragraphs[mention.paragraph].text[: mention.start]
    start = max(text.rfind(mark) for mark in "。；，,;：")
    return text[start + 1 :] or text[-12:]


def labels_of(book: Book) -> dict[str, str]:
    """The label of the statement that each bound figure of the text belongs to."""
    found: dict[str, str] = {}
    for statement in book.facts.statements:
        mentions = [statement.figure, statement.original, statement.revised]
        mentions += [m for c in statement.comparisons for m in (c.base, c.difference)]
        for mention in mentions:
            if mention is not None:
                found[f"p{mention.paragraph}.{mention.start}"] = statement.label
    return found


def words_of(book: Book, figure: Figure, labels: dict[str, str]) -> frozenset[str]:
    """The words that belong to a figure: its line, column and table, or its statement's label."""
    source = figure.source
    if source.table is not None:
        return wording(source.row_label + source.column_label + book.label(source.table))
    return wording(labels.get(figure.key, ""))


def slip_words(book: Book, mention: Mention, other: Figure) -> dict[str, str]:
    """The words of a finding about an amount and the one it is a slip of."""
    place = book.label(other.source.table) if other.source.table else other.source.row_label
    return {"subject": context(book, mention)[-24:], "place": place, "row": other.source.row_label}


VEHICLES = ("purchase", "operation")


@check("NT205", "three-public-items-do-not-add-up")
def three_public_text(book: Book) -> Iterator[Equation | Remark]:
    """The “三公” figures a section states add up: total = 出国 + 公务用车 + 接待, 公务用车 = 购置 + 运行; and so do their changes.

    Basis: the definition of “三公”经费. Likely causes: a mistyped figure, an item updated without the total.
    Example: 减少 5.21 = −27.20 + 0.01 + 30.00 + 2.40.
    """
    from checks.three_public import changes, values

    for stated in (*values(book), *changes(book)):
        vehicles = ("vehicles",) if "vehicles" in stated else VEHICLES
        yield from add_up(stated, "total", ("overseas", *vehicles, "reception"))
        yield from add_up(stated, "vehicles", VEHICLES)


def add_up(stated: dict[str, tuple[int, Figure, dict[str, str]]], whole: str, names: Sequence[str]) -> Iterator[Sum]:
    """The equation of one total over its items: where all are stated, or where those stated add up but for one slip."""
    parts = [stated[name] for name in names if name in stated]
    if whole not in stated or not parts:
        return
    sign, total, words = stated[whole]
    if not total.amount.value and not any(figure.amount.value for _, figure, _ in parts):
        return
    equation = Sum(Origin("NT205", params=words), total, tuple((own * sign, figure) for own, figure, _ in parts))
    if len(parts) == len(names) or equation.result() is not Result.FAIL or (len(parts) > 1 and one_slip_away(equation)):
        yield equation
