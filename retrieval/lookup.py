"""Look-ups: the cell or the sentence that states the figure asked for, or the statement that there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from model.amounts import Amount, Dimension
from retrieval.answer import Evidence
from retrieval.cells import Found, cells_for
from retrieval.draft import Draft
from retrieval.figures import printed
from retrieval.lexicon import aliases
from retrieval.question import Question
from retrieval.sentences import Said, figures_said, naming
from retrieval.terms import Mention
from retrieval.text import flat, grams, uncoded, without_code
from retrieval.view import Sentence, View

_NIL = re.compile(
    r"没有[^，。]{0,30}(?:支出|预算|收入|安排|数据|情况|项目)|未安排|无[^，。]{0,16}(?:支出|预算|收入|安排|数据)|空表|不涉及|未发生|没有安排|为零"
)
_OTHER_FUNDS = ("政府性基金", "国有资本")  # that there is none of these says nothing of the rest
_OF_A_BODY = re.compile(r"(?:局|厅|署|法院|检察院|委员会|政府|街道办事处)$")
SURE = 0.5
_SURELY = 0.9
COVERED = 0.8
LEAST = 0.3
_MOST_TWINS, _MOST_PARTS = 3, 6
_MANNER = re.compile(r"怎么|如何|方式|形式|哪种|什么类")
_ASKED = re.compile(r"多少|几[个辆台项]")
_EACH = re.compile(r"各(?:自|是|为)?(?:安排)?(?:了)?(?:有)?多少|分别")
# Words that name no figure by themselves: 项目 alone is not the total.
_NOTHING = frozenset({"项目", "单位", "部门", "科目", "情况", "内容", "名称", "数据", "表", "备注", "增减", "增减额", "原因", "主要原因"})
_CONNECTED = re.compile(r"^[^一-鿿]*(?:、|,|，|和|与|及|以及|加上|加|跟|还有|同|再加|\+)?[^一-鿿]*$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure found for a subject: what it is called, the amount as printed, and its place."""

    subject: str
    amount: Amount
    text: str
    evidence: Evidence
    score: float
    found: Found | None = None
    named: frozenset[str] = frozenset()

    @property
    def said(self) -> str:
        """The figure with its unit."""
        return printed(self.amount, self.text)


def _lacks(figure: Figure, basis: str) -> bool:
    """Whether a cell's header does not say the basis asked for (年初预算 …); 预算数 will do for it."""
    header = flat(figure.evidence.column or "")
    return basis not in header and "预算数" not in header


def from_cell(view: View, found: Found, named: frozenset[str] = frozenset()) -> Figure:
    """A cell as a figure; ``named`` are the names that the question may mean."""
    evidence = view.cell(found.record, found.value)
    return Figure(cell_subject(found), found.value.amount, found.value.text, evidence, found.score, found, named)


def from_sentence(view: View, said: Said, mentions: Sequence[Mention]) -> Figure:
    """A figure said in a sentence."""
    subject = "".join(mention.text for mention in mentions)
    return Figure(subject, said.figure.amount, said.figure.text, view.words(said.sentence.passage), said.score)


def cell_subject(found: Found) -> str:
    """What a cell is about: its row, and its column where the row has several."""
    record, value = found.record, found.value
    column = "›".join(value.path)
    row = record.title or ""
    return f"{row}（{column}）" if row and column else row or column


def figures_for(view: View, question: Question, mentions: Sequence[Mention], tables: Sequence[str] = ()) -> list[Figure]:
    """The figures that fit, best first: cells, or sentences where the question asks for the text or no cell fits."""
    if not (mentions or question.codes or question.tables or tables):
        return []
    surely = any(not m.soft for m in mentions) and not (question.codes or question.tables or tables)
    named = frozenset(name for m in mentions if not m.soft for name, likeness in m.names.items() if likeness >= SURE)
    cells = [from_cell(view, f, named) for f in cells_for(view, question, mentions, tables)[:40] if f.score >= LEAST or not surely]
    cells = [figure for figure in cells if explained(view, question, figure.evidence)]
    basis = re.search(r"年初预算|全年预算|调整预算", question.text)
    if cells and not question.in_text and not (basis and _lacks(cells[0], basis.group())):
        wider = [] if question.codes or question.tables or tables else _wider(view, question, mentions, cells[0])
        return [*wider, *cells]
    if (question.codes and not mentions) or (question.tables and not question.in_text):
        return cells
    said = _stated(view, question, mentions)
    return said if (question.in_text or basis) and said else cells or said


