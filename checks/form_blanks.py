"""PR3: what a table asks for and the document leaves blank."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.book import Book
from checks.equations import Equation
from checks.form_prose import remark
from checks.registry import Remark, check
from model.document import Row, Table
from model.facts import Source
from model.findings import Severity

MUST_FILL = re.compile(r"简介|概况|内容|负责人|时间|依据|名称|目标|单位$")
OPTIONAL = re.compile(r"备注|上年|说明$|其他|佐证|赋分|附件|代码|编码|单价|小计|合计")
FEWEST_ROWS = 3


def cell_source(table: Table, row: int, column: int, text: str) -> Source:
    """A cell, also where it is blank; the row is named by its first words."""
    label = next((words for words in table.rows[row].texts if words), "")
    return Source(table.place_of(row, column), text, label[:60], " › ".join(table.columns[column]), table.id, row, column)


@check("PR301", "column-left-blank", Severity.NOTICE)
def blank_columns(book: Book) -> Iterator[Equation | Remark]:
    """A column of words that the form asks for (项目简介, 购买服务内容, 实施时间) is filled in.

    Basis: a form that is published is complete. Example: 项目简介 blank in every row of the list of projects.
    """
    for table in book.document.tables:
        body = [row for row in table.rows if sum(bool(text) for text in row.texts) > 1]
        if len(body) < FEWEST_ROWS or not amounts_in(body):
            continue
        for c, path in enumerate(table.columns):
            name = path[-1] if path else ""
            if MUST_FILL.search(name) and not OPTIONAL.search(name) and not any(row.texts[c] for row in table.rows):
                yield remark("PR301", [cell_source(table, 0, c, name)], table=table.label, column=name)


def amounts_in(rows: list[Row]) -> bool:
    """Whether any row prints an amount, so that the table is no nil table."""
    return any(re.fullmatch(r"-?[\d,]+\.?\d*", text) and text.strip("0.,-") for row in rows for text in row.texts)
