"""One document prepared for questions: its records, sentences, names and ranking, made once and kept for a while."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from model.document import Document
from model.findings import Examination, Finding
from model.geometry import Place
from retrieval.answer import Evidence
from retrieval.chunks import Chunk, row_chunks, text_chunks
from retrieval.figures import figures_in
from retrieval.lexical import Lexical
from retrieval.lexicon import filler
from retrieval.passages import Passage, passages_of
from retrieval.records import Record, Value, records_of
from retrieval.terms import Mention, Terms
from retrieval.text import bare, flat, uncoded, unnumbered, without_code

_UNITS = re.compile(r"[（(](?:单位[:：])?(?:亿|万|千|百万)?元[)）]")
_LEAD, _BEFORE = 160, 240
_INNER = re.compile(r"[（）()〔〕\[\]【】《》<>〈〉“”\"'‘’「」\s]+")
_ENUMERATED = re.compile(r"^\s*(?:[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)\s*")
_TERM = re.compile(r"(?<![^：:，。；\d])([^：:，。；\d]{2,30})[：:]")
_ITEM = re.compile(r"(?:[（(]款[)）]|^|[，。；：:、\d.．])([^，。；：:]{2,40}?)[（(](?:项|[2-5]\d{2,6})[)）]")
_RUN_IN = re.compile(r"\s*[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*([^。：:，,；\d]{2,24})[。：:]")
_PARTED = re.compile(r"(?<=\d)\s*[（()）〔〕\[\]【】]\s*(?=\d)")
LONGEST_SUBJECT = 24
_SAID = 2  # characters of a sentence's subject beside words that say nothing
_BOUNDARY = re.compile(r"[，。；、：:,;]|\d|其中|包括")
_FRINGE = re.compile(r"(?:分别|各|共计|总计|合计|共|约|达|为|是|数|支出|安排|有|(?<=[一-鿿]{2})(?:增加|减少|增长|下降)|(?<=费|出)项)+$")
_MARKS = re.compile(r"^(?:[.．]|类|款|项(?!目)|年度?|月|日|元|万元|的|度|个|%|辆|台|人|中)+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A passage with its text in one spelling: NFKC, without blanks, brackets and quotes, punctuation kept.

    ``lead`` is the end of its paragraph before it, ``section`` its headings, ``before`` the end of the paragraphs before its own.
    ``item`` is the functional item it speaks of, flat, where it speaks of one alone (…（款）行政运行（项）…).
    """

    passage: Passage
    tight: str
    lead: str
    section: str
    before: str
    item: str = ""

    def of_another(self, mentions: Sequence[Mention]) -> bool:
        """Whether it speaks of one item that none of the mentions means, though their words occur in it."""
        return bool(self.item) and not any(m.likeness(self.item) > 0 or m.text in self.item for m in mentions)


class View:
    """What questions about one document are answered from."""

    def __init__(self, examination: Examination) -> None:
        self.examination = examination
        self.document: Document = examination.document
        self.findings: tuple[Finding, ...] = examination.findings
        self.records: list[Record] = records_of(self.document)
        self.sentences: list[Sentence] = _sentences(self.document)
        self.titles = {table.id: (table.number or "", flat(table.title)) for table in self.document.tables}
        self.namesakes = Counter((r.table.id, r.side, r.code, r.name) for r in self.records)
        self.terms = Terms(self._names(), frozenset(record.name for record in self.records if record.values), self._listing())

    @cached_property
    def chunks(self) -> list[Chunk]:
        """Rows and sentences as chunks, in the order of ``records`` and then ``sentences``."""
        passages = [sentence.passage for sentence in self.sentences]
        return [*row_chunks(self.document, self.records), *text_chunks(self.document, passages)]

    @cached_property
    def chunk_at(self) -> dict[tuple[str | int, ...], int]:
        """The position in ``chunks`` of the row or sentence with that reference."""
        return {chunk.ref: position for position, chunk in enumerate(self.chunks)}

    @cached_property
    def chunk_ids(self) -> dict[str, int]:
        """The position in ``chunks`` of the row or sentence with that id."""
        return {chunk.id: position for position, chunk in enumerate(self.chunks)}

    @cached_property
    def lexical(self) -> Lexical:
        """The ranking over ``chunks``."""
        return Lexical([chunk.text for chunk in self.chunks])

    def cell(self, record: Record, value: Value) -> Evidence:
        """A record's figure as evidence."""
        return Evidence(
            self.document.sha256,
            record.table.place_of(record.row, value.column),
            record.printed,
            record.table.id,
            record.title,
            " › ".join(value.path),
            value.amount,
            value.text,
            record,
            value,
        )

    def row(self, record: Record) -> Evidence:
        """A whole record as evidence."""
        return Evidence(self.document.sha256, record.place, record.printed, record.table.id, record.title, record=record)

    def words(self, passage: Passage) -> Evidence:
        """A sentence as evidence."""
        return Evidence(self.document.sha256, passage.place, passage.text, passage.table, passage=passage)

    def place(self, place: Place, text: str, table: str | None = None, row: str | None = None, column: str | None = None) -> Evidence:
        """Any other place as evidence."""
        return Evidence(self.document.sha256, place, text, table, row, column)

    def near(self, query: str, limit: int = 3) -> list[Evidence]:
        """The rows and sentences most alike to a question."""
        found = []
        for position, _ in self.lexical.search(query, limit):
            if position < len(self.records):
                found.append(self.row(self.records[position]))
            else:
                found.append(self.words(self.sentences[position - len(self.records)].passage))
        return found

    def _listing(self) -> frozenset[str]:
        """Names of rows and tables that list things (公诉、审判、侦查等检察监督支出), tight."""
        printed = (*(without_code(record.label) for record in self.records), *(table.title for table in self.document.tables))
        return frozenset(tight(unnumbered(text)) for text in printed if "、" in unnumbered(text))

    def _names(self) -> Iterator[str]:
        for record in self.records:
            yield record.name
            for _, text in record.texts:
                yield uncoded(text)
        for table in self.document.tables:
            for path in table.columns:
                for part in path:
                    yield column_name(part)
        for sentence in self.sentences:
            yield from (subject for subject in subjects_in(sentence.tight) if len(filler().sub("", subject)) >= _SAID)
            yield from (bare(term.group(1)) for term in _TERM.finditer(sentence.tight))
            run_in = _RUN_IN.match(sentence.passage.text)
            if run_in:
                yield bare(run_in.group(1))
            if sentence.passage.section:
                yield heading_name(sentence.passage.section[-1])


