"""Tables that list unit by unit, and items with their projects: whose line is part of which, and what the text adds up."""

from __future__ import annotations

from disclosures import findings, table

UNITS = """
科目编码/类|科目编码/款|科目编码/项|单位代码|单位名称（科目）|合计|基本支出|项目支出
||||合计|900.00|500.00|400.00
|||303001|北川县商务局本级|600.00|400.00|200.00
201|13|01|303001|行政运行|400.00|400.00|
201|13|02|303001|一般行政管理事务|200.00||200.00
|||303002|北川县信息中心|300.00|100.00|200.00
201|13|02|303002|一般行政管理事务|300.00|100.00|200.00
"""
PROJECTS = """
科目编码|单位代码|单位名称（科目）|金额
||合计|200.00
|303001|北川县商务局本级|200.00
2011302|303001|一般行政管理事务|120.00
2011302|303001|一般业务专项经费|80.00
2011302|303001|信息化建设专项经费|40.00
2011303|303001|机关服务|80.00
"""


def test_a_units_code_is_no_classification_code():
    assert findings(table(UNITS)) == []
    (found,) = findings(table(UNITS.replace("300.00|100.00|200.00", "300.00|100.00|270.00", 1)))
    assert found.suspect is not None
    assert found.suspect.proposed == "200.00"


def test_projects_under_an_items_code_are_its_parts():
    assert findings(table(PROJECTS, "一般公共预算项目支出预算表")) == []
    assert findings(table(PROJECTS.replace("|80.00\n2011302", "|60.00\n2011302"), "一般公共预算项目支出预算表"))


def test_a_text_states_the_sum_of_the_units():
    text = "2026年一般公共服务支出（类）商贸事务（款）一般行政管理事务（项）预算数为{}万元，主要用于开展业务工作。"
    assert findings(table(UNITS), text=text.format("500.00")) == []
    (found,) = findings(table(UNITS), text=text.format("560.00"))
    assert found.suspect is not None
    assert found.suspect.source.text == "560.00万元"


def test_equal_totals_of_two_funds_may_have_changed_differently():
    text = """
# 一、收支预算情况
2026年收支预算总数900.00万元，比2025年预算数增加150.00万元。
# 三、一般公共预算当年拨款情况
2026年一般公共预算当年拨款900.00万元，比2025年预算数增加62.00万元。
"""
    assert findings(table(UNITS), text=text) == []
