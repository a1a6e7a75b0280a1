"""FT: columns are added up again, by code, by numbering, and to their totals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from checks.book import Book
from checks.equations import AtMost, Equation, Figure, Origin, Sum
from checks.nesting import Mode, fitting, forgiven, nested
from checks.registry import Remark, check
from model.facts import Block, Measure, Record, RecordRole, ValueColumn
from model.findings import Result

NUMBERED = re.compile(r"[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、]")
DASH = re.compile(r"^[-–—―－]+$")
TOTALS = {RecordRole.TOTAL, RecordRole.GRAND_TOTAL, RecordRole.SUBTOTAL}
Parts = tuple[tuple[Block, Record], ...]


def money_columns(block: Block) -> list[ValueColumn]:
    """The columns whose figures can be added up."""
    return [c for c in block.columns if c.measure in {Measure.AMOUNT, Measure.DIFFERENCE}]


def column_sum(book: Book, origin: Origin, total: tuple[Block, Record], parts: Parts, column: ValueColumn) -> Sum | None:
    """The equation "this line is the sum of those" in one column; None where the total is blank or nothing is printed below it.

    A blank cell of a line that prints other amounts stands for nothing, so the sum is checked without it.
    """
    stated = book.figure(*total, column)
    if stated is None:
        return None
    offset = column_offset(total[0], column)
    figures = [f for block, record in parts if (f := part_figure(book, block, record, offset)) is not None]
    if not figures and (dashed(book, parts, offset) or not any(prints(book, block, record) for block, record in parts)):
        return None
    return Sum(origin, stated, tuple((1, f) for f in figures))


def column_offset(block: Block, column: ValueColumn) -> int:
    """The position of a column among its block's amounts: the same position holds its parts in a neighbouring block."""
    return [c.index for c in block.columns].index(column.index)


def part_figure(book: Book, block: Block, record: Record, offset: int) -> Figure | None:
    """A part's figure in the column at that position of its block."""
    return book.figure(block, record, block.columns[offset]) if offset < len(block.columns) else None


def dashed(book: Book, parts: Parts, offset: int) -> bool:
    """Whether every part prints a dash in that column: the form asks no division of it (预算数 of 国内接待费: —)."""
    texts = [book.tables[b.table].rows[r.row].cells[b.columns[offset].index].text.strip() for b, r in parts if offset < len(b.columns)]
    return bool(texts) and all(DASH.match(text) for text in texts)


def prints(book: Book, block: Block, record: Record) -> bool:
    """Whether a line prints any amount at all."""
    return any(book.figure(block, record, column) is not None for column in block.columns)


def children_of(block: Block) -> dict[int, list[Record]]:
    """Records by the index of the line they are parts of."""
    found: dict[int, list[Record]] = defaultdict(list)
    for record in block.records:
        if record.parent is not None:
            found[record.parent].append(record)
    return found


@check("FT101", "parts-do-not-add-up")
def parts_add_up(book: Book) -> Iterator[Equation | Remark]:
    """Each class, section and numbered item of a table equals the sum of its parts, in every column of amounts.

    Basis: 政府收支分类科目 (class = Σ sections, section = Σ items; 301 = Σ 30101 …) and the published forms, whose numbered lines
    (一、 1. （1）) add up. Likely causes: a mistyped digit, a line left out or entered under another class, a figure in the wrong column.
    Example: 206 科学技术支出 301.00 against 230.00 + 80.00 = 310.00.
    """
    for blocks in book.groups.values():
        for number, block in enumerate(blocks):
            for parent, children in children_of(block).items():
                whole = block.records[parent]
                plain = [c for c in children if c.role is RecordRole.ITEM]
                details = [c for c in children if c.role is RecordRole.OF_WHICH]
                if details or loosely_listed(whole, children):
                    yield from of_which(book, block, whole, children)
                elif plain:
                    yield from added_up(book, (block, whole), (*((block, p) for p in plain), *continued(whole, blocks[number + 1 :])))


def continued(whole: Record, later: Sequence[Block]) -> Parts:
    """The parts of a class that go on at the head of the next halves of the table (30231 … beside 302), under no line of their own."""
    found: list[tuple[Block, Record]] = []
    for block in later:
        for record in block.records:
            code = record.subject.code
            if record.parent is not None or code is None or not under(code, whole.subject.code) or record.role is not RecordRole.ITEM:
                return tuple(found)
            found.append((block, record))
    return tuple(found)


def under(code: str, upper: str | None) -> bool:
    """Whether a code is one level below another."""
    return upper is not None and len(code) == len(upper) + 2 and code.startswith(upper)


def loosely_listed(whole: Record, children: Sequence[Record]) -> bool:
    """Whether lines are parts by their words alone (no code, no numbering), so that they may be some of the parts only."""
    if any(c.subject.code is not None for c in children) or (len(children) > 1 and all(NUMBERED.match(c.label) for c in children)):
        return False
    return whole.subject.code is not None or whole.subject.kind == children[0].subject.kind


