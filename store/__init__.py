"""The library of read documents on disk, and the working papers about their findings."""

from store.files import whole_file
from store.library import Entry, Library, UnknownDocumentError, default_home
from store.names import display_name
from store.papers import ConflictError, Note, Papers
from store.summary import Summary, money
from store.talks import Citation, Exchange, Talk

__all__ = [
    "Citation",
    "ConflictError",
    "Entry",
    "Exchange",
    "Library",
    "Note",
    "Papers",
    "Summary",
    "Talk",
    "UnknownDocumentError",
    "default_home",
    "display_name",
    "money",
    "whole_file",
]
