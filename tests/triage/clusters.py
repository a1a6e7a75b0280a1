"""A Dask cluster on this machine for the tests: a scheduler, and workers that come and go, each a process as on another machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import psutil

from making import ROOT
from triage.version import PARTS, TELLING

PATIENCE = 60  # seconds until a process must be there, on a busy machine


class Machines:
    """The processes of a cluster; its folder holds what they write."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workers: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        options = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
        self.scheduler = self._started("distributed.cli.dask_scheduler", *options)
        wait_until(lambda: file.exists() and file.read_text())
        self.address: str = json.loads(file.read_text())["address"]

    def add(self, *options: str, sources: Path = ROOT) -> subprocess.Popen[bytes]:
        """Start one more worker, over these sources, and wait until it is there."""
        known = len(self.there())
        fixed = ("--nthreads", "1", "--no-dashboard", "--no-nanny")
        worker = self._started("distributed.cli.dask_worker", self.address, *fixed, *options, sources=sources)
        self.workers.append(worker)
        wait_until(lambda: len(self.there()) > known)
        return worker

    def there(self) -> Mapping[str, int]:
        """The workers that the scheduler knows, and their threads."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            return client.nthreads()

    def close(self) -> None:
        """End all processes."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _started(self, module: str, *options: str, sources: Path = ROOT) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONPATH": str(sources)}
        with (self.folder / "log").open("ab") as log:
            command = [sys.executable, "-m", module, *options]
            return subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log)


def wait_until(happened: object) -> None:
    """Wait for something that must happen."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)


def readers_below(worker: subprocess.Popen[bytes]) -> int:
    """How many reading processes a worker has."""
    return sum("triage.child" in " ".join(child.cmdline()) for child in psutil.Process(worker.pid).children())


def other_sources(folder: Path) -> Path:
    """A copy of the sources in which one check is another."""
    for part in (*PARTS, *TELLING, "store"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    with (folder / "checks" / "__init__.py").open("a", encoding="utf-8") as file:
        file.write("\nOTHER = 1\n")
    return folder
