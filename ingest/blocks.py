"""Tables into blocks: which columns are codes, labels and amounts, where a two-sided table divides, what each line is called."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.fonts import UNREADABLE
from ingest.forms import Form, read_column
from ingest.hierarchy import Entry, build, is_unit, role_of
from ingest.numbers import is_blank, read_amount
from ingest.subjects import bare, codes_by_name, essence, is_total, kind_of_code, names, split_code, squeeze, subject_of
from model.document import Row, Table
from model.facts import Block, Measure, RecordRole, Side, Subject, SubjectKind, ValueColumn

CODE_HEADER = re.compile(r"编码|代码|编号|^[类款项]$|科目$")
INDEX_HEADER = re.compile(r"行次|栏次|^序号$|^行号$|(?:单位|部门|机构)(?:编码|代码|编号)$")
LABEL_HEADER = re.compile(
    r"名称|^项目$|内容|备注|说明|目标|指标|依据|方式|类型|类别|时间|期限|品目|规格|单位$|来源|负责人|电话|地址|简介|要求"
)
MONEY_HEADER = re.compile(r"金额|预算|决算|合计|小计|总计|支出|收入|经费|费$|费[（(]|资金|拨款|结转|结余|数$|补助|上缴")
INDEX_ROW = re.compile(r"^\d{1,2}(?:=.*)?$")
DIGITS = re.compile(r"^\d{1,9}$")
ENOUGH_NAMES = 4
LONGEST_PART = 3
HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(slots=True)
class Columns:
    """The columns of one block while a table is being divided; ``beside`` are those that number its lines."""

    beside: list[int] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)


def blocks_of(table: Table, form: Form) -> Iterator[Block]:
    """The blocks of a table, from left to right."""
    rows = [i for i, row in enumerate(table.rows) if not is_index_row(row)]
    sides = joined(divide([column_role(table, column, rows) for column in range(len(table.columns))]), table, form)
    entries: list[Entry] = []
    for number, side in enumerate(sides):
        entries = with_totals(with_codes(list(entries_of(table, side, rows))), entries, table, sides[number - 1])
        columns = tuple(read_column(c, header_of(table, c), form) for c in side.values)
        yield Block(table.id, columns, build(entries), side_of_block(table, side, columns, form), number)


def header_of(table: Table, column: int) -> tuple[str, ...]:
    """A column's header path without the numbers that count the columns (栏次 1 2 3)."""
    path = tuple(part for part in table.columns[column] if squeeze(part) != "栏次" and not INDEX_ROW.match(squeeze(part)))
    return path or table.columns[column]


def is_index_row(row: Row) -> bool:
    """Whether a row numbers the columns (栏次 1 2 3 …) instead of holding figures."""
    texts = [squeeze(t) for t in row.texts if t.strip()]
    if not texts:
        return True
    if texts[0] in {"栏次", "行次"}:
        return True
    numbers = [t for t in texts if INDEX_ROW.match(t)]
    return (
        len(numbers) == len(texts) and len(numbers) > 2 and [n.split("=")[0] for n in numbers] == [str(i + 1) for i in range(len(numbers))]
    )


def column_role(table: Table, column: int, rows: Sequence[int]) -> str:
    """``code``, ``index`` (says nothing), ``label``, ``value`` or ``blank`` (nothing printed), from the header and what the cells hold."""
    path = [squeeze(part) for part in header_of(table, column)]
    last = path[-1] if path else ""
    texts = [squeeze(table.rows[i].cells[column].text) for i in rows]
    filled = [t for t in texts if t and not is_blank(t) and UNREADABLE not in t]
    if INDEX_HEADER.search(last) or is_running_number(filled, last):
        return "index"
    digits = sum(bool(DIGITS.match(t)) for t in filled)
    words = sum(bool(HAN.search(t)) for t in filled)
    if any(CODE_HEADER.search(part) for part in path[-2:]) or looks_coded(filled):
        if digits and digits >= words:
            return "code"
        if not filled and CODE_HEADER.search(last):
            return "code"
    amounts = sum(read_amount(t) is not None for t in filled)
    if not filled:
        unread = any(UNREADABLE in t for t in texts)
        if not path and not unread:
            return "index"  # a strip without header or text: the tables were drawn in pieces
        return "label" if LABEL_HEADER.search(last) else "value" if unread else "blank"
    return "value" if amounts * 2 > len(filled) and amounts > words else "label"


