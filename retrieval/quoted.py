"""Questions that quote a figure and ask what it is, or why: the sentence or the cells that state it."""

from __future__ import annotations

import re

from model.amounts import Amount
from retrieval.cells import Found
from retrieval.draft import Draft
from retrieval.figures import figures_in
from retrieval.intent import Ask
from retrieval.lookup import cell_subject, table_label
from retrieval.question import Question
from retrieval.view import Sentence, View

_REASON = re.compile(r"原因|由于|因为|主要是")
_ASKS = re.compile(r"什么|啥|哪|谁|为|原因|何|怎么")
MOST = 3


def quoted(view: View, question: Question, draft: Draft) -> bool:
    """Say what the quoted figure is of; False where the question names something, or no place states the figure."""
    if not question.figures or question.hard or question.limit or question.unknown or not _ASKS.search(question.text):
        return False
    asked = question.figures[0]
    sentences = [s for s in view.sentences if any(_is(asked, figure.amount) for figure in figures_in(s.tight))]
    if question.ask is Ask.WHY:
        sentences = sorted((s for s in sentences if _REASON.search(s.tight)), key=lambda s: "原因" not in s.tight)
    if sentences:
        draft.step("text")
        _quote(view, draft, sentences[0])
        return True
    cells = [(r, v) for r in view.records for v in r.values if _is(asked, v.amount)]
    if not cells or question.ask is Ask.WHY:
        return False
    draft.step("look_up", subject=asked.text, where=draft.table(cells[0][0].table), candidates=len(cells))
    for record, value in cells[:MOST]:
        evidence = view.cell(record, value)
        subject = cell_subject(Found(record, value, 0.0, frozenset(), by_row=True))
        figure = draft.figure(value.amount, value.text)
        draft.say("cell", where=table_label(view, draft, evidence), subject=subject, figure=figure, number=draft.cite(evidence))
    return True


def _quote(view: View, draft: Draft, sentence: Sentence) -> None:
    draft.say("quote", quote=sentence.passage.text, number=draft.cite(view.words(sentence.passage)))


def _is(asked: Amount, amount: Amount) -> bool:
    """Whether a printed amount is the one quoted: the same value, and the same kind of unit where the question gives one."""
    if asked.unit is None or amount.unit is None:
        return asked.value == amount.value
    return asked.unit.dimension is amount.unit.dimension and asked.base == amount.base
