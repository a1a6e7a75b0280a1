"""Everything looked up for one question in the chosen documents, under the ids by which a model may cite it; nothing else can be cited."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from model.findings import Finding
from retrieval.answer import Answer, Evidence
from retrieval.assistant.formula import FormulaError, Quantity, compute
from retrieval.assistant.grounds import of_words
from retrieval.assistant.items import Item, finding_item, finding_texts, passage_item, result_item, row_item
from retrieval.assistant.quarantine import neutral, speaks_to_program
from retrieval.records import Record
from retrieval.view import View
from words import Language, say

_REFERENCE = re.compile(r"(?<![A-Za-z0-9.])[RPC]\d+(?:\.\d+)?")
Key = tuple[object, ...]


class Shelf:
    """Items by id: rows R1 …, sentences P1 …, findings F1 …, calculations C1 …; ``withheld`` is what speaks to the program."""

    def __init__(self, views: Sequence[View], language: Language) -> None:
        self.views = tuple(views)
        self.language = language
        self.items: dict[str, Item] = {}
        self.withheld: list[Evidence] = []
        self._ids: dict[Key, str] = {}
        self._named: dict[tuple[str, str], dict[str, list[Record]]] = {}

    def get(self, id_: str) -> Item | None:
        """The item of that id, None where nothing was looked up under it."""
        return self.items.get(id_)

    def named(self, view: View, table: str) -> dict[str, list[Record]]:
        """A table's rows by their names; made once."""
        key = (view.document.sha256, table)
        if key not in self._named:
            self._named[key] = {}
            for record in view.records:
                if record.table.id == table and record.name:
                    self._named[key].setdefault(record.name, []).append(record)
        return self._named[key]

    def head(self, view: View) -> str:
        """How a document is called: organisation and year."""
        name = neutral(view.document.organization, 40)
        if not name or speaks_to_program(name):
            name = say("assistant.document", self.language, number=self.views.index(view) + 1)
        return f"{name} {view.document.fiscal_year or ''}".strip()

    def put(self, evidence: Evidence) -> Item | None:
        """Shelve a row or a sentence; None where its text speaks to the program, or is of a document that was not chosen."""
        view = next((view for view in self.views if view.document.sha256 == evidence.document), None)
        if view is None:
            return None
        record, passage = evidence.record, evidence.passage
        if record is None and passage is None:
            found = _standing_at(view, evidence)
            return self.put(found) if found is not None else None
        if record is not None:
            words = [record.table.label, *record.above, record.printed, *("".join(path) for path in record.paths)]
            if self._refused(evidence, words):
                return None
            return self.keep(("R", evidence.document, record.key), lambda id_: row_item(id_, self.head(view), view, record, self.language))
        if passage is None or self._refused(evidence, [*passage.section, passage.text]):
            return None
        return self.keep(("P", evidence.document, passage.key), lambda id_: passage_item(id_, self.head(view), view, passage))

    def put_finding(self, view: View, finding: Finding) -> Item | None:
        """Shelve a finding in the report's words; None where the text it quotes speaks to the program."""
        if speaks_to_program(" ".join(finding_texts(finding, self.language))):
            return None
        key = ("F", view.document.sha256, finding.id)
        return self.keep(key, lambda id_: finding_item(id_, self.head(view), view, finding, self.language))

    def put_result(self, expression: str) -> Item:
        """Compute an expression over what was looked up and shelve the result. Raises ``FormulaError``."""
        found = compute(expression, self.quantity, self.exists)
        equation = f"{self._spelled_out(expression)} = {found.text}"
        evidence = self._places(found.refs)
        return self.keep(("C", expression), lambda id_: result_item(id_, found, equation, evidence, self.language))

    def put_answer(self, answer: Answer) -> Item | None:
        """Shelve what was answered without a model: looked up and computed by code, so all its figures may be cited."""
        items = [self.put(evidence) for evidence in answer.evidence]
        if not answer.found or speaks_to_program(answer.text):
            return None
        ids = tuple(dict.fromkeys(item.id for item in items if item))
        numbered = {str(i): item.id for i, item in enumerate(items, 1) if item}
        text = re.sub(r"\[(\d+)\]", lambda m: f"[{numbered[m[1]]}]" if m[1] in numbered else "", neutral_lines(answer.text, keep=numbered))
        documents = [view.document for view in self.views if any(e.document == view.document.sha256 for e in answer.evidence)]
        grounds = of_words(documents, answer.text, [e.place.page for e in answer.evidence])
        places = self._places(ids) or answer.evidence[:1]
        plan = "；".join(answer.plan)
        key = ("C", answer.question, answer.text)
        return self.keep(key, lambda id_: Item(id_, f"{id_}｜{text}", grounds, places, (), ids, plan))

    def put_text(self, name: str, text: str) -> Item:
        """Shelve words made by code about the document as a whole."""
        grounds = of_words([view.document for view in self.views], text, ())
        return self.keep(("C", name, text), lambda id_: Item(id_, f"{id_}｜{neutral_lines(text)}", grounds))

    def exists(self, ref: str) -> bool:
        """Whether something was looked up under an id."""
        return ref.partition(".")[0] in self.items

    def quantity(self, ref: str) -> Quantity:
        """The figure behind R3.1, P2.1 or C1 (R3 alone where the row has one figure). Raises ``FormulaError``."""
        id_, _, number = ref.partition(".")
        item = self.items.get(id_)
        if item is None:
            raise FormulaError("unknown", ref)
        if not number and len(item.cells) != 1:
            raise FormulaError("which" if item.cells else "unknown", ref)
        position = int(number or 1)
        if not 0 < position <= len(item.cells):
            raise FormulaError("unknown", ref)
        return item.cells[position - 1]

    def keep(self, key: Key, make: Callable[[str], Item]) -> Item:
        """The item of that key, made once."""
        if key not in self._ids:
            letter = str(key[0])
            id_ = f"{letter}{sum(name[0] == letter for name in self.items) + 1}"
            self.items[id_] = make(id_)
            self._ids[key] = id_
        return self.items[self._ids[key]]

    def _refused(self, evidence: Evidence, texts: Iterable[str]) -> bool:
        if not speaks_to_program(" ".join(texts)):
            return False
        if all(known.place != evidence.place for known in self.withheld):
            self.withheld.append(evidence)
        return True

    def _places(self, ids: Iterable[str]) -> tuple[Evidence, ...]:
        """The first place of each id, through calculations down to their cells."""
        found: list[Evidence] = []
        for id_ in dict.fromkeys(ids):
            item = self.items[id_]
            found.extend(self._places(item.operands) if item.operands else item.evidence[:1])
        return tuple(found)

    def _spelled_out(self, expression: str) -> str:
        """An expression with its figures in place of the references."""

        def figure(match: re.Match[str]) -> str:
            try:
                return self.quantity(match.group()).text
            except FormulaError:  # counted rows have no single figure
                return match.group()

        return _REFERENCE.sub(figure, expression).strip()


def _standing_at(view: View, evidence: Evidence) -> Evidence | None:
    """The row or sentence that stands at a place."""
    x, y = evidence.place.box.center
    for record in view.records:
        if evidence.table == record.table.id and record.place.page == evidence.place.page and record.place.box.holds(x, y):
            return view.row(record)
    for sentence in view.sentences:
        if any(place.page == evidence.place.page and place.box.holds(x, y) for place in sentence.passage.places):
            return view.words(sentence.passage)
    return None


def neutral_lines(text: str, keep: Iterable[str] = ()) -> str:
    """An answer's lines made harmless one by one; its own citations stay."""
    lines = [neutral(line, 900) for line in text.splitlines()]
    plain = "\n".join(line for line in lines if line)
    for number in keep:
        plain = plain.replace(f"［{number}］", f"[{number}]")
    return plain
