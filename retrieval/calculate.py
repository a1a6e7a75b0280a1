"""Calculations over cited figures: sums, shares, differences. Every operand is looked up, every result recomputed here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from model.amounts import PERCENT
from retrieval.cells import cells_for
from retrieval.draft import Draft
from retrieval.figures import Figure as Printed
from retrieval.figures import figures_in, in_unit, printed
from retrieval.lookup import Figure, explained, figures_for, from_cell, groups_of, look_up, money_only, table_label
from retrieval.question import Question
from retrieval.sentences import Changed, changes_said, naming
from retrieval.terms import Mention
from retrieval.text import flat
from retrieval.view import View

_BASIS = re.compile(r"预算数?$|决算数?$|执行数?$|年初预算数?$|全年预算数?$|调整预算数?$")
_BUDGETS = {
    word: re.compile(rf"(?<!公共)(?<!基金)(?<!经营){word}预算(?:数|安排)?(?:为|是|共|合计|总额)*(?=\d)")
    for word in ("年初", "全年", "调整", "")
}
_OUTTURN = re.compile(r"(?:决算|执行)(?:数)?(?:为|是|共|合计|总额)*(?=\d)")
_CHANGES = re.compile(r"增减|比.{0,8}(?:增加|减少|±)|变动|变化")
_RATE = re.compile(r"百分|增幅|降幅|涨幅|幅度|率|%")
_AMOUNT = re.compile(r"额|多少(?:万|元|钱)|(?:增加|减少|下降|增长|变化|变动|多|少|降|涨)了?多少(?!%)")
_BETWEEN = re.compile(r"相差|差多少|差额|[多少高低大小]多少|差距")
_VERSUS = re.compile(r"比|较")


def add_up(view: View, question: Question, draft: Draft) -> bool:
    """The sum of the subjects named, from one table where one has them all."""
    groups = groups_of(question)
    if len(groups) < 2 and len(question.hard) > 1 and not cells_for(view, question):
        groups = [[mention] for mention in question.hard]
    if len(groups) < 2:
        return look_up(view, question, draft)
    chosen = together(view, question, groups)
    if not chosen:
        return False
    unit, places = chosen[0].amount.unit, max(figure.amount.places for figure in chosen)
    total = sum((figure.amount.base for figure in chosen), Decimal(0))
    result = draft.calculated(total, unit, places)
    draft.step("sum", equation=" + ".join(figure.text for figure in chosen) + f" = {result}")
    added = " + ".join(f"{figure.subject} {cited(draft, figure)}" for figure in chosen)
    draft.say("added", result=result, equation=added, where=places_of(view, draft, chosen))
    return True


def cited(draft: Draft, figure: Figure) -> str:
    """A figure as an operand: with its unit and the number of its place."""
    return f"{draft.figure(figure.amount, figure.text)} {draft.cite(figure.evidence)}"


def places_of(view: View, draft: Draft, figures: Sequence[Figure]) -> str:
    """The tables that figures stand in, each once."""
    labels = (table_label(view, draft, figure.evidence) or draft.word("text") for figure in figures)
    return draft.word("comma").join(dict.fromkeys(labels))


def together(view: View, question: Question, groups: Sequence[Sequence[Mention]]) -> list[Figure]:
    """One figure a group, all of one table and column where possible; none when one cannot be found."""
    found = [money_only(figures_for(view, question, group)) for group in groups]
    if not all(found):
        return []
    found = [_near_best(figures, soft=all(m.soft for m in group)) for figures, group in zip(found, groups, strict=True)]
    first = found[0]
    best: tuple[float, list[Figure]] | None = None
    for start in first[:12]:
        row = [start]
        for rest in found[1:]:
            others = [f for f in rest if all(f.evidence.place != taken.evidence.place or f.text != taken.text for taken in row)]
            row.append(max(others or rest, key=lambda f: f.score + kinship(start, f)))
        score = sum(f.score + (kinship(start, f) if f is not start else 0) for f in row)
        if best is None or score > best[0]:
            best = (score, row)
    return best[1] if best else []


def _near_best(figures: list[Figure], *, soft: bool) -> list[Figure]:
    """The figures about as good as the best: among general words (支出总计) only those that bear them."""
    return [figure for figure in figures if figure.score > figures[0].score - (0.25 if soft else 0.9)]


def kinship(one: Figure, other: Figure) -> float:
    """A bonus for figures of one table, more for one column or one row of it."""
    if one.found is None or other.found is None or one.evidence.table != other.evidence.table:
        return 0.0
    near = one.found.value.path == other.found.value.path or one.found.record.row == other.found.record.row
    return 0.8 if near else 0.5


def state_operands(view: View, draft: Draft, figures: Sequence[Figure]) -> None:
    """Name each operand with its place."""
    for figure in figures:
        where = table_label(view, draft, figure.evidence) or draft.word("text")
        said = draft.figure(figure.amount, figure.text)
        draft.say("cell", where=where, subject=figure.subject, figure=said, number=draft.cite(figure.evidence))


def state_share(draft: Draft, view: View, pair: tuple[Figure, Figure]) -> bool:
    """Both figures and the share that the first is of the second."""
    small, large = pair
    ratio = small.amount.base / large.amount.base
    result = draft.percentage(ratio)
    draft.step("share", equation=f"{small.said} ÷ {large.said} = {result}")
    equation = f"{cited(draft, small)} ÷ {cited(draft, large)}"
    where = places_of(view, draft, pair)
    draft.say("share", part=small.subject, whole=large.subject, equation=equation, result=result, where=where)
    return True


def change(view: View, question: Question, draft: Draft) -> bool:
    """How a figure changed: as the text states it, else from two columns; outturn against budget where that is asked."""
    if _asks_basis(view, question) and basis_difference(view, question, draft):
        return True
    if not question.mentions and not question.codes:
        return False
    if _BETWEEN.search(question.text) and not question.prior and _between(view, question, draft):
        return True
    subjects = [m for m in question.mentions if not (_BASIS.fullmatch(m.text) and m.soft)]
    if question.tables and not question.in_text and _change_column(view, question, draft, subjects):
        return True
    said = [
        c for c in changes_said(view, question, subjects) if c.score >= 0.4 and explained(view, question, view.words(c.sentence.passage))
    ]
    if said:
        _state_change(view, question, draft, said[0])
        return True
    return _two_columns(view, question, draft, subjects)


def _between(view: View, question: Question, draft: Draft) -> bool:
    """The difference between two subjects (甲比乙多多少, 甲和乙相差多少)."""
    found = _VERSUS.search(question.text)
    hard = question.hard
    groups = groups_of(question)
    if found and len(groups) < 2:
        groups = [[m for m in hard if m.end <= found.start()], [m for m in hard if m.start >= found.end()]]
    if len(groups) != 2 or not all(any(not m.soft for m in group) for group in groups):
        return False
    shared = [m for m in groups[0] if not m.soft][:-1]
    for one, other in ((groups[0], [*shared, *groups[1]]), (groups[0], groups[1])):
        chosen = together(view, question, [one, other])
        if (chosen and chosen[0].evidence != chosen[1].evidence) or (chosen and chosen[0].text != chosen[1].text):
            return state_difference(view, draft, chosen[0], chosen[1])
    return False


def _change_column(view: View, question: Question, draft: Draft, subjects: Sequence[Mention]) -> bool:
    """The cells of a named table's own columns of changes (增减额, 增减%)."""
    found = [
        f
        for f in cells_for(view, replace(question, years=()), [m for m in subjects if not m.soft])
        if _CHANGES.search("".join(f.value.path))
    ]
    if not found:
        return False
    best = [f for f in found if f.record.key == found[0].record.key][:2]
    draft.step("look_up", subject=found[0].record.title, where=draft.table(found[0].record.table), candidates=len(found))
    state_operands(view, draft, [from_cell(view, f) for f in best])
    return True


