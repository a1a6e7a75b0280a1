"""Reading in a process of its own: results come back, and a process that dies takes one file with it and no more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import triage
from ingest.limits import Limits
from making import table_pdf
from model.document import Status
from store import Library
from triage.apart import Reader


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.close()


def test_a_document_gets_into_the_library(reader: Reader, home: Path) -> None:
    taken = reader.take(home, table_pdf(), "甲.pdf", Limits())
    assert (taken.status, taken.name) == (Status.OK, "甲.pdf")
    assert Library(home, triage.reader_version()).get(taken.sha256) is not None
    assert list((home / "incoming").iterdir()) == []


def test_what_is_no_pdf_comes_back_with_its_problem(reader: Reader, home: Path) -> None:
    taken = reader.take(home, b"no pdf", "甲.pdf", Limits())
    assert taken.status is Status.FAILED
    assert [problem.code for problem in taken.problems] == ["not-a-pdf"]
    assert Library(home, triage.reader_version()).entries() == []


def test_a_process_that_dies_is_replaced(reader: Reader, home: Path) -> None:
    reader.take(home, table_pdf(), "甲.pdf", Limits())
    child = reader._child  # noqa: SLF001 - the process that is to die
    assert child is not None
    child.kill()
    child.wait()
    assert reader.take(home, table_pdf(), "乙.pdf", Limits()).status is Status.OK


def test_a_process_that_dies_while_reading_costs_that_file_alone(reader: Reader, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("triage.apart.COMMAND", ("-c", "import sys; sys.stdin.readline()"))
        taken = reader.take(home, table_pdf(), "甲.pdf", Limits())
    assert [problem.code for problem in taken.problems] == ["reader-died"]
    assert reader.take(home, table_pdf(), "甲.pdf", Limits()).status is Status.OK


def test_a_library_that_cannot_be_written_is_a_problem_of_the_file(reader: Reader, home: Path) -> None:
    home.mkdir()
    (home / "documents").write_text("in the way")
    taken = reader.take(home, table_pdf(), "甲.pdf", Limits())
    assert [problem.code for problem in taken.problems] == ["not-kept"]
