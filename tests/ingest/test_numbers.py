from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.numbers import is_blank, read_amount, read_numeral, scan_figures
from model.amounts import PERCENT, WAN_YUAN, YUAN


@pytest.mark.parametrize(
    ("text", "value", "places"),
    [
        ("1,234.50", "1234.50", 2),
        ("１２．３", "12.3", 1),
        ("0.00", "0", 2),
        ("(12.3)", "-12.3", 1),
        ("（12.3）", "-12.3", 1),
        ("△3", "-3", 0),
        ("-5", "-5", 0),
        ("－5.20", "-5.20", 2),
        ("3 845.49", "3845.49", 2),
        ("1,23 4.50", "1234.50", 2),
        ("5.\n20", "5.20", 2),
        ("三", "3", 0),
        ("一百二十", "120", 0),
        ("¥1,000", "1000", 0),
    ],
)
def test_amount_of_a_cell(text, value, places):
    amount = read_amount(text, YUAN)
    assert amount is not None
    assert (amount.value, amount.places, amount.unit) == (Decimal(value), places, YUAN)


@pytest.mark.parametrize("text", ["", " ", "-", "—", "——", "－", "/", "无", "*"])
def test_blank_is_neither_zero_nor_unreadable(text):
    assert is_blank(text)
    assert read_amount(text, YUAN) is None


@pytest.mark.parametrize(
    "text",
    [
        "行政运行",
        "2026年",
        "2026-01-01",
        "2026.1.1",
        "13812345678",
        "0571-87654321",
        "01",
        "0301",
        "12.3 45.6",
        "12 13",
        "1,23.4",
        "〔2015〕6号",
        "万",
    ],
)
def test_what_is_no_amount_is_unreadable(text):
    assert not is_blank(text)
    assert read_amount(text, YUAN) is None


def test_a_unit_in_the_cell_wins():
    assert read_amount("12.3万元", YUAN).unit == WAN_YUAN
    assert read_amount("12.3%", YUAN).unit == PERCENT
    assert read_amount("3辆").unit.symbol == "辆"


@pytest.mark.parametrize(
    ("text", "value"), [("十", 10), ("二十一", 21), ("一千零五", 1005), ("三万二千", 32000), ("年", None), ("万", None)]
)
def test_numerals(text, value):
    assert read_numeral(text) == value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026年预算数3 845.49 万 元，增长126.35%", ["3 845.49 万 元", "126.35%"]),
        ("（204类）司法（06款）、204类06款01项、20406款01项", []),
        ("国发〔2015〕6号，2026年1月2日，第3次，12个月，电话0571-87654321", []),
        ("车辆3辆，设备10台（套），3万人次，房屋100.5平方米", ["3辆", "10台（套）", "3万人次", "100.5平方米"]),
        ("提高2.5个百分点，增长-5.2%，占80％", ["2.5个百分点", "-5.2%", "80％"]),
        ("1. 2026年100万元", ["100万元"]),
        ("单价50万元以上设备、约30万元、100余万元、3万元/家、满意度≥95%", []),
        ("50万，30亿元，5元", ["50万", "30亿元", "5元"]),
    ],
)
def test_amounts_in_running_text(text, found):
    assert [text[f.start : f.end] for f in scan_figures(text) if f.exact and not f.limit] == found


def test_limits_and_estimates_are_marked():
    marks = {f.amount.text: (f.exact, f.limit) for f in scan_figures("单价50万元以上设备2台，约30万元，达到90%以上")}
    assert marks == {"50": (True, True), "2": (True, False), "30": (False, False), "90": (True, True)}


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_what_is_printed_is_read_back(value):
    assert read_amount(f"{value:,.2f}").value == value
    assert read_amount(f"{value:.2f}").value == value
