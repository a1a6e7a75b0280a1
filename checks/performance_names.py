"""The names of projects and indicators compared: what is left of a name without the words that forms add freely."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
MARKS = re.compile(r"[\s“”\"'‘’《》【】、，,。：:；;（）()\[\]·/]")
GENERIC = re.compile(
    r"(?:支出|补助|补贴)?(?:成本|费用?|经费|资金|金额|数量|数目|人数|次数|场次|册数|个数|家数|面积|情况|标准|总额|控制数)+(?:支出)?$|^(?:开展|举办|组织|完成|实施|保障|采购|支持)"
)
REACH = re.compile(
    r"(?:达到|达|不低于|不少于|不超过|不高于|不大于|不小于|控制在|保持在|为|约|共计?|合计|总计|计划|力争|确保|预计|提高到|提升到|至|到|超过|高于|大于|≥|≤|>=|<=|>|<|=|以上|以下|在|的|均)+$"
)
CLAUSE = re.compile(r"[，,。；;：:！!？?\n（(）)、“”]")
SATISFIED = re.compile(r"满意(?:度|率)")
OF_PROJECT = re.compile(r"(?:项目|工程|专项)?(?:支出|资金|经费|费)?(?:项目)?$")


def squeezed(text: str) -> str:
    """A text without spaces and marks."""
    return MARKS.sub("", text)


def core(name: str) -> str:
    """What a name is about: without brackets, marks, the verb before and the kind of figure after (成本, 数量, 次数)."""
    short = squeezed(BRACKETS.sub("", name)) or squeezed(name)
    while (less := GENERIC.sub("", short)) != short and len(less) >= 2:
        short = less
    return short


def clause_before(text: str, start: int) -> str:
    """The words of the same clause before a figure, without the verb that leads to it."""
    head = text[:start]
    marks = list(CLAUSE.finditer(head))
    return REACH.sub("", squeezed(head[marks[-1].end() if marks else 0 :]))


def likeness(a: str, b: str) -> float:
    """How much of the shorter text stands, in order, in the longer: 1 where all of it does."""
    short, long = sorted((a, b), key=len)
    if not short:
        return 0.0
    matcher = SequenceMatcher(None, long, short, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(short)


def in_order(short: str, long: str) -> bool:
    """Whether all characters of one text stand, in order, in the other."""
    rest = iter(long)
    return all(char in rest for char in short)


def project_core(name: str) -> str:
    """A project's name without the words for project and money at its end."""
    short = squeezed(name)
    return OF_PROJECT.sub("", short) or short


def only(items: Iterable[str]) -> str | None:
    """The one value that all items share; None where they differ or there are none."""
    found = set(items)
    return found.pop() if len(found) == 1 else None


def most_common(items: Sequence[str]) -> tuple[str, int]:
    """The commonest item and how often it occurs; an empty text and zero for none."""
    counts: dict[str, int] = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    return max(counts.items(), key=lambda pair: pair[1], default=("", 0))
