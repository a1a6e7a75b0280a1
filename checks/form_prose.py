"""All words of a document as one text: its paragraphs and the cells of its tables, each with its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar, cast
from weakref import WeakKeyDictionary, proxy

from checks.book import Book, sentence_around
from checks.registry import Remark
from model.document import Document, Table
from model.facts import Source

T = TypeVar("T")
HAN = "\u4e00-\u9fff"
MOST_PLACES = 40
MOST_QUOTED = 6


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the document's words: its text, what it is, and where it came from.

    ``kind`` is a paragraph's role (text, heading, contents, note, caption, cover) or ``cell``; ``start`` is where it stands in the
    joined text. ``paragraph`` is its index in the document, ``cell`` its table, row and column.
    """

    text: str
    kind: str
    start: int
    page: int
    section: tuple[str, ...] = ()
    paragraph: int = -1
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
        for passage in (*paragraph_passages(book.document), *cell_passages(book.document)):
            self.passages.append(replace(passage, start=position))
            position += len(passage.text) + 1
        self.text = "\n".join(passage.text for passage in self.passages)
        self._starts = [passage.start for passage in self.passages]
        self._book: Book = proxy(book)  # the book keeps its words, so they may not keep the book
        self._made: dict[str, object] = {}

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
        begin = start - passage.start
        found = self._book.source(passage.paragraph, begin, max(begin + 1, end - passage.start))
        return replace(found, text=self.text[start:end])

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

    def once(self, key: str, make: Callable[[], T]) -> T:
        """What several rules need of this document, made once."""
        if key not in self._made:
            self._made[key] = make()
        return cast("T", self._made[key])

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


def paragraph_passages(document: Document) -> Iterator[Passage]:
    """The paragraphs as passages."""
    for i, paragraph in enumerate(document.paragraphs):
        yield Passage(paragraph.text, paragraph.role, 0, paragraph.page, paragraph.section, paragraph=i)


def cell_passages(document: Document) -> Iterator[Passage]:
    """The cells that hold words of some length, table by table."""
    for table in document.tables:
        yield from words_in(table)


def words_in(table: Table) -> Iterator[Passage]:
    """The cells of a table that hold more than figures."""
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            if len(cell.text) > 1 and not cell.text.isascii():
                yield Passage(cell.text, "cell", 0, row.page, (table.label,), cell=(table.id, r, c))


def spread(places: Sequence[Source]) -> list[Source]:
    """At most ``MOST_PLACES`` places, so that every page keeps one."""
    if len(places) <= MOST_PLACES:
        return list(places)
    seen: set[int] = set()
    first = [p for p in places if not (p.place.page in seen or seen.add(p.place.page))]  # type: ignore[func-returns-value]
    chosen = first[:MOST_PLACES]
    return chosen + [p for p in places if p not in chosen][: MOST_PLACES - len(chosen)]


def quoted(texts: Sequence[str], most: int = MOST_QUOTED) -> str:
    """The different ones of some texts, each in quotation marks; no more than ``most``."""
    different = list(dict.fromkeys(texts))
    return "、".join(f"“{text}”" for text in different[:most]) + ("等" if len(different) > most else "")


def pages(places: Sequence[Source]) -> str:
    """The numbers of the pages that places are on, each once."""
    return "、".join(dict.fromkeys(str(place.place.page) for place in places))


def remark(rule: str, places: Sequence[Source], variant: str = "", expected: str = "", **params: str) -> Remark:
    """One remark on all places where a thing was seen; ``{text}`` is the first, ``{examples}`` some different ones, ``{count}`` all."""
    kept = spread(places)
    words = {
        "text": places[0].text,
        "examples": quoted([place.text for place in places]),
        "count": str(len(places)),
        "page": str(places[0].place.page),
        "pages": pages(places),
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
