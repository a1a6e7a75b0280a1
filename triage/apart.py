"""One document read in a process of its own: MuPDF is not made for several threads, and a bad file may bring a process down."""

from __future__ import annotations

from pathlib import Path

import msgspec

from model.document import Problem, Status
from model.findings import Examination
from model.limits import Bounds, Limits
from triage.bounds import bounds_set
from triage.orders import Answer, Order
from triage.pool import POOL, Pool
from triage.unread import unopened
from triage.version import reader_version


class Taken(msgspec.Struct, frozen=True):
    """What came of a file. ``findings`` counts by severity; a file that failed is not in the library."""

    sha256: str
    name: str
    status: Status
    problems: tuple[Problem, ...] = ()
    findings: dict[str, int] = {}


class Reader:
    """Reads into a library, for whoever asks; each at the same time in a process of its own."""

    def __init__(self) -> None:
        self.pool = Pool()

    def take(self, home: Path, data: bytes, name: str, limits: Limits) -> Taken:
        """Read a file into the library of that folder."""
        bounds = bounds_set(limits)
        order = Order(name, len(data), bounds=bounds, home=str(home), version=reader_version())
        answer = self.pool.ask(order, data)
        return Taken(answer.sha256, answer.name, answer.status, answer.problems, answer.findings)

    def close(self) -> None:
        """End the processes; the next file starts another."""
        self.pool.close()


def examine_apart(data: bytes, name: str, bounds: Bounds | None = None) -> Examination:
    """Like ``examine``, in another process: a document that hangs, crashes or takes all memory comes back as failed."""
    order = Order(name, len(data), "whole", bounds=bounds or bounds_set())
    return examination_of(POOL.ask(order, data))


def examination_of(answer: Answer) -> Examination:
    """The examination in an answer to an order for ``whole`` or ``slim``."""
    if answer.made:
        return msgspec.msgpack.decode(answer.made, type=Examination)
    return unopened(answer.name, *answer.problems, sha256=answer.sha256)
