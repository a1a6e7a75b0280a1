"""Table rows as records: one labelled line of figures each, two for a row of a two-sided table."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from model.amounts import Amount, Unit, count_unit
from model.document import Document, Table
from model.geometry import Box, Place, union_of
from retrieval.columns import Block, Role, blocks_of, meaningful
from retrieval.figures import read_cell, unit_in
from retrieval.text import bare, flat, without_code

_LEADING_CODE = re.compile(r"^\s*[\[【]?(\d{3}(?:\d{2}){0,2})[\]】]?\s*[-—.]?\s*(?=[^\d\s.,])")
_RANKS = (
    re.compile(r"^\s*[一二三四五六七八九十]+[、.．]"),
    re.compile(r"^\s*[（(][一二三四五六七八九十]+[)）]"),
    re.compile(r"^\s*(?:\d{1,2}[、.．]|其中)"),
    re.compile(r"^\s*[（(]\d{1,2}[)）]"),
)
_UNIT_COLUMN = re.compile(r"^(?:单位名称|预算单位|部门名称|单位)$")
_LEAST_UNITS = 2
_COUNTS = {"人数": "人", "数量": "", "个数": "个", "得分": "分", "面积": "平方米"}
GRAND = frozenset({"收入总计", "支出总计", "收入合计", "支出合计", "本年收入合计", "本年支出合计", "本年收入", "本年支出"})
_YEARLY = re.compile(r"20\d{2}年?度?(?:预算数|决算数)?")
TOTALS = frozenset({"合计", "总计", "小计", "本年合计", "本级合计", "支出合计", "收入合计", "部门合计", "单位合计", "共计"})


@dataclass(frozen=True, slots=True)
class Value:
    """One figure of a record: its column, the column's header path, the text as printed and its amount."""

    column: int
    path: tuple[str, ...]
    text: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a table, one side of it where it has two.

    ``label`` is the subject as printed, ``code`` its digits joined over the code columns, ``above`` the labels of its classes, outermost
    first; ``texts`` are the other words of the line by column header (采购方式, 备注 …); ``paths`` are the headers of its figure columns;
    ``whole`` says that the line is the whole organisation's.
    """

    table: Table
    row: int
    side: int
    label: str
    code: str
    above: tuple[str, ...]
    values: tuple[Value, ...]
    texts: tuple[tuple[str, str], ...]
    paths: tuple[tuple[str, ...], ...]
    place: Place
    whole: bool = False

    @property
    def name(self) -> str:
        """The label without numbering, flat; "" for a row without label."""
        return bare(without_code(self.label))

    @property
    def title(self) -> str:
        """Code and label, as a citation names the row."""
        return " ".join(part for part in (self.code, self.label) if part)

    @property
    def is_total(self) -> bool:
        """Whether it is a table's total or subtotal line."""
        return self.whole or self.name in TOTALS or bool(_YEARLY.fullmatch(self.name)) or (not self.name and not self.code)

    @property
    def level(self) -> int:
        """Depth: 1 class, 2 section, 3 item by the code's length; 0 for a total; otherwise one more than what is above."""
        if self.code and self.code[0].isdigit():
            return max(1, (len(self.code) - 1) // 2)
        return 0 if self.is_total else len(self.above) + 1

    @property
    def printed(self) -> str:
        """The line as printed, cells separated by blanks."""
        words = [text for _, text in self.texts if text != self.label]
        return " ".join([*(p for p in (self.code, self.label) if p), *words, *(v.text for v in self.values)])

    @property
    def key(self) -> tuple[str, int, int]:
        """Table, row and side: its identity in the document."""
        return (self.table.id, self.row, self.side)


def records_of(document: Document) -> list[Record]:
    """All records of all tables, in printed order."""
    own = flat(document.organization)
    found = [record for table in document.tables for record in table_records(table)]
    totalled = {record.table.id for record in found if record.name in TOTALS}
    named = {own, f"{own}本级"} if own else set()
    found = [replace(r, whole=True) if r.name in named and r.table.id not in totalled else r for r in found]
    return _below_units(found, _units(found) | named)


def _units(records: list[Record]) -> set[str]:
    """The units that tables list by name (单位名称), flat and without (本级)."""
    return {_unit(text) for record in records for header, text in record.texts if _UNIT_COLUMN.search(header)}


def _unit(label: str) -> str:
    return flat(label).removesuffix("本级")


def _below_units(records: list[Record], units: set[str]) -> list[Record]:
    """In tables that name units in rows of their own, the rows below each belong to it."""
    headed: dict[str, set[str]] = defaultdict(set)
    for record in records:
        if not record.code and record.label and _unit(record.label) in units:
            headed[record.table.id].add(_unit(record.label))
    labels = Counter(record.table.id for record in records if record.label)
    found, unit, table = [], "", ""
    for record in records:
        unit, table = unit if record.table.id == table else "", record.table.id
        if (
            len(headed[table]) < _LEAST_UNITS
            or labels[table] <= 2 * len(headed[table])
            or any(_UNIT_COLUMN.search(h) for h, _ in record.texts)
        ):
            found.append(record)
            continue
        if _unit(record.label) in headed[table]:
            unit = record.label
        below = unit and unit != record.label and not record.is_total
        found.append(replace(record, above=(unit, *record.above)) if below else record)
    return found


def table_records(table: Table) -> list[Record]:
    """One table's records; rows without any word or figure are left out."""
    texts = _filled(table)
    if not any(meaningful(path) for path in table.columns):
        from retrieval.forms import form_records  # forms are made of records

        return list(form_records(table, texts))
    found: list[Record] = []
    for side, block in enumerate(blocks_of(table, texts)):
        found.extend(_side_records(table, texts, side, block))
    found.sort(key=lambda record: (record.row, record.side))
    return found


def column_unit(table: Table, column: int) -> Unit | None:
    """The unit of one column: that of its header where it names one, else the table's."""
    path = meaningful(table.columns[column]) if column < len(table.columns) else ()
    counted = next((unit for word, unit in _COUNTS.items() if path and path[-1].endswith(word)), None)
    if counted is not None:
        return count_unit(counted)
    for part in reversed(path):
        if "（" in part or "(" in part or part.endswith("%"):
            unit = unit_in(part)
            if unit:
                return unit
    return unit_in(table.unit or "")


def _filled(table: Table) -> list[list[str]]:
    """The body's texts, a cell merged over rows repeated in the rows it covers."""
    texts = [list(row.texts) for row in table.rows]
    for i, row in enumerate(table.rows):
        for j, cell in enumerate(row.cells):
            if cell.row_span > 1 and cell.text and read_cell(cell.text, None) is None:
                for below in range(i + 1, min(i + cell.row_span, len(texts))):
                    if j < len(texts[below]) and not texts[below][j]:
                        texts[below][j] = cell.text
    return texts


def _side_records(table: Table, texts: list[list[str]], side: int, block: Block) -> Iterator[Record]:
    units = {j: column_unit(table, j) for j in block.of(Role.AMOUNT)}
    paths = tuple(meaningful(table.columns[j]) for j in block.of(Role.AMOUNT))
    lineage = _Lineage()
    for i, row in enumerate(texts):
        code = lineage.code([row[j].strip() for j in block.codes])
        label = next((row[j] for j in block.label_order if row[j].strip()), "")
        if not code:
            found = _LEADING_CODE.match(label)
            code = found.group(1) if found else ""
            label = label[found.end() :] if found else label
        values = tuple(_values(table, row, block, units))
        words = tuple((_leaf(table, j), row[j]) for j in block.words if row[j].strip())
        if not (label or code or values or words):
            continue
        above = lineage.above(code, label)
        yield Record(table, i, side, label, code, above, values, words, paths, _place(table, i, block))


def _values(table: Table, row: list[str], block: Block, units: dict[int, Unit | None]) -> Iterator[Value]:
    for j in block.of(Role.AMOUNT):
        amount = read_cell(row[j], units[j])
        if amount is not None:
            yield Value(j, meaningful(table.columns[j]), row[j].strip(), amount)


def _leaf(table: Table, column: int) -> str:
    path = meaningful(table.columns[column])
    return flat(path[-1]) if path else ""


def _place(table: Table, i: int, block: Block) -> Place:
    row = table.rows[i]
    boxes = [row.cells[j].box for j in block.all if row.cells[j].text]
    box: Box = union_of(boxes) if boxes else row.box
    return Place(row.page, box)


class _Lineage:
    """Follows a table downwards: completes codes split over columns, remembers which labels stand above a row."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.names: dict[str, str] = {}
        self.ranked: list[tuple[int, str]] = []

    def code(self, parts: list[str]) -> str:
        """The row's full code from its code cells; parts printed only once per block are taken from the rows above."""
        parts = [part if part.replace(" ", "").isdigit() else "" for part in parts]
        if len(parts) < 2 or not any(parts):
            return "".join(parts).replace(" ", "")
        first = next(i for i, part in enumerate(parts) if part)
        if len(parts[first]) == 2 and first and len(self.parts) > first:
            parts[:first] = self.parts[:first]
        self.parts = parts
        longest = max(parts, key=len)
        return longest if len(longest) > 3 else "".join(parts)

    def above(self, code: str, label: str) -> tuple[str, ...]:
        """The labels of the classes the row belongs to; then the row itself is remembered."""
        if code:
            self.names[code] = label
            return tuple(self.names[code[:n]] for n in range(3, len(code), 2) if code[:n] in self.names)
        rank = next((i for i, pattern in enumerate(_RANKS) if pattern.match(label)), None)
        if rank is None:
            return tuple(name for _, name in self.ranked) if bare(label) not in TOTALS else ()
        self.ranked = [(r, name) for r, name in self.ranked if r < rank]
        above = tuple(name for _, name in self.ranked)
        self.ranked.append((rank, label))
        return above