def _state_change(view: View, question: Question, draft: Draft, changed: Changed) -> None:
    draft.step("text")
    rate_first = bool(_RATE.search(question.text)) and not _AMOUNT.search(question.text)
    figures: list[Printed | None] = [changed.difference, changed.rate]
    if rate_first:
        figures.reverse()
    if changed.own and re.search(r"安排了?多少|是多少[，,]|多少(?:钱|万元)[，,]", question.text):
        figures.insert(0, changed.own)
    said = [draft.figure(figure.amount, figure.text) for figure in figures if figure is not None]
    word = draft.word("up" if changed.sign > 0 else "down" if changed.sign < 0 else "level")
    evidence = view.words(changed.sentence.passage)
    if not said:
        draft.say("unchanged", quote=evidence.text, number=draft.cite(evidence))
        return
    draft.say("change", word=word, figures=draft.word("comma").join(said), quote=evidence.text, number=draft.cite(evidence))


def _two_columns(view: View, question: Question, draft: Draft, subjects: Sequence[Mention]) -> bool:
    """The difference between this year's and last year's column of one row."""
    bare = replace(question, years=(), tables=question.tables)
    rows: dict[tuple[str, int, int], dict[bool, Figure]] = {}
    for found in cells_for(view, bare, [m for m in subjects if not m.soft]):
        header = flat("".join(found.value.path))
        prior = "上年" in header or (view.document.fiscal_year is not None and str(view.document.fiscal_year - 1) in header)
        if "增减" not in header and "%" not in header:
            rows.setdefault(found.record.key, {}).setdefault(prior and "结转" not in header, from_cell(view, found))
    pair = next((sides for sides in rows.values() if len(sides) == 2), None)
    if pair is None or not explained(view, question, pair[False].evidence):
        return False
    return state_difference(view, draft, pair[False], pair[True])


