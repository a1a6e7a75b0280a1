"""The library: each document's PDF and its examination, one file each, under the SHA-256 of its bytes.

``documents/<sha>.pdf`` is the original, ``documents/<sha>.gouji`` the examination: a line of JSON (the entry, readable by every
version), then the examination as compressed MessagePack, readable by the version that wrote it. Readers need no lock.
"""

from __future__ import annotations

import hashlib
import os
import re
import zlib
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from model.document import Kind, Status
from model.findings import Examination
from store.files import DAMAGED, sweep, write_whole, writing
from store.names import display_name
from store.papers import Papers
from store.summary import Summary, summary_of

SHA256 = re.compile(r"[0-9a-f]{64}")
SUFFIX = ".gouji"


class UnknownDocumentError(KeyError):
    """The library holds no document of that identity."""


class Entry(msgspec.Struct, frozen=True):
    """What a list of documents shows of one. ``version`` is the reader's that examined it; ``findings`` counts by severity."""

    sha256: str
    name: str
    version: str
    added: datetime
    status: str
    title: str
    organization: str
    fiscal_year: int | None
    kind: str
    pages: int
    findings: dict[str, int]
    summary: Summary = Summary()


def entry_of(line: bytes, sha256: str) -> Entry:
    """An entry as written; where the line is damaged, one of no version, so that the document is examined again from its original."""
    try:
        return msgspec.json.decode(line, type=Entry)
    except msgspec.MsgspecError:
        return Entry(sha256, sha256[:12], "", datetime.fromtimestamp(0, UTC), Status.FAILED.value, "", "", None, Kind.UNKNOWN.value, 0, {})


def default_home() -> Path:
    """Where data lives: ``GOUJI_HOME``, or the system's folder for a user's data."""
    chosen = os.environ.get("GOUJI_HOME")
    if chosen:
        return Path(chosen).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("gouji", appauthor=False))


class Library:
    """Read documents on disk. ``version`` names the reader and the checks: what another version wrote is examined again."""

    def __init__(self, home: Path, version: str) -> None:
        self.home = home
        self.version = version
        self.folder = home / "documents"

    def add(self, data: bytes, examination: Examination) -> Entry:
        """Keep a document and its examination, in place of an earlier one of the same bytes."""
        entry = self._entry(data, examination)
        packed = zlib.compress(msgspec.msgpack.encode(examination), 1)
        with writing(self.home):
            sweep(self.folder)
            original = self._path(entry.sha256, ".pdf")
            if not original.exists():
                write_whole(original, data)
            earlier = self._read_entry(self._path(entry.sha256, SUFFIX))
            if earlier is not None:
                entry = msgspec.structs.replace(entry, added=earlier.added)
            write_whole(self._path(entry.sha256, SUFFIX), msgspec.json.encode(entry) + b"\n" + packed)
        return entry

    def get(self, sha256: str) -> Examination | None:
        """The examination of a document; None where another version wrote it, or the file is damaged. Raises ``UnknownDocumentError``."""
        try:
            head, _, packed = self._path(sha256, SUFFIX).read_bytes().partition(b"\n")
        except FileNotFoundError:
            raise UnknownDocumentError(sha256) from None
        if entry_of(head, sha256).version != self.version:
            return None
        try:
            return msgspec.msgpack.decode(zlib.decompress(packed), type=Examination)
        except (zlib.error, msgspec.MsgspecError):
            return None

    def original(self, sha256: str) -> bytes:
        """The PDF's bytes. Raises ``UnknownDocumentError``."""
        try:
            return self._path(sha256, ".pdf").read_bytes()
        except FileNotFoundError:
            raise UnknownDocumentError(sha256) from None

    def entries(self) -> list[Entry]:
        """All documents, the newest first."""
        found = [self._read_entry(path) for path in self.folder.glob(f"*{SUFFIX}")]
        return sorted((entry for entry in found if entry is not None), key=lambda entry: entry.added, reverse=True)

    def remove(self, sha256: str) -> None:
        """Forget a document; its working papers stay. Raises ``UnknownDocumentError``."""
        with writing(self.home):
            path = self._path(sha256, SUFFIX)
            if not path.exists():
                raise UnknownDocumentError(sha256)
            path.unlink()
            self._path(sha256, ".pdf").unlink(missing_ok=True)

    def papers(self, sha256: str) -> Papers:
        """The working papers about a document's findings; they outlive its re-reading."""
        return Papers(self.home, self._path(sha256, ".json").name)

    def damaged(self) -> list[Path]:
        """Working papers and drafts that could not be read and were set aside."""
        return sorted(path for folder in ("papers", "drafts") for path in (self.home / folder).glob(f"*{DAMAGED}"))

    def _path(self, sha256: str, suffix: str) -> Path:
        if not SHA256.fullmatch(sha256):
            raise UnknownDocumentError(sha256)
        return self.folder / f"{sha256}{suffix}"

    def _read_entry(self, path: Path) -> Entry | None:
        try:
            with path.open("rb") as file:
                return entry_of(file.readline(), path.stem)
        except FileNotFoundError:  # removed since it was listed
            return None

    def _entry(self, data: bytes, examination: Examination) -> Entry:
        document = examination.document
        counts: dict[str, int] = {}
        for finding in examination.findings:
            counts[finding.severity.value] = counts.get(finding.severity.value, 0) + 1
        return Entry(
            sha256=hashlib.sha256(data).hexdigest(),
            name=display_name(document.name),
            version=self.version,
            added=datetime.now(UTC),
            status=document.status.value,
            title=document.title,
            organization=document.organization,
            fiscal_year=document.fiscal_year,
            kind=document.kind.value,
            pages=len(document.pages),
            findings=counts,
            summary=summary_of(examination),
        )
