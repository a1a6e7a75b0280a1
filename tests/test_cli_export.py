"""``gouji export`` and ``gouji index`` as a user calls them."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from cli import app

RUN = CliRunner()


def test_files_are_written_and_named(sample: Path, tmp_path: Path):
    done = RUN.invoke(app, ["export", str(sample), "--to", str(tmp_path / "底稿"), "--formats", "xlsx,csv,json,md"])
    assert done.exit_code == 0, done.output
    written = sorted(path.suffix for path in (tmp_path / "底稿").iterdir())
    assert written == [".csv", ".json", ".md", ".xlsx"]
    assert all(str(path) in done.output.replace("\n", "") for path in (tmp_path / "底稿").iterdir())


def test_unknown_format_and_unreadable_file(sample: Path, tmp_path: Path):
    assert RUN.invoke(app, ["export", str(sample), "--to", str(tmp_path), "--formats", "xls"]).exit_code == 2
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"nothing")
    done = RUN.invoke(app, ["export", str(bad), str(sample), "--to", str(tmp_path / "out"), "--formats", "csv"])
    assert done.exit_code == 2
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_empty_library_has_an_empty_index():
    done = RUN.invoke(app, ["index", "--rebuild", "--language", "en"])
    assert done.exit_code == 0, done.output
    assert "0" in done.output


def test_nothing_is_exported_where_nothing_can_be_read_or_no_format_is_named(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"no")
    for formats in ("csv", "", ","):
        assert RUN.invoke(app, ["export", str(bad), "--to", str(tmp_path / "out"), "--formats", formats]).exit_code == 2
    assert not (tmp_path / "out").exists()
