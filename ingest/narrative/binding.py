"""Binds a figure to the subject and the role that the words before it give it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.narrative import phrases
from ingest.narrative.context import Context
from ingest.narrative.drafts import ComparisonDraft, Draft, same_subject
from ingest.narrative.labels import clean_label, is_weak, label_basis
from ingest.narrative.phrases import Against, Base
from ingest.squeeze import Squeezed
from model.amounts import Dimension
from model.document import Kind
from model.facts import Basis, Mention, Share

_NOT_OURS = re.compile(r"每(?:辆|人|台|批|次|户|家|个)?(?:约)?$|人均|平均(?!得分)|单价|分别(?:为|是)|限额|至少|最低|最高")
_PURE_YEAR = re.compile(
    r"^(?:本部门|本单位)?(?:20\d\d年|上一?年|去年)度?(?:当年|年初)?(?:部门|单位|财政拨款|支出|收入)?(?:预算执行|年初预算|预算|执行|决算|批复)?(?:数|安排|金额)?(?:为|是)?$"
)
_OUTTURN_TAIL = re.compile(r"(?P<name>(?:支出|收入)?(?:决算|预算执行|执行|实际支出|实际支付|实际执行)(?:数|金额)?)(?:为|是|共计|合计)?$")
_NOUN_AFTER = re.compile(r"^[^，。；：、的纳实均已开进（()）\d占比较]{2,14}")
_BASE_NOUN = re.compile(r"(?:数|预算|决算|执行|安排)(?:为|是)?$")
_COUNTED = re.compile(
    r"(?:车|车辆|用车|设备|项目|单位|机构|处室|科室|人员|编制|职工|人数|批次|人次|数量?|个数|团组|企业|房屋|面积|资产|目标|在职|退休|离休|行政|事业|学生|土地)$"
)
_LABEL_LIMIT = 64


@dataclass(slots=True)
class Sentence:
    """What a sentence has said so far. ``prefix`` are its clauses without a figure; ``mark`` is the last mark's strength."""

    index: int
    year: int | None
    prefix: list[str] = field(default_factory=list)
    base: Base | None = None
    mark: int = 4
    behind: Mention | None = None


@dataclass(slots=True)
class Spot:
    """A figure with the words before it in its clause and those that follow it; ``origin`` is where the lead begins in the text."""

    lead: str
    mention: Mention
    origin: int
    after: str
    bracket: bool
    text: Squeezed

    @property
    def start(self) -> int:
        """Where the lead begins, in the paragraph as printed."""
        return self.text.start(self.origin)


