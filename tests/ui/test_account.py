"""The login, where one is set up."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from making import ROOT
from words import say


def test_who_is_not_logged_in_sees_a_login_and_nothing_else(wrong: str) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.secrets["auth"] = {"client_id": "x"}
    app.run()
    assert not app.exception
    assert app.button(key="login.do").label == say("ui.login.do")
    assert not app.file_uploader
    assert wrong not in str(app.main)


def test_without_a_setup_nobody_is_asked() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert app.file_uploader
