"""Which way a change goes: the word that says so of a figure, and the sign that a column of changes carries."""

from __future__ import annotations

import re

from retrieval.assistant.claims import Claim, Kind

UP, LEVEL, DOWN = 1, 0, -1
_UP = (
    "增加|增长|上升|提高|上涨|增幅|涨幅|上浮|扩大|新增|多出|高出|超出|超支|增|"
    r"increas(?:e|ed|es|ing)|grew|grow(?:th|s)?|rose|rises?|higher|\bup\b"
)
_DOWN = (
    "减少|下降|降低|压减|缩减|压缩|回落|减幅|降幅|下浮|节约|节省|核减|下滑|减|"
    r"decreas(?:e|ed|es|ing)|fell|falls?|declin(?:e|ed|es)|drop(?:s|ped)?|lower|reduc(?:ed|tion|es)|\bdown\b"
)
_LEVEL = "持平|无变化|没有变化|无增减|不变|unchanged"
_WORD = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<level>{_LEVEL})", re.IGNORECASE)
_SHORT = re.compile(r"比.*(?:(?P<up>[多高])|(?P<down>[少低]))(?:出|了)?\s*$")
_DENIED = re.compile(r"(?:没有|未|不|无|并非|非|not|no)\s*$", re.IGNORECASE)
_COMPOUND = re.compile(r"^(?:增减|减免|增值|加强|减税|减排|减灾)")
_REACHED = re.compile(r"^(?:了)?(?:到|至|为|后)|^\s+to\b", re.IGNORECASE)
_NO_CHANGE = frozenset({Kind.YEAR, Kind.DATE, Kind.PAGE, Kind.LABEL})
_CLAUSE = re.compile(r"[，。；：！？;:\n]|, |\. ")
_AFTER = re.compile(rf"^\s*(?:的|of)?\s*(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?!后)", re.IGNORECASE)
_CARRIED = re.compile(r"^[\s（(、/，,和及或即\x01]{0,4}$")
CHANGES = re.compile(r"增减|变动|变化|±|增长|增幅|比.{0,8}(?:增|减|±)|较.{0,8}(?:增|减|±)")
"""The header of a column whose figures are changes."""


def words_in(text: str) -> list[tuple[int, int, int]]:
    """Every word of direction in a text: (start, end, direction); denied ones (没有增加) and 增减 are left out."""
    found = []
    for match in _WORD.finditer(text):
        denied = _DENIED.search(text[max(0, match.start() - 4) : match.start()])
        if (denied and not match.group("level")) or _COMPOUND.match(text[match.start() :]):
            continue
        if text[match.start() - 1 : match.end()] in {"增减", "递减", "递增"} or text[max(0, match.start() - 1) : match.start()] == "增":
            continue
        found.append((match.start(), match.end(), _sign(match)))
    return found


def _sign(match: re.Match[str]) -> int:
    return UP if match.group("up") else DOWN if match.group("down") else LEVEL


def directions_of(text: str, claims: list[Claim]) -> list[int | None]:
    """The direction each figure of a text is said with, None for a level: 减少 1.20 万元 is down, 减少到 1.20 万元 none."""
    words = words_in(text)
    found: list[int | None] = []
    for i, claim in enumerate(claims):
        last = claims[i - 1] if i else None
        carried = last is not None and last.end <= claim.start and _CARRIED.match(text[last.end : claim.start])
        if claim.kind in _NO_CHANGE:
            found.append(None)
            continue
        own = _direction(text, claim, words, last.end if last else 0)
        found.append(own if own is not None or not carried else found[-1])
    return found


def _direction(text: str, claim: Claim, words: list[tuple[int, int, int]], after: int) -> int | None:
    begin = max((m.end() for m in _CLAUSE.finditer(text, 0, claim.start)), default=0)
    begin = max(begin, after)
    behind = _AFTER.match(text[claim.end : claim.end + 12])
    near = [word for word in words if begin <= word[0] and word[1] <= claim.start]
    if near:
        start, end, direction = near[-1]
        return None if _REACHED.match(text[end:]) and start >= begin else direction
    short = _SHORT.search(text[begin : claim.start])
    if short:
        return _sign_short(short)
    return _sign_short(behind) if behind else None


def _sign_short(match: re.Match[str]) -> int:
    return UP if match.group("up") else DOWN
