"""The search index over the library: brought up to date after documents came in, built again whenever it is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store import Library
from triage.library import recalled

if TYPE_CHECKING:
    from collections.abc import Callable

    from retrieval.index import Index


def open_index(library: Library) -> Index:
    """The index that belongs to the library, for its reader."""
    from retrieval.configured import configured_index

    return configured_index(library.home / "index", library.version)


def index_documents(library: Library, index: Index, progress: Callable[[int, int], None] | None = None) -> None:
    """Index every document of the library that is not; ``progress`` is told how many of how many are done."""
    from retrieval.chunks import chunks_of

    kept = {entry.sha256 for entry in library.entries()}
    missing = index.missing(kept)
    for gone in index.documents() - kept:
        index.remove(gone)
    for done, sha256 in enumerate(missing, 1):
        examination = recalled(library, sha256)
        index.upsert(sha256, chunks_of(examination.document, examination.findings))
        if progress:
            progress(done, len(missing))
