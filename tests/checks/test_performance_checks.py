from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.document import Kind, Table
from model.findings import Severity
from performance_forms import FUNDS, HEAD, form, indicators, of_rule

COUNT = "产出指标 | 数量指标 | 国内补助企业数量 | >=30家 | 计划标准 | 45"
OTHER_COUNT = "产出指标 | 数量指标 | 考察活动次数 | >=1次 | 计划标准 | 25"


def funds(total: object, fiscal: object, other: object = "0.00", goal: str = "") -> str:
    lines = [
        "项目名称 | 甲项目 | < | < | < | <",
        f"项目资金（万元） | 年度资金总额： | {total} | < | < | <",
        f"^ | 其中：财政拨款 | {fiscal} | < | < | <",
        f"^ | 其他资金 | {other} | < | < | <",
    ]
    return "\n".join([*lines, *([f"年度总体目标 | {goal} | < | < | < | <"] if goal else [])])


def project(name: str, total: str, number: int) -> Table:
    return indicators(OTHER_COUNT, funds=funds(total, total).replace("甲项目", name), number=number)


def test_funds_add_up_and_the_wrong_one_is_named() -> None:
    goal = "安排项目资金158.00万元，用于评审。"
    (found,) = of_rule("FT501", indicators(COUNT, funds=funds("158.00", "138.00", goal=goal)))
    assert found.severity is Severity.ERROR
    assert found.suspect is not None
    assert (found.suspect.source.text, found.suspect.proposed) == ("138.00", "158.00")
    assert of_rule("FT501", indicators(COUNT, funds=funds("158.00", "150.00", "8.00"))) == []


@given(st.lists(st.decimals(min_value=1, max_value=9999, places=4), min_size=2, max_size=2))
def test_rounding_alone_never_fails_and_more_always_does(parts: list[Decimal]) -> None:
    total = round(sum(parts, Decimal(0)), 2)
    fiscal, other = (round(p, 2) for p in parts)
    severities = {f.severity for f in of_rule("FT501", indicators(COUNT, funds=funds(total, fiscal, other)))}
    assert severities <= {Severity.ROUNDING}
    beyond = of_rule("FT501", indicators(COUNT, funds=funds(total + Decimal("0.05"), fiscal, other)))
    assert {f.severity for f in beyond} == {Severity.ERROR}


def test_weights_add_up_to_what_the_heading_states() -> None:
    right = form(f"{FUNDS.strip()}\n{HEAD}（90分）\n{COUNT}\n{COUNT.replace('国内', '国外')}")
    wrong = form(f"{FUNDS.strip()}\n{HEAD}（90分）\n{COUNT}\n{OTHER_COUNT}")
    assert of_rule("FT503", right) == []
    assert [(f.stated, f.expected) for f in of_rule("FT503", wrong)] == [("90", "70")]


def test_weights_without_a_stated_sum_are_asked_about() -> None:
    assert [f.severity for f in of_rule("FT504", indicators(COUNT, OTHER_COUNT))] == [Severity.WARNING]
    assert of_rule("FT504", indicators(COUNT, COUNT.replace("国内", "国外"))) == []


def evaluation(rate: str = "50.0%", total: str = "85") -> Table:
    return form(
        f"""
        项目名称 | < | 干部培训专项 | < | < | < | < | <
        项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
        ^ | 年度资金总额： | 10.00 | 8.00 | 4.00 | 10 | 50.0% | 5
        ^ | 其中：财政拨款 | 10.00 | 8.00 | 4.00 | -- | {rate} | --
        一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
        产出指标 | 数量指标 | 培训人数 | ≥300人 | 366人 | 90 | 80 |
        总分 | < | < | < | < | 100 | {total} |
        """,
        "干部培训专项绩效自评表",
    )


def test_an_execution_rate_left_at_zero_is_found() -> None:
    (found,) = of_rule("RC501", evaluation("0.0%"), kind=Kind.FINAL_ACCOUNTS)
    assert (found.stated, found.expected, found.severity) == ("0.0", "50.0", Severity.ERROR)
    assert of_rule("RC501", evaluation(), kind=Kind.FINAL_ACCOUNTS) == []


def test_the_total_score_is_that_of_its_lines_and_of_the_text() -> None:
    text = "1.干部培训专项绩效自评综述：项目自评得分为88.0分。全年预算数为8.00万元，执行数为4.00万元。"
    (found,) = of_rule("NT606", evaluation(), text=text, kind=Kind.FINAL_ACCOUNTS)
    assert (found.stated, found.expected) == ("88.0", "85.0")
    assert "score" not in found.equation
    assert [f.expected for f in of_rule("FT503", evaluation(total="86"), kind=Kind.FINAL_ACCOUNTS)] == ["85"]


UNIT_COSTS = (
    "产出指标 | 数量指标 | 国内贸易领域补助企业数量 | >=30家 | 计划标准 | 10",
    "产出指标 | 数量指标 | 外贸领域补助企业数量 | >=2家 | 计划标准 | 10",
    "产出指标 | 数量指标 | 考察活动次数 | >=1次 | 计划标准 | 10",
    "成本指标 | 经济成本指标 | 外贸领域补助成本 | <=3万元/家 | 预算支出标准 | 20",
    "成本指标 | 经济成本指标 | 考察活动成本 | <=4万元/次 | 预算支出标准 | 20",
)
DOMESTIC = "成本指标 | 经济成本指标 | 国内贸易领域补助成本 | <={}万元/家 | 预算支出标准 | 20"


