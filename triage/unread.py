"""The examination of what could not be read: nothing is known of it, and nothing passes."""

from __future__ import annotations

from model.document import Document, Problem, Status
from model.facts import Facts
from model.findings import Coverage, Examination


def unopened(name: str, *problems: Problem, sha256: str = "") -> Examination:
    """The examination of a file that could not be opened; without bytes it has no identity."""
    return unchecked(Document(sha256, name, Status.FAILED, (), problems=problems))


def unchecked(document: Document) -> Examination:
    """The examination of a document that was opened and not read."""
    return Examination(document, Facts(), (), {}, Coverage(0, 0))
