"""The search index over the library: brought up to date after documents came in, built again whenever it is lost."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from model.findings import Examination
from store import Library, UnknownDocumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from retrieval.index import Index

log = logging.getLogger(__name__)


def open_index(library: Library) -> Index:
    """The index that belongs to the library, for its reader."""
    from retrieval.configured import configured_index

    return configured_index(library.home / "index", library.version)


def index_documents(library: Library, index: Index, progress: Callable[[int, int], None] | None = None) -> None:
    """Index every document of the library that is not; ``progress`` is told how many of how many are done.

    What another version has read is left out until it is read again: nothing is read here.
    """
    from retrieval.chunks import chunks_of

    kept = {entry.sha256 for entry in library.entries() if entry.version == library.version}
    missing = index.missing(kept)
    for gone in index.documents() - kept:
        index.remove(gone)
    for done, sha256 in enumerate(missing, 1):
        examination = known(library, sha256)
        if examination is not None:
            index.upsert(sha256, chunks_of(examination.document, examination.findings))
        if progress:
            progress(done, len(missing))


def indexed(library: Library) -> Index | None:
    """The index, brought up to date; None, with a note in the log, where it cannot be opened or written: answers do not depend on it."""
    from retrieval.index import DAMAGE

    try:
        index = open_index(library)
        index_documents(library, index)
    except DAMAGE:
        log.warning("the index could not be brought up to date", exc_info=True)
        return None
    return index


def known(library: Library, sha256: str) -> Examination | None:
    """A document's examination; None where it is damaged, or was removed meanwhile."""
    try:
        return library.get(sha256)
    except UnknownDocumentError:
        return None
