"""The reported names of forms, from titles of several places."""

from __future__ import annotations

import pytest

from ingest.form_names import form_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("部门收支总体情况表", "balance"),
        ("收入支出决算总表", "balance"),
        ("财政拨款收支预算总表", "fiscal_balance"),
        ("部门收入总体情况表", "income_summary"),
        ("部门支出总体情况表", "expenditure_summary"),
        ("2026年度支出预算总表", "expenditure_summary"),
        ("一般公共预算支出情况表", "general_public_expenditure"),
        ("政府性基金预算支出表", "government_funds_expenditure"),
        ("国有资本经营预算支出预算表", "state_capital_expenditure"),
        ("一般公共预算基本支出表", "basic_expenditure"),
        ("财政拨款“三公”经费支出表", "three_public"),
        ("项目支出绩效目标表", "performance_target"),
        ("某某办法附件", None),
    ],
)
def test_form_of_a_title(title, name):
    assert form_name(title) == name