def sums(book: Book, block: Block, whole: Record, parts: Sequence[Record], rule: str = "FT101") -> Iterator[Sum]:
    """One equation a column."""
    yield from added_up(book, (block, whole), tuple((block, p) for p in parts), rule)


def added_up(book: Book, whole: tuple[Block, Record], parts: Parts, rule: str = "FT101") -> Iterator[Sum]:
    """One equation a column, over parts that may stand in several halves of the table."""
    for column in money_columns(whole[0]):
        origin = Origin(rule, params=words(book, *whole, column))
        if equation := column_sum(book, origin, whole, parts, column):
            yield equation


def of_which(book: Book, block: Block, whole: Record, parts: Sequence[Record]) -> Iterator[Equation]:
    """其中 lines: a sum where they add up in some column, otherwise none may exceed the whole."""
    equations = list(sums(book, block, whole, parts))
    if any(e.result() is not Result.FAIL and len(e.parts) > 0 for e in equations):
        yield from equations
        return
    for equation in equations if any(p.role is RecordRole.OF_WHICH for p in parts) else ():
        for _, part in equation.parts:
            yield AtMost(Origin("FT102", params=equation.says.params), part, equation.total)


@check("FT102", "part-exceeds-whole")
def parts_within(_book: Book) -> Iterator[Equation | Remark]:
    """A line marked 其中 is no larger than the line it is a part of.

    Basis: the meaning of 其中. Likely causes: the part or the whole is mistyped, or the part belongs to another line.
    Its equations are stated together with FT101. Example: 其中：一般财力 722.49 within 一般公共预算拨款 832.49.
    """
    return iter(())


@check("FT201", "column-does-not-foot")
def columns_foot(book: Book) -> Iterator[Equation | Remark]:
    """Each 合计, 小计 and 总计 line equals the sum of the lines it stands for, in every column of amounts.

    Basis: the published forms. Which lines a total stands for is read from where it stands (first or last, after 本年收入合计 and the
    carry-over) and confirmed by the other columns. Likely causes: a line left out or counted twice, a mistyped figure.
    Example: 收入总计 6,544.63 = 本年收入 1,032.49 + 上年结转结余 5,512.15 − a rounding difference of 0.01.
    """
    for blocks in book.groups.values():
        for number, block in enumerate(blocks):
            for index, record in enumerate(block.records):
                if record.role in TOTALS:
                    yield from total_line(book, blocks, number, index)
                    yield from shared_total(book, blocks, number, index)


@check("FT202", "head-does-not-sum-its-lines")
def heads_foot(book: Book) -> Iterator[Equation | Remark]:
    """In a list whose levels show in its sums alone, a line that heads others (a unit, a category) equals the sum of the lines below it.

    Basis: project, procurement and unit lists repeat the same money at several levels. The levels are read from the columns that add up.
    Example: 货物 5.50 over 办公用品 1.30 and 设备 4.20.
    """
    for blocks in book.groups.values():
        for number, block in enumerate(blocks):
            items = roots(block, range(len(block.records)))
            if len({r.subject.code is None for r in items}) == 1 and len(items) > 1:
                for head, parts in heads_of(book, blocks, number, items).items():
                    yield from sums(book, block, items[head], [items[i] for i in parts], "FT202")


def heads_of(book: Book, blocks: Sequence[Block], number: int, items: Sequence[Record]) -> dict[int, list[int]]:
    """The lines of a list that head others: under the levels by which it adds up to its total, one slip forgiven if need be."""
    block = blocks[number]
    index = next((i for i, r in enumerate(block.records) if r.role in TOTALS), None)
    if index is not None:
        total = block.records[index]
        heads = fitting(book, block, items, total)
        if heads is None and not any(column_holds(book, blocks, number, index)):
            heads = forgiven(book, block, items, total)
        if heads is not None:
            return heads
    return nested(book, block, items, Mode.PLAIN)[1]


def column_holds(book: Book, blocks: Sequence[Block], number: int, index: int) -> Iterator[bool]:
    """Whether some reading of a total line holds, column by column and reading by reading."""
    for parts in readings(book, blocks, number, index):
        for equation in total_equations(book, (blocks[number], blocks[number].records[index]), parts):
            yield equation.result() is not Result.FAIL and bool(equation.parts)


def total_line(book: Book, blocks: Sequence[Block], number: int, index: int) -> Iterator[Sum]:
    """The equations of one total line: of all readings of what it stands for, the one that holds in the most columns."""
    block, record = blocks[number], blocks[number].records[index]
    best: list[Sum] = []
    most = -1
    for parts in readings(book, blocks, number, index):
        equations = total_equations(book, (block, record), parts)
        holding = sum(e.result() is not Result.FAIL and bool(e.parts) for e in equations)
        if equations and holding > most:
            best, most = equations, holding
    if most > 0 or not best:
        yield from best
        return
    items = uncoded(roots(block, range(len(block.records))))
    heads = forgiven(book, block, items, record) or {}
    under = {i for parts in heads.values() for i in parts}
    tops = tuple((block, item) for i, item in enumerate(items) if i not in under)
    yield from total_equations(book, (block, record), tops) if heads else best


