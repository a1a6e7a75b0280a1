"""What a question names decides the scope of its answer: the class, the level, the year, the table, the unit's own row."""

from __future__ import annotations

import pytest
from disclosure import BALANCE, ECONOMIC, SPENDING, TEXT, disclosure, paragraph, table

from model.document import Kind
from retrieval import ask
from retrieval.records import table_records

TWICE = table(
    "20",
    "一般公共预算支出明细表（按支出经济分类科目）",
    5,
    """
    部门经济科目编码 | 部门经济科目名称 | 政府经济科目编码 | 政府经济科目名称 | 合计
    301 | 工资福利支出 | | | 60.00
    30101 | 基本工资 | 50101 | 工资奖金津补贴 | 35.00
    30103 | 奖金 | 50101 | 工资奖金津补贴 | 25.00
    3010301 | 年终奖 | 50101 | 工资奖金津补贴 | 15.00
    3010302 | 考核奖 | 50101 | 工资奖金津补贴 | 10.00
    """,
)
BRACKETED = table(
    "21",
    "一般公共预算基本支出情况表（按经济分类科目）",
    5,
    """
    部门预算支出经济科目 | 政府预算支出经济科目 | 预算
    [30101]基本工资 | [50101]工资奖金津补贴 | 35.00
    [30205]水费 | [50201]办公经费 | 3.00
    """,
)
BY_UNIT = table(
    "22",
    "部门支出总表",
    4,
    """
    类 | 款 | 项 | 单位代码 | 科目名称 | 合计
    201 | 08 | 01 | 369001 | 行政运行 | 500.00
    210 | 11 | 02 | 117002 | 事业单位医疗 | 42.24
    """,
)
BASIC = table("23", "部门预算基本支出预算表", 5, "支出项目 | 总计 | 财政拨款>合计\n合计 | 600.00 | 600.00\n工资福利支出 | 400.00 | 400.00")
OWN = table("24", "收入总体情况表", 3, "单位名称 | 合计\n合计 | 1,000.00\n江州市审计局 | 700.00\n江州市审计服务中心 | 300.00")
BOUGHT = table(
    "25",
    "政府采购预算表",
    6,
    """
    科目编码>类 | 科目编码>款 | 采购项目 | 数量 | 部门预算经济科目编码>类 | 部门预算经济科目编码>款 | 实施采购时间 | 预算金额
    201 | 08 | 等保测评服务 | 1 | 302 | 27 | | 4.50
    201 | 08 | 空调 | 2 | 310 | 02 | | 1.20
    """,
)
CLASSES = table(
    "26",
    "支出总表",
    4,
    """
    科目编码 | 科目名称 | 支出总计 | 项目支出 | 政府采购项目>小计
    201 | 一般公共服务支出 | 900.00 | 400.00 | 30.00
    2010804 | 审计业务 | 400.00 | 400.00 | 30.00
    2130311 | 水资源节约管理与保护 | 20.00 | 15.00 |
    2040499 | 公诉、审判、侦查等检察监督支出 | 12.00 | 12.00 |
    """,
)


def answer(question: str, **changes: object):
    return ask([disclosure(**changes)], question)


def figures(question: str, **changes: object) -> list[str]:
    return [value.text for value in answer(question, **changes).values]


def test_a_line_of_two_classifications_bears_the_departments_name():
    assert [record.label for record in table_records(TWICE)][1:3] == ["基本工资", "奖金"]


def test_members_of_an_economic_class_are_its_sections_though_some_are_split_further():
    said = answer("工资福利支出下面哪几项超过20万元？", tables=(TWICE,))
    assert [value.text for value in said.values] == ["35.00", "25.00"]
    assert "基本工资" in said.text
    assert "奖金" in said.text


def test_a_name_behind_its_bracketed_code_is_known():
    assert figures("今年水费是多少钱", tables=(BRACKETED,)) == ["3.00"]


def test_the_code_of_a_unit_is_no_class():
    assert figures("2101102 今年预算", tables=(BY_UNIT,)) == ["42.24"]


