"""Who reads the documents of a batch: so many processes of this machine (here), or those of a cluster (``triage.cluster``)."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from triage.orders import Answer, Order
from triage.pool import POOL, Pool


class Readers(Protocol):
    """Takes orders, as many as there is room for, and answers each of them some time."""

    def room(self) -> int:
        """How many orders may be under way at a time."""

    def submit(self, order: Order, data: bytes) -> Future[Answer]:
        """Have a document read."""

    def stop(self) -> None:
        """Give up what is under way; no answer is waited for."""


class ClusterError(Exception):
    """Why a cluster cannot be used any more: ``cli.cluster.<key>`` in the catalogue, with parameters."""

    def __init__(self, key: str, **params: str) -> None:
        super().__init__(key, params)
        self.key = key
        self.params = params


class Here:
    """Processes of this machine, at most so many at a time."""

    def __init__(self, jobs: int = 1, pool: Pool = POOL) -> None:
        self.jobs = jobs
        self.pool = pool
        self._threads = ThreadPoolExecutor(jobs)

    def room(self) -> int:
        """One more than can run, so that no process waits for its next document."""
        return self.jobs + 1

    def submit(self, order: Order, data: bytes) -> Future[Answer]:
        """Have a document read by the next process that has nothing to do."""
        return self._threads.submit(self.pool.ask, order, data)

    def stop(self) -> None:
        """End the processes, whatever they are doing."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self.pool.close()
