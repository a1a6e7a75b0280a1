"""The library of read documents on disk, and the working papers about their findings."""

from store.files import whole_file
from store.library import Entry, Library, UnknownDocumentError, default_home
from store.names import display_name
from store.papers import ConflictError, Note, Papers

__all__ = ["ConflictError", "Entry", "Library", "Note", "Papers", "UnknownDocumentError", "default_home", "display_name", "whole_file"]
