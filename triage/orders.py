"""What is said between the process that asks and the one that reads: frames of MessagePack, an order in, an answer out."""

from __future__ import annotations

import struct
from typing import IO

import msgspec

from model.document import Problem, Status
from model.limits import USUAL, Bounds
from words import Language

HEAD = struct.Struct(">Q")
OUT_OF_MEMORY = 66
"""The exit code of a reading process that had no memory left."""


class Order(msgspec.Struct, frozen=True):
    """A document to read; ``size`` bytes of it follow the order.

    ``product`` names what is wanted (``triage.products``). With ``home`` and ``version`` it is read into that library.
    ``page`` and ``brief`` say what is to be drawn (``triage.drawing``).
    """

    name: str
    size: int
    product: str = ""
    language: Language = "zh"
    bounds: Bounds = USUAL
    home: str = ""
    version: str = ""
    page: int = 0
    brief: bytes = b""


class Answer(msgspec.Struct, frozen=True):
    """What came of a document. ``findings`` counts by severity, ``made`` is the product, empty where the document failed.

    ``bug`` says where the program itself failed; the process that says so has ended.
    """

    sha256: str
    name: str
    status: Status
    problems: tuple[Problem, ...] = ()
    findings: dict[str, int] = {}
    pages: int = 0
    amounts: int = 0
    checked: int = 0
    made: bytes = b""
    bug: str = ""


def failed(name: str, problem: Problem, sha256: str = "") -> Answer:
    """The answer for a document that was not read."""
    return Answer(sha256, name, Status.FAILED, (problem,))


def send(pipe: IO[bytes], *parts: bytes) -> None:
    """Write a frame, and what follows it. Raises ``OSError`` where nobody reads."""
    pipe.write(HEAD.pack(len(parts[0]) if parts else 0))
    for part in parts:
        pipe.write(part)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """The next frame; None where the pipe has ended, in the middle of a frame too."""
    head = pipe.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    (size,) = HEAD.unpack(head)
    frame = pipe.read(size)
    return frame if len(frame) == size else None
