"""The triage report as JSON, ``gouji-report/1``: one function a part, in the order of its specification."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from checks.wording import render
from model.document import Problem, Row, Table
from model.facts import Source
from model.findings import Examination, Finding, Result, Suspect
from report.safe import encodable
from words import Language, say

SCHEMA = "gouji-report/1"
Json = dict[str, Any]


def report(examined: Iterable[tuple[str, Examination]], version: str, language: Language = "zh") -> Json:
    """The whole report of paths with their examinations."""
    documents = [document_report(path, examination, language) for path, examination in examined]
    return {"schema": SCHEMA, "generator": {"name": "gouji", "version": version}, "documents": documents}


def stream(examined: Iterable[tuple[str, Examination]], version: str, language: Language = "zh") -> Iterator[bytes]:
    """The same report piece by piece, a document a line, so that a batch of any length needs the memory of one document."""
    return wrapped((msgspec.json.encode(document_report(path, examination, language)) for path, examination in examined), version)


def wrapped(documents: Iterable[bytes], version: str) -> Iterator[bytes]:
    """The whole report around the documents' parts, as they are encoded."""
    head = msgspec.json.encode(report((), version))
    before, after = head[: -len(b"]}")], b"]}"
    yield before
    separator = b"\n"
    for document in documents:
        yield separator + document
        separator = b",\n"
    yield b"\n" + after + b"\n"


def placed(document: bytes, path: str, problems: Iterable[Problem], language: Language = "zh") -> bytes:
    """A document's encoded part with another path and other problems; what else it says is not taken apart."""
    parts = msgspec.json.decode(document, type=dict[str, msgspec.Raw])
    parts["path"] = msgspec.Raw(msgspec.json.encode(encodable(path)))
    parts["problems"] = msgspec.Raw(msgspec.json.encode([problem_report(problem, language) for problem in problems]))
    return msgspec.json.encode(parts)


def document_report(path: str, examination: Examination, language: Language = "zh") -> Json:
    """One document's part."""
    document = examination.document
    return {
        "path": encodable(path),
        "sha256": document.sha256,
        "status": document.status.value,
        "problems": [problem_report(problem, language) for problem in document.problems],
        "title": document.title,
        "organization": document.organization,
        "fiscal_year": document.fiscal_year,
        "kind": document.kind.value,
        "pages": len(document.pages),
        "seconds": {stage: round(spent, 3) for stage, spent in examination.seconds.items()},
        "tables": [table_report(table) for table in document.tables],
        "coverage": {"amounts": examination.coverage.amounts, "checked": examination.coverage.checked},
        "checks": {result.value: examination.outcomes.get(result, 0) for result in Result},
        "findings": [finding_report(finding, language) for finding in examination.findings],
    }


def problem_report(problem: Problem, language: Language = "zh") -> Json:
    """What could not be read, and what to do about it."""
    message = say(f"problem.{problem.code}", language, **problem.params)
    return {"code": problem.code, "page": problem.page, "message": encodable(message)}


def table_report(table: Table) -> Json:
    """A table with its header paths and body rows."""
    return {
        "id": table.id,
        "number": table.number,
        "title": table.title,
        "form": table.form,
        "unit": table.unit,
        "pages": table.pages,
        "columns": table.columns,
        "rows": [row_report(row) for row in table.rows],
    }


def row_report(row: Row) -> Json:
    """A body row as printed."""
    return {"page": row.page, "bbox": row.box.rounded(), "cells": row.texts}


def finding_report(finding: Finding, language: Language = "zh") -> Json:
    """A finding with its words and its places."""
    wording = render(finding, language)
    return {
        "id": finding.id,
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.value,
        "title": wording.title,
        "explanation": wording.explanation,
        "equation": finding.equation,
        "stated": finding.stated,
        "expected": finding.expected,
        "difference": finding.difference,
        "unit": finding.unit,
        "locations": [{"role": location.role, **source_report(location.source)} for location in finding.locations],
        "suspect": suspect_report(finding.suspect) if finding.suspect else None,
        "alternatives": [suspect_report(other) for other in finding.alternatives],
        "symptoms": finding.symptoms,
    }


def source_report(source: Source) -> Json:
    """Where a figure stands: page, box, and the table's row and column it is read under."""
    return {
        "page": source.place.page,
        "bbox": source.place.box.rounded(),
        "table": source.table,
        "row": source.row_label,
        "column": source.column_label,
        "text": source.text,
    }


def suspect_report(suspect: Suspect) -> Json:
    """The figure that is probably wrong, and what it should say."""
    return {
        "page": suspect.source.place.page,
        "bbox": suspect.source.place.box.rounded(),
        "text": suspect.source.text,
        "proposed": suspect.proposed,
        "cause": suspect.cause,
        "explains": suspect.explains,
    }
