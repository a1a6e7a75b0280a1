"""What can be cited: a row, a sentence, a finding or a calculation, with the line that a model reads and the figures it holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from checks.wording import render
from model.document import Document
from model.findings import Finding
from retrieval.answer import Evidence
from retrieval.assistant.claims import Kind
from retrieval.assistant.formula import Quantity, Sort, of_amount
from retrieval.assistant.grounds import Grounds, Known, known, of_passage, of_record, of_words
from retrieval.assistant.quarantine import neutral
from retrieval.figures import figures_in, printed
from retrieval.passages import Passage
from retrieval.records import Record
from retrieval.suspicions import places_of
from retrieval.text import flat
from retrieval.view import View, tight
from words import Language, say

LONG = 420
MOST_VALUES = 16
_PRIOR = re.compile(r"上年|去年|上一年|前一年")
_OUTTURN = re.compile(r"决算|执行数|实际")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was looked up. ``shown`` is its line for the model; ``cells`` are the figures that can be calculated with.

    ``operands`` are the ids a calculation rests on; ``step`` is its line in the plan of the answer.
    """

    id: str
    shown: str
    grounds: Grounds
    evidence: tuple[Evidence, ...] = ()
    cells: tuple[Quantity, ...] = ()
    operands: tuple[str, ...] = ()
    step: str = ""


def row_item(id_: str, head: str, view: View, record: Record, language: Language) -> Item:
    """A table row: ``R3｜organisation year｜table｜labels｜R3.1 column=figure；…``."""
    document = view.document
    cells = tuple(of_amount(id_, value.amount, _when(document, value.path)) for value in record.values)
    figures = [
        f"{id_}.{i} {neutral('›'.join(value.path), 60)}={printed(value.amount, value.text)}"
        for i, value in enumerate(record.values[:MOST_VALUES], 1)
    ]
    own = flat(record.code + record.label)
    words = [f"{neutral(header, 30)}={neutral(text, 120)}" for header, text in record.texts if flat(text) not in own]
    label = "›".join(part for part in (neutral("›".join(record.above), 80), neutral(record.title, 80)) if part)
    body = "；".join([*figures, *words]) or say("assistant.blank", language)
    shown = "｜".join([id_, head, neutral(record.table.label, 80), label, body])
    return Item(id_, shown, of_record(document, record), (view.row(record),), cells)


def _when(document: Document, path: Sequence[str]) -> int:
    """Where a column stands in time: last year before this year, within a year the budget before the outturn."""
    header = "".join(path)
    earlier = document.fiscal_year is not None and str(document.fiscal_year - 1) in header
    return (-2 if earlier or _PRIOR.search(header) else 0) + (1 if _OUTTURN.search(header) else 0)


def passage_item(id_: str, head: str, view: View, passage: Passage) -> Item:
    """A sentence: ``P2｜organisation year｜headings｜text｜P2.1=figure；…``."""
    amounts = [figure.amount for figure in figures_in(tight(passage.text))]
    cells = tuple(of_amount(id_, amount) for amount in amounts)
    figures = "；".join(f"{id_}.{i}={printed(amount)}" for i, amount in enumerate(amounts[:MOST_VALUES], 1))
    section = neutral("›".join(passage.section[-2:]), 60)
    shown = "｜".join(part for part in (id_, head, section, neutral(passage.text, LONG), figures) if part)
    return Item(id_, shown, of_passage(view.document, passage), (view.words(passage),), cells)


def finding_item(id_: str, head: str, view: View, finding: Finding, language: Language) -> Item:
    """A finding in the report's words: ``F1｜organisation year｜severity｜title｜explanation｜basis｜equation``."""
    severity = say(f"assistant.severity.{finding.severity.value}", language)
    texts = finding_texts(finding, language)
    shown = "｜".join([id_, head, severity, *(neutral(text, LONG) for text in texts)])
    sources = [location.source for location in finding.locations]
    labels = " ".join(f"{source.row_label} {source.column_label} {source.text}" for source in sources)
    suspects = [s for s in (finding.suspect, *finding.alternatives) if s]
    figures = [finding.stated, finding.expected, finding.difference, *(f"{s.source.text} ； {s.proposed}" for s in suspects)]
    bare = " ； ".join([finding.equation, *figures])
    grounds = of_words([view.document], " ； ".join([*texts, labels]), [s.place.page for s in sources], bare, finding.unit)
    return Item(id_, shown, grounds, tuple(places_of(view, finding)))


def finding_texts(finding: Finding, language: Language) -> list[str]:
    """A finding's title, explanation, basis and equation, the empty ones left out."""
    wording = render(finding, language)
    return [text for text in (wording.title, wording.explanation, wording.basis, finding.equation) if text]


def result_item(id_: str, found: Quantity, equation: str, evidence: tuple[Evidence, ...], language: Language) -> Item:
    """A calculation's result, with the range that the printed precision of its operands allows."""
    low, high = (replace(found, value=end).amount for end in (found.interval.low, found.interval.high))
    key = "exact" if low.value == high.value else "ranged"
    step = say(f"assistant.plan.{key}", language, equation=equation, low=printed(low), high=printed(high))
    figures = tuple(_figures(found))
    return Item(id_, f"{id_}｜{equation}", Grounds(figures), evidence, (replace(found, refs=(id_,)),), found.refs, step)


def _figures(found: Quantity) -> list[Known]:
    """A result as figures that may be said: exact, so that any right rounding of it agrees; a ratio also as a percentage."""
    zero = Decimal(0)
    shown = found.amount
    if found.sort in {Sort.RATIO, Sort.NUMBER}:
        share = found.value * 100
        return [
            Known(Kind.PERCENT, share, zero, shown.value, "", found.way),
            Known(Kind.RATIO, found.value, zero, shown.value, "倍", found.way),
            known(shown, found.way),
        ]
    kind = {Sort.MONEY: Kind.MONEY, Sort.PERCENT: Kind.PERCENT, Sort.COUNT: Kind.COUNT}.get(found.sort, Kind.PLAIN)
    unit = "" if kind is Kind.PERCENT or found.unit is None else found.unit.symbol
    return [Known(kind, found.value, zero, shown.value, unit, found.way), known(shown, found.way)]
