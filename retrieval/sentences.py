"""What sentences say of a subject: its figure, its change against another year, its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from model.amounts import PERCENT, Dimension
from model.document import Kind
from retrieval.figures import Figure, figures_in
from retrieval.lexicon import filler
from retrieval.question import Question
from retrieval.terms import Mention
from retrieval.text import bare
from retrieval.view import Sentence, View, subjects_in

UP = "增加|增长|上升|提高|上涨|大于|高于|多于|增"
DOWN = "减少|下降|降低|压减|缩减|压缩|小于|低于|少于|减"
_DIRECTION = re.compile(rf"({UP})|({DOWN})|(持平|相同|相等|一致|无变化|没有变化|无增减|不变)")
CHANGED = re.compile(rf"(?:{UP}|{DOWN})(?:了|约|各)*$")
_NEXT_SUBJECT = re.compile(r"；|其中|(?<=[元%])，(?=[^，。；]{2,20}?(?:支出|收入|经费|费|资金|拨款)[^，。；占比较与同增减]{0,6}\d)")
_CHANGE = 6  # characters before a figure in which a direction makes it a change
_TO_BUY = re.compile(r"买|拟购|新购|(?:打算|计划)购")
_BUYS = re.compile(r"购")
_BEFORE_A_NOUN = frozenset("年中的度总和与及为月位门局院厅委由，；。、")
_PART = 0.7  # a general subject (收入) at the end of a longer noun is another's
_HEADED = 0.45
_ANOTHERS = 0.2  # what it costs a sentence to speak of an item that is not the one named
_SUBJECT = 2  # characters that make a subject, beside words that say nothing
_THEN = re.compile(r"(?:了|为|约|各|额|数|幅度|上年|去年|20\d{2}年|年初|预算|决算|执行)*\s*-?\d")
_YEAR = re.compile(r"20\d{2}")
_BASIS = re.compile(r"年初预算|全年预算|调整预算")
_EARLIER = re.compile(r"上年|去年|20\d{2}年(?:当年)?(?:预算)?执行|[比较与]\D{0,3}20\d{2}年")


@dataclass(frozen=True, slots=True)
class Said:
    """A figure that a sentence states of a subject; ``score`` says how surely they belong together."""

    sentence: Sentence
    figure: Figure
    score: float


@dataclass(frozen=True, slots=True)
class Changed:
    """A comparison that a sentence makes of a subject: ``sign`` +1, -1 or 0, difference and rate where printed, its own figure too."""

    sentence: Sentence
    sign: int
    difference: Figure | None
    rate: Figure | None
    own: Figure | None
    score: float


Places = list[list[tuple[int, float]]]


def naming(view: View, mentions: Sequence[Mention]) -> Iterator[tuple[Sentence, Places, float]]:
    """Sentences that show all mentions: (sentence, for each mention the (end, likeness) of every place it stands, their mean likeness)."""
    hard = [mention for mention in mentions if not mention.soft] or list(mentions)
    if not hard:
        return
    for sentence in view.sentences:
        shown = [_likeness(mention, sentence) for mention in hard]
        if min(shown) <= 0:
            continue
        places = [_ends(mention, sentence.tight) or _carried(mention, sentence) or _headed(mention, sentence) for mention in hard]
        yield sentence, places, sum(shown) / len(shown)


def figures_said(view: View, question: Question, mentions: Sequence[Mention], dimension: Dimension | None = Dimension.MONEY) -> list[Said]:
    """The figures that sentences state of what is mentioned, best first."""
    found = []
    bought = bool(_TO_BUY.search(question.text))
    for sentence, places, base in naming(view, mentions):
        if not _speaks_of(sentence, mentions):
            continue
        figures = [f for f in figures_in(sentence.tight) if f.amount.unit and (dimension is None or f.amount.unit.dimension is dimension)]
        for figure in figures:
            best = _belongs(sentence.tight, places, figure)
            if best > 0 and not (bought and not _BUYS.search(sentence.tight[: figure.start])):
                fit = _year_fit(view, question, sentence.tight, figure.start)
                if fit is not None:
                    fit += _basis_fit(view, question, sentence.tight[: figure.start]) - _ANOTHERS * sentence.of_another(mentions)
                    found.append(Said(sentence, figure, best * 0.7 + base * 0.3 + fit))
    return sorted(found, key=lambda said: -said.score)


def _belongs(text: str, places: Places, figure: Figure) -> float:
    """How surely a figure is what all the subjects together are about: each stands before it, the nearest decides."""
    before = [[place for place in ends if place[0] <= figure.start] for ends in places if ends]
    if not before or not all(before):
        return 0.0
    return max(_nearness(text, end, likeness, figure) for ends in before for end, likeness in ends)


def _nearness(text: str, end: int, likeness: float, figure: Figure) -> float:
    """How surely a figure belongs to the subject that ends before it."""
    between = text[end : figure.start]
    if figure.start < end or len(between) > 60 or "；" in between:
        return 0.0
    others = len(figures_in(between))
    moved = bool(_DIRECTION.search(between[-6:])) or "占" in between[-4:]
    return max(0.0, likeness - 0.008 * len(between) - 0.25 * others - 0.4 * moved - 0.15 * ("其中" in between) - 0.2 * ("。" in between))


def _year_fit(view: View, question: Question, text: str, start: int) -> float | None:
    """A bonus where the year before the figure is the one asked for; None where it is another."""
    fiscal = view.document.fiscal_year
    clause = _clause(text, start)
    changed = _DIRECTION.search(text[max(0, start - _CHANGE) : start])
    if question.years and fiscal not in question.years and changed:
        return None  # what is compared with the other year, not its own figure
    years = [int(year) for year in _YEAR.findall(clause)]
    asked = set(question.years) or ({fiscal} if fiscal else set())
    if years:
        return 0.1 if years[-1] in asked else (None if question.years else -0.5)
    if question.years and fiscal not in asked:
        before = [int(year) for year in _YEAR.findall(text[:start])]
        return 0.0 if before[-1:] and before[-1] in asked and "决算" not in question.text else None
    return 0.0


def _clause(text: str, end: int) -> str:
    """The words before a figure back to the last separator."""
    return re.split(r"[。；，]", text[:end])[-1]


def _basis_fit(view: View, question: Question, before: str) -> float:
    """In final accounts the outturn is meant, unless the question says 预算."""
    asked = _BASIS.search(question.text)
    if asked and re.search(rf"{asked.group()}(?:数)?(?:为|安排|是)?$", before[-10:]):
        return 0.3
    if view.document.kind is not Kind.FINAL_ACCOUNTS or "决算" in question.text:
        return 0.0
    budget = re.search(r"预算(?:数)?(?:为|安排)?$", before[-8:])
    return -0.3 if budget and "预算" not in question.text else 0.0


def changes_said(view: View, question: Question, mentions: Sequence[Mention]) -> list[Changed]:
    """The comparisons that sentences make of what is mentioned, best first."""
    found = []
    for sentence, places, base in naming(view, mentions):
        if not _speaks_of(sentence, mentions):
            continue
        ends = [place for some in places for place in some] or [(0, 0.35)]
        best = max((change for end, likeness in ends if (change := _change(sentence, end, likeness))), key=lambda c: c.score, default=None)
        if best is not None:
            wish = _wish(question.text)
            bonus = 0.0 if not wish else 0.1 if best.sign == wish else -0.2
            bonus -= _ANOTHERS * sentence.of_another(mentions)
            found.append(Changed(best.sentence, best.sign, best.difference, best.rate, best.own, best.score * 0.7 + base * 0.3 + bonus))
    return sorted(found, key=lambda changed: -changed.score)


def _speaks_of(sentence: Sentence, mentions: Sequence[Mention]) -> bool:
    """Whether a sentence's figures can be those of what is mentioned: named in it, or the sentence has no subject of its own."""
    hard = [mention for mention in mentions if not mention.soft] or mentions
    if any(mention.within(sentence.tight) for mention in hard):
        return True
    if any(bare(sentence.lead) in {mention.text, *mention.names} for mention in hard):
        return True  # right after a heading that runs in
    own = next(subjects_in(sentence.tight), "")
    return len(filler().sub("", own)) < _SUBJECT


