from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.targets import read_forms
from model.amounts import WAN_YUAN
from model.document import Table
from model.meaning import Fund, Nature
from model.targets import ProjectTarget
from performance_forms import HEAD, document, facts, form, indicators


def only(*tables: Table) -> ProjectTarget:
    (target,) = read_forms(document(*tables))[0]
    return target


def test_a_form_has_its_name_its_money_and_its_empty_fields() -> None:
    target = only(
        form(f"""
        预算单位 | 某局 | < | < | < | <
        项目名称 | 甲项目 | < | 项目负责人 | < |
        项目资金(万元) | 年度预算总额 | 158.00 | 其中：财政拨款 | 150.00 | <
        ^ | | | 其他资金 | 8.00 | <
        {HEAD}
        产出指标 | 数量指标 | 报告数量 | >=16份 | 计划标准 | 8
        """)
    )
    assert (target.name, target.unit) == ("甲项目", "某局")
    assert [(f.fund, f.printed.amount.value, f.parent) for f in target.funds] == [
        (Fund.ALL, Decimal("158.00"), None),
        (Fund.FISCAL, Decimal("150.00"), 0),
        (Fund.OWN, Decimal("8.00"), 0),
    ]
    assert {f.printed.amount.unit for f in target.funds} == {WAN_YUAN}
    assert [source.text for source in target.blanks] == ["项目负责人"]


def test_levels_of_government_are_parts_of_the_fiscal_appropriation_where_it_is_printed() -> None:
    target = only(
        form(f"""
        项目名称 | 甲项目 | < | < | < | <
        项目资金（万元） | 年度资金总额： | 10.00 | < | < | <
        ^ | 其中：财政拨款 | 8.00 | < | < | <
        ^ | 其中：中央补助 | 6.00 | < | < | <
        ^ | 地方资金 | 2.00 | < | < | <
        ^ | 其他资金 | 2.00 | < | < | <
        {HEAD}
        产出指标 | 数量指标 | 报告数量 | 1份 | |
        """)
    )
    assert [f.parent for f in target.funds] == [None, 0, 1, 1, 0]


def test_columns_under_a_fund_are_told_apart_by_their_nature() -> None:
    target = only(
        form(
            f"""
            总体资金情况（万元） | 预算支出总额 | 财政拨款 | < | < | 其他资金
            ^ | ^ | 合计 | 基本支出 | 项目支出 | ^
            ^ | 44.10 | 44.10 | 28.00 | 16.10 |
            {HEAD}
            产出指标 | 数量指标 | 评审项目数量 | ≥420个 | |
            """,
            "部门整体支出绩效目标表",
        )
    )
    assert target.overall
    assert [(f.nature, f.printed.amount.text, f.parent) for f in target.funds] == [
        (Nature.TOTAL, "44.10", None),
        (Nature.TOTAL, "44.10", 0),
        (Nature.BASIC, "28.00", 1),
        (Nature.PROJECT, "16.10", 1),
    ]


def test_a_self_evaluation_prints_budget_outturn_rate_and_score_a_line() -> None:
    target = only(
        form(
            """
            项目名称 | < | 甲项目 | < | < | < | < | <
            项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
            ^ | 年度资金总额： | 10.00 | 8.00 | 4.00 | 10 | 50.0% | 5
            ^ | 其中：财政拨款 | 10.00 | 8.00 | 4.00 | -- | 50.0% | --
            一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
            产出指标 | 数量指标 | 培训人数 | ≥300人 | 366人 | 90 | 80 |
            总分 | < | < | < | < | 100 | 85 |
            """,
            "项目支出绩效自评表",
        )
    )
    whole, part = target.execution
    assert (whole.label, part.label) == ("年度资金总额", "财政拨款")
    assert [getattr(whole, name).amount.text for name in ("original", "revised", "outturn", "rate", "weight", "score")] == [
        "10.00",
        "8.00",
        "4.00",
        "50.0",
        "10",
        "5",
    ]
    assert part.weight is None
    assert (target.full_weight, target.total_score) != (None, None)
    assert target.indicators[0].actual == "366人"


@pytest.mark.parametrize(
    ("printed", "comparator", "value", "unit", "per"),
    [
        ("≥95%", "≥", "95", "%", ""),
        (">=16份", "≥", "16", "份", ""),
        ("<=9.87万元/份", "≤", "9.87", "万元", "份"),
        ("≤560元/人/天", "≤", "560", "元", "人/天"),
        ("≥1.20万册", "≥", "12000.00", "册", ""),
        ("不低于80%", "≥", "80", "%", ""),
        ("<8万元", "<", "8", "万元", ""),
        ("≥330台（套）", "≥", "330", "台(套)", ""),
        ("100%以上", "", "100", "%", ""),
    ],
)
def test_a_target_value_is_a_comparison_a_number_and_a_unit(printed: str, comparator: str, value: str, unit: str, per: str) -> None:
    (indicator,) = only(indicators(f"产出指标 | 数量指标 | 某指标 | {printed} | 计划标准 | 8")).indicators
    assert indicator.value is not None
    assert indicator.value.amount.unit is not None
    assert (indicator.comparator, str(indicator.value.amount.value), indicator.value.amount.unit.symbol, indicator.per) == (
        comparator,
        value,
        unit,
        per,
    )


@pytest.mark.parametrize("printed", ["2026年1月1日", "12月31日前", "明显提高", "LPR+50BPs", "每月"])
def test_dates_and_words_are_no_numbers(printed: str) -> None:
    (indicator,) = only(indicators(f"产出指标 | 时效指标 | 某指标 | {printed} | 计划标准 | 8")).indicators
    assert indicator.value is None


