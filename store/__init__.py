"""The library of read documents on disk, and the working papers about their findings."""

from store.library import Entry, Library, UnknownDocumentError, default_home
from store.names import display_name
from store.papers import ConflictError, Note, Papers, Verdict

__all__ = ["ConflictError", "Entry", "Library", "Note", "Papers", "UnknownDocumentError", "Verdict", "default_home", "display_name"]
