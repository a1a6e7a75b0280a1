"""A text in sentences, each with the ids that it is cited to: its own, else those of its line, else of the list it stands in."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from retrieval.assistant.spelling import STANDS_FOR, Spelled

_END = re.compile(rf"(?:[。！？；!?;]+[”’）)\"]*|\.(?=[\s{STANDS_FOR}]|$))(?:\s?{STANDS_FOR}+)*|\n+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters ``start`` to ``end`` of the spelled text; its line and its block (lines without a blank one) by number."""

    start: int
    end: int
    line: int
    block: int
    ids: tuple[str, ...] = ()


def sentences_in(given: Spelled) -> list[Sentence]:
    """The sentences of a text with what they are cited to."""
    found = [s for s in _cut(given.text) if given.text[s.start : s.end].strip(f" {STANDS_FOR}\n")]
    own = [replace(sentence, ids=_own(given, sentence)) for sentence in found]
    return [sentence if sentence.ids else replace(sentence, ids=_near(own, i)) for i, sentence in enumerate(own)]


def _cut(text: str) -> list[Sentence]:
    found, start, line, block = [], 0, 0, 0
    for stop in _END.finditer(text):
        found.append(Sentence(start, stop.end(), line, block))
        start = stop.end()
        if "\n" in stop.group():
            line += 1
            rest = text[stop.start() : stop.end() + 2]
            block += rest.count("\n") > 1
    if start < len(text):
        found.append(Sentence(start, len(text), line, block))
    return found


def _own(given: Spelled, sentence: Sentence) -> tuple[str, ...]:
    low = given.origin[sentence.start]
    high = given.origin[sentence.end - 1]
    starts = [marker.start for marker in given.markers]
    first = bisect_left(starts, low)
    ids = [id_ for marker in given.markers[first:] if marker.start <= high for id_ in marker.ids]
    return tuple(dict.fromkeys(ids))


def _near(sentences: list[Sentence], i: int) -> tuple[str, ...]:
    """What follows in the line counts first, then what went before in it, then the lines above and below of its block."""
    here = sentences[i]
    line = [s for s in (*sentences[i + 1 :], *reversed(sentences[:i])) if s.line == here.line and s.ids]
    if line:
        return line[0].ids
    block = [s for s in (*reversed(sentences[:i]), *sentences[i + 1 :]) if s.block == here.block and s.ids]
    return block[0].ids if block else ()