def _stated(view: View, question: Question, mentions: Sequence[Mention]) -> list[Figure]:
    """The figures that sentences state of what is mentioned, best first."""
    said = [from_sentence(view, said, mentions) for said in figures_said(view, question, mentions)[:10] if said.score >= SURE]
    return [figure for figure in said if explained(view, question, figure.evidence)]


def _wider(view: View, question: Question, mentions: Sequence[Mention], best: Figure) -> list[Figure]:
    """What a sentence surely states of a subject in all, where the best cell is of basic expenditure alone and less."""
    if best.found is None or "基本支出" not in view.titles[best.found.record.table.id][1] or "基本" in question.text:
        return []
    said = [figure for figure in _stated(view, question, mentions)[:1] if figure.score >= _SURELY]
    return [f for f in said if f.amount.unit and best.amount.unit and f.amount.interval.low > best.amount.interval.high]


def explained(view: View, question: Question, evidence: Evidence) -> bool:
    """Whether the evidence shows the words that name nothing the document calls by that name, and speaks of the year asked about."""
    text = evidence_text(view, evidence)
    if evidence.passage and other_year(view, question) and not any(re.search(rf"(?<!\d){year}(?!\d)", text) for year in question.years):
        return False
    coded = not question.codes or any(code in text for code in question.codes)
    return coded and all(covers(text, word) for _, word in question.unknown)


def covers(text: str, word: str) -> bool:
    """Whether a flat text says a word: by another name, or with most of its pairs of characters."""
    if any(name in text for name in aliases().get(word, ())):
        return True
    if _OF_A_BODY.search(word):
        return word in text  # of bodies that differ in one word each is another
    pairs = grams(word)
    return bool(pairs) and sum(pair in text for pair in pairs) >= COVERED * len(pairs)


def evidence_text(view: View, evidence: Evidence) -> str:
    """Everything that stands around the evidence, flat."""
    parts = [evidence.text, evidence.row or "", evidence.column or ""]
    if evidence.table:
        parts.append(view.titles.get(evidence.table, ("", ""))[1])
    if evidence.passage:
        parts.append(evidence.passage.context)
    if evidence.record:
        parts.extend(evidence.record.above)
        parts.extend(header for header, _ in evidence.record.texts)
    return flat("".join(parts))


def groups_of(question: Question) -> list[list[Mention]]:
    """The question's mentions in groups: a connecting word (、和 加) between two begins another."""
    groups: list[list[Mention]] = []
    for mention in question.mentions:
        between = question.text[groups[-1][-1].end : mention.start] if groups else ""
        if groups and not (between and re.search(r"[、,，和与及加跟同+]", between) and _CONNECTED.match(_without_filler(between))):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def carried(groups: Sequence[list[Mention]]) -> list[list[Mention]]:
    """The groups, each with what the first is about: 培训支出的基本支出和项目支出 asks for both of 培训支出."""
    first = [mention for mention in groups[0] if not mention.soft]
    if len(first) < 2 or any(len([m for m in group if not m.soft]) > 1 for group in groups[1:]):
        return list(groups)
    return [groups[0], *([*first[:-1], *group] for group in groups[1:])]


def _without_filler(between: str) -> str:
    return re.sub(r"的|分别|各|还有|以及|再", "", between)


def look_up(view: View, question: Question, draft: Draft) -> bool:
    """State the figure asked for; several where the question names several subjects."""
    if len(_ASKED.findall(question.text)) >= 2 and _parts(view, question, draft):
        return True
    if _EACH.search(question.text) and _each(view, question, draft):
        return True
    if not question.tables and not question.codes and question.mentions and all(m.text in _NOTHING for m in question.mentions):
        return False
    figures = figures_for(view, question, question.mentions)
    if not figures:
        return nothing_planned(view, question, draft) or _each(view, question, draft)
    none = question.exists and figures[0].amount.base == 0
    if (none or _vague(figures[0], question)) and nothing_planned(view, question, draft):
        return True
    if question.exists:
        draft.say("there_is_none" if none else "there_is")
    _state(view, question, draft, figures)
    return True


