"""Totals and heads: what they stand for where a table has sides, halves, levels and blanks."""

from __future__ import annotations

import pytest
from disclosures import findings, table

SIDES = """
收入/项目|收入/预算数|支出/项目|支出/预算数
一、一般公共预算拨款收入|90.00|一、公共安全支出|70.00
二、其他收入|10.00|二、住房保障支出|30.00
本年收入合计|100.00|本年支出合计|100.00
"""
TWO_LISTS = """
收入/项目|收入/金额|支出/功能分类|支出/金额|支出/支出用途|支出/金额
一、财政拨款|95.00|四、公共安全支出|70.00|一、基本支出|60.00
二、其他资金|5.00|八、社会保障和就业支出|20.00|二、项目支出|40.00
||十八、住房保障支出|10.00||
收入合计|100.00|支出合计|||100.00
"""
SOURCES = """
资金来源/大类|资金来源/明细|金额
收入总计||115.00
一般公共预算资金|小计|100.00
|公共财政拨款（补助）资金|100.00
|专项收入|
其他资金|小计|15.00
|事业收入|
|其他收入|15.00
"""
PURCHASES = """
采购类别|项目名称|采购目录|数量|总计
合计||||120.00
货物|||3|80.00
|办公设备购置|计算机|1|50.00
||打印机|2|30.00
服务|||2|40.00
|信息化|运行维护|1|25.00
||咨询|1|15.00
"""
NUMBERED = """
项目|预算数
一、财政拨款|100.00
1．一般公共预算拨款|80.00
2．政府性基金预算拨款|20.00
二、单位资金|5.00
收入总计|105.00
"""
CHANGES = """
科目编码|科目名称|上年执行数|本年预算数|增减额|增减(%)
204|公共安全支出|200.00|250.00|50.00|25.00
208|社会保障和就业支出|100.00|110.00|10.00|10.00
210|卫生健康支出|50.00||-50.00|-100.00
"""


@pytest.mark.parametrize(
    ("rows", "title", "right", "wrong"),
    [
        (SIDES, "收支总体情况表", "拨款收入|90.00", "拨款收入|60.00"),
        (TWO_LISTS, "收支预算总表", "项目支出|40.00", "项目支出|46.00"),
        (TWO_LISTS, "收支预算总表", "公共安全支出|70.00", "公共安全支出|76.00"),
        (TWO_LISTS, "收支预算总表", "支出合计|||100.00", "支出合计|||160.00"),
        (SOURCES, "收入预算总表", "|其他收入|15.00", "|其他收入|10.50"),
        (SOURCES, "收入预算总表", "一般公共预算资金|小计|100.00", "一般公共预算资金|小计|106.00"),
        (PURCHASES, "政府采购预算表", "货物|||3|80.00", "货物|||3|86.00"),
        (PURCHASES, "政府采购预算表", "打印机|2|30.00", "打印机|2|36.00"),
        (NUMBERED, "收入总表", "2．政府性基金预算拨款|20.00", "2．政府性基金预算拨款|29.00"),
        (CHANGES, "一般公共预算支出表", "-50.00|-100.00", "-50.00|-10.00"),
    ],
)
def test_a_figure_changed_is_the_one_finding(rows: str, title: str, right: str, wrong: str):
    assert findings(table(rows, title)) == []
    assert rows.count(right) == 1
    found = findings(table(rows.replace(right, wrong), title))
    assert found
    assert any(location.source.text == wrong.rsplit("|", 1)[-1] for finding in found for location in finding.locations)


def test_a_total_named_in_the_column_of_numbers():
    rows = "单位编码|单位（项目）名称|项目金额\n合计||90.00\n117|某局|90.00\n117001|某局|90.00\n|培训|40.00\n|信息化|50.00"
    assert findings(table(rows, "专项业务经费支出表")) == []
    assert findings(table(rows.replace("信息化|50.00", "信息化|56.00"), "专项业务经费支出表"))


def test_a_bare_zero_leaves_no_room():
    text = "2026年政府采购预算38.20万元，其中：政府采购货物预算7.80万元、政府采购工程预算0万元、政府采购服务预算{}万元。"
    assert findings(text=text.format("30.40")) == []
    assert findings(text=text.format("30.10"))


def test_a_project_named_after_its_money_is_no_source_of_funds():
    rows = "单位名称|项目名称|合计\n合计||60.00\n某局本级||40.00\n|上年结转业务专项（一）|25.00\n|单位资金结转项目|15.00\n某中心||20.00"
    rows += "\n|上年结转业务专项（二）|8.00\n|单位资金结转项目|12.00"
    assert findings(table(rows, "项目支出预算表")) == []
    assert findings(table(rows.replace("|12.00", "|12.60"), "项目支出预算表"))
