"""Documents that another version has examined, examined again from their originals."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from model.document import Status
from model.limits import Limits
from store import Library, UnknownDocumentError
from triage.apart import Reader, Taken


def renewed(library: Library, progress: Callable[[int, int], None]) -> Iterator[Taken]:
    """Examine again, each in a process that may be ended, what another version has examined; gives those that cannot be read any more.

    ``progress`` is told how many of how many are done.
    """
    old = [entry for entry in library.entries() if entry.version != library.version]
    reader = Reader()
    try:
        for done, entry in enumerate(old):
            progress(done, len(old))
            try:
                data = library.original(entry.sha256)
            except UnknownDocumentError:  # removed meanwhile
                continue
            taken = reader.take(library.home, data, entry.name, Limits())
            if taken.status is Status.FAILED:
                yield taken
    finally:
        reader.close()
