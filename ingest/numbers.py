"""Numbers as disclosures print them: amounts in cells, amounts in running text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from ingest.squeeze import squeeze
from model.amounts import MONEY_UNITS, PERCENT, Amount, Dimension, Unit, count_unit

# One character for one character, so that places in the text stay where they are.
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％－−﹣–（）：；＋", "0123456789.,%----():;+")

_BLANK = re.compile(r"[-—―ー_/\\*.…·]*|无|无此项|空|不涉及|无数据|/A|N/A", re.IGNORECASE)
_INTEGER = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
_CELL_UNITS = r"亿元|百万元|万元|千元|元|%|万|亿|[一-龥]{1,3}(?:\([一-龥、]+\))?"
_CELL = re.compile(rf"(?P<sign>[-△▲+]?)(?P<number>{_INTEGER}(?:\.\d+)?)(?P<unit>{_CELL_UNITS})?")
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
_SPLIT_DIGITS = re.compile(r"(?<=\d)\s+(?=\d)")
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
_NUMERAL_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMERAL_POWERS = {"十": 10, "百": 100, "千": 1000}

_COUNTED = (
    r"平方米|公里|人次|批次|团组|台\(套\)|台\(件、套\)|台\(台、套\)|台套|辆|人|家|个|台|套|批|次|项|所|户|件|份|名|场|期|篇|条"
    r"|处|间|栋|分|亩|吨|册|平米|㎡"
)
_MEASURED = frozenset({"平方米", "平米", "㎡", "公里", "亩", "吨", "分"})
_FIGURE = re.compile(
    r"(?<![\dA-Za-z.〔第\ufffd])(?<!\d,)(?P<sign>(?<![\d年月)%至~])-)?"
    rf"(?P<number>\d{{1,3}}(?:，\d{{3}})+\.\d+|{_INTEGER}(?:\.\d+)?)"
    r"(?P<more>多|余)?(?:为(?=[亿万千百]*元))?"
    rf"(?:(?P<money>亿元|百万元|万元|千元|元|万[余多]元)|(?P<percent>%|个百分点|百分点)|(?P<scale>万|亿)?(?P<count>{_COUNTED})|(?P<bare>万|亿))"
)
_WIDE_BRACKETS = str.maketrans("（）０１２３４５６７８９．％－", "()0123456789.%-")
_PER = re.compile(r"\s*[/／每]")
_LIMIT_AFTER = re.compile(r"\s*[（(]?(?:含|不含)?[）)]?\s*(?:及?以[上下内]|起)|[（(]不?含[）)]")
_LIMIT_BEFORE = re.compile(
    r"(?:[≥≤><＞＜]=?|[=＝]|不低于|不高于|不少于|不超过|不得超过|不大于|大于|小于|高于|低于|达到|单价|单位价值|限额|标准|上限|下限)$"
)
_ABOUT_BEFORE = re.compile(r"(?:约|近|超|逾|超过|将近|大约|累计超)$")
_ABOUT_AFTER = re.compile(r"\s*(?:左右|上下|余|多)")
_NO_COUNT_AFTER = re.compile(
    r"(?:个)(?:月|小时|工作日|百分点)|次(?:日|年)|分(?:之|别|类|管|为)|人(?:民|员|大|才|均)|名(?:义|称)|条(?:例)|项(?:[）)]|目)|场所|家庭"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount in running text, characters ``start`` to ``end``.

    ``exact`` is False beside 约, 余, 左右; ``limit`` is True for thresholds, targets and unit prices (单价 50 万元以上, ≥95%, 3 万元/家):
    such figures are printed, but they are no amounts of the accounts.
    """

    start: int
    end: int
    amount: Amount
    exact: bool = True
    limit: bool = False


def is_blank(text: str) -> bool:
    """Whether a cell holds nothing: no characters, dashes, or a word for nothing (无)."""
    return _BLANK.fullmatch("".join(text.translate(_FULL_WIDTH).split())) is not None


def read_amount(text: str, unit: Unit | None = None) -> Amount | None:
    """The amount a cell prints; None for a blank (see ``is_blank``) and for what is no amount (a code, a date, a name).

    ``unit`` is the table's; a unit in the cell itself wins. Brackets, △ and a minus make it negative.
    """
    plain = text.translate(_FULL_WIDTH).strip().lstrip("¥￥")
    joined = _join_digits(plain)
    if joined is None or _PHONE.fullmatch(joined):
        return None
    negative = joined.startswith("(") and joined.endswith(")")
    body = joined[1:-1] if negative else joined
    found = _CELL.fullmatch(body)
    if found is None:
        return _numeral_amount(body, unit)
    number = found["number"].replace(",", "")
    if re.match(r"0\d", number):
        return None
    own, scale = _cell_unit(found["unit"])
    if own is None and found["unit"]:
        return None
    value = Decimal(number) * scale
    sign = -1 if negative or found["sign"] in {"-", "△", "▲"} else 1
    return Amount(value * sign, own or unit, _places(number))