def _parts(view: View, question: Question, draft: Draft) -> bool:
    """A question in several parts (资金总额多少，其中结转多少): each part is looked up with what the first one is about."""
    ends = [match.end() for match in _ASKED.finditer(question.text)]
    starts = [0, *ends[:-1]]
    parts = [[m for m in question.mentions if start <= m.start < end] for start, end in zip(starts, ends, strict=True)]
    parts = [part for part in parts if any(not m.soft for m in part) or len(part) > 1]
    if not 2 <= len(parts) <= _MOST_PARTS:
        return False
    first = [m for m in parts[0] if not m.soft][:1]
    found = [figures_for(view, question, parts[0])]
    found += [figures_for(view, question, [*first, *part]) or figures_for(view, question, part) for part in parts[1:]]
    if not all(found):
        return False
    for figures in found:
        _state(view, question, draft, figures)
    return True


def _vague(best: Figure, question: Question) -> bool:
    """Whether the best cell only resembles what is named: then a blank row of that very name says more."""
    if best.found is None or not question.hard:
        return False
    record, value = best.found.record, best.found.value
    names = [record.name, *(flat(part) for part in value.path), *(flat(text) for _, text in record.texts)]
    return all(max((m.likeness(name) for name in names), default=0.0) < SURE for m in question.hard)


def _each(view: View, question: Question, draft: Draft) -> bool:
    groups = groups_of(question)
    if len(groups) < 2 and _EACH.search(question.text) and not cells_for(view, question):
        groups = [[mention] for mention in question.hard]
    if len(groups) < 2:
        return False
    found = [figures_for(view, question, group) for group in carried(groups)]
    if not all(found):
        found = [figures_for(view, question, group) for group in groups]
    if not all(found):
        return False
    for figures in found:
        _state(view, question, draft, figures)
    return True


def _state(view: View, question: Question, draft: Draft, figures: Sequence[Figure]) -> None:
    best = figures[0]
    lines = _classified(view, best)
    if len(lines) > 1:
        _state_sum(draft, best, lines)
        return
    where = table_label(view, draft, best.evidence) or draft.word("text")
    draft.step("look_up", subject=best.subject, where=where, candidates=len(figures))
    said = draft.figure(best.amount, best.text)
    if best.evidence.passage:
        draft.say("sentence", quote=best.evidence.text, figure=said, number=draft.cite(best.evidence))
    else:
        draft.say("cell", where=where, subject=best.subject, figure=said, number=draft.cite(best.evidence))
        _words_asked(question, draft, best)
    twins = _twins(view, best)
    if twins:
        listed = draft.word("comma").join(f"{twin.subject} {twin.said} {draft.cite(twin.evidence)}" for twin in twins[:_MOST_TWINS])
        draft.say("namesakes", count=len(twins), listed=listed)
    for other in _others(best, figures):
        draft.say(
            "also",
            where=table_label(view, draft, other.evidence),
            subject=other.subject,
            figure=other.said,
            number=draft.cite(other.evidence),
        )


def _classified(view: View, best: Figure) -> list[Figure]:
    """The lines that make up a subject where a table classifies each sum by several codes at once (功能 × 经济): it is printed nowhere."""
    if best.found is None:
        return []
    record, path = best.found.record, best.found.value.path
    texts = [text for _, text in record.texts if without_code(text) != text]
    if len(texts) < 2:
        return []
    asked = [text for text in texts if uncoded(text) in best.named]
    if not asked:
        return []
    rows = [r for r in view.records if r.table.id == record.table.id and asked[0] in [text for _, text in r.texts]]
    lines = [from_cell(view, Found(r, v, best.score, frozenset(), by_row=True)) for r in rows for v in r.values if v.path == path]
    return [replace(line, subject=asked[0]) for line in lines]


def _state_sum(draft: Draft, best: Figure, lines: Sequence[Figure]) -> None:
    """State what several lines of a table add up to."""
    table = lines[0].found.record.table if lines[0].found else None
    where = draft.table(table) if table else ""
    total = draft.calculated(sum((f.amount.base for f in lines), Decimal(0)), best.amount.unit, max(f.amount.places for f in lines))
    numbers = "".join(draft.cite(figure.evidence) for figure in lines[:_MOST_TWINS])
    draft.step("sum", equation=f"{len(lines)} × … = {total}")
    draft.say("classified", where=where, subject=lines[0].subject, count=len(lines), figure=total, number=numbers)


