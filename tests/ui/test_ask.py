"""Questions: answered with citations, kept with the document, taken out as a file."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import docx
import pytest
from looking import SOUND, part, shown
from streamlit.testing.v1 import AppTest

import triage
from report.transcript import markdown_file, word
from store import Talk
from ui import transcripts
from words import say

Visit = Callable[..., AppTest]
QUESTION = "科学技术支出是多少？"


def ask(app: AppTest, question: str) -> AppTest:
    return app.chat_input[0].set_value(question).run()


def test_an_answer_cites_the_row_and_shows_its_page(visit: Visit, wrong: str) -> None:
    app = ask(visit("ask", doc=wrong), QUESTION)
    assert not app.exception
    assert "10.00" in shown(app)
    view = part(app, "cited_page")
    assert [mark for mark in view["marks"] if mark["focus"]]
    app.button(key="cite.0.1").click().run()
    assert app.session_state["cited"] == "0.1"


def test_a_talk_is_kept_with_its_document(visit: Visit, wrong: str) -> None:
    other = triage.examined(triage.open_library(), SOUND, "相符.pdf").document.sha256
    ask(visit("ask", doc=wrong), QUESTION)
    assert QUESTION in shown(visit("ask", doc=wrong))
    assert f"问：{QUESTION}" not in shown(visit("ask", doc=other))
    assert [exchange.question for exchange in Talk(triage.open_library().home, [wrong]).exchanges()] == [QUESTION]
    assert Talk(triage.open_library().home, [other]).exchanges() == []


def test_what_is_not_in_the_document_is_refused_with_the_nearest_rows(visit: Visit, wrong: str) -> None:
    app = ask(visit("ask", doc=wrong), "火星探测支出是多少？")
    [exchange] = Talk(triage.open_library().home, [wrong]).exchanges()
    assert not exchange.found
    assert exchange.citations == ()
    assert not app.exception


def test_a_suggested_question_is_asked_at_a_click(visit: Visit, wrong: str) -> None:
    app = visit("ask", doc=wrong)
    app.button(key="suggest.0").click().run()
    assert [e.question for e in Talk(triage.open_library().home, [wrong]).exchanges()] == [say("ui.suggest.findings")]


def test_several_documents_have_a_talk_of_their_own(visit: Visit, wrong: str) -> None:
    other = triage.examined(triage.open_library(), SOUND, "相符.pdf").document.sha256
    app = visit("ask", doc=wrong)
    app.multiselect(key="scope.pick").set_value([other]).run()
    assert app.chat_input[0].placeholder == say("ui.ask.hint.several", n=2)
    ask(app, QUESTION)
    assert not app.exception
    assert "有误" in app.button(key="cite.0.1").label or "相符" in app.button(key="cite.0.1").label
    home = triage.open_library().home
    assert Talk(home, [wrong]).exchanges() == []
    assert len(Talk(home, [other, wrong]).exchanges()) == 1


def test_a_talk_is_forgotten_when_asked_to(visit: Visit, wrong: str) -> None:
    app = ask(visit("ask", doc=wrong), QUESTION)
    app.button(key="talk.clear").click().run()
    assert Talk(triage.open_library().home, [wrong]).exchanges() == []


@pytest.mark.parametrize("question", ["<script>alert(1)</script>", "`code` **bold** [x](http://y)", "😀", "=1+1", "a" * 500])
def test_whatever_is_typed_is_shown_as_text(visit: Visit, wrong: str, question: str) -> None:
    app = ask(visit("ask", doc=wrong), question)
    assert not app.exception
    assert question in [text.value for text in app.text]


def test_a_talk_becomes_a_file(visit: Visit, wrong: str) -> None:
    ask(visit("ask", doc=wrong), QUESTION)
    turns = transcripts.turns(Talk(triage.open_library().home, [wrong]).exchanges())
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(word(turns, "某部门", "zh", date(2026, 11, 22)))).paragraphs)
    assert QUESTION in text
    assert "10.00" in text
    assert "10.00" in markdown_file(turns, "某部门", "zh", date(2026, 11, 22)).decode()
