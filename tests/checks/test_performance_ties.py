"""Performance forms against project tables, lists, each other and the prose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.document import Kind, Table
from model.findings import Severity
from performance_forms import HEAD, form, indicators, of_rule

COUNT = "产出指标 | 数量指标 | 报告数量 | >=16份 | 计划标准 | 90"


def own(name: str, total: str, *lines: str, number: int = 1, goal: str = "") -> Table:
    """A project's form."""
    funds = f"项目名称 | {name} | < | < | < | <\n项目资金（万元） | 年度资金总额： | {total} | 其中：财政拨款 | {total} | <"
    said = f"\n年度总体目标 | {goal} | < | < | < | <" if goal else ""
    return indicators(COUNT, *lines, funds=funds + said, number=number)


def table(text: str, title: str, number: int = 7) -> Table:
    """A table of another kind, in 万元."""
    return replace(form(text, title, number, header=1), unit="万元")


def projects(*lines: str) -> Table:
    """The project table."""
    return table("\n".join(["项目名称 | 合计 | 对个人和家庭的补助 | 对企业补助", *lines]), "项目支出情况表")


LISTED = projects("科技三项费 | 25.00 | | 25.00", "招商工作经费 | 55.00 | | 55.00", "合计 | 80.00 | | 80.00")


def test_a_form_has_the_amount_of_its_line_in_the_project_table() -> None:
    right = [own("科技三项费项目", "25.00"), own("招商工作经费", "55.00", number=2)]
    assert of_rule("TI501", *right, LISTED) == []
    (found,) = of_rule("TI501", own("科技三项费项目", "25.00"), own("招商工作经费", "56.00", number=2), LISTED)
    assert (found.stated, found.expected) == ("56.00", "55.00")


def test_forms_of_one_name_are_matched_by_amount() -> None:
    lines = projects("审计业务经费 | 539.00 | | 539.00", "审计业务经费 | 18.00 | | 18.00", "合计 | 557.00 | | 557.00")
    assert of_rule("TI501", own("审计业务经费", "18.00"), own("审计业务经费", "539.00", number=2), lines) == []


def test_a_form_may_stand_for_this_year_and_what_was_carried_over() -> None:
    lines = projects("专项补助经费 | 100.00 | | 100.00", "专项补助经费（结转） | 98.18 | | 98.18", "合计 | 198.18 | | 198.18")
    assert of_rule("TI501", own("专项补助经费", "198.18"), lines) == []


def test_a_project_outside_the_budget_is_asked_about() -> None:
    forms = [own("科技三项费", "25.00"), own("招商工作经费", "55.00", number=2), own("集聚区认定服务采购", "158.00", number=3)]
    (found,) = of_rule("AN517", *forms, LISTED)
    assert (found.params["project"], found.severity) == ("集聚区认定服务采购", Severity.WARNING)


def test_one_project_has_one_name() -> None:
    lines = projects("国内外贸易工作经费 | 100.00 | | 100.00", "合计 | 100.00 | | 100.00")
    (found,) = of_rule("AN515", own("国内外经贸发展经费项目", "100.00"), lines)
    assert (found.stated, found.expected) == ("国内外经贸发展经费项目", "国内外贸易工作经费")
    text = "优化原基地退休人员经费等项目2026年预算安排，加强绩效管理。"
    assert [f.stated for f in of_rule("AN523", own("原基地退休人员补助经费", "170.00"), text=text)] == ["原基地退休人员经费"]


def test_money_for_firms_is_classed_as_such() -> None:
    goal = "给一家企业拨付人才补助资金110万元。"
    (found,) = of_rule("AN526", own("人才发展基金", "110.00", goal=goal), projects("人才发展基金 | 110.00 | 110.00 |"))
    assert found.expected == "对企业补助"
    assert of_rule("AN526", own("人才发展基金", "110.00", goal=goal), projects("人才发展基金 | 110.00 | | 110.00")) == []


def whole(total: str = "400.87") -> Table:
    """The form of a department that lists its tasks."""
    return form(
        f"""
        部门（单位）名称 | < | 某局 | < | < | <
        年度主要任务 | 任务名称 | 主要内容 | 预算金额（万元） | < | <
        ^ | ^ | ^ | 总额 | 财政拨款 | 其他资金
        ^ | 机关运转 | 人员经费及公用经费。 | 115.00 | 115.00 |
        ^ | 审计事务 | 审计外勤经费、差旅费等。 | 285.87 | 285.87 |
        ^ | 金额合计 | < | {total} | 400.87 |
        {HEAD}
        产出指标 | 数量指标 | 审计报告 | ≥150 | |
        """,
        "部门整体支出绩效目标表",
        9,
    )


