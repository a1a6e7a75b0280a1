"""How people ask: other names of subjects, English names, words that say nothing, characters that sound alike."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@cache
def _lexicon() -> dict[str, dict[str, list[str] | str]]:
    with (DATA / "lexicon.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def aliases() -> dict[str, tuple[str, ...]]:
    """Colloquial name → the names a disclosure may use, best first."""
    found = {name: tuple(formal) for name, formal in _lexicon()["aliases"].items()}
    for line in str(_lexicon()["equivalents"]["groups"]).splitlines():
        group = line.split()
        for name in group:
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *(other for other in group if other != name))))
    return found


@cache
def english() -> tuple[tuple[str, str], ...]:
    """English phrase → Chinese, longest first."""
    pairs = [(phrase, str(chinese)) for phrase, chinese in _lexicon()["english"].items()]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


_NUMBERED = "[一二三四五六七八九十两几0-9]+"


@cache
def filler() -> re.Pattern[str]:
    """Matches a word that says nothing about what is asked for, the longest first; 三类, 几项 are such too."""
    told = _lexicon()["filler"]
    words = sorted(map(re.escape, set(str(told["words"]).split())), key=len, reverse=True)
    return re.compile("|".join([*words, f"{_NUMBERED}[{told['measures']}]", f"[{told['particles']}]"]))


@cache
def trailing_filler() -> re.Pattern[str]:
    """Matches such a word at the end of a stretch."""
    return re.compile(f"(?:{filler().pattern})$")


@cache
def loose() -> re.Pattern[str]:
    """Matches single characters at the ends of a stretch that may belong to a noun or not (花, 额, 类)."""
    characters = _lexicon()["filler"]["measures"]
    return re.compile(f"^[{characters}]+|[{characters}]+$")


@cache
def english_filler() -> frozenset[str]:
    """English words that say nothing about what is asked for."""
    return frozenset(str(_lexicon()["filler"]["english"]).split())


@cache
def measures() -> frozenset[str]:
    """Words for which figure is meant (预算数, 合计数 …): they choose a column, an answer need not show them."""
    return frozenset(str(_lexicon()["measures"]["words"]).split())


@cache
def _sounds() -> dict[int, str]:
    """Each character in everyday use → the first character with the same reading."""
    found: dict[int, str] = {}
    for line in (DATA / "pinyin.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            _, characters = line.split()
            found.update({ord(character): characters[0] for character in characters})
    return found


def sounded(text: str) -> str:
    """The text with every character replaced by one that stands for its reading: typing slips (帖 for 贴) look alike in it."""
    return text.translate(_sounds())
