"""A batch as three Parquet files that DuckDB and pandas read: one row a file, one a finding, one a fact.

``documents`` and the others meet in ``document``, the SHA-256 of the file's bytes; a document that lies in two files has two rows in
``documents`` and its findings and facts once. Money is exact: ``decimal128``, as printed and in 元.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from decimal import Decimal
from enum import Enum
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from checks.wording import render
from model.amounts import Amount, Dimension
from model.facts import Facts, Meaning, Source
from model.findings import Examination, Finding
from report.safe import clean
from words import Language

MONEY = pa.decimal128(38, 8)
LARGEST = Decimal(10) ** 29  # what the type holds before the point
ROWS = 50_000  # of a group: a file of one group a document would be slow to read
NAME = pa.dictionary(pa.int32(), pa.string())
PLACE = [("page", pa.int32()), *((side, pa.float32()) for side in ("x0", "y0", "x1", "y1"))]
OWNER = [("document", pa.string()), ("organization", NAME), ("fiscal_year", pa.int32()), ("kind", NAME)]
STANDS = [
    *PLACE,
    ("table", NAME),
    ("row", pa.int32()),
    ("column", pa.int32()),
    ("row_label", pa.string()),
    ("column_label", NAME),
    ("text", pa.string()),
]
DOCUMENTS = pa.schema(
    [
        ("path", pa.string()),
        *OWNER,
        ("title", pa.string()),
        ("status", NAME),
        ("problems", pa.list_(pa.string())),
        ("reason", pa.string()),
        *((name, pa.int32()) for name in ("pages", "amounts", "checked", "error", "warning", "rounding", "notice")),
    ]
)
FINDINGS = pa.schema(
    [
        *OWNER,
        ("id", pa.string()),
        *((name, NAME) for name in ("rule", "name", "severity")),
        *((name, pa.string()) for name in ("title", "explanation", "equation", "stated", "expected", "difference", "unit")),
        *STANDS,
        *((name, pa.string()) for name in ("suspect", "proposed", "cause")),
        ("explains", pa.int32()),
        ("locations", pa.list_(pa.struct([("role", pa.string()), *PLACE, ("text", pa.string())]))),
    ]
)
FACTS = pa.schema(
    [
        *OWNER,
        *STANDS,
        ("value", MONEY),
        ("unit", NAME),
        ("places", pa.int16()),
        ("yuan", MONEY),
        *((name, NAME) for name in ("side", "nature", "fund", "subject_kind")),
        *((name, pa.string()) for name in ("subject", "code")),
        ("year", pa.int32()),
        ("basis", NAME),
        ("aspect", pa.string()),
        ("doubtful", pa.bool_()),
    ]
)
SCHEMAS = {"documents": DOCUMENTS, "findings": FINDINGS, "facts": FACTS}
Row = dict[str, Any]


def rows_of(examination: Examination, language: Language) -> dict[str, bytes]:
    """A document's rows, by the file they belong in, each as an Arrow stream. That of ``documents`` lacks what only a batch knows."""
    owner = owner_of(examination)
    rows = {
        "documents": [owner | {"title": clean(examination.document.title)}],
        "findings": [owner | finding_row(finding, language) for finding in examination.findings],
        "facts": [owner | row for row in fact_rows(examination.facts)],
    }
    return {name: streamed(pa.Table.from_pylist(rows[name], SCHEMAS[name])) for name in SCHEMAS}


def owner_of(examination: Examination) -> Row:
    """What every row says of its document."""
    document = examination.document
    return {
        "document": document.sha256,
        "organization": clean(document.organization),
        "fiscal_year": document.fiscal_year,
        "kind": document.kind.value,
    }


def finding_row(finding: Finding, language: Language) -> Row:
    """A finding; its place is that of the figure under suspicion, else of the figure it begins with."""
    wording = render(finding, language)
    suspect = finding.suspect
    return {
        "id": finding.id,
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.value,
        "title": clean(wording.title),
        "explanation": clean(wording.explanation),
        "equation": clean(finding.equation),
        "stated": finding.stated,
        "expected": finding.expected,
        "difference": finding.difference,
        "unit": finding.unit,
        **stands(suspect.source if suspect else finding.locations[0].source),
        "suspect": suspect and suspect.source.text,
        "proposed": suspect and suspect.proposed,
        "cause": suspect and suspect.cause,
        "explains": suspect and suspect.explains,
        "locations": [{"role": at.role, **place_of(at.source), "text": clean(at.source.text)} for at in finding.locations],
    }


