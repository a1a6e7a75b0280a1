"""From a document to facts: every amount in a table with its meaning, every sentence that carries figures as statements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.blocks import blocks_of
from ingest.claims import with_meanings
from ingest.fonts import UNREADABLE
from ingest.forms import Form, aspect_of, form_of, nature_of
from ingest.narrative import read_statements
from ingest.numbers import is_blank, read_amount
from ingest.subjects import fund_of, squeeze, three_public_of
from ingest.targets import facts_of_targets, read_forms
from model.amounts import MONEY_UNITS, PERCENT, Unit, count_unit
from model.document import Document, Kind, Table
from model.facts import (
    Block,
    Fact,
    Facts,
    Fund,
    Meaning,
    Measure,
    Nature,
    Record,
    Side,
    Source,
    Subject,
    SubjectKind,
    ValueColumn,
)

HEADER_UNIT = re.compile(r"[（(:：](亿元|百万元|万元|千元|元|%|％)[)）]?")
COUNTED = re.compile(r"\((个|辆|台|套|人|次|人次|批|批次|户|家)\)$")
RATES = {Measure.GROWTH, Measure.SHARE, Measure.COMPLETION}
TOTAL = Subject(SubjectKind.TOTAL, "total", "合计")
SEPARATOR = " › "
NAME_OF_TABLE = 14


def read_facts(document: Document) -> Facts:
    """All facts of a document: blocks and cells of its tables, statements and mentions of its prose."""
    final = document.kind is Kind.FINAL_ACCOUNTS
    blocks: list[Block] = []
    facts: list[Fact] = []
    unread: list[Source] = []
    targets, taken = read_forms(document)
    facts.extend(facts_of_targets(targets, document.fiscal_year))
    for table in document.tables:
        if table.id in taken:
            continue
        form = form_of(table.title, document.fiscal_year, final=final)
        for block in blocks_of(table, form):
            blocks.append(block)
            for item in facts_of(table, block, form):
                if isinstance(item, Fact):
                    facts.append(item)
                else:
                    unread.append(item)
    statements, mentions = read_statements(document.paragraphs, document.fiscal_year, document.kind)
    meant = with_meanings(statements, document.paragraphs, facts, document.fiscal_year, document.kind)
    return Facts(tuple(facts), tuple(blocks), meant, mentions, tuple(unread), targets)


def facts_of(table: Table, block: Block, form: Form) -> Iterator[Fact | Source]:
    """A fact for each printed amount of a block; the bare source of a cell that holds something else where an amount is due."""
    for record in block.records:
        for column in block.columns:
            cell = table.rows[record.row].cells[column.index]
            if is_blank(cell.text):
                continue
            source = source_of(table, record, column)
            amount = read_amount(cell.text, counted_in(record) or unit_of(table, column))
            if amount is None:
                if re.search(rf"[\d{UNREADABLE}]", cell.text):
                    yield source
                continue
            yield Fact(amount, meaning_of(block, record, column, form), source, doubtful=cell.doubtful)


def source_of(table: Table, record: Record, column: ValueColumn) -> Source:
    """Where the figure of a record's column stands."""
    return Source(
        place=table.place_of(record.row, column.index),
        text=table.rows[record.row].cells[column.index].text,
        row_label=" ".join(part for part in (record.subject.code, record.label) if part),
        column_label=SEPARATOR.join(column.path),
        table=table.id,
        row=record.row,
        column=column.index,
        number=table.number or table.title[:NAME_OF_TABLE],
    )


def counted_in(record: Record) -> Unit | None:
    """The unit of a line that counts things among amounts of money (公务用车保有量（辆）)."""
    match = COUNTED.search(squeeze(record.label))
    return count_unit(match.group(1)) if match else None


def unit_of(table: Table, column: ValueColumn) -> Unit | None:
    """The unit of a column: printed in its header, else the table's; percent for rates."""
    match = HEADER_UNIT.search(squeeze(" ".join(column.path)))
    if match and match.group(1) in MONEY_UNITS:
        return MONEY_UNITS[match.group(1)]
    if column.measure in RATES:
        return PERCENT
    if column.measure is Measure.COUNT:
        return count_unit("")
    return MONEY_UNITS.get(table.unit or "")


def meaning_of(block: Block, record: Record, column: ValueColumn, form: Form) -> Meaning:
    """Side, nature, fund, subject, year and basis of a cell: from its column, else its line, else its table's title."""
    side = column.side or block.side
    meaning = Meaning(
        subject=column.subject or subject_in(form, record),
        side=side,
        nature=column.nature or form.nature or Nature.TOTAL,
        fund=column.fund or form.fund,
        year=column.year or form.year,
        basis=column.basis or form.basis,
        aspect=aspect_of(column),
    )
    return by_label(meaning, record, form)


def subject_in(form: Form, record: Record) -> Subject:
    """The subject of a line; the total of a “三公” table is theirs, not the document's."""
    if form.name == "three_public" and record.subject.kind is SubjectKind.TOTAL:
        return Subject(SubjectKind.THREE_PUBLIC, "total", record.label)
    return record.subject


def by_label(meaning: Meaning, record: Record, form: Form) -> Meaning:
    """The meaning refined by what the line's words say: a source of funds, a nature of expenditure, a “三公” item."""
    subject = meaning.subject
    if subject.kind is SubjectKind.SOURCE and meaning.side is not Side.EXPENDITURE:
        return replace(meaning, subject=TOTAL, fund=Fund(subject.key), side=Side.INCOME)
    if subject.kind is not SubjectKind.OTHER:
        return meaning
    label = squeeze(record.label)
    item = three_public_of(label)
    if item and len(label) < 24 and (form.name == "three_public" or "公务用车" in label or "因公出国" in label):
        return replace(meaning, subject=Subject(SubjectKind.THREE_PUBLIC, item, record.label))
    if "三公" in label and len(label) < 16:
        return replace(meaning, subject=Subject(SubjectKind.THREE_PUBLIC, "total", record.label))
    nature = nature_of((record.label,))
    if nature and len(label) < 16:
        return replace(meaning, subject=TOTAL, nature=nature, fund=fund_of(label) or meaning.fund)
    return meaning
