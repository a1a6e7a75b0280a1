"""Is a stated change computed right: the figure, the difference and the rate of one sentence, done again as intervals."""

from __future__ import annotations

from model.amounts import Interval
from retrieval.draft import Draft
from retrieval.figures import printed
from retrieval.lookup import explained
from retrieval.question import Question
from retrieval.sentences import Changed, changes_said
from retrieval.view import View


def verify(view: View, question: Question, draft: Draft) -> bool:
    """Recompute the rate that a sentence states of what is named; say whether it can be right."""
    subjects = [mention for mention in question.mentions if not mention.soft] or list(question.mentions)
    for changed in changes_said(view, question, subjects):
        rate = _rate(changed)
        evidence = view.words(changed.sentence.passage)
        if rate is None or changed.rate is None or changed.own is None or changed.difference is None:
            continue
        if not explained(view, question, evidence):
            continue
        stated = changed.rate.amount
        draft.step("text")
        draft.say("quote", quote=evidence.text, number=draft.cite(evidence))
        result = draft.percentage(rate.middle / 100)
        sign = "−" if changed.sign > 0 else "+"
        figures = f"{changed.difference.text} ÷ ({changed.own.text} {sign} {changed.difference.text})"
        equation = f"{figures} = {result}"
        draft.step("share", equation=equation)
        right = rate.overlaps(stated.interval)
        draft.say("verified" if right else "refuted", stated=printed(stated, changed.rate.text), equation=equation, result=result)
        return True
    return False


def _rate(changed: Changed) -> Interval | None:
    """The rate in percent that the stated figure and difference make; None where they do not say."""
    if changed.own is None or changed.difference is None or changed.rate is None or not changed.sign:
        return None
    difference = changed.difference.amount.interval
    now = changed.own.amount.interval
    base = now - difference if changed.sign > 0 else now + difference
    try:
        return (difference / base).scaled(100)
    except ZeroDivisionError:
        return None
