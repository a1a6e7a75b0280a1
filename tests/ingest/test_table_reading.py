"""Tables as a whole: captions, header paths, body rows, and the pages of a continued table."""

from __future__ import annotations

from painting import HEADER, XS, Canvas, texts

ROWS = [["201", "一般公共服务支出", "376.35"], ["20103", "政府办公厅事务", "376.35"], ["2010301", "行政运行", "187.22"]]


def test_number_title_and_unit_come_from_the_lines_above() -> None:
    canvas = Canvas()
    canvas.text(210, 60, "表3")
    canvas.text(170, 76, "部门支出总体情况表", 12)
    canvas.text(60, 92, "编制部门：某局")
    canvas.text(330, 92, "单位：万元")
    canvas.table(XS, 100, [HEADER, *ROWS])
    table = canvas.read_table()
    assert (table.id, table.number, table.title, table.unit) == ("T01", "表3", "部门支出总体情况表", "万元")
    assert table.title_place is not None
    assert table.title_place.box.y0 < 76 < table.title_place.box.y1
    assert texts(table) == ROWS


def test_captions_inside_the_grid_are_not_data() -> None:
    canvas = Canvas()
    canvas.grid([60, 400], [100, 120, 140])
    canvas.text(150, 114, "收入决算表")
    canvas.text(63, 134, "编制单位：某局")
    canvas.text(330, 134, "金额单位：元")
    canvas.table(XS, 140, [HEADER, *ROWS])
    table = canvas.read_table()
    assert (table.title, table.unit) == ("收入决算表", "元")
    assert table.columns == (("科目编码",), ("科目名称",), ("合计",))
    assert texts(table) == ROWS


def test_a_title_on_two_lines_is_one() -> None:
    canvas = Canvas()
    canvas.text(150, 60, "一般公共预算财政拨款“三公”经费", 12)
    canvas.text(210, 76, "支出决算表", 12)
    canvas.table(XS, 100, [HEADER, *ROWS])
    assert canvas.read_table().title == "一般公共预算财政拨款“三公”经费支出决算表"


def test_a_section_heading_above_the_title_is_a_heading() -> None:
    canvas = Canvas()
    canvas.text(150, 40, "第二部分 部门预算表", 14)
    canvas.text(180, 80, "收支总表", 12)
    canvas.table(XS, 100, [HEADER, *ROWS])
    document = canvas.read()
    assert document.tables[0].title == "收支总表"
    assert next((p.role, p.text) for p in document.paragraphs) == ("heading", "第二部分部门预算表")


def test_the_unit_may_stand_in_a_header_cell() -> None:
    canvas = Canvas()
    canvas.table(XS, 100, [["科目编码", "科目名称", "预算数（万元）"], *ROWS])
    assert canvas.read_table().unit == "万元"


def test_a_table_of_money_without_a_unit_is_reported() -> None:
    canvas = Canvas()
    canvas.table(XS, 100, [["科目编码", "科目名称", "预算数"], *ROWS])
    document = canvas.read()
    assert document.tables[0].unit is None
    assert [problem.code for problem in document.problems] == ["table-without-unit"]


def test_header_paths_run_from_the_top_down_and_name_a_merged_cell_once() -> None:
    canvas = Canvas()
    xs, ys = [60, 100, 140, 260, 340, 420, 500], [100, 120, 140, 160]
    for y in (100, 160):
        canvas.rule(60, y, 500, y)
    canvas.rule(60, 120, 140, 120)
    canvas.rule(260, 120, 500, 120)
    canvas.rule(60, 140, 500, 140)
    for x in (60, 140, 260, 500):
        canvas.rule(x, ys[0], x, ys[-1])
    for x in (100, 340, 420):
        canvas.rule(x, 120, x, 160)
    head = [(63, "科目编码"), (143, "科目名称"), (343, "支出预算")]
    for x, text in head:
        canvas.text(x, 114, text)
    for x, text in zip(xs, ["类", "款", "", "合计", "基本支出", "项目支出"], strict=False):
        canvas.text(x + 3, 134, text)
    for x, text in zip(xs, ["201", "03", "行政运行", "3.00", "1.00", "2.00"], strict=False):
        canvas.text(x + 3, 154, text)
    table = canvas.read_table()
    assert table.columns == (
        ("科目编码", "类"),
        ("科目编码", "款"),
        ("科目名称",),
        ("支出预算", "合计"),
        ("支出预算", "基本支出"),
        ("支出预算", "项目支出"),
    )
    assert texts(table) == [["201", "03", "行政运行", "3.00", "1.00", "2.00"]]


