"""Expressions over cited cells: units, printed precision, directions; no figure of the model's own."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.amounts import PERCENT, WAN_YUAN, YUAN, Amount, count_unit
from retrieval.assistant.formula import FormulaError, Quantity, compute, of_amount

CELLS = {
    "R1.1": of_amount("R1", Amount(Decimal("100.00"), WAN_YUAN, 2)),
    "R1.2": of_amount("R1", Amount(Decimal("80.00"), WAN_YUAN, 2), -2),
    "R2.1": of_amount("R2", Amount(Decimal(500_000), YUAN, 0)),
    "R3.1": of_amount("R3", Amount(Decimal(4), count_unit("辆"), 0)),
    "R4.1": of_amount("R4", Amount(Decimal("12.5"), PERCENT, 1)),
    "R5.1": of_amount("R5", Amount(Decimal("0.00"), WAN_YUAN, 2)),
    "R6.1": of_amount("R6", Amount(Decimal(7), None, 0)),
}


def lookup(ref: str) -> Quantity:
    if ref not in CELLS:
        raise FormulaError("unknown", ref)
    return CELLS[ref]


def value(expression: str) -> Quantity:
    return compute(expression, lookup, lambda ref: any(cell.startswith(f"{ref.partition('.')[0]}.") for cell in CELLS))


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("R1.1 + R1.2", "180.00 万元"),
        ("R1.1 − R1.2", "20.00 万元"),
        ("R1.1 + R2.1", "150.00 万元"),
        ("R2.1 + R1.1", "1,500,000.00 元"),
        ("R1.2 / R1.1", "80.00%"),
        ("(R1.1 - R1.2) ÷ R1.2 × 100", "25.00%"),
        ("R1.1 / R1.2 - 1", "25.00%"),
        ("R1.1 * R4.1", "12.50 万元"),
        ("R1.1 / R3.1", "25.00 万元"),
        ("R1.1 / 12", "8.33 万元"),
        ("sum(R1.1, R1.2, R2.1)", "230.00 万元"),
        ("average(R1.1, R1.2)", "90.00 万元"),
        ("max(R1.1, R1.2)", "100.00 万元"),
        ("min(R1.1, R1.2)", "80.00 万元"),
        ("abs(R1.2 - R1.1)", "20.00 万元"),
        ("-R1.1", "-100.00 万元"),
        ("count(R1, R2, R3, R1)", "3"),
        ("R6.1 / (R6.1 + R6.1)", "50.00%"),
    ],
)
def test_computed(expression: str, text: str) -> None:
    assert value(expression).text == text


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("R9.1 + R1.1", "unknown"),
        ("999", "no_cells"),
        ("R1.1 * 3", "constant"),
        ("R1.1 + 999", "units"),
        ("R1.1 / R1.1 + 998", "constant"),
        ("R1.1 * 0", "constant"),
        ("R1.1 + R3.1", "units"),
        ("R1.1 + R6.1", "units"),
        ("R1.1 * R2.1", "units"),
        ("R1.1 / R5.1", "zero"),
        ("R1.1 +", "syntax"),
        ("R1.1 R1.2", "syntax"),
        ("__import__('os')", "syntax"),
        ("R1.1 ** R1.2", "syntax"),
        ("((((((((((((((R1.1))))))))))))))", "long"),
        ("-" * 50 + "R1.1", "long"),
        ("R1.1+" * 200, "long"),
        ("", "syntax"),
        ("count(R9)", "unknown"),
        ("count(3)", "syntax"),
        ("sum()", "syntax"),
        ("eval(R1.1)", "syntax"),
    ],
)
def test_refused(expression: str, code: str) -> None:
    with pytest.raises(FormulaError) as raised:
        value(expression)
    assert raised.value.code == code


def test_a_result_knows_its_cells_and_its_direction() -> None:
    assert value("R1.1 - R1.2").refs == ("R1", "R1")
    assert value("R1.1 - R1.2").way == 1
    assert value("R1.2 - R1.1").way == 1, "last year minus this year is negative, and yet an increase"
    assert value("abs(R1.2 - R1.1)").way == 1
    assert value("R1.1 + R1.2").way is None


amounts = st.builds(
    lambda units, places: Amount(Decimal(units).scaleb(-places), WAN_YUAN, places), st.integers(1, 10**9), st.integers(0, 4)
)


@given(amounts, amounts)
def test_the_interval_holds_whatever_was_rounded_to_the_printed_figures(one: Amount, other: Amount) -> None:
    cells = {"R1.1": of_amount("R1", one), "R2.1": of_amount("R2", other)}
    for expression in ("R1.1 + R2.1", "R1.1 - R2.1", "R1.1 / R2.1"):
        try:
            found = compute(expression, cells.__getitem__, lambda _: True)
        except FormulaError:
            continue
        assert found.interval.contains(found.value)
        assert found.interval.low < found.interval.high
