"""Names that are almost a known name: one or two characters dropped, added, swapped or mistaken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

NAMES = Path(__file__).parent / "data" / "names.tsv"
SHORTEST = 6
LONG = 10


@cache
def known_names() -> Mapping[str, int]:
    """Names that published disclosures print, with the number of documents that print each (``checks/data/names.tsv``)."""
    lines = NAMES.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: int(count) for name, count in pairs}


def distance(one: str, other: str, limit: int = 3) -> int:
    """Characters to insert, delete, replace or swap to turn one text into the other; ``limit`` when it is at least that."""
    if abs(len(one) - len(other)) >= limit:
        return limit
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) >= limit:
            return limit
        before, previous = previous, row
    return min(previous[-1], limit)


def allowed(name: str) -> int:
    """How many characters a slip of a name may touch."""
    return 2 if len(name) >= LONG else 1


def near_misses(text: str, names: Iterable[str], printed: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """Where a text prints almost one of the names: start, end and the name meant.

    A name is looked for by its first and by its last three characters; what is itself in ``printed`` is no slip.
    """
    seen: set[tuple[int, int]] = set()
    for name in names:
        if len(name) < SHORTEST:
            continue
        for start, end in (*from_the_front(text, name), *from_the_back(text, name)):
            found = text[start:end]
            if (start, end) not in seen and found not in printed and 0 < distance(found, name, allowed(name) + 1) <= allowed(name):
                seen.add((start, end))
                yield start, end, name


def from_the_front(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Stretches that begin like a name and end like it."""
    head, tail, reach = name[:3], name[-2:], len(name) + allowed(name)
    start = text.find(head)
    while start >= 0:
        window = text[start : start + reach]
        if not window.startswith(name) and "\n" not in window[: len(name) - allowed(name)]:
            end = window.rfind(tail)
            if end >= len(name) - 2 - allowed(name) and end > 0:
                yield start, start + end + 2
        start = text.find(head, start + 1)


def from_the_back(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Stretches as long as a name that end in its last characters and begin with its first one."""
    tail, size = name[-4:], len(name)
    at = text.find(tail)
    while at >= 0:
        end = at + 4
        start = end - size
        if start >= 0 and text[start] == name[0] and text[start:end] != name:
            yield start, end
        at = text.find(tail, at + 1)


def clean(name: str) -> str:
    """A name without spaces, with full-width brackets."""
    return re.sub(r"\s", "", name).replace("(", "（").replace(")", "）")
