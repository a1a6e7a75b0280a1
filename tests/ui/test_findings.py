"""A finding: chosen, seen on its page, looked at cell by cell, given a status that stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from looking import WRONG, keys, part, shown
from streamlit.testing.v1 import AppTest

import triage
from model.assessment import Assessment, Standing
from report.marks import marks
from ui import desk
from ui.evidence import SHORT
from words import say

Visit = Callable[..., AppTest]


def test_the_wrong_figure_is_marked_where_it_is_printed(visit: Visit, wrong: str) -> None:
    """The total stands in the second column of the fourth row of the table that ``making.table_pdf`` draws."""
    view = part(visit("findings", doc=wrong), "evidence")
    [suspect] = [mark for mark in view["marks"] if mark["role"] == "suspect"]
    assert 100 * 178 / 595 <= suspect["x"] <= suspect["x"] + suspect["w"] <= 100 * 296 / 595
    assert 100 * 181 / 842 <= suspect["y"] <= suspect["y"] + suspect["h"] <= 100 * 203 / 842
    assert suspect["focus"]


def test_the_equation_and_its_cells_are_shown(visit: Visit, wrong: str) -> None:
    app = visit("findings", doc=wrong)
    texts = shown(app)
    assert "41.00" in texts
    assert "40.00" in texts
    assert len(part(app, "places")["rows"]) >= 3


def test_what_else_fails_is_named_by_its_place(visit: Visit, sample_sha: str) -> None:
    found = next(p for p in desk.lines(sample_sha, "zh") if p.finding.symptoms)
    [symptom] = found.finding.symptoms
    app = visit("findings", doc=sample_sha, finding=found.finding.id)
    code, _, key = symptom.partition(":")
    page = next(mark.page for mark in marks(found.finding) if mark.source.key == key)
    assert f"{code} · {key}" not in shown(app)
    assert f"{code} · {say('export.page', page=page)}" in shown(app)


def test_words_are_not_headed_as_figures(visit: Visit, sample_sha: str) -> None:
    found = next(p for p in desk.lines(sample_sha, "zh") if p.finding.rule == "WO201" and len(p.finding.stated) <= SHORT)
    assert say("ui.expected.words") in shown(visit("findings", doc=sample_sha, finding=found.finding.id))


def test_next_and_previous(visit: Visit, sample_sha: str) -> None:
    app = visit("findings", doc=sample_sha)
    first = app.session_state["finding"]
    assert app.button(key="previous").disabled
    app.button(key="next").click().run()
    assert app.session_state["finding"] != first
    app.button(key="previous").click().run()
    assert app.session_state["finding"] == first


def test_filters_leave_what_they_should(visit: Visit, sample_sha: str) -> None:
    app = visit("findings", doc=sample_sha)
    every = len(part(app, "findings")["rows"])
    app.button_group(key=f"filter.severity.{sample_sha[:8]}").set_value(["rounding"]).run()
    some = part(app, "findings")["rows"]
    assert 0 < len(some) < every
    assert {row["cells"]["dot"]["title"] for row in some} == {say("ui.grade.rounding")}
    app.text_input(key="filter.words").set_value("没有这样的疑点").run()
    assert part(app, "findings")["rows"] == []
    assert not app.exception


@pytest.mark.parametrize("standing", list(Standing))
def test_a_status_with_its_note_is_kept_and_shown_again(visit: Visit, wrong: str, standing: Standing) -> None:
    app = visit("findings", doc=wrong)
    finding = app.session_state["finding"]
    app.text_area[0].set_value("单位已补正").run()
    app.button(key=f"standing.{standing.value}").click().run()
    assert not app.exception
    note = triage.open_library().papers(wrong).notes()[finding]
    assert (note.assessment.status, note.assessment.note) == (standing, "单位已补正")
    assert visit("findings", doc=wrong, finding=finding).text_area[0].value == "单位已补正"


def test_a_status_survives_reading_the_document_again(visit: Visit, wrong: str) -> None:
    app = visit("findings", doc=wrong)
    finding = app.session_state["finding"]
    app.button(key="standing.confirmed").click().run()
    triage.open_library().remove(wrong)
    triage.examined(triage.open_library(), WRONG, "再来.pdf")
    row = next(row for row in part(visit("findings", doc=wrong), "findings")["rows"] if row["id"] == finding)
    assert [chip["text"] for chip in row["cells"]["status"]["chips"]] == [say("ui.standing.confirmed")]


def test_two_people_do_not_overwrite_each_other(visit: Visit, wrong: str) -> None:
    mine, theirs = visit("findings", doc=wrong), visit("findings", doc=wrong)
    finding = mine.session_state["finding"]
    mine.text_area[0].set_value("我的说明").run()
    theirs.button(key="standing.rejected").click().run()
    mine.button(key="standing.confirmed").click().run()
    papers = triage.open_library().papers(wrong)
    assert papers.notes()[finding].assessment.status is Standing.REJECTED
    assert say("ui.standing.rejected") in mine.warning[0].value
    assert mine.text_area[0].value == "我的说明"
    mine.button(key="standing.confirmed").click().run()
    assert papers.notes()[finding].assessment == Assessment(Standing.CONFIRMED, "我的说明", "", papers.notes()[finding].assessment.date)


def test_the_page_can_be_turned_by_the_address(visit: Visit, sample_sha: str) -> None:
    app = visit("findings", doc=sample_sha)
    finding = app.session_state["finding"]
    assert part(visit("findings", doc=sample_sha, finding=finding, page="3"), "evidence")["page"] == 3
    assert part(visit("findings", doc=sample_sha, finding=finding, page="99999"), "evidence")["page"] == part(app, "evidence")["pages"]


def test_a_document_without_findings_says_so(visit: Visit) -> None:
    from making import text_pdf

    quiet = triage.examined(triage.open_library(), text_pdf("某市某局2025年部门预算"), "空.pdf")
    app = visit("findings", doc=quiet.document.sha256)
    assert not app.exception
    if not quiet.findings:
        assert part(app, "findings")["empty"] == say("ui.findings.none")
        assert "evidence" not in keys(app)