def test_unit_costs_times_quantities_are_the_budget() -> None:
    assert of_rule("RC503", indicators(*UNIT_COSTS, DOMESTIC.format("3.00"))) == []
    (found,) = of_rule("RC503", indicators(*UNIT_COSTS, DOMESTIC.format("1.50")))
    assert found.severity is Severity.ERROR
    assert (found.stated, found.expected) == ("100.00", "55.00")


def test_the_amount_of_the_prose_tells_which_unit_cost_is_wrong() -> None:
    text = "安排国内贸易领域补助资金90万元，外贸领域补助资金6万元。"
    (found,) = of_rule("RC503", indicators(*UNIT_COSTS, DOMESTIC.format("1.50")), text=text)
    assert found.suspect is not None
    assert (found.suspect.source.text, found.suspect.proposed) == ("<=1.50万元/家", "3.00")


def test_a_unit_cost_cut_short_is_a_rounding_difference() -> None:
    lines = (
        "产出指标 | 数量指标 | 报告数量 | >=16份 | 计划标准 | 45",
        "成本指标 | 经济成本指标 | 报告成本 | <=9.87万元/份 | 预算支出标准 | 45",
    )
    (found,) = of_rule("RC503", indicators(*lines, funds=funds("158.00", "158.00")))
    assert found.severity is Severity.ROUNDING


def test_limits_below_the_budget_are_normal_and_above_it_a_question() -> None:
    below = "成本指标 | 经济成本指标 | 会议费 | ≤20万元 | 预算支出标准 | 45"
    above = "成本指标 | 经济成本指标 | 会议费 | ≤250万元 | 预算支出标准 | 45"
    assert [f for rule in ("RC503", "RC504", "RC505") for f in of_rule(rule, indicators(COUNT, below))] == []
    assert {f.severity for f in of_rule("RC504", indicators(COUNT, above))} == {Severity.WARNING}


@pytest.mark.parametrize(
    ("lines", "severities"),
    [
        (("推广成本 | >=90万元", "办公用品成本 | >=10万元"), [Severity.ERROR]),  # together the whole budget: what may be spent at most
        (("推广成本 | >=20万元", "办公用品成本 | >=10万元"), [Severity.WARNING]),
        (("人均补助标准 | ≥400元", "办公用品成本 | ≤10万元"), []),  # a standard of subsidies may be a lower limit
    ],
)
def test_a_cost_is_an_upper_limit(lines: tuple[str, ...], severities: list[Severity]) -> None:
    costs = [f"成本指标 | 经济成本指标 | {line} | 计划标准 | 20" for line in lines]
    assert [f.severity for f in of_rule("CC501", indicators(COUNT, *costs))] == severities


def test_goals_and_indicators_state_one_target() -> None:
    goal = "覆盖区县30个以上，完工项目验收率达到90%以上，移民满意度不低于80%。"
    lines = ("产出指标 | 质量指标 | 完工项目验收率 | ≥90% | | 45", "满意度指标 | 满意度指标 | 移民满意度 | ≥{}% | | 45")
    table = indicators(*(line.format(90) for line in lines), funds=funds("1.00", "1.00", goal=goal))
    assert [f.params["label"] for f in of_rule("NT609", table)] == ["移民满意度"]
    assert of_rule("NT609", indicators(*(line.format(80) for line in lines), funds=funds("1.00", "1.00", goal=goal))) == []


def test_one_among_tenths_is_one() -> None:
    """Beside 7.8 万元 and 0.2 万元, 1 万元 is no rounded 1.2 万元."""
    goal = "开展业务培训费7.8万元，编印宣传手册费1万元，印刷工作手册费0.2万元。"
    cost = "成本指标 | 经济成本指标 | 编印宣传手册成本 | ≤1.20万元 | | 20"
    (found,) = of_rule("NT609", indicators(COUNT, cost, funds=funds("9.00", "9.00", goal=goal)))
    assert found.severity is Severity.ERROR


def test_the_text_counts_the_forms_that_follow() -> None:
    tables = [project("甲项目", "158.00", 1), project("乙项目", "100.00", 2)]
    said = "预算绩效情况：当年预算安排项目共{}个，涉及预算金额{}万元。具体情况见下表："
    assert [f.rule for f in of_rule("NT602", *tables, text=said.format(1, "258.00"))] == ["NT602"]
    assert of_rule("NT602", *tables, text=said.format(2, "258.00")) == []
    (found,) = of_rule("NT601", *tables, text=said.format(2, "100.00"))
    assert (found.stated, found.expected) == ("100.00", "258.00")


