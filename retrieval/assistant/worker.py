"""Runs a conversation with a model in a thread of its own, whose caller gets the events at once, else a tick, and can stop it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue
from threading import Lock
from typing import Any

from retrieval.assistant.events import Event, Tick

PAUSE = 0.2  # seconds between two ticks
Emit = Callable[[Event], None]
Work = Callable[[Emit], Coroutine[Any, Any, None]]


class Worker:
    """One piece of work in a thread with an event loop; ``prepare`` runs there too, since it imports large libraries."""

    def __init__(self, prepare: Callable[[], Work]) -> None:
        self._prepare = prepare
        self._queue: SimpleQueue[Event | None] = SimpleQueue()
        self._lock = Lock()
        self._stopped = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    def events(self, tick: Callable[[], Tick]) -> Iterator[Event]:
        """What happens, as it happens; raises what the work raised. Closing the iterator stops the work and its connection."""
        pool = ThreadPoolExecutor(1, thread_name_prefix="assistant")
        future: Future[None] = pool.submit(self._main)
        future.add_done_callback(lambda _: self._queue.put(None))
        pool.shutdown(wait=False)
        try:
            while True:
                try:
                    event = self._queue.get(timeout=PAUSE)
                except Empty:
                    yield tick()
                    continue
                if event is None:
                    future.result()
                    return
                yield event
        finally:
            self.stop()

    def stop(self) -> None:
        """Cancel the work; nothing happens where it is over."""
        with self._lock:
            self._stopped = True
            if self._loop is not None and self._task is not None:
                self._loop.call_soon_threadsafe(self._task.cancel)

    def _main(self) -> None:
        try:
            asyncio.run(self._run(self._prepare()))
        except asyncio.CancelledError:
            return

    async def _run(self, work: Work) -> None:
        with self._lock:
            if self._stopped:
                return
            self._loop = asyncio.get_running_loop()
            self._task = asyncio.current_task()
        try:
            await work(self._queue.put)
        finally:
            with self._lock:
                self._loop = None
