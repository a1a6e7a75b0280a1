"""What only the text tells: reasons, purposes, who, how many, what a term means."""

from __future__ import annotations

import re
from collections.abc import Callable

from model.amounts import PERCENT, Dimension
from retrieval.cells import cells_for
from retrieval.draft import Draft
from retrieval.figures import figures_in
from retrieval.intent import Ask
from retrieval.lookup import cell_subject, explained, other_year
from retrieval.question import Question
from retrieval.sentences import DOWN, UP, naming
from retrieval.terms import Mention
from retrieval.text import bare, flat, grams
from retrieval.view import Sentence, View, tight

_REASON = re.compile(r"原因|由于|因为|主要是|变动")
_NOT_ASKED = re.compile(r"[没不无](?!足|到|超)")
_NOT = re.compile(r"不再?(?:编制|安排|列|申报|单独)|未(?:编制|安排|发生)|没有|暂不|取消")
_WHOLE = re.compile(r"收支|收入.{0,4}支出|(?:收入|支出)(?:预算|决算)?(?:总计|总额|合计)|预算(?:收入|支出)")
_PURPOSE = re.compile(r"主要用于|用于|主要包括|主要内容|反映|资金分配|为了?|旨在|开展")
_PARTY = re.compile(
    r"(?:向|由|与|委托|给|承担单位|实施主体|实施单位|采购自)[^，。]{0,20}?(?:公司|协会|局|委员会|中心|院|校|所|处|办|单位|部门|组织|机构)"
)
_DEFINED = re.compile(r"^[^：:，。]{0,30}[：:]|是?指|反映")
_THINGS = {
    "辆": ("车辆", "用车"),
    "台": ("设备", "计算机"),
    "平方米": ("房屋", "用房", "面积"),
    "人": ("人员", "编制", "在职", "人数"),
    "人次": ("接待", "出国", "人次"),
    "批次": ("接待", "批次"),
    "家": ("单位",),
}
_UNIT = {"部": "辆", "平米": "平方米", "名": "人", "批": "批次", "台套": "台"}
Fit = Callable[[Question, Sentence], float]
NAMED = 0.4  # how well a sentence must name what is asked for to answer
_WHO = re.compile(r"谁|哪家|哪个(?:单位|部门|公司|机构)")
_CONTACT = re.compile(r"联系(?:人|方式|电话)|负责人?[:：]")
_HOW_MUCH = re.compile(r"多少|几[个项辆台家人笔]|金额|多大")
_LONGEST = 500
_GOES_ON = re.compile(r"一是|[:：]$|[（(]?[1１][.、）)]")
_ROW = 0.9  # the score of a cell whose row is surely the one named
_PRICE = re.compile(r"钱|金额|万元|经费|费用|预算|支出")
_GAP, _CLAUSE = 4, 40
_VEHICLES = frozenset({"公车", "车", "车辆", "公务用车", "用车", "公务车"})


def why(view: View, question: Question, draft: Draft) -> bool:
    """The reason the text gives for a subject's change."""
    best = _best(view, question, _reason_fit) or _general_reason(view, question)
    if best is None:
        return False
    draft.step("text")
    quote = _to_the_end(view, best)
    draft.say("quote", quote=quote, number=draft.cite(view.words(best.passage)))
    return True


def _general_reason(view: View, question: Question) -> Sentence | None:
    """The reason of a change of the whole, for a question that names no subject (收支增加的原因)."""
    if question.hard or question.unknown or question.figures or other_year(view, question):
        return None
    found = [s for s in view.sentences if "原因" in s.tight and _WHOLE.search(s.tight[: s.tight.index("原因")]) and not _explains_terms(s)]
    ranked = [(_reason_fit(question, s) + _overlap(question, s), s) for s in found]
    return max(ranked, key=lambda pair: pair[0], default=(0.0, None))[1]


def _to_the_end(view: View, sentence: Sentence) -> str:
    """The sentence with what it leaves to follow: what stands below a heading, the reasons that are numbered after it."""
    passage = sentence.passage
    if passage.role == "heading":
        return _below(view, sentence)
    if passage.text.endswith("。") or not _GOES_ON.search(passage.text):
        return passage.text
    text = view.document.paragraphs[passage.paragraph].text
    stop = text.find("。", passage.end)
    whole = text[passage.start : min(stop + 1 if stop >= 0 else len(text), passage.start + _LONGEST)]
    after = view.document.paragraphs[passage.paragraph + 1 : passage.paragraph + 2]
    return whole + after[0].text[:_LONGEST] if whole.endswith(("：", ":")) and after and after[0].role == "text" else whole


def _below(view: View, sentence: Sentence) -> str:
    """A heading with the paragraphs below it."""
    paragraphs = view.document.paragraphs
    own = paragraphs[sentence.passage.paragraph]
    text = own.text
    for paragraph in paragraphs[sentence.passage.paragraph + 1 :]:
        if len(paragraph.section) <= len(own.section) or len(text) >= _LONGEST:
            break
        text += f" {paragraph.text}"
    return text[:_LONGEST]


