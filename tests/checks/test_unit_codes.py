"""A unit's code is the same wherever its lines are printed."""

from __future__ import annotations

from disclosures import findings, table

ROWS = """
单位编码|单位名称|合计
117001|局本级|30.00
117001|局本级|20.00
117001|局本级|10.00
117002|信息中心|5.00
"""
AGAIN = """
单位代码|科目名称|合计
{code}|{name}|7.00
"""


def found(code: str, name: str = "局本级") -> list[str]:
    made = findings(table(ROWS), table(AGAIN.format(code=code, name=name), "项目支出表", number=2))
    return [finding.expected for finding in made if finding.rule == "CC701"]


def test_a_code_of_no_department_of_the_document_is_mistyped():
    assert found("817001") == ["117001"]
    assert found("11001") == ["117001"]


def test_another_unit_of_the_department_has_a_code_of_its_own():
    assert found("117003", "服务中心") == []


def test_one_unit_has_no_two_codes():
    assert found("117007", "局本级") == ["117001"]
