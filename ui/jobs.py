"""Files on their way into the library: read in the background, so that a click, a reload or another page does not stop them."""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from threading import Lock

from model.document import Problem, Status
from triage.apart import Taken

WAITING, READING, DONE, FAILED = "waiting", "reading", "done", "failed"
AT_ONCE = min(4, os.cpu_count() or 1)
KEPT = 64
"""Jobs that are remembered, so that a reloaded page finds its own."""


@dataclass(slots=True)
class Item:
    """A file: its name, its bytes or where they are until it is read, how far it is, and what came of it.

    ``began`` is when its reading began, by the monotonic clock in seconds.
    """

    name: str
    data: bytes | Path | None
    state: str = WAITING
    taken: Taken | None = None
    again: bool = False
    began: float = 0.0


@dataclass(slots=True)
class Job:
    """Files that came in together."""

    items: list[Item]
    futures: list[Future[None]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)

    @property
    def finished(self) -> int:
        """How many files are read, or have failed."""
        return sum(item.state in {DONE, FAILED} for item in self.items)

    @property
    def over(self) -> bool:
        """Whether nothing is left to be read."""
        return all(future.done() for future in self.futures)

    def raise_bugs(self) -> None:
        """Raise what went wrong in the program itself while reading."""
        for future in self.futures:
            future.result()


Read = Callable[[str, bytes | Path], Taken]
_jobs: OrderedDict[str, Job] = OrderedDict()
_pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="intake")


def start(files: Sequence[tuple[str, bytes | Path]], read: Read) -> str:
    """Begin to read files, and return the name of the job."""
    job, name = Job([Item(*file) for file in files]), token_hex(6)
    job.futures = [_pool.submit(carry, job, item, read) for item in job.items]
    _jobs[name] = job
    while len(_jobs) > KEPT:
        _jobs.popitem(last=False)
    return name


def carry(job: Job, item: Item, read: Read) -> None:
    """Read one file of a job. What the disk does not allow is a problem of that file."""
    data, item.data = item.data, None
    assert data is not None  # noqa: S101 - every item is carried once
    item.began = time.monotonic()
    item.state = READING
    try:
        taken = read(item.name, data)
    except OSError as error:  # the disk, or a library that somebody else kept locked
        reason = error.strerror or type(error).__name__
        taken = Taken("", item.name, Status.FAILED, (Problem("not-kept", params={"reason": reason}),))
    except BaseException:
        item.state = FAILED
        raise
    with job.lock:
        item.again = bool(taken.sha256) and taken.sha256 in job.seen
        job.seen.add(taken.sha256)
    item.taken = taken
    item.state = FAILED if taken.status is Status.FAILED else DONE


def find(name: str) -> Job | None:
    """A job by its name; None where it is forgotten."""
    return _jobs.get(name)
