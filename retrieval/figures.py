"""Figures as printed in cells and in running text: where they stand, their value and their unit."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from model.amounts import MONEY_UNITS, PERCENT, YUAN, Amount, Unit, count_unit

_COUNTED = r"台（套）|台\(套\)|台套|平方米|人次|批次|个月|辆|台|套|人|家|个|项|批|次|分|户|件|名|期|场|条|份|册|公里"
_MONEY = "亿元|百万元|万元|千元|元|亿|万"
_DIGITS = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
FIGURE = re.compile(rf"(?<![\d.A-Za-z〔\[【])([-−－]?)\s*({_DIGITS})(?![\d.]*[〕\]】])\s*({_MONEY}|%|％|{_COUNTED})?")
CELL = re.compile(rf"([-−－(（]?)\s*(?:¥|￥)?({_DIGITS})\s*([)）]?)\s*({_MONEY}|%|％|{_COUNTED})?")
UNIT_WORD = re.compile(r"亿元|百万元|万元|千元|元|%|％")
_LONG = {"亿": "亿元", "万": "万元"}
# What follows a number that is none of the document's amounts: years, dates, document numbers, codes, ordinals.
_NO_AMOUNT = re.compile(r"\s*(?:年|月|日|号|类|款|时|表|级|届|大|五规划|\.\d|[-—–]\d)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in running text: characters ``start`` to ``end``; ``text`` as printed, without its unit."""

    start: int
    end: int
    text: str
    amount: Amount


def unit_named(symbol: str | None) -> Unit | None:
    """The unit of that symbol (万元, %, 辆 …), None for none."""
    if not symbol:
        return None
    symbol = _LONG.get(symbol, symbol)
    if symbol in MONEY_UNITS:
        return MONEY_UNITS[symbol]
    return PERCENT if symbol in {"%", "％"} else count_unit(symbol)


def amount_of(digits: str, unit: Unit | None, *, negative: bool = False) -> Amount:
    """The amount of printed digits, with or without separators."""
    plain = digits.replace(",", "").replace("，", "")
    value = Decimal(plain)
    return Amount(-value if negative else value, unit, len(plain.partition(".")[2]))


def read_cell(text: str, unit: Unit | None) -> Amount | None:
    """The amount a table cell states in the table's unit; None where it is blank or holds anything but one number."""
    found = CELL.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        return None
    sign, digits, closing, symbol = found.groups()
    negative = sign in {"-", "−", "－"} or (sign in {"(", "（"} and bool(closing))
    return amount_of(digits, unit_named(symbol) if symbol else unit, negative=negative)


def unit_in(text: str) -> Unit | None:
    """The unit named in a table's unit line or a column's header, e.g. ``金额（万元）``."""
    found = UNIT_WORD.search(text)
    return unit_named(found.group()) if found else None


def figures_in(text: str) -> list[Figure]:
    """All figures of a sentence in order; years, dates, codes and document numbers are left out."""
    found = []
    for match in FIGURE.finditer(text):
        sign, digits, symbol = match.groups()
        if symbol is None and (_NO_AMOUNT.match(text, match.end()) or digits.isdigit()):
            continue
        if symbol in {"个", "项", "元", "次", "家"} and _is_ordinal(text, match.start()):
            continue
        amount = amount_of(digits, unit_named(symbol), negative=bool(sign) and symbol is not None)
        found.append(Figure(match.start(2), match.end(), digits, amount))
    return found


def _is_ordinal(text: str, start: int) -> bool:
    return start > 0 and text[start - 1] == "第"


def way_of(value: Decimal) -> int:
    """Which way a change goes: 1 up, -1 down, 0 neither."""
    return (value > 0) - (value < 0)


def printed(amount: Amount, text: str | None = None) -> str:
    """A figure with its unit as people write it: ``1,297.18 万元``, ``37.83%``, ``3 辆``."""
    body = amount.text if text is None else text
    if amount.unit is None or body.endswith((amount.unit.symbol, "％")):
        return body
    return f"{body}%" if amount.unit is PERCENT else f"{body} {amount.unit.symbol}"


def in_unit(base: Decimal, unit: Unit | None, places: int) -> Amount:
    """A calculated value, given in base units, as an amount of that unit."""
    scale = (unit or YUAN).scale if unit else Decimal(1)
    return Amount((base / scale).quantize(Decimal(1).scaleb(-places)), unit, places)