def _wish(text: str) -> int:
    return 1 if re.search(r"增|涨|升|多了|提高", text) else -1 if re.search(r"减|降|(?<!多)少|省|缩", text) else 0


def _change(sentence: Sentence, end: int, likeness: float) -> Changed | None:
    """The comparison that follows a subject, up to the next subject; failing that, the next one before a semicolon."""
    text = sentence.tight
    boundary = _NEXT_SUBJECT.search(text, end)
    found = _change_before(sentence, end, boundary.start() if boundary else len(text), likeness)
    if found is None and boundary:
        semicolon = text.find("；", end)
        found = _change_before(sentence, end, semicolon if semicolon >= 0 else len(text), likeness - 0.25)
    return found


def _change_before(sentence: Sentence, end: int, stop: int, likeness: float) -> Changed | None:
    text = sentence.tight
    direction = next((m for m in _DIRECTION.finditer(text, end, stop) if _compares(text, m)), None)
    if direction is None:
        return None
    figures = [figure for figure in figures_in(text) if end <= figure.start < stop]
    own = next((f for f in figures if f.start < direction.start() and _is_money(f) and not _EARLIER.search(_clause(text, f.start))), None)
    after = [f for f in figures if f.start >= direction.start()]
    difference = next((f for f in after if _is_money(f)), None)
    rate = next((f for f in after if f.amount.unit is PERCENT), None)
    sign = 1 if direction.group(1) else -1 if direction.group(2) else 0
    if sign and difference is None and rate is None:
        return None
    others = sum(1 for f in figures if f.start < direction.start()) - (own is not None)
    likeness += 0.02 * (own is not None)  # of two places of the subject, the one whose figure is changed
    return Changed(sentence, sign, difference, rate, own, likeness - 0.004 * (direction.start() - end) - 0.15 * max(0, others))


