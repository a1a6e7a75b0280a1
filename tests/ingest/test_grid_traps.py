"""Each way in which real files draw a table that is not a plain grid."""

from __future__ import annotations

from itertools import pairwise

import pymupdf
import pytest
from painting import HEADER, XS, Canvas, texts


def test_words_glued_over_a_rule_are_cut_at_the_rule() -> None:
    canvas = Canvas()
    canvas.table([60, 160, 320, 480, 560], 100, [["项目", "预算数", "项目", "预算数"], ["一、财政拨款", "", "", "12.30"]])
    number, label = "96,282,213.44", "一、公共安全支出"
    canvas.right(320, 134, number, label)  # one string: the figure ends where the label's cell begins
    assert texts(canvas.read_table()) == [["一、财政拨款", number, label, "12.30"]]


def test_two_figures_glued_over_a_rule_are_two() -> None:
    canvas = Canvas()
    canvas.table([60, 140, 300, 460], 100, [["名称", "合计", "基本支出"], ["行政运行", "", ""]])
    figure = "1,097,073.43"
    canvas.right(300, 134, figure, figure)
    assert texts(canvas.read_table()) == [["行政运行", figure, figure]]


def test_a_figure_that_overruns_its_cell_ends_before_the_label_glued_to_it() -> None:
    canvas = Canvas()
    canvas.table([60, 160, 320, 480, 560], 100, [["项目", "预算数", "项目", "预算数"], ["一、财政拨款", "", "", "12.30"]])
    canvas.right(327, 134, "96,282,213.44", "一、公共安全支出")
    assert texts(canvas.read_table()) == [["一、财政拨款", "96,282,213.44", "一、公共安全支出", "12.30"]]


def test_a_figure_too_wide_for_its_cell_stays_whole() -> None:
    canvas = Canvas()
    canvas.table([60, 160, 260, 350], 100, [["名称", "合计", "备注"], ["行政", "", ""]])
    canvas.right(257, 134, "1,096,282.44")
    assert texts(canvas.read_table()) == [["行政", "1,096,282.44", ""]]


def test_rules_drawn_cell_by_cell_with_gaps_are_one_grid() -> None:
    canvas = Canvas()
    for i, y in enumerate((100, 120, 140)):
        for j, (left, right) in enumerate(pairwise(XS)):
            canvas.rule(left + 1, y + 0.7 * ((i + j) % 2), right - 1, y + 0.7 * ((i + j) % 2))
    for x in XS:
        canvas.rule(x, 101, x, 119)
        canvas.rule(x + 0.8, 121, x + 0.8, 139)
    for x, text in zip(XS, HEADER, strict=False):
        canvas.text(x + 4, 114, text)
    canvas.text(304, 134, "5.00")
    table = canvas.read_table()
    assert table.columns == (("科目编码",), ("科目名称",), ("合计",))
    assert texts(table) == [["", "", "5.00"]]


def test_dotted_rules_are_rules() -> None:
    canvas = Canvas()
    canvas.grid(XS, [100, 140])
    for n in range(170):
        canvas.page.draw_rect((60 + 2 * n, 119.8, 60.6 + 2 * n, 120.4), fill=(0, 0, 0), width=0)
    for x, text in zip(XS, HEADER, strict=False):
        canvas.text(x + 4, 114, text)
    canvas.text(64, 134, "201")
    assert texts(canvas.read_table()) == [["201", "", ""]]


def test_white_shapes_are_no_rules() -> None:
    canvas = Canvas()
    canvas.table(XS, 100, [HEADER, ["201", "一般公共服务支出", "5.00"]])
    canvas.page.draw_rect((210, 100, 212, 140), fill=(1, 1, 1), color=None, width=0)
    canvas.page.draw_line((250, 100), (250, 140), color=(1, 1, 1))
    assert len(canvas.read_table().columns) == 3


def test_a_table_without_side_rules_has_its_outer_columns() -> None:
    canvas = Canvas()
    for y in (100, 120, 140):
        canvas.rule(60, y, 400, y)
    for x in (140, 300):
        canvas.rule(x, 100, x, 140)
    for x, head, text in zip(XS, HEADER, ["201", "教育支出", "5.00"], strict=False):
        canvas.text(x + 3, 114, head)
        canvas.text(x + 3, 134, text)
    assert texts(canvas.read_table()) == [["201", "教育支出", "5.00"]]


def test_cells_as_high_as_the_page_that_cross_no_rule() -> None:
    canvas = Canvas()
    canvas.grid([140, 300, 400], [100, 120, 140])
    canvas.rule(60, 100, 60, 140)
    canvas.text(63, 124, "整体目标")
    for y, text in ((114, "数量指标"), (134, "质量指标")):
        canvas.text(143, y, text)
        canvas.text(303, y, "99.00")
    rows = texts(canvas.read_table())
    assert [row[1:] for row in rows] == [["数量指标", "99.00"], ["质量指标", "99.00"]]
    assert "整体目标" in [row[0] for row in rows]


