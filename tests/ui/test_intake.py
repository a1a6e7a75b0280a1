"""Documents come in: good, bad, twice, too large, from a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from looking import SOUND, WRONG, part, shown
from streamlit.testing.v1 import AppTest

import triage
from making import encrypted_pdf, pageless_pdf, table_pdf
from ui import intake
from words import say

Visit = Callable[..., AppTest]
PDF = "application/pdf"


def upload(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app.file_uploader[0].set_value([(name, data, PDF) for name, data in files])
    return app.run()


def test_several_are_read_and_listed(visit: Visit) -> None:
    app = upload(visit(), ("有误.pdf", WRONG), ("相符.pdf", SOUND))
    assert not app.exception
    assert len(part(app, "documents")["rows"]) == 2
    assert say("ui.taken", good=2, bad=0) in shown(app)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"no pdf at all", "not-a-pdf"),
        (b"", "empty-file"),
        (WRONG[: len(WRONG) // 3], None),
        (encrypted_pdf(), "encrypted"),
        (pageless_pdf(), "no-pages"),
    ],
    ids=["text", "empty", "truncated", "encrypted", "pageless"],
)
def test_a_bad_file_gets_its_message_and_the_others_go_on(visit: Visit, data: bytes, problem: str | None) -> None:
    app = upload(visit(), ("坏.pdf", data), ("相符.pdf", SOUND))
    assert not app.exception
    assert "相符.pdf" in [entry.name for entry in triage.open_library().entries()]
    if problem:
        assert say(f"problem.{problem}") in shown(app)


def test_the_same_file_twice_is_one_document_and_said_to_be(visit: Visit) -> None:
    app = upload(visit(), ("一.pdf", SOUND), ("二.pdf", SOUND))
    assert len(triage.open_library().entries()) == 1
    assert say("ui.taken.same") in shown(app)


def test_fifty_at_once_with_three_bad_ones(visit: Visit) -> None:
    rows = [["科目名称", "合计"], ["教育支出", "{n}.00"], ["合计", "{n}.00"]]
    good = [(f"{n}.pdf", table_pdf([[text.format(n=n) for text in row] for row in rows])) for n in range(1, 48)]
    bad = [(f"坏{n}.pdf", b"bad" * n) for n in range(1, 4)]
    app = upload(visit(), *bad, *good)
    assert say("ui.taken", good=47, bad=3) in shown(app)
    assert len(part(app, "documents")["rows"]) == 47


def test_a_name_is_shown_and_never_becomes_a_path_or_markup(visit: Visit, home: Path) -> None:
    app = upload(visit(), ("../../etc/<b>坏\x1b[31m.pdf", SOUND))
    assert not app.exception
    assert not (home.parent / "etc").exists()
    boards = "".join(html.proto.body for html in app.get("html") if "gj-files" in html.proto.body)
    assert "坏" in boards
    assert "<b>" not in boards
    assert "\x1b" not in boards


def test_messages_are_put_away(visit: Visit) -> None:
    app = upload(visit(), ("相符.pdf", SOUND))
    app.button(key="taken.away").click().run()
    assert say("ui.taken", good=1, bad=0) not in shown(app)


def test_a_folder_of_the_machine(visit: Visit, tmp_path: Path) -> None:
    folder = tmp_path / "公开 文件"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(WRONG)
    (folder / "b.pdf").write_bytes(b"bad")
    (folder / "c.txt").write_text("no")
    app = visit()
    app.text_input(key="folder.path").set_value(str(folder))
    app.button(key="folder.do").click().run()
    assert not app.exception
    assert say("ui.taken", good=1, bad=1) in shown(app)


@pytest.mark.parametrize("path", ["/no/such/folder", "no\x00such", "."])
def test_a_folder_that_is_none_gets_a_message(visit: Visit, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    app = visit()
    app.text_input(key="folder.path").set_value(path)
    app.button(key="folder.do").click().run()
    assert not app.exception
    assert say("ui.taken", good=0, bad=1) in shown(app)


def test_folders_are_offered_only_where_no_one_else_can_ask(monkeypatch: pytest.MonkeyPatch, visit: Visit) -> None:
    assert intake.folders_allowed()
    with monkeypatch.context() as login:
        login.setattr("ui.account.required", lambda: True)
        assert not intake.folders_allowed()
        login.setenv("GOUJI_FOLDERS", "1")
        assert intake.folders_allowed()
    monkeypatch.setenv("GOUJI_FOLDERS", "0")
    assert "folder.path" not in {widget.key for widget in visit().text_input}