class Binder:
    """Makes drafts of figures. ``current`` is the statement that comparisons and shares without a subject are said of."""

    def __init__(self, context: Context, year: int | None, kind: Kind) -> None:
        self.context = context
        self.year = year
        self.kind = kind
        self.current: Draft | None = None
        self.paragraph = 0
        self.sentence = Sentence(0, year)

    def bind(self, spot: Spot) -> Draft | None:
        """The draft that the figure became part of; None where its role is not certain."""
        amount = spot.mention.amount
        if amount is None or amount.unit is None:
            return None
        if amount.unit.dimension is Dimension.PERCENT:
            return self._percentage(spot)
        if _NOT_OURS.search(spot.lead):
            return None
        return self._moved(spot) or self._compared(spot) or self._budgeted(spot) or self._value(spot)

    # percentages

    def _percentage(self, spot: Spot) -> Draft | None:
        lead = spot.lead
        of = phrases.execution_of(lead)
        if of is not None:
            target = self._target(_before(lead, r"(?:，|^)?[^，]*?(?=完成|占|执行率|预算执行率|完成率|支出进度)"), spot)
            if target is None or target.execution is not None:
                return None
            target.execution = spot.mention
            basis = phrases.read_basis(of)
            target.execution_basis = None if basis is Basis.BUDGET else basis
            return self._stretch(target, spot)
        whole = phrases.share_whole(lead)
        if whole is not None:
            return self._share(spot, whole)
        return self._rate(spot)

    def _share(self, spot: Spot, whole: str) -> Draft | None:
        subject = spot.lead[: spot.lead.rfind("占")] if "占" in spot.lead else ""
        target = self._target(subject, spot, share=True)
        if target is None:
            return None
        target.shares.append(Share(spot.mention, whole))
        return self._stretch(target, spot)

    def _rate(self, spot: Spot) -> Draft | None:
        move = phrases.tail_move(spot.lead)
        if move is None:
            current = self.current
            last = current.comparisons[-1] if current and current.comparisons else None
            if current and last and spot.bracket and not spot.lead and last.difference and not last.rate:
                last.rate = spot.mention
                return self._stretch(current, spot)
            return None
        target, comparison = self._comparison(move.rest, spot, rate=True)
        if target is None or comparison is None:
            return None
        comparison.rate = spot.mention
        if comparison.direction is None and comparison.difference is None:
            comparison.direction, comparison.word = move.direction, self._word(spot, move)
        return self._stretch(target, spot)

    # differences and bases

    def _moved(self, spot: Spot) -> Draft | None:
        """``比上年增加`` before an amount."""
        move = phrases.tail_move(spot.lead)
        if move is None or move.rest.endswith(("新", "净")) or spot.lead.endswith("到"):
            return None
        target, comparison = self._comparison(move.rest, spot, rate=False)
        if target is None or comparison is None:
            return None
        comparison.difference = spot.mention
        comparison.direction, comparison.word = move.direction, self._word(spot, move)
        return self._stretch(target, spot)

    def _compared(self, spot: Spot) -> Draft | None:
        """``比2025年年初预算数`` before an amount that is the base itself, or ``比上年`` before a difference whose word was left out."""
        found = phrases.split_comparison(spot.lead, self.year)
        if found is not None and not found.after and not found.stated.endswith(("增", "减")):
            return self._based(spot, found)
        current = self.current
        if current is None or not _PURE_YEAR.match(spot.lead) or current.sentence != self.sentence.index:
            return None
        year = phrases.read_year(spot.lead, self.year)
        if year is None or year == current.year:
            return None
        base = Base(year, phrases.read_basis(spot.lead))
        if spot.bracket and current.comparisons and current.comparisons[-1].figure is None:
            current.comparisons[-1].figure = spot.mention
            return self._stretch(current, spot)
        if not spot.after.startswith(("，增", "，减", "，下", "，上", "，比", "，较", "，同比")):
            return None
        current.comparisons.append(ComparisonDraft(base, figure=spot.mention))
        self.sentence.base = base
        return self._stretch(current, spot)

    def _based(self, spot: Spot, found: Against) -> Draft | None:
        target = self._target(found.before, spot)
        if target is None:
            return None
        comparison = ComparisonDraft(found.base)
        if _BASE_NOUN.search(found.stated):
            comparison.figure = spot.mention
        else:
            comparison.difference = spot.mention
        target.comparisons.append(comparison)
        self.sentence.base = found.base
        return self._stretch(target, spot)

    def _comparison(self, rest: str, spot: Spot, *, rate: bool) -> tuple[Draft | None, ComparisonDraft | None]:
        """The comparison that a difference or rate belongs to, with its statement."""
        found = phrases.split_comparison(rest, self.year)
        subject = found.before + found.after if found else rest
        target = self._target(subject, spot, move=True)
        if target is None:
            return None, None
        base = found.base if found else None
        if base is not None:
            self.sentence.base = base
        last = target.comparisons[-1] if target.comparisons else None
        if last is not None and (base is None or last.base == base):
            if rate and last.rate is None:
                return target, last
            if not rate and last.difference is None and last.rate is None:
                return target, last
        elif rate and base is None and last is not None:
            return None, None
        inherited = base or self.sentence.base or _inherited(target)
        if last is not None and base is None:
            return None, None
        comparison = ComparisonDraft(inherited or Base(None, None))
        target.comparisons.append(comparison)
        return target, comparison

    # values

    def _budgeted(self, spot: Spot) -> Draft | None:
        """In final accounts: ``年初预算为 A，支出决算为 B`` are two figures of one statement."""
        if self.kind is Kind.BUDGET:
            return None
        slot = phrases.slot_of(spot.lead)
        if slot is not None:
            return self._slot(spot, *slot)
        outturn = _OUTTURN_TAIL.search(spot.lead)
        current = self.current
        if outturn is None or current is None or current.figure is not None or current.sentence != self.sentence.index:
            return None
        if current.original is None and current.revised is None:
            return None
        label = clean_label(spot.lead[: outturn.start()])
        if label and not same_subject(label, current.label):
            return None
        current.figure = spot.mention
        current.basis = Basis.EXECUTION if "执行" in outturn["name"] else Basis.OUTTURN
        return self._stretch(current, spot)

    def _slot(self, spot: Spot, basis: Basis, begin: int) -> Draft | None:
        label = clean_label(spot.lead[:begin])
        current = self.current
        fresh = current is None or current.figure is not None or current.sentence != self.sentence.index
        if current is None or fresh or (label and not same_subject(label, current.label)):
            current = self._new(self._label(label, spot), spot)
            if current is None:
                return None
            current.basis = Basis.OUTTURN
        if basis is Basis.REVISED_BUDGET:
            current.revised = spot.mention
        else:
            current.original, current.original_basis = spot.mention, basis
        self.context.place(current, self.sentence.mark, None) if fresh else None
        self.current = current
        return self._stretch(current, spot)

    def _value(self, spot: Spot) -> Draft | None:
        amount = spot.mention.amount
        label = clean_label(spot.lead)
        money = amount is not None and amount.unit is not None and amount.unit.dimension is Dimension.MONEY
        if money and not spot.lead:
            return None
        companion = None
        if is_weak(label):
            companion = self._companion()
            label = self._weak(label, companion)
        elif not money and not _COUNTED.search(label):
            noun = _NOUN_AFTER.match(spot.after)
            label = noun[0] if noun else ""
            if not _COUNTED.search(label):
                return None
        else:
            label = self._label(label, spot)
        draft = self._new(label, spot)
        if draft is None:
            return None
        draft.figure = spot.mention
        draft.year, draft.basis = self._when(spot)
        self.context.place(draft, self.sentence.mark, companion)
        self.current = draft
        return draft

    def _when(self, spot: Spot) -> tuple[int | None, Basis | None]:
        """Year and basis of a value: as its own words say, else as its sentence says, else the document's."""
        words = spot.lead if re.search(r"20\d\d年|上一?年度?(?:预算|决算|执行)|去年", spot.lead) else ""
        dated = re.search(r"(?:20\d\d)年(?:\d|底|末)", words)
        year = phrases.read_year(words, self.year) if words and not dated else self.sentence.year
        basis = label_basis(re.sub(r"(?:为|是|共计|：)$", "", spot.lead))
        default = {Kind.BUDGET: Basis.BUDGET, Kind.FINAL_ACCOUNTS: Basis.OUTTURN}.get(self.kind)
        if basis is Basis.ORIGINAL_BUDGET and self.kind is Kind.BUDGET and year == self.year:
            basis = Basis.BUDGET
        return year, basis or default

    # subjects

    def standing_whole(self, *, beginning: bool = False) -> Draft | None:
        """The statement whose parts a list that begins here names: the last one, or the first of the sentence before."""
        current = self.current
        if current is None or current.sentence == self.sentence.index:
            return current
        if current.paragraph != self.paragraph and not (beginning and current.paragraph == self.paragraph - 1):
            return None
        while current.parent is not None and current.parent.sentence == current.sentence:
            current = current.parent
        return current

    def to_subject(self, words: str, spot: Spot) -> None:
        """Go to the statement of a subject that the words name; stay where they name none."""
        self._target(words, spot)

    def stand(self, words: str, spot: Spot) -> Draft | None:
        """A statement of a subject without a figure."""
        draft = self._new(self._label(clean_label(words), spot), spot)
        if draft is not None:
            self.context.place(draft, self.sentence.mark, None)
            self.current = draft
        return draft

    def _label(self, label: str, spot: Spot) -> str:
        """The label, or where it is empty the subject that earlier clauses or the text around speak of."""
        if label:
            return self.context.complete(label)
        for clause in reversed(self.sentence.prefix):
            found = clean_label(clause)
            if found and not re.search(r"^在|[中下]$", found):
                return self.context.complete(found)
        return self.context.subject() if spot.lead or not spot.mention else ""

    def _companion(self) -> Draft | None:
        """The statement that a label like ``价值`` is said of: the one before it in its sentence."""
        current = self.current
        if current is None or current.sentence != self.sentence.index or self.sentence.mark > 2:
            return None
        return current

    def _weak(self, label: str, companion: Draft | None) -> str:
        if companion is not None:
            return companion.label + label
        words = "，".join(clean_label(p) for p in self.sentence.prefix[-2:])
        return (words + "，" + label).strip("，") if words.strip("，") else label

    def _target(self, words: str, spot: Spot, *, share: bool = False, move: bool = False) -> Draft | None:
        """The statement that a comparison or share is said of: that of its own subject, else the current one."""
        label = clean_label(words)
        if not label or (self.current is not None and same_subject(label, self.current.label)):
            return self._standing(share=share) or (self._bare(spot) if move and not share else None)
        if len(label) > _LABEL_LIMIT:
            return None
        known = self._known(label)
        if known is not None:
            self.current = known
            return known
        draft = self._new(self.context.complete(label), spot)
        if draft is not None:
            draft.year = self.sentence.year
            self.context.place(draft, self.sentence.mark, None)
            self.current = draft
        return draft

    def _standing(self, *, share: bool) -> Draft | None:
        """The current statement, or its whole where a list of parts has just ended (``A 3万元、B 5万元，比上年增加``)."""
        current = self.current
        scope = self.context.scopes[-1] if self.context.scopes else None
        if current is None or scope is None or scope.numbered or scope.last is not current:
            return current
        if scope.strength == 1 and scope.items > 1 and self.sentence.mark >= 2 and not scope.loose and not scope.bracket:
            return None if share else scope.parent
        if scope.items == 1 and self.sentence.mark == 2:
            scope.loose = True
        return current

    def _bare(self, spot: Spot) -> Draft | None:
        """A statement without a figure, of the subject that the text around speaks of."""
        label = self._label("", spot)
        draft = self._new(label, spot)
        if draft is not None:
            draft.year = self.sentence.year
            self.context.place(draft, self.sentence.mark, None)
            self.current = draft
        return draft

    def _known(self, label: str) -> Draft | None:
        """The one statement of this paragraph, or the one before, that has this subject and no comparison yet."""
        near = [d for d in reversed(self.context.drafts[-40:]) if d.paragraph >= self.paragraph - 1 and d.section == self.context.section]
        same = [d for d in near if same_subject(label, d.label) and d.figure is not None]
        return same[0] if len(same) == 1 and not same[0].comparisons else None

    def _new(self, label: str, spot: Spot) -> Draft | None:
        if not label or len(label) > _LABEL_LIMIT + 30:
            return None
        return Draft(
            label, self.paragraph, spot.start, spot.mention.end, self.context.section, self.sentence.index, year=self.sentence.year
        )

    def _stretch(self, draft: Draft, spot: Spot) -> Draft:
        if draft.paragraph == self.paragraph:
            draft.end = max(draft.end, spot.mention.end)
        return draft

    def _word(self, spot: Spot, move: phrases.Move) -> Mention:
        start, end = spot.text.start(spot.origin + move.start), spot.text.end(spot.origin + move.end)
        return Mention(self.paragraph, start, end, spot.lead[move.start : move.end])


def _before(text: str, pattern: str) -> str:
    found = re.match(pattern, text)
    return found[0] if found else ""


def _inherited(draft: Draft) -> Base | None:
    parent = draft.parent
    return parent.comparisons[-1].base if parent is not None and parent.comparisons else None
