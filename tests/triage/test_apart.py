"""Reading in a process of its own: into the library for the app, and as ``examine`` does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from mishaps import COMMAND

import triage
from making import table_pdf
from model.document import Status
from model.limits import Bounds, Limits
from store import Library
from triage.apart import Reader
from triage.bounds import bounds_set


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.close()


def test_a_document_gets_into_the_library(reader: Reader, home: Path) -> None:
    taken = reader.take(home, table_pdf(), "甲.pdf", Limits())
    assert (taken.status, taken.name) == (Status.OK, "甲.pdf")
    assert Library(home, triage.reader_version()).get(taken.sha256) is not None
    assert sorted(path.suffix for path in (home / "documents").iterdir()) == [".gouji", ".pdf"]


def test_what_is_no_pdf_comes_back_with_its_problem(reader: Reader, home: Path) -> None:
    taken = reader.take(home, b"no pdf", "甲.pdf", Limits())
    assert taken.status is Status.FAILED
    assert [problem.code for problem in taken.problems] == ["not-a-pdf"]
    assert Library(home, triage.reader_version()).entries() == []


def test_a_library_that_cannot_be_written_is_a_problem_of_the_file(reader: Reader, home: Path) -> None:
    home.mkdir()
    (home / "documents").write_text("in the way")
    taken = reader.take(home, table_pdf(), "甲.pdf", Limits())
    assert [problem.code for problem in taken.problems] == ["not-kept"]


def test_a_document_that_brings_its_process_down_costs_that_file_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader()
    with monkeypatch.context() as patched:
        patched.setattr("triage.worker.COMMAND", ("-c", ""))
        taken = reader.take(home, table_pdf(), "甲.pdf", Limits())
    assert [problem.code for problem in taken.problems] == ["child-crashed"]
    assert reader.take(home, table_pdf(), "甲.pdf", Limits()).status is Status.OK
    reader.close()


def test_apart_or_not_the_examination_is_the_same() -> None:
    data = table_pdf()
    apart, here = triage.examine_apart(data, "甲.pdf"), triage.examine(data, "甲.pdf")
    assert (apart.document, apart.facts, apart.findings) == (here.document, here.facts, here.findings)


def test_apart_a_hang_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triage.worker.COMMAND", COMMAND)
    from triage.pool import POOL

    POOL.close()
    try:
        examination = triage.examine_apart(table_pdf(), "hang.pdf", Bounds(seconds=1))
    finally:
        POOL.close()
    assert [problem.code for problem in examination.document.problems] == ["child-timeout"]


def test_the_environment_sets_the_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUJI_MAX_SECONDS", "7")
    monkeypatch.setenv("GOUJI_MAX_MEMORY_MB", "many")
    monkeypatch.setenv("GOUJI_MAX_PAGES", "0")
    assert bounds_set() == Bounds(seconds=7)
    monkeypatch.setenv("GOUJI_MAX_PAGES", "9")
    assert bounds_set(Limits(bytes=5)).limits == Limits(bytes=5, pages=9)