def test_decimals_on_a_second_baseline_belong_to_their_figure() -> None:
    canvas = Canvas()
    canvas.grid([60, 160, 220], [100, 120, 160])
    canvas.text(63, 114, "项目")
    canvas.text(163, 114, "金额")
    canvas.text(63, 140, "合计")
    canvas.text(163, 134, "110,344")
    canvas.text(163, 150, ".65")
    assert texts(canvas.read_table()) == [["合计", "110,344.65"]]


def test_two_figures_one_above_the_other_stay_two() -> None:
    canvas = Canvas()
    canvas.grid([60, 160, 220], [100, 120, 160])
    canvas.text(63, 114, "项目")
    canvas.text(163, 114, "金额")
    canvas.text(63, 140, "合计")
    canvas.text(163, 134, "10.50")
    canvas.text(163, 150, "20.25")
    assert texts(canvas.read_table()) == [["合计", "10.50 20.25"]]


def test_a_wrapped_label_is_joined_without_a_space() -> None:
    canvas = Canvas()
    canvas.grid([60, 160, 220], [100, 120, 160])
    canvas.text(63, 114, "项目")
    canvas.text(163, 114, "金额")
    canvas.text(63, 134, "机关事业单位基本")
    canvas.text(63, 150, "养老保险缴费")
    canvas.text(163, 142, "47.29")
    assert texts(canvas.read_table()) == [["机关事业单位基本养老保险缴费", "47.29"]]


def test_digits_set_lower_than_their_line_stay_in_their_order() -> None:
    canvas = Canvas()
    canvas.grid([60, 260, 320], [100, 120, 140])
    canvas.text(63, 114, "项目")
    canvas.text(263, 114, "金额")
    canvas.text(83, 138, "2026")  # drawn first, 4 points lower
    canvas.text(63, 134, "截至")
    canvas.text(105, 134, "年底")
    assert texts(canvas.read_table())[0][0] == "截至2026年底"


def test_a_frame_around_text_is_no_table() -> None:
    canvas = Canvas()
    canvas.grid([60, 400], [100, 160])
    canvas.text(70, 130, "说明文字，共5.00万元。")
    document = canvas.read()
    assert document.tables == ()
    assert [p.text for p in document.paragraphs] == ["说明文字，共5.00万元。"]


def test_text_that_is_clipped_away_is_not_read() -> None:
    source = Canvas()
    source.table(XS, 100, [HEADER, ["201", "教育支出", "5.00"]])
    source.text(70, 300, "看不见的 999.99")
    canvas = Canvas()
    shown = pymupdf.Rect(0, 0, 595, 200)
    canvas.page.show_pdf_page(shown, source.pdf, 0, clip=shown)
    document = canvas.read()
    assert texts(document.tables[0]) == [["201", "教育支出", "5.00"]]
    assert not any("999.99" in p.text for p in document.paragraphs)


def test_words_printed_twice_to_look_bold_are_read_once() -> None:
    canvas = Canvas()
    canvas.table(XS, 100, [HEADER, ["201", "教育支出", "5.00"]])
    canvas.text(303.2, 134, "5.00")
    assert texts(canvas.read_table()) == [["201", "教育支出", "5.00"]]


@pytest.mark.parametrize("rotate", [0, 90])
def test_a_table_set_sideways_reads_like_any_other(rotate: int) -> None:
    canvas = Canvas(842, 595, sideways=True, rotate=rotate)
    canvas.text(300, 80, "表3 部门支出总体情况表")
    canvas.table(XS, 100, [HEADER, ["201", "一般公共服务支出", "376.35"], ["206", "科学技术支出", "310.00"]])
    table = canvas.read_table()
    assert (table.number, table.title) == ("表3", "部门支出总体情况表")
    assert texts(table) == [["201", "一般公共服务支出", "376.35"], ["206", "科学技术支出", "310.00"]]
    ink = table.rows[1].cells[2].ink
    assert ink is not None
    word = next(w for w in _displayed(canvas) if w[4] == "310.00")
    assert (ink.x0, ink.y0, ink.x1, ink.y1) == pytest.approx(word[:4], abs=1)


def test_boxes_on_an_upside_down_page_are_those_of_the_page_as_displayed() -> None:
    canvas = Canvas(rotate=180)
    canvas.table(XS, 100, [HEADER, ["201", "教育支出", "5.00"]])
    table = canvas.read_table()
    ink = table.rows[0].cells[2].ink
    assert ink is not None
    word = next(w for w in _displayed(canvas) if w[4] == "5.00")
    assert (ink.x0, ink.y0, ink.x1, ink.y1) == pytest.approx(word[:4], abs=1)


def _displayed(canvas: Canvas) -> list[tuple[float, float, float, float, str]]:
    """The words of the first page with their boxes on the page as displayed."""
    page = pymupdf.open(stream=canvas.bytes())[0]
    return [(*(pymupdf.Rect(w[:4]) * page.rotation_matrix).normalize(), w[4]) for w in page.get_text("words")]


def test_radicals_used_as_characters_become_the_characters() -> None:
    from ingest.characters import plain

    assert plain("⾏政⻋辆⺠政") == "行政车辆民政"
    assert plain("一般\u200b公共\ufeff") == "一般公共"
