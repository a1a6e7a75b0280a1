"""Findings as numbered lines: order, place, and what the line speaks of."""

from __future__ import annotations

from dataclasses import replace

from factory import case, cell

from model.assessment import Assessment, Standing
from model.findings import Suspect
from report.points import anchor, points, upheld


def test_numbers_run_over_documents_by_severity() -> None:
    first, second = case("rounding", "sum"), case("sum", title="乙")
    found = points([first.examination, second.examination], {}, "zh")
    assert [(p.number, p.finding.id, p.document.title == "乙") for p in found] == [
        (1, "a41f09c2", False),
        (2, "a41f09c2", True),
        (3, "c0", False),
    ]


def test_the_place_is_that_of_the_stated_figure_and_not_of_another_suspect() -> None:
    """The total is what the finding states; one of its parts is suspected: row and column must be the total's."""
    made = case("sum")
    (finding,) = made.examination.findings
    suspected = replace(finding, suspect=Suspect(cell(made.examination.document, 1, 4), "71.00", "digit", 2))
    assert anchor(suspected).text == "301.00"
    assert anchor(finding) == finding.suspect.source


def test_grouping_of_digits_does_not_hide_the_place() -> None:
    made = case("rounding")
    finding = replace(made.examination.findings[0], stated="1737.68")
    assert anchor(finding).row == 7


def test_what_the_auditor_rejected_is_not_put_before_the_audited_body() -> None:
    made = case("sum", "rounding")
    said = {made.examination.document.sha256: {"a41f09c2": Assessment(Standing.REJECTED), "c0": Assessment(Standing.CONFIRMED)}}
    found = points([made.examination], said, "zh")
    assert [p.finding.id for p in upheld(found)] == ["c0"]
