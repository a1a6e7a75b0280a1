"""A Dask cluster that reads: each of its workers does what this machine would, in processes of its own, within the same bounds.

The file's bytes travel, not its path: no folder need be shared, and what is read is what the batch has hashed. A worker whose sources
differ from those here reads nothing. ``distributed`` is imported when a cluster is asked for.
"""

from __future__ import annotations

import asyncio
import logging
import time
import warnings
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from threading import Event, Lock
from typing import TYPE_CHECKING

import msgspec

from triage.orders import Answer, Order
from triage.pool import POOL
from triage.readers import ClusterError
from triage.version import answer_version

if TYPE_CHECKING:
    from distributed import Client
    from distributed import Future as Remote

CONNECTING = 10.0  # seconds until a scheduler must answer
WORKERLESS = 30.0  # seconds that a batch waits for workers, at the beginning and when all have gone
LOOK = 2.0  # seconds between two looks at the cluster
MOST = 1000  # orders under way: each takes a thread here


class OtherVersionError(Exception):
    """A worker has other sources than the one that asks."""


def read(packed: bytes, data: bytes, version: str) -> bytes:
    """On a worker: carry out an order, in a process of its own. Raises ``OtherVersionError``."""
    if version != answer_version():
        raise OtherVersionError(answer_version())
    return msgspec.msgpack.encode(POOL.ask(msgspec.msgpack.decode(packed, type=Order), data))


class Cluster:
    """The workers of a scheduler. Raises ``ClusterError`` where it cannot be used, when it is opened or in the answers."""

    def __init__(self, address: str) -> None:
        self._client = connected(address)
        self._threads = ThreadPoolExecutor(MOST)
        self._over = Event()
        self._lock = Lock()
        self._room = 0
        self._looked = self._seen = time.monotonic()
        try:
            self._check(address)
        except BaseException:
            self.stop()
            raise

    def room(self) -> int:
        """As many as the workers have threads, and one more for each worker to find when it is done."""
        self._look()
        return max(1, min(self._room, MOST))

    def submit(self, order: Order, data: bytes) -> Future[Answer]:
        """Have a document read by some worker; by another one if it is lost."""
        return self._threads.submit(self._ask, order, data)

    def stop(self) -> None:
        """Leave the cluster; what its workers are doing comes to nothing."""
        self._over.set()
        self._threads.shutdown(wait=False, cancel_futures=True)
        with suppress(TimeoutError):
            self._client.close(timeout=LOOK)

    def _ask(self, order: Order, data: bytes) -> Answer:
        # The bytes are part of the task, not data of a worker's: so the scheduler can give it to another when that one is lost.
        future = self._client.submit(read, msgspec.msgpack.encode(order), data, answer_version(), pure=False)
        return msgspec.msgpack.decode(self._awaited(future), type=Answer)

    def _awaited(self, future: Remote) -> bytes:
        """The task's result. Raises ``ClusterError``."""
        while not self._over.is_set():
            try:
                error = future.exception(timeout=LOOK)
                if error is not None:
                    raise explained(error)
                result: bytes = future.result(timeout=LOOK)
            except TimeoutError:
                self._look()
            except (CancelledError, OSError):
                raise ClusterError("scheduler_lost") from None
            else:
                return result
        raise ClusterError("scheduler_lost")

    def _look(self) -> None:
        """Look at the cluster, unless that was just done. Raises ``ClusterError`` where nothing can be expected of it."""
        with self._lock:
            now = time.monotonic()
            if self._room and now - self._looked < LOOK:
                return
            self._looked = now
            try:
                threads = self._client.nthreads()
            except (OSError, TimeoutError):
                raise ClusterError("scheduler_lost") from None
            if threads:
                self._room, self._seen = sum(threads.values()) + len(threads), now
            elif now - self._seen > WORKERLESS:
                raise ClusterError("workers_lost", seconds=f"{WORKERLESS:g}")

    def _check(self, address: str) -> None:
        """Raise ``ClusterError`` where there are no workers or one of them has other sources."""
        try:
            self._client.wait_for_workers(1, timeout=WORKERLESS)
        except TimeoutError:
            raise ClusterError("no_workers", address=address) from None
        found = self._client.run(answer_version, on_error="return")
        wrong = [f"{worker}: {version}" for worker, version in found.items() if version != answer_version()]
        if wrong:
            raise ClusterError("other_version", here=answer_version(), there="; ".join(wrong))


def connected(address: str) -> Client:
    """A client of the scheduler there. Raises ``ClusterError``."""
    try:
        import distributed
    except ImportError:
        raise ClusterError("not_installed") from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is said in the user's language
    warnings.filterwarnings("ignore", "Sending large graph")  # a file's bytes are what is to be sent
    try:
        asyncio.run(answers(address))  # a client that finds nobody would hang when it is thrown away
        return distributed.Client(address, timeout=CONNECTING, set_as_default=False)
    except TimeoutError:
        raise ClusterError("silent", address=address, seconds=f"{CONNECTING:g}") from None
    except (OSError, ValueError) as error:
        raise ClusterError("unreachable", address=address, reason=str(error)) from None


async def answers(address: str) -> None:
    """Wait until a scheduler answers there. Raises ``OSError``, or ``ValueError`` for what is no address."""
    from distributed import rpc

    async with asyncio.timeout(CONNECTING), rpc(address, timeout=CONNECTING) as there:
        await there.identity()


def explained(error: BaseException) -> ClusterError:
    """What a task's error says of the cluster: documents that come to grief are no errors."""
    if isinstance(error, CancelledError):
        return ClusterError("scheduler_lost")
    if isinstance(error, OtherVersionError):
        return ClusterError("other_version", here=answer_version(), there=str(error))
    return ClusterError("worker_failed", reason=f"{type(error).__name__}: {error}"[:300])
