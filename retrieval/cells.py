"""Which cells a question means: each cell is judged by how well its row, its column and its table show what the question names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from model.amounts import Dimension
from retrieval.fit import basis_fit, column_fit, column_surplus, side_fit, title_surplus, year_fit
from retrieval.question import Question
from retrieval.records import Record, Value
from retrieval.terms import Mention
from retrieval.text import flat, uncoded
from retrieval.view import View, column_name

ROW, COLUMN, TITLE, ABOVE, WORDS = 1.0, 0.95, 0.45, 0.4, 0.85
_SUM = re.compile(r"(?:资金|预算)总额$")
_PRICE = re.compile(r"钱|金额|花|万元|费用?多少")
_SCORE = re.compile(r"分|权重")
_PROJECT = re.compile(r"项目(?!支出)")
UNNAMED = 0.7  # what it costs to take a row that was not named
NAMED = 0.5  # a column shown at least so well is the one that was named


@dataclass(frozen=True, slots=True)
class Found:
    """A cell with its score; ``shown`` are the mentions it explains; ``by_row`` whether one of them is its row."""

    record: Record
    value: Value
    score: float
    shown: frozenset[int]
    by_row: bool


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is looked for: the mentions of a question, in the tables it allows (id to rank; all where none are named)."""

    view: View
    question: Question
    mentions: tuple[Mention, ...]
    order: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row judged: how well it shows each mention, and a score for all its cells. ``by_row`` says that a mention names it."""

    record: Record
    parts: tuple[float, ...]
    by_row: bool
    score: float


def cells_for(view: View, question: Question, mentions: Sequence[Mention] | None = None, tables: Sequence[str] = ()) -> list[Found]:
    """All cells that show everything the question names, best first."""
    allowed = tables or [key for mention in question.tables for key in mention.tables]
    order = {key: rank for rank, key in reversed(list(enumerate(allowed)))}
    wanted = _Wanted(view, question, question.mentions if mentions is None else tuple(mentions), order)
    found: list[Found] = []
    for position, record in enumerate(view.records):
        if (not order or record.table.id in order) and record.values:
            row = _row(wanted, record, position)
            if row is not None:
                found.extend(cell for value in record.values if (cell := _cell(wanted, row, value)) is not None)
    return sorted(found, key=lambda cell: -cell.score)


def _row(wanted: _Wanted, record: Record, position: int) -> _Row | None:
    """How well a row shows the mentions; None where it has another code than the one asked for."""
    codes = wanted.question.codes
    coded = record.code in codes
    if codes and not coded:
        return None
    title = wanted.view.titles[record.table.id][1]
    parts = tuple(_shown_by_row(mention, record, title) for mention in wanted.mentions)
    named = zip(parts, wanted.mentions, strict=True)
    by_row = coded or any(part >= WORDS * 0.4 and _names_row(mention, record) for part, mention in named)
    score = 1.5 if coded else 0.0
    score -= 0.12 * wanted.order.get(record.table.id, 0) + 0.00001 * position
    score -= title_surplus(wanted.view, wanted.question, record, bool(wanted.order))
    headed = any(header for header, _ in record.texts)
    if headed and not record.is_total and wanted.view.namesakes[record.table.id, record.side, record.code, record.name] > 1:
        score -= 0.25
    if record.above and "结转" not in wanted.question.text and any("结转" in above or "结余" in above for above in record.above):
        score -= 0.3
    if not by_row and not record.is_total:
        score -= UNNAMED
    if record.side and not record.label:
        score -= 0.1  # the first side of the row says what it is
    if _PROJECT.search(wanted.question.text) and "项目" in title:
        score += 0.2
    return _Row(record, parts, by_row, score)


def _names_row(mention: Mention, record: Record) -> bool:
    return mention.likeness(record.name) > 0 or any(mention.likeness(uncoded(text)) > 0 for _, text in record.texts)


def _shown_by_row(mention: Mention, record: Record, title: str) -> float:
    best = ROW * mention.likeness(record.name)
    for header, text in record.texts:
        words = uncoded(text)
        inside = WORDS - 0.2 if mention.text in words else 0.0
        best = max(best, WORDS * mention.likeness(words), inside, 0.5 * mention.likeness(header))
    if best < ABOVE:
        best = max([best, *(ABOVE * mention.likeness(flat(above)) for above in record.above)])
    titled = TITLE + 0.3 * record.is_total
    if best >= titled:
        return best
    return max(best, titled if mention.text in title else 0.8 * titled * mention.within(title))


def _is_weight(wanted: _Wanted, value: Value) -> bool:
    """Whether a value is the weight of an indicator, which nobody means who does not say so."""
    unit = value.amount.unit
    return unit is not None and unit.symbol == "分" and not _SCORE.search(wanted.question.text)


def _cell(wanted: _Wanted, row: _Row, value: Value) -> Found | None:
    """A cell with its score; None where it does not show all that is named, or is of another year."""
    names = [column_name(part) for part in value.path]
    shown, score, by_column = set(), row.score, False
    for i, (mention, part) in enumerate(zip(wanted.mentions, row.parts, strict=True)):
        column = COLUMN * column_fit(mention, names)
        by_column = by_column or column >= NAMED
        best = max(part, column) + 0.2 * min(part, column)
        if best > 0:
            shown.add(i)
        elif not mention.soft:
            return None
        score += best * (0.3 if mention.soft else 1.0)
    if not row.by_row and not row.record.is_total and names and _SUM.search(names[-1]):
        score += UNNAMED  # 年度资金总额 is the total of a form
    year = year_fit(wanted.view, wanted.question, row.record, names)
    if year is None:
        return None
    score += year + basis_fit(wanted.view, wanted.question, row.record, names) + side_fit(wanted.view, wanted.question, row.record, names)
    counted = value.amount.unit is not None and value.amount.unit.dimension is Dimension.COUNT
    if counted and not wanted.question.counted and (_PRICE.search(wanted.question.text) or _is_weight(wanted, value)):
        return None
    if not by_column:
        score -= column_surplus(row.record, value, names) + (0.6 if counted and not wanted.question.counted else 0.0)
    return Found(row.record, value, score, frozenset(shown), row.by_row)