def is_running_number(filled: Sequence[str], header: str) -> bool:
    """Whether a column without a header of its own just counts its lines."""
    numbers = [int(t) for t in filled if DIGITS.match(t)]
    if len(numbers) < max(3, len(filled)) or MONEY_HEADER.search(header):
        return False
    return all(b - a == 1 for a, b in itertools.pairwise(numbers))


def looks_coded(filled: Sequence[str]) -> bool:
    """Whether most cells are codes of the classifications, whatever the header says."""
    known = sum(bool((kind := kind_of_code(t)) and t in names(kind)) for t in filled)
    return known >= 2 and known * 10 >= len(filled) * 7


def divide(roles: Sequence[str]) -> list[Columns]:
    """Columns into blocks: a code or label column after columns of amounts begins a new one; a blank column is its neighbour's kind."""
    sides: list[Columns] = []
    current = Columns()
    for column, role in enumerate(settled(roles)):
        if role in {"code", "label"}:
            if current.values:
                sides.append(current)
                current = Columns()
            (current.codes if role == "code" else current.labels).append(column)
        elif role == "value":
            current.values.append(column)
        elif not current.values:
            current.beside.append(column)
    if current.values:
        sides.append(current)
    return sides


def joined(sides: Sequence[Columns], table: Table, form: Form) -> list[Columns]:
    """The blocks, one that holds numbers of things only (数量) as part of the next: such a column stands amid the words of a line.

    Only the first codes of a line are its subject's.
    """
    found: list[Columns] = []
    for side in sides:
        if found and all(read_column(c, header_of(table, c), form).measure is Measure.COUNT for c in found[-1].values):
            left = found.pop()
            found.append(Columns(left.beside, left.codes or side.codes, left.labels + side.labels, left.values + side.values))
        else:
            found.append(side)
    return found


def settled(roles: Sequence[str]) -> list[str]:
    """Roles with blank columns taken for amounts where amounts or nothing but blanks stand before them, for labels elsewhere."""
    result: list[str] = []
    if "value" not in roles:
        return ["value" if role == "blank" else role for role in roles]
    for column, role in enumerate(roles):
        if role != "blank":
            result.append(role)
            continue
        before = next((r for r in reversed(result) if r != "index"), None)
        after = next((r for r in roles[column + 1 :] if r != "blank"), None)
        result.append("value" if before == "value" or ((before in {"label", "code"} and after != "value") or after == "value") else "label")
    return result


def entries_of(table: Table, side: Columns, rows: Sequence[int]) -> Iterator[Entry]:
    """The labelled lines of one block, from the top down; lines that say nothing are left out."""
    above: list[str] = []
    for i in rows:
        cells = table.rows[i].cells
        raw = [squeeze(cells[c].text) for c in side.codes]
        codes = [t if DIGITS.match(t.replace("-", "")) else "" for t in raw]
        words = [t for t in raw if HAN.search(t) and len(t) > 1]
        code, above = joined_code([t.replace("-", "") for t in codes], above)
        label = " ".join(dict.fromkeys([*(cells[c].text.strip() for c in side.labels if cells[c].text.strip()), *words]))
        label = label or next((t for c in side.beside if is_total(t := cells[c].text.strip())), "")
        if not label and not code and all(is_blank(cells[c].text) for c in side.values):
            continue
        if code is None:
            code, rest = split_code(label)
            label = label if code is None else rest
        depth = next((n for n, c in enumerate(side.labels) if cells[c].text.strip()), 0)
        yield Entry(i, label, subject_of(label, code), depth)


