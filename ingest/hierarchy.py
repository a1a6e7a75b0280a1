"""Which lines of a block are parts of which: from codes, numbering, 其中 and the words for totals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.subjects import OF_WHICH, essence, is_total, names, squeeze
from model.facts import Fund, Record, RecordRole, Subject, SubjectKind

LEVELS = (
    re.compile(r"^[一二三四五六七八九十]+[、.．，,]"),
    re.compile(r"^[（(][一二三四五六七八九十]+[)）]"),
    re.compile(r"^\d{1,2}[、.．](?!\d)"),
    re.compile(r"^(?:[（(]\d{1,2}[)）]|[①-⑳])"),
)
ORGANISATION = re.compile(
    r"(?:局|厅|委|委员会|办|办公室|处|中心|院|所|队|站|馆|校|学|学校|部|会|政府|街道|镇|乡|社|机关|公司|单位|本级|团|台|园|科)(?:[（(][^（()）]*[)）])?$"
)
CODED = {SubjectKind.FUNCTION, SubjectKind.ECONOMIC, SubjectKind.GOVERNMENT_ECONOMIC}


@dataclass(frozen=True, slots=True)
class Entry:
    """A labelled line before its place in the hierarchy is known; ``depth`` is the first label column it fills."""

    row: int
    label: str
    subject: Subject
    depth: int = 0


def role_of(entry: Entry) -> RecordRole:
    """What the label's words say of the line's place."""
    name = squeeze(entry.label)
    if OF_WHICH.match(name):
        return RecordRole.OF_WHICH
    if entry.subject.code is None and is_total(entry.label):
        if "总计" in name or "总额" in name:
            return RecordRole.GRAND_TOTAL
        return RecordRole.SUBTOTAL if "小计" in name else RecordRole.TOTAL
    return RecordRole.ITEM


def numbering_level(label: str) -> int | None:
    """0 for 一、, 1 for （一）, 2 for 1., 3 for (1); None without numbering."""
    name = OF_WHICH.sub("", squeeze(label))
    return next((level for level, pattern in enumerate(LEVELS) if pattern.match(name)), None)


def build(entries: Sequence[Entry]) -> tuple[Record, ...]:
    """Records with roles and parents. A parent stands before its parts, as all published forms print it."""
    codes = [entry.subject.code for entry in entries if entry.subject.code is not None]
    levels = {numbering_level(entry.label) for entry in entries} - {None}
    lines = sum(role_of(entry) is not RecordRole.TOTAL and not is_unit(entry) for entry in entries)
    by_code = len(codes) * 2 > lines and (len(levels) < 2 or len({len(code) for code in codes}) > 1)
    parents = code_parents(entries) if by_code else unit_parents(entries) or number_parents(entries)
    return tuple(
        Record(entry.row, entry.label, entry.subject, role_of(entry), parent, entry.depth)
        for entry, parent in zip(entries, parents, strict=True)
    )


def code_parents(entries: Sequence[Entry]) -> list[int | None]:
    """The nearest line above whose code is a proper prefix; a unit's line opens a run of codes, another uncoded one details the last."""
    parents: list[int | None] = []
    stack: list[int] = []
    unit: int | None = None
    for index, entry in enumerate(entries):
        code = entry.subject.code
        if code is None:
            if is_unit(entry) or role_of(entry) is not RecordRole.ITEM or numbering_level(entry.label) is not None:
                stack, unit = [], index if is_unit(entry) else None
            parents.append(stack[-1] if stack else None)
            continue
        if stack and details(entry, entries[stack[-1]]):
            parents.append(stack[-1])
            continue
        while stack and not is_part(code, entries[stack[-1]].subject.code or ""):
            stack.pop()
        parents.append(stack[-1] if stack else unit)
        stack.append(index)
    return parents


def details(entry: Entry, head: Entry) -> bool:
    """Whether a line repeats the code of the line above it under a name of its own (an item, then its projects)."""
    code, title, name = entry.subject.code or "", essence(head.subject.name), essence(entry.subject.name)
    official = names(entry.subject.kind).get(code)
    own = name != title and title == essence(official) if official else name[:2] != title[:2]
    return code == head.subject.code and own


def is_unit(entry: Entry) -> bool:
    """Whether a line without code or number is an organisation, under which its own lines follow."""
    name = squeeze(entry.label)
    return (
        entry.subject.code is None
        and role_of(entry) is RecordRole.ITEM
        and numbering_level(name) is None
        and bool(ORGANISATION.search(name))
    )


def unit_parents(entries: Sequence[Entry]) -> list[int | None] | None:
    """Parents where organisations head the lines that follow them (units and their projects); None in any other list."""
    units = [is_unit(entry) for entry in entries]
    if not units or not units[0] or all(u or role_of(e) is not RecordRole.ITEM for u, e in zip(units, entries, strict=True)):
        return None
    parents: list[int | None] = []
    head: int | None = None
    for index, entry in enumerate(entries):
        if units[index]:
            head = index
            parents.append(None)
        else:
            parents.append(head if role_of(entry) is RecordRole.ITEM else None)
    return parents


def is_part(code: str, other: str) -> bool:
    """Whether a code lies under another one of the same classification."""
    return len(code) > len(other) and code.startswith(other)


def number_parents(entries: Sequence[Entry]) -> list[int | None]:
    """Parents by numbering; 其中 and the unnumbered lines after it belong to the last line before it."""
    parents: list[int | None] = []
    stack: list[tuple[int, int]] = []
    of_which: int | None = None
    previous: int | None = None
    for index, entry in enumerate(entries):
        role, level = role_of(entry), numbering_level(entry.label)
        if role in {RecordRole.TOTAL, RecordRole.GRAND_TOTAL, RecordRole.SUBTOTAL}:
            stack, of_which, parent = [], None, None
        elif role is RecordRole.OF_WHICH and level is not None and previous is not None:
            of_which, parent = None, previous
            stack = [(level - 1, previous), (level, index)]
        elif role is RecordRole.OF_WHICH:
            of_which = previous if of_which is None else of_which
            parent = of_which
        elif level is not None:
            of_which = None
            while stack and stack[-1][0] >= level:
                stack.pop()
            parent = stack[-1][1] if stack else None
            stack.append((level, index))
        else:
            parent = of_which if of_which is not None else detail_of(entry, entries, stack, index)
        parents.append(parent)
        if role is not RecordRole.OF_WHICH and (level is not None or of_which is None):
            previous = index
    return parents


def detail_of(entry: Entry, entries: Sequence[Entry], stack: Sequence[tuple[int, int]], index: int) -> int | None:
    """The parent of an unnumbered line: the numbered line above, or the carry-over line whose funds it lists."""
    if entry.subject.kind is not SubjectKind.SOURCE or entry.subject.key == Fund.CARRY_OVER.value:
        return None
    if stack and all(numbering_level(e.label) is None for e in entries[stack[-1][1] + 1 : index + 1]):
        return stack[-1][1] if entries[stack[-1][1]].subject.kind is SubjectKind.SOURCE else None
    for above in range(index - 1, -1, -1):
        other = entries[above]
        if "结转" in other.label or "结余" in other.label:
            return above if numbering_level(other.label) is None else None
        if other.subject.kind is not SubjectKind.SOURCE:
            return None
    return None
