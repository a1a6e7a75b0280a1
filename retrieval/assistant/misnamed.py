"""Is a figure called by the name of another row or column: the right number under a wrong name is as wrong as an invented one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from retrieval.answer import Evidence
from retrieval.assistant.shelf import Shelf
from retrieval.records import Record, Value
from retrieval.text import flat

SHORTEST = 3  # characters of a name that is surely one


def misnamed(shelf: Shelf, evidence: Evidence, cell: int, context: str) -> str:
    """The other row's or column's name that the words before a figure give it; "" where they give its own, or none.

    ``context`` are the words between the figure before and this one.
    """
    record = evidence.record
    view = next((view for view in shelf.views if view.document.sha256 == evidence.document), None)
    if record is None or view is None or cell >= len(record.values):
        return ""
    words, value = flat(context), record.values[cell]
    named = _other(words, _columns(record, value), _leaves([value]))
    if named:
        return named
    own = [record.name, flat(record.label), record.code, *(flat(text) for _, text in record.texts), *map(flat, record.above)]
    own.append(flat(record.table.title))
    rows = shelf.named(view, record.table.id)
    others = [name for name in rows if name in words and all(_value(row, value) != value.amount.value for row in rows[name])]
    return _other(words, others, own)


def _columns(record: Record, value: Value) -> list[str]:
    """The names of the row's other columns whose figures are others."""
    others = [other for other in record.values if other.amount.value != value.amount.value]
    return _leaves(others)


def _leaves(values: Sequence[Value]) -> list[str]:
    return [flat(value.path[-1]) for value in values if value.path]


def _value(record: Record, like: Value) -> object:
    return next((value.amount.value for value in record.values if value.column == like.column), None)


def _other(words: str, others: Iterable[str], own: Sequence[str]) -> str:
    """The longest of the other names that is in the words; "" where one of its own names is, or holds it."""
    if any(name in words for name in own if len(name) >= 2):
        return ""
    found = [n for n in others if len(n) >= SHORTEST and n in words and not any(n in name or name in n for name in own if name)]
    return max(found, key=len, default="")
