"""One table of a disclosure as a file of its own: the printed texts, figures as figures, nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import xlsxwriter
from xlsxwriter.format import Format

from model.document import Table
from report.safe import clean, formula_safe, plain_number
from words import Language, say

SHEET = 31
"""Characters that Excel allows in a sheet's name."""
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
    with xlsxwriter.Workbook(buffer, options) as book:
        name = (clean(table.number or "") or table.id).translate(UNFIT)[:SHEET] or table.id
        page = book.add_worksheet(name)
        font = {
            "font_name": say("export.font.sheet", language),
            "font_size": 10,
            "border": 1,
            "border_color": "#D9D9D9",
            "valign": "vcenter",
        }
        bold = book.add_format({**font, "bold": True, "bg_color": "#F2F4F7", "text_wrap": True, "align": "center"})
        plain = book.add_format({**font, "text_wrap": True})
        looks: dict[str, Format] = {}
        for column, text in enumerate(headings(table)):
            page.write_string(0, column, clean(text), bold)
        for row, line in enumerate(table.rows, 1):
            for column, cell in enumerate(line.cells):
                number = plain_number(clean(cell.text)) if not coded(table, column) else None
                if number is None:
                    page.write_string(row, column, clean(cell.text), plain)
                else:
                    look = looks.get(number[1]) or looks.setdefault(number[1], book.add_format({**font, "num_format": number[1]}))
                    page.write_number(row, column, float(number[0]), look)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, len(table.rows), max(0, len(table.columns) - 1))
        page.set_column(0, max(0, len(table.columns) - 1), 18)
    return buffer.getvalue()


def headings(table: Table) -> list[str]:
    """One heading a column."""
    return [" › ".join(path) for path in table.columns]


def coded(table: Table, column: int) -> bool:
    """Whether a column holds codes, whose leading zeros must stay: no figure in it has a decimal point or a separator."""
    texts = [row.cells[column].text.strip() for row in table.rows]
    return not any("." in text or "," in text for text in texts)
