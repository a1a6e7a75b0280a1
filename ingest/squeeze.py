"""Text without the white space that justified setting leaves inside it, with the way back to the printed characters."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPACE = re.compile(r"\s+")
_LIST_NUMBER = re.compile(r"(?:^|[^\d.])\d{1,2}\.$")
_WHOLE = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})*$")
_GROUP = re.compile(r"\d{3}(?!\d)")


@dataclass(frozen=True, slots=True)
class Squeezed:
    """``text`` without white space; ``places[i]`` is where its character i stood (one entry more than characters)."""

    text: str
    places: tuple[int, ...] | range

    def start(self, index: int) -> int:
        """Where the character stood."""
        return self.places[index]

    def end(self, index: int) -> int:
        """The end, in the original text, of what ends before ``index``."""
        return self.places[index - 1] + 1 if index else 0


def squeeze(text: str) -> Squeezed:
    """Take out white space, but keep two numbers apart: ``3 845.49`` and ``12. 5`` are one number, ``5 12`` and ``1. 2026年`` are two."""
    if not _SPACE.search(text):
        return Squeezed(text, range(len(text) + 1))
    kept: list[str] = []
    places: list[int] = []
    position = 0
    for match in _SPACE.finditer(text):
        kept.append(text[position : match.start()])
        places.extend(range(position, match.start()))
        if _parts_numbers(text, match.start(), match.end()):
            kept.append(" ")
            places.append(match.start())
        position = match.end()
    kept.append(text[position:])
    places.extend(range(position, len(text) + 1))
    return Squeezed("".join(kept), tuple(places))


def _parts_numbers(text: str, start: int, end: int) -> bool:
    """Whether the white space from ``start`` to ``end`` stands between two numbers."""
    if not text[end : end + 1].isdigit():
        return False
    before = text[max(0, start - 12) : start]
    if before.endswith("."):
        return _LIST_NUMBER.search(before) is not None
    if not before[-1:].isdigit():
        return False
    return not (_WHOLE.search(before) and _GROUP.match(text, end))
