"""Numbers as people write them: 1,297.18, 三千二百万, 1亿2345万, 3千万, 三点五, 二〇二六; their value and how precisely they are said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_DIGIT = {
    **{char: i for i, char in enumerate("零一二三四五六七八九")},
    **{char: i for i, char in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": 0,
    "两": 2,
    "貳": 2,
}
_POWER = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3, "万": 4, "萬": 4, "亿": 8, "億": 8}
CHINESE = "".join(_DIGIT) + "".join(_POWER)
ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?![\d])|\d+)(?:\.\d+)?"
RUN = re.compile(rf"{ARABIC}(?:\s?[十百千万亿]+(?:零?(?:{ARABIC}|[{CHINESE}])+)?)?|[{CHINESE}]+(?:点[{CHINESE}]+)?[万亿]*|(?<!\d)\.\d+")
"""A stretch that may be one number; ``read`` says whether it is one."""

LONGEST = 24  # digits and powers of a number that anyone writes
_PIECE = re.compile(rf"{ARABIC}|[{''.join(_DIGIT)}]+(?:点[{''.join(_DIGIT)}]+)?|[{''.join(_POWER)}]|\.\d+")


@dataclass(frozen=True, slots=True)
class Number:
    """``step`` is one unit of the last place that is said (三百万: 1,000,000; 12.30: 0.01), ``digits`` the significant digits."""

    value: Decimal
    step: Decimal
    digits: int


def read(run: str) -> Number | None:
    """The number a stretch says; None where it is none (万元 without a digit, 千万 as in 千万不要)."""
    pieces = _PIECE.findall(run.replace(" ", ""))
    if "".join(pieces) != run.replace(" ", "") or not 0 < len(pieces) <= LONGEST or len(run) > 4 * LONGEST:
        return None
    if not any(piece not in _POWER for piece in pieces) and pieces[0] not in {"十", "拾"}:
        return None
    found = _sum(pieces)
    if found is None:
        return None
    value, step = found
    digits = len(str(int(abs(value) / step))) if value else 1
    return Number(value, step, digits)


def _sum(pieces: list[str]) -> tuple[Decimal, Decimal] | None:
    """Value and step of pieces: split at the greatest power, which multiplies what stands before it."""
    powers = [_POWER.get(piece, 0) for piece in pieces]
    greatest = max(powers)
    if greatest == 0:
        return _literal(pieces)
    at = len(powers) - 1 - powers[::-1].index(greatest)
    before, after = pieces[:at], pieces[at + 1 :]
    head = _sum(before) if before else ((Decimal(1), Decimal(1)) if greatest == 1 else None)
    if head is None:
        return None
    factor = Decimal(10) ** greatest
    value, step = head[0] * factor, head[1] * factor
    if not after:
        return value, step
    tail = _sum(after)
    if tail is None or tail[0] >= factor:
        return None
    if len(after) == 1 and len(after[0]) == 1 and after[0] in _DIGIT and greatest > 1:  # 三万五 is 35,000
        scale = factor / 10
        return value + tail[0] * scale, scale
    return value + tail[0], tail[1]


def _literal(pieces: list[str]) -> tuple[Decimal, Decimal] | None:
    """Digits alone: Arabic, or Chinese read one by one; a leading 零 (二百零五) counts nothing."""
    text = "".join(pieces)
    if text[0] in "零〇" and len(pieces) == 2 and pieces[1][0].isdigit():
        text = pieces[1]
    elif len(pieces) != 1:
        return None
    plain = "".join("." if char == "点" else str(_DIGIT.get(char, char)) for char in text.replace(",", ""))
    whole, point, rest = plain.partition(".")
    if not point and len(whole) > 1 and whole[0] == "0" and text[0] in _DIGIT:
        whole = whole.lstrip("0") or "0"
    value = Decimal(f"{whole or 0}.{rest or 0}")
    return value, Decimal(1).scaleb(-len(rest))
