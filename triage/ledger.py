"""What has been read so far, on disk as it comes: a batch needs the memory of one document, and one that was interrupted goes on.

A ledger is a file of records, only ever added to: length, checksum, and what came of a document. What a crash cut off is left out.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Self

import msgspec

from model.document import Status
from model.limits import Bounds
from triage.orders import Answer, Order

HEAD = struct.Struct(">QI")


class Key(msgspec.Struct, frozen=True):
    """Under what a document was read. One of the same key need not be read again."""

    sha256: str
    version: str
    product: str
    language: str

    @classmethod
    def of(cls, sha256: str, version: str, order: Order) -> Key:
        """The key of a document's bytes under an order."""
        return cls(sha256, version, order.product, order.language)


class Line(msgspec.Struct, frozen=True):
    """One record: a document's key, the bounds it was read in, and the answer."""

    key: Key
    bounds: Bounds
    answer: Answer


class Ledger:
    """The records of a batch: in a file that outlives an interruption, or where none is named in one that vanishes with the process."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        self._file: IO[bytes] = path.open("r+b") if path else TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._known: dict[Key, tuple[int, Bounds | None]] = {}
        self._end = 0
        for at, line in self._lines():
            self._note(at, line)

    def __enter__(self) -> Self:
        """The ledger; the file is closed when the block ends."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the file, and remove it where all went well: it was needed to go on after an interruption."""
        self._file.close()
        if kind is None and self.path is not None:
            self.path.unlink(missing_ok=True)

    def __len__(self) -> int:
        """How many documents it holds."""
        return len(self._known)

    def add(self, line: Line) -> int:
        """Write a record and return where it is."""
        record = msgspec.msgpack.encode(line)
        at = self._end
        self._file.seek(at)
        self._file.write(HEAD.pack(len(record), zlib.crc32(record)) + record)
        self._file.truncate()  # what an earlier run left cut off ends here
        self._file.flush()
        self._end = self._file.tell()
        self._note(at, line)
        return at

    def find(self, key: Key, bounds: Bounds) -> int | None:
        """Where a document's record is. One that failed counts only for the same bounds: others may let it through."""
        at, failed_within = self._known.get(key, (None, None))
        return None if failed_within not in (None, bounds) else at

    def read(self, at: int) -> Answer:
        """The answer in the record there."""
        return self._read(at)[1].answer

    def _note(self, at: int, line: Line) -> None:
        if line.key.sha256:
            self._known[line.key] = (at, line.bounds if line.answer.status is Status.FAILED else None)

    def _read(self, at: int) -> tuple[int, Line]:
        """The record there and where the next begins. Raises ``ValueError`` where it is cut off or damaged."""
        self._file.seek(at)
        head = self._file.read(HEAD.size)
        if len(head) < HEAD.size:
            raise ValueError(at)
        size, checksum = HEAD.unpack(head)
        after = at + HEAD.size + size
        if after > os.fstat(self._file.fileno()).st_size:  # seen before so much memory is asked for
            raise ValueError(at)
        record = self._file.read(size)
        if zlib.crc32(record) != checksum:
            raise ValueError(at)
        return after, msgspec.msgpack.decode(record, type=Line)

    def _lines(self) -> Iterator[tuple[int, Line]]:
        """The whole records from the beginning on."""
        while True:
            try:
                after, line = self._read(self._end)
            except ValueError:  # a decoding error is one too
                return
            yield self._end, line
            self._end = after
