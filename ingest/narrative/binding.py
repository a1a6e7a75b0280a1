"""Binds a figure to the subject and the role that the words before it give it."""

from __future__ import annotations

import re

from ingest.narrative import phrases
from ingest.narrative.drafts import ComparisonDraft, Draft, dimension_of, same_subject
from ingest.narrative.labels import is_weak, label_basis
from ingest.narrative.phrases import Against, Base
from ingest.narrative.targets import Spot, Targets
from model.amounts import Dimension
from model.document import Kind
from model.facts import Basis, Mention, Share

_NOT_OURS = re.compile(r"每(?:辆|人|台|批|次|户|家|个)?(?:月|年)?(?:约)?$|人均|平均(?!得分)|单价|分别(?:为|是)|限额|至少|最低|最高|最多")
_OUTTURN_TAIL = re.compile(r"(?P<name>(?:支出|收入)?(?:决算|预算执行|执行|实际支出|实际支付|实际执行)(?:数|金额)?)(?:为|是|共计|合计)?$")
_NOUN_AFTER = re.compile(r"^[^，。；：、的纳实均已开进（()）\d占比较]{2,14}")
_BASE_NOUN = re.compile(r"(?:数|预算|决算|执行|安排)(?:为|是)?$")
_COUNTED = re.compile(
    r"(?:车|车辆|设备|项目|单位|机构|处室|科室|人员|编制|职工|人数|批次|人次|数量?|个数|团组|企业|用?房屋?|面积|保有量|资产|目标|在职|退休|离休|行政|事业|学生|土地|得分|评分)(?:[（(][^（()）]*[）)])?$"
)
_TIMES = re.compile(r"批次?|人次|团组|次$")
_MONEY = re.compile(r"支出|收入|收支|预算|决算|经费|费|资金|拨款|结转|结余|购置|采购|总计|合计|数$|额")
_NO_SUBJECT = re.compile(
    r"^(?:增加|减少|压减|新增|调减|调增|下降|增长|合计|共计|总计)|^(?:上年|去年)(?!度?(?:年?末|末|的)?(?:结转|结余|余额|实户|滚存|资金|专户|预算|决算|执行))"
)
_OWN_YEAR = re.compile(
    r"^(?:本部门|本单位|我[局厅委院])?(20\d\d)年|(20\d\d)年度?(?:当年)?(?:部门|单位)?(?:预算|决算|执行|支出|收入|安排)[^，]{0,6}$"
)
_DATE = re.compile(r"20\d\d年(?:\d|底|末)")
_EXECUTION_SUBJECT = re.compile(r"[^，]*?(?=完成|占|执行率|预算执行率|完成率|支出进度)")