def test_tasks_add_up_and_agree_with_their_own_forms() -> None:
    assert of_rule("FT502", whole()) == []
    wrong = [f.suspect for rule in ("FT501", "FT502") for f in of_rule(rule, whole("400.78"))]
    assert [s and s.source.text for s in wrong] == ["400.78"]
    assert of_rule("TI502", whole(), own("审计事务", "285.87")) == []
    assert {f.expected for f in of_rule("TI502", whole(), own("审计事务", "258.87"))} == {"258.87"}


def test_a_complete_set_of_forms_is_the_project_expenditure() -> None:
    spent = table("科目 | 合计 | 基本支出 | 项目支出\n教育支出 | 90.00 | 10.00 | 80.00\n合计 | 90.00 | 10.00 | 80.00", "部门支出总体情况表")
    right = [own("甲级工作经费", "25.00"), own("乙级工作经费", "55.00", number=2)]
    assert of_rule("TI504", *right, spent) == []
    (found,) = of_rule("TI504", own("甲级工作经费", "25.00"), own("乙级工作经费", "56.00", number=2), spent)[:1]
    assert found.severity is Severity.ERROR
    assert of_rule("TI504", own("甲级工作经费", "25.00"), own("乙级工作经费", "31.70", number=2), spent) == []  # not all of them


def test_a_table_of_scores_is_reckoned_again() -> None:
    text = "一级指标 | 分值 | 得分 | 得分率\n决策 | 20 | {} | 89.50%\n过程 | 20 | 17.99 | 89.95%\n合计 | 40 | 35.89 | 89.73%"
    right, wrong = (table(text.format(score), "绩效评价得分表") for score in ("17.90", "19.70"))
    assert [f for rule in ("RC506", "FT505") for f in of_rule(rule, right, kind=Kind.FINAL_ACCOUNTS)] == []
    (found,) = [f for rule in ("RC506", "FT505") for f in of_rule(rule, wrong, kind=Kind.FINAL_ACCOUNTS)]
    assert found.suspect is not None
    assert (found.suspect.source.text, found.suspect.proposed) == ("19.70", "17.90")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("涉及预算拨款97.30万元，均为一般公共预算拨款，全面实施绩效目标管理。", "NT604"),
        ("绩效自评的项目4个，涉及预算金额5.00万元，其中绩效评级为“优”的项目3个；绩效评级为“良”的项目2个。", "NT607"),
        ("编报绩效目标的项目4个，涉及预算金额598.42万元；绩效跟踪评价的项目4个，涉及预算金额598.24万元。", "NT608"),
    ],
)
def test_what_the_prose_says_of_performance(text: str, rule: str) -> None:
    spent = table("科目 | 合计 | 基本支出 | 项目支出\n教育支出 | 60.00 | 10.00 | 50.00\n合计 | 60.00 | 10.00 | 50.00", "一般公共预算支出表")
    assert [f.severity for f in of_rule(rule, spent, text=text)] == [Severity.ERROR]


def test_costs_of_the_goal_have_their_indicators() -> None:
    goal = "总投资14.80万元，开展业务培训费7.8万元，编印宣传手册费1.0万元，采购办公用品费3.0万元，购买电动工具费3.0万元。"
    costs = [
        f"成本指标 | 经济成本指标 | {name}成本 | ≤{amount}万元 | | 1"
        for name, amount in (("开展业务培训", "7.80"), ("编印宣传手册", "1.00"), ("采购办公用品", "3.00"))
    ]
    (found,) = of_rule("AN519", own("甲项目", "14.80", *costs, goal=goal))
    assert found.params["said"] == "购买电动工具费3.0万元"


def test_fields_of_a_form() -> None:
    phone = form(f"部门名称 | 某局 | < | 联系电话 | 13800000000 | <\n{HEAD}\n{COUNT}", "部门整体绩效目标表")
    bare = form(f"项目名称 | 甲项目 | < | < | < | <\n年度资金总额 | 14.00 | < | < | < | <\n{HEAD}\n{COUNT}")
    (found,) = of_rule("AN520", phone)
    assert (found.stated, found.locations[0].source.text) == ("138****0000", "13800000000")  # a place is what is printed there
    assert [f.stated for f in of_rule("AN521", bare)] == ["14.00"]