def state_difference(view: View, draft: Draft, now: Figure, then: Figure) -> bool:
    """Both figures, their difference and the rate it makes."""
    places = max(now.amount.places, then.amount.places)
    gap = now.amount.base - then.amount.base
    said = [draft.calculated(abs(gap), now.amount.unit, places)]
    if then.amount.base > 0:
        said.append(draft.percentage(abs(gap) / then.amount.base))
    word = draft.word("up" if gap > 0 else "down" if gap < 0 else "level")
    draft.step("difference", equation=f"{now.said} − {then.said} = {printed(in_unit(gap, now.amount.unit, places))}")
    equation = f"{cited(draft, now)} − {cited(draft, then)}"
    where, figures = places_of(view, draft, (now, then)), draft.word("comma").join(said)
    draft.say("difference", one=now.subject, other=then.subject, word=word, figures=figures, equation=equation, where=where)
    return True


def execution(view: View, question: Question, draft: Draft) -> bool:
    """How much of the budget was carried out: the rate a sentence states, else outturn by budget."""
    subjects = [m for m in question.mentions if not m.soft]
    for sentence, places, _ in sorted(naming(view, subjects), key=lambda found: -found[2]):
        start = min((end for some in places for end, _ in some), default=0)
        for figure in figures_in(sentence.tight):
            clause = re.split(r"[，。；]", sentence.tight[: figure.start])[-1]
            rate = figure.amount.unit is PERCENT and figure.start >= start and re.search(r"完成|执行率", clause)
            if rate and explained(view, question, view.words(sentence.passage)):
                draft.step("text")
                said = draft.figure(figure.amount, figure.text)
                draft.say("sentence", quote=sentence.passage.text, figure=said, number=draft.cite(view.words(sentence.passage)))
                return True
    pair = _basis_pair(view, question, draft)
    return pair is not None and state_share(draft, view, pair)


def _asks_basis(view: View, question: Question) -> bool:
    """Whether outturn is compared with budget (of one year)."""
    other = [year for year in question.years if year != view.document.fiscal_year]
    return not question.prior and not other and "预算" in question.text and bool(re.search(r"决算|执行|实际", question.text))


def basis_difference(view: View, question: Question, draft: Draft) -> bool:
    """Outturn minus budget of one subject, from two columns or one sentence."""
    pair = _basis_pair(view, question, draft)
    return pair is not None and state_difference(view, draft, *pair)


def _basis_pair(view: View, question: Question, draft: Draft) -> tuple[Figure, Figure] | None:
    """Outturn and budget of one subject, from two columns or one sentence."""
    subjects = [m for m in question.mentions if not m.soft and not _BASIS.fullmatch(m.text)]
    pairs: dict[str, dict[str, Figure]] = {}
    for found in cells_for(view, question, subjects):
        header = flat("".join(found.value.path))
        basis = "outturn" if "决算" in header else "budget" if "预算数" in header or "调整预算" in header else ""
        if basis:
            pairs.setdefault(found.record.table.id, {}).setdefault(basis, from_cell(view, found))
    pair = next((p for p in pairs.values() if len(p) == 2), None)
    if pair:
        return pair["outturn"], pair["budget"]
    return _basis_said(view, question, draft, subjects)


def _basis_said(view: View, question: Question, draft: Draft, subjects: Sequence[Mention]) -> tuple[Figure, Figure] | None:
    for sentence, _, _ in sorted(naming(view, subjects), key=lambda found: -found[2]):
        kind = next((word for word in ("年初", "全年", "调整") if word in question.text), "")
        budget, outturn = _BUDGETS[kind].search(sentence.tight), _OUTTURN.search(sentence.tight)
        if not budget or not outturn or not explained(view, question, view.words(sentence.passage)):
            continue
        by_start = {figure.start: figure for figure in figures_in(sentence.tight)}
        if budget.end() in by_start and outturn.end() in by_start:
            evidence = view.words(sentence.passage)
            spent, planned = by_start[outturn.end()], by_start[budget.end()]
            return (
                Figure(draft.word("outturn"), spent.amount, spent.text, evidence, 1.0),
                Figure(draft.word("budget"), planned.amount, planned.text, evidence, 1.0),
            )
    return None
