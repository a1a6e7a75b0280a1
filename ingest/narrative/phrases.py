"""The set phrases around a figure: against what it is compared, which way it went, what it is a share of.

All functions take squeezed text (``ingest.squeeze``) that ends where the figure begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from model.facts import Basis, Direction

_UP = "增加|增长|上升|提高|增幅|涨幅|升幅|上涨|扩大|新增|调增|追加|多|增"
_DOWN = "减少|下降|降低|压减|减幅|降幅|缩减|削减|下调|调减|压缩|减低|下浮|减|降|少"
_SIGNED = "增减|变动|变化|差异|增长率|增减率"
_EITHER = r"(?:增加|增长)[（(](?:减少|下降|降低)[）)]|(?:增|减)[（(/](?:减|增)[）)]?"
_MOVE_TAIL = re.compile(
    rf"(?:各|均|共|将)?(?:(?P<either>{_EITHER})|(?P<signed>{_SIGNED})|(?P<up>{_UP})|(?P<down>{_DOWN}))"
    r"(?:了|额|率|幅|幅度|比例|比率|比|数|金额|百分比|支出|收入)?(?:约)?(?:为|达到?|是|：|:)?$"
)
_EXCESS_TAIL = re.compile(
    r"(?:(?P<up>大于|高于|多于|超过|超出)|(?P<down>小于|低于|少于))(?P<base>[^，；。]{0,20}(?:数|预算|决算|执行|年|年度|同期))$"
)
_LEVEL = re.compile(
    r"(?P<word>(?:基本|大致|保持|总体|均|完全)*(?:持平|相同|一致|相等|相当|无变化|无增减(?:变化|变动)?|没有(?:增减)?变化|未发生变化|不变|无差异|无变动|没有增减|零增长|等于))"
)
_YEAR = r"20\d\d年?度?|上一?年度?|去年度?|前年|同期|往年"
_BASE_START = re.compile(
    rf"(?:相比于?|相较于?|较之|对比|同比|环比|比|较|与|同|和|跟|于)(?P<base>(?={_YEAR}|年初|年中|全年|调整|当年预算|本年预算|上级|预算|决算|执行))"
)
_SAME_TIME = re.compile(r"同比|环比")
_BASE_END = re.compile(r"相比(?:较)?|比较|相较|对比|比(?=$|，)")
_BASIS_WORDS = (
    (re.compile(r"执行"), Basis.EXECUTION),
    (re.compile(r"年初(?:批复)?(?:的)?(?:部门|财政拨款)?(?:支出|收入)?预算|年初安排|年初数"), Basis.ORIGINAL_BUDGET),
    (re.compile(r"全年预算|调整后?(?:的)?预算|预算调整|年中预算|调整数"), Basis.REVISED_BUDGET),
    (re.compile(r"决算"), Basis.OUTTURN),
    (re.compile(r"预算"), Basis.BUDGET),
)
_FUND_NAMES = re.compile(r"一般公共(?:服务)?预算|政府性基金(?:预算)?|国有资本经营(?:预算)?|部门预算|单位预算|公共财政预算")
_SHARE_TAIL = re.compile(
    r"占(?!比)(?P<whole>[^，；。]*?)的?(?:比例|比重|比率|百分比|份额|比)?(?:约)?(?:为|是|达到?)?$"
    r"|(?P<bare>占比|比重|比例|占比例|占比重)(?:约)?(?:为|是|达到?|：|:)?$"
)
_EXECUTION_TAIL = re.compile(
    r"(?:完成|占)(?:了)?(?P<of>[^，；。]{0,16}?预算[^，；。]{0,6}?)的?(?:比例)?(?:为)?$|(?P<rate>预算执行率|执行率|完成率|预算完成率|支出进度|完成比例)(?:约)?(?:为|达到?|是|：)?$"
)
_SLOT_TAIL = re.compile(
    r"(?P<kind>年初(?:批复)?预算|全年预算|调整后?预算|调整预算|预算调整|预算)(?:安排|批复|金额|资金|额|数)?(?:合计|总额)?(?:为|是|：|:)?$"
)
_BARE_BUDGET = re.compile(r"预算数?(?:为|是|：)?$")
_OUTTURN_FOLLOWS = re.compile(r"[^。；]*?(?:决算|执行|实际支出|完成)")
_WORD_COMPARISON = re.compile(
    r"(?:支出|收入)?(?:决算|执行|预算)数?(?P<word>大于|小于|等于|高于|低于|多于|少于|超过|超出|与)(?P<base>[^，；。]{0,12}?预算[^，；。]{0,3}?)(?P<level>持平|相同|一致|相等)?(?=的?主要原因|的原因|$|，|。|；|：|主要)"
)
REASON = re.compile(
    r"(?:[增减上下变][^，；。]{0,6}的)?(?:主要)?(?:增减|变动|变化|差异)?原因(?:是由于|是因为|在于|是|为|有|：|:|一是)?|主要(?:是|系|由于|因为|因|为)(?:由于|因为|因)?|^(?:是)?(?:因为|由于|系(?!统)|因(?!公|病|私|特|素))"
)
PURPOSE = re.compile(
    r"主要(?:是)?(?:用于|包括|反映|支付|安排|支出|开支|内容)|^(?:全部|具体|其中)?(?:用于|用来)|^(?:具体)?(?:反映|支出内容)|专项用于"
)


@dataclass(frozen=True, slots=True)
class Base:
    """What a comparison is made against."""

    year: int | None
    basis: Basis | None


@dataclass(frozen=True, slots=True)
class Move:
    """A direction word at the end of a text: ``rest`` is what comes before; the word is characters ``start`` to ``end``."""

    direction: Direction | None
    rest: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Against:
    """A text taken apart at its comparison: ``比``上年预算``增加``: subject before, base, and subject after (``与上年相比收入``)."""

    before: str
    base: Base
    after: str
    stated: str


def read_basis(text: str) -> Basis | None:
    """The kind of figure a text names (预算执行数, 年初预算 …), names of funds left aside."""
    plain = _FUND_NAMES.sub("", text)
    for pattern, basis in _BASIS_WORDS:
        if pattern.search(plain):
            return basis
    return None


def read_year(text: str, year: int | None) -> int | None:
    """The year a text names: ``2025年``, or 上年 counted from ``year``."""
    found = re.search(r"(?<!\d)(20\d\d)(?=年|财年|$)", text) or re.search(r"^(20\d\d)", text)
    if found:
        return int(found[1])
    if year is None:
        return None
    if re.search(r"上一?年|去年|同期|同比", text):
        return year - 1
    if "前年" in text:
        return year - 2
    return year if re.search(r"今年|本年|当年", text) else None


def split_comparison(text: str, year: int | None) -> Against | None:
    """Take a text apart at ``比上年``, ``较2025年年初预算``, ``与上年相比``; None where it compares nothing."""
    found = _BASE_START.search(text)
    if found is None:
        same = _SAME_TIME.search(text)
        if same is None:
            return None
        return Against(text[: same.start()], Base(year - 1 if year else None, None), text[same.end() :], same[0])
    stated = text[found.end() :]
    end = _BASE_END.search(stated)
    after = ""
    if end:
        stated, after = stated[: end.start()], stated[end.end() :]
    base_year = read_year(stated, year)
    basis = read_basis(stated)
    if base_year is None and basis is not None and basis is not Basis.EXECUTION:
        base_year = year
    return Against(text[: found.start()], Base(base_year, basis), after, stated)


def tail_move(text: str) -> Move | None:
    """The direction word a text ends in: ``比上年增加`` before a difference, ``增长`` before a rate."""
    found = _MOVE_TAIL.search(text)
    if found is None:
        found = _EXCESS_TAIL.search(text)
        if found is None:
            return None
        word = "up" if found["up"] else "down"
        return Move(Direction(word), text[: found.start()] + "比" + found["base"], found.start(word), found.end(word))
    word = next(name for name in ("either", "signed", "up", "down") if found[name])
    directions: dict[str, Direction | None] = {"either": None, "down": Direction.DOWN}
    direction = directions.get(word, Direction.UP)
    return Move(direction, text[: found.start()], found.start(word), found.end(word))


def level_word(text: str) -> re.Match[str] | None:
    """``持平``, ``相同``, ``无变化`` in a clause without a figure."""
    return _LEVEL.search(text)


def share_whole(text: str) -> str | None:
    """What the percentage after this text is a share of: ``占本年支出的`` → 本年支出, ``占`` → "", None where it is no share."""
    found = _SHARE_TAIL.search(text)
    if found is None:
        return None
    whole = found["whole"] or ""
    return whole[1:-1] if whole.startswith("“") and whole.find("”") == len(whole) - 1 else whole


def execution_of(text: str) -> str | None:
    """The budget that the percentage after this text completes: ``完成年初预算的`` → 年初预算; None where it is no completion."""
    found = _EXECUTION_TAIL.search(text)
    if found is None or (found["of"] and text[found.start()] == "占" and "年初" not in found["of"]):
        return None
    return found["of"] or "预算"


def slot_of(text: str, after: str) -> tuple[Basis, int] | None:
    """Which budget the figure between two texts is (年初, 全年 …) and where its name begins; for sentences on final accounts.

    A bare 预算 is one only where the sentence goes on with the outturn.
    """
    plain = _FUND_NAMES.sub(lambda m: "〇" * len(m[0]), text)
    found = _SLOT_TAIL.search(plain)
    if found is None:
        return None
    kind = found["kind"]
    if kind.startswith("年初"):
        basis = Basis.ORIGINAL_BUDGET
    elif kind == "预算":
        if not _BARE_BUDGET.search(text) or not _OUTTURN_FOLLOWS.match(after):
            return None
        basis = Basis.BUDGET
    else:
        basis = Basis.REVISED_BUDGET
    return basis, found.start()


def word_comparison(text: str) -> re.Match[str] | None:
    """``决算数大于年初预算数`` in a clause without a figure."""
    return _WORD_COMPARISON.search(text)


def word_direction(match: re.Match[str]) -> Direction | None:
    """Which way a ``word_comparison`` goes."""
    if match["level"] or match["word"] == "等于":
        return Direction.LEVEL
    if match["word"] == "与":
        return None
    return Direction.UP if match["word"] in {"大于", "高于", "多于", "超过", "超出"} else Direction.DOWN
