"""All words of a document as one text: paragraphs with their broken headings joined, and the cells of tables, each with its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median
from weakref import WeakKeyDictionary

from checks.book import Book, sentence_around
from checks.registry import Remark
from model.document import Document, Paragraph, Table
from model.facts import Source

HAN = "\u4e00-\u9fff"
NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十]+(?:部分|章|节)|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.、．](?!\d)|[（(]\d{1,2}[）)])"
)
ENDED = re.compile(r"[。！？；：;:!?][”’」』）)]?$")
MOST_PLACES = 40


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the document's words: its text, what it is, and where it came from.

    ``kind`` is a paragraph's role (text, heading, contents, note, caption, cover) or ``cell``; ``start`` is where it stands in the
    joined text. ``paragraphs`` are the paragraphs it was joined from, ``cell`` its table, row and column.
    """

    text: str
    kind: str
    start: int
    page: int
    section: tuple[str, ...] = ()
    paragraphs: tuple[int, ...] = ()
    cell: tuple[str, int, int] | None = None

    @property
    def end(self) -> int:
        """Where it ends in the joined text."""
        return self.start + len(self.text)


class Prose:
    """The words of one document in reading order: paragraphs first, then cells; passages are parted by line breaks."""

    def __init__(self, book: Book) -> None:
        self.document = book.document
        self._tables = book.tables
        self.passages: list[Passage] = []
        position = 0
        for passage in (*joined_paragraphs(book.document), *cell_passages(book.document)):
            self.passages.append(replace(passage, start=position))
            position += len(passage.text) + 1
        self.text = "\n".join(passage.text for passage in self.passages)
        self._starts = [passage.start for passage in self.passages]
        self._book = book

    def at(self, position: int) -> Passage:
        """The passage that holds a character of the joined text."""
        return self.passages[bisect_right(self._starts, position) - 1]

    def of(self, *kinds: str) -> Iterator[Passage]:
        """The passages of some kinds, in order."""
        return (passage for passage in self.passages if passage.kind in kinds)

    def source(self, start: int, end: int) -> Source:
        """Where characters of the joined text stand; what runs on into another passage is cut."""
        passage = self.at(start)
        end = min(end, passage.end)
        if passage.cell is not None:
            return self._cell_source(passage, passage.cell, start - passage.start, end - passage.start)
        offset = start - passage.start
        for index in passage.paragraphs:
            length = len(self.document.paragraphs[index].text)
            if offset < length or index == passage.paragraphs[-1]:
                found = self._book.source(index, offset, max(offset + 1, min(length, offset + end - start)))
                around = sentence_around(passage.text, start - passage.start, end - passage.start)
                return replace(found, text=self.text[start:end], column_label=around)
            offset -= length
        raise AssertionError("a passage holds at least one paragraph")

    def around(self, start: int, end: int, before: int, after: int) -> Source:
        """Where some characters stand, with a few more of their passage before and after them."""
        passage = self.at(start)
        return self.source(max(passage.start, start - before), min(passage.end, end + after))

    def _cell_source(self, passage: Passage, cell: tuple[str, int, int], start: int, end: int) -> Source:
        """A cell's place; its row is named by the first words in it, its column by the header and the words around."""
        table_id, row, column = cell
        table = self._tables[table_id]
        around = sentence_around(passage.text, start, end)
        label = next((text for text in table.rows[row].texts if text and not re.fullmatch(r"[\d.\-]+", text)), "")
        return Source(
            place=table.place_of(row, column),
            text=passage.text[start:end],
            row_label=label[:60],
            column_label=" › ".join(part for part in (*table.columns[column], around) if part),
            table=table_id,
            row=row,
            column=column,
        )

    @cached_property
    def written(self) -> str:
        """The joined text with the cells and captions blanked out: what was written as sentences."""
        return "\n".join(p.text if p.kind in {"text", "heading", "note"} else " " * len(p.text) for p in self.passages)


