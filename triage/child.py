"""``python -m triage.child``: the process in which documents are read, one after the other, until its input ends.

It bounds itself where the system can (POSIX); the process that asked watches it everywhere. It writes no file but those of the library it
is told to read into, follows nothing a document names and runs nothing a document holds.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from pathlib import Path
from types import TracebackType
from typing import IO

import msgspec

from model.document import Problem
from model.findings import SEVERITIES, Examination
from model.limits import Bounds
from triage.orders import OUT_OF_MEMORY, Answer, Order, failed, receive, send
from triage.products import PRODUCTS
from triage.version import ROOT

try:
    import resource
except ImportError:  # Windows has none
    resource = None  # type: ignore[assignment]

GRACE = 10.0  # seconds after which a process whose parent is gone ends itself


def serve(orders: IO[bytes], answers: IO[bytes]) -> None:
    """Carry out orders until there are none."""
    from ingest.progress import listen
    from triage import library  # noqa: F401 - loaded before the clock runs

    send(answers)  # ready
    pulse = Pulse(answers)
    listen(pulse)
    while (frame := receive(orders)) is not None:
        order = msgspec.msgpack.decode(frame, type=Order)
        data = orders.read(order.size)
        bound(order.bounds)
        pulse.begin(order.bounds.seconds)
        send(answers, msgspec.msgpack.encode(carried_out(order, data)))
        alarm(0)


def carried_out(order: Order, data: bytes) -> Answer:
    """Read one document, or draw from it; a disk that does not take the result is a problem of that document."""
    from triage.library import examined
    from triage.reading import examine

    if order.product not in PRODUCTS:
        from triage.drawing import drawn

        return drawn(order, data)
    if not order.home:
        return answer_of(examine(data, order.name, order.bounds.limits), order)
    from store import Library

    try:
        return answer_of(examined(Library(Path(order.home), order.version), data, order.name, order.bounds.limits), order)
    except OSError as error:
        return failed(order.name, Problem("not-kept", params={"reason": error.strerror or type(error).__name__}))


def answer_of(examination: Examination, order: Order) -> Answer:
    """What is told of an examination, with the product that was ordered."""
    document = examination.document
    counts = {severity.value: sum(finding.severity is severity for finding in examination.findings) for severity in SEVERITIES}
    return Answer(
        document.sha256,
        document.name,
        document.status,
        document.problems,
        counts,
        len(document.pages),
        examination.coverage.amounts,
        examination.coverage.checked,
        PRODUCTS[order.product](examination, order.language),
    )


def bound(bounds: Bounds) -> None:
    """Bound the memory by the system's own means, where it has them."""
    if resource is not None:
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        most = bounds.memory if hard == resource.RLIM_INFINITY else min(bounds.memory, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def alarm(seconds: float) -> None:
    """Have the system end this process after that time, even when nobody watches it any more; 0 calls it off."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


class Pulse:
    """Tells the process that asked, at most once a second, that a page has been read."""

    def __init__(self, answers: IO[bytes]) -> None:
        self.answers = answers
        self.last = self.seconds = 0.0

    def begin(self, seconds: float) -> None:
        """A document begins, of which each page may take so long."""
        self.last, self.seconds = time.monotonic(), seconds
        alarm(seconds + GRACE)

    def __call__(self) -> None:
        """Called before every page."""
        now = time.monotonic()
        if now - self.last > 1:
            self.last = now
            alarm(self.seconds + GRACE)
            send(self.answers)


class LastWords:
    """What a process says when the program itself fails: all of it on standard error, the place in an answer."""

    def __init__(self, answers: IO[bytes]) -> None:
        self.answers = answers

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Called by Python for an exception that nothing caught; the process ends after it."""
        if issubclass(kind, MemoryError):
            os._exit(OUT_OF_MEMORY)
        sys.__excepthook__(kind, error, trace)
        send(self.answers, msgspec.msgpack.encode(msgspec.structs.replace(failed("", Problem("program-error")), bug=place_of(error))))


def place_of(error: BaseException) -> str:
    """What went wrong and the last of our lines on the way there: ``KeyError: 'x' (checks/ties.py:63)``."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT)]
    where = f" ({Path(ours[-1].filename).relative_to(ROOT).as_posix()}:{ours[-1].lineno})" if ours else ""
    return f"{type(error).__name__}: {error}"[:200] + where


def main() -> None:
    """Set the process up: whatever a library prints must not come between the answers, Ctrl+C is for the process that asked."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    sys.excepthook = LastWords(answers)
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
