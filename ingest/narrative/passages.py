"""Passages: paragraphs put together again where a line or page end, or a heading that wraps, cut a sentence in two."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.narrative.labels import enumerator_level
from model.document import Line, Paragraph

_SILENT = frozenset({"contents", "cover", "caption"})
_PAGE_NUMBER = re.compile(r"[-—–\s\d]*")
_END = re.compile(r"(?:[。；：！？:;!?]|。[）)”])\s*$")
_HEADING_END = re.compile(r"(?:说明|情况|表|解释|职责|职能|部分|单位|概况|设置|构成|[）)])\s*$")
_YEAR_END = re.compile(r"20\d\d\s*$")
_PATH = re.compile(r"[（(][类款项][）)]")
_TAKES_UP = re.compile(r"\s*(?:[\d,.]+\s*(?:万?元|万(?!\w)|%|％|[，。；])|万?元|[，。、；）)])")
_SLACK = 2.2


@dataclass(frozen=True, slots=True)
class Passage:
    """Text of one or more paragraphs. ``starts`` are where each of ``paragraphs`` (indices) begins in it."""

    text: str
    paragraphs: tuple[int, ...]
    starts: tuple[int, ...]
    section: tuple[str, ...]
    heading: bool = False

    def place(self, start: int, end: int) -> tuple[int, int, int]:
        """Paragraph, start and end of a stretch of the text; one that runs on is given up to its paragraph's end."""
        part = bisect_right(self.starts, start) - 1
        begin = self.starts[part]
        limit = self.starts[part + 1] if part + 1 < len(self.starts) else len(self.text)
        return self.paragraphs[part], start - begin, min(end, limit) - begin


@dataclass(frozen=True, slots=True)
class _Margins:
    left: float
    right: float


def passages(paragraphs: Sequence[Paragraph]) -> list[Passage]:
    """The running text in order: no contents, captions or page numbers."""
    margins = _page_margins(paragraphs)
    found: list[list[int]] = []
    for index, paragraph in enumerate(paragraphs):
        if paragraph.role in _SILENT or _PAGE_NUMBER.fullmatch(paragraph.text):
            continue
        if found and _goes_on(paragraphs[found[-1][-1]], paragraph, margins):
            found[-1].append(index)
        else:
            found.append([index])
    return [_passage(paragraphs, indices) for indices in found]


def _passage(paragraphs: Sequence[Paragraph], indices: list[int]) -> Passage:
    starts, text = [], ""
    for index in indices:
        starts.append(len(text))
        text += paragraphs[index].text
    first = paragraphs[indices[0]]
    return Passage(text, tuple(indices), tuple(starts), first.section, heading=first.role == "heading")


def _goes_on(before: Paragraph, after: Paragraph, margins: dict[int, _Margins]) -> bool:
    """Whether a paragraph is the rest of the one before: that one ends at the right margin in the middle of a sentence."""
    if after.role != "text" or before.role == "note" or _END.search(before.text):
        return False
    if enumerator_level(after.text.lstrip()) is not None or not after.lines or not before.lines:
        return False
    number = enumerator_level(before.text.strip())
    if number is not None and number[1] == len(before.text.strip()):
        return False
    if _TAKES_UP.match(after.text) or (_YEAR_END.search(before.text) and after.text.lstrip().startswith("年")):
        return True
    if before.role == "heading" and not _cut_heading(before.text, after.text):
        return False
    return _is_full(before.lines[-1], margins) and _is_flush(after.lines[0], margins)


def _cut_heading(heading: str, text: str) -> bool:
    """Whether words that look like a heading are the first line of an item: ``1.…（类）…（款）机``, ``关服务（项）12 万元``."""
    if _PATH.search(heading):
        return _PATH.search(text[:40]) is not None and "项）" not in heading
    return _HEADING_END.search(heading) is None


def _is_full(line: Line, margins: dict[int, _Margins]) -> bool:
    margin = margins.get(line.page)
    return margin is None or line.box.x1 >= margin.right - _SLACK * _character(line)


def _is_flush(line: Line, margins: dict[int, _Margins]) -> bool:
    margin = margins.get(line.page)
    return margin is None or line.box.x0 <= margin.left + _character(line)


def _character(line: Line) -> float:
    """The width of a character."""
    return line.box.width / max(1, line.end - line.start)


def _page_margins(paragraphs: Sequence[Paragraph]) -> dict[int, _Margins]:
    """The left and right edge of each page's running text; no entry for a page whose lines have no width."""
    edges: dict[int, list[tuple[float, float]]] = {}
    for paragraph in paragraphs:
        if paragraph.role in _SILENT:
            continue
        for line in paragraph.lines:
            if line.box.width > 1 and line.end - line.start > 1:
                edges.setdefault(line.page, []).append((line.box.x0, line.box.x1))
    return {page: _Margins(min(a for a, _ in found), max(b for _, b in found)) for page, found in edges.items()}
