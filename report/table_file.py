"""One table of a disclosure as a file of its own: the printed texts, figures as figures, nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from model.document import Table
from report.safe import FORMULA_STARTS, clean, formula_safe, plain_number
from words import Language, say

SHEET = 31
"""Characters that Excel allows in a sheet's name."""
LITERAL = "literal"
UNFIT = str.maketrans("", "", "[]:*?/\\'")


def table_csv(table: Table) -> bytes:
    """The table as CSV in UTF-8 with a byte order mark, its heading paths in the first line."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for line in (headings(table), *([cell.text for cell in row.cells] for row in table.rows)):
        writer.writerow([formula_safe(clean(text)) for text in line])
    return buffer.getvalue().encode("utf-8-sig")


def table_xlsx(table: Table, language: Language) -> bytes:
    """The table as a workbook: headings frozen and filtered, figures with their printed places."""
    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    last = max(0, len(table.columns) - 1)
    with xlsxwriter.Workbook(buffer, options) as book:
        page = book.add_worksheet((clean(table.number or "").translate(UNFIT) or table.id)[:SHEET])
        font = {
            "font_name": say("export.font.sheet", language),
            "font_size": 10,
            "border": 1,
            "border_color": "#D9D9D9",
            "valign": "vcenter",
        }
        bold = book.add_format({**font, "bold": True, "bg_color": "#F2F4F7", "text_wrap": True, "align": "center", "quote_prefix": True})
        for column, text in enumerate(headings(table)):
            page.write_string(0, column, clean(text), bold)
        looks = {LITERAL: {"text_wrap": True, "quote_prefix": True}, "": {"text_wrap": True}}
        fill(table, page, lambda form: book.add_format({**font, **looks.get(form, {"num_format": form})}))
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, len(table.rows), last)
        page.set_column(0, last, 18)
    return buffer.getvalue()


def fill(table: Table, page: Worksheet, look: Callable[[str], Format]) -> None:
    """Write the body. ``look`` makes a format for figures printed like that, for text (``""``), and for text that must stay text."""
    texts = [column for column in range(len(table.columns)) if coded(table, column)]
    looks: dict[str, Format] = {}
    for row, line in enumerate(table.rows, 1):
        for column, cell in enumerate(line.cells):
            text = clean(cell.text)
            number = None if column in texts else plain_number(text)
            form = number[1] if number else LITERAL if text[:1] in FORMULA_STARTS else ""
            if form not in looks:
                looks[form] = look(form)
            if number:
                page.write_number(row, column, float(number[0]), looks[form])
            elif text:
                page.write_string(row, column, text, looks[form])
            else:
                page.write_blank(row, column, None, looks[form])


def headings(table: Table) -> list[str]:
    """One heading a column."""
    return [" › ".join(path) for path in table.columns]


def coded(table: Table, column: int) -> bool:
    """Whether a column holds codes, whose leading zeros must stay: no figure in it has a decimal point or a separator."""
    texts = [row.cells[column].text.strip() for row in table.rows]
    return not any("." in text or "," in text for text in texts)
