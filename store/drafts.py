"""Texts that a model drafted about a document and people edit: kept beside it, always marked with who drafted them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from store.files import kept, mended, write_whole, writing

SUMMARY = "summary"


class Drafting(msgspec.Struct, frozen=True):
    """A drafted text. ``model`` drafted it (``local``: put together without one), ``made`` is when (ISO).

    ``edited`` is when a person changed it last, "" where none did, and ``editor`` who; ``revision`` counts the changes.
    """

    text: str
    model: str
    made: str = ""
    edited: str = ""
    editor: str = ""
    warning: str = ""
    revision: int = 1


class StaleDraftError(Exception):
    """Someone else has changed the text since it was read; ``current`` is what it says now, None where it was removed."""

    def __init__(self, current: Drafting | None) -> None:
        super().__init__("changed since it was read")
        self.current = current


class Drafts:
    """One document's drafts: ``summary``, or by the id of the finding that they explain."""

    def __init__(self, home: Path, sha256: str) -> None:
        self.home = home
        self.path = home / "drafts" / f"{sha256}.json"

    def all(self) -> dict[str, Drafting]:
        """All drafts by what they are about. A damaged file is set aside (``Library.damaged``) and holds none."""
        return kept(self.home, self.path, dict[str, Drafting])

    def get(self, about: str) -> Drafting | None:
        """The draft about a finding, or the summary."""
        return self.all().get(about)

    def put(self, about: str, drafting: Drafting) -> Drafting:
        """Keep a new draft in place of an earlier one."""
        with writing(self.home):
            drafts = mended(self.path, dict[str, Drafting])
            earlier = drafts.get(about)
            changed = msgspec.structs.replace(drafting, revision=(earlier.revision if earlier else 0) + 1)
            self._write({**drafts, about: changed})
        return changed

    def edit(self, about: str, text: str, *, editor: str, when: str, revision: int) -> Drafting:
        """Change a draft's text over the revision that was read. Raises ``StaleDraftError`` when that is not the last one."""
        with writing(self.home):
            drafts = mended(self.path, dict[str, Drafting])
            current = drafts.get(about)
            if current is None or current.revision != revision:
                raise StaleDraftError(current)
            changed = msgspec.structs.replace(current, text=text, editor=editor, edited=when, warning="", revision=revision + 1)
            self._write({**drafts, about: changed})
        return changed

    def remove(self, about: str) -> None:
        """Throw a draft away; one that is not there is no error."""
        with writing(self.home):
            drafts = mended(self.path, dict[str, Drafting])
            if drafts.pop(about, None) is not None:
                self._write(drafts)

    def _write(self, drafts: dict[str, Drafting]) -> None:
        write_whole(self.path, msgspec.json.format(msgspec.json.encode(drafts), indent=1))
