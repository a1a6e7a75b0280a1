"""What a model may do: look things up in the chosen documents and have code compute. It reads; nothing here writes or reaches elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from model.findings import SEVERITIES, Examination, Finding
from retrieval.answer import Evidence
from retrieval.assistant.formula import FormulaError
from retrieval.assistant.grounds import of_words
from retrieval.assistant.items import Item
from retrieval.assistant.quarantine import neutral, speaks_to_program
from retrieval.assistant.shelf import Shelf
from retrieval.holdings import Holdings, ask_near, search_holdings
from retrieval.near import Near
from retrieval.text import flat
from retrieval.view import View, view_of
from words import Language, say

FOUND, LISTED, TABLES = 8, 30, 60
LONGEST_QUERY = 200
Found = tuple[str, list[Evidence]]
"""Lines for the model, and the places they come from for the app."""


class Bench:
    """The tools over one shelf. Every result is the document's words between two marks, as data."""

    def __init__(self, shelf: Shelf, near: Near | None = None) -> None:
        self.shelf = shelf
        self._near = near
        self.language: Language = shelf.language

    def search(self, query: str, document: str = "") -> Found:
        """Rows and sentences that fit a query best, in one document or in all."""
        holdings = Holdings.of([view.examination for view in self._views(document)], self._near)
        found = search_holdings(holdings, query[:LONGEST_QUERY], FOUND, self.language)
        return self._told([self.shelf.put(evidence) for evidence in found])

    def look_up(self, question: str, document: str = "") -> Found:
        """A question answered by code: looked up, added up, compared; with its rows."""
        examinations = [view.examination for view in self._views(document)]
        answer = ask_near(examinations, question[:LONGEST_QUERY], self._near, self.language)
        items = [self.shelf.put(evidence) for evidence in (answer.evidence or answer.nearest)]
        result = self.shelf.put_answer(answer) if answer.found else None
        return self._told([*items, result], none=say("answer.refusal", self.language))

    def list_tables(self, document: str = "") -> Found:
        """The tables with title, unit, columns and number of rows."""
        lines = []
        for view in self._views(document):
            rows = [record.table.id for record in view.records]
            for table in view.document.tables[:TABLES]:
                columns = neutral("、".join("›".join(path) for path in table.columns if path), 200)
                label, unit = neutral(table.label, 80), neutral(table.unit or "", 20)
                line = say(
                    "assistant.table",
                    self.language,
                    document=self.shelf.head(view),
                    id=table.id,
                    title=label,
                    unit=unit,
                    columns=columns,
                    rows=rows.count(table.id),
                )
                if not speaks_to_program(f"{table.label} {columns}"):
                    lines.append(line)
        return self._wrapped(lines), []

    def read_table(self, table: str, start: int = 1, document: str = "") -> Found:
        """A table's rows, thirty at a time; the table by id, number or title."""
        wanted = flat(table)
        for view in self._views(document):
            ids = [t.id for t in view.document.tables if flat(t.id) == wanted or (wanted and wanted in flat(t.label))]
            records = [record for record in view.records if ids and record.table.id == ids[0]]
            if records:
                first = max(1, start) - 1
                rows = records[first : first + LISTED]
                return self._told([self.shelf.put(view.row(record)) for record in rows], more=len(records) - first - len(rows))
        return self._told([])

    def list_findings(self, about: str = "", severity: str = "", document: str = "") -> Found:
        """The doubtful points the checks found, gravest first; only those about something, or of one severity."""
        lines: list[Item | None] = []
        total = 0
        wanted = flat(about)
        for view in self._views(document):
            found = [
                f for f in sorted(view.findings, key=lambda f: SEVERITIES.index(f.severity)) if not severity or f.severity.value == severity
            ]
            items = [self.shelf.put_finding(view, finding) for finding in found]
            kept = [item for item in items if item and (not wanted or wanted in flat(item.shown))]
            total += len(kept)
            lines.extend(kept[:FOUND])
        return self._told([self._counted(total, about, severity), *lines])

    def _counted(self, total: int, about: str, severity: str) -> Item:
        """How many findings there are, as something that can be cited."""
        what = "、".join(part for part in (neutral(about, 40), severity) if part)
        text = say("assistant.counted" if what else "assistant.counted_all", self.language, count=total, what=what)
        documents = [view.document for view in self.shelf.views]
        key = ("C", "findings", about, severity, total)
        return self.shelf.keep(key, lambda id_: Item(id_, f"{id_}｜{text}", of_words(documents, text, ()), step=text))

    def explain_finding(self, finding: str) -> Found:
        """One finding with the rows and sentences it points at."""
        for view in self.shelf.views:
            for known in view.findings:
                item = self.shelf.put_finding(view, known)
                if item is not None and item.id == finding.strip("[] "):
                    return self._told([item, *self.places(view, known)])
        return self._told([])

    def places(self, view: View, finding: Finding) -> list[Item]:
        """The rows and sentences a finding points at."""
        sources = [location.source for location in finding.locations]
        if finding.suspect:
            sources.insert(0, finding.suspect.source)
        places = (view.place(source.place, source.text, source.table) for source in dict.fromkeys(sources))
        found = {item.id: item for place in places if (item := self.shelf.put(place))}
        return list(found.values())[:6]

    def calculate(self, expression: str) -> Found:
        """An expression over cells that were looked up, computed with units and printed precision."""
        try:
            item = self.shelf.put_result(expression)
        except FormulaError as error:
            return say(f"assistant.formula.{error.code}", self.language, what=neutral(error.what, 60)), []
        return self._wrapped([item.shown]), list(item.evidence)

    def compare_documents(self, subject: str) -> Found:
        """The same subject in each of the chosen documents, with the difference."""
        if len(self.shelf.views) < 2:
            return say("assistant.one_document", self.language), []
        return self.look_up(f"{subject[:LONGEST_QUERY]}对比")

    def _views(self, document: str) -> Sequence[View]:
        """The chosen documents, or the one that is meant by part of its name or its year."""
        wanted = flat(document)
        found = [view for view in self.shelf.views if wanted and wanted in flat(self.shelf.head(view))]
        return found or self.shelf.views

    def shown(self, items: Iterable[Item]) -> str:
        """Items as the model is shown them."""
        return self._told(items)[0]

    def _told(self, items: Iterable[Item | None], none: str = "", more: int = 0) -> Found:
        kept = list({item.id: item for item in items if item}.values())
        if not kept:
            return none or say("assistant.nothing", self.language), []
        lines = [item.shown for item in kept]
        if more > 0:
            lines.append(say("assistant.more", self.language, count=more))
        return self._wrapped(lines), [evidence for item in kept for evidence in item.evidence]

    def _wrapped(self, lines: Iterable[str]) -> str:
        body = "\n".join(lines)
        return f"<文件内容>\n{body}\n</文件内容>" if self.language == "zh" else f"<document>\n{body}\n</document>"


def bench_for(examinations: Sequence[Examination], language: Language, near: Near | None = None) -> Bench:
    """A bench over the chosen documents, nothing looked up yet."""
    return Bench(Shelf([view_of(examination) for examination in examinations], language), near)
