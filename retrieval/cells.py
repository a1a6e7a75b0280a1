"""Which cells a question means: each cell is judged by how well its row, its column and its table show what the question names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from model.amounts import Dimension
from model.document import Kind
from retrieval.question import Question
from retrieval.records import TOTALS, Record, Value
from retrieval.terms import Mention
from retrieval.text import flat
from retrieval.view import View, column_name

_DEFAULT = frozenset(
    {"合计", "总计", "金额", "预算数", "决算数", "小计", "本年预算数", "预算金额", "支出合计", "收入合计", "预算", "决算", "数额"}
)
_QUALIFIED = {
    **dict.fromkeys(("一般公共", "财政拨款", "基本支出", "经济分类"), 0.06),
    **dict.fromkeys(("政府性基金", "国有资本", "三公", "项目", "采购", "结转", "绩效", "机关运行"), 0.25),
}
_YEAR = re.compile(r"20\d{2}")
_YEAR_CELL = 7  # a cell such as 2026年度
_BASIS = re.compile(r"年初预算|全年预算|调整预算")
_PRIOR = re.compile(r"上年|去年|上一年")
ROW, COLUMN, TITLE, ABOVE, WORDS = 1.0, 0.95, 0.45, 0.4, 0.85
NAMED = 0.5  # a column shown at least so well is the one that was named


@dataclass(frozen=True, slots=True)
class Found:
    """A cell with its score; ``shown`` are the mentions it explains; ``by_row`` whether one of them is its row."""

    record: Record
    value: Value
    score: float
    shown: frozenset[int]
    by_row: bool

    def shows(self, mentions: Sequence[Mention]) -> bool:
        """Whether it explains every mention that has to be."""
        return all(mention.soft or i in self.shown for i, mention in enumerate(mentions))


def cells_for(view: View, question: Question, mentions: Sequence[Mention] | None = None, tables: Sequence[str] = ()) -> list[Found]:
    """All cells that show everything the question names, best first."""
    wanted = question.mentions if mentions is None else tuple(mentions)
    allowed = tables or [key for mention in question.tables for key in mention.tables]
    order = {key: rank for rank, key in reversed(list(enumerate(allowed)))}
    found: list[Found] = []
    names = view.namesakes
    for position, record in enumerate(view.records):
        if order and record.table.id not in order:
            continue
        row = _row(view, question, wanted, record)
        if row is None:
            continue
        twins = -0.25 if names[record.table.id, record.side, record.name] > 1 and not record.code and not record.is_total else 0.0
        base = (
            row.score
            + twins
            - 0.12 * order.get(record.table.id, 0)
            - 0.0001 * position
            - _title_surplus(view, question, record, bool(order))
        )
        for value in record.values:
            cell = _cell(view, question, wanted, record, value, replace(row, score=base))
            if cell is not None:
                found.append(cell)
    return sorted(found, key=lambda cell: -cell.score)


@dataclass(frozen=True, slots=True)
class _Row:
    score: float
    parts: tuple[float, ...]
    by_row: bool
    coded: bool


def _row(view: View, question: Question, mentions: Sequence[Mention], record: Record) -> _Row | None:
    """How well a row shows the mentions; None where it has another code than the one asked for."""
    coded = bool(question.codes) and record.code in question.codes
    if question.codes and not coded:
        return None
    title = view.titles[record.table.id][1]
    parts = tuple(_shown_by_row(mention, record, title) for mention in mentions)
    by_row = coded or any(part >= WORDS * 0.4 and _names_row(mention, record) for part, mention in zip(parts, mentions, strict=True))
    return _Row(0.0, parts, by_row, coded)


def _names_row(mention: Mention, record: Record) -> bool:
    return mention.likeness(record.name) > 0 or any(mention.likeness(flat(text)) > 0 for _, text in record.texts)


def _shown_by_row(mention: Mention, record: Record, title: str) -> float:
    best = ROW * mention.likeness(record.name)
    for _, text in record.texts:
        words = flat(text)
        best = max(best, WORDS * mention.likeness(words), (WORDS - 0.2) * (mention.text in words))
    best = max(best, 0.5 * max((mention.likeness(header) for header, _ in record.texts), default=0.0))
    if best < ABOVE:
        best = max([best, *(ABOVE * mention.likeness(flat(above)) for above in record.above)])
    titled = TITLE + 0.3 * record.is_total
    return max(best, titled * (mention.text in title), 0.8 * titled * mention.within(title))


def _cell(view: View, question: Question, mentions: Sequence[Mention], record: Record, value: Value, row: _Row) -> Found | None:
    names = [column_name(part) for part in value.path]
    shown, score, by_column = set(), row.score + (1.5 if row.coded else 0.0), False
    for i, (mention, part) in enumerate(zip(mentions, row.parts, strict=True)):
        column = COLUMN * _column_fit(mention, names)
        by_column = by_column or column >= NAMED
        best = max(part, column) + 0.2 * min(part, column)
        if best > 0:
            shown.add(i)
        score += best * (0.3 if mention.soft else 1.0)
    found = Found(record, value, 0.0, frozenset(shown), row.by_row)
    if not found.shows(mentions):
        return None
    year = _year_fit(view, question, record, names)
    if year is None:
        return None
    score += year + _basis_fit(view, question, names) + _side_fit(view, question, record, names)
    if not row.by_row and not record.is_total:
        score -= 0.7
    if value.amount.unit is not None and value.amount.unit.dimension is Dimension.COUNT and not by_column and not question.counted:
        score -= 0.6
    if not by_column:
        score -= _column_surplus(record, value, names)
    return replace(found, score=score)


def _column_fit(mention: Mention, names: list[str]) -> float:
    """How well a header path shows a mention: its last part best; a part above it only where the last one is a total."""
    if not names:
        return 0.0
    inner = 0.9 if names[-1] in TOTALS or names[-1] in _DEFAULT else 0.7
    return max([mention.likeness(names[-1]), *(inner * mention.likeness(name) for name in names[:-1])])


def _column_surplus(record: Record, value: Value, names: list[str]) -> float:
    """What it costs to take a column that was not named: nothing for the total, more for a part."""
    if record.paths and value.path == record.paths[0]:
        return 0.0
    total = len(names) == 1 or not any(name in TOTALS for name in names[:-1])
    return 0.05 if total and names and names[-1] in _DEFAULT and len(names) <= len(record.paths[0]) else 0.3


def _title_surplus(view: View, question: Question, record: Record, named: bool) -> float:
    """What it costs to take a table that is restricted to something the question does not name."""
    if named:
        return 0.0
    title = view.titles[record.table.id][1]
    return sum(cost for word, cost in _QUALIFIED.items() if word in title and word not in question.text)


def _year_fit(view: View, question: Question, record: Record, names: list[str]) -> float | None:
    """A bonus or malus for the year a column's header or the row names; None where the cell is of another year than the one asked for."""
    fiscal = view.document.fiscal_year
    header = "".join([*names, *(text for _, text in record.texts if _YEAR.match(text) and len(text) <= _YEAR_CELL)])
    years = {int(year) for year in _YEAR.findall(header)}
    prior = bool(_PRIOR.search(header)) and "结转" not in header
    if prior and fiscal:
        years.add(fiscal - 1)
    asked = set(question.years) or ({fiscal} if fiscal else set())
    if years & asked:
        return 0.1
    if years:
        return None if question.years else -0.6
    return None if question.years and fiscal not in asked else 0.0


