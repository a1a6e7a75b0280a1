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
    assert found.suspect.proposed == "108.26"
