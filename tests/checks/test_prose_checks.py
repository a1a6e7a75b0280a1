"""The arithmetic of sentences: each test shows the sentence and what is wrong with it."""

from __future__ import annotations

import pytest
from disclosures import findings, table

from model.document import Kind
from model.findings import Severity

SPENDING = """
科目编码 | 科目名称 | 支出预算/合计 | 支出预算/基本支出 | 支出预算/项目支出
221     | 住房保障支出 | 4,521,559.00 | 4,521,559.00 | 0.00
22102   | 住房改革支出 | 4,521,559.00 | 4,521,559.00 | 0.00
2210201 | 住房公积金 | 2,087,959.00 | 2,087,959.00 | 0.00
2210203 | 购房补贴 | 2,433,600.00 | 2,433,600.00 | 0.00
        | 合计 | 4,521,559.00 | 4,521,559.00 | 0.00
"""


def arithmetic(text: str, **more: object) -> list[tuple[str, str, str]]:
    found = findings(table(SPENDING, unit="元"), text=text, **more)
    return [(f.rule, f.stated, f.expected) for f in found if f.rule[:2] in {"RC", "NT"}]


def test_text_that_restates_the_table_in_another_unit_is_right():
    assert arithmetic("住房保障支出（类）住房改革支出（款）住房公积金（项）208.80万元。") == []


def test_text_that_differs_from_the_table():
    (found,) = arithmetic("住房保障支出（类）住房改革支出（款）住房公积金（项）201.50万元。")
    assert found == ("NT101", "201.50", "208.80")


def test_growth_rate_is_reckoned_from_the_figures_beside_it():
    sentence = "购房补贴（项）2026年预算数243.36万元，比2025年执行数增加1.60万元，增长{}%。"
    assert arithmetic(sentence.format("0.66")) == []
    assert arithmetic(sentence.format("6.60")) == [("RC102", "6.60", "0.66")]


def test_rate_moved_by_one_unit_of_its_last_place_is_rounding():
    text = "购房补贴（项）2026年预算数243.36万元，比2025年执行数增加1.60万元，增长0.67%。"
    assert arithmetic(text) == []
    assert any(f.rule == "RC102" for f in findings(table(SPENDING, unit="元"), text=text, severity=Severity.ROUNDING))


def test_completion_rate_and_direction_word_of_final_accounts():
    text = "职业年金缴费（项）。年初预算为80.81万元，支出决算为80.38万元，完成年初预算的99.47%。决算数{}预算数的主要原因：人员减少。"
    assert arithmetic(text.format("小于"), kind=Kind.FINAL_ACCOUNTS) == []
    found = findings(table(SPENDING, unit="元"), text=text.format("大于"), kind=Kind.FINAL_ACCOUNTS)
    assert [(f.rule, f.variant, f.stated) for f in found if f.rule == "NT301"] == [("NT301", "down", "大于")]


@pytest.mark.parametrize(("goods", "right"), [("3.66", True), ("6.36", False)])
def test_procurement_is_the_sum_of_its_three_kinds(goods, right):
    text = f"政府采购预算1486.42万元，其中：政府采购货物预算{goods}万元、政府采购工程预算36.44万元、政府采购服务预算1446.32万元。"
    assert (not [f for f in arithmetic(text) if f[0] == "NT201"]) is right


def test_areas_name_the_transposed_figure():
    text = (
        "建筑面积约为13459平方米，其中地上建筑面积为8013平方米（其中计容面积7998平方米，不计容面积105平方米），地下建筑面积为5356平方米。"
    )
    found = [f for f in findings(table(SPENDING, unit="元"), text=text) if f.rule == "NT201"]
    assert found
    assert found[0].suspect is not None
    assert (found[0].suspect.proposed, found[0].suspect.cause) == ("8,103", "transposition")


def test_growth_from_zero_is_a_question():
    text = "购房补贴（项）2026年预算数243.36万元，比上年预算增加243.36万元，增长100.00%。"
    found = findings(table(SPENDING, unit="元"), text=text, severity=Severity.WARNING)
    assert "AN101" in {f.rule for f in found}


def test_three_public_changes_add_up():
    text = (
        "2026年“三公”经费预算35.10万元，较2025年预算减少{}万元。其中：因公出国（境）费用28.00万元，较2025年预算增加27.20万元；"
        "公务接待费3.50万元，较2025年预算减少0.01万元；公务用车运行维护费3.60万元，较2025年预算减少32.40万元。"
    )
    assert [f for f in arithmetic(text.format("5.21")) if f[0] == "NT205"] == []
    assert [f[0] for f in arithmetic(text.format("9.21"))].count("NT205") == 1
