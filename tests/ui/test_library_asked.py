"""The whole library asked in the app, and its index as documents come and go."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from looking import SOUND, shown
from streamlit.testing.v1 import AppTest

pytest.importorskip("chromadb")

import triage
from store import Talk
from ui import desk
from ui.model_talk import LIBRARY
from words import say

Visit = Callable[..., AppTest]
LONG = 60.0
QUESTION = "科学技术支出是多少？"


def indexed() -> set[str]:
    """The documents in the index of the app."""
    from triage.indexing import open_index

    assert desk.keeper().settled(LONG)
    return open_index(triage.open_library()).documents()


def test_an_upload_is_in_the_index_at_once_and_a_removed_document_is_not(wrong: str) -> None:
    taken = desk.take(SOUND, "相符.pdf")
    assert indexed() == {wrong, taken.sha256}
    desk.remove(taken.sha256)
    assert indexed() == {wrong}


def test_the_whole_library_has_a_talk_of_its_own(visit: Visit, wrong: str) -> None:
    other = triage.examined(triage.open_library(), SOUND, "相符.pdf").document.sha256
    app = visit("ask", doc=wrong)
    app.toggle(key="scope.library").set_value(True).run()
    assert app.chat_input[0].placeholder == say("ui.ask.hint.library")
    assert app.button(key="suggest.0").label == say("ui.suggest.findings.library")
    app.chat_input[0].set_value(QUESTION).run()
    assert not app.exception
    assert "10.00" in shown(app)
    [exchange] = Talk(triage.open_library().home, [LIBRARY]).exchanges()
    assert {citation.document for citation in exchange.citations} <= {wrong, other}
    assert exchange.citations


def test_a_document_removed_since_the_library_told_of_it_is_not_shown(visit: Visit, wrong: str) -> None:
    other = triage.examined(triage.open_library(), SOUND, "相符.pdf").document.sha256
    app = visit("ask", doc=wrong)
    app.toggle(key="scope.library").set_value(True).run()
    app.chat_input[0].set_value(QUESTION).run()
    triage.open_library().remove(wrong)
    app.run()
    assert not app.exception
    assert desk.entry(other)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_bar_shows_how_far_the_index_is(visit: Visit, wrong: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert wrong
    keeper = desk.keeper()
    assert keeper.settled(LONG)
    monkeypatch.setattr(keeper, "progress", (3, 30))
    monkeypatch.setattr(keeper, "settled", lambda _seconds: False)
    app = visit("triage", lang=language)
    words = say("library.indexing", "en" if language == "en" else "zh", done=3, of=30)
    assert words in [element.proto.text for element in app.get("progress")]
