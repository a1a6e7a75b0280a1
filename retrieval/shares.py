"""Shares: what part one figure is of another, from cells of one table, as a sentence states it, or from two sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from model.amounts import PERCENT
from retrieval.calculate import kinship, state_share
from retrieval.draft import Draft
from retrieval.figures import figures_in
from retrieval.fit import earlier_column
from retrieval.lookup import Figure, explained, figures_for, from_cell, groups_of, money_only
from retrieval.question import Question
from retrieval.sentences import naming
from retrieval.terms import Mention
from retrieval.text import flat
from retrieval.view import View, subjects_in, tight

_WHOLE = re.compile(r"占(?:到|了)?(?:全部|总的?|整个|本年|所有|全年)?")
MOST = 4  # statements of one subject that are looked at


def share(view: View, question: Question, draft: Draft) -> bool:
    """The share of a part in a whole: recomputed from two cells, else as a sentence states it."""
    part, whole = _operands(question)
    if not part:
        return False
    named = groups_of(replace(question, mentions=tuple(part)))
    if len(named) > 1:
        return _shares(view, question, draft, named, whole)
    pair = _pair(view, question, part, whole)
    if pair is not None:
        return state_share(draft, view, pair)
    apart = [[mention] for mention in part if not mention.soft]
    if len(apart) > 1 and not whole and _shares(view, question, draft, apart, whole):
        return True
    said = _share_said(view, question, draft, part) or _share_of_sentence(view, question, draft, part)
    return said or _share_of_statements(view, question, draft, part, whole)


def _share_of_sentence(view: View, question: Question, draft: Draft, part: list[Mention]) -> bool:
    """The share of an amount listed after 其中 in the amount before it."""
    for small in figures_for(view, question, part)[:3]:
        words = tight(small.evidence.passage.text) if small.evidence.passage else ""
        at = words.find("其中")
        whole = next((f for f in figures_in(words[: max(at, 0)]) if f.amount.unit == small.amount.unit), None)
        if whole is not None and whole.amount.base > 0 and any(f.start > at and f.text == small.text for f in figures_in(words)):
            subject = next(subjects_in(words[: whole.end]), "")
            return state_share(draft, view, (small, Figure(subject, whole.amount, whole.text, small.evidence, small.score)))
    return False


def _share_of_statements(view: View, question: Question, draft: Draft, part: list[Mention], whole: list[Mention]) -> bool:
    """The share of an amount that a sentence states in one that another states under the same heading."""
    if not any(not mention.soft for mention in whole):
        return False
    for small in figures_for(view, replace(question, in_text=True), part)[:MOST]:
        for large in figures_for(view, replace(question, in_text=True), whole)[:MOST]:
            one, other = small.evidence.passage, large.evidence.passage
            together = one is not None and other is not None and one.section == other.section and one.key != other.key
            if together and small.amount.unit == large.amount.unit and 0 < small.amount.base < large.amount.base:
                return state_share(draft, view, (small, large))
    return False


def _shares(view: View, question: Question, draft: Draft, parts: Sequence[list[Mention]], whole: list[Mention]) -> bool:
    """The shares of several parts in one whole, each calculated or as a sentence states it."""
    before = draft.mark()
    for part in parts:
        pair = _pair(view, question, part, whole)
        if not (state_share(draft, view, pair) if pair else _share_said(view, question, draft, part)):
            draft.back_to(before)
            return False
    return True


def _operands(question: Question) -> tuple[list[Mention], list[Mention]]:
    """The mentions before and after 占; with nothing after it, the whole is left to the table."""
    found = _WHOLE.search(question.text)
    at = found.start() if found else len(question.text)
    before = [mention for mention in question.mentions if mention.start < at]
    after = [mention for mention in question.mentions if mention.start >= at]
    return (before, after) if before else (after, [])


def _pair(view: View, question: Question, part: list[Mention], whole: list[Mention]) -> tuple[Figure, Figure] | None:
    """Part and whole from one table, the same row or the same column."""
    parts = money_only(figures_for(view, question, part))[:25]
    best: tuple[float, tuple[Figure, Figure]] | None = None
    wholes = money_only(figures_for(view, question, whole))[:40] if whole else []
    for small in parts:
        alone = _all_of_its_table(view, small, part)
        for large in wholes or _wholes(view, small):
            if alone and large.evidence.table == small.evidence.table:
                continue
            fits = large.amount.base > 0 and small.amount.base <= large.amount.base and large.evidence.column is not None
            if not fits or small.found is None or large.found is None or large.evidence.place == small.evidence.place:
                continue
            score = small.score + large.score + kinship(small, large)
            if best is None or score > best[0]:
                best = (score, (small, large))
    return best[1] if best else None


def _all_of_its_table(view: View, small: Figure, part: Sequence[Mention]) -> bool:
    """Whether a part is the total of a table that is of this part alone (基本支出表): the whole is not printed there."""
    hard = [mention for mention in part if not mention.soft]
    if small.found is None or not small.found.record.is_total:
        return False
    title, column = view.titles[small.found.record.table.id][1], flat("".join(small.found.value.path))
    return any(m.text in title for m in hard) and not any(m.within(column) for m in hard)


def _wholes(view: View, small: Figure) -> list[Figure]:
    """What a cell may be a part of: the total of its row where its column is a part, else the total of its column."""
    found = small.found
    if found is None:
        return []
    record, value = found.record, found.value
    figures = []
    first = next((v for v in record.values if not earlier_column(view, v.path)), value)
    if first.column != value.column:
        figures.append(from_cell(view, replace(found, value=first, score=0.6)))
    for other in view.records:
        if other.table.id == record.table.id and other.is_total and other.row != record.row:
            figures.extend(
                from_cell(view, replace(found, record=other, value=v, score=0.5)) for v in other.values if v.column == value.column
            )
    return figures


def _share_said(view: View, question: Question, draft: Draft, part: list[Mention]) -> bool:
    for sentence, places, _ in sorted(naming(view, part), key=lambda found: -found[2]):
        for end, _ in (place for some in places for place in some):
            rate = next((f for f in figures_in(sentence.tight) if f.start >= end and f.amount.unit is PERCENT), None)
            if rate and "占" in sentence.tight[end : rate.start] and explained(view, question, view.words(sentence.passage)):
                draft.step("text")
                said = draft.figure(rate.amount, rate.text)
                draft.say("sentence", quote=sentence.passage.text, figure=said, number=draft.cite(view.words(sentence.passage)))
                return True
    return False
