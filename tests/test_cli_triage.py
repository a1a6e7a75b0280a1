"""``gouji triage`` as a user calls it: good files, bad files, and what it says of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli import app
from ingest import ocr
from making import ROOT, encrypted_pdf, image_pdf, pageless_pdf, table_pdf, text_pdf

WRONG = [["科目名称", "合计", "基本支出", "项目支出"], ["教育支出", "30.00", "10.00", "20.00"], ["合计", "30.00", "10.00", "25.00"]]
BAD = {
    "not-a-pdf": b"PK\x03\x04 a spreadsheet",
    "empty-file": b"",
    "damaged": table_pdf()[:200],
    "encrypted": encrypted_pdf(),
    "nothing-recognised" if ocr.is_installed() else "needs-ocr": image_pdf(),
    "no-pages": pageless_pdf(),
}


def triage(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["triage", *map(str, arguments)])


def documents(result: Result) -> list[dict]:
    return json.loads(result.stdout)["documents"]


def codes(document: dict) -> list[str]:
    return [problem["code"] for problem in document["problems"]]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "部门 预算.pdf"
    path.write_bytes(table_pdf())
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "wrong.pdf"
    path.write_bytes(table_pdf(WRONG))
    return path


def test_figures_that_tie_are_no_error(good: Path) -> None:
    result = triage(good, "--format", "json")
    (document,) = documents(result)
    assert (result.exit_code, document["path"], document["status"]) == (0, str(good), "ok")
    assert document["checks"]["pass"] > 0
    assert [f for f in document["findings"] if f["severity"] == "error"] == []


def test_a_wrong_total_is_an_error_with_its_place(wrong: Path) -> None:
    result = triage(wrong, "--format", "json")
    (document,) = documents(result)
    errors = [f for f in document["findings"] if f["severity"] == "error"]
    assert result.exit_code == 1
    assert any(place["text"] == "25.00" and place["page"] == 1 for f in errors for place in f["locations"])


@pytest.mark.parametrize("code", sorted(BAD))
def test_bad_input_is_named_with_what_to_do_and_the_rest_goes_on(code: str, good: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(BAD[code])
    result = triage(bad, good, "--format", "json")
    failed, fine = documents(result)
    assert result.exit_code == 2
    assert (failed["status"], fine["status"]) == ("failed", "ok")
    assert code in codes(failed)
    assert failed["findings"] == []
    assert all(len(problem["message"]) > 15 for problem in failed["problems"])


def test_a_missing_file_and_a_folder_without_a_pdf_are_named(good: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    result = triage(tmp_path / "no.pdf", empty, good, "--format", "json")
    assert result.exit_code == 2
    assert [codes(document) for document in documents(result)] == [["file-not-found"], ["folder-without-pdf"], []]


def test_a_file_that_may_not_be_read_is_one_line(good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed.pdf"
    closed.write_bytes(b"x")
    real = Path.read_bytes

    def denied(path: Path) -> bytes:
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "access", lambda path, *_: Path(path) != closed)
    monkeypatch.setattr(Path, "read_bytes", denied)
    result = triage(closed, good, "--format", "json")
    assert result.exit_code == 2
    assert [codes(document) for document in documents(result)] == [["file-not-readable"], []]


def test_a_file_over_the_size_limit_is_not_read(tmp_path: Path, good: Path) -> None:
    large = tmp_path / "large.pdf"
    large.write_bytes(table_pdf() + bytes(3_000_000))
    result = triage(large, good, "--max-mb", "2", "--format", "json")
    assert result.exit_code == 2
    assert [codes(document) for document in documents(result)] == [["file-too-large"], []]
    assert "2" in documents(result)[0]["problems"][0]["message"]


def test_a_disclosure_without_tables_is_read_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "text.pdf"
    path.write_bytes(text_pdf("某部门2026年部门预算", "本部门2026年没有政府性基金预算支出。"))
    result = triage(path, "--format", "json")
    (document,) = documents(result)
    assert (result.exit_code, document["status"], codes(document)) == (0, "ok", ["no-tables"])


def test_the_same_bytes_are_examined_once_and_reported_for_both(wrong: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(wrong.read_bytes())
    result = triage(wrong, copy, "--format", "json")
    first, second = documents(result)
    assert result.exit_code == 1
    assert (codes(first), codes(second)) == ([], ["same-file"])
    assert first["findings"] == second["findings"] != []
    assert str(wrong) in second["problems"][0]["message"]


def test_folders_are_searched_and_paths_kept_as_they_were_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("县/乙.PDF", "县/甲/丙.pdf", "县/说明.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(table_pdf(title=name))
    result = triage("县", "--format", "json")
    assert [Path(document["path"]).as_posix() for document in documents(result)] == ["县/乙.PDF", "县/甲/丙.pdf"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not allow such names")
def test_control_characters_of_a_name_do_not_reach_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\n\u202eb.pdf"
    path.write_bytes(b"no")
    result = triage(path)
    assert result.exit_code == 2
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text on this system")
@pytest.mark.parametrize("form", ["table", "json", "parquet"])
def test_a_name_in_another_encoding_stops_nothing(form: str, good: Path, tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / os.fsdecode(f"预算{number}.pdf".encode("gb18030"))).write_bytes(good.read_bytes())
    output = tmp_path / "report"
    assert triage(tmp_path, "--format", form, "--output", output).exit_code == 0
    if form == "json":
        documents = json.loads(output.read_bytes())["documents"]
        assert sum("\\udc" in document["path"] for document in documents) == 2


def test_the_table_shows_what_is_wrong_and_a_batch_ends_with_its_sum(wrong: Path, good: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"no")
    result = triage(wrong, good, bad)
    assert result.exit_code == 2
    assert "错误" in result.stdout
    assert "25.00" in result.stdout
    assert "共 3 个文件，1 个未能读取" in result.stdout
    assert "not a PDF" in triage(bad, "--language", "en").stdout


@pytest.mark.parametrize("form", ["json", "table"])
def test_output_goes_into_a_file_whole(form: str, wrong: Path, tmp_path: Path) -> None:
    output = tmp_path / "结果" / "report"
    result = triage(wrong, "--format", form, "--output", output)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "25.00" in output.read_text(encoding="utf-8")
    assert [path.name for path in output.parent.iterdir()] == ["report"]


def test_output_that_cannot_be_written_is_said(good: Path) -> None:
    result = triage(good, "--output", good / "report")
    assert result.exit_code == 2
    assert str(good) in result.stderr


@pytest.mark.parametrize("arguments", [[], ["--format", "yaml"], ["--max-mb", "0"]])
def test_a_wrong_call_is_told_from_a_finding(arguments: Sequence[str]) -> None:
    assert triage(*arguments).exit_code == 2


HEAVY = """
import sys
from cli import app
app(["triage", {path!r}, "--format", {form!r}], standalone_mode=False)
print(sorted({{"chromadb", "langchain", "langchain_core", "streamlit", "pandas", "numpy"}} & sys.modules.keys()), file=sys.stderr)
"""


@pytest.mark.parametrize("form", ["json", "table"])
def test_triage_loads_neither_index_nor_language_model_nor_app(form: str, good: Path) -> None:
    code = HEAVY.format(path=str(good), form=form)
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=False)
    assert run.stderr.decode().strip() == "[]"


def test_nothing_but_json_reaches_standard_output(tmp_path: Path) -> None:
    """MuPDF's own complaints about a damaged file are silenced."""
    damaged = tmp_path / "damaged.pdf"
    damaged.write_bytes(table_pdf().replace(b"endobj", b"endobX", 3))
    command = [sys.executable, "-m", "cli", "triage", str(damaged), "--format", "json"]
    run = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    assert json.loads(run.stdout)["schema"] == "gouji-report/1"
    assert run.stderr == b""