def with_codes(entries: Sequence[Entry]) -> list[Entry]:
    """Entries that print classes by name alone (工资福利支出, 基本工资 …) with their codes, where every line is such a name."""
    lines = [entry for entry in entries if role_of(entry) is RecordRole.ITEM and not is_unit(entry)]
    if len(lines) < ENOUGH_NAMES or any(entry.subject.code and len(entry.subject.code) > 3 for entry in lines):
        return list(entries)
    for kind in (SubjectKind.ECONOMIC, SubjectKind.FUNCTION):
        found = dict(zip(map(id, lines), codes_in_order([essence(bare(e.label)) for e in lines], codes_by_name(kind)), strict=True))
        if all(found.values()):
            return [
                replace(entry, subject=Subject(kind, code, bare(entry.label), code)) if (code := found.get(id(entry))) else entry
                for entry in entries
            ]
    return list(entries)


def with_totals(entries: Sequence[Entry], left: Sequence[Entry], table: Table, beside: Columns) -> list[Entry]:
    """Lines without words named by the total left of them, where it prints no amount: one 支出合计 over two lists of the same money."""
    totals = {entry.row: entry for entry in left if role_of(entry) not in {RecordRole.ITEM, RecordRole.OF_WHICH}}
    return [
        replace(entry, label=total.label, subject=total.subject)
        if not entry.label
        and entry.subject.code is None
        and (total := totals.get(entry.row))
        and all(is_blank(table.rows[entry.row].cells[c].text) for c in beside.values)
        else entry
        for entry in entries
    ]


def codes_in_order(labels: Sequence[str], codes: Mapping[str, Sequence[str]]) -> Iterator[str | None]:
    """A code for each name, of several the one that lies under the classes and sections printed above it."""
    above: list[str] = []
    for label in labels:
        options = codes.get(label, ())
        code = next((c for upper in reversed(above) for c in options if c.startswith(upper) and len(c) == len(upper) + 2), None)
        code = code or next((c for c in options if len(c) == 3), None)
        if code:
            above = [upper for upper in above if code.startswith(upper) and upper != code] + [code]
        yield code


def joined_code(parts: Sequence[str], above: list[str]) -> tuple[str | None, list[str]]:
    """One code from the cells it is spread over (201 03 01), blanks filled from the line above; and the parts for the next line.

    A longer number that is no code of a classification is a unit's or a project's, and says nothing of the line's subject.
    """
    parts = [p if len(p) <= LONGEST_PART or kind_of_code(p) else "" for p in parts]
    if not any(parts):
        return None, above
    complete = next((p for p in parts if len(p) in {5, 7} and kind_of_code(p)), None)
    if complete or len(parts) == 1:
        code = complete or next((p for p in parts if kind_of_code(p)), None)
        return code, above
    last = max(i for i, p in enumerate(parts) if p)
    filled = [p or (above[i] if i < len(above) and i < last else "") for i, p in enumerate(parts)]
    code = "".join(p if len(p) != 1 or i == 0 else p.zfill(2) for i, p in enumerate(filled))
    if kind_of_code(code):
        return code, filled
    return next((p for p in filled if kind_of_code(p)), None), filled


def side_of_block(table: Table, side: Columns, columns: Sequence[ValueColumn], form: Form) -> Side | None:
    """Income or expenditure: from the headers over the block's labels and amounts, else from the title."""
    if form.side:
        return form.side
    heads = " ".join(squeeze(" ".join(header_of(table, c))) for c in [*side.labels, *side.values])
    if ("收入" in heads) != ("支出" in heads):
        return Side.INCOME if "收入" in heads else Side.EXPENDITURE
    sides = {column.side for column in columns if column.side}
    return sides.pop() if len(sides) == 1 else None
