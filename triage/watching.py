"""Folders that are watched: a disclosure is read into the library when it has arrived, by the same processes as a batch.

The folders are looked through again and again, which works on every system and on network drives.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from model.document import Problem
from model.limits import Limits
from store import Library
from triage.batch import Batch, read_bytes
from triage.ledger import Ledger
from triage.orders import Answer
from triage.paths import pdfs_in
from triage.readers import Here
from triage.showing import PRODUCTS, Request

EVERY = 2.0  # seconds
SHARE = 10  # of the time at least this many times what one look takes is spent waiting: a folder may hold a hundred thousand files
Stamp = tuple[int, int]


def watch(request: Request, library: Library, wait: Callable[[float], None] = time.sleep) -> Iterator[tuple[str, Answer]]:
    """Every disclosure of the folders that the library does not have, and those that arrive, as they are read. It does not end."""
    readers = Here(request.jobs)
    for files in arrivals(request.paths, wait):
        known = {entry.sha256 for entry in library.entries() if entry.version == library.version}
        fresh = [path for path in files if sha256_of(path, request.bounds.limits) not in known]
        with Ledger() as ledger:
            batch = Batch(PRODUCTS[request.form], ledger, request.language, request.bounds, readers, home=library.home)
            yield from batch.answers(batch.run(fresh))


def arrivals(folders: Iterable[Path], wait: Callable[[float], None]) -> Iterator[list[Path]]:
    """The files that are there or arrive, each when it has stayed the same from one look to the next; one that changes comes again."""
    folders = list(folders)
    before: dict[Path, Stamp] = {}
    given: dict[Path, Stamp] = {}
    while True:
        start = time.monotonic()
        now = dict(stamps(folders))
        ready = sorted(path for path, stamp in now.items() if before.get(path) == stamp != given.get(path))
        given = {path: stamp for path, stamp in given.items() if path in now} | {path: now[path] for path in ready}
        before = now
        took = time.monotonic() - start
        if ready:
            yield ready
        wait(max(EVERY, SHARE * took))


def stamps(folders: Iterable[Path]) -> Iterator[tuple[Path, Stamp]]:
    """All PDFs below the folders, with what changes when they do."""
    for folder in folders:
        for path in pdfs_in(folder):
            try:
                state = path.stat()
            except OSError:  # gone since it was listed
                continue
            yield path, (state.st_size, state.st_mtime_ns)


def sha256_of(path: Path, limits: Limits) -> str:
    """A file's SHA-256; empty where it is not to be read or cannot be, which the batch will say."""
    data = read_bytes(path, limits)
    return "" if isinstance(data, Problem) else hashlib.sha256(data).hexdigest()
