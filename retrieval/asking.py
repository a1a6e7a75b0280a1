"""Questions answered with no language model: understood, looked up, calculated, cited; refused where the document does not say."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from model.document import Kind
from model.findings import Examination
from retrieval.across import MOST, Part, chosen, side_by_side, without_names
from retrieval.answer import Answer
from retrieval.calculate import add_up, change, execution
from retrieval.chunks import finding_words
from retrieval.compare import same
from retrieval.compound import each_clause
from retrieval.draft import Draft
from retrieval.earlier import earlier
from retrieval.intent import Ask
from retrieval.lists import list_rows
from retrieval.lookup import look_up, nothing_planned
from retrieval.members import members
from retrieval.question import Question, normalised, understand
from retrieval.quoted import quoted
from retrieval.shares import share
from retrieval.suspicions import matching, state_findings, touching
from retrieval.telling import count, definition, narrative, purpose, who, why
from retrieval.told_in_tables import indicator, prose
from retrieval.verify import verify
from retrieval.view import View, view_of
from words import Language, say

Operation = Callable[[View, Question, Draft], bool]


def _findings(view: View, question: Question, draft: Draft) -> bool:
    """What is doubtful about what the question names; that nothing is, where it is checked and sound."""
    if question.figures and _COMPUTED.search(question.text) and verify(view, question, draft):
        return True
    found = matching(view, question, grave=True)
    if not found and verify(view, question, draft):
        return True
    found = found or matching(view, question)
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


def counts(view: View, question: Question, draft: Draft) -> bool:
    """A number of things, each clause by itself where several ask for one."""
    return _several(view, question, draft) or count(view, question, draft)


def _carried_out(view: View, question: Question, draft: Draft) -> bool:
    """A figure of what was carried out: none in a budget, which says what is planned."""
    return view.document.kind is not Kind.BUDGET and look_up(view, question, draft)


_COMPUTED = re.compile(r"算|对吗|对么|对不对|正确吗|是否正确")  # a figure is quoted, and whether it is right is asked
_MUCH = re.compile(r"多少|几[个项辆台]")

# What is tried for each kind of question, in order; the first that answers is taken.
OPERATIONS: dict[Ask, tuple[Operation, ...]] = {
    Ask.LOOK_UP: (look_up, earlier, count, indicator, quoted, narrative),
    Ask.SUM: (add_up, count),
    Ask.SHARE: (share,),
    Ask.CHANGE: (change, nothing_planned),
    Ask.TOP: (list_rows,),
    Ask.FILTER: (members, list_rows, narrative),
    Ask.SAME: (same,),
    Ask.FINDINGS: (_findings,),
    Ask.EXECUTION: (execution, indicator, _carried_out),
    Ask.WHY: (why, quoted),
    Ask.PURPOSE: (purpose, prose, look_up),
    Ask.WHO: (members, who, prose),
    Ask.COUNT: (counts, nothing_planned, indicator, members),
    Ask.DEFINITION: (definition, quoted, narrative, look_up),
    Ask.NARRATIVE: (narrative,),
}


def ask(examinations: Sequence[Examination], question: str, language: Language = "zh") -> Answer:
    """Answer a question about one or several documents; never raises for what a user types.

    Of several documents those are asked that the question names by organisation, year or kind; several answers stand side by side.
    """
    if not question.strip():
        return Answer(question, False, say("answer.empty", language))
    if not examinations:
        return Answer(question, False, say("answer.no_document", language))
    scope = chosen(examinations, question) if len(examinations) > 1 else list(examinations)
    if len(scope) == 1:
        return answer_from(view_of(scope[0]), question, language)
    if len(scope) > MOST:
        return Answer(question, False, say("answer.which", language, count=len(scope)))
    return _ask_each(scope, question, language)


def _ask_each(scope: Sequence[Examination], asked: str, language: Language) -> Answer:
    parts: list[Part] = []
    plain = without_names(scope, asked)
    for examination in scope:
        draft = drafted(view_of(examination), plain, language, sum(len(part.draft.evidence) for part in parts))
        if draft is not None:
            parts.append(Part(examination, draft))
    if not parts:
        return refusal(view_of(scope[0]), asked, language)
    return side_by_side(asked, parts, language, complete=len(parts) == len(scope))


def answer_from(view: View, asked: str, language: Language) -> Answer:
    """Answer from one document."""
    draft = drafted(view, asked, language)
    return draft.answer() if draft is not None else refusal(view, asked, language)


def drafted(view: View, asked: str, language: Language, offset: int = 0) -> Draft | None:
    """The draft of the first operation that answers, None where none does."""
    question = understood(view, asked)
    first = [_several] if question.ask is Ask.WHY and _MUCH.search(question.text) else []
    for operation in (*first, *OPERATIONS[question.ask], _several):
        draft = Draft(asked, language, offset)
        if operation(view, question, draft):
            _warn(view, question, draft)
            return draft
    return None


def understood(view: View, asked: str) -> Question:
    """A question read with a document's words."""
    document = view.document
    question = understand(asked, view.terms, view.titles, document.organization, document.fiscal_year)
    if document.kind is Kind.FINAL_ACCOUNTS and "去年" in question.text and not re.search(r"20\d\d", question.text):
        return replace(question, years=())  # accounts are read in the year after theirs
    return question


def _several(view: View, question: Question, draft: Draft) -> bool:
    """Answer clause by clause a question that asks several things."""
    return each_clause(view, question, draft, understood, _one)


def _one(view: View, asked: str, draft: Draft) -> bool:
    """Answer one clause in a draft."""
    question = understood(view, asked)
    for operation in OPERATIONS[question.ask]:
        before = draft.mark()
        if operation(view, question, draft):
            return True
        draft.back_to(before)
    return False


def _warn(view: View, question: Question, draft: Draft) -> None:
    """Say unasked that a finding touches the figures cited."""
    if question.ask in {Ask.FINDINGS, Ask.SAME}:
        return
    for finding in touching(view, draft.evidence)[:2]:
        draft.say("warning", title=finding_words(finding, draft.language)[0])


def refusal(view: View, asked: str, language: Language) -> Answer:
    """The one refusal, with the nearest rows."""
    nearest = tuple(view.near(normalised(asked)))
    return Answer(asked, False, say("answer.refusal", language), nearest=nearest, plan=(say("answer.plan.refused", language),))
