"""The search index kept up to date behind whoever works with the library, and asked for them; nobody waits for it."""

from __future__ import annotations

import atexit
import logging
import time
from collections import OrderedDict
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from filelock import Timeout

from model.findings import Examination
from retrieval.holdings import Holdings
from retrieval.near import FAREWELL, PATIENCE, Neighbours
from store import Library
from triage.indexing import holdings_of, index_documents, known, open_index

if TYPE_CHECKING:
    from retrieval.index import Index

AWAY = 3.0  # seconds after which whoever was waiting for a page is taken to be reading it
KEPT = 24  # documents that stay open for the next question
log = logging.getLogger(__name__)


class _EndingError(Exception):
    """The process ends."""


class Keeper:
    """One library's index: ``near`` asks it, ``wake`` has it brought up to date, built again where it is lost or damaged.

    ``progress`` is how many of how many documents are indexed while that goes on, None otherwise. Between two documents it waits until
    nobody has asked it to ``give_way`` for a while.
    """

    def __init__(self, library: Library, patience: float = PATIENCE) -> None:
        self.library = library
        self.near = Neighbours(self._opened, patience, self._lost)
        self.progress: tuple[int, int] | None = None
        self._index: Index | None = None
        self._open: OrderedDict[str, Examination] = OrderedDict()
        self._lock = Lock()
        self._wanted = Event()
        self._settled = Event()
        self._settled.set()
        self._thread: Thread | None = None
        self._ends = False
        self._attended = -AWAY
        atexit.register(self.finish)

    def finish(self) -> None:
        """Index no further document, and let the one under way be indexed: Python ending in the middle of Chroma crashes."""
        self._ends = True
        self._settled.wait(FAREWELL)

    def wake(self) -> None:
        """Documents came, were read again or went: have the index follow, in the background."""
        with self._lock:
            self._open.clear()
        self._settled.clear()
        self._wanted.set()
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._serve, name="indexing", daemon=True)
                self._thread.start()

    def give_way(self) -> None:
        """Somebody is waiting for a page: index the next document when nobody is."""
        self._attended = time.monotonic()

    def holdings(self) -> Holdings:
        """Everything in the library that may be asked."""
        return holdings_of(self.library, self._examination, self.near)

    def _examination(self, sha256: str) -> Examination | None:
        """A document's examination; the last few are kept, for what is built on them to be kept as well."""
        with self._lock:
            if sha256 in self._open:
                self._open.move_to_end(sha256)
                return self._open[sha256]
        examination = known(self.library, sha256)
        if examination is not None:
            with self._lock:
                self._open[sha256] = examination
                while len(self._open) > KEPT:
                    self._open.popitem(last=False)
        return examination

    def settled(self, seconds: float) -> bool:
        """Wait until nothing is left to be done; whether it came to that."""
        return self._settled.wait(seconds)

    def _opened(self) -> Index:
        """The index, which all threads share. Raises what an index raises that cannot be opened."""
        with self._lock:
            if self._index is None:
                self._index = open_index(self.library)
            return self._index

    def _lost(self) -> None:
        """It turned out to be damaged: try it out before it is opened again, and build it again where it is no good."""
        with self._lock:
            if self._index is not None:
                self._index.close()
        self.wake()

    def _serve(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            try:
                self._follow()
            finally:
                self.progress = None
                if not self._wanted.is_set():
                    self._settled.set()

    def _follow(self) -> None:
        """Index what is missing; where the index breaks on the way, once more from the beginning."""
        from retrieval.index import TROUBLE

        for _ in range(2):
            try:
                self._stand_by()  # also before Chroma is loaded
                index_documents(self.library, self._opened(), self._tell)
            except _EndingError:
                return
            except Timeout:
                log.warning("another process has the index in hand")
                return
            except TROUBLE as error:
                log.warning("the index could not be brought up to date: %s", error or type(error).__name__)
                with self._lock:
                    self._index = None
            else:
                return

    def _stand_by(self) -> None:
        while not self._ends and time.monotonic() - self._attended < AWAY:
            time.sleep(0.1)
        if self._ends:
            raise _EndingError

    def _tell(self, done: int, total: int) -> None:
        self._stand_by()
        self.progress = (done, total)
