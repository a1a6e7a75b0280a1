"""The search index over the library: it follows what comes in and goes, and is built again whenever it is lost."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from model.document import Kind
from model.findings import Examination
from retrieval.holdings import Card, Holdings
from retrieval.near import Near, Neighbours
from store import Library, UnknownDocumentError

if TYPE_CHECKING:
    from retrieval.index import Index

OPENING = 15.0  # seconds that a command waits for the index of a large library


def open_index(library: Library) -> Index:
    """The index that belongs to the library, for its reader."""
    from retrieval.configured import configured_index

    return configured_index(library.home / "index", library.version)


def existing_index(library: Library) -> Index | None:
    """The index where there is one; none is made."""
    if not (library.home / "index").is_dir() and not os.environ.get("GOUJI_CHROMA"):
        return None
    return open_index(library)


def index_documents(library: Library, index: Index, progress: Callable[[int, int], None] | None = None) -> None:
    """Make the index follow the library: documents that are missing are put in, those that are gone taken out, other versions' dropped.

    ``progress`` is told how many of how many are done. What another version has read is left out until it is read again: nothing is read
    here. Raises what an index raises that cannot be used.
    """
    from retrieval.chunks import chunks_of

    kept = {entry.sha256 for entry in library.entries() if entry.version == library.version}
    missing = index.missing(kept)
    index.drop_others()
    for gone in index.documents() - kept:
        index.remove(gone)
    for done, sha256 in enumerate(missing):
        if progress:
            progress(done, len(missing))
        examination = known(library, sha256)
        if examination is not None:
            index.upsert(sha256, chunks_of(examination.document, examination.findings))
    if progress and missing:
        progress(len(missing), len(missing))


def holdings_of(library: Library, opened: Callable[[str], Examination | None], near: Near | None) -> Holdings:
    """Everything in the library that may be asked; what another version has read is not, until it is read again."""
    entries = [entry for entry in library.entries() if entry.version == library.version]
    cards = [Card(entry.sha256, entry.organization, entry.fiscal_year, Kind(entry.kind)) for entry in entries]
    return Holdings(cards, opened, near)


def library_holdings(library: Library) -> Holdings:
    """The whole library for one question, with its index where there is one."""
    return holdings_of(library, lambda sha256: known(library, sha256), neighbours(library))


def file_holdings(library: Library, examinations: Sequence[Examination]) -> Holdings:
    """Files for one question, with the library's index where the library has any of them."""
    held = any((library.folder / f"{examination.document.sha256}.gouji").is_file() for examination in examinations)
    return Holdings.of(examinations, neighbours(library) if held else None)


def neighbours(library: Library) -> Neighbours:
    """The index for a question for which there is time to open it; it is neither made nor mended."""
    return Neighbours(lambda: existing_index(library), OPENING)


def known(library: Library, sha256: str) -> Examination | None:
    """A document's examination; None where it is damaged, or was removed meanwhile."""
    try:
        return library.get(sha256)
    except UnknownDocumentError:
        return None
