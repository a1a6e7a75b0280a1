"""Last year's figure where the document prints only this year's and the change: worked back from both, and said to be so."""

from __future__ import annotations

import re
from dataclasses import replace

from model.document import Kind
from retrieval.draft import Draft
from retrieval.lookup import explained
from retrieval.question import Question
from retrieval.sentences import Changed, changes_said
from retrieval.view import View

SURE = 0.4
_SPENT = re.compile(r"决算|执行|实际|花了|支出了")


def earlier(view: View, question: Question, draft: Draft) -> bool:
    """The year's figure less its change; False unless the question asks for the year before and a sentence states both."""
    fiscal = view.document.fiscal_year
    if fiscal is None or question.years != (fiscal - 1,) or not question.mentions:
        return False
    if view.document.kind is Kind.BUDGET and _SPENT.search(question.text):
        return False  # a budget compares with last year's budget, not with what was spent
    own_year = replace(question, years=())
    said = [c for c in changes_said(view, own_year, question.mentions) if c.score >= SURE and c.own and (c.difference or not c.sign)]
    said = [c for c in said if explained(view, own_year, view.words(c.sentence.passage))]
    if not said:
        return False
    _state(view, draft, said[0])
    return True


def _state(view: View, draft: Draft, changed: Changed) -> None:
    own, difference = changed.own, changed.difference
    if own is None:
        return
    gap = difference.amount.base if difference and changed.sign else own.amount.base * 0
    places = max(own.amount.places, difference.amount.places if difference else 0)
    result = draft.calculated(own.amount.base - changed.sign * gap, own.amount.unit, places)
    sign = "−" if changed.sign > 0 else "+"
    equation = f"{own.text} {sign} {difference.text} = {result}" if difference and changed.sign else f"{own.text} = {result}"
    draft.step("difference", equation=equation)
    evidence = view.words(changed.sentence.passage)
    draft.say("earlier", equation=equation, result=result, quote=evidence.text, number=draft.cite(evidence))
