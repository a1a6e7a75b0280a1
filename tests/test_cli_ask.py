"""``gouji ask`` as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import triage
from cli import app
from making import table_pdf
from store import Library

TITLE = "表1 2026年部门支出总体情况表"


def ask(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["ask", *map(str, arguments)])


@pytest.fixture
def disclosure(tmp_path: Path) -> Path:
    path = tmp_path / "预算.pdf"
    path.write_bytes(table_pdf(title=TITLE))
    return path


def test_a_figure_is_answered_with_the_row_it_stands_in(disclosure: Path) -> None:
    result = ask(disclosure, "--question", "教育支出的项目支出是多少？", "--format", "json")
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["schema"], answer["found"], answer["mode"]) == (0, "gouji-answer/1", True, "local")
    assert answer["values"][0] == {"text": "20.00", "unit": "万元"}
    assert answer["citations"][0]["page"] == 1
    assert "教育支出" in answer["citations"][0]["row"]


def test_text_shows_the_answer_and_its_places(disclosure: Path) -> None:
    result = ask(disclosure, "--question", "教育支出的项目支出是多少？")
    assert result.exit_code == 0
    assert "20.00" in result.stdout
    assert "[1] 预算.pdf 第 1 页" in result.stdout


def test_what_the_document_does_not_say_is_not_answered(disclosure: Path) -> None:
    result = ask(disclosure, "--question", "国防支出是多少？", "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["found"] is False


def test_what_cannot_be_read_is_said_and_the_rest_is_asked(disclosure: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"no")
    result = ask(bad, disclosure, "--question", "教育支出的项目支出是多少？")
    assert result.exit_code == 2
    assert "20.00" in result.stdout
    assert str(bad) in result.stderr
    assert ask(bad, "--question", "教育支出是多少？").exit_code == 2


def test_a_question_in_another_encoding_is_answered(disclosure: Path) -> None:
    question = "教育支出的项目支出是多少？\udcd4"
    assert json.loads(ask(disclosure, "--question", question, "--format", "json").stdout)["question"] == question


def test_a_question_is_needed(disclosure: Path) -> None:
    assert ask(disclosure).exit_code == 2


def test_without_a_path_the_library_is_asked(home: Path) -> None:
    result = ask("--question", "教育支出的项目支出是多少？")
    assert result.exit_code == 1
    triage.examined(triage.open_library(), table_pdf(title=TITLE), "预算.pdf")
    before = ask("--question", "教育支出的项目支出是多少？")
    assert (before.exit_code, "20.00" in before.stdout) == (0, True)
    assert not (home / "index").exists()


def test_the_index_is_built_from_the_command_line_and_asked(home: Path) -> None:
    triage.examined(triage.open_library(), table_pdf(title=TITLE), "预算.pdf")
    made = CliRunner().invoke(app, ["index", "--rebuild"])
    assert (made.exit_code, (home / "index").is_dir()) == (0, True)
    refused = json.loads(ask("--question", "国防支出是多少？", "--format", "json").stdout)
    assert not refused["found"]
    assert refused["nearest"]


def test_an_index_that_cannot_be_written_is_said_and_questions_are_answered(home: Path) -> None:
    triage.examined(triage.open_library(), table_pdf(title=TITLE), "预算.pdf")
    (home / "index").write_text("in the way")
    made = CliRunner().invoke(app, ["index"])
    assert made.exit_code == 2
    assert "Traceback" not in made.output
    assert ask("--question", "教育支出的项目支出是多少？").exit_code == 0


def test_what_another_version_has_checked_is_named_and_checked_again_with_the_index(home: Path) -> None:
    triage.examined(Library(home, "older"), table_pdf(title=TITLE), "预算.pdf")
    before = ask("--question", "教育支出的项目支出是多少？")
    assert (before.exit_code, "gouji index" in before.stderr) == (1, True)
    assert CliRunner().invoke(app, ["index"]).exit_code == 0
    after = ask("--question", "教育支出的项目支出是多少？")
    assert (after.exit_code, "20.00" in after.stdout, after.stderr) == (0, True, "")
