"""The Markdown, parsed again."""

from __future__ import annotations

from datetime import date

from factory import EVIL, case
from markdown_it import MarkdownIt
from markdown_it.token import Token

from model.assessment import Assessment, Standing
from report.markdown_report import report, summary

DAY = date(2026, 11, 22)


def parsed(data: bytes) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(data.decode())


def headings(tokens: list[Token]) -> list[str]:
    return [
        "".join(child.content for child in tokens[n + 1].children or []) for n, token in enumerate(tokens) if token.type == "heading_open"
    ]


def test_summary_then_the_findings_by_severity() -> None:
    assert headings(parsed(report([case().examination], {}, "zh", DAY))) == [
        "预决算公开核对摘要",
        "疑点清单",
        "错误（1）",
        "1. 206 科学技术支出：各项之和与合计不符",
        "疑问（1）",
        "2. 科学技术支出：增减方向与增长率矛盾",
        "尾差（1）",
        "3. 合计：各项之和与合计不符",
        "提示（1）",
        "4. 表4：增减方向与增长率矛盾",
    ]


def test_a_finding_with_its_figures_places_and_status() -> None:
    made = case("sum")
    said = {made.examination.document.sha256: {"a41f09c2": Assessment(Standing.EXPLAINED, "已更正", "张三", "2026-11-22")}}
    text = report([made.examination], said, "zh", DAY).decode()
    for line in (
        "- 披露数: 301.00",
        "- 复核数: 310.00",
        "- 差额: -9.00",
        "- 核实情况: 已说明：已更正",
        "- 编制人/日期: 张三 / 2026-11-22",
        "  - 第2页 · 表3 部门支出总体情况表 · 206 科学技术支出 · 基本支出：230.00",
    ):
        assert line in text.split("\n")


def test_text_of_the_document_is_no_markup() -> None:
    tokens = parsed(report([case("evil").examination], {}, "zh", DAY))
    inside = [child.type for token in tokens for child in token.children or []]
    assert set(inside) <= {"text", "softbreak", "hardbreak", "strong_open", "strong_close"}
    assert not [token for token in tokens if token.type in {"html_block", "code_block", "fence"}]
    rows = [child.content for token in tokens if token.type == "inline" for child in token.children or []]
    assert any(EVIL in row for row in rows)


def test_the_summary_is_a_table_that_keeps_its_columns() -> None:
    tokens = parsed(summary([case("evil").examination], {}, "zh", DAY))
    cells = [sum(1 for token in tokens if token.type == kind) for kind in ("th_open", "td_open")]
    assert cells == [14, 14]
