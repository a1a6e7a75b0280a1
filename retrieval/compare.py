"""Is it the same here and there: between tables, between a table and the text, within the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from retrieval.calculate import together
from retrieval.draft import Draft
from retrieval.figures import figures_in, in_unit, printed
from retrieval.lookup import Figure, explained, figures_for, groups_of, table_label
from retrieval.question import Question
from retrieval.sentences import changes_said, figures_said
from retrieval.suspicions import matching, state_findings
from retrieval.terms import Mention
from retrieval.text import flat
from retrieval.view import View, tight

_SIGNED = re.compile(r"增减额|增减|变动额|变化额|增加额|减少额")


def same(view: View, question: Question, draft: Draft) -> bool:
    """Whether two statements agree; both are cited, and a finding that speaks of them is quoted."""
    if len(question.tables) >= 2:
        return _two_tables(view, question, draft)
    if _SIGNED.search(question.text) and _changes_add_up(view, question, draft):
        return True
    if question.figures and len(groups_of(question)) >= 2 and _adds_to(view, question, draft):
        return True
    findings = matching(view, question)
    if findings:
        state_findings(view, draft, findings, contradicts=True)
        return True
    return _wherever(view, question, draft)


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
    """The two tables with the mentions that belong to each; what is said of one alone holds for both."""
    one, other = question.tables[0], question.tables[1]
    between = question.text[one.end : other.start]
    cut = one.end + max((between.rfind(word) for word in "和跟与同及、"), default=-1)
    cut = cut if cut >= one.end else other.start
    left = [m for m in question.mentions if m.start < cut]
    right = [m for m in question.mentions if m.start >= cut]
    second = tuple(key for key in other.tables if key != one.tables[0]) or other.tables
    return [(one.tables[:1] if one.tables[0] not in other.tables[:1] else one.tables, left or right), (second, right or left)]


def _verdict(view: View, draft: Draft, figures: Sequence[Figure]) -> bool:
    """State the figures and whether they agree as intervals."""
    for figure in figures:
        where = table_label(view, figure.evidence) or draft.word("text")
        said = draft.figure(figure.amount, figure.text)
        draft.say("cell", where=where, subject=figure.subject, figure=said, number=draft.cite(figure.evidence))
    one, other = figures[0], figures[-1]
    if one.amount.interval.overlaps(other.amount.interval):
        draft.step("compare", equation=f"{one.said} = {other.said}")
        draft.say("same" if one.amount.base == other.amount.base else "rounding")
        return True
    places = max(one.amount.places, other.amount.places)
    gap = printed(in_unit(abs(one.amount.base - other.amount.base), one.amount.unit, places))
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
    total, terms, unit, places = Decimal(0), [], question.figures[0].unit, 0
    for changed in parts:
        if changed.difference is None:
            continue
        amount = changed.difference.amount
        total += changed.sign * amount.base
        places = max(places, amount.places)
        terms.append(("−" if changed.sign < 0 else "+") + f" {changed.difference.text}")
        draft.say("quote", quote=changed.sentence.passage.text, number=draft.cite(view.words(changed.sentence.passage)))
    return _total_verdict(view, question, draft, total, " ".join(terms).removeprefix("+ "), places)


def _adds_to(view: View, question: Question, draft: Draft) -> bool:
    """Whether the figures of the subjects named add up to the figure in the question."""
    chosen = together(view, question, groups_of(question))
    if not chosen:
        return False
    for figure in chosen:
        where = table_label(view, figure.evidence) or draft.word("text")
        draft.say("cell", where=where, subject=figure.subject, figure=figure.said, number=draft.cite(figure.evidence))
    total = sum((figure.amount.base for figure in chosen), Decimal(0))
    places = max(figure.amount.places for figure in chosen)
    return _total_verdict(view, question, draft, total, " + ".join(figure.text for figure in chosen), places)


def _total_verdict(view: View, question: Question, draft: Draft, total: Decimal, equation: str, places: int) -> bool:
    stated = question.figures[-1]
    result = draft.calculated(total, stated.unit, places)
    draft.step("sum", equation=f"{equation} = {result}")
    draft.say("sum", equation=equation, result=result)
    where = _stated(view, question)
    if where:
        draft.cite(where)
    gap = printed(in_unit(abs(total - stated.base), stated.unit, max(places, stated.places)))
    if in_unit(total, stated.unit, stated.places).interval.overlaps(stated.interval):
        draft.say("same")
    else:
        draft.say("differs", one=result, other=printed(stated), gap=gap)
    return True


def _stated(view: View, question: Question):  # type: ignore[no-untyped-def]
    """A sentence that states the figure the question quotes."""
    stated = question.figures[-1]
    for sentence in view.sentences:
        if any(f.amount.base == stated.base and f.amount.unit == stated.unit for f in figures_in(sentence.tight)):
            return view.words(sentence.passage)
    return None


def _wherever(view: View, question: Question, draft: Draft) -> bool:
    """The figures given for the subject wherever it stands, in tables and text, compared with each other."""
    figures = _everywhere(view, question)
    figures = [figure for figure in figures if explained(view, question, figure.evidence)]
    if not figures:
        return False
    other = next((f for f in figures[1:] if not f.amount.interval.overlaps(figures[0].amount.interval)), None)
    if other is None and len(figures) < 2:
        draft.say("one_place")
    return _verdict(view, draft, [figures[0], other or figures[-1]])


def _everywhere(view: View, question: Question) -> list[Figure]:
    tables = [key for mention in question.tables for key in mention.tables]
    cells = figures_for(view, question, question.mentions, tables)[:6]
    said = [
        Figure("".join(m.text for m in question.hard), s.figure.amount, s.figure.text, view.words(s.sentence.passage), s.score)
        for s in figures_said(view, question, question.mentions, None)[:4]
        if s.score >= 0.5
    ]
    return [*said, *_in_cells(view, question), *(f for f in cells if f.evidence.passage is None)]


def _in_cells(view: View, question: Question) -> list[Figure]:
    """Figures stated in the words of a table's cell (a target's prose) right after the subject."""
    found = []
    hard = question.hard
    for record in view.records:
        for _, text in record.texts:
            words = tight(text)
            if len(words) < 12 or not hard or not any(m.within(words) for m in hard):
                continue
            around = words + view.titles[record.table.id][1] + _table_words(view, record.table.id)
            if all(m.within(around) or m.text in around for m in hard):
                found.extend(_after_subject(view, hard, words, record))
    return found


def _after_subject(view: View, hard: Sequence[Mention], words: str, record) -> list[Figure]:  # type: ignore[no-untyped-def]
    found = []
    for figure in figures_in(words):
        before = words[max(0, figure.start - 12) : figure.start]
        if any(m.text in before or m.within(before) for m in hard):
            evidence = view.row(record)
            found.append(Figure(hard[-1].text, figure.amount, figure.text, evidence, 0.5))
    return found


def _table_words(view: View, table: str) -> str:
    return flat("".join(text for record in view.records if record.table.id == table for _, text in record.texts[:3]))
