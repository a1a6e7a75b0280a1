"""Tables without vertical rules, read from words aligned in columns; prose and lists never become tables."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from painting import Canvas, texts

from ingest import read_document
from model.document import Document, Reading, Table

ROWS = [
    ("201", "一般公共服务支出", "1,376.35", "1,370.35", "6.00"),
    ("20103", "政府办公厅（室）事务", "1,376.35", "1,370.35", "6.00"),
    ("2010301", "行政运行", "1,187.22", "1,187.22", ""),
    ("2010350", "事业运行", "189.13", "183.13", "6.00"),
    ("", "合计", "1,376.35", "1,370.35", "6.00"),
]
RIGHTS = (330, 430, 530)  # every character is one em wide, 10 points


def caption(canvas: Canvas) -> None:
    """Title and unit."""
    canvas.text(220, 80, "表3 部门支出总体情况表", 14)
    canvas.text(440, 105, "单位：万元")


def listed(canvas: Canvas, top: float = 160, step: float = 20) -> None:
    """The rows, amounts set to the right."""
    for n, (code, name, *amounts) in enumerate(ROWS):
        y = top + step * n
        canvas.text(40, y, code)
        canvas.text(130, y, name)
        for x, amount in zip(RIGHTS, amounts, strict=True):
            canvas.right(x, y, amount)


def header(canvas: Canvas) -> None:
    """A header of two levels."""
    canvas.text(55, 132, "科目编码")
    canvas.text(160, 132, "科目名称")
    canvas.text(370, 123, "支出预算")
    for x, text in zip(RIGHTS, ("合计", "基本支出", "项目支出"), strict=True):
        canvas.text(x - 40 - 5 * len(text), 142, text)


def only(canvas: Canvas) -> Table:
    """The one table of a page."""
    (table,) = canvas.read().tables
    return table


def test_a_table_without_any_rule_is_read_from_its_columns() -> None:
    canvas = Canvas()
    caption(canvas)
    header(canvas)
    listed(canvas)
    table = only(canvas)
    assert table.reading is Reading.ALIGNED
    assert (table.number, table.title, table.unit) == ("表3", "部门支出总体情况表", "万元")
    assert [row.texts for row in table.rows] == ROWS
    assert table.columns == (("科目编码",), ("科目名称",), ("支出预算", "合计"), ("支出预算", "基本支出"), ("支出预算", "项目支出"))


def test_rules_between_the_rows_alone_are_enough() -> None:
    canvas = Canvas()
    caption(canvas)
    header(canvas)
    listed(canvas, step=14)
    for y in (112, 148, *(164 + 14 * n for n in range(5))):
        canvas.rule(36, y, 534, y)
    table = only(canvas)
    assert [row.texts for row in table.rows] == ROWS
    assert table.columns[3] == ("支出预算", "基本支出")


def test_a_label_on_two_lines_is_one_row_whether_its_amount_stands_in_the_middle_or_at_the_top() -> None:
    for amount_at in (206, 200):
        canvas = Canvas()
        caption(canvas)
        header(canvas)
        listed(canvas, top=240, step=24)
        canvas.text(40, amount_at, "229")
        canvas.text(130, 200, "关于提前下达人才发展")
        canvas.text(130, 213, "基金的通知")
        canvas.right(330, amount_at, "110.00")
        canvas.right(530, amount_at, "110.00")
        table = only(canvas)
        assert [row.texts for row in table.rows] == [("229", "关于提前下达人才发展基金的通知", "110.00", "", "110.00"), *ROWS]


def test_a_column_without_figures_is_known_by_its_header() -> None:
    canvas = Canvas()
    caption(canvas)
    for x, text in ((60, "项目"), (200, "合计"), (300, "政府性基金"), (420, "国有资本经营")):
        canvas.text(x, 130, text)
    for n, (name, amount) in enumerate((("因公出国", "1.20"), ("公务接待费", "10.30"), ("合计", "11.50"))):
        canvas.text(60, 155 + 20 * n, name)
        canvas.right(222, 155 + 20 * n, amount)
    assert [row.texts for row in only(canvas).rows][1] == ("公务接待费", "10.30", "", "")


def test_a_table_goes_on_over_the_page_with_and_without_its_header() -> None:
    for repeated in (True, False):
        canvas = Canvas()
        caption(canvas)
        header(canvas)
        listed(canvas)
        canvas.next_page()
        if repeated:
            header(canvas)
        listed(canvas, top=160 if repeated else 60)
        assert [row.texts for row in only(canvas).rows] == ROWS * 2


def no_tables(canvas: Canvas) -> Document:
    """The document of a page that has no table."""
    document = canvas.read()
    assert not document.tables
    return document


def test_prose_with_amounts_is_no_table() -> None:
    canvas = Canvas()
    canvas.text(90, 80, "三、部门支出总体情况")
    for n in range(8):
        canvas.text(110 if n % 3 == 0 else 90, 110 + 20 * n, f"本年支出 {n},376.35 万元，其中：基本支出 {n}70.35 万元，项目支出")
    no_tables(canvas)


def test_contents_and_signatures_are_no_tables() -> None:
    canvas = Canvas()
    canvas.text(270, 80, "目  录", 14)
    for n in range(8):
        canvas.text(90, 110 + 20 * n, f"表{n + 1} 部门收支总体情况表")
        canvas.text(500, 110 + 20 * n, f"{n + 3}")
    canvas.next_page()
    canvas.text(200, 300, "部门预算公开报告", 18)
    for n, (label, value) in enumerate((("单位：", "市商务局"), ("日期：", "2026年2月1日"))):
        canvas.text(200, 500 + 30 * n, label)
        canvas.text(300, 500 + 30 * n, value)
    no_tables(canvas)


def rows(path: Path) -> list[list[tuple[str, ...]]]:
    """The body rows of a file's tables."""
    return [[row.texts for row in table.rows] for table in read_document(path.read_bytes(), path.name).tables]


