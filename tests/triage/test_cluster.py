"""Batches on a Dask cluster of two workers: the same answers, the same bounds, nothing mixed, nothing lost."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="needs gouji[dask]")

from clusters import Machines, other_sources, readers_below, wait_until
from mishaps import COMMAND

import triage.cluster
from making import ROOT, table_pdf
from model.limits import MEGABYTE, Bounds
from triage.batch import Batch
from triage.cluster import Cluster
from triage.ledger import Ledger
from triage.orders import Answer
from triage.readers import ClusterError, Here

PRELOAD = f"import triage.worker\ntriage.worker.COMMAND = {COMMAND!r}\n"


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    folder = tmp_path / "machines"
    folder.mkdir()
    made = Machines(folder)
    yield made
    made.close()


def files(root: Path, *names: str) -> list[Path]:
    """Files of those names, all different."""
    for name in names:
        (root / name).write_bytes(table_pdf(title=name))
    return [root / name for name in names]


def answers(batch: Batch, paths: list[Path]) -> list[tuple[str, Answer]]:
    return list(batch.answers(batch.run(paths)))


def gouji(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli", "triage", *map(str, arguments), "--format", "json"]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT, check=False)


def test_two_workers_answer_as_this_machine_does_and_bounds_hold_there(machines: Machines, tmp_path: Path) -> None:
    mishaps = machines.folder / "preload.py"
    mishaps.write_text(PRELOAD, encoding="utf-8")
    workers = [machines.add("--preload", str(mishaps)) for _ in range(2)]
    bad = files(tmp_path, "hang.pdf", "crash.pdf", "bomb.pdf")
    good = files(tmp_path, *(f"{n}.pdf" for n in range(8)))
    cluster = Cluster(machines.address)
    with Ledger() as there, Ledger() as here:
        batch = Batch("rows", there, bounds=Bounds(10, 900 * MEGABYTE), readers=cluster)
        failed = [answer.problems[0].code for _, answer in answers(batch, bad)]
        assert answers(batch, good) == answers(Batch("rows", here, readers=Here(2)), good)
    cluster.stop()
    assert failed == ["child-timeout", "child-crashed", "child-memory"]
    assert [readers_below(worker) for worker in workers] == [1, 1]


def test_a_worker_that_is_lost_loses_nothing_and_the_batch_goes_on_where_all_were(machines: Machines, tmp_path: Path) -> None:
    folder = tmp_path / "公开"
    folder.mkdir()
    paths = files(folder, *(f"{n}.pdf" for n in range(12)))
    first, second = machines.add(), machines.add()
    work, cluster = tmp_path / "report.json.work", Cluster(machines.address)

    def until_all_are_lost() -> None:
        with Ledger(work) as ledger:
            for count, _ in enumerate(Batch("json", ledger, readers=cluster).run(paths), 1):
                if count == 2:
                    first.kill()
                if count == 5:
                    second.kill()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(triage.cluster, "WORKERLESS", 1.0)
        with pytest.raises(ClusterError, match="workers_lost"):
            until_all_are_lost()
    wait_until(lambda: not machines.there())
    machines.add()
    run = gouji(folder, "--scheduler", machines.address, "--output", tmp_path / "report.json")
    assert run.returncode == 0, run.stderr
    report = json.loads((tmp_path / "report.json").read_bytes())
    assert {Path(document["path"]).name for document in report["documents"]} == {path.name for path in paths}
    assert "份上次已经读过" in "".join(run.stderr.split("\n"))
    assert not work.exists()


def test_a_worker_with_other_sources_reads_nothing(machines: Machines, tmp_path: Path) -> None:
    sources = other_sources(tmp_path / "other")
    paths = files(tmp_path, "a.pdf")
    good = machines.add()
    cluster = Cluster(machines.address)
    machines.add(sources=sources)
    run = gouji(paths[0], "--scheduler", machines.address)
    assert (run.returncode, run.stdout) == (2, "")
    assert "版本" in run.stderr
    good.kill()
    wait_until(lambda: len(machines.there()) == 1)
    with Ledger() as ledger, pytest.raises(ClusterError, match="other_version"):
        answers(Batch("json", ledger, readers=cluster), paths)


def test_a_scheduler_that_goes_away_is_said(machines: Machines, tmp_path: Path) -> None:
    paths = files(tmp_path, "a.pdf", "b.pdf")
    machines.add()
    cluster = Cluster(machines.address)
    machines.scheduler.kill()
    with Ledger() as ledger, pytest.raises(ClusterError, match="scheduler_lost"):
        answers(Batch("json", ledger, readers=cluster), paths)


@pytest.mark.parametrize(("address", "key"), [("tcp://127.0.0.1:9", "silent"), ("nonsense", "unreachable"), ("foo://a:1", "unreachable")])
def test_a_scheduler_that_is_not_there_is_said(address: str, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triage.cluster, "CONNECTING", 0.5)
    with pytest.raises(ClusterError, match=key):
        Cluster(address)


def test_a_scheduler_without_workers_is_said(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triage.cluster, "WORKERLESS", 0.5)
    with pytest.raises(ClusterError, match="no_workers"):
        Cluster(machines.address)
