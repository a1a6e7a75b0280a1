"""The language model in the app: set, tested and removed; answers with a mark, a stop, and the local answer where it fails; drafts."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from looking import shown
from streamlit.testing.v1 import AppTest

import triage
from making import ROOT
from retrieval.assistant import Settings, load, save
from store import Talk
from store.drafts import SUMMARY, Drafts
from ui import model_settings
from words import say

sys.path.append(str(ROOT / "tests" / "retrieval" / "assistant"))
from loopback import Reply, Server, serving

Visit = Callable[..., AppTest]
QUESTION = "教育支出是多少？"
GOOD = "教育支出为 30.00 万元[R1]。"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GOUJI_MODEL", "GOUJI_MODEL_URL", "GOUJI_MODEL_KEY"):
        monkeypatch.delenv(name, raising=False)


def set_up(home: Path, server: Server) -> None:
    save(home, Settings(server.url, "scripted", "k"))


def ask(app: AppTest) -> AppTest:
    return app.chat_input[0].set_value(QUESTION).run()


def test_a_model_is_set_tested_and_removed(visit: Visit, home: Path) -> None:
    with serving([Reply(calls=(("ping", {}),))]) as server:
        app = visit("settings")
        assert say("assistant.settings.none") in shown(app)
        app.text_input(key="model.url").set_value(server.url)
        app.text_input(key="model.name").set_value("qwen")
        next(b for b in app.button if b.label == say("assistant.settings.save")).click().run()
        kept = load(home, {}, home / "none")
        assert kept is not None
        assert (kept.url, kept.model) == (server.url, "qwen")
        assert server.url.split("/")[2] in shown(app)
        app.button(key="model.test").click().run()
        assert "qwen" in app.success[-1].value
    app.button(key="model.test").click().run()
    assert app.error[-1].value == say("assistant.test.network")
    app.button(key="model.forget").click().run()
    assert load(home, {}, home / "none") is None
    assert not app.exception


def test_what_cannot_be_used_is_not_kept(visit: Visit, home: Path) -> None:
    app = visit("settings", lang="en")
    app.text_input(key="model.url").set_value("https://api.example.org/v1")
    app.text_input(key="model.name").set_value("m")
    next(b for b in app.button if b.label == say("assistant.settings.save", "en")).click().run()
    assert app.error[-1].value == say("assistant.settings.incomplete", "en")
    assert load(home, {}, home / "none") is None


def test_a_key_travels_in_clear_to_nobody(visit: Visit, home: Path) -> None:
    app = visit("settings")
    app.text_input(key="model.url").set_value("http://model.example.org/v1")
    app.text_input(key="model.name").set_value("m")
    app.text_input(key="model.key").set_value("secret")
    next(b for b in app.button if b.label == say("assistant.settings.save")).click().run()
    assert app.error[-1].value == say("assistant.test.insecure")
    assert load(home, {}, home / "none") is None


def test_on_a_shared_server_no_visitor_sets_the_model(visit: Visit, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(home, Settings("https://a.example.org", "m", "secret"))
    monkeypatch.setenv("GOUJI_MODEL_FORM", "0")
    app = visit("settings")
    assert say("assistant.settings.fixed") in shown(app)
    assert {"model.url", "model.forget"} & {widget.key for widget in (*app.text_input, *app.button)} == set()
    monkeypatch.delenv("GOUJI_MODEL_FORM")
    assert model_settings.offered()
    monkeypatch.setattr("ui.account.alone", lambda: False)
    assert not model_settings.offered()
    monkeypatch.setenv("GOUJI_MODEL_FORM", "1")
    assert model_settings.offered()


def test_a_key_goes_to_no_other_address(visit: Visit, home: Path) -> None:
    save(home, Settings("https://a.example.org", "m", "secret"))
    app = visit("settings")
    assert "secret" not in shown(app)
    app.text_input(key="model.url").set_value("https://b.example.org")
    next(b for b in app.button if b.label == say("assistant.settings.save")).click().run()
    assert app.error[-1].value == say("assistant.settings.incomplete")


def test_the_model_answers_and_says_so(visit: Visit, home: Path, wrong: str) -> None:
    with serving([Reply(GOOD)]) as server:
        set_up(home, server)
        app = visit("ask", doc=wrong)
        assert say("assistant.settings.active_local", model="scripted", host=server.url.split("/")[2]) in shown(app)
        ask(app)
    [kept] = Talk(triage.open_library().home, [wrong]).exchanges()
    assert (kept.mode, kept.answer) == ("scripted", "教育支出为 30.00 万元[1]。")
    assert kept.citations[0].page == 1
    assert "scripted" in shown(app)
    assert not app.exception


def test_what_is_not_borne_out_is_struck_through(visit: Visit, home: Path, wrong: str) -> None:
    with serving([Reply(f"{GOOD}科学技术支出为 77.77 万元[R1]。")]) as server:
        set_up(home, server)
        app = ask(visit("ask", doc=wrong))
    assert "<s>科学技术支出为 77.77 万元。</s>" in shown(app)
    assert not app.exception


def test_a_failing_model_leaves_the_local_answer(visit: Visit, home: Path, wrong: str) -> None:
    with serving([Reply(status=401)]) as server:
        set_up(home, server)
        app = ask(visit("ask", doc=wrong))
    assert say("assistant.local.unauthorized") in shown(app)
    [kept] = Talk(triage.open_library().home, [wrong]).exchanges()
    assert kept.mode == "local"
    assert "30.00" in kept.answer


def test_the_reader_can_do_without(visit: Visit, home: Path, wrong: str) -> None:
    with serving([Reply(GOOD)]) as server:
        set_up(home, server)
        app = visit("ask", doc=wrong)
        app.toggle(key="ask.model").set_value(False).run()
        ask(app)
        assert server.requests == []


def test_an_explanation_is_drafted_edited_and_kept(visit: Visit, home: Path, wrong: str) -> None:
    form = {
        "reading": "合计列示 41.00 万元[F1]。",
        "causes": ["录入有误[F1]"],
        "questions": ["请提供底稿"],
        "basis": "合计等于各行之和[F1]",
    }
    with serving([Reply(json.dumps(form, ensure_ascii=False))]) as server:
        set_up(home, server)
        app = visit("findings", doc=wrong)
        about = app.session_state["finding"]
        next(b for b in app.button if str(b.key).startswith("draft.ask") and about in str(b.key)).click().run()
    kept = Drafts(home, wrong).get(about)
    assert kept is not None
    assert kept.model == "scripted"
    area = next(a for a in app.text_area if str(a.key).startswith("draft.text"))
    area.set_value("改过的解释").run()
    next(b for b in app.button if str(b.key).startswith("draft.save")).click().run()
    edited = Drafts(home, wrong).get(about)
    assert edited is not None
    assert (edited.text, edited.model, bool(edited.edited)) == ("改过的解释", "scripted", True)
    assert not app.exception


def test_a_summary_is_drafted_without_a_model_too(visit: Visit, home: Path, wrong: str) -> None:
    app = visit("findings", doc=wrong)
    next(b for b in app.button if str(b.key).startswith("draft.ask") and SUMMARY in str(b.key)).click().run()
    kept = Drafts(home, wrong).get(SUMMARY)
    assert kept is not None
    assert kept.model == "local"
    assert say("assistant.draft.local") in shown(app)
    assert not app.exception