class Binder(Targets):
    """Gives figures their roles."""

    def bind(self, spot: Spot) -> Draft | None:
        """The draft that the figure became part of; None where its role is not certain."""
        dimension = spot.dimension
        if dimension is None or "分别" in spot.lead or (dimension is Dimension.MONEY and _NOT_OURS.search(spot.lead)):
            return None
        if dimension is Dimension.PERCENT:
            return self._percentage(spot)
        move = phrases.tail_move(spot.lead)
        if move is not None and self._is_change(move.rest):
            return self._moved(spot, move)
        against = phrases.split_comparison(spot.lead, self.year)
        if against is not None and not against.after and not against.stated.endswith(("增", "减")):
            return self._based(spot, against)
        return self._other_year(spot) or self._budgeted(spot) or self._value(spot)

    # percentages

    def _percentage(self, spot: Spot) -> Draft | None:
        of = phrases.execution_of(spot.lead)
        if of is not None:
            return self._execution(spot, of)
        whole = phrases.share_whole(spot.lead)
        return self._rate(spot) if whole is None else self._share(spot, whole)

    def _execution(self, spot: Spot, of: str) -> Draft | None:
        subject = _EXECUTION_SUBJECT.match(spot.lead)
        target = self.target(subject[0] if subject else "", spot, share=True)
        if target is None or target.execution is not None:
            return None
        target.execution = spot.mention
        basis = phrases.read_basis(of)
        target.execution_basis = None if basis is Basis.BUDGET else basis
        return self.stretch(target, spot)

    def _share(self, spot: Spot, whole: str) -> Draft | None:
        subject = spot.lead[: spot.lead.rfind("占")] if "占" in spot.lead else ""
        target = self.target(subject, spot, share=True)
        if target is None:
            return None
        target.shares.append(Share(spot.mention, whole))
        return self.stretch(target, spot)

    def _rate(self, spot: Spot) -> Draft | None:
        move = phrases.tail_move(spot.lead)
        if move is None:
            return self._bracketed_rate(spot)
        target, comparison = self._comparison(move.rest, spot, rate=True)
        if target is None or comparison is None:
            return None
        comparison.rate = spot.mention
        if comparison.direction is None and comparison.difference is None:
            comparison.direction, comparison.word = move.direction, self._word(spot, move)
        return self.stretch(target, spot)

    def _bracketed_rate(self, spot: Spot) -> Draft | None:
        """``减少 3 万元（5%）``."""
        current = self.current
        last = current.comparisons[-1] if current and current.comparisons else None
        if current is None or last is None or spot.lead or not spot.bracket or last.difference is None or last.rate is not None:
            return None
        last.rate = spot.mention
        return self.stretch(current, spot)

    # differences and bases

    def _moved(self, spot: Spot, move: phrases.Move) -> Draft | None:
        """``比上年增加`` before an amount."""
        target, comparison = self._comparison(move.rest, spot, rate=False)
        if target is None or comparison is None:
            return None
        comparison.difference = spot.mention
        comparison.direction, comparison.word = move.direction, self._word(spot, move)
        return self.stretch(target, spot)

    def _is_change(self, rest: str) -> bool:
        """Whether a direction word tells a change: something is compared, or its subject is money (not ``支持外贸增长 30 万元``)."""
        if rest.endswith("到"):
            return False
        if _MONEY.search(rest) or self.sentence.base is not None or self.context.last_base() is not None:
            return True
        standing = self.current is not None and self.current.passage == self.passage
        return phrases.split_comparison(rest, self.year) is not None or (standing and not self.context.label(rest))

    def _other_year(self, spot: Spot) -> Draft | None:
        """``（上年预算数为 8 万元）``, ``2025年预算数 8 万元，增加``: the base of a comparison, printed beside it."""
        current = self.current
        if current is None or not self.is_pure_year(spot.lead) or current.sentence != self.sentence.index:
            return None
        year = phrases.read_year(spot.lead, self.year)
        if year is None or year == current.year:
            return None
        if spot.bracket and current.comparisons and current.comparisons[-1].figure is None:
            current.comparisons[-1].figure = spot.mention
            return self.stretch(current, spot)
        if not spot.after.startswith(("，增", "，减", "，下", "，上", "，同比")):
            return None
        base = Base(year, phrases.read_basis(spot.lead))
        current.comparisons.append(ComparisonDraft(base, figure=spot.mention))
        self.sentence.base = base
        return self.stretch(current, spot)

    def _based(self, spot: Spot, found: Against) -> Draft | None:
        """``比2025年年初预算数`` before the base itself, or ``比上年`` before a difference whose word was left out."""
        target = self.target(found.before, spot)
        if target is None:
            return None
        comparison = ComparisonDraft(found.base)
        if _BASE_NOUN.search(found.stated):
            comparison.figure = spot.mention
        else:
            comparison.difference = spot.mention
        target.comparisons.append(comparison)
        self.sentence.base = found.base
        return self.stretch(target, spot)

    def _comparison(self, rest: str, spot: Spot, *, rate: bool) -> tuple[Draft | None, ComparisonDraft | None]:
        """The comparison that a difference or rate belongs to, with its statement."""
        found = phrases.split_comparison(rest, self.year)
        base = found.base if found else None
        known = base is not None or self.sentence.base is not None
        target = self.target(found.before + found.after if found else rest, spot, move=known)
        if target is None:
            return None, None
        if base is not None:
            self.sentence.base = base
        last = target.comparisons[-1] if target.comparisons else None
        if last is not None and (base is None or last.base == base) and _awaits(last, rate=rate):
            return target, last
        if last is not None and base is None:
            return None, None
        against = base or self.sentence.base or _inherited(target) or self.context.last_base()
        comparison = ComparisonDraft(against or Base(None, None))
        if base is not None and base.year is not None and base.year != target.year:
            comparison.figure = self.prior(target, base)
        target.comparisons.append(comparison)
        return target, comparison

    # values

    def _budgeted(self, spot: Spot) -> Draft | None:
        """In final accounts: ``年初预算为 A，支出决算为 B`` are two figures of one statement."""
        if self.kind is Kind.BUDGET:
            return None
        slot = phrases.slot_of(spot.lead, spot.after)
        return self._outturn(spot) if slot is None else self._slot(spot, *slot)

    def _outturn(self, spot: Spot) -> Draft | None:
        """The outturn of a statement whose budget came first."""
        outturn = _OUTTURN_TAIL.search(spot.lead)
        current = self.current
        if outturn is None or current is None or current.figure is not None or current.sentence != self.sentence.index:
            return None
        if current.original is None and current.revised is None:
            return None
        label = self.context.label(spot.lead[: outturn.start()])
        if label and not same_subject(label, current.label):
            return None
        current.figure = spot.mention
        current.basis = Basis.EXECUTION if "执行" in outturn["name"] else Basis.OUTTURN
        return self.stretch(current, spot)

    def _slot(self, spot: Spot, basis: Basis, begin: int) -> Draft | None:
        """A budget that the outturn follows: of the statement at hand, or of a new one."""
        label = self.context.label(spot.lead[:begin])
        draft = self.current
        standing = draft is not None and draft.figure is None and draft.sentence == self.sentence.index
        if draft is None or not standing or (label and not same_subject(label, draft.label)):
            draft = self.new(self.label(label, spot), spot)
            if draft is None:
                return None
            draft.basis = Basis.OUTTURN
            standing = False
        if basis is Basis.REVISED_BUDGET:
            draft.revised = spot.mention
        else:
            draft.original, draft.original_basis = spot.mention, basis
        if not standing:
            self.context.place(draft, self.sentence.mark, None)
        self.current = draft
        return self.stretch(draft, spot)

    def _value(self, spot: Spot) -> Draft | None:
        label, companion = self._value_label(spot)
        draft = self.new(label, spot)
        if draft is None:
            return None
        draft.figure = spot.mention
        draft.year, draft.basis = self._when(spot)
        self.context.place(draft, self.sentence.mark, companion)
        self.current = draft
        return draft

    def _value_label(self, spot: Spot) -> tuple[str, Draft | None]:
        """The label of a value, and the statement that it only adds a figure to (``车辆 3 辆，价值``)."""
        money = spot.dimension is Dimension.MONEY
        if not spot.lead and self.sentence.colon:
            return self._colon_label(spot), None
        if not spot.lead and self.sentence.mark == 1:
            return self._second_figure(spot, money=money)
        label = self.context.label(spot.lead)
        if _NO_SUBJECT.match(label or spot.lead):
            return "", None
        if is_weak(label):
            companion = self.companion()
            return self.weak(label, companion), companion
        if not money and not _COUNTED.search(label):
            return self._count_label(spot, label)
        return self.label(label, spot), None

    def _count_label(self, spot: Spot, label: str) -> tuple[str, Draft | None]:
        """What is counted: the noun behind the figure, or the doings that 批次 and 人次 count."""
        noun = _NOUN_AFTER.match(spot.after)
        if noun and _COUNTED.search(noun[0]):
            return noun[0], None
        if not _TIMES.search(spot.mention.text):
            return "", None
        companion = self.companion()
        if companion is not None and label in {"", "累计"}:
            return companion.label, companion
        return label if len(label) > 1 else "", None

    def _second_figure(self, spot: Spot, *, money: bool) -> tuple[str, Draft | None]:
        """``购置车辆 2 辆、40 万元``, ``接待 5 批次、40 人次``: a second figure of what was counted."""
        current = self.current
        if current is None or current.sentence != self.sentence.index or dimension_of(current)[0] is not Dimension.COUNT:
            return "", None
        if money:
            return current.label + "金额", current
        return (current.label, current) if _TIMES.search(spot.mention.text) else ("", None)

    def _colon_label(self, spot: Spot) -> str:
        """``预算安排规模：110 万元``: the words before the colon, unless others follow the figure at once."""
        if not self.sentence.colon or not self.sentence.prefix or re.match(r"[^，。；、（\s]", spot.after):
            return ""
        label = self.context.label(self.sentence.prefix[-1])
        return self.context.project + label if is_weak(label) else label

    def _when(self, spot: Spot) -> tuple[int | None, Basis | None]:
        """Year and basis of a value: as its own words say, else as its sentence says, else the document's."""
        words = self.context.plain(spot.lead)
        year = self.sentence.year
        own = _OWN_YEAR.search(words)
        if own and not _DATE.search(words):
            year = int(own[1] or own[2])
        elif re.search(r"(?:上一?年度?|去年)(?:预算|决算|执行)", words):
            year = phrases.read_year(words, self.year)
        basis = label_basis(re.sub(r"(?:为|是|共计|：)$", "", words))
        if basis is Basis.ORIGINAL_BUDGET and self.kind is Kind.BUDGET and year == self.year:
            basis = Basis.BUDGET
        default = {Kind.BUDGET: Basis.BUDGET, Kind.FINAL_ACCOUNTS: Basis.OUTTURN}.get(self.kind)
        return year, basis or default

    def _word(self, spot: Spot, move: phrases.Move) -> Mention:
        start, end = spot.text.start(spot.origin + move.start), spot.text.end(spot.origin + move.end)
        return self.mention(start, end, spot.lead[move.start : move.end])


def _awaits(comparison: ComparisonDraft, *, rate: bool) -> bool:
    """Whether a comparison still lacks the figure."""
    return comparison.rate is None if rate else comparison.difference is None


def _inherited(draft: Draft) -> Base | None:
    parent = draft.parent
    return parent.comparisons[-1].base if parent is not None and parent.comparisons else None
