"""Lists over rows: filters, largest and smallest, members of a class; and lists over sentences that state a rate each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from model.amounts import PERCENT, Dimension, Interval
from retrieval.calculate import state_difference, together
from retrieval.cells import Found
from retrieval.draft import Draft
from retrieval.figures import Figure as Printed
from retrieval.figures import figures_in
from retrieval.intent import Ask
from retrieval.lookup import Figure, cell_subject, covers, groups_of, table_label
from retrieval.question import Limit, Question
from retrieval.records import GRAND, Record, Value
from retrieval.terms import Mention
from retrieval.text import flat
from retrieval.view import Sentence, View, column_name

MOST = 30
CLEAR = 0.7  # a name at least so like is the one that is meant
_KIND = re.compile(r"(?:哪(?:些|个|几个|几项|项|家|几家|几)|各(?=单位|项目|科目|部门)|每个?(?=单位|项目|科目|部门))([一-鿿]{2,4})")
_KINDS = frozenset({"单位", "项目", "科目", "部门", "支出", "收入", "支出科目", "经济科目", "类级", "款级", "项级"})
_PROJECTS = re.compile(r"项目(?!支出)")
_PAIR = 2
_SUMS = ("预算", "资金", "经费", "金额")
_RESTRICTED = ("一般公共", "财政拨款", "政府性基金", "国有资本", "采购", "绩效")
_ASCENDING = re.compile(r"最[小少低]|[从由][小少低]到|升序")
_ORDERED = re.compile(r"排序|排个序|降序|升序|[从由][大多高小少低]到")
_DEFAULT = re.compile(r"合计|总计|小计|金额|(?:预算|决算)数|预算金额|项目支出合计|(?:支出|收入)总计|支出合计|总额|年度金额")
_ECONOMIC, _BELOW_ECONOMIC = re.compile(r"[35]\d{4}"), re.compile(r"[35]\d{6}")  # the 款 that are asked for, and what some split them into
_SUBJECT = re.compile(r"([^，。；、：]{2,60}?(?:[（(]?项[）)]?|[（(]?款[）)]?|[（(]?类[）)]?|费|支出|经费|项目|收入|资金))")


@dataclass(frozen=True, slots=True)
class Population:
    """The rows a list question is about, with the column that is measured."""

    cells: tuple[tuple[Record, Value], ...]
    score: float


def list_rows(view: View, question: Question, draft: Draft) -> bool:
    """Rows that pass a limit, or the largest few, or all members of what is named."""
    told = question.hard or question.tables or question.limit or question.level or question.codes
    if not told and not _KIND.search(question.text) and "项目" not in question.text:
        return False
    if question.limit and question.limit.amount.unit is PERCENT:
        return _rates_said(view, question, draft)
    if question.ask is Ask.TOP and _among(view, question, draft):
        return True
    population = _population(view, question)
    if population is None or not _explained(view, question, population):
        return False
    cells = [cell for cell in population.cells if question.limit is None or _passes(cell[1], question.limit)]
    if question.ask is Ask.TOP:
        cells.sort(key=lambda cell: cell[1].amount.base, reverse=not _ASCENDING.search(question.text))
        cells = cells if _ORDERED.search(question.text) and not question.count else cells[: question.count or 1]
    draft.step("list", where=draft.table(population.cells[0][0].table), rows=len(population.cells), kept=len(cells))
    _state_rows(view, draft, cells, population.cells[0][0])
    return True


def _explained(view: View, question: Question, population: Population) -> bool:
    """Whether the rows' table says the words that name nothing the document calls by that name."""
    record = population.cells[0][0]
    rows = "".join(flat(row.printed) for row, _ in population.cells)
    headers = "".join(flat("".join(path)) for path in record.table.columns)
    text = view.titles[record.table.id][1] + headers + rows
    return all(covers(text, word) for _, word in question.unknown)