def _reason_fit(question: Question, sentence: Sentence) -> float:
    reason = _REASON.search(sentence.tight) or (_NOT.search(sentence.tight) if _NOT_ASKED.search(question.text) else None)
    if not reason:
        return -1.0
    if _explains_terms(sentence):
        return -1.0
    near = sentence.tight + sentence.lead + sentence.section
    if question.hard and not any(mention.within(near) for mention in question.hard):
        return -1.0  # named in the paragraphs before only
    fit = 0.5 + _way_fit(question, sentence.tight[: reason.start()] or sentence.tight)
    before = sentence.tight[: reason.start()]
    if question.hard and before and not any(mention.within(before + sentence.lead[-60:]) for mention in question.hard):
        fit -= 0.5  # the subject is named in the reason only: the sentence speaks of something else
    asked = {figure.base for figure in question.figures}
    fit += 0.4 * any(figure.amount.base in asked for figure in figures_in(sentence.tight))
    return fit + (0.3 if "原因" in sentence.tight else 0.1)


def _way_fit(question: Question, before: str) -> float:
    """A bonus where what is said before the reason goes the way that is asked about, a malus where it goes the other way alone."""
    down, up = re.search(r"(?<!多)少|减|降|低|缩", question.text), re.search(r"(?<![么多])多(?!少)|增|涨|升|高", question.text)
    fell, rose = re.search(DOWN, before), re.search(UP, before)
    if bool(down) == bool(up):
        return 0.0
    right, wrong = (fell, rose) if down else (rose, fell)
    return 0.15 if right else -0.3 if wrong else 0.0


def _explains_terms(sentence: Sentence) -> bool:
    return any("名词" in heading for heading in sentence.passage.section)


def purpose(view: View, question: Question, draft: Draft) -> bool:
    """What money is for."""
    return _tell(view, question, draft, lambda _, sentence: 0.4 * bool(_PURPOSE.search(sentence.tight)))


def who(view: View, question: Question, draft: Draft) -> bool:
    """Who, when, on what ground."""
    return _tell(view, question, draft, _party_fit)


def _party_fit(question: Question, sentence: Sentence) -> float:
    party = _PARTY.search(sentence.tight) or _CONTACT.search(sentence.tight)
    if _WHO.search(question.text) and not party:
        return -1.0
    return 0.3 * bool(party)


def narrative(view: View, question: Question, draft: Draft) -> bool:
    """The sentence that says most of what the question names; one with a figure where it asks how much."""
    if (question.ask is Ask.LOOK_UP and other_year(view, question)) or (question.limit and question.limit.amount.unit is PERCENT):
        return False
    asks = bool(_HOW_MUCH.search(question.text))
    return _tell(view, question, draft, lambda _, sentence: 0.0 if not asks or _has_amount(question, sentence) else -1.0)


def _has_amount(question: Question, sentence: Sentence) -> bool:
    """Whether a sentence states an amount of money, where that is asked, or else a number of things; shares are neither."""
    units = [figure.amount.unit for figure in figures_in(sentence.tight)]
    return any(map(_is_money, units)) if _PRICE.search(question.text) else any(unit is not PERCENT for unit in units)


def definition(view: View, question: Question, draft: Draft) -> bool:
    """What a term means, from the document's own explanations."""
    best = _best(view, question, _definition_fit)
    if best is None:
        return False
    draft.step("text")
    draft.say("quote", quote=_to_the_end(view, best), number=draft.cite(view.words(best.passage)))
    return True


def _definition_fit(question: Question, sentence: Sentence) -> float:
    opening = flat(sentence.passage.lead + sentence.passage.text)[:60]
    named = any(mention.within(opening) or mention.text in opening for mention in question.hard)
    if not named or not _DEFINED.search(sentence.tight):
        return -1.0
    term = bare(re.split(r"[：:]", sentence.passage.text)[0])
    exact = max((m.likeness(term) if m.text != term else 1.0 for m in question.hard), default=0.0)
    return (
        0.6 * exact
        + 0.6 * _explains_terms(sentence)
        + 0.3 * bool(re.search(r"指|反映", sentence.tight))
        - 0.1 * bool(sentence.passage.lead)
    )


def count(view: View, question: Question, draft: Draft) -> bool:
    """How many vehicles, people, pieces: the number with that unit that follows the subject."""
    unit = _UNIT.get(question.counted, question.counted)
    if not unit and (_PRICE.search(question.text) or not (question.hard or question.unknown)):
        return False
    if unit == "台" and "车" in question.text:
        unit = "辆"
    if unit and _counted_in_row(view, question, draft, unit):
        return True
    best: tuple[float, Sentence, int] | None = None
    for sentence in view.sentences:
        for number, figure in enumerate(figures_in(sentence.tight)):
            symbol = figure.amount.unit.symbol if figure.amount.unit else ""
            symbol = (
                "辆"
                if unit == "辆" and symbol in {"台", "部"} and "车" in sentence.tight[max(0, figure.start - 8) : figure.start]
                else symbol
            )
            if not symbol or not symbol.startswith(unit) or (figure.amount.unit and figure.amount.unit.dimension is not Dimension.COUNT):
                continue
            score = _count_fit(question, sentence, (sentence.tight[: figure.start], sentence.tight[figure.end :]), unit)
            if score >= NAMED and (best is None or score > best[0]):
                best = (score, sentence, number)
    if best is None or not explained(view, question, view.words(best[1].passage)):
        return False
    figure = figures_in(best[1].tight)[best[2]]
    draft.step("text")
    said = draft.figure(figure.amount, figure.text)
    if re.search(r"值多少|价值|多少钱|金额", question.text):
        worth = next((f for f in figures_in(best[1].tight) if f.start > figure.end and _is_money(f.amount.unit)), None)
        said += draft.word("comma") + draft.figure(worth.amount, worth.text) if worth else ""
    draft.say("sentence", quote=best[1].passage.text, figure=said, number=draft.cite(view.words(best[1].passage)))
    return True


