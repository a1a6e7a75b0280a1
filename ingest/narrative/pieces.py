"""Cuts a paragraph into what a sentence is made of: words, figures, marks, and the brackets that hold figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from ingest.numbers import Figure

_OPEN = "（([【"
_BRACKET = re.compile(r"[（(【\[）)】\]]")
_SIGN = re.compile(r"[。！？；;，,：:、（(【\[）)】\]]")
_MARKS = {"。": 4, "！": 4, "？": 4, "；": 3, ";": 3, "，": 2, ",": 2, "：": 2, ":": 2, "、": 1}


class Part(Enum):
    """What a piece is."""

    WORDS = "words"
    FIGURE = "figure"
    MARK = "mark"
    OPEN = "open"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters ``start`` to ``end`` of a squeezed text. ``strength`` is a mark's: 。 4, ； 3, ， and ： 2, 、 1."""

    part: Part
    start: int
    end: int
    text: str
    figure: Figure | None = None
    strength: int = 0


def cut(text: str, figures: Sequence[Figure]) -> list[Piece]:
    """The pieces of a squeezed text.

    Thresholds and estimates stay words. A bracket is a piece only where it holds a figure; ``（类）``, ``（境）`` are words. A 、 is a
    mark only behind a figure (``A 3万元、B 5万元``); elsewhere it joins words (``收、支总计``).
    """
    usable = [f for f in figures if f.exact and not f.limit]
    brackets, hidden = _brackets(text, usable)
    pieces: list[Piece] = []
    begin = 0
    for start, figure in sorted([*((f.start, f) for f in usable), *((m.start(), None) for m in _SIGN.finditer(text))], key=_start):
        if start < begin:
            continue
        behind_figure = start == begin and bool(pieces) and pieces[-1].part in {Part.FIGURE, Part.CLOSE}
        piece = _figure_piece(text, figure) if figure else _sign(text, start, brackets, hidden, behind_figure)
        if piece is None:
            continue
        if begin < start:
            pieces.append(Piece(Part.WORDS, begin, start, text[begin:start]))
        pieces.append(piece)
        begin = piece.end
    if begin < len(text):
        pieces.append(Piece(Part.WORDS, begin, len(text), text[begin:]))
    return pieces


def _start(event: tuple[int, Figure | None]) -> int:
    return event[0]


def _figure_piece(text: str, figure: Figure) -> Piece:
    return Piece(Part.FIGURE, figure.start, figure.end, text[figure.start : figure.end], figure)


def _sign(text: str, i: int, brackets: dict[int, Part], hidden: set[int], behind_figure: bool) -> Piece | None:
    """The mark or bracket at ``i``; None for a sign that belongs to words."""
    char = text[i]
    if i in brackets:
        return Piece(brackets[i], i, i + 1, char)
    strength = _MARKS.get(char)
    if strength is None or i in hidden or (char == "、" and not behind_figure):
        return None
    return Piece(Part.MARK, i, i + 1, char, strength=strength)


def _brackets(text: str, figures: Sequence[Figure]) -> tuple[dict[int, Part], set[int]]:
    """Brackets that hold figures, and the marks inside those that hold none (their commas part nothing)."""
    kept: dict[int, Part] = {}
    hidden: set[int] = set()
    stack: list[int] = []
    for match in _BRACKET.finditer(text):
        i = match.start()
        if match[0] in _OPEN:
            stack.append(i)
        elif stack:
            start = stack.pop()
            inside = [f for f in figures if start < f.start and f.end <= i]
            across = any(f.start <= start < f.end for f in figures)
            if inside and not across:
                kept[start], kept[i] = Part.OPEN, Part.CLOSE
            elif not inside and "。" not in text[start:i]:
                hidden.update(range(start, i))
    return kept, hidden
