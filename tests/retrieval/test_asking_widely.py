"""Questions as people put them: several things at once, last year's figure, parts and wholes, what only cells or lists tell."""

from __future__ import annotations

import time

import pytest
from disclosure import BALANCE, ECONOMIC, SPENDING, TEXT, THREE_PUBLIC, disclosure, paragraph, table

from model.document import Kind
from retrieval import ask

UNITS = table("8", "部门收入总体情况表", 3, "单位名称 | 合计\n江州市审计局 | 700.00\n江州市审计服务中心 | 300.00\n合计 | 1,000.00")
BY_UNIT = table(
    "9",
    "基本支出预算表",
    5,
    """
    支出项目类别 | 总计
    江州市审计局（本级） | 350.00
    工资福利支出 | 300.00
    商品和服务支出 | 50.00
    江州市审计服务中心 | 250.00
    工资福利支出 | 180.00
    商品和服务支出 | 70.00
    合计 | 600.00
    """,
)
INDENTED = table(
    "10",
    "基本支出表",
    5,
    """
    经济分类科目名称 | 合计
    合计 | 100.00
    工资福利支出 | 60.00
    基本工资 | 35.00
    奖金 | 25.00
    商品和服务支出 | 40.00
    办公费 | 30.00
    电费 | 10.00
    """,
)
GOALS = table(
    "11",
    "项目支出绩效目标表",
    6,
    """
    | | |
    项目名称 | 协审服务 | |
    年度目标 | 依据《江州市审计条例》聘请社会中介机构。 | |
    产出指标 | 数量指标 | 出具审计报告数 | ≥12个
    满意度指标 | 服务对象满意度 | 被审计单位满意度 | ≥95%
    """,
)
LIST = table("12", "部门预算单位构成", 2, "序号 | 单位名称\n1 | 江州市审计局本级\n2 | 江州市审计服务中心")
SAID = (
    *TEXT,
    paragraph("政府采购预算30.00万元，其中：货物10.00万元、工程0.00万元、服务20.00万元。", 9, "六、政府采购"),
    paragraph("公务接待费3.00万元，比上年预算减少1.50万元，主要原因是厉行节约。", 9, "七、“三公”经费"),
    paragraph("（一）因公出国（境）费用。", 9, "七、“三公”经费"),
)


def answer(question: str, **changes: object):
    return ask([disclosure(**{"paragraphs": SAID, **changes})], question)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("行政运行的基本支出和项目支出各多少", ["500.00"]),
        ("一般公共服务支出的基本支出和项目支出各多少", ["500.00", "400.00"]),
        ("办公费 培训费 分别多少", ["70.00", "50.00"]),
        ("有几辆车，今年买几辆", ["5", "1"]),
        ("购房补贴多少钱，比上年减少多少", ["40.00", "10.00"]),
    ],
)
def test_each_thing_that_is_asked_is_answered(question, figures):
    assert [value.text for value in answer(question).values][: len(figures)] == figures


def test_a_question_of_which_one_part_has_no_answer_is_refused():
    assert not answer("办公费多少，局长叫什么名字").found


def test_last_years_figure_is_worked_back_and_said_to_be_so():
    told = answer("去年的公务接待费是多少")
    assert told.values[0].text == "4.50"
    assert "推算（3.00 + 1.50 = 4.50 万元）" in told.text


def test_last_years_column_is_taken_where_it_is_printed_and_never_for_this_year():
    both = table("4", "“三公”经费支出表", 5, "2025年预算数>三公经费 | 2025年预算数>因公出国费 | 2026年预算数>三公经费\n11.00 | 8.00 | 3.00")
    assert answer("去年的三公经费", tables=(both,), paragraphs=()).values[0].text == "11.00"
    assert answer("三公经费", tables=(both,), paragraphs=()).values[0].text == "3.00"
    assert not answer("今年因公出国费", tables=(both,), paragraphs=()).found


def test_a_budget_does_not_tell_what_was_spent_the_year_before():
    assert not answer("去年公务接待费实际花了多少").found


def test_accounts_are_read_in_the_year_after_theirs():
    assert answer("去年办公费花了多少", kind=Kind.FINAL_ACCOUNTS).values[0].text == "70.00"


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("人员经费和公用经费占基本支出的比重", "80.00%"),
        ("住房公积金占多少", "6.00%"),
        ("政府采购中服务占多少比例", "66.67%"),
        ("津贴补贴比基本工资多多少", "120.00"),
        ("办公费+培训费", "120.00"),
        ("办公费 培训费 一共多少", "120.00"),
        ("办公费和培训费哪个多", "70.00"),
        ("各项目从高到低排序", "160.00"),
    ],
)
def test_calculations_give_the_result_first(question, first):
    told = answer(question)
    assert told.found, told.text
    assert told.values[0].text.rstrip("%") == first.rstrip("%")


