"""Files that are damaged or mean harm: each costs itself alone, in bounded time, and says why it could not be read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import HOSTILE, PLAIN
from mutations import seeds, variant

from making import ROOT, table_pdf
from model.document import Problem, Status
from model.limits import MEGABYTE, Bounds, Limits
from triage.orders import Answer, Order
from triage.worker import Worker

BOUNDS = Bounds(4, 1024 * MEGABYTE, Limits(scanned_pages=0))  # seconds enough to see whether the bound holds
PATIENCE = 60.0  # seconds more, on a busy machine: a process that was ended is started again
VARIANTS, AT_ONCE = 240, 40


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()


@pytest.fixture(scope="module")
def of() -> list[bytes]:
    """What variants are made of."""
    return [*seeds(sorted((ROOT / "samples").glob("*.pdf"))), *(make() for make in PLAIN.values())]


def read(worker: Worker, name: str, data: bytes) -> Answer:
    return worker.ask(Order(name, len(data), "json", bounds=BOUNDS), data)


def reasons(problems: tuple[Problem, ...]) -> list[str]:
    """Why nothing was read; that a file was repaired is no reason."""
    return [problem.code for problem in problems if problem.code != "repaired"]


@pytest.mark.parametrize("start", range(0, VARIANTS, AT_ONCE))
def test_a_damaged_file_is_read_or_says_why_not(worker: Worker, of: list[bytes], start: int) -> None:
    for number in range(start, start + AT_ONCE):
        answer = read(worker, f"{number}.pdf", variant(of, number))
        assert "program-error" not in reasons(answer.problems), (number, answer.problems)
        assert answer.status is not Status.FAILED or reasons(answer.problems), number
    assert read(worker, "good.pdf", table_pdf()).status is Status.OK


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_means_harm_costs_itself_alone(worker: Worker, name: str) -> None:
    data = HOSTILE[name]()
    start = time.monotonic()
    answer = read(worker, name, data)
    assert time.monotonic() - start < BOUNDS.seconds + PATIENCE
    assert "program-error" not in reasons(answer.problems), answer.problems
    assert answer.status is not Status.FAILED or reasons(answer.problems)
    assert read(worker, "good.pdf", table_pdf()).status is Status.OK


def test_a_folder_of_such_files_ends_with_the_right_code_and_each_is_named(of: list[bytes], tmp_path: Path) -> None:
    folder, scratch = tmp_path / "in", tmp_path / "scratch"
    folder.mkdir()
    scratch.mkdir()
    for number in range(30):
        (folder / f"{number:02}.pdf").write_bytes(variant(of, number))
    for name in ("billion_laughs", "page_tree_loop", "text_10_million_one_word"):
        (folder / f"{name}.pdf").write_bytes(HOSTILE[name]())
    (folder / "good.pdf").write_bytes(table_pdf())
    command = [sys.executable, "-m", "cli", "triage", str(folder), "--jobs", "2", "--format", "json", "--max-seconds", "4"]
    environment = {**os.environ, "TMPDIR": str(scratch), "TEMP": str(scratch), "TMP": str(scratch)}
    run = subprocess.run(command, capture_output=True, cwd=ROOT, env=environment, check=False, timeout=300)
    documents = {Path(document["path"]).stem: document for document in json.loads(run.stdout)["documents"]}
    assert run.returncode == 2
    assert documents.keys() == {path.stem for path in folder.iterdir()}
    assert documents["good"]["status"] == "ok"
    failed = [document for document in documents.values() if document["status"] == "failed"]
    assert {"billion_laughs", "page_tree_loop"} <= {Path(document["path"]).stem for document in failed}
    assert all(any(problem["code"] != "repaired" and problem["message"] for problem in document["problems"]) for document in failed)
    assert list(scratch.iterdir()) == []
