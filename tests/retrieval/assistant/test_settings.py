"""Where the model's settings come from, and that its key stays where it belongs."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from making import ROOT
from retrieval.assistant import Settings, forget, load, save
from retrieval.assistant.settings import KEPT, KEY

ENVIRONMENT = {"GOUJI_MODEL_URL": "https://api.example.org/v1/", "GOUJI_MODEL": "m1", "GOUJI_MODEL_KEY": "k1"}


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    return tmp_path / "secrets.toml"


def test_nothing_is_configured_by_default(home: Path, secrets: Path) -> None:
    assert load(home, {}, secrets) is None


def test_the_environment_comes_first(home: Path, secrets: Path) -> None:
    save(home, Settings("https://other.example.org", "m2", "k2"))
    found = load(home, {**ENVIRONMENT, "GOUJI_MODEL_SECONDS": "20", "GOUJI_MODEL_TOKENS": "9000"}, secrets)
    assert found is not None
    assert (found.url, found.model, found.key, found.origin) == ("https://api.example.org/v1", "m1", "k1", "environment")
    assert (found.seconds, found.tokens) == (20.0, 9_000)


@pytest.mark.parametrize(
    "text",
    [
        'GOUJI_MODEL_URL = "https://s.example.org"\nGOUJI_MODEL = "m3"\nGOUJI_MODEL_KEY = "k3"',
        '[gouji]\nurl = "https://s.example.org"\nmodel = "m3"\nkey = "k3"',
    ],
)
def test_then_the_secrets(home: Path, secrets: Path, text: str) -> None:
    secrets.write_text(text, encoding="utf-8")
    found = load(home, {}, secrets)
    assert found is not None
    assert (found.url, found.model, found.key, found.origin) == ("https://s.example.org", "m3", "k3", "secrets")


def test_then_what_was_kept(home: Path, secrets: Path) -> None:
    save(home, Settings("http://localhost:11434/v1", "qwen", ""))
    assert load(home, {}, secrets) == Settings("http://localhost:11434/v1", "qwen", "")
    forget(home)
    assert load(home, {}, secrets) is None


def test_a_key_is_never_sent_to_an_address_from_another_place(home: Path, secrets: Path) -> None:
    save(home, Settings("https://kept.example.org", "m", "kept key"))
    found = load(home, {"GOUJI_MODEL_URL": "https://elsewhere.example.org", "GOUJI_MODEL": "m"}, secrets)
    assert found is not None
    assert (found.key, found.problem) == ("", "key")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_its_owner_can_read_the_key(home: Path) -> None:
    save(home, Settings("https://a.example.org", "m", "secret"))
    assert stat.S_IMODE((home / KEY).stat().st_mode) == 0o600
    assert "secret" not in (home / KEPT).read_text(encoding="utf-8")


def test_the_key_is_never_shown() -> None:
    assert "secret" not in repr(Settings("https://a.example.org", "m", "secret"))


@pytest.mark.parametrize("damaged", ["", "[", "[]", '{"url": 1}', "\x00"])
def test_damaged_settings_are_none(home: Path, secrets: Path, damaged: str) -> None:
    home.mkdir(parents=True)
    (home / KEPT).write_text(damaged, encoding="utf-8")
    secrets.write_text("= damaged", encoding="utf-8")
    assert load(home, {}, secrets) is None


@pytest.mark.parametrize(
    ("url", "local", "problem"),
    [
        ("http://localhost:11434/v1", True, ""),
        ("http://127.0.0.1:8000", True, ""),
        ("http://[::1]:8000", True, ""),
        ("https://api.deepseek.com", False, "key"),
        ("https://localhost.example.org", False, "key"),
        ("http://localhost.example.org", False, "insecure"),
        ("http://10.0.0.7:8000/v1", False, "insecure"),
        ("ftp://localhost", True, "url"),
        ("api.deepseek.com", False, "url"),
        ("https://", False, "url"),
    ],
)
def test_which_addresses_can_be_used(url: str, local: bool, problem: str) -> None:
    found = Settings(url, "m")
    assert (found.local, found.problem) == (local, problem)


def test_a_network_without_tls_must_be_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUJI_MODEL_INSECURE", "1")
    assert Settings("http://10.0.0.7:8000/v1", "m", "k").problem == ""


def test_the_host_is_shown_without_a_password() -> None:
    assert Settings("https://user:pass@api.example.org:8443/v1", "m").host == "api.example.org:8443"


def test_the_library_is_not_imported_until_a_configured_model_is_asked() -> None:
    code = """
import sys
from retrieval import ask
from retrieval.assistant import answer, explain, load, summarise
list(answer([], "x", [], None))
heavy = [name for name in sys.modules if name.split(".")[0] in {"langchain", "langchain_core", "langchain_openai", "langgraph", "openai"}]
assert heavy == [], heavy
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