def test_fewer_forms_than_projects_are_no_fault() -> None:
    text = "预算绩效情况：当年预算安排项目共9个，涉及预算金额900.00万元。具体情况见下表："
    tables = [project("甲项目", "158.00", 1), project("乙项目", "100.00", 2)]
    assert [f for rule in ("NT601", "NT602") for f in of_rule(rule, *tables, text=text)] == []


EXPENDITURE = """
科目 | 合计 | 基本支出 | 项目支出
教育支出 | 500.00 | 150.00 | 350.00
合计 | 500.00 | 150.00 | 350.00
"""


def expenditure() -> Table:
    return form(EXPENDITURE, "部门支出总体情况表（单位：万元）", 3, header=1)


@pytest.mark.parametrize(("amount", "rule"), [("110.00", "AN501"), ("351.00", "NT603"), ("360.00", "NT603")])
def test_goals_cover_the_project_expenditure(amount: str, rule: str) -> None:
    text = f"2026年度本部门编报绩效目标的项目共25个，涉及项目预算资金{amount}万元。"
    table = replace(expenditure(), unit="万元")
    found = [f.rule for r in ("AN501", "NT603") for f in of_rule(r, table, text=text)]
    assert found == [rule]
    assert [f for r in ("AN501", "NT603") for f in of_rule(r, table, text=text.replace(amount, "350.00"))] == []


@pytest.mark.parametrize(
    ("line", "variant"),
    [
        ("产出指标 | 质量指标 | 开展宣传活动次数 | ≥18次", "quality"),
        ("产出指标 | 数量指标 | 监督检查覆盖率 | ≥90%", "quantity"),
        ("成本指标 | 社会成本指标 | 案件完成及时率 | ≥90%", "cost"),
        ("满意度指标 | 满意度指标 | 人才培养合格率 | ≥95%", "satisfaction"),
        ("产出指标 | 质量指标 | 事故次数 | ≤1次", ""),
        ("成本指标 | 经济成本指标 | 成本节约率 | ≥5%", ""),
        ("满意度指标 | 满意度指标 | 有效投诉件数 | ≤5件", ""),
    ],
)
def test_an_indicator_belongs_to_its_class(line: str, variant: str) -> None:
    found = of_rule("AN508", indicators(COUNT, f"{line} | | 10"))
    assert [f.variant for f in found] == ([variant] if variant else [])


def test_the_department_and_its_projects_aim_at_the_same() -> None:
    whole = form(
        "部门名称 | 某局 | < | <\n指标名称 | 指标性质 | 指标值 | 计量单位\n续建大中型水库数量 | ≥ | {} | 座", "部门整体绩效目标表", 1
    )
    own = form("项目名称 | 甲项目 | < | <\n指标名称 | 指标性质 | 指标值 | 计量单位\n续建大中型水库数量 | ≥ | 26 | 座", number=2)
    other = form(
        "部门名称 | 某局 | < | <\n指标名称 | 指标性质 | 指标值 | 计量单位\n续建大中型水库数量 | ≥ | 27 | 座", "部门整体绩效目标表", 1
    )
    assert of_rule("AN509", whole, own) == []
    assert [(f.stated, f.expected) for f in of_rule("AN509", other, own)] == [("≥27座", "≥26座")]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (COUNT, "AN510"),
        ("产出指标 | 质量指标 | 拨付准确率 | =90% | | 10", "AN512"),
        ("产出指标 | 数量指标 | 覆盖城区数 | =12件 | | 10", "AN511"),
        ("成本指标 | 经济成本指标 | 测评服务费用 | <=4.5万 | | 10", "AN511"),
        ("产出指标 | 数量指标 | 国内补助企 | >=3家 | | 10", ""),
        ("产出指标 | 数量指标 | 内补助企业数量考察家数 | >=3家 | | 10", "AN516"),
        ("产出指标 | 质量指标 | 合格率 | ≤95% | | 10", "AN513"),
    ],
)
def test_slips_within_a_form(line: str, rule: str) -> None:
    rules = ("AN510", "AN511", "AN512", "AN513", "AN516")
    assert [f.rule for r in rules for f in of_rule(r, indicators(COUNT, line))] == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("goal", "rule"),
    [
        ("甲级能力提升补助资金项目", "AN505"),
        ("2025年预估救助1000人。", "AN506"),
        ("2027年12月31日前完成案件指派。", "AN506"),
        ("根据《2025年度工作要点》（甲〔2025〕3号）开展2025-2027年规划，2025年以来已完成两期。", ""),
        ("市财政需承担96.75万元。", "AN502"),
    ],
)
def test_goals_say_something_of_this_year(goal: str, rule: str) -> None:
    table = indicators(COUNT, funds=funds("100.00", "100.00", goal=goal).replace("甲项目", "甲级能力提升补助资金"))
    rules = ("AN502", "AN505", "AN506")
    assert [f.rule for r in rules for f in of_rule(r, table)] == ([rule] if rule else [])


def test_a_cited_form_that_is_missing_is_asked_for() -> None:
    text = "七、绩效目标：详见单位的项目绩效目标表"
    assert [f.severity for f in of_rule("PR501", form(EXPENDITURE, "支出表", header=1), text=text)] == [Severity.WARNING]
    assert of_rule("PR501", indicators(COUNT), text=text) == []