def read_numeral(text: str) -> int | None:
    """The integer that Chinese numerals write (三, 一百二十, 两千零五); None for anything else."""
    if not _NUMERAL.fullmatch(text) or text[0] in "万亿":
        return None
    total = section = digit = 0
    for char in text:
        if char in _NUMERAL_DIGITS:
            digit = _NUMERAL_DIGITS[char]
        elif char in _NUMERAL_POWERS:
            section += (digit or 1) * _NUMERAL_POWERS[char]
            digit = 0
        else:
            total = (total + section + digit) * (10_000 if char == "万" else 100_000_000)
            section = digit = 0
    return total + section + digit


def scan_figures(text: str) -> list[Figure]:
    """Every amount of running text that has a unit: money, percentages and counts.

    Years, dates, document numbers, codes (204类06款01项) and list numbers have no unit and are not found.
    """
    squeezed = squeeze(text)
    return [replace(f, start=squeezed.start(f.start), end=squeezed.end(f.end)) for f in scan_squeezed(squeezed.text)]


def scan_squeezed(text: str) -> list[Figure]:
    """The same for text that is squeezed already (``ingest.squeeze``)."""
    plain = text.translate(_WIDE_BRACKETS)
    figures = (_figure(plain, match) for match in _FIGURE.finditer(plain))
    return [figure for figure in figures if figure is not None]


def _figure(plain: str, match: re.Match[str]) -> Figure | None:
    number = match["number"].replace(",", "").replace("，", "")
    if match["count"] and not _is_count(plain, match, number):
        return None
    unit, scale = _printed_unit(match)
    start, end = match.span()
    before = plain[max(0, start - 6) : start]
    value = Decimal(number) * scale * (-1 if match["sign"] else 1)
    inexact = bool(match["more"]) or "余" in match[0] or "多" in match[0]
    exact = not (inexact or _ABOUT_BEFORE.search(before) or _ABOUT_AFTER.match(plain, end))
    limit = bool(_LIMIT_AFTER.match(plain, end) or _LIMIT_BEFORE.search(before) or _PER.match(plain, end))
    return Figure(start, end, Amount(value, unit, _places(number)), exact, limit)


def _is_count(plain: str, match: re.Match[str], number: str) -> bool:
    """Whether a number before a measure word counts things: 01项 and 204类06款01项 are codes, 12个月 is a time."""
    if len(number) > 1 and number.startswith("0") and "." not in number:
        return False
    if "." in number and match["count"] not in _MEASURED:
        return False
    if plain[match.start() - 1 : match.start()] in {"款", "类"} and match["count"] == "项":
        return False
    return not _NO_COUNT_AFTER.match(plain, match.start("count"))


def _printed_unit(match: re.Match[str]) -> tuple[Unit, Decimal]:
    """The unit of a figure in running text, and what its value is multiplied by to be in that unit."""
    if match["money"]:
        symbol = match["money"].replace("多", "").replace("余", "")
        return MONEY_UNITS[symbol], Decimal(1)
    if match["percent"]:
        return (PERCENT if match["percent"] == "%" else _POINTS), Decimal(1)
    if match["count"]:
        return _counted(match["count"]), _SCALES[match["scale"] or ""]
    return MONEY_UNITS[match["bare"] + "元"], Decimal(1)


_POINTS = Unit("百分点", Dimension.PERCENT, Decimal(1))
_SCALES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}


@lru_cache(maxsize=256)
def _counted(symbol: str) -> Unit:
    return count_unit(symbol)


def _cell_unit(symbol: str | None) -> tuple[Unit | None, Decimal]:
    """The unit glued to a cell's number; None for an unknown word (年, 号 …)."""
    if not symbol:
        return None, Decimal(1)
    if symbol == "%":
        return PERCENT, Decimal(1)
    if symbol in {"万", "亿"}:
        return MONEY_UNITS[symbol + "元"], Decimal(1)
    if symbol in MONEY_UNITS:
        return MONEY_UNITS[symbol], Decimal(1)
    if re.fullmatch(_COUNTED, symbol):
        return _counted(symbol), Decimal(1)
    return None, Decimal(1)


def _join_digits(plain: str) -> str | None:
    """The cell's text without white space; None where white space parts two numbers (``12.3 45.6``).

    A number wrapped over two lines is one number: its thousands separators are in place again, or three digits follow the gap,
    or the gap is next to the decimal point.
    """
    joined = "".join(plain.split())
    if _SPLIT_DIGITS.search(plain) is None:
        return joined
    number = joined.strip("()-△▲+%")
    grouped = re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?", number) is not None
    by_thousands = re.fullmatch(r"[-(△]?\s*\d{1,3}(?:\s+\d{3})+(?:\s*\.\s*\d+)?\s*[)%]?", plain) is not None
    fraction = re.fullmatch(r"[-(△]?\s*[\d,]+\s*\.\s*\d\s+\d\s*[)%]?", plain) is not None
    return joined if grouped or by_thousands or fraction else None


def _numeral_amount(body: str, unit: Unit | None) -> Amount | None:
    value = read_numeral(body)
    return None if value is None or not body else Amount(Decimal(value), unit, 0)


def _places(number: str) -> int:
    return len(number.partition(".")[2])
