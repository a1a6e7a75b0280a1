"""A document's facts laid out for the checks: figures by place, blocks by table, statements with their figures."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from checks.equations import Figure
from model.amounts import ZERO, Amount
from model.document import Document, Table
from model.facts import Block, Fact, Facts, Mention, Record, Source, Statement, SubjectKind, ValueColumn

UNREADABLE = "\ufffd"
"""Stands in a text for a character that the file does not tell."""


class Book:
    """Read-only view of one document and its facts; every figure is known by the key of its place."""

    def __init__(self, document: Document, facts: Facts) -> None:
        self.document = document
        self.facts = facts
        self.fact_at: dict[str, Fact] = {fact.source.key: fact for fact in facts.cells}
        self.figures: dict[str, Figure] = {key: Figure(key, fact.amount, fact.source, fact.doubtful) for key, fact in self.fact_at.items()}
        unread = (source for source in facts.unread if UNREADABLE in source.text)
        self.figures |= {source.key: Figure(source.key, Amount(ZERO, None, 0), source, unread=True) for source in unread}

    @cached_property
    def tables(self) -> dict[str, Table]:
        """Tables by id."""
        return {table.id: table for table in self.document.tables}

    @cached_property
    def groups(self) -> dict[str, list[Block]]:
        """The blocks of each table, from left to right."""
        found: dict[str, list[Block]] = defaultdict(list)
        for block in self.facts.blocks:
            found[block.table].append(block)
        return found

    @cached_property
    def in_section(self) -> dict[tuple[str, ...], list[Statement]]:
        """The statements of each section, in their order."""
        found: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
        for statement in self.facts.statements:
            found[statement.section].append(statement)
        return found

    @cached_property
    def totals(self) -> list[Figure]:
        """The totals and “三公” amounts that the tables print, one of each value."""
        kinds = {SubjectKind.TOTAL, SubjectKind.THREE_PUBLIC}
        printed = [f for f in self.facts.cells if f.meaning.subject.kind in kinds and f.amount.value]
        return list({f.amount.base: self.figures[f.source.key] for f in reversed(printed)}.values())[::-1]

    @cached_property
    def mention_at(self) -> dict[str, Mention]:
        """The figures of the prose by the key of their place."""
        return {f"p{mention.paragraph}.{mention.start}": mention for mention in self.facts.mentions}

    def figure(self, block: Block, record: Record, column: ValueColumn) -> Figure | None:
        """The printed amount of a record in a column, None where the cell is blank."""
        return self.figures.get(f"{block.table}.{record.row}.{column.index}")

    def mentioned(self, mention: Mention | None) -> Figure | None:
        """The figure of a mention in the prose, None for a word."""
        if mention is None or mention.amount is None:
            return None
        key = f"p{mention.paragraph}.{mention.start}"
        known = self.figures.get(key)
        if known is None:
            known = Figure(
                key,
                mention.amount,
                self.source(mention.paragraph, mention.start, mention.end),
                self.document.paragraphs[mention.paragraph].is_doubtful(mention.start, mention.end),
            )
            self.figures[key] = known
        return known

    def others(self, figure: Figure) -> tuple[str, ...]:
        """What else a recognised figure of a table may be, the likelier first."""
        source = figure.source
        if source.table is None or source.row is None or source.column is None:
            return ()
        return self.tables[source.table].rows[source.row].cells[source.column].others

    def source(self, paragraph: int, start: int, end: int) -> Source:
        """The place of some characters of a paragraph; its section stands for the row, its sentence for the column."""
        text = self.document.paragraphs[paragraph]
        place = text.places(start, end)[0]
        return Source(
            place=place,
            text=text.text[start:end],
            row_label=" › ".join(text.section[-2:]),
            column_label=sentence_around(text.text, start, end),
            paragraph=paragraph,
            start=start,
            end=end,
        )

    def label(self, table_id: str) -> str:
        """A table's number and title."""
        return self.tables[table_id].label


def sentence_around(text: str, start: int, end: int, limit: int = 90) -> str:
    """The sentence that holds some characters, cut to about ``limit`` characters around them."""
    left = max((text.rfind(mark, 0, start) for mark in "。；\n"), default=-1) + 1
    stops = [i for mark in "。；\n" if (i := text.find(mark, end)) >= 0]
    right = min(stops, default=len(text))
    left, right = max(left, start - limit // 2), min(right, end + limit // 2)
    return text[left:right].strip()
