"""CC7: the code of a unit is the same wherever the unit's lines are printed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from checks.book import Book
from checks.equations import Equation
from checks.form_blanks import cell_source
from checks.registry import Remark, check
from checks.slips import dropped, inserted, replaced, swapped
from model.facts import Source

HEADER = re.compile(r"(?:单位|部门|机构)(?:编码|代码|编号)")
CODE = re.compile(r"\d{5,9}")
DEPARTMENT = 3  # the first digits are the department's, the rest count its units
ESTABLISHED = 3


@dataclass(frozen=True, slots=True)
class Printed:
    """A code where it is printed, with what stands in the next column."""

    code: str
    beside: str
    source: Source


def printed(book: Book) -> Iterator[Printed]:
    """Every cell of a column of unit codes that holds one."""
    for table in book.document.tables:
        for column, path in enumerate(table.columns):
            if not any(HEADER.search(re.sub(r"\s", "", part)) for part in path):
                continue
            for row, line in enumerate(table.rows):
                text = line.cells[column].text.strip()
                if CODE.fullmatch(text):
                    beside = line.cells[column + 1].text.strip() if column + 1 < len(line.cells) else ""
                    yield Printed(text, beside, cell_source(table, row, column, text))


@check("CC701", "unit-code-differs")
def unit_codes(book: Book) -> Iterator[Equation | Remark]:
    """A unit has one code: one that is printed once, one slip from another that stands in many lines, is that one mistyped.

    Basis: 预算单位编码. Units of one department differ in their last digits, so a code that keeps the department's first three is
    doubted only where the same words stand beside it and no other code. Example: 817002 amid lines of 117002.
    """
    places: dict[str, list[Printed]] = defaultdict(list)
    for found in printed(book):
        places[found.code].append(found)
    for code, (stray, *more) in places.items():
        usual = [other for other in places if len(places[other]) >= ESTABLISHED and other in slips(code)]
        if not more and len(usual) == 1 and (foreign(code, places) or same_words(stray, usual[0], places)):
            words = {"table": book.label(stray.source.table or ""), "code": code, "page": str(stray.source.place.page)}
            words |= {"usual": usual[0], "count": str(len(places[usual[0]]))}
            where = (("stated", stray.source), ("related", places[usual[0]][0].source))
            yield Remark("CC701", where, words, stated=code, expected=usual[0], equation=f"{code} ≠ {usual[0]}")


def slips(code: str) -> set[str]:
    """Every code one slip of the pen away."""
    return {other for found in (swapped(code), replaced(code), inserted(code), dropped(code)) for _, other in found}


def foreign(code: str, places: dict[str, list[Printed]]) -> bool:
    """Whether no other code begins with this one's department."""
    return not any(other != code and other[:DEPARTMENT] == code[:DEPARTMENT] for other in places)


def same_words(stray: Printed, usual: str, places: dict[str, list[Printed]]) -> bool:
    """Whether what stands beside a code stands beside the usual one elsewhere, and beside no third."""
    beside = {code for code, found in places.items() if any(item.beside == stray.beside for item in found)}
    return bool(stray.beside) and beside == {stray.code, usual}
