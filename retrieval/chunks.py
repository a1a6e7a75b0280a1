"""A document as chunks for the index: a table row, a sentence or a finding each, with the context it is printed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checks.wording import render
from model.document import Document
from model.findings import Finding
from model.geometry import Place
from retrieval.passages import Passage, passages_of
from retrieval.records import Record, records_of
from words import Language

ROW, TEXT, FINDING = "row", "text", "finding"


@dataclass(frozen=True, slots=True)
class Chunk:
    """One piece of a document. ``text`` is what is searched (context and content), ``printed`` what is shown.

    ``ref`` names the piece inside its document: (table, row, side), (paragraph, start) or (finding id,).
    """

    id: str
    document: str
    kind: str
    text: str
    printed: str
    place: Place
    organization: str
    year: int | None
    table: str = ""
    label: str = ""
    ref: tuple[str | int, ...] = ()

    def metadata(self) -> dict[str, str | int | float | list[float]]:
        """What the index keeps beside the text; None is left out."""
        found: dict[str, str | int | float | list[float]] = {
            "document": self.document,
            "kind": self.kind,
            "page": self.place.page,
            "bbox": [float(edge) for edge in self.place.box.rounded()],  # one type: chromadb refuses mixed lists
            "table": self.table,
            "row": self.label,
            "organization": self.organization,
        }
        if self.year is not None:
            found["year"] = self.year
        return found


def chunks_of(document: Document, findings: Iterable[Finding] = ()) -> list[Chunk]:
    """All chunks of a document, in printed order, findings last."""
    return [
        *row_chunks(document, records_of(document)),
        *text_chunks(document, passages_of(document)),
        *finding_chunks(document, findings),
    ]


def row_chunks(document: Document, records: Sequence[Record]) -> Iterator[Chunk]:
    """One chunk a record."""
    head = _head(document)
    for record in records:
        table = record.table
        pairs = "；".join(f"{'›'.join(v.path)}：{v.text}" for v in record.values)
        words = " ".join(text for _, text in record.texts if text != record.label)
        above = "›".join(record.above)
        text = f"{head} {table.label} {above} {record.code} {record.label} {words}：{pairs}"
        ref = record.key
        yield Chunk(
            f"{document.sha256[:16]}:{ref[0]}:{ref[1]}:{ref[2]}",
            document.sha256,
            ROW,
            text,
            record.printed,
            record.place,
            document.organization,
            document.fiscal_year,
            table.id,
            record.title,
            ref,
        )


def text_chunks(document: Document, passages: Sequence[Passage]) -> Iterator[Chunk]:
    """One chunk a sentence, behind its headings and the beginning of its paragraph."""
    head = _head(document)
    for passage in passages:
        section = "›".join(passage.section[-2:])
        yield Chunk(
            f"{document.sha256[:16]}:p{passage.paragraph}:{passage.start}",
            document.sha256,
            TEXT,
            f"{head} {section} {passage.lead[:40]} {passage.text}",
            passage.text,
            passage.place,
            document.organization,
            document.fiscal_year,
            passage.table or "",
            "",
            passage.key,
        )


def finding_chunks(document: Document, findings: Iterable[Finding]) -> Iterator[Chunk]:
    """One chunk a finding, in the words of the report."""
    head = _head(document)
    for finding in findings:
        source = finding.suspect.source if finding.suspect else finding.locations[0].source
        title, explanation = finding_words(finding)
        yield Chunk(
            f"{document.sha256[:16]}:f:{finding.id}",
            document.sha256,
            FINDING,
            f"{head} {title} {explanation} {finding.equation}",
            title,
            source.place,
            document.organization,
            document.fiscal_year,
            source.table or "",
            source.row_label,
            (finding.id,),
        )


def finding_words(finding: Finding, language: Language = "zh") -> tuple[str, str]:
    """A finding's title and explanation, as the report words them."""
    wording = render(finding, language)
    return wording.title, wording.explanation


def _head(document: Document) -> str:
    year = f"{document.fiscal_year}年" if document.fiscal_year else ""
    return f"{document.organization} {year}"