def _counted_in_row(view: View, question: Question, draft: Draft, unit: str) -> bool:
    """A number of that unit in the row that is named (人数 of a training)."""
    named = [m for m in question.hard if m.text not in _VEHICLES]
    for found in cells_for(view, question, named) if named else []:
        amount = found.value.amount
        if found.by_row and found.score >= _ROW and amount.unit and amount.unit.dimension is Dimension.COUNT and amount.unit.symbol == unit:
            evidence = view.cell(found.record, found.value)
            where = draft.table(found.record.table)
            draft.step("look_up", subject=found.record.title, where=where, candidates=1)
            said = draft.figure(amount, found.value.text)
            draft.say("cell", where=where, subject=cell_subject(found), figure=said, number=draft.cite(evidence))
            return True
    return False


def _is_money(unit: object) -> bool:
    return getattr(unit, "dimension", None) is Dimension.MONEY


def _count_fit(question: Question, sentence: Sentence, around_it: tuple[str, str], unit: str) -> float:
    """How well the words right before (or after: 9个内设机构) a number name what is counted; 0 for none, or where it is a change."""
    before, after = around_it
    buys = re.compile(r"购置|新购|购买|采购")
    if bool(re.search(r"买|购", question.text)) != bool(buys.search(before[-60:])):
        return 0.0
    near = re.split(r"[、，；。：:]|\d\D{0,2}(?=其中)", before)[-1][-14:]
    if re.search(r"(?:新增|增加|减少|调入|调出|(?<!离)退休)[^，。；]{0,8}$", near) and not re.search(
        r"新增|增加|减少|购置|买", question.text
    ):
        return 0.0
    named = [m for m in question.hard if unit != "辆" or m.text not in _VEHICLES]
    hard = named or [Mention(at, at + len(word), word, {}) for at, word in question.unknown]
    if not hard:
        things = _THINGS.get(unit, ())
        fit = max((0.5 for thing in things if thing in near), default=0.0)
        actual = "实有" in near and "实有" in question.text
        surely = 0.2 * bool(actual or "共有" in near or re.search(r"^\d*\.?车辆", near))
        return fit + surely + 0.001 * (200 - min(200, len(before)))
    noun = next((m for m in question.mentions if m.soft and near.endswith(m.text)), None)
    scored = unit == "分" and re.search(r"得分?$|[总评]分$", near)
    if (noun or scored) and not question.unknown:
        clause = before[-_CLAUSE:]
        return min((0.8 * m.within(clause) for m in hard), default=0.0)
    scores = [max(_right_before(mention, near), 0.9 * mention.within(after[: len(mention.text) + 2])) for mention in hard]
    around = flat(sentence.tight) + sentence.passage.context
    others = [mention.within(around) for mention in hard]
    return 0.0 if max(scores) <= 0 or min(others) <= 0 else sum(scores) / len(scores)


def _right_before(mention: Mention, near: str) -> float:
    """How well a mention is named at the end of the words before a number, but for 共有, 总数为 and the like."""
    found = [
        (likeness, len(near) - at - len(name))
        for name, likeness in {mention.text: 0.9, **mention.names}.items()
        if (at := near.rfind(name)) >= 0
    ]
    return max((likeness for likeness, gap in found if gap <= _GAP), default=0.0)


def _tell(view: View, question: Question, draft: Draft, fit: Fit) -> bool:
    best = _best(view, question, fit)
    if best is None:
        return False
    draft.step("text")
    draft.say("quote", quote=_to_the_end(view, best), number=draft.cite(view.words(best.passage)))
    return True


def _best(view: View, question: Question, fit: Fit) -> Sentence | None:
    """The sentence that names what the question names and fits best; None where none names it all."""
    best: tuple[float, Sentence] | None = None
    for sentence, _, base in naming(view, question.hard or question.mentions):
        bonus = fit(question, sentence)
        if bonus < 0 or base < NAMED:
            continue
        score = base + bonus + 0.3 * _overlap(question, sentence) - 0.3 * sentence.of_another(question.hard)
        if (best is None or score > best[0]) and explained(view, question, view.words(sentence.passage)):
            best = (score, sentence)
    return best[1] if best else None


def _overlap(question: Question, sentence: Sentence) -> float:
    asked = grams(tight(question.text))
    return len(asked & grams(sentence.tight)) / max(1, len(asked))