def test_parquet_is_read_by_duckdb_and_joins(wrong: Path, good: Path, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    (tmp_path / "copy.pdf").write_bytes(wrong.read_bytes())
    (tmp_path / "bad.pdf").write_bytes(b"no")
    output = tmp_path / "表"
    result = triage(wrong, good, tmp_path / "copy.pdf", tmp_path / "bad.pdf", "--format", "parquet", "--output", output)
    assert result.exit_code == 2
    assert sorted(path.name for path in output.iterdir()) == ["documents.parquet", "facts.parquet", "findings.parquet"]
    rows = {path.stem: duckdb.read_parquet(str(path)) for path in output.iterdir()}
    assert [(Path(path).name, *rest) for path, *rest in rows["documents"].select("path", "status", "error").fetchall()] == [
        ("wrong.pdf", "ok", 1),
        ("部门 预算.pdf", "ok", 0),
        ("copy.pdf", "ok", 1),
        ("bad.pdf", "failed", None),
    ]
    errors = rows["findings"].filter("severity = 'error'")
    assert errors.select("suspect", "proposed", "page").fetchall() == [("25.00", "20.00", 1)]
    facts = rows["facts"].join(rows["documents"].select("document").distinct(), "document")
    assert [(str(yuan), count) for yuan, count in facts.aggregate("sum(yuan), count(*)").fetchall()] == [("2450000.00000000", 12)]


def test_parquet_needs_a_folder(good: Path) -> None:
    result = triage(good, "--format", "parquet")
    assert result.exit_code == 2
    assert "--output" in result.stderr


def test_a_batch_that_was_interrupted_goes_on_from_its_work_file(wrong: Path, good: Path, tmp_path: Path) -> None:
    output = tmp_path / "report.json"
    command = [sys.executable, "-m", "cli", "triage", str(wrong), str(good), "--jobs", "1", "--format", "json", "--output", str(output)]
    stopped = subprocess.run([sys.executable, "-c", STOPPED, *command[3:]], capture_output=True, cwd=ROOT, check=False)
    assert stopped.returncode != 0
    assert not output.exists()
    assert output.with_name("report.json.work").stat().st_size > 0
    run = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    assert run.returncode == 1
    assert "其中 1 份上次已经读过" in "".join(run.stderr.decode().split("\n"))
    assert [Path(document["path"]) for document in json.loads(output.read_bytes())["documents"]] == [wrong, good]
    assert not output.with_name("report.json.work").exists()


STOPPED = """
import os, sys
from triage.ledger import Ledger
add = Ledger.add
def once(self, line):
    if len(self):
        os._exit(9)  # as if the power went
    return add(self, line)
Ledger.add = once
from cli import app
app(sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "a.pdf")
    result = triage(tmp_path, "--format", "json")
    assert [codes(document) for document in documents(result)] == [["not-a-file"]]


def test_a_cluster_without_dask_is_said(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = triage(good, "--scheduler", "tcp://127.0.0.1:9")
    assert (result.exit_code, result.stdout) == (2, "")
    assert 'pip install "gouji[dask]"' in result.stderr


def test_jobs_are_not_for_a_cluster(good: Path) -> None:
    result = triage(good, "--scheduler", "tcp://127.0.0.1:9", "--jobs", "2")
    assert result.exit_code == 2
    assert "--jobs" in result.stderr


INTERRUPTED = """
import _thread, sys
from triage.ledger import Ledger
add = Ledger.add
def once(self, line):
    _thread.interrupt_main()  # as if Ctrl+C were pressed
    return add(self, line)
Ledger.add = once
from cli import main
main()
"""


def test_ctrl_c_says_what_is_kept(wrong: Path, good: Path, tmp_path: Path) -> None:
    output = tmp_path / "report.json"
    command = ["triage", str(wrong), str(good), "--format", "json", "--output", str(output)]
    run = subprocess.run([sys.executable, "-c", INTERRUPTED, *command], capture_output=True, encoding="utf-8", cwd=ROOT, check=False)
    assert run.returncode == 130
    assert "Traceback" not in run.stderr
    assert f"{output}.work" in run.stderr
    assert not output.exists()


FAULT = """
import triage.showing
triage.showing.show = lambda request, file: {}["missing"]
from cli import main
main()
"""


def test_an_error_of_the_program_is_said_plainly_and_its_details_kept(good: Path, home: Path) -> None:
    run = subprocess.run([sys.executable, "-c", FAULT, "triage", str(good)], capture_output=True, encoding="utf-8", cwd=ROOT, check=False)
    assert run.returncode == 70
    assert "Traceback" not in run.stderr
    assert "KeyError: 'missing'" in run.stderr
    assert str(home / "fault.log") in run.stderr
    assert "Traceback" in (home / "fault.log").read_text(encoding="utf-8")