_READ: WeakKeyDictionary[Book, Prose] = WeakKeyDictionary()


def prose_of(book: Book) -> Prose:
    """The words of a book, laid out once."""
    found = _READ.get(book)
    if found is None:
        found = _READ[book] = Prose(book)
    return found


def joined_paragraphs(document: Document) -> Iterator[Passage]:
    """Paragraphs as passages; a heading or contents line that was broken at the right margin is one with what follows."""
    margins = right_margins(document)
    pending: list[int] = []
    for i, paragraph in enumerate(document.paragraphs):
        if pending and not goes_on(document.paragraphs[pending[-1]], paragraph, margins):
            yield passage_of(document, pending)
            pending = []
        pending.append(i)
    if pending:
        yield passage_of(document, pending)


def passage_of(document: Document, indices: Sequence[int]) -> Passage:
    """One passage of some paragraphs that follow each other; it is contents or text when its last piece is."""
    first, last = document.paragraphs[indices[0]], document.paragraphs[indices[-1]]
    text = "".join(document.paragraphs[i].text for i in indices)
    kind = first.role
    if len(indices) > 1 and (last.role == "contents" or ENDED.search(text) or len(text) > 90):
        kind = last.role
    return Passage(text, kind, 0, first.page, first.section, tuple(indices))


def right_margins(document: Document) -> dict[int, float]:
    """Where the running text of each page ends at the right."""
    found: dict[int, float] = {}
    for paragraph in document.paragraphs:
        for line in paragraph.lines:
            found[line.page] = max(found.get(line.page, 0.0), line.box.x1)
    return found


def goes_on(before: Paragraph, after: Paragraph, margins: dict[int, float]) -> bool:
    """Whether a paragraph is the rest of the heading or contents line before it."""
    if before.role not in {"heading", "contents"} or after.role not in {"text", "contents"} or NUMBERED.match(after.text):
        return False
    if ENDED.search(before.text) or re.search(r"[.…·]{3,}|\d$", before.text):
        return False
    last = before.lines[-1]
    glyph = median(b - a for a, b in zip(last.edges, last.edges[1:], strict=False)) if len(last.edges) > 1 else last.box.height
    return last.box.x1 > margins[last.page] - 2.5 * glyph


def cell_passages(document: Document) -> Iterator[Passage]:
    """The cells that hold words of some length, table by table."""
    for table in document.tables:
        yield from words_in(table)


def words_in(table: Table) -> Iterator[Passage]:
    """The cells of a table that hold at least two Chinese characters."""
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            if len(cell.text) > 1 and not cell.text[:2].isascii():
                yield Passage(cell.text, "cell", 0, row.page, (table.label,), (), (table.id, r, c))


def spread(places: Sequence[Source]) -> list[Source]:
    """At most ``MOST_PLACES`` places, so that every page keeps one."""
    if len(places) <= MOST_PLACES:
        return list(places)
    seen: set[int] = set()
    first = [p for p in places if not (p.place.page in seen or seen.add(p.place.page))]  # type: ignore[func-returns-value]
    chosen = first[:MOST_PLACES]
    return chosen + [p for p in places if p not in chosen][: MOST_PLACES - len(chosen)]


def remark(rule: str, places: Sequence[Source], variant: str = "", expected: str = "", **params: str) -> Remark:
    """One remark on all places where a thing was seen; ``{text}`` is the first, ``{examples}`` some different ones, ``{count}`` all."""
    kept = spread(places)
    texts = list(dict.fromkeys(place.text for place in places))
    words = {
        "text": texts[0],
        "examples": "、".join(f"“{text}”" for text in texts[:6]) + ("……" if len(texts) > 6 else ""),
        "count": str(len(places)),
        "page": str(places[0].place.page),
        "expected": expected,
    }
    return Remark(
        rule,
        tuple(("stated", place) for place in kept),
        words | params,
        variant=variant,
        stated=places[0].text,
        expected=expected,
    )
