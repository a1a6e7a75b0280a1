"""Reading processes that are kept from one document to the next, as many as are asked at a time."""

from __future__ import annotations

import atexit
from threading import Lock

from triage.orders import Answer, Order
from triage.worker import Worker


class Pool:
    """Processes, started when they are needed. Any thread may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._idle: list[Worker] = []
        self._all: list[Worker] = []

    def warm(self) -> None:
        """Start a process ahead of the first document."""
        worker = self._taken()
        worker.start()
        self._idle.append(worker)

    def ask(self, order: Order, data: bytes) -> Answer:
        """Have a document read by a process that has nothing to do."""
        worker = self._taken()
        try:
            return worker.ask(order, data)
        finally:
            self._idle.append(worker)

    def close(self) -> None:
        """End all processes, whatever they are doing; the next document starts another."""
        with self._lock:
            for worker in self._all:
                worker.close()

    def _taken(self) -> Worker:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            worker = Worker()
            self._all.append(worker)
            return worker


POOL = Pool()
"""The one of this process."""
atexit.register(POOL.close)
