"""Characters: how wide they are set, and what stands for the same character."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate

# The radicals that simplified Chinese fonts use as characters and that Unicode gives no compatibility mapping.
RADICALS = str.maketrans(
    "⺟⺠⺼⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "母民肉虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
USUAL = re.compile(r"[ -~·—‘’“”…≥≤×\u3000-\ud7ff\uff00-\uffef]*")
WIDE = frozenset("“”‘’—…·")
FULL_WIDTH = "\u2000"  # from here on characters are set in a full square: Chinese punctuation and ideographs
EVEN = re.compile(r"[!-~]+|[\u2e80-\uffff“”‘’—…·]+")
WIDE_SPACE = "\u3000"
INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


def plain(text: str) -> str:
    """The text as it is typed.

    Radicals and compatibility forms become their ideographs, spaces of any width wide ones;
    invisible characters vanish.
    """
    if USUAL.fullmatch(text):
        return text
    return "".join(_plain(char) for char in text)


def _plain(char: str) -> str:
    if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        return unicodedata.normalize("NFKC", char).translate(RADICALS)
    kind = unicodedata.category(char)
    if kind == "Zs":
        return WIDE_SPACE
    return "" if char in INVISIBLE or kind in ("Cc", "Co") else char


def is_wide(char: str) -> bool:
    """Whether a character is set in a full square: ideographs and their punctuation."""
    return char >= "\u2e80" or char in WIDE


def spread(text: str, x0: float, x1: float) -> list[float]:
    """The x coordinates before, between and after the characters of a text set from ``x0`` to ``x1``, by their usual widths."""
    if EVEN.fullmatch(text):
        step = (x1 - x0) / len(text)
        return [x0 + step * i for i in range(len(text))] + [x1]
    ends = list(accumulate([2 if char >= FULL_WIDTH else 1 for char in text]))
    step = (x1 - x0) / ends[-1]
    return [x0, *[x0 + step * end for end in ends[:-1]], x1]


def em(text: str, width: float) -> float:
    """The size of type that sets a text to that width: ideographs take three bytes of UTF-8 and one em, ASCII one and half an em."""
    return 4 * width / (len(text) + len(text.encode()))