def _among(view: View, question: Question, draft: Draft) -> bool:
    """The subjects named side by side (甲、乙、丙哪个最多), the largest or smallest first."""
    groups = groups_of(question)
    found = together(view, question, groups) if len(groups) > 1 and all(any(not m.soft for m in g) for g in groups) else []
    if not found:
        return False
    found.sort(key=lambda figure: figure.amount.base, reverse=not _ASCENDING.search(question.text))
    if len(found) == _PAIR and re.search(r"[多少高低大小]多少|相差|差多少", question.text):
        return state_difference(view, draft, found[0], found[1])
    where = table_label(view, draft, found[0].evidence) or draft.word("text")
    draft.step("list", where=where, rows=len(found), kept=len(found))
    draft.say("ranked", where=where)
    for figure in found:
        draft.say("list_row", subject=figure.subject, figure=draft.figure(figure.amount, figure.text), number=draft.cite(figure.evidence))
    return True


def _state_rows(view: View, draft: Draft, cells: Sequence[tuple[Record, Value]], sample: Record) -> None:
    if not cells:
        draft.say("list_none", where=draft.table(sample.table), number=draft.cite(view.row(sample)))
        return
    draft.say("list_head", where=draft.table(cells[0][0].table), count=len(cells))
    for record, value in cells[:MOST]:
        found = Found(record, value, 0.0, frozenset(), by_row=True)
        evidence = view.cell(record, value)
        figure = Figure(cell_subject(found), value.amount, value.text, evidence, 0.0, found)
        draft.say(
            "list_row", subject=_row_subject(record, value), figure=draft.figure(figure.amount, figure.text), number=draft.cite(evidence)
        )
    if len(cells) > MOST:
        draft.say("list_more", count=len(cells) - MOST)


def _row_subject(record: Record, value: Value) -> str:
    project = next((text for header, text in record.texts if "项目名称" in header and text != record.label), "")
    unit = f"{record.above[0]} " if record.above and not record.code and record.above[0] != record.label else ""
    label = f"{unit}{record.title} {project}".strip()
    column = "›".join(value.path)
    return f"{label}（{column}）" if column else label


def _passes(value: Value, limit: Limit) -> bool:
    if value.amount.unit and limit.amount.unit and value.amount.unit.dimension is not limit.amount.unit.dimension:
        return False
    one, other = value.amount.base, limit.amount.base
    return {">": one > other, ">=": one >= other, "<": one < other, "<=": one <= other}[limit.sign]


def _population(view: View, question: Question) -> Population | None:
    """The best reading of what is listed: a table, a class's members, or a project list, with the column measured."""
    best: Population | None = None
    tables = [key for mention in question.tables for key in mention.tables]
    for rank, table in enumerate(view.document.tables):
        if tables and table.id not in tables:
            continue
        rows = [record for record in view.records if record.table.id == table.id and not record.is_total and record.name not in GRAND]
        found = _in_table(view, question, rows) if rows else None
        if found is None:
            continue
        bonus = -0.3 * tables.index(table.id) if tables else -0.001 * rank
        found = Population(found.cells, found.score + bonus)
        if best is None or found.score > best.score:
            best = found
    return best


def _in_table(view: View, question: Question, rows: list[Record]) -> Population | None:
    """The rows of one table that a question speaks of, and how well the table fits its words."""
    title = view.titles[rows[0].table.id][1]
    kind, rows, kind_fit = _of_kind(question, rows)
    parents = [m for m in question.hard if m.text != kind and any(m.likeness(flat(a)) >= CLEAR for r in rows for a in r.above)]
    if parents:
        rows = [r for r in rows if all(any(m.likeness(flat(a)) >= CLEAR for a in r.above) for m in parents)]
    column, column_mention = _column([m for m in question.mentions if not _is_kind(m, kind)], rows)
    if not rows or column is None:
        return None
    if not parents and question.ask is Ask.TOP:
        rows, below = _below(question, rows, column)
        parents = below
    left = [m for m in question.hard if m not in parents and m is not column_mention and not _is_kind(m, kind)]
    shown = [m for m in left if m.text in title or m.within(title) or any(m.likeness(r.name) > 0 for r in rows)]
    if len(shown) < len(left):
        return None
    rows = _leaves(_at_level(question, rows))
    cells = tuple((r, v) for r in rows for v in r.values if v.path == column)
    score = kind_fit + len(parents) + 0.9 * (column_mention is not None) + sum(0.9 * (m.text in title) or 0.4 for m in shown)
    score += 0.1 * min(len(cells), 3) - sum(0.05 for word in _RESTRICTED if word in title and word not in question.text)
    side = next((word for word in ("收入", "支出") if word in question.text), "")
    projects = _PROJECTS.search(question.text)
    score += 0.5 * bool(projects and "项目支出" in title) - 0.5 * bool(projects and all(r.code for r, _ in cells))
    score += 0.2 * bool(side and side in title) - 0.3 * bool(side and side not in title and ("收入" in title or "支出" in title))
    return Population(cells, score) if cells else None


