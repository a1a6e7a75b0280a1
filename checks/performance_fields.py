"""The fields of performance forms: amounts without a unit, personal data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.book import Book
from checks.equations import Equation
from checks.form_questions import hidden
from checks.performance import forms, words
from checks.registry import Remark, check
from model.findings import Severity
from model.meaning import Source

MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


@check("AN520", "mobile-number-in-form", Severity.WARNING)
def mobile_numbers(book: Book) -> Iterator[Equation | Remark]:
    """A form that is published prints no mobile number.

    Basis: 个人信息保护法: personal data are published only as far as necessary. Likely causes: the internal form published as it was.
    Example: 联系电话 13800000000.
    """
    for table in book.document.tables:
        if table.id not in {target.table for target in book.facts.targets}:
            continue
        for number, row in enumerate(table.rows):
            for column, cell in enumerate(row.cells):
                if match := MOBILE.search(cell.text):
                    place = table.place_of(number, column)
                    source = Source(place, cell.text, row.cells[0].text, "", table.id, number, column)
                    yield Remark("AN520", (("stated", source),), {"table": table.label}, stated=hidden(match.group()))


@check("AN521", "amount-of-form-without-unit", Severity.NOTICE)
def amounts_without_unit(book: Book) -> Iterator[Equation | Remark]:
    """An amount of a form has a unit, in its label or over the table.

    Basis: without a unit it can be compared with nothing. Likely causes: the line 单位：万元 left out of the template.
    Example: 当年财政拨款预算金额 14,299.16.
    """
    for target in forms(book):
        bare = [f for f in target.funds if f.printed.amount.unit is None]
        if bare:
            params = words(book, target, label=bare[0].path[-1])
            yield Remark("AN521", tuple(("stated", f.printed.source) for f in bare), params, stated=bare[0].printed.amount.text)
