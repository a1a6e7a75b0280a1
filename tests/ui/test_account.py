"""The login, where one is set up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from making import ROOT
from words import say

Visit = Callable[..., AppTest]


def test_who_is_not_logged_in_sees_a_login_and_nothing_else(wrong: str) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.secrets["auth"] = {"client_id": "x"}
    app.run()
    assert not app.exception
    assert app.button(key="login.do").label == say("ui.login.do")
    assert not app.file_uploader
    assert wrong not in str(app.main)


def test_who_is_logged_in_signs_with_that_name_and_cannot_change_it(monkeypatch: pytest.MonkeyPatch, visit: Visit) -> None:
    monkeypatch.setattr("ui.account.required", lambda: True)
    monkeypatch.setattr("streamlit.user", {"is_logged_in": True, "name": "李明" * 30})
    app = visit("settings")
    assert not app.exception
    field = app.text_input(key="reviewer.name")
    assert (field.value, field.disabled) == ("李明" * 30, True)
    app.session_state["reviewer"] = "别人"
    app.run()
    assert app.session_state["reviewer"] == "李明" * 30


def test_without_a_setup_nobody_is_asked() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert app.file_uploader