def shared_total(book: Book, blocks: Sequence[Block], number: int, index: int) -> Iterator[Sum]:
    """The equations of a total that is printed once for two lists of the same money: in the next half, blank in this one."""
    own, record = blocks[number], blocks[number].records[index]
    if prints(book, own, record):
        return
    for later in range(number + 1, min(number + 2, len(blocks))):
        block = blocks[later]
        for place, total in enumerate(block.records):
            if (total.row, total.label, total.role) == (record.row, record.label, record.role) and alone(book, blocks, later, place):
                options = [total_equations(book, (block, total), parts) for parts in readings(book, blocks, number, index)]
                yield from max(options, key=lambda found: sum(e.result() is not Result.FAIL for e in found), default=())


def alone(book: Book, blocks: Sequence[Block], number: int, index: int) -> bool:
    """Whether a total is that of its own half's lines: no list that goes on in another half."""
    keys = {f"{blocks[number].table}.{r.row}.{c.index}" for r in blocks[number].records for c in blocks[number].columns}
    found = list(total_line(book, blocks, number, index))
    return all(e.result() is not Result.FAIL and {figure.key for figure in e.figures} <= keys for e in found) and bool(found)


def total_equations(book: Book, total: tuple[Block, Record], parts: Parts) -> list[Sum]:
    """The equations of a total line over the lines it stands for, one a column."""
    block, record = total
    columns = money_columns(block)
    found = [column_sum(book, Origin("FT201", params=words(book, block, record, c)), total, parts, c) for c in columns]
    return [equation for equation in found if equation is not None]


def readings(book: Book, blocks: Sequence[Block], number: int, index: int) -> Iterator[Parts]:
    """What a total line may stand for, the likeliest first; each a set of lines."""
    block = blocks[number]
    above = block.records[:index]
    previous = next((i for i in range(index - 1, -1, -1) if above[i].role in TOTALS), None)
    roots_above = roots(block, range(index))
    since = roots(block, range((previous if previous is not None else -1) + 1, index))
    below = roots(block, range(index + 1, next_total(block, index)))
    options: list[Sequence[Record]] = []
    if previous is not None and block.records[index].role is RecordRole.GRAND_TOTAL:
        options.append([above[previous], *since])
    options += [since, roots_above, coded(roots_above), uncoded(roots_above)]
    if previous is not None:
        options.append([above[previous], *since])
        options.append([r for r in above if r.role is RecordRole.SUBTOTAL])
        options.append([r for r in above if r.role is RecordRole.TOTAL])
    options += [below, coded(below), uncoded(below), roots(block, range(index + 1, len(block.records)))]
    for lines in (since, roots_above, below):
        for mode in Mode:
            tops, heads = nested(book, block, lines, mode)
            if heads:
                options.append([lines[i] for i in tops])
    for option in options:
        if option:
            yield tuple((block, record) for record in option)
    yield from across(blocks, number)


def next_total(block: Block, index: int) -> int:
    """The index of the next total line below, or the number of lines."""
    later = range(index + 1, len(block.records))
    return next((i for i in later if block.records[i].role in TOTALS), len(block.records))


def across(blocks: Sequence[Block], number: int) -> Iterator[Parts]:
    """The lines of several halves of one side that continue each other (301 ‖ 302 ‖ 310): with the later or some earlier ones, or all.

    Income and expenditure are equal in all, and so are two lists of the same money: the lines of the one would always stand for the
    total of the other. So a half that holds lines of its own gives some of them.
    """
    own = blocks[number]
    if len(blocks) > 1:
        for chosen in (blocks[number:], *(blocks[start : number + 1] for start in range(number)), blocks):
            parts = tuple(classes([(b, r) for b in chosen if b.side is own.side for r in coded(roots(b, range(len(b.records))))]))
            if any(b is own for b, _ in parts) or (parts and not roots(own, range(len(own.records)))):
                yield parts


def classes(lines: Sequence[tuple[Block, Record]]) -> Iterator[tuple[Block, Record]]:
    """The lines that are no part of an earlier one by their codes: 30231 at the head of a half goes on under 302 of the half before."""
    above: list[str] = []
    for block, record in lines:
        code = record.subject.code or ""
        if not any(code.startswith(upper) and code != upper for upper in above):
            above.append(code)
            yield block, record


def roots(block: Block, indices: range) -> list[Record]:
    """The lines in a range that are no part of another line and no total."""
    return [block.records[i] for i in indices if block.records[i].parent is None and block.records[i].role is RecordRole.ITEM]


def coded(records: Sequence[Record]) -> list[Record]:
    """Those with a classification code."""
    return [r for r in records if r.subject.code is not None]


def uncoded(records: Sequence[Record]) -> list[Record]:
    """Those without a classification code."""
    return [r for r in records if r.subject.code is None]


def words(book: Book, block: Block, record: Record, column: ValueColumn) -> dict[str, str]:
    """The words of a finding about one line in one column."""
    label = " ".join(part for part in (record.subject.code, record.label) if part)
    return {"table": book.label(block.table), "row": label, "column": " › ".join(column.path)}
