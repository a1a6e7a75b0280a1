"""Laws of the arithmetic checks: rounding alone never fails, anything beyond always does; a single fault is found and named."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from disclosures import findings, table
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.equations import Figure, Origin, Rate, Sum, printed
from model.amounts import PERCENT, WAN_YUAN, Amount, Interval
from model.facts import Source
from model.findings import Result
from model.geometry import Box, Place

CENT = Decimal("0.01")
fine = st.decimals(min_value=1, max_value=99_999, places=6, allow_nan=False, allow_infinity=False)
source = Source(Place(1, Box(0, 0, 1, 1)), "")


def figure(key: str, value: Decimal, places: int = 2, unit=WAN_YUAN) -> Figure:
    return Figure(key, Amount(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), unit, places), source)


@given(st.lists(fine, min_size=1, max_size=12))
def test_rounding_alone_never_fails_a_sum(values):
    parts = tuple((1, figure(str(i), v)) for i, v in enumerate(values))
    assert Sum(Origin("FT101"), figure("total", sum(values, Decimal(0))), parts).result() is not Result.FAIL


@given(st.lists(fine, min_size=1, max_size=12), st.sampled_from([-1, 1]), st.integers(min_value=1, max_value=500))
def test_anything_beyond_rounding_fails_a_sum(values, sign, more):
    parts = tuple((1, figure(str(i), v)) for i, v in enumerate(values))
    exact = sum((f.amount.value for _, f in parts), Decimal(0))
    beyond = (len(values) + 1) * CENT / 2 + more * CENT
    total = figure("total", exact + sign * beyond.quantize(CENT))
    assert Sum(Origin("FT101"), total, parts).result() is Result.FAIL


@given(fine, st.decimals(min_value="-0.9", max_value=5, places=6))
def test_rounding_alone_never_fails_a_growth_rate(last, growth):
    now = last * (1 + growth)
    rate = figure("rate", growth * 100, unit=PERCENT)
    this, base = figure("now", now), figure("base", last)
    if printed(base).low <= 0:
        return
    assert Rate(Origin("RC102"), rate, ((1, this), (-1, base)), ((1, base),)).result() is not Result.FAIL


@given(fine, fine, st.decimals(min_value=1, max_value=50, places=2))
def test_rate_that_is_off_by_a_point_fails(last, now, off):
    this, base = figure("now", now + 100), figure("base", last + 100)
    equation = Rate(Origin("RC104"), figure("rate", Decimal(0), unit=PERCENT), ((1, this),), ((1, base),))
    possible = equation.reckoned()
    assert possible is not None
    wrong = figure("rate", possible.high + off, unit=PERCENT)
    assert Rate(Origin("RC104"), wrong, ((1, this),), ((1, base),)).result() is Result.FAIL


@given(st.lists(fine, min_size=2, max_size=6), st.data())
def test_solving_for_a_figure_gives_back_its_printed_value(values, data):
    parts = tuple((1, figure(str(i), v)) for i, v in enumerate(values))
    total = figure("total", sum((f.amount.value for _, f in parts), Decimal(0)))
    equation = Sum(Origin("FT101"), total, parts)
    chosen = data.draw(st.sampled_from(equation.figures))
    solution = equation.solve(chosen)
    assert solution is not None
    assert solution.contains(chosen.amount.base)


@given(st.tuples(fine, fine), st.tuples(fine, fine))
def test_interval_arithmetic_holds_every_point(a, b):
    one, two = Interval(min(a), max(a)), Interval(min(b), max(b))
    for x in a:
        for y in b:
            assert (one + two).contains(x + y)
            assert (one - two).contains(x - y)
            assert (one * two).contains(x * y)
            quotient = one / two
            slack = Decimal("1e-20") * (abs(x / y) + 1)
            assert quotient.low - slack <= x / y <= quotient.high + slack


def spending(basic: list[int], project: list[int]) -> list[list[int]]:
    return [[b + p, b, p] for b, p in zip(basic, project, strict=True)]


def as_table(rows: list[list[int]]) -> str:
    codes = ["2010301", "2010302", "2010350"]
    total = [sum(column) for column in zip(*rows, strict=True)]
    lines = ["科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出"]
    for code, name, values in [
        ("201", "一般公共服务支出", total),
        ("20103", "政府办公厅（室）及相关机构事务", total),
        *((c, n, r) for c, n, r in zip(codes, ["行政运行", "一般行政管理事务", "事业运行"], rows, strict=True)),
        ("", "合计", total),
    ]:
        lines.append(" | ".join([code, name, *(f"{v / 100:.2f}" for v in values)]))
    return "\n".join(lines)


amounts = st.lists(st.integers(min_value=100_00, max_value=99_999_99), min_size=3, max_size=3)


@settings(max_examples=40)
@given(amounts, amounts)
def test_balanced_table_has_no_error(basic, project):
    assert findings(table(as_table(spending(basic, project)))) == []


@settings(max_examples=40)
@given(amounts, amounts, st.integers(0, 2), st.integers(0, 2), st.integers(min_value=1000, max_value=90_000))
def test_single_fault_is_found_and_named(basic, project, line, column, gap):
    text = as_table(spending(basic, project)).splitlines()
    cells = text[3 + line].split(" | ")
    wrong = f"{float(cells[2 + column]) + gap / 100:.2f}"
    cells[2 + column] = wrong
    text[3 + line] = " | ".join(cells)
    found = findings(table("\n".join(text)))
    assert [f.suspect.source.text for f in found if f.suspect][:1] == [wrong]