def _compares(text: str, direction: re.Match[str]) -> bool:
    """Whether a direction word compares (is followed by a figure, or says 持平) rather than tells a reason."""
    if direction.group(3):
        return True
    return _THEN.match(text, direction.end()) is not None


def _is_money(figure: Figure) -> bool:
    return figure.amount.unit is not None and figure.amount.unit.dimension is Dimension.MONEY


def _likeness(mention: Mention, sentence: Sentence) -> float:
    """How well a sentence shows a mention: in its own words, else in what its paragraph said before, its headings, the text above."""
    own = mention.within(sentence.tight)
    return own or 0.85 * mention.within(sentence.lead) or 0.5 * mention.within(sentence.section) or 0.4 * mention.within(sentence.before)


def _carried(mention: Mention, sentence: Sentence) -> list[tuple[int, float]]:
    """A subject named before the sentence holds from its beginning, the surer the nearer."""
    ends = _ends(mention, sentence.lead)
    if not ends:
        return []
    end, likeness = max(ends)
    return [(0, max(0.3, 0.85 * likeness - 0.004 * (len(sentence.lead) - end)))]


def _headed(mention: Mention, sentence: Sentence) -> list[tuple[int, float]]:
    """A subject that only the headings name holds for a sentence too, but faintly."""
    return [(0, _HEADED)] if mention.within(sentence.section) else []


def _ends(mention: Mention, text: str) -> list[tuple[int, float]]:
    """Where a mention's names end in a text, with their likeness; the longest name at each place."""
    found: dict[int, float] = {}
    for name, likeness in {mention.text: 0.9, **mention.names}.items():
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            part = mention.soft and at > 0 and "一" <= text[at - 1] <= "鿿" and text[at - 1] not in _BEFORE_A_NOUN
            found[end] = max(found.get(end, 0.0), likeness * (_PART if part else 1))
            at = text.find(name, at + 1)
    return list(found.items())
