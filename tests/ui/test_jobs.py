"""Files that are read in the background: none is lost, whatever the page does meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event

import pytest
from filelock import Timeout
from looking import SOUND, shown
from streamlit.testing.v1 import AppTest

from model.document import Status
from triage.apart import Taken
from ui import intake, jobs
from ui.jobs import READING, Item
from words import say

Visit = Callable[..., AppTest]


def waited(name: str) -> jobs.Job:
    job = jobs.find(name)
    assert job is not None
    while not job.over:
        time.sleep(0.01)
    return job


def test_a_job_goes_on_while_nobody_looks() -> None:
    gate = Event()

    def read(name: str, data: object) -> Taken:
        assert gate.wait(10)
        return Taken(str(data), name, Status.OK)

    name = jobs.start([("甲", b"1"), ("乙", b"2"), ("丙", b"1")], read)
    job = jobs.find(name)
    assert job is not None
    assert (job.over, job.finished) == (False, 0)
    gate.set()
    job = waited(name)
    assert [item.state for item in job.items] == [jobs.DONE] * 3
    assert sorted(item.again for item in job.items) == [False, False, True]
    assert [item.data for item in job.items] == [None] * 3


def test_a_bug_of_ours_is_loud_and_stops_no_other_file() -> None:
    def read(name: str, data: object) -> Taken:
        if name == "坏":
            raise ZeroDivisionError
        return Taken(str(data), name, Status.OK)

    job = waited(jobs.start([("坏", b"1"), ("好", b"2")], read))
    assert [item.state for item in job.items] == [jobs.FAILED, jobs.DONE]
    with pytest.raises(ZeroDivisionError):
        job.raise_bugs()


def test_a_disk_or_a_lock_that_fails_costs_that_file_alone() -> None:
    def read(name: str, data: object) -> Taken:
        if name == "锁":
            raise Timeout("writer.lock")
        if name == "满":
            raise OSError(28, "No space left on device")
        return Taken(str(data), name, Status.OK)

    job = waited(jobs.start([("锁", b"1"), ("满", b"2"), ("好", b"3")], read))
    job.raise_bugs()
    assert [item.state for item in job.items] == [jobs.FAILED, jobs.FAILED, jobs.DONE]
    problems = [item.taken.problems[0] for item in job.items[:2] if item.taken]
    assert [problem.params["reason"] for problem in problems] == ["Timeout", "No space left on device"]


def test_a_bug_does_not_hide_what_came_of_the_other_files(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = intake.read

    def read(name: str, data: bytes) -> Taken:
        if name == "坏.pdf":
            raise ZeroDivisionError
        return kept(name, data)

    monkeypatch.setattr(intake, "read", read)
    app = visit()
    app.file_uploader[0].set_value([(name, SOUND, "application/pdf") for name in ("坏.pdf", "相符.pdf")]).run()
    assert say("ui.taken", good=1, bad=1) in shown(app)
    assert app.exception


def test_a_reloaded_page_finds_its_files_again(visit: Visit) -> None:
    app = visit()
    app.file_uploader[0].set_value([("相符.pdf", SOUND, "application/pdf")]).run()
    assert say("ui.taken", good=1, bad=0) in shown(visit(job=app.query_params["job"]))
    assert say("ui.taken", good=1, bad=0) not in shown(visit())


def test_putting_one_job_away_leaves_the_one_that_was_begun_since(visit: Visit) -> None:
    app = visit()
    app.file_uploader[0].set_value([("相符.pdf", SOUND, "application/pdf")]).run()
    app.button(key="taken.away").click()  # the next files arrive in the same run
    app.file_uploader[0].set_value([("坏.pdf", b"no pdf", "application/pdf")]).run()
    assert say("ui.taken", good=0, bad=1) in shown(app)
    app.button(key="taken.away").click().run()
    assert say("ui.taken", good=0, bad=1) not in shown(app)


def test_a_file_that_takes_long_says_why() -> None:
    item = Item("扫描.pdf", None, READING, began=time.monotonic() - 2 * intake.LONG)
    assert say("ui.state.long", n=2 * intake.LONG) in intake.drawn([item])
    assert say("ui.state.reading") in intake.drawn([Item("一.pdf", None, READING, began=time.monotonic())])


def test_a_job_that_is_forgotten_is_no_error(visit: Visit) -> None:
    assert not visit(job="0" * 12).exception
