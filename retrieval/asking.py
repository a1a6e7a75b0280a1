"""Questions answered with no language model: understood, looked up, calculated, cited; refused where the document does not say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from model.findings import Examination
from retrieval.answer import Answer
from retrieval.calculate import add_up, change, execution, share
from retrieval.chunks import finding_words
from retrieval.compare import same
from retrieval.draft import Draft
from retrieval.lists import list_rows
from retrieval.lookup import look_up, nothing_planned
from retrieval.question import Ask, Question, understand
from retrieval.suspicions import matching, state_findings, touching
from retrieval.telling import count, definition, narrative, purpose, purpose_in_table, who, why
from retrieval.view import View, view_of
from words import Language, say

Operation = Callable[[View, Question, Draft], bool]


def _findings(view: View, question: Question, draft: Draft) -> bool:
    """What is doubtful about what the question names; that nothing is, where it is checked and sound."""
    found = matching(view, question)
    if found:
        state_findings(view, draft, found)
        return True
    if not question.hard and not question.tables and not question.codes:
        draft.say("no_findings")
        return True
    if look_up(view, question, draft):
        draft.say("no_findings")
        return True
    return False


# What is tried for each kind of question, in order; the first that answers is taken.
OPERATIONS: dict[Ask, tuple[Operation, ...]] = {
    Ask.LOOK_UP: (look_up, count, narrative),
    Ask.SUM: (add_up, look_up, count),
    Ask.SHARE: (share, look_up),
    Ask.CHANGE: (change, nothing_planned),
    Ask.TOP: (list_rows,),
    Ask.FILTER: (list_rows, narrative),
    Ask.SAME: (same,),
    Ask.FINDINGS: (_findings,),
    Ask.EXECUTION: (execution,),
    Ask.WHY: (why,),
    Ask.PURPOSE: (purpose, purpose_in_table, look_up),
    Ask.WHO: (who,),
    Ask.COUNT: (count, nothing_planned),
    Ask.DEFINITION: (definition, narrative),
    Ask.NARRATIVE: (narrative,),
}


def ask(examinations: Sequence[Examination], question: str, language: Language = "zh") -> Answer:
    """Answer a question about one or several documents; never raises for what a user types."""
    if not question.strip():
        return Answer(question, False, say("answer.empty", language))
    if not examinations:
        return Answer(question, False, say("answer.no_document", language))
    view = view_of(examinations[0])
    return answer_from(view, question, language)


def answer_from(view: View, asked: str, language: Language) -> Answer:
    """Answer from one document."""
    question = understand(asked, view.terms, view.titles, view.document.organization)
    for operation in OPERATIONS[question.ask]:
        draft = Draft(asked, language)
        if operation(view, question, draft):
            _warn(view, question, draft)
            return draft.answer()
    return refusal(view, question, language)


def _warn(view: View, question: Question, draft: Draft) -> None:
    """Say unasked that a finding touches the figures cited."""
    if question.ask in {Ask.FINDINGS, Ask.SAME}:
        return
    for finding in touching(view, draft.evidence)[:2]:
        draft.say("warning", title=finding_words(finding, draft.language)[0])


def refusal(view: View, question: Question, language: Language) -> Answer:
    """The one refusal, with the nearest rows."""
    nearest = tuple(view.near(question.text))
    return Answer(question.asked, False, say("answer.refusal", language), nearest=nearest, plan=(say("answer.plan.refused", language),))