def test_a_disclosure_without_rules_reads_as_the_one_with_rules(shared: Path) -> None:
    if not (shared / "documents" / "artux_2026_borderless.pdf").exists():
        pytest.skip("needs ../shared/documents")
    ruled, aligned = (rows(shared / "documents" / f"artux_2026_{name}.pdf") for name in ("word", "borderless"))
    assert len(aligned) == len(ruled)
    pairs = list(zip(ruled, aligned, strict=True))
    right = sum(sum(row in theirs for row in ours) for ours, theirs in pairs)
    assert right >= 0.98 * sum(map(len, ruled))
    assert [len(a) for a, _ in pairs[:12]] == [len(b) for _, b in pairs[:12]]


@pytest.mark.parametrize("kind", ["white lines", "white borders", "colours alone"])
def test_a_table_told_apart_by_colours_is_read(kind: str) -> None:
    """Rows and cells filled with alternating colours, white lines between them or none, the header white on dark."""
    rows = [["科目名称", "合计", "基本支出", "项目支出"], ["教育支出", "1,376.35", "376.35", "1,000.00"]]
    rows += [["住房保障支出", "38.11", "38.11", ""], ["合计", "1,414.46", "414.46", "1,000.00"]]
    canvas = Canvas()
    canvas.text(180, 80, "表1 部门支出总体情况表", 14)
    canvas.text(440, 105, "单位：万元", 9)
    for i, row in enumerate(rows):
        fill = (0.1, 0.3, 0.6) if i == 0 else (0.86, 0.9, 0.96) if i % 2 else (0.95, 0.97, 1)
        for j, text in enumerate(row):
            box = pymupdf.Rect(60 + j * 118, 115 + i * 22, 178 + j * 118, 137 + i * 22)
            canvas.page.draw_rect(box, color=(1, 1, 1) if kind == "white borders" else None, fill=fill, width=1)
            colour = (1, 1, 1) if i == 0 else (0, 0, 0)
            canvas.page.insert_text((box.x0 + 4, box.y1 - 7), text, fontname="china-s", fontsize=9, color=colour)
    for j in range(5 if kind == "white lines" else 0):
        canvas.page.draw_line((60 + j * 118, 115), (60 + j * 118, 203), color=(1, 1, 1), width=1)
    table = canvas.read_table()
    assert (table.number, table.title, table.unit) == ("表1", "部门支出总体情况表", "万元")
    assert table.columns == (("科目名称",), ("合计",), ("基本支出",), ("项目支出",))
    assert texts(table) == rows[1:]
