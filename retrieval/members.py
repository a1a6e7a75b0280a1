"""Which units or offices belong to the organisation: the rows of a list of names, or the sentence that names them and what it numbers."""

from __future__ import annotations

import re

from model.document import Table
from retrieval.draft import MOST_CITED, Draft
from retrieval.question import Question
from retrieval.records import Record
from retrieval.text import flat
from retrieval.view import Sentence, View

_HEAD = re.compile(r"本级|机关|汇总")
_LONGEST = 400
_OFFICES = re.compile(r"处室|科室|内设|机构|派出|部门")
_UNITS = re.compile(r"单位|范围|构成|纳入|下属|所属|事业单位|学校|医院|中心")
_ASKS = re.compile(
    r"(?:哪|什么|几)[^，。]{0,4}(?:处室|科室|机构|单位|部门)|(?:处室|科室|内设机构|直属单位|事业单位|下属单位|所属单位|预算单位|单位构成)(?:有|是|都|分别|包括|叫)*(?:哪|什么)|(?:下属|所属|直属|下设|内设)[^，。]{0,8}(?:哪|什么|几|谁)|都?有谁"
)
_OFFICES_SAID = re.compile(r"内设[^，。]{0,8}(?:机构|处室|科室)|处室|科室|派出机构")
_UNITS_SAID = re.compile(r"(?:直属|事业单位|编制范围|预算单位|决算单位|下属|所属|基层单位|二级单位|单位构成|独立核算|汇总预算)")
_NAMES = re.compile(r"包括|下设|设有|设置|分别|如下|构成|具体|只有|仅|无下属|没有下属|[：:]")
_LISTS, _OPENS = re.compile(r"[：:].*、|分别|具体"), re.compile(r"[：:]$|包括|如下")
_COLUMN = re.compile(r"(?:单位|部门|机构|处室|科室)(?:名称|构成)?$")
_ITEM = re.compile(r"^\s*(?:[（(]?\d{1,2}[)）、.．]|[（(]?[一二三四五六七八九十]+[)）、.．]|[①-⑳])")


def members(view: View, question: Question, draft: Draft) -> bool:
    """Name the units or offices asked for; False where the question asks for something else or the document does not list them."""
    others = [m for m in question.hard if not (_OFFICES.search(m.text) or _UNITS.search(m.text))]
    if question.limit or question.tables or others or not _ASKS.search(question.text):
        return False
    offices = bool(_OFFICES.search(question.text)) and not _UNITS.search(question.text)
    if not offices and _listed(view, draft):
        return True
    said = _OFFICES_SAID if offices else _UNITS_SAID
    best: tuple[int, Sentence] | None = None
    for sentence in view.sentences:
        if said.search(sentence.tight) and _NAMES.search(sentence.tight) and not re.search(r"名词|指", "".join(sentence.passage.section)):
            lists = bool(_LISTS.search(sentence.tight)) + 2 * bool(_OPENS.search(sentence.tight))
            score = lists + len(set(said.findall(sentence.tight)))
            if best is None or score > best[0]:
                best = (score, sentence)
    if best is None:
        return False
    draft.step("text")
    draft.say("quote", quote=_with_items(view, best[1]), number=draft.cite(view.words(best[1].passage)))
    return True


def _listed(view: View, draft: Draft) -> bool:
    """The rows of a table that has names of units and no figures."""
    for table in view.document.tables:
        rows = [record for record in view.records if record.table.id == table.id]
        names = [(record, name) for record in rows if (name := _name(record))]
        own = _HEAD.sub("", flat(view.document.organization))
        others = [name for _, name in names if _HEAD.sub("", flat(name)) != own]
        if others and not any(record.values for record in rows) and _of_names(table):
            draft.step("list", where=draft.table(table), rows=len(rows), kept=len(names))
            draft.say("list_head", where=draft.table(table), count=len(names))
            for record, name in names:
                number = draft.cite(view.row(record)) if len(draft.evidence) < MOST_CITED else ""
                draft.say("list_name", name=name, number=number)
            return True
    return False


def _of_names(table: Table) -> bool:
    return len(table.columns) <= _FEW and any(path and _COLUMN.search(flat(path[-1])) for path in table.columns)


_FEW = 4  # columns; a list of names has its number, the name, perhaps a remark


def _name(record: Record) -> str:
    return next((text for header, text in record.texts if _COLUMN.search(header)), "")


def _with_items(view: View, sentence: Sentence) -> str:
    """The sentence with the rest of its paragraph and the numbered paragraphs that follow it."""
    paragraphs = view.document.paragraphs
    passage = sentence.passage
    text = paragraphs[passage.paragraph].text[passage.start :]
    for paragraph in paragraphs[passage.paragraph + 1 :]:
        if not _ITEM.match(paragraph.text) or len(text) + len(paragraph.text) > _LONGEST:
            break
        text += paragraph.text
    return text[:_LONGEST]