def _basis_fit(view: View, question: Question, names: list[str]) -> float:
    """Final accounts print budget and outturn side by side: the outturn is meant unless the question says 预算."""
    if view.document.kind is not Kind.FINAL_ACCOUNTS:
        return 0.0
    header = "".join(names)
    outturn, budget = (
        "决算" in header,
        "预算" in header.replace("一般公共预算", "").replace("政府性基金预算", "").replace("国有资本经营预算", ""),
    )
    asked_budget = "预算" in question.text.replace("一般公共预算", "").replace("政府性基金预算", "") and "决算" not in question.text
    if not outturn and not budget:
        return -0.5 if _BASIS.search(question.text) else 0.0
    return 0.25 if (budget and asked_budget) or (outturn and not asked_budget) else -0.25


def _side_fit(view: View, question: Question, record: Record, names: list[str]) -> float:
    """Income or expenditure: a bonus where header, row or title is of the side that the question names, a malus for the other."""
    asked = {side for side in ("收入", "支出") if side in question.text}
    if len(asked) != 1:
        return 0.0
    for words in (names[0] if names else "", record.name, view.titles[record.table.id][1]):
        here = {side for side in ("收入", "支出") if side in words}
        if len(here) == 1:
            return 0.1 if here == asked else -0.35
    return 0.0
