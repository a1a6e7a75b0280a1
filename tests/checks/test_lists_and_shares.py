"""What lists of the text add up to, and what a share is a share of."""

from __future__ import annotations

from disclosures import findings, table

TABLE = """
项目|预算数
一、一般公共预算拨款收入|5113.54
二、政府性基金预算拨款收入|383.61
三、事业收入|3773.30
上年结转|36.06
收入总计|9306.51
"""
SHARES = (
    "2026年收入预算9306.51万元，其中：一般公共预算拨款收入5113.54万元，占54.95%；政府性基金预算拨款收入383.61万元，占4.12%；"
    "事业收入3773.30万元，占40.54%；上年结转36.06万元，占{}%。"
)
BOTH = (
    "某局2026年财政拨款收支总预算5533.21万元。收入包括：一般公共预算拨款收入5113.54万元、政府性基金预算拨款收入383.61万元、"
    "上年结转36.06万元；支出包括：公共安全支出4882.80万元、社会保障和就业支出{}万元、卫生健康支出542.15万元。"
)


def test_a_share_is_of_what_its_neighbours_are_shares_of():
    """36.06 is 0.96 % of 事业收入 3773.30, which comes near the mistyped 0.95."""
    assert findings(table(TABLE, "收入总表"), text=SHARES.format("0.39")) == []
    (found,) = findings(table(TABLE, "收入总表"), text=SHARES.format("0.95"))
    assert found.suspect is not None
    assert (found.suspect.source.text, found.suspect.proposed) == ("0.95%", "0.39")


def test_both_sides_of_a_total_are_lists_of_it():
    assert findings(text=BOTH.format("108.26")) == []
    (found,) = findings(text=BOTH.format("208.26"))
    assert found.suspect is not None
    assert "208.26" in found.equation


def test_a_share_of_a_total_that_a_table_names():
    rows = "项目|决算数\n一、公共安全支出|307.82\n本年支出合计|307.82"
    text = "一般公共预算财政拨款支出307.82万元，占本年支出合计的{}%。"
    assert findings(table(rows, "支出决算表"), text=text.format("100.00")) == []
    assert findings(table(rows, "支出决算表"), text=text.format("180.00"))


def test_an_increase_is_no_larger_than_what_it_led_to():
    text = "机关事业单位基本养老保险缴费支出1,045.93万元，与上年相比增加{}万元。"
    assert findings(text=text.format("1,045.93")) == []
    (found,) = findings(text=text.format("1,405.93"))
    assert found.rule == "RC106"


def test_the_threshold_for_equipment_is_that_of_the_form():
    text = "单价{}万元（含）以上的设备（不含车辆）0台（套）。"
    assert [findings(text=text.format(amount)) for amount in ("50", "100", "200")] == [[], [], []]
    (found,) = findings(text=text.format("190"))
    assert found.rule == "FI106"