def test_a_calculation_is_one_line_that_cites_its_operands():
    assert answer("办公费+培训费").text == (
        "合计 120.00 万元：30201 办公费（合计） 70.00 万元 [1] + 30216 培训费（合计） 50.00 万元 [2]（表3 一般公共预算基本支出情况表）。"
    )


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("政府采购的分项加起来等于总额吗", "一致"),
        ("工资福利支出加商品和服务支出等于基本支出吗", "一致"),
        ("收入总计和支出总计是否平衡", "不一致"),
        ("什么叫基本支出", "指为保障机构正常运转"),
        ("5.26%是什么", "行政运行"),
        ("比上年增加25万元的原因是什么", "新进人员4人"),
        ("有没有政府性基金安排的支出", "没有"),
        ("公务接待费较去年", "减少 1.50 万元"),
    ],
)
def test_what_is_asked_about_is_told(question, words):
    told = answer(question)
    assert told.found, told.text
    assert words in told.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("被审计单位满意度指标", "≥95%"),
        ("出具审计报告数是多少", "≥12个"),
        ("协审服务的依据是什么", "江州市审计条例"),
    ],
)
def test_the_words_of_cells_answer(question, words):
    told = answer(question, tables=(SPENDING, GOALS), paragraphs=())
    assert told.found, told.text
    assert words in told.text


def test_units_are_listed_from_a_table_of_names():
    assert "江州市审计服务中心 [2]" in answer("下属有哪些单位", tables=(BALANCE, LIST)).text


def test_a_line_below_a_unit_is_the_units():
    assert answer("审计服务中心的工资福利支出", tables=(UNITS, BY_UNIT), paragraphs=()).values[0].text == "180.00"
    told = answer("各单位工资福利支出分别多少", tables=(UNITS, BY_UNIT), paragraphs=())
    assert [value.text for value in told.values] == ["300.00", "180.00"]


def test_the_lines_below_an_indented_one_are_those_that_add_up_to_it():
    told = answer("工资福利支出里最大的两项", tables=(INDENTED,), paragraphs=())
    assert [value.text for value in told.values] == ["35.00", "25.00"]


def test_what_stands_below_a_heading_is_told_with_it():
    heading = paragraph("二、立项依据", 9)
    below = (type(heading)(heading.text, heading.lines, (), "heading"), paragraph("《江州市审计条例》第三条。", 9, "二、立项依据"))
    assert "第三条" in answer("立项依据是什么", tables=(), paragraphs=below).text


@pytest.mark.parametrize(
    "question",
    [
        "项目数量有多少",
        "审计业务人均多少",
        "协审单位名单",
        "本级的其他收入",
        "2024年购房补贴多少",
        "购房补贴的中标供应商是谁",
        "哪些车，各多少",
        "3月份培训费花了多少",
    ],
)
def test_a_kind_of_fact_that_the_document_does_not_tell_is_refused(question):
    assert not answer(question).found, answer(question).text


@pytest.mark.parametrize(
    ("question", "figure"),
    [("哪些项目超过一百万元", ["150.00", "160.00"]), ("哪些项目超过一百五十万", ["160.00"]), ("项目支出表（表5）里不到100万的", ["90.00"])],
)
def test_limits_may_be_spelled_and_tables_named_twice(question, figure):
    assert [value.text for value in answer(question).values] == figure


def test_a_carried_subject_does_not_give_its_name_to_a_sentence_of_its_own_subject():
    said = (paragraph("公务接待费与上年相等。会议费9.00万元，比上年增加2.00万元。", 9, "三公经费"),)
    assert "2.00" not in answer("公务接待费比上年多多少", tables=(SPENDING,), paragraphs=said).text


def test_a_question_that_repeats_itself_takes_no_longer():
    bare = table("7", "会费表", 3, "名称 | 备注\n会员大会 | 年度", unit="")
    started = time.process_time()
    answer("三公经费" * 2500, tables=(bare,))
    assert time.process_time() - started < 5


def test_the_total_stands_for_the_whole_budget():
    assert answer("今年总盘子多大", tables=(SPENDING, ECONOMIC, THREE_PUBLIC), paragraphs=()).values[0].text == "1,000.00"
