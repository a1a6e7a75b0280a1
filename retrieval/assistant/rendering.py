"""A verified text as an answer: ids become numbered places, cells rather than whole rows, and what is not borne out is struck out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from retrieval.answer import Answer, AnswerValue, Evidence
from retrieval.assistant.items import Item
from retrieval.assistant.shelf import Shelf
from retrieval.assistant.spelling import markers_in
from retrieval.assistant.verify import Fault, Verdict
from retrieval.draft import unit_symbol
from words import Language, say

STRIKE = "~~"
_STRUCK = re.compile(r"~~(.+?)~~", re.DOTALL)
MOST_TOLD = 4
Edit = tuple[int, int, str]


def plain(text: str) -> str:
    """A model's text without the marks that are ours to set, and without emphasis."""
    return re.sub(r"~{2,}|\*\*|__|^#{1,6}\s+", "", text, flags=re.MULTILINE).strip()


def answer_of(question: str, text: str, verdict: Verdict, shelf: Shelf) -> Answer:
    """The text as an answer; its plan are the calculations it rests on."""
    numbers: dict[tuple[object, ...], int] = {}
    evidence: list[Evidence] = []
    edits: list[Edit] = [(low, high, STRIKE) for low, high, _ in _bounds(text, verdict)]
    for start, end, ids in ((m.start, m.end, m.ids) for m in markers_in(text)):
        near = _sentence_at(verdict, start)
        cells = {(use.id, use.cell) for use in verdict.uses if near[0] <= use.start < near[1]}
        sound = near not in verdict.struck  # what is not borne out gets no source
        places = [place for id_ in ids if sound and (item := shelf.get(id_)) for place in _places(shelf, item, cells)]
        edits.append((start, end, "".join(dict.fromkeys(f"[{_number(place, numbers, evidence)}]" for place in places))))
    values = _values(verdict, shelf)
    steps = [item.step for id_ in verdict.cited if (item := shelf.get(id_)) and item.step]
    return Answer(question, True, _edited(text, edits), values, tuple(evidence), tuple(dict.fromkeys(steps)))


def with_places(text: str, verdict: Verdict, shelf: Shelf) -> str:
    """The text with pages in place of ids, for papers that are read without the app; what is not borne out is marked as such."""
    language = shelf.language
    edits: list[Edit] = []
    for marker in markers_in(text):
        items = [item for id_ in marker.ids if (item := shelf.get(id_))]
        pages = sorted({evidence.place.page for item in items for evidence in _places(shelf, item, set())})
        edits.append((marker.start, marker.end, say("assistant.draft.place", language, pages="、".join(map(str, pages))) if pages else ""))
    before, _, after = say("assistant.not_borne_out", language, text="\x00").partition("\x00")
    edits.extend((low, high, before if mark else after) for low, high, mark in _bounds(text, verdict))
    return _edited(text, edits)


def _bounds(text: str, verdict: Verdict) -> list[tuple[int, int, bool]]:
    """Where a struck sentence begins (True) and ends (False), without the blanks around it."""
    found = []
    for start, end in verdict.struck:
        body = text[start:end]
        low = start + len(body) - len(body.lstrip())
        high = end - (len(body) - len(body.rstrip()))
        if low < high:
            found.extend([(low, low, True), (high, high, False)])
    return found


def _edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with its edits made, from the end so that positions stay."""
    order = sorted(enumerate(edits), key=lambda pair: (pair[1][0], pair[1][1], pair[0]), reverse=True)
    for _, (start, end, instead) in order:
        text = text[:start] + instead + text[end:]
    return re.sub(r"[ \t]+(?=\[\d+\])", " ", text).strip()


def _sentence_at(verdict: Verdict, position: int) -> tuple[int, int]:
    return next((s for s in verdict.sentences if s[0] <= position < s[1]), (position, position))


def _places(shelf: Shelf, item: Item, cells: set[tuple[str, int | None]]) -> list[Evidence]:
    """Where a citation leads: the cells whose figures were said, else the row; through a calculation to what it rests on."""
    if item.operands:
        below = [part for id_ in item.operands if (part := shelf.get(id_))]
        return [place for part in below for place in _places(shelf, part, cells)]
    found = item.evidence[:1]
    record = found[0].record if found else None
    view = next((v for v in shelf.views if found and v.document.sha256 == found[0].document), None)
    if record is None or view is None:
        return list(found)
    said = sorted(cell for id_, cell in cells if id_ == item.id and cell is not None)
    return [view.cell(record, record.values[cell]) for cell in said] or list(found)


def _number(place: Evidence, numbers: dict[tuple[object, ...], int], evidence: list[Evidence]) -> int:
    key = (place.document, place.place, place.column)
    if key not in numbers:
        evidence.append(place)
        numbers[key] = len(evidence)
    return numbers[key]


def _values(verdict: Verdict, shelf: Shelf) -> tuple[AnswerValue, ...]:
    """The figures said, as printed or calculated; those of struck sentences are left out."""
    found: dict[AnswerValue, None] = {}
    for use in verdict.uses:
        item = shelf.get(use.id)
        if item is None or any(low <= use.start < high for low, high in verdict.struck):
            continue
        record = item.evidence[0].record if item.evidence else None
        if record is not None and use.cell is not None and not item.operands:
            value = record.values[use.cell]
            found[AnswerValue(value.text, unit_symbol(value.amount.unit))] = None
        elif item.operands and item.cells:
            amount = item.cells[0].amount
            found[AnswerValue(amount.text, unit_symbol(amount.unit))] = None
    return tuple(found)


def struck_in(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of a text between strike marks, the marks not counted."""
    return tuple(match.span(1) for match in _STRUCK.finditer(text))


def unstruck(text: str) -> str:
    """A text without what was struck out."""
    return _STRUCK.sub("", text)


def told(faults: Sequence[Fault], language: Language) -> str:
    """What is wrong, in words; a few of many."""
    messages = [say(f"assistant.fault.{fault.code}", language, what=fault.what.strip()[:60]) for fault in faults]
    return say("assistant.fault.separator", language).join(list(dict.fromkeys(messages))[:MOST_TOLD])
