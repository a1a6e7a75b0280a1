"""The index as those who answer see it: what is near a question, soon or not at all. Chroma is not loaded here."""

from __future__ import annotations

import atexit
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, Protocol

from filelock import Timeout

if TYPE_CHECKING:
    from retrieval.index import Index

PATIENCE = 0.1  # seconds an answer waits for the index: it comes without it as well
REST = 30.0  # seconds a damaged index is left alone: it is being built again
FAREWELL = 5.0  # seconds that the end of the process waits for a query under way
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found in the index: its id, its text, what was kept with it, and its distance (0 is the same)."""

    id: str
    text: str
    metadata: dict[str, Any]
    distance: float


class Near(Protocol):
    """Finds the chunks nearest to a text, best first, in these documents (in all where none are named)."""

    def __call__(self, text: str, limit: int = 10, documents: Sequence[str] = (), /) -> list[Hit]:
        """At most ``limit`` of them; none where the index cannot say."""
        ...


@dataclass(slots=True)
class _Query:
    text: str
    limit: int
    documents: Sequence[str]
    until: float
    done: Event = field(default_factory=Event)
    hits: list[Hit] = field(default_factory=list)


class Neighbours:
    """Asks the index in a thread of its own: one that is damaged, locked, slow or gone gives nothing, and nothing waits for it.

    ``lost`` is called when it turns out to be damaged.
    """

    def __init__(self, opened: Callable[[], Index | None], patience: float = PATIENCE, lost: Callable[[], None] | None = None) -> None:
        self.patience = patience
        self._opened = opened
        self._lost = lost
        self._queries: SimpleQueue[_Query] = SimpleQueue()
        self._thread: Thread | None = None
        self._lock = Lock()
        self._busy_since = 0.0
        self._rests_until = 0.0
        self._free = Event()
        self._free.set()
        atexit.register(self.finish)

    def finish(self) -> None:
        """Ask nothing more, and let what is asked come back: Python ending in the middle of Chroma crashes."""
        self._rests_until = float("inf")
        self._free.wait(FAREWELL)

    def __call__(self, text: str, limit: int = 10, documents: Sequence[str] = (), /) -> list[Hit]:
        """What the index finds within ``patience``."""
        now = time.monotonic()
        stuck = self._busy_since and now - self._busy_since > self.patience
        if stuck or now < self._rests_until:
            return []
        query = self._put(text, limit, documents, now + self.patience)
        query.done.wait(self.patience)
        return query.hits

    def warm(self) -> None:
        """Have the index opened, however long that takes; does not wait for it."""
        self._put("", 1, (), float("inf"))

    def _put(self, text: str, limit: int, documents: Sequence[str], until: float) -> _Query:
        query = _Query(text, limit, documents, until)
        self._queries.put(query)
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._serve, name="index", daemon=True)  # one that hangs does not keep the process
                self._thread.start()
        return query

    def _serve(self) -> None:
        while True:
            query = self._queries.get()
            now = time.monotonic()
            if self._rests_until < now < query.until:
                self._free.clear()
                self._busy_since = now
                try:
                    query.hits = self._ask(query)
                finally:
                    self._busy_since = 0.0
                    self._free.set()
                    query.done.set()

    def _ask(self, query: _Query) -> list[Hit]:
        from retrieval.index import TROUBLE

        try:
            index = self._opened()
            return index.search(query.text, query.limit, query.documents) if index is not None else []
        except Timeout:  # another process writes
            return []
        except TROUBLE as error:
            log.warning("the index cannot be asked; answers come without it: %s", error or type(error).__name__)
            self._rests_until = max(self._rests_until, time.monotonic() + REST)
            if self._lost is not None:
                self._lost()
            return []
