"""PR3: what a form asks for and the document leaves blank, and rows printed twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from checks.book import Book
from checks.equations import Equation
from checks.form_likeness import known_names
from checks.form_prose import HAN, remark
from checks.registry import Remark, check
from model.document import Row, Table
from model.facts import Source
from model.findings import Severity

MUST_FILL = re.compile(r"简介|概况|内容|负责人|时间|依据|名称|目标|单位$")
OPTIONAL = re.compile(r"备注|上年|说明$|其他|佐证|赋分|附件|代码|编码|单价|小计|合计")
LABEL = re.compile(rf"^[{HAN}（）()“”/、]{{3,10}}[：:]?$")
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


@check("PR302", "field-left-blank", Severity.NOTICE)
def blank_fields(book: Book) -> Iterator[Equation | Remark]:
    """A field beside its label (项目负责人, 实施单位 …) is filled in where the document's other forms of the kind fill it in.

    Basis: as PR301. Example: 项目负责人 blank in one of six project forms.
    """
    filled: dict[str, int] = defaultdict(int)
    blank: dict[str, list[Source]] = defaultdict(list)
    for table in book.document.tables:
        if any(any(path) for path in table.columns):
            continue
        for r, row in enumerate(table.rows):
            texts = row.texts
            for c, text in enumerate(texts[:-1]):
                if LABEL.match(text) and MUST_FILL.search(text) and not OPTIONAL.search(text):
                    value = next((other for other in texts[c + 1 :] if other), "")
                    if value and not LABEL.match(value):
                        filled[text] += 1
                    elif not value:
                        blank[text].append(cell_source(table, r, c, text))
    for label, places in blank.items():
        if filled[label] >= len(places):
            yield remark("PR302", places, label=label)


@check("PR303", "row-printed-twice", Severity.NOTICE)
def doubled_rows(book: Book) -> Iterator[Equation | Remark]:
    """No row of words and figures is printed twice in a row.

    Basis: an indicator or item is listed once. Likely causes: pasted twice. Example: one indicator with one target on two rows running.
    """
    for table in book.document.tables:
        for r, (one, other) in enumerate(zip(table.rows, table.rows[1:], strict=False)):
            if same_row(one, other) and one.page == other.page:
                text = max(other.texts, key=len)
                c = other.texts.index(text)
                places = [cell_source(table, r, c, text), cell_source(table, r + 1, c, text)]
                yield remark("PR303", places, table=table.label)


def same_row(one: Row, other: Row) -> bool:
    """Whether two rows say the same and something of their own: long words and a figure."""
    if one.texts != other.texts:
        return False
    words = [text for text in one.texts if re.search(rf"[{HAN}]{{6,}}", text)]
    known = known_names()
    return bool(words) and not any(text in known for text in words) and any(re.search(r"\d", text) for text in one.texts)
