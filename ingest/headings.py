"""Headings by their enumerators: 第一部分 / 一、/（一）/ 1. /（1） that begin short lines without a sentence."""

from __future__ import annotations

import re

NUMERAL = "一二三四五六七八九十百零"
LEVELS = (
    re.compile(rf"第[{NUMERAL}\d]{{1,3}}(?:部分|章|篇)"),
    re.compile(rf"[{NUMERAL}]{{1,3}}[、.．]"),
    re.compile(rf"[（(][{NUMERAL}]{{1,3}}[）)]、?"),
    re.compile(r"\d{1,2}[、.．](?!\d)"),
    re.compile(r"[（(]\d{1,2}[）)]"),
)
FIRST = frozenset(f"第（({NUMERAL}0123456789")  # characters an enumerator begins with
TABLE_ENTRY = re.compile(rf"表[{NUMERAL}\d]{{1,3}}[.．、：:]")
SENTENCE = re.compile(r"[。；;！？，]|,(?!\d{3})|\d(?:万元|元|%)")
LONGEST = 60


def enumerator_level(text: str) -> int:
    """1 to 5 for a text that begins with an enumerator, 0 otherwise."""
    if text[0] not in FIRST:
        return 0
    for level, pattern in enumerate(LEVELS, start=1):
        if pattern.match(text):
            return level
    return 0


def is_enumerated(text: str) -> bool:
    """Whether a text begins with an enumerator."""
    return enumerator_level(text) > 0 or bool(TABLE_ENTRY.match(text))


def level_of(text: str) -> int:
    """The level of a heading; 0 for a text that is none."""
    if len(text) > LONGEST:
        return 0
    level = enumerator_level(text)
    return level if level and not SENTENCE.search(text) else 0