def _below(question: Question, rows: list[Record], column: tuple[str, ...]) -> tuple[list[Record], list[Mention]]:
    """The lines that make up the line named, where a table shows levels by indentation alone: those after it that add up to it."""
    for mention in question.hard:
        at = next((i for i, r in enumerate(rows) if mention.likeness(r.name) >= CLEAR and not r.code), None)
        if at is None:
            continue
        amounts = [next((v.amount for v in r.values if v.path == column), None) for r in rows]
        whole, parts = amounts[at], []
        for record, amount in zip(rows[at + 1 :], amounts[at + 1 :], strict=True):
            parts += [(record, amount)] if amount else []
            total = sum((part.interval for _, part in parts), Interval.exactly(0))
            if whole and len(parts) > 1 and total.overlaps(whole.interval):
                return [part for part, _ in parts], [mention]
        return [], [mention]
    return rows, []


def _is_kind(mention: Mention, kind: str) -> bool:
    """Whether a mention is no more than the word for what is listed."""
    return mention.text in {kind, *(kind + tail for tail in _SUMS)} or (
        kind not in _KINDS and (kind in mention.text or mention.text in kind)
    )


def _of_kind(question: Question, rows: list[Record]) -> tuple[str, list[Record], float]:
    """What is listed (单位, 项目, 科目, 监狱 …) by its word, the rows that are such, and how surely they are."""
    found = _KIND.search(question.text)
    asked = found.group(1) if found else ""
    each = [r for r in rows if r.above and not r.code and any(m.likeness(r.name) >= CLEAR for m in question.hard)]
    if asked.startswith("单位") and len({r.above[0] for r in each}) > 1:
        return "单位", each, 0.9
    for length in range(len(asked), 1, -1):
        kind = asked[:length]
        headed = [r for r in rows if any(kind in header for header, text in r.texts if text)]
        named = [r for r in rows if kind in r.name]
        if len(named) >= 2 and kind not in _KINDS:
            return kind, named, 0.8
        if headed:
            return kind, headed, 0.8 if kind != "项目" or any(_is_project(r) for r in headed) else 0.2
    if "项目" in question.text.replace("项目支出", "") and any(_is_project(r) for r in rows):
        return "项目", [r for r in rows if _is_project(r)], 0.5
    projects = "项目" if re.search("项目(?!支出)", question.text) else "\0"
    return asked if asked in _KINDS else projects, rows, 0.0


def _column(mentions: Sequence[Mention], rows: Sequence[Record]) -> tuple[tuple[str, ...] | None, Mention | None]:
    """The column measured: the one the question names, else the total."""
    paths = list(dict.fromkeys(path for record in rows for path in record.paths))
    best: tuple[float, tuple[str, ...], Mention] | None = None
    for mention in mentions:
        for path in paths:
            fit = max((mention.likeness(column_name(part)) for part in path), default=0.0) - 0.01 * len(path)
            if fit > 0.5 and (best is None or fit > best[0]) and any(v.path == path for r in rows for v in r.values):
                best = (fit, path, mention)
    if best is not None:
        return best[1], best[2]
    default = next((path for path in paths if path and _DEFAULT.fullmatch(column_name(path[-1]))), paths[0] if paths else None)
    return default, None


