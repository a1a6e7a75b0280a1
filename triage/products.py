"""What the reading process can make of an examination, so that the asking one need not take it apart again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import msgspec

from model.facts import Facts
from model.findings import Examination
from words import Language


def nothing(examination: Examination, language: Language) -> bytes:  # noqa: ARG001 - the signature of a product
    """Nothing beyond the answer itself."""
    return b""


def whole(examination: Examination, language: Language) -> bytes:  # noqa: ARG001
    """The examination."""
    return msgspec.msgpack.encode(examination)


def slim(examination: Examination, language: Language) -> bytes:  # noqa: ARG001
    """The examination without tables, paragraphs and facts: what a list of findings needs."""
    document = replace(examination.document, tables=(), paragraphs=())
    return msgspec.msgpack.encode(replace(examination, document=document, facts=Facts()))


def json(examination: Examination, language: Language) -> bytes:
    """The document's part of the report, with an empty path."""
    from report.json_report import document_report

    return msgspec.json.encode(document_report("", examination, language))


def rows(examination: Examination, language: Language) -> bytes:
    """The document's rows of the Parquet files."""
    from report.parquet_report import rows_of

    return msgspec.msgpack.encode(rows_of(examination, language))


PRODUCTS: dict[str, Callable[[Examination, Language], bytes]] = {"": nothing, "whole": whole, "slim": slim, "json": json, "rows": rows}
