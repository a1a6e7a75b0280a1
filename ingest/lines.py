"""Printed lines outside tables, and which of them are page furniture: page numbers, running headers and footers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.captions import TITLE_END, box_of, is_side, type_size
from ingest.cells import lines_of
from ingest.characters import is_wide
from ingest.page import Content, Word
from model.geometry import Box

PAGE_NUMBER = re.compile(r"(?:[-—–－―·~\s]*(?:第?\d{1,4}页?|[ivxIVX]{1,6})[-—–－―·~\s]*)(?:[/／,，]?(?:共?\d{1,4}页?)[-—–－\s]*)?")
MARGIN = 0.15  # of the page's height: where furniture stands


@dataclass(slots=True)
class PrintedLine:
    """One printed line: its page, its words from left to right, its box in the reading frame, its text without spaces."""

    content: Content
    words: list[Word]
    box: Box
    tight: str
    _size: float = 0.0
    _joined: tuple[str, list[float]] | None = None

    @property
    def page(self) -> int:
        """Its page number."""
        return self.content.number

    @property
    def size(self) -> float:
        """The size of its type."""
        if not self._size:
            self._size = type_size(self.words)
        return self._size

    @property
    def joined(self) -> tuple[str, list[float]]:
        """Its text and the edges of its characters. A space stands between Latin words and at wide gaps."""
        if self._joined is None:
            self._joined = self._join()
        return self._joined

    def _join(self) -> tuple[str, list[float]]:
        text, edges = self.words[0].text, list(self.words[0].sides())
        if len(self.words) == 1:
            return text, edges
        spaced = self._letter_spaced()
        for before, word in pairwise(self.words):
            wide = word.x0 - before.x1 > (4 if spaced else 1.2) * min(before.size, word.size)
            sides = word.sides()
            if wide or not (is_wide(before.text[-1]) or is_wide(word.text[0]) or word.text[0] in "%,.;:)]"):
                text += " "
                edges.append(max(edges[-1], word.x0))
            else:
                edges[-1] = max(edges[-1], sides[0])
            text += word.text
            edges += sides[1:]
        return text, edges

    def _letter_spaced(self) -> bool:
        """Whether it is a heading with its characters set apart (目　录)."""
        return len(self.words) > 1 and all(len(word.text) == 1 for word in self.words)


def printed_lines(content: Content, words: list[Word]) -> list[PrintedLine]:
    """The lines that some words of a page form, from the top down."""
    if not words:
        return []
    return [PrintedLine(content, line, box_of(line), "".join(word.text for word in line)) for line in lines_of(words)]


def furniture(pages: Sequence[Sequence[PrintedLine]]) -> set[int]:
    """The ids of lines that are page numbers, or that repeat at the same height on many pages, at the top or the bottom."""
    marginal = [line for lines in pages for line in lines if _in_margin(line)]
    repeated = Counter(_key(line) for line in marginal)
    found = set()
    for line in marginal:
        repeats = repeated[_key(line)] >= max(3, len(pages) // 4) and not (is_side(line.tight) or TITLE_END.search(line.tight))
        if repeats or PAGE_NUMBER.fullmatch(line.tight):
            found.add(id(line))
    return found | _stray_numbers(pages, found)


def _stray_numbers(pages: Sequence[Sequence[PrintedLine]], known: set[int]) -> set[int]:
    """The ids of page numbers that stand elsewhere than in the margin: the first or last line, in step with the known ones."""
    lines = [line for page in pages for line in page if id(line) in known and line.tight.isdigit()]
    steps = Counter(line.page - int(line.tight) for line in lines).most_common(1)
    if not steps:
        return set()
    ends = [line for page in pages if page for line in (page[0], page[-1]) if line.tight.isdigit()]
    return {id(line) for line in ends if line.page - int(line.tight) == steps[0][0]}


def _in_margin(line: PrintedLine) -> bool:
    """Whether a line stands at the very top or bottom of its page."""
    height = line.content.height
    return line.box.y1 < MARGIN * height or line.box.y0 > (1 - MARGIN) * height


def _key(line: PrintedLine) -> tuple[str, int, int]:
    """What makes two lines of different pages the same: text but for digits, height, and paper size."""
    return re.sub(r"\d+", "#", line.tight), round(line.box.y0 / 6), round(line.content.width / 10)
