"""Questions and answers, kept with the documents they were put to: a file of lines a scope, to which lines are only added."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from store.files import writing


class Citation(msgspec.Struct, frozen=True):
    """One numbered place an answer rests on; ``box`` is in points of the page as displayed."""

    number: int
    document: str
    page: int
    box: tuple[float, float, float, float]
    text: str
    table: str | None = None
    row: str | None = None
    column: str | None = None


class Exchange(msgspec.Struct, frozen=True):
    """A question with its answer. ``nearest`` are the rows shown where nothing was found; ``asked`` is an ISO date and time."""

    question: str
    answer: str
    found: bool
    mode: str
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    plan: tuple[str, ...] = ()
    asked: str = ""


class Talk:
    """What was asked of one document, or of several together."""

    def __init__(self, home: Path, scope: Sequence[str]) -> None:
        self.home = home
        name = scope[0] if len(scope) == 1 else hashlib.sha256("".join(sorted(scope)).encode()).hexdigest()
        self.path = home / "talks" / f"{name}.jsonl"

    def exchanges(self) -> list[Exchange]:
        """Everything asked so far, the oldest first; a line that a crash cut off is left out."""
        try:
            lines = self.path.read_bytes().splitlines()
        except FileNotFoundError:
            return []
        found = []
        for line in lines:
            try:
                found.append(msgspec.json.decode(line, type=Exchange))
            except msgspec.DecodeError:
                continue
        return found

    def add(self, exchange: Exchange) -> None:
        """Add one; those that others add at the same time stay."""
        with writing(self.home):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            torn = self.path.is_file() and not self.path.read_bytes().endswith(b"\n") and self.path.stat().st_size > 0
            with self.path.open("ab") as file:
                file.write((b"\n" if torn else b"") + msgspec.json.encode(exchange) + b"\n")
                file.flush()
                os.fsync(file.fileno())

    def clear(self) -> None:
        """Forget the talk."""
        with writing(self.home):
            self.path.unlink(missing_ok=True)