def test_comparison_value_and_unit_may_have_a_column_each() -> None:
    target = only(
        form("""
        项目名称 | 甲项目 | < | < | <
        指标名称 | 指标性质 | 指标值 | 计量单位 | 指标权重(%)
        续建水库 | ≥ | 26 | 座 | 20
        核查合格率≥ | | 90 | % | 80
        """)
    )
    assert [(i.name, i.text, i.comparator, i.unit) for i in target.indicators] == [
        ("续建水库", "≥26座", "≥", "座"),
        ("核查合格率", "≥90%", "≥", "%"),
    ]
    assert [i.weight and i.weight.amount.text for i in target.indicators] == ["20", "80"]


def test_levels_printed_before_the_name_are_taken_off() -> None:
    target = only(
        form(
            """
            部门名称 | 某局 | < | < | <
            活动 | 绩效指标 | 指标性质 | 指标值 | 度量单位
            评审 | 产出指标数量指标评审项目数量 | ≥ | 420 | 个
            """,
            "部门整体支出绩效目标表",
        )
    )
    assert (target.indicators[0].levels, target.indicators[0].name) == (("产出指标", "数量指标"), "评审项目数量")


def test_amounts_stand_below_their_labels_or_in_one_cell_with_them() -> None:
    below = form(f"""
        项目名称 | 甲项目 | < | < | < | <
        项目资金（万元） | 年度资金总额 | 财政拨款 | 其他资金 | < | <
        ^ | 100.00 | 90.00 | 10.00 | < | <
        {HEAD}
        产出指标 | 数量指标 | 报告数量 | 1份 | |
        """)
    glued = form(f"""
        项目名称 | 甲项目 | < | < | < | <
        项目资金 | 年度资金总额：100.00万元 | < | 其中：财政拨款 | 90.00 | <
        ^ | 其他资金：10.00万元 | < | < | < | <
        {HEAD}
        产出指标 | 数量指标 | 报告数量 | 1份 | |
        """)
    for table in (below, glued):
        found = {(f.fund, f.printed.amount.text, f.parent) for f in only(table).funds}
        assert {(Fund.ALL, "100.00", None), (Fund.OWN, "10.00", 0)} <= found


def test_of_two_columns_of_targets_the_year_is_read() -> None:
    target = only(
        form("""
        项目名称 | 甲项目 | < | < | <
        一级指标 | 二级指标 | 三级指标 | 实施期指标值 | 年度指标值
        产出指标 | 数量指标 | 报告数量 | ≥30份 | ≥10份
        """)
    )
    assert target.indicators[0].text == "≥10份"


def test_goals_keep_the_figures_in_them() -> None:
    target = only(
        form(f"""
        项目名称 | 甲项目 | < | < | < | <
        年度总体目标 | 总投资25万元，开展培训费7.8万元，编印手册费1万元，满意度达到95%以上。 | < | < | < | <
        {HEAD}
        产出指标 | 数量指标 | 报告数量 | 1份 | |
        """)
    )
    (goal,) = target.goals
    assert [p.source.text for p in goal.figures] == ["25万元", "7.8万元", "1万元", "95%"]
    assert goal.figures[2].amount.places == 1  # beside 7.8, one is one to the tenth
    assert len({p.key for p in goal.figures}) == 4


def test_a_list_of_projects_runs_over_pages() -> None:
    """A page's end cuts a project in two; its name stands on one of the pages."""
    table = form(
        """
        项目名称 | 项目总额 | 绩效目标 | 一级指标 | 二级指标 | 三级指标 | 本年绩效指标值 | 度量单位
        100001-甲项目 | 839.00 | 完成评审 | 产出指标 | 数量指标 | 评审数量 | 420 | 个
        ^ | ^ | ^ | 产出指标 | 质量指标 | 合格率 | 98 | %
         | | 组织完成 | 产出指标 | 数量指标 | 会审人数 | 20 | 人
        ---
        100002-乙项目 | 67.70 | 决算工作 | 产出指标 | 数量指标 | 审核家数 | 100 | 家
        ^ | ^ | ^ | 产出指标 | 时效指标 | 完成时间 | 12 | 月
        """,
        header=1,
    )
    first, second = read_forms(document(table))[0]
    assert (first.name, [i.name for i in first.indicators]) == ("甲项目", ["评审数量", "合格率"])
    assert (second.name, [i.name for i in second.indicators]) == ("乙项目", ["会审人数", "审核家数", "完成时间"])
    assert [goal.text for goal in second.goals] == ["组织完成", "决算工作"]


def test_a_plain_list_of_goals_leaves_its_amounts_to_the_table() -> None:
    table = form(
        """
        单位名称 | 项目名称 | 金额（万元） | 绩效目标
        某局 | 甲项目 | 69.00 | 加快推进改革
        某局 | 乙项目 | 31.00 | 保障日常运行
        """,
        header=1,
    )
    read = facts(table)
    assert [(t.name, t.form) for t in read.targets] == [("甲项目", False), ("乙项目", False)]
    assert sorted(fact.amount.text for fact in read.cells) == ["31.00", "69.00"]


def test_every_amount_of_a_form_is_a_fact() -> None:
    read = facts(indicators("产出指标 | 数量指标 | 报告数量 | 16份 | 计划标准 | 8"))
    assert [fact.amount.text for fact in read.cells] == ["100.00", "100.00"]


def test_an_empty_template_and_another_table_are_no_forms() -> None:
    template = form(f"项目名称 | | < | < | < | <\n{HEAD}\n产出指标 | 数量指标 | | | |")
    balance = form("项目 | 预算数 | 项目 | 预算数\n收入合计 | 10.00 | 支出合计 | 10.00", "收支总表", header=1)
    assert read_forms(document(template, balance))[0] == ()
