"""Is it the same here and there: between tables, between a table and the text, within the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from retrieval.answer import Evidence
from retrieval.calculate import together
from retrieval.cells import Found, cells_for
from retrieval.draft import Draft
from retrieval.equations import breakdown, equation, two_subjects
from retrieval.figures import figures_in, in_unit, printed
from retrieval.lookup import SURE, Figure, explained, figures_for, from_cell, groups_of, money_only, table_label
from retrieval.question import Question
from retrieval.records import GRAND, Record
from retrieval.sentences import changes_said, figures_said
from retrieval.suspicions import matching, state_findings
from retrieval.terms import Mention
from retrieval.text import flat
from retrieval.view import View, tight

_ORDINAL = frozenset({"项", "类", "款", "个"})
GUESS = 0.1  # the score of a cell that was not named: the total of the table that was
_PROSE = 12  # a cell with at least so many characters is read as prose
_SIGNED = re.compile(r"增减额|增减|变动额|变化额|增加额|减少额")


@dataclass(frozen=True, slots=True)
class Added:
    """A sum in base units, as it is written, with the places it is printed to."""

    total: Decimal
    equation: str
    places: int


def same(view: View, question: Question, draft: Draft) -> bool:
    """Whether two statements agree; both are cited, and a finding that speaks of them is quoted."""
    if len(question.tables) >= 2:
        return _two_tables(view, question, draft)
    if not (question.hard or question.figures or question.tables or question.codes or len(groups_of(question)) > 1):
        return False
    if _SIGNED.search(question.text) and _changes_add_up(view, question, draft):
        return True
    if question.figures and len(groups_of(question)) >= 2 and _adds_to(view, question, draft):
        return True
    return any(tried(view, question, draft) for tried in (equation, _two_subjects, breakdown, _stated_alike))


def _two_subjects(view: View, question: Question, draft: Draft) -> bool:
    """Whether two subjects that are named side by side have the same figure."""
    two = two_subjects(view, question)
    return bool(two) and two[0].evidence.place != two[1].evidence.place and _verdict(view, draft, two)


def _stated_alike(view: View, question: Question, draft: Draft) -> bool:
    """Whether the places that state one figure agree."""
    pair = _pair(view, question)
    findings = matching(view, question, grave=True) if question.hard else []
    if findings and (pair is None or pair[1].score <= GUESS or pair[0].amount.interval.overlaps(pair[1].amount.interval)):
        state_findings(view, draft, findings, contradicts=True)
        return True
    return pair is not None and _verdict(view, draft, pair)


def _two_tables(view: View, question: Question, draft: Draft) -> bool:
    """The subject in one table against the subject in the other."""
    sides = _sides(question)
    found = [figures_for(view, question, mentions, tables) for tables, mentions in sides]
    if not all(found):
        return False
    first = found[0][0]
    other = _distinct(first, found[1])
    return _verdict(view, draft, [first, other])


def _distinct(first: Figure, others: Sequence[Figure]) -> Figure:
    return next((figure for figure in others if figure.evidence.table != first.evidence.table), others[0])


def _sides(question: Question) -> list[tuple[tuple[str, ...], Sequence[Mention]]]:
    """The two tables with the mentions that belong to each.

    What is named before both, or after both when nothing stands between them, holds for both (X在甲表和乙表里的合计).
    """
    one, other = question.tables[0], question.tables[1]
    before = [m for m in question.mentions if m.start < one.start]
    between = [m for m in question.mentions if one.end <= m.start < other.start]
    after = [m for m in question.mentions if m.start >= other.end]
    left = [*before, *(between or after)]
    right = [*before, *(after or between)]
    second = tuple(key for key in other.tables if key != one.tables[0]) or other.tables
    return [(one.tables[:1] if one.tables[0] not in other.tables[:1] else one.tables, left), (second, right)]


def _verdict(view: View, draft: Draft, figures: Sequence[Figure]) -> bool:
    """State the figures and whether they agree as intervals."""
    for figure in dict.fromkeys(figures):
        where = table_label(view, draft, figure.evidence) or draft.word("text")
        said = draft.figure(figure.amount, figure.text)
        draft.say("cell", where=where, subject=figure.subject, figure=said, number=draft.cite(figure.evidence))
    one, other = figures[0], figures[-1]
    if one.evidence.place == other.evidence.place and one.text == other.text:
        draft.say("one_place")
        return True
    places = max(one.amount.places, other.amount.places)
    gap = printed(in_unit(abs(one.amount.base - other.amount.base), one.amount.unit, places))
    if one.amount.interval.overlaps(other.amount.interval):
        draft.step("compare", equation=f"{one.said} = {other.said}")
        same_value = one.amount.base == other.amount.base or places != min(one.amount.places, other.amount.places)
        draft.say("same" if same_value else "rounding", gap=gap)
        return True
    draft.step("compare", equation=f"{one.said} ≠ {other.said}")
    draft.say("differs", one=one.said, other=other.said, gap=gap)
    return True


def _changes_add_up(view: View, question: Question, draft: Draft) -> bool:
    """Whether the stated changes of the subjects named add up to the change stated for all."""
    parts = []
    for group in groups_of(question):
        changes = [c for c in changes_said(view, question, group) if c.difference is not None or c.sign == 0]
        if not changes:
            return False
        parts.append(changes[0])
    if len(parts) < 2 or not question.figures:
        return False
    total, terms, places = Decimal(0), [], 0
    for changed in parts:
        if changed.difference is None:
            continue
        amount = changed.difference.amount
        total += changed.sign * amount.base
        places = max(places, amount.places)
        terms.append(("−" if changed.sign < 0 else "+") + f" {changed.difference.text}")
        draft.say("quote", quote=changed.sentence.passage.text, number=draft.cite(view.words(changed.sentence.passage)))
    return _total_verdict(view, question, draft, Added(total, " ".join(terms).removeprefix("+ "), places))


def _adds_to(view: View, question: Question, draft: Draft) -> bool:
    """Whether the figures of the subjects named add up to the figure in the question."""
    groups = groups_of(question)
    chosen = _where_it_is_stated(view, question, groups) or together(view, question, groups)
    if not chosen:
        return False
    for figure in chosen:
        where = table_label(view, draft, figure.evidence) or draft.word("text")
        draft.say("cell", where=where, subject=figure.subject, figure=figure.said, number=draft.cite(figure.evidence))
    total = sum((figure.amount.base for figure in chosen), Decimal(0))
    places = max(figure.amount.places for figure in chosen)
    return _total_verdict(view, question, draft, Added(total, " + ".join(figure.text for figure in chosen), places))


def _where_it_is_stated(view: View, question: Question, groups: Sequence[Sequence[Mention]]) -> list[Figure]:
    """The parts in a table whose total is the figure quoted; none where no table has both."""
    stated = question.figures[-1]
    totals = (r for r in view.records if r.is_total or r.name in GRAND)
    tables = dict.fromkeys(r.table.id for r in totals if any(v.amount.base == stated.base and v.amount.unit for v in r.values))
    found = ([money_only(figures_for(view, question, group, (table,))) for group in groups] for table in tables)
    for parts in found:
        if all(parts) and sum(part[0].amount.base for part in parts) == stated.base:
            return [part[0] for part in parts]
    return []


def _total_verdict(view: View, question: Question, draft: Draft, added: Added) -> bool:
    """Whether what was added up is the figure that the question quotes."""
    stated = question.figures[-1]
    result = draft.calculated(added.total, stated.unit, added.places)
    draft.step("sum", equation=f"{added.equation} = {result}")
    draft.say("sum", equation=added.equation, result=result)
    where = _stated(view, question)
    if where:
        draft.cite(where)
    gap = printed(in_unit(abs(added.total - stated.base), stated.unit, max(added.places, stated.places)))
    if in_unit(added.total, stated.unit, stated.places).interval.overlaps(stated.interval):
        draft.say("same" if added.total == stated.base else "rounding", gap=gap)
    else:
        draft.say("differs", one=result, other=printed(stated), gap=gap)
    return True


def _stated(view: View, question: Question) -> Evidence | None:
    """A sentence that states the figure the question quotes."""
    stated = question.figures[-1]
    for sentence in view.sentences:
        if any(f.amount.base == stated.base and f.amount.unit == stated.unit for f in figures_in(sentence.tight)):
            return view.words(sentence.passage)
    return None


def _pair(view: View, question: Question) -> tuple[Figure, Figure] | None:
    """Two statements of the figure asked about: text and table where a table is named, else the first two that differ."""
    said = [figure for figure in _said(view, question) if explained(view, question, figure.evidence)]
    cells = [from_cell(view, found) for found in cells_for(view, question)[:6]]
    cells = [figure for figure in [*cells, *_in_cells(view, question)] if explained(view, question, figure.evidence)]
    cells.sort(key=lambda figure: -figure.score)
    if question.tables and said and not cells:
        cells = _totals(view, question, said[0])
    figures = [*said, *cells] if question.in_text else [*cells, *said]
    if not figures:
        return None
    if said and cells and "表" in question.text:
        return said[0], cells[0]
    first = figures[0]
    others = [figure for figure in figures[1:] if _comparable(first, figure)]
    differing = next((f for f in others if not f.amount.interval.overlaps(first.amount.interval)), None)
    return first, differing or (others[0] if others else first)


def _totals(view: View, question: Question, said: Figure) -> list[Figure]:
    """The totals of the table named, that nearest to what the text states first."""
    allowed = {key for mention in question.tables for key in mention.tables[:1]}
    rows = [r for r in view.records if r.table.id in allowed and (r.is_total or r.name in GRAND)]
    found = [from_cell(view, Found(r, v, GUESS, frozenset(), by_row=True)) for r in rows for v in r.values]
    return sorted(found, key=lambda figure: abs(figure.amount.base - said.amount.base))


def _comparable(one: Figure, other: Figure) -> bool:
    """Whether two figures can state the same: cells of tables with other bases cannot (基本支出表 against 支出总表)."""
    if one.found and other.found:
        return one.found.record.key == other.found.record.key or one.found.value.path == other.found.value.path
    units = (one.amount.unit, other.amount.unit)
    return None in units or units[0].dimension is units[1].dimension  # type: ignore[union-attr]


def _said(view: View, question: Question) -> list[Figure]:
    """What sentences state of the subject directly, and once more with the year (2026年预算安排 …) in the same sentence."""
    found = []
    subject = "".join(m.text for m in question.hard)
    for said in figures_said(view, question, question.mentions, None)[:6]:
        unit = said.figure.amount.unit
        if said.score < SURE or (unit is not None and unit.symbol in _ORDINAL):
            continue
        evidence = view.words(said.sentence.passage)
        found.append(Figure(subject, said.figure.amount, said.figure.text, evidence, said.score))
    if found:
        found[1:1] = _restated(view, subject, found[0])
    return found


def _restated(view: View, subject: str, first: Figure) -> list[Figure]:
    """The same sentence's figures that are headed by the document's own year."""
    year = view.document.fiscal_year
    if year is None or first.evidence.passage is None:
        return []
    words = tight(first.evidence.passage.text)
    heading = re.compile(rf"{year}年度?(?:当年)?(?:预算|决算)?(?:安排|数|支出)*(?:为|是)?$")
    figures = [f for f in figures_in(words) if heading.search(words[: f.start]) and f.text != first.text]
    return [Figure(subject, f.amount, f.text, first.evidence, first.score) for f in figures]


def _in_cells(view: View, question: Question) -> list[Figure]:
    """Figures stated in the words of a table's cell (a target's prose) right after the subject."""
    found: list[Figure] = []
    hard = question.hard
    allowed = {key for mention in question.tables for key in mention.tables}
    for record in view.records if hard else ():
        if allowed and record.table.id not in allowed:
            continue
        for _, text in record.texts:
            words = tight(text)
            if len(words) < _PROSE or not any(m.within(words) for m in hard):
                continue
            around = words + view.titles[record.table.id][1] + _table_words(view, record.table.id)
            if all(m.within(around) for m in hard):
                found.extend(_after_subject(view, hard, words, record))
    return found


def _after_subject(view: View, hard: Sequence[Mention], words: str, record: Record) -> list[Figure]:
    found = []
    for figure in figures_in(words):
        before = re.split(r"[，。；、]", words[: figure.start])[-1]
        named = next((m for m in hard if m.within(before)), None)
        if named:
            found.append(Figure(named.text, figure.amount, figure.text, view.row(record), SURE))
    return found


def _table_words(view: View, table: str) -> str:
    return flat("".join(text for record in view.records if record.table.id == table for _, text in record.texts[:3]))
