"""A document that brings its process down costs that document alone, and says why."""

from __future__ import annotations

from collections.abc import Iterator

import psutil
import pytest
from mishaps import COMMAND

from making import table_pdf
from model.document import Status
from model.limits import MEGABYTE, Bounds
from triage.orders import Answer, Order
from triage.worker import Worker

DATA = table_pdf()
TIGHT = Bounds(seconds=2, memory=600 * MEGABYTE)
PATIENT = Bounds(seconds=120, memory=600 * MEGABYTE)  # on a busy machine memory must be what runs out first


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    made = Worker()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("triage.worker.COMMAND", COMMAND)
        yield made
    made.close()


def read(worker: Worker, name: str, bounds: Bounds = TIGHT) -> Answer:
    return worker.ask(Order(name, len(DATA), bounds=bounds), DATA)


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("hang.pdf", "child-timeout", {"seconds": "2"}),
        ("spin.pdf", "child-timeout", {"seconds": "2"}),
        ("exit.pdf", "child-crashed", {"reason": "3"}),
        ("crash.pdf", "child-crashed", None),
        ("bomb.pdf", "child-memory", {"limit": "600"}),
        ("creep.pdf", "child-memory", {"limit": "600"}),
        ("bug.pdf", "program-error", None),
    ],
)
def test_what_brings_its_process_down_is_named_and_the_next_is_read(
    worker: Worker, name: str, code: str, said: dict[str, str] | None
) -> None:
    answer = read(worker, name, TIGHT if code == "child-timeout" else PATIENT)
    assert (answer.status, [problem.code for problem in answer.problems]) == (Status.FAILED, [code])
    assert said is None or answer.problems[0].params == said
    assert read(worker, "good.pdf", Bounds()).status is Status.OK


def test_time_runs_from_page_to_page(worker: Worker) -> None:
    assert read(worker, "slow.pdf", Bounds(seconds=3)).status is Status.OK


def test_a_fault_of_the_program_says_where_it_is_and_is_loud(worker: Worker, capfd: pytest.CaptureFixture[str]) -> None:
    worker.close()  # so that the next one writes to the captured stream
    answer = read(worker, "bug.pdf")
    assert "KeyError: 'missing'" in answer.problems[0].params["reason"]
    assert "Traceback" in capfd.readouterr().err
    worker.close()


def test_the_process_lives_on_from_one_document_to_the_next(worker: Worker) -> None:
    read(worker, "good.pdf", Bounds())
    before = worker.pid
    assert read(worker, "good.pdf", Bounds()).pages == 1
    assert worker.pid == before


def test_what_a_library_prints_does_not_come_between(worker: Worker) -> None:
    assert read(worker, "chatter.pdf", Bounds()).status is Status.OK


def test_no_key_gets_where_files_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GOUJI_MODEL_KEY", "OPENAI_API_KEY", "OIDC_CLIENT_SECRET", "STREAMLIT_SERVER_COOKIE_SECRET", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "held-back")
    worker = Worker()
    child = worker.start()
    try:
        given = psutil.Process(child.pid).environ()
    finally:
        worker.close()
    assert "held-back" not in given.values()
    assert given["PATH"]


def test_a_closed_process_is_gone_and_replaced(worker: Worker) -> None:
    pid = worker.start().pid
    worker.close()
    assert not psutil.pid_exists(pid)
    assert read(worker, "good.pdf", Bounds()).status is Status.OK


def test_a_process_that_cannot_start_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triage.worker.COMMAND", ("-c", "raise SystemExit(5)"))
    answer = read(Worker(), "good.pdf")
    assert [(problem.code, problem.params) for problem in answer.problems] == [("child-crashed", {"reason": "5"})]


def test_a_process_that_has_grown_is_not_used_again(worker: Worker) -> None:
    read(worker, "good.pdf", Bounds(memory=2048 * MEGABYTE))
    assert worker.pid
    answer = read(worker, "good.pdf", Bounds(memory=100 * MEGABYTE))  # more than half of which any reader takes
    assert answer.status is Status.OK or answer.problems[0].code == "child-memory"
    assert worker.pid is None


def test_a_process_that_has_read_very_much_is_replaced(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triage.worker.PAGES", 1)
    pids = []
    for _ in range(3):
        pids.append(worker.start().pid)
        read(worker, "good.pdf", Bounds())
    assert pids[0] == pids[1] != pids[2]