def test_codes_alone_do_not_begin_another_side():
    assert figures("政府采购预算表里等保测评服务的金额", tables=(BOUGHT,)) == ["4.50"]


def test_the_whole_is_not_taken_from_a_table_of_the_part_alone():
    assert figures("基本支出占全部支出预算的比重是多少", tables=(BASIC, SPENDING))[0] == "60.00"


def test_the_organisations_own_row_is_meant_where_its_name_follows_the_table():
    assert figures("收入总体情况表里，江州市审计局安排了多少？", tables=(OWN, SPENDING))[0] == "700.00"
    assert figures("江州市审计局收入合计是多少", tables=(OWN,))[0] == "1,000.00"


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("支出总表中水资源节约管理与保护的项目支出列了多少？", ["15.00"]),  # 节约 asks for no difference here
        ("支出总表 2010804审计业务 项目支出那一栏", ["400.00"]),
        ("审计业务加公诉、审判、侦查等检察监督支出合计多少？", ["412.00", "400.00", "12.00"]),
        ("支出总表中哪些类级科目超过500万元？", ["900.00"]),
    ],
)
def test_a_name_is_one_name_whatever_words_are_in_it(question, wanted):
    assert figures(question, tables=(CLASSES,)) == wanted


def test_where_a_fee_is_printed_the_class_of_that_word_is_another_thing():
    both = table("27", "支出总表", 4, "科目编码 | 科目名称 | 合计\n205 | 教育支出 | 21.00\n2050803 | 培训支出 | 21.00")
    assert figures("培训费安排了多少", tables=(both, ECONOMIC))[0] == "50.00"


def test_classes_are_asked_of_what_is_spent_where_income_is_printed_too():
    income = table("28", "收入决算表", 3, "科目编码 | 科目名称 | 本年收入合计\n2010801 | 行政运行 | 510.00")
    spent = table("29", "支出决算表", 4, "科目编码 | 科目名称 | 本年支出合计\n2010801 | 行政运行 | 500.00")
    assert figures("行政运行是多少钱", tables=(income, spent), kind=Kind.FINAL_ACCOUNTS)[0] == "500.00"


def test_words_of_a_cell_do_not_answer_for_another_year():
    goods = table("30", "政府采购预算表", 6, "采购项目 | 采购目录\n日常公用经费 | C0407体检服务")
    assert not answer("2019年的公用经费是多少？", tables=(goods,)).found


def test_that_there_is_none_of_a_fund_says_nothing_of_the_rest():
    said = (*TEXT, paragraph("无政府性基金预算拨款收入的，本表为空表。", 9, "说明"))
    assert figures("收支总体情况表里拨款收入是多少", tables=(BALANCE,), paragraphs=said)[:1] == ["950.00"]


def test_a_reason_goes_the_way_that_is_asked_about():
    said = (
        paragraph("其他信访支出比上年减少21.00万元，主要原因是上年追加基建投资。", 8, "一、说明"),
        paragraph("其他信访支出比上年增加2.00万元，主要是相关工作任务增加。", 9, "二、说明"),
    )
    assert "工作任务增加" in answer("其他信访支出为什么涨了这么多？", paragraphs=said).text
    assert "基建投资" in answer("其他信访支出为什么减少了？", paragraphs=said).text


def test_the_numbering_before_a_subject_is_no_part_of_it():
    said = (paragraph("（一）人员经费400.00万元。主要包括基本工资。", 8, "一、说明"),)
    assert figures("人员经费是多少", tables=(), paragraphs=said) == ["400.00"]


def test_what_follows_a_heading_that_runs_in_is_about_it():
    said = (paragraph("（一）机关运行经费。2026年财政拨款运行经费20.00万元，比2025年增加1.00万元。", 8, "一、说明"),)
    assert figures("机关运行经费比2025年变化多少", tables=(), paragraphs=said)[0] == "1.00"


