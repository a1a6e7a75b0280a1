"""Forms without column headers (绩效目标表, 自评表) as records: a figure is headed by the words to its left and those above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from model.amounts import Unit
from model.document import Table
from model.geometry import Place
from retrieval.figures import read_cell, unit_in, unit_named
from retrieval.records import Record, Value
from retrieval.text import flat

_HEADS = re.compile(r"数$|额|分值?$|权重|率$|值$|标准|比例|预算|资金|\d年")
_WEIGHT = re.compile(r"分值|权重|得分")
_MONEY = re.compile(r"资金|金额|预算|支出|拨款|收入|总额|经费|结转|成本|费")
_BRACKETED = re.compile(r"[（(](?:单位[:：])?((?:亿|万|千|百万)?元|%)[)）]")
_LONGEST_HEAD = 16  # a cell with at most so many characters can head the figures below it
_NEAR = 4  # rows above in which a unit still holds


@dataclass(slots=True)
class _Form:
    """What has been read of a form so far: the words heading each column, and the project it is about."""

    table: Table
    rows: Sequence[Sequence[str]]
    heads: dict[int, str] = field(default_factory=dict)
    name: str = ""

    def unit(self, i: int, words: str) -> Unit | None:
        """The unit of a figure: the one its words, its row or the rows just above name; the table's where its words speak of money."""
        if _WEIGHT.search(words):
            return unit_named("分")
        for text in (words, "".join(self.rows[i]), *("".join(row) for row in reversed(self.rows[max(0, i - _NEAR) : i]))):
            found = _BRACKETED.search(text)
            if found and (text is words or found.group(1) != "%"):
                return unit_in(found.group(1))
        return unit_in(self.table.unit or "") if _MONEY.search(words) else None


def form_records(table: Table, texts: Sequence[Sequence[str]]) -> Iterator[Record]:
    """The records of a form, one a row; ``above`` is the project that the form is about."""
    form = _Form(table, texts)
    for i, row in enumerate(texts):
        words, values = _read(form, i, row)
        if not words and not values:
            continue
        label = words[0] if words else ""
        if flat(label) == "项目名称" and len(words) > 1 and not form.name:
            form.name = words[1]
        values = [replace(v, path=v.path[:-1]) if len(v.path) > 1 and v.path[-1] == label else v for v in values]
        above = (form.name,) if form.name and form.name not in words else ()
        paths = tuple(value.path for value in values)
        place = Place(table.rows[i].page, table.rows[i].box)
        yield Record(table, i, 0, label, "", above, tuple(values), tuple(("", text) for text in words), paths, place)


def _read(form: _Form, i: int, row: Sequence[str]) -> tuple[list[str], list[Value]]:
    """The words and the figures of a row; the words become heads of their columns."""
    words: list[str] = []
    values: list[Value] = []
    left = ""
    for j, raw in enumerate(row):
        text = raw.strip()
        if not text:
            continue
        path = tuple(dict.fromkeys(part for part in (form.heads.get(j, ""), left) if part))
        amount = read_cell(text, form.unit(i, "".join(path)))
        if amount is not None:
            values.append(Value(j, path, text, amount))
            continue
        words.append(text)
        left = text
        form.heads[j] = text if _HEADS.search(text) and len(text) <= _LONGEST_HEAD else ""
    return words, values
