"""The figures that a text claims: amounts, percentages, counts, years, multiples, in Arabic or Chinese digits, converted or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from retrieval.assistant.spelling import Spelled, spelled
from retrieval.numerals import RUN, Number, read

HUNDRED = Decimal(100)


class Kind(Enum):
    """What a figure is. ``PLAIN`` has no unit; a ``LABEL`` names something (表3, 第2页, 2080505-A)."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    RATIO = "ratio"
    YEAR = "year"
    DATE = "date"
    PAGE = "page"
    PLAIN = "plain"
    LABEL = "label"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure: characters ``start`` to ``end`` of the spelled text.

    ``value`` and ``step`` are in the base unit (元, percentage points, pieces); ``plain`` is the number without its unit.
    ``hedge`` is ``about``, ``over``, ``under`` or "".
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: Decimal
    step: Decimal
    digits: int
    plain: Decimal
    unit: str = ""
    hedge: str = ""
    negative: bool = False


_MEASURES = (
    "台(?:套)?|平方米|人次|批次|个月|公里|小时|课时|"
    "辆|套|人|名|位|家|个|项|批|次|户|件|期|场|条|份|册|部|吨|天|张|笔|处|所|间|座|栋|支|种|类|行(?![政业为动])|列|篇"
)
_GENERIC = frozenset("个项次年种条类笔份件期处张行列位名场天所支批部")
_YUAN = r"(?:元|圆|块钱|yuan\b|rmb\b|cny\b)"
_ENGLISH = {
    "hundred": 2,
    "thousand": 3,
    "million": 6,
    "mn": 6,
    "billion": 9,
    "bn": 9,
    "trillion": 12,
    "k": 3,
    "w": 4,
}
_AFTER = re.compile(
    rf"(?P<many>[余多来几])?\s?(?P<more>[十百千万亿]+)?(?P<english>\s?(?:{'|'.join(_ENGLISH)})\b)?(?P<late>[余多])?\s?"
    rf"(?P<unit>个百分点|百分点|percentage points?|%|per ?cent\b|pct\b|‰|{_YUAN}|倍|成(?![为立本果员交])|times\b|"
    rf"年|月|日|号|页|万|亿|(?:{_MEASURES}))?",
    re.IGNORECASE,
)
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_PARTS = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}
_NAMED = {
    "倍": Kind.RATIO,
    "times": Kind.RATIO,
    "成": Kind.PERCENT,
    "页": Kind.PAGE,
    "月": Kind.DATE,
    "日": Kind.DATE,
    "号": Kind.DATE,
}
_CURRENCY = re.compile(r"[¥￥$]\s?$|(?:rmb|cny)\s?$", re.IGNORECASE)
_HUNDREDTHS = re.compile(r"(百|千|万)分之$")
_HEDGES = (
    ("about", re.compile(r"(?:约|大约|大概|左右|接近|将近|近|about|around|nearly|roughly|some)\s?$", re.IGNORECASE)),
    ("over", re.compile(r"(?:超过|超|逾|不少于|不低于|高于|大于|多于|至少|以上|more than|over|at least|above)\s?$", re.IGNORECASE)),
    ("under", re.compile(r"(?:不到|不足|低于|小于|少于|不超过|不高于|less than|under|below|at most)\s?$", re.IGNORECASE)),
)
_LATE = re.compile(r"\s?(左右|上下|以上|以下|以内)")
_LABELLED = re.compile(r"(?:(?:表|附件|附表|图|第|table|figure|no\.?|item)\s?|[A-Za-z_#][-－]?)$", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:^|\n)\s*[（(]?\s*$")
_LISTED = re.compile(r"\s?[.、)）:：](?!\d)")
_SIGN = re.compile(r"(?<![\dA-Za-z元%年月日万亿个人辆台次])[-−－]\s?$")
_ONLY = re.compile(r"(?:仅有?|只有?|共有?|共计|合计|总计|唯)\s?$")
_VAGUE = re.compile(
    r"[½⅓⅔¼¾]|(?:数|几|上|成|好几)[十百千万亿]+(?=元|人|个|项|辆)|(?:逾|超|超过|近|达|过|约)[百千][万亿](?=元)|几[个项](?:亿|百万)"
)
_IDIOM = re.compile(
    r"^(?:[一二三四五六七八九十两]+(?:是|则|来|方面|来源|届|中全会|大精神|会一|公|定|险|保|农|级))|^十分(?!之)|^万分|^一[一二三]"
)
_HALF = re.compile(r"一半|半数|过半|(?:去年|上年)的?一半|\bhalf\b", re.IGNORECASE)
_DOUBLED = re.compile(r"翻(?:了)?(?P<n>[一两三四])?番|翻倍|倍增|翻了?一倍|\bdoubled?\b", re.IGNORECASE)
_WORDS = {
    word: n
    for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())  # noqa: SIM905
}
_WORD = re.compile(rf"\b({'|'.join(_WORDS)}|twenty|thirty|forty|fifty|hundred|dozen)\b(?=\s+[a-z])", re.IGNORECASE)


