"""Many documents: each is read once, in whatever order; what comes to grief is named; what was read is not read again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from mishaps import COMMAND

from making import table_pdf
from model.document import Status
from model.limits import MEGABYTE, Bounds
from triage.batch import Batch, examined
from triage.ledger import Ledger
from triage.orders import Answer
from triage.pool import Pool
from triage.readers import Here

BOUNDS = Bounds(seconds=120, memory=900 * MEGABYTE)  # time enough on a busy machine; the tests of hanging set their own


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    made = Pool()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("triage.worker.COMMAND", COMMAND)
        yield made
    made.close()


def folder(root: Path, *names: str) -> list[Path]:
    """Files of those names, all different."""
    for name in names:
        (root / name).write_bytes(table_pdf(title=name))
    return [root / name for name in names]


def processes() -> set[int]:
    """The processes that this one has started and that run."""
    return {child.pid for child in psutil.Process().children()}


def codes(answer: Answer) -> list[str]:
    return [problem.code for problem in answer.problems]


def test_grief_of_one_is_a_line_and_the_others_are_read(pool: Pool, tmp_path: Path) -> None:
    names = ["a.pdf", "b.pdf", "crash.pdf", "bug.pdf", "creep.pdf", "c.pdf"]
    with Ledger() as ledger:
        batch = Batch("slim", ledger, bounds=BOUNDS, readers=Here(2, pool))
        answers = list(batch.answers(batch.run([*folder(tmp_path, *names), tmp_path / "none.pdf"])))
    assert [Path(path).name for path, _ in answers] == [*names, "none.pdf"]
    assert {answer.name: codes(answer) for _, answer in answers if answer.status is Status.FAILED} == {
        "crash.pdf": ["child-crashed"],
        "bug.pdf": ["program-error"],
        "creep.pdf": ["child-memory"],
        "none.pdf": ["file-not-found"],
    }


def test_as_many_processes_as_jobs_and_no_more(tmp_path: Path) -> None:
    before, pool = processes(), Pool()

    def started() -> set[int]:
        return processes() - before

    with Ledger() as ledger:
        batch = Batch("", ledger, readers=Here(2, pool))
        assert len(list(batch.run(folder(tmp_path, *(f"{n}.pdf" for n in range(8)))))) == 8
    assert len(started()) == 2
    pool.close()
    assert started() == set()


@pytest.mark.parametrize(
    "cut_off", [b"\0\0\0\0\0\0\0\x7fcut off", b"\xff" * 99, b"\0\0\x7f" + b"\xff" * 99], ids=["cut off", "absurd", "huge"]
)
def test_what_an_interrupted_batch_has_read_is_not_read_again(pool: Pool, tmp_path: Path, cut_off: bytes) -> None:
    files, work = folder(tmp_path, "a.pdf", "b.pdf", "c.pdf", "d.pdf"), tmp_path / "report.work"

    def interrupted() -> None:
        with Ledger(work) as ledger:
            for count, _ in enumerate(Batch("slim", ledger, bounds=BOUNDS, readers=Here(1, pool)).run(files), 1):
                if count == 2:
                    raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    work.write_bytes(work.read_bytes() + cut_off)
    with Ledger(work) as ledger:
        done = list(Batch("slim", ledger, bounds=BOUNDS, readers=Here(1, pool)).run(files))
        assert sorted(item.path for item in done if item.again) == [str(path) for path in files[:2]]
        assert len(done) == len(ledger) == 4
    assert not work.exists()


def test_a_file_that_failed_is_tried_again_when_the_bounds_are_others(pool: Pool, tmp_path: Path) -> None:
    files = folder(tmp_path, "hang.pdf")

    def again(ledger: Ledger, seconds: float) -> bool:
        (done,) = Batch("slim", ledger, bounds=Bounds(seconds), readers=Here(1, pool)).run(files)
        return done.again

    with Ledger() as ledger:
        assert [again(ledger, seconds) for seconds in (1, 1, 2)] == [False, True, False]


def test_the_same_bytes_at_the_same_time_are_read_once(pool: Pool, tmp_path: Path) -> None:
    files = folder(tmp_path, "a.pdf", "b.pdf")
    files[1].write_bytes(files[0].read_bytes())
    with Ledger() as ledger:
        batch = Batch("slim", ledger, bounds=BOUNDS, readers=Here(2, pool))
        answers = dict(batch.answers(batch.run(files)))
        assert len(ledger) == 1
    assert [codes(answers[str(path)]) for path in files] == [[], ["same-file"]]


def test_examinations_come_in_the_order_of_their_files(tmp_path: Path) -> None:
    files = folder(tmp_path, "c.pdf", "a.pdf", "b.pdf")
    assert [item.examination.document.name for item in examined(files, Bounds(), 2)] == ["c.pdf", "a.pdf", "b.pdf"]
