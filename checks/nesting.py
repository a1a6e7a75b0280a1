"""Lists whose levels neither codes nor numbers tell (units over projects, categories over items): the levels are read from the sums."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from checks.book import Book
from checks.equations import Origin, Sum
from checks.slips import one_slip_away
from model.amounts import Interval
from model.facts import Block, Measure, Record
from model.findings import Result


class Mode(Enum):
    """How the levels of a list may be told."""

    PLAIN = "plain"
    INDENTED = "indented"
    SINGLE = "single"


ENOUGH_COLUMNS = 4
LONGEST_LIST = 60
OTHER_HEADS = 2
Vector = dict[int, Interval]
Nodes = dict[int, list[int]]


def vector(book: Book, block: Block, record: Record) -> Vector:
    """A line's printed amounts by column."""
    found: Vector = {}
    for column in block.columns:
        figure = book.figure(block, record, column)
        if figure is not None and figure.amount.value and column.measure in {Measure.AMOUNT, Measure.DIFFERENCE}:
            found[column.index] = figure.amount.interval
    return found


def nested(book: Book, block: Block, records: Sequence[Record], mode: Mode) -> tuple[list[int], Nodes]:
    """The top lines of a list, and which lines each head is the sum of (indices into ``records``).

    From the bottom up, a line becomes the head of the shortest run of lines right below it that adds up to it in every column.
    ``INDENTED`` takes only lines further in for parts. There, and with ``SINGLE``, one line may be all there is under a head, which
    equal neighbours would pretend too.
    """
    vectors = [vector(book, block, record) for record in records]
    return arranged(vectors, [record.depth for record in records], mode)


def arranged(vectors: Sequence[Vector], depths: Sequence[int], mode: Mode, given: tuple[int, int] | None = None) -> tuple[list[int], Nodes]:
    """The same for lines already turned into amounts and depths; ``given`` makes a line the head of so many whatever they add up to."""
    indented = mode is Mode.INDENTED
    tops: list[int] = []
    heads: Nodes = {}
    for index in range(len(vectors) - 1, -1, -1):
        stop = next((n for n, i in enumerate(tops) if indented and depths[i] <= depths[index]), len(tops))
        run = tops[:stop]
        count = run_below(vectors[index], [vectors[i] for i in run], single=mode is not Mode.PLAIN)
        if given and given[0] == index and given[1] <= len(run):
            count = given[1]
        if count:
            heads[index] = tops[:count]
            tops = tops[count:]
        tops.insert(0, index)
    return tops, heads


def fitting(book: Book, block: Block, items: Sequence[Record], total: Record | None) -> Nodes | None:
    """The heads of a list under the first way of telling its levels by which its top lines add up to its total line.

    None where there is no such way.
    """
    wanted = vector(book, block, total) if total else {}
    for mode in Mode:
        tops, heads = nested(book, block, items, mode)
        lines = [vector(book, block, items[i]) for i in tops]
        if heads and foots(wanted, lines):
            return heads
    return None


def forgiven(book: Book, block: Block, items: Sequence[Record], total: Record) -> Nodes | None:
    """The heads of a list that adds up to its total once one head is taken as such although its lines do not add up to it.

    One slip must keep them from it, or other heads must show that the list is meant so. The innermost is taken first: a slip below
    it looks like one below every head above.
    """
    wanted = vector(book, block, total)
    flat, depths = [vector(book, block, item) for item in items], [item.depth for item in items]
    if not wanted or len(items) > LONGEST_LIST or foots(wanted, flat):
        return None
    for mode in (Mode.INDENTED, Mode.PLAIN):
        if not arranged(flat, depths, mode)[1]:
            continue
        for index in range(len(items) - 2, -1, -1):
            for count in counts(depths, index, mode):
                tops, heads = arranged(flat, depths, mode, (index, count))
                parts = heads.get(index, [])
                if len(parts) != count or not adds_up(wanted, flat, tops, index, parts):
                    continue
                if slipped(book, block, items, index, parts) or (mode is Mode.INDENTED and len(heads) > OTHER_HEADS):
                    return heads
    return None


def counts(depths: Sequence[int], index: int, mode: Mode) -> range:
    """How many lines a head may have: where the indentation tells, up to all that are further in."""
    if mode is not Mode.INDENTED:
        return range(2, len(depths) - index)
    inner = next((n for n, depth in enumerate(depths[index + 1 :]) if depth <= depths[index]), len(depths) - index - 1)
    return range(inner, 0, -1)


def adds_up(wanted: Vector, flat: Sequence[Vector], tops: Sequence[int], head: int, parts: Sequence[int]) -> bool:
    """Whether the top lines add up to the total, with the head's amounts as printed or as its lines have them."""
    if foots(wanted, [flat[i] for i in tops]):
        return True
    summed: Vector = {}
    for part in parts:
        add(summed, flat[part])
    return head in tops and foots(wanted, [summed if i == head else flat[i] for i in tops])


def foots(total: Vector, lines: Sequence[Vector]) -> bool:
    """Whether all the lines that print anything add up to the total."""
    printed = [line for line in lines if line]
    return run_below(total, printed, single=True) == len(printed) > 0


def slipped(book: Book, block: Block, items: Sequence[Record], head: int, parts: Sequence[int]) -> bool:
    """Whether one slip of the pen in one figure makes a head the sum of its lines, in the columns where it is not."""
    for column in block.columns:
        stated = book.figure(block, items[head], column)
        added = [f for i in parts if (f := book.figure(block, items[i], column)) is not None]
        if stated is None or not added:
            continue
        equation = Sum(Origin("FT202"), stated, tuple((1, f) for f in added))
        if equation.result() is Result.FAIL:
            return one_slip_away(equation)
    return False


def run_below(head: Vector, below: Sequence[Vector], *, single: bool) -> int:
    """How many of the lines below add up to the head; 0 where no run does."""
    if not head:
        return 0
    total: Vector = {}
    for count, line in enumerate(below, 1):
        add(total, line)
        if (count > 1 or single) and equal(head, total):
            return count
        if exceeds(total, head):
            return 0
    return 0


def add(total: Vector, line: Vector) -> None:
    """Add a line to a sum of lines."""
    for column, interval in line.items():
        total[column] = total[column] + interval if column in total else interval


def equal(head: Vector, total: Vector) -> bool:
    """Whether two lines agree in every column either prints; of four columns and more one may be the wrong figure looked for."""
    if head.keys() != total.keys():
        return False
    return sum(not total[c].overlaps(head[c]) for c in head) <= (1 if len(head) >= ENOUGH_COLUMNS else 0)


def exceeds(total: Vector, head: Vector) -> bool:
    """Whether the lines below are already more than the head in some column, so that no longer run can fit."""
    above = sum(c not in head or interval.low > head[c].high for c, interval in total.items() if interval.low > 0)
    return above > (1 if len(head) >= ENOUGH_COLUMNS else 0)
