"""Rows as records: codes joined, sides parted, forms read, merged labels carried down."""

from __future__ import annotations

from disclosure import BALANCE, SPENDING, table

from retrieval.records import table_records


def test_codes_split_over_columns_are_joined_and_know_what_stands_above():
    record = next(r for r in table_records(SPENDING) if r.name == "审计业务")
    assert record.code == "2010804"
    assert record.above == ("一般公共服务支出", "审计事务")
    assert record.level == 3
    assert [value.text for value in record.values] == ["400.00", "400.00"]


def test_codes_printed_once_per_block_are_completed():
    block = table(
        "1",
        "支出表",
        1,
        """
        科目编码>类 | 科目编码>款 | 科目编码>项 | 科目名称 | 合计
        201 | | | 甲 | 1.00
        | 08 | | 乙 | 1.00
        | | 01 | 丙 | 1.00
        """,
    )
    assert [record.code for record in table_records(block)] == ["201", "20108", "2010801"]


def test_a_two_sided_table_gives_two_records_a_row():
    first = [record for record in table_records(BALANCE) if record.row == 0]
    assert [(record.side, record.name, record.values[0].text) for record in first] == [
        (0, "一般公共预算拨款收入", "950.00"),
        (1, "一般公共服务支出", "900.00"),
    ]


def test_three_halves_side_by_side_keep_their_own_codes():
    halves = table(
        "1",
        "基本支出表",
        1,
        """
        编码 | 科目名称 | 金额 | 编码 | 科目名称 | 金额
        30101 | 基本工资 | 1.00 | 30201 | 办公费 | 2.00
        30102 | 津贴补贴 | 3.00 | 30202 | 印刷费 | 4.00
        """,
    )
    assert [(r.code, r.values[0].text) for r in table_records(halves)] == [
        ("30101", "1.00"),
        ("30201", "2.00"),
        ("30102", "3.00"),
        ("30202", "4.00"),
    ]


def test_a_code_before_the_name_in_one_cell_is_parted():
    joined = table("1", "支出表", 1, "科目 | 金额\n[201]一般公共服务支出 | 5.00\n30211-差旅费 | 2.00")
    assert [(r.code, r.label) for r in table_records(joined)] == [("201", "一般公共服务支出"), ("30211", "差旅费")]


def test_a_header_names_its_own_unit():
    mixed = table("1", "培训费明细表", 1, "培训名称 | 人数 | 金额（元）\n经责审计培训 | 50 | 26,500.00")
    values = table_records(mixed)[0].values
    assert [value.amount.unit and value.amount.unit.symbol for value in values] == ["人", "元"]


def test_a_form_heads_figures_by_the_words_left_and_above():
    form = table(
        "1",
        "项目绩效自评表",
        1,
        """
         | | | |
        项目名称 | 信息运维 | | |
        项目资金（万元） | | 全年预算数 | 全年执行数 | 得分
        | 年度资金总额 | 100.00 | 90.00 | 9.0
        总分 | | 100 | | 95.0
        """,
    )
    records = [record for record in table_records(form) if record.values]
    assert [(value.path, value.text) for value in records[0].values] == [
        (("全年预算数",), "100.00"),
        (("全年执行数",), "90.00"),
        (("得分",), "9.0"),
    ]
    assert records[1].above == ("信息运维",)
