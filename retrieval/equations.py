"""Do parts make up their whole: A加B是否等于C, and the parts that a sentence lists after 其中."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from model.amounts import Dimension, Interval
from retrieval.calculate import together
from retrieval.draft import Draft
from retrieval.figures import Figure as Printed
from retrieval.figures import figures_in, in_unit, printed
from retrieval.lookup import Figure, explained, groups_of, table_label
from retrieval.question import Question
from retrieval.sentences import CHANGED, naming
from retrieval.view import Sentence, View, tight

_EQUALS = re.compile(
    r"(?:之和|合计|加起来|相加)?(?:是否|是不是|能否)?(?:等于|等不等于|[与和跟同](?=[^与和跟同]{2,24}(?:一致|一样|相等|相同|平衡|对得上)))"
)
_SUMMED = re.compile(r"(?:合计|共计|总计|共)(?:为|是)?$")
_NESTED = re.compile(r"其中|包括|包含|涉及|[比较]上年|比20")
_LEAST = 0.4  # how well a sentence or its headings must name what the parts are of
_TOTAL = re.compile(r"(?:收入|支出).*(?:合计|总计|总额)|总收入|总支出")
_PARTS = re.compile(r"分项|各项|明细|构成|加起来|加总|之和|合计")
_PLUS = re.compile(r"加|\+|、|之和|相加|合计")


def equation(view: View, question: Question, draft: Draft) -> bool:
    """Whether the sum of the subjects before 等于 is the subject after it."""
    found = next((m for m in _EQUALS.finditer(question.text) if _PLUS.search(question.text[: m.start() + 2])), None)
    if found is None or question.figures or len(question.tables) > 1:
        return False
    left = [m for m in question.mentions if m.start < found.start()]
    right = [m for m in question.mentions if m.start >= found.end()]
    parts = groups_of(replace(question, mentions=tuple(left)))
    if len(parts) < 2 or not right:
        return False
    chosen = together(view, question, [*parts, right])
    if not chosen:
        return False
    _state(view, draft, chosen[:-1], chosen[-1])
    return True


def two_subjects(view: View, question: Question) -> list[Figure]:
    """Two subjects that are to be the same (收入合计和支出合计), of one table where one has both; empty where two are not named."""
    groups = groups_of(question)
    named = all(any(not m.soft or _TOTAL.search(m.text) for m in group) for group in groups)
    return together(view, question, groups) if len(groups) == 2 and named and not question.figures else []


def breakdown(view: View, question: Question, draft: Draft) -> bool:
    """Whether the amounts that a sentence lists after 其中 add up to the one before it."""
    if not _PARTS.search(question.text) or question.tables:
        return False
    for sentence, _, base in sorted(naming(view, question.hard or question.mentions), key=lambda found: -found[2]):
        text = tight(_paragraph_to_stop(view, sentence))
        at = text.find("其中")
        if base < _LEAST or at < 0 or not explained(view, question, view.words(sentence.passage)):
            continue
        whole = [f for f in figures_in(text[:at]) if _is_money(f) and not CHANGED.search(text[: f.start])]
        tail = text[at + 2 :]
        parts = [f for f in figures_in(tail) if _is_money(f) and not _SUMMED.search(tail[: f.start])]
        nested = _NESTED.search(tail) or any(CHANGED.search(tail[: f.start]) for f in parts)
        if whole and len(parts) > 1 and not nested:
            evidence = view.words(sentence.passage)
            total = Figure("", whole[0].amount, whole[0].text, evidence, base)
            _state(view, draft, [Figure("", part.amount, part.text, evidence, base) for part in parts], total)
            return True
    return False


def _paragraph_to_stop(view: View, sentence: Sentence) -> str:
    """The sentence and what follows it up to the next full stop: parts are often parted by semicolons."""
    passage = sentence.passage
    text = view.document.paragraphs[passage.paragraph].text
    stop = text.find("。", passage.end - 1)
    return text[passage.start : stop + 1 if stop >= 0 else len(text)]


def _is_money(figure: Printed) -> bool:
    return figure.amount.unit is not None and figure.amount.unit.dimension is Dimension.MONEY


def _state(view: View, draft: Draft, parts: Sequence[Figure], whole: Figure) -> None:
    """Name the figures, add the parts, compare with the whole."""
    quoted = whole.evidence.passage is not None and all(part.evidence == whole.evidence for part in parts)
    for figure in [] if quoted else [*parts, whole]:
        where = table_label(view, draft, figure.evidence) or draft.word("text")
        said = draft.figure(figure.amount, figure.text)
        draft.say("cell", where=where, subject=figure.subject, figure=said, number=draft.cite(figure.evidence))
    if quoted:
        draft.figure(whole.amount, whole.text)
        draft.say("quote", quote=whole.evidence.text, number=draft.cite(whole.evidence))
    total = sum((part.amount.base for part in parts), Decimal(0))
    places = max(part.amount.places for part in parts)
    result = draft.calculated(total, whole.amount.unit, max(places, whole.amount.places))
    added = " + ".join(part.text for part in parts)
    draft.step("sum", equation=f"{added} = {result}")
    draft.say("sum", equation=added, result=result)
    added_up = sum((part.amount.interval for part in parts), Interval.exactly(0))
    gap = printed(in_unit(abs(total - whole.amount.base), whole.amount.unit, max(places, whole.amount.places)))
    if total == whole.amount.base:
        draft.say("same", gap=gap)
    elif added_up.overlaps(whole.amount.interval):
        draft.say("rounding", gap=gap)
    else:
        draft.say("differs", one=result, other=whole.said, gap=gap)
