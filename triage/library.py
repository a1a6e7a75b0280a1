"""The library on this machine, and documents that get into it by being examined."""

from __future__ import annotations

import hashlib

from model.document import Status
from model.findings import Examination
from model.limits import Limits
from store import Library, UnknownDocumentError, default_home
from triage.reading import DEFAULT, examine
from triage.version import reader_version


def open_library() -> Library:
    """The user's library, for this reader and these checks."""
    return Library(default_home(), reader_version())


def examined(library: Library, data: bytes, name: str, limits: Limits = DEFAULT) -> Examination:
    """A document's examination: from the library where it is up to date, else made now and kept, unless it could not be read."""
    try:
        known = library.get(hashlib.sha256(data).hexdigest())
    except UnknownDocumentError:
        known = None
    if known is not None:
        return known
    fresh = examine(data, name, limits)
    if fresh.document.status is not Status.FAILED:
        library.add(data, fresh)
    return fresh