ITEMS = (
    paragraph(
        "11.卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）26.00万元，比上年减少3.00万元，下降10.34%，主要原因是厉行节约。",
        8,
        "一、说明",
    ),
    paragraph(
        "12.卫生健康支出（类）行政事业单位医疗（款）事业单位医疗（项）38.00万元，比上年增加9.00万元，增长31.03%，主要原因是人员增加。",
        8,
        "一、说明",
    ),
    paragraph(
        "13.其他支出（类）其他支出（款）专项业务（项）20.00万元，主要用于事业单位医疗补助等。比上年增加10.00万元，增长100.00%。",
        8,
        "一、说明",
    ),
    paragraph("“三公”经费9.00万元，比上年增加4.00万元，增长80.00%。", 9, "二、“三公”经费"),
)


def test_what_a_sentence_says_of_one_item_is_not_said_of_another():
    assert figures("事业单位医疗跟上年比变化多少", paragraphs=ITEMS)[0] == "9.00"
    assert "人员增加" in answer("事业单位医疗为什么变了", paragraphs=ITEMS).text


def test_rates_are_listed_with_the_whole_name_of_their_item():
    said = answer("哪些支出科目增长超过30%？", paragraphs=ITEMS)
    assert [value.text for value in said.values] == ["31.03", "100.00"]
    assert "专项业务（项）" in said.text


def test_the_body_one_level_above_is_another():
    ours = {"organization": "江州市东区审计局"}
    assert answer("东区审计局支出合计是多少", **ours).found
    assert answer("江州市东区审计局支出合计是多少", **ours).found
    assert not answer("江州市审计局支出合计是多少", **ours).found


def test_a_share_of_what_two_sentences_under_one_heading_state():
    said = (
        paragraph("2026年基本支出600.00万元，其中：", 8, "三、基本支出"),
        paragraph("（一）人员经费450.00万元。", 8, "三、基本支出"),
        paragraph("（二）公用经费150.00万元。", 8, "三、基本支出"),
    )
    assert figures("公用经费占基本支出的百分比", tables=(), paragraphs=said)[0] == "25.00"
    apart = (said[0], paragraph("公用经费150.00万元。", 9, "七、其他"))
    assert not answer("公用经费占基本支出的百分比", tables=(), paragraphs=apart).found


def test_a_budget_does_not_say_what_was_carried_out():
    assert not answer("收入预算完成了多少").found


@pytest.mark.parametrize(("total", "agrees"), [("1,000.00", True), ("1,100.00", False)])
def test_whether_a_sum_is_the_figure_quoted_is_judged(total, agrees):
    said = answer(f"一般公共服务支出、住房保障支出加起来是不是{total}万元？", tables=(SPENDING,))
    assert said.values[0].text == "1,000.00"
    assert ("不一致" in said.text) is not agrees


def test_whether_a_quoted_rate_is_right_is_computed():
    assert "31.03%" in answer("事业单位医疗增长31.03%算得对吗", paragraphs=ITEMS).text


def test_a_quoted_sum_is_looked_for_in_the_table_whose_total_it_is():
    part = table("31", "一般公共预算支出表", 5, "科目名称 | 合计\n一般公共服务支出 | 880.00\n住房保障支出 | 95.00\n合计 | 975.00")
    said = answer("一般公共服务支出、住房保障支出相加是否等于975.00万元？", tables=(SPENDING, part))
    assert said.values[0].text == "975.00"
    assert "不一致" not in said.text


def test_what_is_carried_over_is_not_what_is_spent():
    fund = table(
        "32",
        "政府性基金预算财政拨款收入支出决算表",
        7,
        """
        科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出>小计 | 年末结转和结余
        212 | 城乡社区支出 | 27.00 | 80.00 | 90.00 | 17.00
        """,
    )
    changes = {"tables": (fund,), "kind": Kind.FINAL_ACCOUNTS}
    assert figures("政府性基金预算财政拨款收入支出决算表里城乡社区支出是多少", **changes)[0] == "90.00"
    assert figures("政府性基金预算财政拨款收入支出决算表里城乡社区支出的年末结转和结余是多少", **changes)[0] == "17.00"
