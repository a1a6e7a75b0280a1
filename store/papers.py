"""Working papers: what the people who verify have said of each finding, kept apart from what the program found.

One small file a document. A change is to one finding and says which revision it was made from, so two people who work on
different findings of a document never overwrite each other, and on the same finding the second one is told.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from model.assessment import Assessment
from store.files import kept, mended, write_whole, writing


class Note(msgspec.Struct, frozen=True):
    """An assessment as kept; ``revision`` counts its changes, 0 for none yet."""

    assessment: Assessment = Assessment()
    revision: int = 0


class ConflictError(Exception):
    """Someone else has changed the note since it was read; ``current`` is what it says now."""

    def __init__(self, current: Note) -> None:
        super().__init__(f"changed by {current.assessment.name} since it was read")
        self.current = current


class Papers:
    """The notes about one document's findings, by finding id."""

    def __init__(self, home: Path, file_name: str) -> None:
        self.home = home
        self.path = home / "papers" / file_name

    def notes(self) -> dict[str, Note]:
        """All notes; a finding without one is not in it. A damaged file is set aside (``Library.damaged``) and holds none."""
        return kept(self.home, self.path, dict[str, Note])

    def assessments(self) -> dict[str, Assessment]:
        """What has been said, by finding id."""
        return {finding: note.assessment for finding, note in self.notes().items()}

    def write(self, finding: str, assessment: Assessment, *, revision: int) -> Note:
        """Say something of a finding, over the revision that was read. Raises ``ConflictError`` when that is not the last one."""
        with writing(self.home):
            notes = mended(self.path, dict[str, Note])
            current = notes.get(finding, Note())
            if current.revision != revision:
                raise ConflictError(current)
            notes[finding] = Note(assessment, revision + 1)
            write_whole(self.path, msgspec.json.format(msgspec.json.encode(notes), indent=1))
        return notes[finding]
