"""Questions that ask several things at once (多少，为什么；几个，涉及多少钱): cut into clauses, each asked of what the first is about."""

from __future__ import annotations

import re
from collections.abc import Callable

from retrieval.draft import Draft
from retrieval.question import Question
from retrieval.view import View

_CUT = re.compile(r"[,，;；?？。、]|(?<=多少)(?:和|以及)|(?<=几个)和")
_ASKS = re.compile(
    r"多少|几[个项辆台家人笔名处]|为什么|为何|为啥|原因|百分|占比|比重|比例|是否|吗|怎么|如何|哪|依据|用途|用于|干什么|做什么|多大|[增减降涨]幅|是什么|分别"
)
MOST = 4  # clauses; more are no question

Answers = Callable[[View, str, Draft], bool]
Understood = Callable[[View, str], Question]


def clauses(text: str) -> list[str]:
    """The clauses of a question that each ask something; what does not ask belongs to the clause after it."""
    found: list[str] = []
    rest = ""
    for piece in _CUT.split(text):
        rest = f"{rest}，{piece}" if rest else piece
        if _ASKS.search(piece):
            found.append(rest)
            rest = ""
    return found


def each_clause(view: View, question: Question, draft: Draft, understood: Understood, answers: Answers) -> bool:
    """Answer every clause; False where one cannot be answered, or there is only one."""
    parts = clauses(question.text)
    if not 2 <= len(parts) <= MOST:
        return False
    subject = "".join(mention.text for mention in understood(view, parts[0]).hard)
    for number, part in enumerate(parts):
        own = understood(view, part)
        carried = number > 0 and not own.codes and not own.tables
        alone = own.counted or (own.hard and not part.startswith("其中"))
        asked = [part, f"{subject}{part}"] if alone else [f"{subject}{part}", part]
        if not carried or not subject:
            asked = [part]
        if not any(answers(view, text, draft) for text in asked):
            return False
    return True
