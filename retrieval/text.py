"""Text made comparable: one spelling a character, no punctuation, no numbering."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DROP = re.compile(r"[\s,，。、；;:：|｜（）()【】〔〕\[\]《》<>〈〉“”\"'‘’\-—–…·*_/#?？!！]+")
_NUMBERING = re.compile(
    r"^\s*(?:其中[:：]?|[（(]?[一二三四五六七八九十]+[)）、.．]|[（(]\d+[)）]|\d{1,2}[、.．](?!\d)|[①-⑳]|附[:：]|[—－-]+|#+)\s*"
)
_CODED = re.compile(
    r"^\s*(?:[\[【]?(?:[A-Z]\d{0,8}|\d{2,11})[\]】]?\s*[-—－]\s*|[\[【]\d{3,7}[\]】]\s*|[2-5]\d{4}(?:\d{2})?(?=[一-鿿])(?![万元亿年个项辆人]))"
)
_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


@lru_cache(maxsize=65536)
def flat(text: str) -> str:
    """NFKC, lower case, without blanks and punctuation: what two spellings are compared by."""
    return _DROP.sub("", unicodedata.normalize("NFKC", text)).lower()


@lru_cache(maxsize=65536)
def bare(label: str) -> str:
    """A row's label without its numbering (``一、``, ``（一）``, ``1.``, ``其中：``), flat."""
    return flat(unnumbered(label))


@lru_cache(maxsize=65536)
def unnumbered(label: str) -> str:
    """A label without its numbering, as printed."""
    previous = None
    while previous != label:
        previous = label
        label = _NUMBERING.sub("", label)
    return label


@lru_cache(maxsize=65536)
def uncoded(text: str) -> str:
    """A name without the code (``30101-基本工资``, ``[30101]基本工资``, ``A-货物``) or the numbering before it, flat."""
    return bare(without_code(text))


def without_code(text: str) -> str:
    """A name without the code before it, as printed."""
    return _CODED.sub("", text)


def chinese_number(text: str) -> int | None:
    """A small whole number in digits or in Chinese (3, 三, 十二, 两); None for anything else."""
    if text.isdigit():
        return int(text)
    text = text.replace("两", "二")
    tens, ten, ones = text.partition("十")
    if not ten:
        return _CHINESE.get(text)
    if (tens and tens not in _CHINESE) or (ones and ones not in _CHINESE):
        return None
    return (_CHINESE[tens] if tens else 1) * 10 + (_CHINESE[ones] if ones else 0)


def grams(text: str, n: int = 2) -> set[str]:
    """The set of a flat text's character n-grams."""
    return {text[i : i + n] for i in range(len(text) - n + 1)}


@lru_cache(maxsize=65536)
def common_subsequence(short: str, long: str) -> int:
    """Length of the longest common subsequence of two short texts."""
    row = [0] * (len(long) + 1)
    for a in short:
        diagonal = 0
        for j, b in enumerate(long, 1):
            above = row[j]
            row[j] = diagonal + 1 if a == b else max(above, row[j - 1])
            diagonal = above
    return row[-1]
