"""Every page in both languages: with nothing in the library, with a document, and with one that someone has removed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from looking import LANGUAGES, keys, part, shown
from streamlit.testing.v1 import AppTest

import triage
from making import text_pdf
from model.assessment import Standing
from ui.shell import ROUTES
from words import say

Visit = Callable[..., AppTest]
EVERY = list(product(ROUTES, LANGUAGES))


@pytest.mark.parametrize(("route", "language"), EVERY)
def test_a_page_shows_without_documents(visit: Visit, route: str, language: str) -> None:
    app = visit(route, lang=language)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize(("route", "language"), EVERY)
def test_a_page_shows_a_document(visit: Visit, wrong: str, route: str, language: str) -> None:
    app = visit(route, lang=language, doc=wrong)
    assert not app.exception
    assert not app.error
    assert not app.warning
    assert say("ui.language.other", language) in shown(app)  # type: ignore[arg-type]


@pytest.mark.parametrize("route", ["findings", "tables", "ask"])
def test_a_document_that_was_removed_elsewhere_is_said_to_be_gone(visit: Visit, wrong: str, route: str) -> None:
    app = visit(route, doc=wrong)
    triage.open_library().remove(wrong)
    app.run()
    assert not app.exception
    assert [say("ui.gone")] == [warning.value for warning in app.warning] or say("ui.empty") in [info.value for info in app.info]


def test_an_address_with_a_document_that_does_not_exist_shows_another(visit: Visit, wrong: str) -> None:
    app = visit("findings", doc="0" * 64)
    assert [say("ui.gone")] == [warning.value for warning in app.warning]
    assert app.session_state["doc"] == wrong


def test_the_language_changes_at_a_click_and_stays_in_the_address(visit: Visit) -> None:
    app = visit()
    assert say("ui.triage.first", "zh") in shown(app)
    app.button(key="language").click().run()
    assert say("ui.triage.first", "en") in shown(app)
    assert app.query_params["lang"] == "en"


def test_an_unknown_language_in_the_address_is_chinese(visit: Visit) -> None:
    assert say("ui.triage.first", "zh") in shown(visit(lang="xx"))


def test_the_list_says_what_deserves_attention(visit: Visit, wrong: str) -> None:
    [line] = part(visit(), "documents")["rows"]
    assert line["id"] == wrong
    assert line["cells"]["errors"]["value"] >= 1
    assert line["cells"]["affected"]["text"] == "1.00"


def test_the_worst_document_comes_first_and_filters_leave_what_they_should(visit: Visit, wrong: str) -> None:
    other = triage.examined(triage.open_library(), text_pdf("某市审计局2025年度部门决算", "一、概况"), "无表.pdf").document.sha256
    app = visit()
    assert [line["id"] for line in part(app, "documents")["rows"]] == [wrong, other]
    app.selectbox(key="triage.year").set_value("2025").run()
    assert [line["id"] for line in part(app, "documents")["rows"]] == [other]
    app.selectbox(key="triage.year").set_value("").run()
    app.selectbox(key="triage.severity").set_value("error").run()
    assert [line["id"] for line in part(app, "documents")["rows"]] == [wrong]
    app.text_input(key="triage.words").set_value("没有这个单位").run()
    assert part(app, "documents")["rows"] == []


@pytest.mark.parametrize("chart", ["composition", "flow", "changes"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_charts_of_the_sample(visit: Visit, sample: Path, chart: str, language: str) -> None:
    triage.examined(triage.open_library(), sample.read_bytes(), sample.name)
    app = visit(lang=language)
    app.button_group(key="charts.which").set_value(chart).run()
    assert not app.exception
    assert f"chart.{chart}" in keys(app)


def test_a_removed_document_leaves_its_notes(visit: Visit, wrong: str) -> None:
    app = visit("findings", doc=wrong)
    app.button(key=f"standing.{Standing.CONFIRMED.value}").click().run()
    app = visit()
    app.multiselect(key="remove.which").set_value([wrong]).run()
    app.button(key="remove.do").click().run()
    assert not app.exception
    assert triage.open_library().entries() == []
    assert len(triage.open_library().papers(wrong).notes()) == 1


def test_what_an_earlier_version_checked_is_checked_again(visit: Visit, home: Path) -> None:
    from looking import WRONG

    from store import Library

    examination = triage.examine(WRONG, "旧.pdf")
    Library(home, "0.0.0-old").add(WRONG, examination)
    app = visit()
    assert part(app, "documents")["rows"][0]["cells"]["status"]["chips"][0]["text"] == say("ui.stale")
    app.button(key="stale.do").click().run()
    assert not app.exception
    assert [entry.version for entry in triage.open_library().entries()] == [triage.reader_version()]


def test_what_an_earlier_version_checked_opens(visit: Visit, home: Path) -> None:
    from looking import WRONG

    from store import Library

    examination = triage.examine(WRONG, "旧.pdf")
    Library(home, "0.0.0-old").add(WRONG, examination)
    app = visit("findings", doc=examination.document.sha256)
    assert not app.exception
    assert part(app, "findings")["rows"]


def test_the_reviewers_name_goes_into_the_notes(visit: Visit, wrong: str) -> None:
    from looking import turn_to

    app = visit("settings")
    app.text_input(key="reviewer.name").set_value(" 张三 ").run()
    turn_to(app, "findings")
    app.button(key="standing.rejected").click().run()
    [note] = triage.open_library().papers(wrong).notes().values()
    assert (note.assessment.name, note.assessment.status) == ("张三", Standing.REJECTED)


def test_damaged_working_papers_are_set_aside_and_the_list_says_so(visit: Visit, wrong: str) -> None:
    papers = triage.open_library().papers(wrong)
    papers.path.parent.mkdir(parents=True, exist_ok=True)
    papers.path.write_text("{", encoding="utf-8")
    visit()
    app = visit()
    assert not app.exception
    assert len(app.warning) == 1
    assert wrong in app.warning[0].value
    assert len(part(app, "documents")["rows"]) == 1
