"""The list as CSV, read again line by line."""

from __future__ import annotations

import csv
from io import StringIO

from factory import EVIL, case

from report.csv_report import table
from report.safe import FORMULA_STARTS, SIGNED_FIGURE


def lines(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_byte_order_mark_so_that_excel_reads_chinese() -> None:
    assert table([case("sum").examination], {}, "zh").startswith(b"\xef\xbb\xbf")


def test_one_line_a_finding_the_gravest_first() -> None:
    made = case("missing", "rounding", "sum")
    found = lines(table([made.examination], {}, "zh"))
    assert [line["重要程度"] for line in found] == ["错误", "尾差", "提示"]
    assert [line["序号"] for line in found] == ["1", "2", "3"]
    assert (found[0]["披露数"], found[0]["差额"], found[1]["差额"]) == ("301.00", "-9.00", "-0.01")


def test_several_documents_in_one_list() -> None:
    first, second = case("sum", title="甲"), case("sum", "rounding", title="乙", name="乙.pdf")
    found = lines(table([first.examination, second.examination], {}, "zh"))
    assert [line["文件"] for line in found] == ["公开.pdf", "乙.pdf", "乙.pdf"]
    assert len({line["索引号"] for line in found}) == 3


def test_no_cell_begins_like_a_formula() -> None:
    (line,) = lines(table([case("evil").examination], {}, "zh"))
    assert line["行"] == "'" + EVIL
    assert line["复核数"] == "'@SUM(1)"
    assert line["差额"] == "-1.50"
    assert [cell for cell in line.values() if cell[:1] in FORMULA_STARTS and cell and not SIGNED_FIGURE.fullmatch(cell)] == []


def test_the_headings_in_english() -> None:
    (line,) = lines(table([case("sum").examination], {}, "en"))
    assert (line["Stated"], line["Severity"]) == ("301.00", "error")
