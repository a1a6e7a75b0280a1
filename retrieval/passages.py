"""Running text as passages: one sentence each, with the headings above it and the subject its paragraph began with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from model.document import Document, Paragraph
from model.geometry import Place, union_of
from retrieval.text import flat

_STOP = re.compile(r"[。；;！？]+[”’）)]*|\n+")
_GOES_ON = re.compile(
    r"\s*(?:与|比|较|同比|增加|减少|增长|下降|主要|原因|变动|决算数|预算数|支出决算|年初预算|完成|其中|全部|全年预算|调整预算|20\d{2}\s*年\s*(?:当年|预算|决算|初))"
)
_NAMED = re.compile(r"[类款项][）)]\s*[。；]$")
_SHORTEST, _NAME, _LONGEST = 4, 60, 240
_SKIPPED = frozenset({"contents", "cover", "caption"})


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence: characters ``start`` to ``end`` of a paragraph. ``lead`` is the paragraph's text before it."""

    paragraph: int
    start: int
    end: int
    text: str
    lead: str
    section: tuple[str, ...]
    role: str
    places: tuple[Place, ...]
    table: str | None = None

    @property
    def place(self) -> Place:
        """The page it begins on, with the box of its lines there."""
        page = self.places[0].page
        return Place(page, union_of(p.box for p in self.places if p.page == page))

    @property
    def context(self) -> str:
        """Headings and lead, flat: what the sentence may leave unsaid."""
        return flat("".join(self.section) + self.lead)

    @property
    def key(self) -> tuple[int, int]:
        """Paragraph and start: its identity in the document."""
        return (self.paragraph, self.start)


def passages_of(document: Document) -> list[Passage]:
    """Every sentence of the running text and the notes; contents, cover and captions are left out."""
    found: list[Passage] = []
    for index, paragraph in enumerate(document.paragraphs):
        if paragraph.role not in _SKIPPED:
            found.extend(_sentences(index, paragraph))
    return found


def _sentences(index: int, paragraph: Paragraph) -> Iterator[Passage]:
    text = paragraph.text
    for start, end in _cuts(text):
        places = paragraph.places(start, end)
        if places and flat(text[start:end]):
            yield Passage(
                index, start, end, text[start:end].strip(), text[:start], paragraph.section, paragraph.role, places, paragraph.table
            )


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences begin and end; what only goes on (与上年相比…, 主要原因是…) stays with the subject it speaks of."""
    start = 0
    for stop in _STOP.finditer(text):
        end = stop.end()
        goes_on = _GOES_ON.match(text, end) or (_NAMED.search(text, start, end) and end - start <= _NAME)
        if end - start >= _SHORTEST and not (goes_on and end - start <= _LONGEST):
            yield start, end
            start = end
    if start < len(text):
        yield start, len(text)
