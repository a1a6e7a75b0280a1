"""What the words of a table's cells tell: an indicator's value (≥95%, 21人), a basis, an aim, the names that a list gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from model.amounts import Dimension
from retrieval.draft import Draft
from retrieval.lookup import explained, other_year
from retrieval.question import Question
from retrieval.records import Record, Value
from retrieval.terms import Mention
from retrieval.text import bare, flat, without_code
from retrieval.view import View

NAMED = 0.55  # how well a cell must bear a name to be what is asked for
PROSE = 12  # a cell with at least so many characters is read as prose
MOST = 6
_LEVELS = frozenset({"指标", "指标值", "目标", "目标值", "绩效指标", "绩效目标"})
_VALUE = re.compile(r"[≥≤=<>＝＜＞﹥﹤]|\d|%|^.{1,12}$")
# What a question asks of prose, and the words the prose must have for it.
_ASPECTS = (
    (re.compile(r"依据|根据什么|文件"), re.compile(r"依据|根据|按照|按|号）|〔|《")),
    (re.compile(r"谁|哪家|哪个(?:单位|部门|公司|机构)"), re.compile(r"由|向|委托|公司|中心|局|委")),
    (re.compile(r"什么时候|何时|哪年|时间|期限"), re.compile(r"\d+\s*[年月]|年底|前完成|全年")),
)


def indicator(view: View, question: Question, draft: Draft) -> bool:
    """The words beside a name in a table without a figure to it: 指标值, 备注; one line for each place that bears the name."""
    if not question.hard:
        return False
    named = sorted(_named_cells(view, question), key=lambda cell: -_best(question.hard, cell[1]))
    found = [cell for cell in named if _best(question.hard, cell[1]) >= _best(question.hard, named[0][1]) - 0.01][:MOST]
    if not found:
        return False
    draft.step("look_up", subject=found[0][1], where=draft.table(found[0][0].table), candidates=len(found))
    for record, name, said in found:
        of = "".join(f"{above}，" for above in record.above[:1] if len(found) > 1)
        where = draft.table(record.table)
        draft.say("told", where=where, subject=f"{of}{name}", text=said, number=draft.cite(view.row(record)))
    return True


def _named_cells(view: View, question: Question) -> Iterator[tuple[Record, str, str]]:
    """Records with the cell that is named and the words after it, where they look like a value."""
    seen = set()
    hard = [m for m in question.hard if m.text not in _LEVELS] or question.hard
    for record in view.records:
        texts = [text for _, text in record.texts]
        if other_year(view, question) and not any(str(year) in text for year in question.years for text in (*texts, *record.above)):
            continue
        at = max(range(len(texts)), key=lambda i: _best(hard, texts[i]), default=-1)
        if at < 0 or at + 1 >= len(texts) or _best(hard, texts[at]) < NAMED or any(_is_money(value) for value in record.values):
            continue
        said = texts[at + 1]
        if question.counted and question.counted not in said:
            continue
        around = [*record.above, *texts, view.titles[record.table.id][1]]
        shown = all(any(_likeness(m, text) > 0 or m.text in flat(text) for text in around) for m in hard)
        key = (texts[at], said, record.above)
        if shown and key not in seen and _VALUE.search(said) and explained(view, question, view.row(record)):
            seen.add(key)
            yield record, texts[at], said


def prose(view: View, question: Question, draft: Draft) -> bool:
    """The prose of a row that the question names, where it has what is asked for (a basis, a party, a time) or the row is all about it."""
    wanted = next((words for asked, words in _ASPECTS if asked.search(question.text)), None)
    best: tuple[float, Record] | None = None
    for record in view.records if question.hard else ():
        long = [text for _, text in record.texts if len(text) >= PROSE and (wanted is None or wanted.search(text))]
        score = _row_score(question.hard, record)
        if long and score > 0 and (best is None or score > best[0]):
            best = (score, record)
    if best is None or not explained(view, question, view.row(best[1])):
        return False
    _state_row(view, draft, best[1], wanted)
    return True


def _is_money(value: Value) -> bool:
    return value.amount.unit is not None and value.amount.unit.dimension is Dimension.MONEY


def _row_score(hard: Sequence[Mention], record: Record) -> float:
    """How well a row names everything: in its own words, or in the project that the form is about."""
    names = [record.name, *(text for _, text in record.texts)]
    scores = [
        max(
            [
                *(_likeness(m, text) for text in names),
                *(0.9 * _likeness(m, text) for text in record.above),
                *(0.8 for header, text in record.texts if text and m.likeness(header) >= NAMED),
            ],
            default=0.0,
        )
        for m in hard
    ]
    return sum(scores) if min(scores) > 0 else 0.0


def _state_row(view: View, draft: Draft, record: Record, wanted: re.Pattern[str] | None) -> None:
    draft.step("look_up", subject=record.title, where=draft.table(record.table), candidates=1)
    number = draft.cite(view.row(record))
    if record.values and wanted is None:
        value = record.values[0]
        figure = draft.figure(value.amount, value.text)
        draft.say("cell", where=draft.table(record.table), subject=record.title, figure=figure, number=number)
    for header, text in record.texts:
        if len(text) >= PROSE and (wanted is None or wanted.search(text)) and flat(text) != flat(record.label):
            draft.say("attribute", header=header or record.label, text=text, number=number)


def _best(mentions: Sequence[Mention], text: str) -> float:
    return max(_likeness(mention, text) for mention in mentions)


def _likeness(mention: Mention, text: str) -> float:
    return max(mention.likeness(flat(text)), mention.likeness(bare(without_code(text))))