def test_a_row_that_numbers_the_columns_is_header_and_a_row_of_counts_is_not() -> None:
    canvas = Canvas()
    canvas.table(XS, 100, [["项目", "车辆数", "设备数"], ["栏次", "1", "2"], ["3", "1", "2"]])
    table = canvas.read_table()
    assert table.columns == (("项目", "栏次"), ("车辆数", "1"), ("设备数", "2"))
    assert texts(table) == [["3", "1", "2"]]


def test_a_merged_body_cell_stands_once_at_its_top_left() -> None:
    canvas = Canvas()
    canvas.grid(XS, [100, 120])
    for y in (120, 140):
        canvas.rule(60, y, 400, y)
    for x in (60, 300, 400):
        canvas.rule(x, 120, x, 140)
    for x, text in zip(XS, HEADER, strict=False):
        canvas.text(x + 3, 114, text)
    canvas.text(160, 134, "合计")
    canvas.text(303, 134, "376.35")
    table = canvas.read_table()
    assert texts(table) == [["合计", "", "376.35"]]
    assert table.rows[0].cells[0].column_span == 2


def test_both_sides_of_a_two_sided_table_and_its_blank_rows_are_kept() -> None:
    canvas = Canvas()
    rows = [["一、财政拨款", "5.00", "一、教育支出", "5.00"], ["", "", "", ""], ["收入总计", "5.00", "支出总计", "5.00"]]
    canvas.table([60, 160, 240, 340, 420], 100, [["项目", "预算数", "项目", "预算数"], *rows])
    assert texts(canvas.read_table()) == rows


def test_an_empty_table_keeps_its_header_and_its_note() -> None:
    canvas = Canvas()
    canvas.text(150, 90, "政府性基金预算支出表")
    bottom = canvas.table(XS, 100, [HEADER, ["", "", ""], ["合计", "", ""]])
    canvas.text(60, bottom + 20, "注：本部门没有政府性基金预算支出，本表为空表。")
    document = canvas.read()
    (table,) = document.tables
    assert texts(table) == [["", "", ""], ["合计", "", ""]]
    (note,) = [p for p in document.paragraphs if p.role == "note"]
    assert (note.table, note.text) == (table.id, "注：本部门没有政府性基金预算支出，本表为空表。")


def test_a_page_without_header_goes_on_with_the_table() -> None:
    canvas = Canvas()
    canvas.text(180, 90, "支出总表")
    canvas.table(XS, 100, [HEADER, ROWS[0]])
    canvas.next_page()
    canvas.table(XS, 60, ROWS[1:])
    table = canvas.read_table()
    assert texts(table) == ROWS
    assert [row.page for row in table.rows] == [1, 2, 2]
    assert table.pages == (1, 2)


def test_a_repeated_header_is_not_data() -> None:
    canvas = Canvas()
    for rows in (ROWS[:1], ROWS[1:]):
        canvas.text(60, 74, "公开03表")
        canvas.text(180, 90, "支出总表")
        canvas.table(XS, 100, [HEADER, *rows])
        if rows is not ROWS[1:] and rows[0] is ROWS[0]:
            canvas.next_page()
    table = canvas.read_table()
    assert (table.number, table.title) == ("公开03表", "支出总表")
    assert texts(table) == ROWS