def _sentences(document: Document) -> list[Sentence]:
    found: list[Sentence] = []
    before, paragraph = "", -1
    for passage in passages_of(document):
        if passage.paragraph != paragraph:
            if paragraph >= 0:
                before = (before + tight(document.paragraphs[paragraph].text))[-_BEFORE:]
            paragraph = passage.paragraph
        lead = tight(_ENUMERATED.sub("", passage.lead)[-_LEAD:])
        found.append(
            Sentence(passage, tight(_ENUMERATED.sub("", passage.text)), lead, tight("".join(passage.section)), before, _item(passage))
        )
    return found


def _item(passage: Passage) -> str:
    """The one item that a sentence names, or that its paragraph named last before it; "" for none or several."""
    own = {flat(name.split("款）")[-1]) for name in _ITEM.findall(passage.text)}
    if not own:
        own = {flat(name.split("款）")[-1]) for name in _ITEM.findall(passage.lead)[-1:]}
    return own.pop() if len(own) == 1 else ""


def tight(text: str) -> str:
    """NFKC without blanks, brackets and quotes; separators stay, and digits that a bracket parted are kept apart."""
    return _INNER.sub("", _PARTED.sub("|", unicodedata.normalize("NFKC", text))).lower()


def column_name(part: str) -> str:
    """A header's words, flat, without its unit and 其中."""
    return bare(_UNITS.sub("", part))


def heading_name(heading: str) -> str:
    """What a heading is about: without numbering and 情况说明."""
    name = re.sub(r"(?:预算|决算)?(?:安排|支出)?(?:总体|有关|具体)?情况(?:的)?(?:说明)?$", "", bare(heading))
    return re.sub(r"^关于|^\d{4}年度?", "", name)


def subjects_in(text: str) -> Iterator[str]:
    """What the figures of a sentence are said of: the words right before each."""
    end = 0
    for figure in figures_in(text):
        before = text[end : figure.start]
        pieces = _BOUNDARY.split(before)
        marked = end > 0 or len(pieces) > 1  # after a figure its unit goes first, at the beginning nothing does (人员经费)
        subject = _FRINGE.sub("", _MARKS.sub("", pieces[-1]) if marked else pieces[-1])
        if 2 <= len(subject) <= LONGEST_SUBJECT:
            yield bare(subject)
        end = figure.end


_views: OrderedDict[tuple[str, int], View] = OrderedDict()
_lock = Lock()
KEPT = 32


def view_of(examination: Examination) -> View:
    """The view of an examination; the last few dozen are kept."""
    key = (examination.document.sha256, id(examination))
    with _lock:
        if key in _views and _views[key].examination is examination:
            _views.move_to_end(key)
            return _views[key]
    made = View(examination)
    with _lock:
        _views[key] = made
        while len(_views) > KEPT:
            _views.popitem(last=False)
    return made