def fact_rows(facts: Facts) -> Iterator[Row]:
    """The facts of table cells."""
    for fact in facts.cells:
        yield {**stands(fact.source), **amount_of(fact.amount), **meaning_of(fact.meaning), "doubtful": fact.doubtful}


def stands(source: Source) -> Row:
    """Where a figure stands, and under what headings."""
    return {
        **place_of(source),
        "table": source.table,
        "row": source.row,
        "column": source.column,
        "row_label": clean(source.row_label),
        "column_label": clean(source.column_label),
        "text": clean(source.text),
    }


def place_of(source: Source) -> Row:
    """Page and box, in points of the page as displayed."""
    box = source.place.box
    return {"page": source.place.page, "x0": box.x0, "y0": box.y0, "x1": box.x1, "y1": box.y1}


def amount_of(amount: Amount) -> Row:
    """A printed amount, and in 元 where it is money."""
    money = amount.unit is not None and amount.unit.dimension is Dimension.MONEY
    return {
        "value": exact(amount.value),
        "unit": amount.unit and amount.unit.symbol,
        "places": min(amount.places, 99),
        "yuan": exact(amount.base) if money else None,
    }


def exact(value: Decimal) -> Decimal | None:
    """The value, None where the column's type cannot hold all its digits (they stay in ``text``)."""
    exponent = value.as_tuple().exponent
    fits = isinstance(exponent, int) and exponent >= -MONEY.scale and abs(value) < LARGEST
    return value if fits else None


def meaning_of(meaning: Meaning) -> Row:
    """What a fact is about."""
    subject = meaning.subject
    return {
        "side": word(meaning.side),
        "nature": word(meaning.nature),
        "fund": word(meaning.fund),
        "subject_kind": word(subject.kind),
        "subject": clean(subject.name),
        "code": subject.code,
        "year": meaning.year,
        "basis": word(meaning.basis),
        "aspect": clean(meaning.aspect),
    }


def word(value: Enum | None) -> str | None:
    """An enumeration's word."""
    return value and str(value.value)


def streamed(table: pa.Table) -> bytes:
    """A table as an Arrow stream."""
    out = BytesIO()
    with pa.ipc.new_stream(out, table.schema) as writer:
        writer.write_table(table)
    return out.getvalue()


class Files:
    """The three files of a batch, in a folder; they take their places together, when the block ends well."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stack = ExitStack()
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._held: dict[str, list[pa.Table]] = {name: [] for name in SCHEMAS}

    def __enter__(self) -> Self:
        """The files, ready for rows. Raises ``OSError`` where the folder cannot be written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, schema in SCHEMAS.items():
            self._writers[name] = self._stack.enter_context(pq.ParquetWriter(self._partial(name), schema, compression="zstd"))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Write what is held, and put the files in place; or remove what there is of them."""
        if kind is None:
            for name in SCHEMAS:
                self._flush(name)
        self._stack.close()
        for name in SCHEMAS:
            if kind is None:
                self._partial(name).replace(self.folder / f"{name}.parquet")
            else:
                self._partial(name).unlink(missing_ok=True)

    def add(self, rows: dict[str, bytes], file: Row, *, again: bool) -> None:
        """Add a file's rows. ``file`` completes that of ``documents``; a document that came before has its other rows already."""
        for name, stream in rows.items():
            if name == "documents":
                known = pa.ipc.open_stream(stream).read_all().to_pylist()[0]
                self._hold(name, pa.Table.from_pylist([known | file], DOCUMENTS))
            elif not again:
                self._hold(name, pa.ipc.open_stream(stream).read_all())

    def add_failed(self, file: Row) -> None:
        """Add a file that could not be read."""
        self._hold("documents", pa.Table.from_pylist([file], DOCUMENTS))

    def _hold(self, name: str, table: pa.Table) -> None:
        held = self._held[name]
        held.append(table)
        if sum(len(part) for part in held) >= ROWS:
            self._flush(name)

    def _flush(self, name: str) -> None:
        """Write what is held as one group of rows."""
        held, self._held[name] = self._held[name], []
        if held:
            self._writers[name].write_table(pa.concat_tables(held).unify_dictionaries().combine_chunks())

    def _partial(self, name: str) -> Path:
        return self.folder / f"{name}.parquet.part"