def claims_in(text: str | Spelled) -> list[Claim]:
    """Every figure of a text, in order."""
    given = text if isinstance(text, Spelled) else spelled(text)
    found = [claim for match in RUN.finditer(given.text) if (claim := _claim(given.text, match)) is not None]
    vague = [_made(match, Kind.VAGUE, Decimal(0)) for match in _VAGUE.finditer(given.text)]
    found = [*vague, *(claim for claim in found if not _touches(claim, vague))]
    found.extend([claim for claim in _in_words(given.text) if not _touches(claim, found)])
    return sorted(_fractions(given.text, found), key=lambda claim: claim.start)


def _touches(claim: Claim, others: list[Claim]) -> bool:
    return any(other.start < claim.end and claim.start < other.end for other in others)


def _in_words(text: str) -> Iterator[Claim]:
    """Figures without a numeral: 一半, 翻番, two vehicles."""
    yield from (_made(match, Kind.PERCENT, Decimal(50), "%") for match in _HALF.finditer(text))
    for match in _DOUBLED.finditer(text):
        times = read(match.groupdict()["n"] or "一")
        yield _made(match, Kind.RATIO, Decimal(2) ** int(times.value if times else 1), "倍")
    for match in _WORD.finditer(text):
        value = _WORDS.get(match.group().lower())
        if value != 1:
            yield _made(match, Kind.VAGUE if value is None else Kind.COUNT, Decimal(value or 0))


def _made(match: re.Match[str], kind: Kind, value: Decimal, unit: str = "") -> Claim:
    return Claim(match.start(), match.end(), match.group(), kind, value, Decimal(1), 2, value, unit)


def _claim(text: str, match: re.Match[str]) -> Claim | None:
    """The figure at a run of digits; None where it is none: a list's number, a word such as 一般."""
    start, run = match.start(), match.group().rstrip()
    before = text[max(0, start - 14) : start]
    number = read(run)
    hundredths = _HUNDREDTHS.search(before)
    if number is None:
        return _made(match, Kind.VAGUE, Decimal(0)) if _unreadable(text, match) else None
    if _IDIOM.match(text[start : start + 6]) and not hundredths:
        return None
    after = _AFTER.match(text, start + len(run))
    if after is None:
        return None
    arabic = any(char in "0123456789" for char in run)
    if arabic and _NUMBERED.search(before) and _LISTED.match(text, start + len(run)) and number.value < HUNDRED:
        return None
    if not arabic and not hundredths and not _is_figure(text, start, run, after):
        return None
    return _built(_Run(text, start, number, run, before, after))


def _unreadable(text: str, match: re.Match[str]) -> bool:
    """Whether what cannot be read as a number was meant as one: it has digits, and is not a word such as 万一."""
    run = match.group()
    return any(char.isdigit() for char in run) or (len(run) > 2 and bool(re.match(rf"{_YUAN}|%", text[match.end() : match.end() + 2])))


def _is_figure(text: str, start: int, run: str, after: re.Match[str]) -> bool:
    """Whether Chinese digits are a figure: before a unit, or long enough; 一个, 一项 are no counts unless they stress it (仅一个)."""
    unit = after.group("unit") or ""
    if run in {"一", "十"} and unit in _GENERIC:
        return run == "十" or bool(_ONLY.search(text[max(0, start - 4) : start]))
    if run in {"零", "〇"}:
        return bool(re.search(r"(?:为|是|等于|归|至)\s?$", text[max(0, start - 3) : start])) or bool(unit)
    if unit or (after.group("more") and len(run) > 0):
        return True
    if text[start + len(run) : start + len(run) + 2] == "分之" or text[max(0, start - 2) : start] == "分之":
        return True
    powered = any(char in "十百千万亿" for char in run)
    return powered and len(run) >= 2 and text[start + len(run) : start + len(run) + 1] not in {"大", "届", "分", "足"}


