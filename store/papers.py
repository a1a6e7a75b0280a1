"""Working papers: what the people who verify have decided about each finding, kept apart from what the program found.

One small file a document. A change is to one finding and says which revision it was made from, so two people who work on
different findings of a document never overwrite each other, and on the same finding the second one is told.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

import msgspec

from store.files import write_whole, writing


class Verdict(Enum):
    """Where the verification of a finding stands."""

    UNVERIFIED = "unverified"
    CONFIRMED = "confirmed"
    EXPLAINED = "explained"
    DISMISSED = "dismissed"


class Note(msgspec.Struct, frozen=True):
    """What is noted of one finding; ``name`` is who noted it. ``revision`` counts the changes, 0 for none yet."""

    status: Verdict = Verdict.UNVERIFIED
    note: str = ""
    name: str = ""
    revision: int = 0
    changed: datetime | None = None


class ConflictError(Exception):
    """Someone else has changed the note since it was read; ``current`` is what it says now."""

    def __init__(self, current: Note) -> None:
        super().__init__(f"changed by {current.name} since it was read")
        self.current = current


class Papers:
    """The notes about one document's findings, by finding id."""

    def __init__(self, home: Path, file_name: str) -> None:
        self.home = home
        self.path = home / "papers" / file_name

    def notes(self) -> dict[str, Note]:
        """All notes; a finding without one is not in it."""
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=dict[str, Note])
        except FileNotFoundError:
            return {}

    def write(self, finding: str, status: Verdict, note: str, name: str, *, revision: int) -> Note:
        """Note something of a finding, over the revision that was read. Raises ``ConflictError`` when that is not the last one."""
        with writing(self.home):
            notes = self.notes()
            current = notes.get(finding, Note())
            if current.revision != revision:
                raise ConflictError(current)
            notes[finding] = Note(status, note, name, revision + 1, datetime.now(UTC))
            write_whole(self.path, msgspec.json.format(msgspec.json.encode(notes), indent=1))
        return notes[finding]
