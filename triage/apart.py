"""Documents read in a process of their own, since MuPDF is not made for several threads and a bad file may bring it down.

``python -m triage.apart`` is that process: a line of JSON in (an order), a line of JSON out (what came of it), until its input ends.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock

import msgspec

from ingest.limits import Limits
from model.document import Problem, Status
from model.findings import SEVERITIES
from store import Library
from triage.library import examined
from triage.version import ROOT, reader_version

COMMAND = ("-m", "triage.apart")
"""What the interpreter is told, to be the other process."""


class Order(msgspec.Struct, frozen=True):
    """A file to read into a library, which is a folder and the version that the asking process knows."""

    home: str
    version: str
    path: str
    name: str
    limits: Limits


class Taken(msgspec.Struct, frozen=True):
    """What came of a file. ``findings`` counts by severity; a file that failed is not in the library."""

    sha256: str
    name: str
    status: Status
    problems: tuple[Problem, ...] = ()
    findings: dict[str, int] = {}


class Reader:
    """The other process, started when it is first needed and again when it has died. One file at a time, whoever asks."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def take(self, home: Path, data: bytes, name: str, limits: Limits) -> Taken:
        """Read a file into the library of that folder. Raises ``OSError`` where the disk does not take it."""
        folder = home / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, suffix=".pdf", delete=False) as file:
            file.write(data)
        path = Path(file.name)
        try:
            answer = self._ask(msgspec.json.encode(Order(str(home), reader_version(), str(path), name, limits)))
        finally:
            path.unlink(missing_ok=True)
        if not answer:
            return Taken("", name, Status.FAILED, (Problem("reader-died"),))
        return msgspec.json.decode(answer, type=Taken)

    def close(self) -> None:
        """End the process; the next file starts another."""
        with self._lock:
            self._end()

    def _ask(self, order: bytes) -> bytes:
        with self._lock:
            if self._child is None or self._child.poll() is not None:
                command = [sys.executable, *COMMAND]
                self._child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - ourselves
            pipes = self._child.stdin, self._child.stdout
            assert pipes[0] is not None and pipes[1] is not None  # noqa: S101, PT018 - both were asked for
            try:
                pipes[0].write(order + b"\n")
                pipes[0].flush()
                answer = pipes[1].readline()
            except BrokenPipeError:
                answer = b""
            if not answer:
                self._end()
            return answer

    def _end(self) -> None:
        if self._child is not None:
            child, self._child = self._child, None
            with child:
                child.kill()


def carried_out(order: Order) -> Taken:
    """Read one file."""
    library = Library(Path(order.home), order.version)
    found = examined(library, Path(order.path).read_bytes(), order.name, order.limits)
    document = found.document
    counts = {severity.value: sum(finding.severity is severity for finding in found.findings) for severity in SEVERITIES}
    return Taken(document.sha256, document.name, document.status, document.problems, counts)


def answered(line: bytes) -> Taken:
    """Carry out an order; a disk that does not take the result is a problem of that file."""
    order = msgspec.json.decode(line, type=Order)
    try:
        return carried_out(order)
    except OSError as error:
        return Taken("", order.name, Status.FAILED, (Problem("not-kept", params={"reason": error.strerror or type(error).__name__}),))


def serve() -> None:
    """Carry out orders until there are none."""
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library prints must not come between the answers
    for line in sys.stdin.buffer:
        answers.write(msgspec.json.encode(answered(line)) + b"\n")
        answers.flush()


if __name__ == "__main__":
    serve()