def test_the_same_form_of_another_unit_is_another_table() -> None:
    canvas = Canvas()
    for page in range(2):
        if page:
            canvas.next_page()
        canvas.text(180, 90, "支出总表（单位：万元）")
        canvas.table(XS, 100, [HEADER, *ROWS])
    tables = canvas.read().tables
    assert [(t.title, t.unit, len(t.rows)) for t in tables] == [("支出总表", "万元", 3)] * 2


def test_a_page_with_fewer_columns_is_joined_by_the_columns_sides() -> None:
    canvas = Canvas()
    canvas.table([60, 100, 140, 300, 400], 100, [["类", "款", "科目名称", "合计"], ["201", "03", "行政运行", "5.00"]])
    canvas.next_page()
    canvas.table([60, 300, 400], 60, [["合计", "5.00"]])
    assert texts(canvas.read_table()) == [["201", "03", "行政运行", "5.00"], ["合计", "", "", "5.00"]]


def test_text_between_two_grids_parts_two_tables() -> None:
    canvas = Canvas()
    canvas.text(180, 90, "收入总表")
    canvas.table(XS, 100, [HEADER, ROWS[0]])
    canvas.next_page()
    canvas.text(180, 50, "支出总表")
    canvas.table(XS, 60, [HEADER, *ROWS])
    assert [(t.id, t.title, len(t.rows)) for t in canvas.read().tables] == [("T01", "收入总表", 1), ("T02", "支出总表", 3)]


def test_a_title_left_behind_on_the_page_before_is_the_tables() -> None:
    canvas = Canvas()
    canvas.text(180, 90, "会议费明细表")
    canvas.table(XS, 100, [HEADER, ROWS[0]])
    canvas.text(180, 800, "培训费明细表")
    canvas.next_page()
    canvas.table(XS, 60, [HEADER, *ROWS])
    assert [t.title for t in canvas.read().tables] == ["会议费明细表", "培训费明细表"]


def test_a_labels_tail_alone_on_the_next_page_belongs_to_its_row() -> None:
    canvas = Canvas()
    canvas.table(
        [60, 240, 340], 100, [["项目", "金额"], ["一、教育支出", "1.00"], ["二、科学支出", "2.00"], ["三、资源勘探工业信息", "3.00"]]
    )
    canvas.next_page()
    canvas.table([60, 240, 340], 60, [["等支出", ""], ["四、住房保障支出", "4.00"]])
    assert texts(canvas.read_table()) == [
        ["一、教育支出", "1.00"],
        ["二、科学支出", "2.00"],
        ["三、资源勘探工业信息等支出", "3.00"],
        ["四、住房保障支出", "4.00"],
    ]


def test_a_line_that_the_page_end_cuts_through_is_not_text() -> None:
    canvas = Canvas()
    canvas.table([60, 240, 340], 100, [["绩效目标", "金额"], ["目标一", "1.00"]])
    canvas.text(63, 149.5, "目标二")  # drawn across the last rule, and again on the next page
    canvas.next_page()
    canvas.table([60, 240, 340], 60, [["目标二", "2.00"]])
    document = canvas.read()
    assert texts(document.tables[0]) == [["目标一", "1.00"], ["目标二", "2.00"]]
    assert document.paragraphs == ()


def test_a_form_is_kept_as_labels_and_values() -> None:
    canvas = Canvas()
    canvas.text(160, 90, "项目支出绩效目标表", 12)
    canvas.grid([60, 160, 280, 360, 460], [100, 120])
    canvas.page.draw_rect((160, 120, 460, 140), width=0.5)
    canvas.grid([60, 160], [120, 140])
    canvas.text(63, 114, "主管部门")
    canvas.text(163, 114, "某市审计局")
    canvas.text(283, 114, "实施单位")
    canvas.text(363, 114, "某市审计局")
    canvas.text(63, 134, "项目名称")
    canvas.text(163, 134, "审计业务经费")
    table = canvas.read_table()
    assert table.columns == ((), (), (), ())
    assert table.header == ()
    assert texts(table) == [["主管部门", "某市审计局", "实施单位", "某市审计局"], ["项目名称", "审计业务经费", "", ""]]