@dataclass(frozen=True, slots=True)
class _Run:
    """A number in its surroundings: what stands before it, and the match of what follows."""

    text: str
    start: int
    number: Number
    run: str
    before: str
    after: re.Match[str]

    @property
    def unit(self) -> str:
        """The unit's word, 万 and 亿 apart."""
        unit = (self.after.group("unit") or "").lower()
        return "" if unit in {"万", "亿"} else unit

    @property
    def power(self) -> str:
        """The powers that follow the digits: 万, 百万, million."""
        late = self.after.group("unit") if self.after.group("unit") in {"万", "亿"} else ""
        return f"{self.after.group('more') or ''}{late}{(self.after.group('english') or '').strip().lower()}"

    @property
    def factor(self) -> Decimal:
        """What the powers multiply by."""
        if self.power in _ENGLISH:
            return Decimal(10) ** _ENGLISH[self.power]
        return Decimal(10) ** sum(_POWERS[char] for char in self.power)

    @property
    def end(self) -> int:
        """Where the figure ends, its unit included."""
        counted = self.unit or self.power or self.after.group("many")
        return self.after.end() if counted else self.start + len(self.run)


def _built(found: _Run) -> Claim:
    kind, unit, scale = _kind(found)
    start = found.start
    hundredths = _HUNDREDTHS.search(found.before)
    if hundredths:
        kind, unit, scale = Kind.PERCENT, "%", _PARTS[hundredths.group(1)]
        start -= len(hundredths.group())
    sign = -1 if _SIGN.search(found.before) else 1
    number, factor = found.number, found.factor * scale
    late = "over" if found.after.group("many") or found.after.group("late") else ""
    return Claim(
        start,
        found.end,
        found.text[start : found.end].rstrip(),
        kind,
        sign * number.value * factor,
        number.step * factor,
        number.digits,
        number.value,
        unit,
        _hedge(found.text, found.before, found.end, late),
        sign < 0,
    )


def _kind(found: _Run) -> tuple[Kind, str, Decimal]:
    """What the figure is, its unit in one spelling, and the factor to the base unit."""
    unit, one = found.unit, Decimal(1)
    if unit in {"%", "pct", "‰"} or unit.startswith(("per cent", "percent")) or unit.endswith("百分点"):
        points = unit.endswith("百分点") or "point" in unit
        return Kind.PERCENT, "点" if points else "%", Decimal("0.1") if unit == "‰" else one
    named = Kind.MONEY if re.fullmatch(_YUAN, unit) else _NAMED.get(unit)
    if named is Kind.PERCENT:  # 三成
        return named, "%", Decimal(10)
    if named is Kind.PAGE and not found.before.rstrip().endswith("第"):
        named = Kind.COUNT
    if named is not None:
        return named, "元" if named is Kind.MONEY else unit, one
    return _bare(found), "年" if _is_year(found) else unit, one


def _is_year(found: _Run) -> bool:
    whole = found.number.value == found.number.value.to_integral_value() and found.number.step >= 1
    return whole and found.unit in {"", "年"} and 1949 <= found.number.value <= 2099 and "," not in found.run


def _bare(found: _Run) -> Kind:
    """The kind of a figure with a counting word, or none."""
    if _is_year(found):
        return Kind.YEAR
    if found.unit:
        return Kind.COUNT
    if _LABELLED.search(found.before):
        return Kind.LABEL
    large = any(char in "万亿" for char in found.power + found.run) or found.power in _ENGLISH
    return Kind.MONEY if large or _CURRENCY.search(found.before) else Kind.PLAIN


def _hedge(text: str, before: str, end: int, found: str) -> str:
    late = _LATE.match(text, end)
    if late:
        return "about" if late.group(1) in {"左右", "上下"} else "over" if late.group(1) == "以上" else "under"
    return found or next((name for name, pattern in _HEDGES if pattern.search(before)), "")


def _fractions(text: str, claims: list[Claim]) -> list[Claim]:
    """三分之一: two numbers around 分之 are one ratio."""
    made: list[Claim] = []
    for claim in claims:
        last = made[-1] if made else None
        joined = last is not None and text[last.start + len(last.text) : claim.start] == "分之"
        if last is not None and joined and last.value and last.kind is not Kind.PERCENT:
            ratio = claim.value / last.value
            made[-1] = Claim(last.start, claim.end, text[last.start : claim.end], Kind.RATIO, ratio, Decimal("0.01"), 2, ratio, "倍")
        else:
            made.append(claim)
    return made
