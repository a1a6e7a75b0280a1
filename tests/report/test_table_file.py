"""A table as a file of its own, opened again."""

from __future__ import annotations

import csv
import io

import openpyxl

from model.document import Cell, Row, Table
from model.geometry import Box, Place
from report.table_file import table_csv, table_xlsx

BOX = Box(0, 0, 10, 10)
TEXTS = [("01", "=1+1", "1,234.50"), ("02", "+甲", "-3.00"), ("03", "", "—")]


def made() -> Table:
    rows = tuple(Row(1, BOX, tuple(Cell(text, BOX) for text in texts)) for texts in TEXTS)
    return Table("T01", "表1/[甲]", "支出表", "万元", (("编码",), ("名称",), ("预算", "合计")), rows, (), Place(1, BOX))


def test_the_workbook_keeps_codes_texts_and_figures() -> None:
    page = openpyxl.load_workbook(io.BytesIO(table_xlsx(made(), "zh"))).active
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["编码", "名称", "预算 › 合计"],
        ["01", "=1+1", 1234.5],
        ["02", "+甲", -3],
        ["03", None, "—"],
    ]
    assert page["B2"].data_type == "s"
    assert [page[cell].quotePrefix for cell in ("B2", "B3", "A2", "C2")] == [True, True, False, False]
    assert page["C2"].number_format == "#,##0.00"
    assert page.freeze_panes == "A2"


def test_the_csv_is_read_by_excel_and_runs_nothing() -> None:
    data = table_csv(made())
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert lines[1] == ["01", "'=1+1", "1,234.50"]
    assert lines[2] == ["02", "'+甲", "-3.00"]
