"""Text in one spelling, every character still known by its place in the original: what figures and citations are read from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

_KEPT = "，。；：！？（）【】“”‘’"
_DROPPED = "*`"
_SEPARATED = re.compile(r"(?<=\d)，(?=\d{3}(?:，\d{3})*\.\d)")
CITED = re.compile(
    r"[\[【(（]\s*((?:[A-Z]\d{1,4}(?:\.\d{1,3})?|\d{1,3})(?:\s*[,，、;；/\s]\s*(?:[A-Z]\d{1,4}(?:\.\d{1,3})?|\d{1,3}))*)\s*[\]】)）]"
)
_ID = re.compile(r"[A-Z]\d{1,4}|\d{1,3}")
STANDS_FOR = "\x01"  # in place of each character of a citation


@dataclass(frozen=True, slots=True)
class Marker:
    """A citation in a text: characters ``start`` to ``end`` of the original, and the ids it names."""

    start: int
    end: int
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Spelled:
    """``text`` is NFKC without control and emphasis characters; ``origin[i]`` is where its character i begins in the original."""

    original: str
    text: str
    origin: tuple[int, ...]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of ``text`` as a stretch of the original."""
        return self.origin[start], self.origin[end - 1] + 1

    @cached_property
    def markers(self) -> tuple[Marker, ...]:
        """The citations, in order."""
        return tuple(markers_in(self.original))


def spelled(original: str) -> Spelled:
    """Spell a text for reading; citations are blanked, so that their digits are no figures."""
    blanked = list(_SEPARATED.sub(",", original))
    for marker in markers_in(original):
        blanked[marker.start : marker.end] = STANDS_FOR * (marker.end - marker.start)
    kept: list[str] = []
    origin: list[int] = []
    for position, char in enumerate(blanked):
        for piece in _plain(char):
            kept.append(piece)
            origin.append(position)
    return Spelled(original, "".join(kept), tuple(origin))


def _plain(char: str) -> str:
    if char in _KEPT or char in {STANDS_FOR, "\n"}:
        return char
    if char in _DROPPED or unicodedata.category(char) in {"Cf", "Cc", "Cs", "Co", "Mn"}:
        return ""
    if char.isspace():
        return " "
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    return char if unicodedata.category(char) in {"No", "Nl"} else unicodedata.normalize("NFKC", char)


def markers_in(text: str) -> list[Marker]:
    """The citations of a text: [R3], [R3.1][P2], 【R1、C2】; a bare number in square brackets is one too, in round ones it is not."""
    found = []
    for match in CITED.finditer(text):
        inner = match.group(1)
        if match.group()[0] in "(（" and not inner[0].isalpha():
            continue
        found.append(Marker(match.start(), match.end(), tuple(_ID.findall(re.sub(r"\.\d+", "", inner)))))
    return found
