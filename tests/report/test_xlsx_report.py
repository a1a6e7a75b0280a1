"""The workbook, opened again by openpyxl and by LibreOffice and compared with the findings."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from factory import EVIL, Case, case
from office import converted, needs_office
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from model.assessment import Assessment, Assessments, Standing
from model.findings import Severity
from report.xlsx_report import height, workbook
from words import Language

DAY = date(2026, 11, 22)
COLUMNS = (
    "序号 索引号 被审计单位 文件 年度 页码 表号表名 行 列 披露数 复核数 差额 单位 规则 "
    "勾稽关系 疑点描述 依据 重要程度 核实情况 处理意见 编制人/日期 复核人/日期"
)


def opened(made: Case, assessments: Assessments | None = None, language: Language = "zh", **links: str) -> Workbook:
    return load_workbook(BytesIO(workbook([made.examination], assessments or {}, language, DAY, links.get("links"))))


def lines(sheet: Worksheet) -> list[dict[str, object]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_a_summary_and_a_sheet_for_each_severity_with_the_columns_of_the_specification() -> None:
    book = opened(case())
    assert book.sheetnames == ["汇总", "错误", "疑问", "尾差", "提示"]
    for name in book.sheetnames[1:]:
        assert [cell.value for cell in book[name][1]] == COLUMNS.split()
        assert book[name].freeze_panes == "A2"
        assert book[name].auto_filter.ref == "A1:V2"
        assert book[name].page_setup.orientation == "landscape"
        assert book[name].print_title_rows == "$1:$1"


def test_every_finding_stands_once_with_its_figures_as_numbers() -> None:
    made = case()
    book = opened(made)
    found = [
        line
        for severity in Severity
        for line in lines(book[{"error": "错误", "warning": "疑问", "rounding": "尾差", "notice": "提示"}[severity.value]])
    ]
    sha = made.examination.document.sha256
    assert [line["索引号"] for line in found] == [f"{sha[:6]}-{finding.id}" for finding in made.examination.findings]
    first, second, third, _ = found
    assert (first["披露数"], first["复核数"], first["差额"]) == (301, 310, -9)
    assert (first["页码"], first["表号表名"], first["行"], first["列"]) == (2, "表3 部门支出总体情况表", "206 科学技术支出", "合计")
    assert first["疑点描述"].startswith("206 科学技术支出：各项之和与合计不符\n")
    assert first["依据"] == "部门预算公开表式：合计等于基本支出与项目支出之和。"
    assert (second["披露数"], second["表号表名"]) == ("下降", "第三部分 情况说明")
    assert Decimal(str(third["差额"])) == Decimal("-0.01")
    assert book["尾差"]["J2"].number_format == "#,##0.00"


def test_the_summary_counts() -> None:
    made = case()
    sha = made.examination.document.sha256
    said = {sha: {"a41f09c2": Assessment(Standing.CONFIRMED, "属实", "张三", "2026-11-22")}}
    sheet = opened(made, said)["汇总"]
    line = dict(zip((cell.value for cell in sheet[4]), (cell.value for cell in sheet[5]), strict=True))
    assert [line[name] for name in ("错误", "疑问", "提示", "属实", "待核实", "页数", "金额个数", "参与核对")] == [1, 1, 1, 1, 3, 3, 34, 30]
    assert line["核对覆盖率"] == "88.2%"
    assert line["文件指纹（SHA-256）"] == sha


def test_the_status_is_written_with_note_and_name() -> None:
    made = case("sum")
    said = {made.examination.document.sha256: {"a41f09c2": Assessment(Standing.EXPLAINED, "单位已更正", "张三", "2026-11-22")}}
    (line,) = lines(opened(made, said)["错误"])
    assert (line["核实情况"], line["编制人/日期"]) == ("已说明：单位已更正", "张三 / 2026-11-22")


def test_text_never_becomes_a_formula_and_stays_text_when_edited() -> None:
    sheet = opened(case("evil"))["错误"]
    cells = {sheet.cell(1, cell.column).value: cell for cell in sheet[2]}
    assert {cell.data_type for cell in cells.values()} <= {"s", "n"}
    assert (cells["行"].value, cells["披露数"].value, cells["列"].value) == (EVIL, EVIL, "<b>|粗体|</b>")
    assert all(cells[name].quotePrefix for name in ("行", "披露数", "复核数", "勾稽关系"))
    assert cells["差额"].value == -1.5


def test_the_page_leads_to_the_pdf_beside_the_workbook() -> None:
    made = case("sum")
    cell = opened(made, links={made.examination.document.sha256: "某局 标注.pdf"})["错误"]["F2"]
    assert cell.value == 2
    assert (cell.hyperlink.target.removeprefix("file:///"), cell.hyperlink.location) == ("某局%20标注.pdf", "page=2")
    assert opened(made)["错误"]["F2"].hyperlink is None


def test_a_severity_without_findings_says_so() -> None:
    assert opened(case("sum"))["提示"]["A2"].value == "本级别没有疑点"


def test_in_english() -> None:
    book = opened(case(), language="en")
    assert book.sheetnames == ["Summary", "Errors", "Warnings", "Rounding", "Notices"]
    assert book["Errors"]["R2"].value == "error"


@needs_office
@pytest.mark.parametrize("name", ["sum", "evil"])
def test_libreoffice_reads_the_same_texts(name: str, tmp_path: Path) -> None:
    made = case(name)
    data = workbook([made.examination], {}, "zh", DAY)
    path = converted(data, ".xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,2", tmp_path)
    (sheet,) = path.parent.glob("*.csv")
    with sheet.open(encoding="utf-8", newline="") as file:
        (line,) = csv.DictReader(file)
    finding = made.examination.findings[0]
    assert line["披露数"] == finding.stated
    assert line["差额"] == finding.difference
    assert line["勾稽关系"] == finding.equation


def test_a_row_is_as_high_as_its_longest_text() -> None:
    assert height(["短"], [10]) < height(["长" * 30], [10]) < height(["长" * 3000], [10]) == 409
