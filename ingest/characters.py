"""Characters: how wide they are set, and what stands for the same character."""

from __future__ import annotations

import unicodedata

# The radicals that simplified Chinese fonts use as characters and that Unicode gives no compatibility mapping.
RADICALS = str.maketrans(
    "⺟⺠⺼⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "母民肉虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffd")


def plain(text: str) -> str:
    """The text as it is typed: radicals and compatibility forms become their ideographs, invisible characters vanish."""
    if all(" " <= c < "\u007f" or "\u3000" <= c < "\uf900" for c in text):
        return text
    return "".join(_plain(char) for char in text)


def _plain(char: str) -> str:
    if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        return unicodedata.normalize("NFKC", char).translate(RADICALS)
    if char in INVISIBLE or unicodedata.category(char) in ("Cc", "Co"):
        return ""
    return char


def is_wide(char: str) -> bool:
    """Whether a character is set in a full square: ideographs and their punctuation."""
    return char >= "\u2e80" or char in "“”‘’—…·"


def spread(text: str, x0: float, x1: float) -> list[float]:
    """The x coordinates before, between and after the characters of a text set from ``x0`` to ``x1``, by their usual widths."""
    widths = [2 if is_wide(char) else 1 for char in text]
    step = (x1 - x0) / (sum(widths) or 1)
    edges = [x0]
    for width in widths:
        edges.append(edges[-1] + width * step)
    edges[-1] = x1
    return edges
