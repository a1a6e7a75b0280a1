"""An answer: found or not, its text, its figures, the places they stand, and how it was arrived at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from model.amounts import Amount
from model.geometry import Place
from retrieval.passages import Passage
from retrieval.records import Record, Value

SCHEMA = "gouji-answer/1"
LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in a document that an answer rests on: a cell, a row without a cell, or a sentence."""

    document: str
    place: Place
    text: str
    table: str | None = None
    row: str | None = None
    column: str | None = None
    amount: Amount | None = None
    figure: str = ""
    record: Record | None = None
    value: Value | None = None
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class AnswerValue:
    """A figure that answers the question, as printed (or as calculated) with its unit."""

    text: str
    unit: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown. ``evidence`` is cited in the text as [1], [2] …; ``plan`` says what was looked up and calculated, a line each."""

    question: str
    found: bool
    text: str
    values: tuple[AnswerValue, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    plan: tuple[str, ...] = ()
    mode: str = LOCAL
    nearest: tuple[Evidence, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """The answer in the form gouji-answer/1."""
        return {
            "schema": SCHEMA,
            "question": self.question,
            "found": self.found,
            "answer": self.text,
            "mode": self.mode,
            "values": [{"text": value.text, "unit": value.unit} for value in self.values],
            "citations": [citation(number, evidence) for number, evidence in enumerate(self.evidence, 1)],
            "plan": list(self.plan),
            "nearest": [citation(number, evidence) for number, evidence in enumerate(self.nearest, 1)],
        }


def citation(number: int, evidence: Evidence) -> dict[str, Any]:
    """One citation of the answer's JSON."""
    return {
        "number": number,
        "document": evidence.document,
        "page": evidence.place.page,
        "bbox": evidence.place.box.rounded(),
        "table": evidence.table,
        "row": evidence.row,
        "column": evidence.column,
        "text": evidence.text,
    }
