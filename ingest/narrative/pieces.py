"""Cuts a paragraph into what a sentence is made of: words, figures, marks, and the brackets that hold figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from ingest.numbers import Figure

_OPEN, _CLOSE = "（([【", "）)]】"
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
    starts = {f.start: f for f in usable}
    pieces: list[Piece] = []
    begin = i = 0
    behind_figure = False
    while i < len(text):
        figure = starts.get(i)
        piece = _figure_piece(text, figure) if figure else _sign(text, i, brackets, hidden, behind_figure)
        if piece is None:
            behind_figure = False
            i += 1
            continue
        if begin < piece.start:
            pieces.append(Piece(Part.WORDS, begin, piece.start, text[begin : piece.start]))
        pieces.append(piece)
        behind_figure = piece.part in {Part.FIGURE, Part.CLOSE}
        begin = i = piece.end
    if begin < len(text):
        pieces.append(Piece(Part.WORDS, begin, len(text), text[begin:]))
    return pieces


def _figure_piece(text: str, figure: Figure) -> Piece:
    return Piece(Part.FIGURE, figure.start, figure.end, text[figure.start : figure.end], figure)


def _sign(text: str, i: int, brackets: dict[int, Part], hidden: set[int], behind_figure: bool) -> Piece | None:
    """The mark or bracket at ``i``; None for a character that belongs to words."""
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
    for i, char in enumerate(text):
        if char in _OPEN:
            stack.append(i)
        elif char in _CLOSE and stack:
            start = stack.pop()
            inside = [f for f in figures if start < f.start and f.end <= i]
            across = any(f.start <= start < f.end for f in figures)
            if inside and not across:
                kept[start], kept[i] = Part.OPEN, Part.CLOSE
            elif not inside and "。" not in text[start:i]:
                hidden.update(range(start, i))
    return kept, hidden
