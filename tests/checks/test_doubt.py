"""Figures read with doubt: open rather than wrong, settled where the sums tell."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from checks import check
from checks.doubt import opened
from checks.equations import Figure, Origin, Sum
from ingest import read_document, read_facts
from making import table_pdf
from model.amounts import WAN_YUAN, Amount, Unit
from model.document import Document
from model.findings import Finding, Result, Severity

HEADER = ["科目名称", "合计", "基本支出", "项目支出"]
SOUND = [["教育支出", "30.00", "10.00", "20.00"], ["卫生支出", "8.00", "5.00", "3.00"], ["合计", "38.00", "15.00", "23.00"]]


def document(rows: list[list[str]], doubtful: dict[str, tuple[str, ...]]) -> Document:
    """A table whose cells of some texts were recognised with doubt, each with what else it may be."""
    read = read_document(table_pdf([HEADER, *rows]), "scan.pdf")
    (table,) = read.tables

    def doubted(cell):
        return replace(cell, confidence=0.6, others=doubtful[cell.text]) if cell.text in doubtful else cell

    changed = tuple(replace(row, cells=tuple(doubted(cell) for cell in row.cells)) for row in table.rows)
    return replace(read, tables=(replace(table, rows=changed),))


def checked(rows: list[list[str]], doubtful: dict[str, tuple[str, ...]]) -> tuple[dict[Result, int], list[Finding]]:
    """Outcomes, and the findings that are errors or speak of recognition."""
    scan = document(rows, doubtful)
    findings, outcomes, _ = check(scan, read_facts(scan))
    return outcomes, [f for f in findings if f.severity is Severity.ERROR or f.rule == "OC101"]


def changed(row: int, column: int, text: str) -> list[list[str]]:
    """The sound rows with one other figure."""
    rows = [list(r) for r in SOUND]
    rows[row][column] = text
    return rows


def test_a_doubtful_figure_that_sums_hold_with_needs_no_notice() -> None:
    outcomes, findings = checked(SOUND, {"20.00": ("29.00",)})
    assert (outcomes[Result.OPEN], outcomes[Result.FAIL], findings) == (0, 0, [])


@pytest.mark.parametrize("others", [("20.00",), ()])
def test_the_sums_settle_a_doubtful_digit(others: tuple[str, ...]) -> None:
    outcomes, (finding,) = checked(changed(0, 3, "26.00"), {"26.00": others})
    assert (outcomes[Result.OPEN], outcomes[Result.FAIL]) == (0, 1)  # the notice itself
    assert (finding.rule, finding.variant, finding.stated, finding.expected) == ("OC101", "settled", "26.00", "20.00")


def test_what_no_reading_mends_stays_open() -> None:
    outcomes, (finding,) = checked(changed(0, 3, "77.77"), {"77.77": ("77.71",)})
    assert outcomes[Result.OPEN] > 0
    assert (finding.rule, finding.variant, finding.stated) == ("OC101", "", "77.77")


def test_a_wrong_figure_read_without_doubt_is_an_error() -> None:
    _, findings = checked(changed(0, 3, "26.00"), {"8.00": ()})
    assert {f.severity for f in findings} == {Severity.ERROR}
    assert "OC101" not in {f.rule for f in findings}


@pytest.mark.parametrize(("unit", "result"), [(WAN_YUAN, Result.FAIL), (None, Result.OPEN)])
def test_an_amount_without_a_unit_is_no_proof_against_one_with_one(unit: Unit | None, result: Result) -> None:
    source = read_facts(document(SOUND, {})).cells[0].source
    total, part = (Figure(key, Amount(Decimal(30), of, 2), source) for key, of in (("a", unit), ("b", WAN_YUAN)))
    equation = Sum(Origin("TI101"), total, ((1, replace(part, amount=replace(part.amount, value=Decimal(31)))),))
    assert opened([equation], [equation.result()]) == [result]
