"""start.py: what it says when it cannot start, and when it installs again."""

from __future__ import annotations

import ast
import json
import os
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import start
from making import ROOT

OLDEST_SYNTAX = (3, 7)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder with nothing installed; what would be run is recorded in ``calls``."""
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_text("1", encoding="utf-8")
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(start, "STAMP", tmp_path / ".venv" / "stamp.json")
    (tmp_path / ".venv").mkdir()
    return tmp_path


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Commands that start.py would have run, all of them successful."""
    made: list[list[str]] = []

    def record(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        made.append(command)
        return subprocess.CompletedProcess(command, 0, stdout=b"")

    monkeypatch.setattr(start.subprocess, "run", record)
    return made


def test_it_imports_nothing_that_must_be_installed() -> None:
    tree = ast.parse((ROOT / "start.py").read_text(encoding="utf-8"), feature_version=OLDEST_SYNTAX)
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_everything_that_is_named_is_pinned_to_a_version_that_will_do() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    named = [*project["dependencies"], *(name for extra in project["optional-dependencies"].values() for name in extra)]
    wanted = [Requirement(name) for name in named]
    assert [str(one) for one in wanted if not one.specifier.contains(pins.get(canonicalize_name(one.name), "0"))] == []


def test_an_old_python_is_told_which_one_is_needed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(start.sys, "version_info", (3, 8, 10))
    assert start.main([]) == 2
    said = capsys.readouterr().err
    assert "3.11" in said
    assert "3.8.10" in said


def test_a_python_without_venv_is_told_where_it_comes_from(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(start.importlib.util, "find_spec", lambda _: None)
    assert start.main([]) == 2
    assert "python3-venv" in capsys.readouterr().err


def test_an_unknown_word_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(["tests"]) == 2
    assert "start.py [test" in capsys.readouterr().err


@pytest.mark.usefixtures("project")
def test_a_second_start_installs_nothing(calls: list[list[str]]) -> None:
    start.install("")
    assert [command[-1] for command in calls] == [str(start.VENV), "setuptools", "."]
    calls.clear()
    start.install("")
    assert calls == []


def test_another_state_or_the_test_tools_are_installed_again(project: Path, calls: list[list[str]]) -> None:
    start.install("dev")
    assert calls[-1][-1] == ".[dev]"
    calls.clear()
    start.install("")
    assert calls == []
    (project / "constraints.txt").write_text("2", encoding="utf-8")
    start.install("dev")
    assert calls[-1][-1] == ".[dev]"


def test_an_installation_that_fails_says_what_to_do_and_is_not_taken_for_done(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        start.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, int("pip" in command), stdout=b"")
    )
    assert start.main([]) == 2
    assert "PIP_INDEX_URL" in capsys.readouterr().err
    assert not (project / ".venv" / "stamp.json").exists()


@pytest.mark.usefixtures("project")
def test_a_broken_stamp_is_no_stamp() -> None:
    start.STAMP.write_text("{", encoding="utf-8")
    assert not start.installed("")
    start.STAMP.write_text(json.dumps({"fingerprint": start.fingerprint(), "extras": []}), encoding="utf-8")
    assert start.installed("")
    assert not start.installed("dev")


def test_a_port_in_use_is_said_before_anything_is_served(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(start, "install", lambda _: None)
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        monkeypatch.setenv("STREAMLIT_SERVER_PORT", port)
        assert start.main([]) == 2
    assert f"localhost:{port}" in capsys.readouterr().err


WAITING = """
import sys, pathlib
import start
start.python_of = lambda _: pathlib.Path(sys.executable)
sys.exit(start.run("-c", "import time; print('up', flush=True); time.sleep(60)"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without telling it")
def test_what_was_started_ends_with_it() -> None:
    with subprocess.Popen([sys.executable, "-c", WAITING], cwd=ROOT, stdout=subprocess.PIPE) as starter:
        assert starter.stdout
        assert starter.stdout.readline() == b"up\n"
        starter.terminate()
        assert starter.stdout.read() == b""  # comes to its end only when the child has closed it
        assert starter.wait(10) != 0


def test_messages_survive_a_console_without_chinese(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [sys.executable, str(ROOT / "start.py"), "nonsense"]
    run = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, check=False)
    assert run.returncode == 2
    assert b"Usage: python3 start.py" in run.stderr