def _twins(view: View, best: Figure) -> list[Figure]:
    """Other lines of the same table and column that bear the same name and another figure; sums of the line itself are none."""
    if best.found is None or not best.found.record.name:
        return []
    record, path = best.found.record, best.found.value.path
    found: list[Figure] = []
    for other in view.records:
        same = other.table.id == record.table.id and other.name == record.name and other.key != record.key
        if same and not (record.code and other.code and (record.code.startswith(other.code) or other.code.startswith(record.code))):
            values = (v for v in other.values if v.path == path and v.amount.base != best.amount.base)
            found.extend(from_cell(view, Found(other, v, 0.0, frozenset(), by_row=True)) for v in values)
    return found


def _words_asked(question: Question, draft: Draft, best: Figure) -> None:
    """What else the row says in a column of words that the question names, e.g. 采购组织形式."""
    record = best.evidence.record
    every = bool(_MANNER.search(question.text))
    for header, text in record.texts if record else ():
        own = record is not None and text == record.label
        if any(mention.likeness(header) > 0 for mention in question.mentions) or (every and header and not own):
            draft.say("attribute", header=header, text=text, number=draft.cite(best.evidence))


def _others(best: Figure, figures: Sequence[Figure]) -> list[Figure]:
    """Other tables' figures for the same row that differ from the one stated: one a table, at most two."""
    found: dict[str, Figure] = {}
    for figure in figures:
        if figure.evidence.table is not None and figure.found is not None:
            found.setdefault(figure.evidence.table, figure)
    if best.found is None:
        return []
    name = best.found.record.name
    near = [f for f in found.values() if f.found and f.found.record.name == name and f.score > best.score - 0.45]
    return [f for f in near if not f.amount.interval.overlaps(best.amount.interval)][:2]


def table_label(view: View, draft: Draft, evidence: Evidence) -> str:
    """The name of the evidence's table, "" for a sentence."""
    if not evidence.table or evidence.passage:
        return ""
    return draft.table(view.document.table(evidence.table))


def nothing_planned(view: View, question: Question, draft: Draft) -> bool:
    """Say that there is none, where a sentence says so or the row is there and blank."""
    if not (question.hard or question.tables) or question.unknown or other_year(view, question):
        return False
    best: tuple[float, Sentence] | None = None
    asked = question.text + "".join(name for m in question.mentions for name, likeness in m.names.items() if likeness >= SURE)
    for sentence, _, base in naming(view, question.mentions):
        nil = _NIL.search(sentence.tight)
        funds = [fund for fund in _OTHER_FUNDS if fund in sentence.tight]
        if funds and not any(fund in asked for fund in funds):
            continue
        says = nil and any(mention.within(_clauses(sentence.tight, nil)) for mention in question.hard)
        if says and (best is None or base > best[0]):
            best = (base, sentence)
    blank = _blank_row(view, question)
    if best is None and blank is None:
        return False
    draft.step("nothing")
    if best is not None:
        draft.say("nil", quote=best[1].passage.text, number=draft.cite(view.words(best[1].passage)))
    if blank is not None:
        draft.say("blank", where=table_label(view, draft, blank), row=blank.row or draft.word("all_rows"), number=draft.cite(blank))
    return True


def _clauses(text: str, nil: re.Match[str]) -> str:
    """The clause that says there is none, and the one before it."""
    start = text.rfind("，", 0, max(0, text.rfind("，", 0, nil.start())))
    ends = [at for at in (text.find(mark, nil.end()) for mark in "，。；") if at >= 0]
    return text[start + 1 : min(ends, default=len(text))]


def other_year(view: View, question: Question) -> bool:
    """Whether the question asks about a year that is not the document's own."""
    fiscal = view.document.fiscal_year
    return bool(question.years) and fiscal is not None and fiscal not in question.years


def _blank_row(view: View, question: Question) -> Evidence | None:
    """A row that is named by the question and holds no figure, in the tables it names."""
    allowed = {key for mention in question.tables for key in mention.tables}
    filled = {record.table.id for record in view.records if record.values}
    for record in view.records:
        if record.values or (allowed and record.table.id not in allowed):
            continue
        title = view.titles[record.table.id][1] if record.table.id not in filled and record.is_total else ""
        if all(m.likeness(record.name) >= 0.8 or m.text in title for m in question.hard):
            return view.row(record)
    return None


def money_only(figures: Sequence[Figure]) -> list[Figure]:
    """Those that are sums of money (or of a table without unit)."""
    return [figure for figure in figures if figure.amount.unit is None or figure.amount.unit.dimension is Dimension.MONEY]