def _at_level(question: Question, rows: list[Record]) -> list[Record]:
    """Rows of the level asked for (类, 款, 项), else the lines that no other line is a part of."""
    if question.level:
        return [record for record in rows if record.code and record.level == question.level]
    if not any(record.code for record in rows):
        return [record for record in rows if record.name]
    coded = [record for record in rows if record.code]
    sections = any(_ECONOMIC.fullmatch(record.code) for record in coded)
    coded = [record for record in coded if not (sections and _BELOW_ECONOMIC.fullmatch(record.code))]
    codes = {record.code for record in coded}
    return [record for record in coded if not any(code != record.code and code.startswith(record.code) for code in codes)]


def _leaves(rows: list[Record]) -> list[Record]:
    """Rows without those that others stand below; all of them where that leaves none."""
    parents = {above for record in rows for above in record.above}
    return [record for record in rows if record.code or record.label not in parents] or rows


def _is_project(record: Record) -> bool:
    return any("项目名称" in header or header == "专项名称" for header, text in record.texts if text)


def _rates_said(view: View, question: Question, draft: Draft) -> bool:
    """Sentences whose stated rate (完成年初预算的 102.96%, 增长 12%) passes the limit, with the subject of each."""
    limit = question.limit
    if limit is None:
        return False
    kind = _kind(question.text)
    kept = [(s, f, subject) for s, f, subject in _rates(view, kind) if _passes_rate(f.amount.value, limit)]
    if "科目" in question.text:
        kept = [rate for rate in kept if rate[0].item] or kept
    if not kept:
        return False
    draft.step("rates", kept=len(kept))
    draft.say("list_head", where=draft.word("text"), count=len(kept))
    for sentence, figure, subject in kept[:MOST]:
        number = draft.cite(view.words(sentence.passage))
        draft.say("list_row", subject=subject, figure=draft.figure(figure.amount, figure.text), number=number)
    return True


def _kind(text: str) -> re.Pattern[str]:
    if re.search(r"完成|执行率|预算执行", text):
        return re.compile(r"完成[^，。；\d]{0,14}$|执行率[^，。；\d]{0,6}$")
    if re.search(r"占|比重|比例", text):
        return re.compile(r"占[^，。；\d]{0,14}$")
    if re.search(r"减|降", text):
        return re.compile(r"(?:减少|下降|降低|[减降]幅)[^，。；\d]{0,4}$")
    return re.compile(r"(?:增加|增长|上升|提高|增幅)[^，。；\d]{0,4}$")


def _passes_rate(value: Decimal, limit: Limit) -> bool:
    other = limit.amount.value
    return {">": value > other, ">=": value >= other, "<": value < other, "<=": value <= other}[limit.sign]


def _rates(view: View, kind: re.Pattern[str]) -> list[tuple[Sentence, Printed, str]]:
    found = []
    for sentence in view.sentences:
        for figure in figures_in(sentence.tight):
            if figure.amount.unit and figure.amount.unit.dimension is Dimension.PERCENT and kind.search(sentence.tight[: figure.start]):
                subject = _subject_before(sentence, figure.start)
                if subject:
                    found.append((sentence, figure, subject))
    return found


def _subject_before(sentence: Sentence, position: int) -> str:
    """The subject a rate belongs to: the last item named before it in the sentence, else in the paragraph."""
    if sentence.item:
        return f"{sentence.item}（项）"
    texts = (sentence.tight[:position], sentence.lead)
    for text in texts:
        items = re.findall(r"([^，。；、：\d]{2,60}?)项(?!目)", text)
        if items:
            return re.split(r"款", items[-1])[-1] + "（项）"
    for text in texts:
        subjects = _SUBJECT.findall(re.sub(r"^[^年]{0,30}年度?", "", text))
        if subjects:
            return str(subjects[0])
    return ""
