"""A process in which documents are read, seen from the one that asks: started, watched, killed when it goes out of bounds, replaced."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO

import msgspec
import psutil

from model.document import Problem
from model.limits import MEGABYTE, Bounds
from triage.orders import OUT_OF_MEMORY, Answer, Order, failed, receive, send
from triage.version import ROOT

COMMAND = ("-m", "triage.child")
TICK = 0.05  # seconds between two looks at a process that reads
PAGES = 2000  # after which a process is replaced: PyMuPDF gives back no entry of a list of blocks, 15 to 25 KB a page
STARTING = 120.0  # seconds until a process must be ready: a machine may be busy
NEEDED = re.compile(
    r"PATH|HOME|USERPROFILE|USER|USERNAME|LANG|LANGUAGE|LC_.*|TZ|TE?MP|TMPDIR|PYTHON.*|VIRTUAL_ENV|LD_LIBRARY_PATH|DYLD_.*_PATH"
    r"|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|APPDATA|LOCALAPPDATA|PROGRAMDATA|NUMBER_OF_PROCESSORS|PROCESSOR_.*|OMP_.*"
)
Frames = SimpleQueue[bytes | None]


class Worker:
    """One process; it reads one document at a time and lives on until it is closed, dies or has grown."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._frames: Frames = SimpleQueue()
        self._ready = False
        self._pages = 0

    @property
    def pid(self) -> int | None:
        """The process, None where there is none now."""
        return self._child.pid if self._child else None

    def start(self) -> subprocess.Popen[bytes]:
        """Start the process, unless it runs; it gets ready by itself."""
        if self._child is not None and self._child.poll() is None:
            return self._child
        self.close()
        command = [sys.executable, *COMMAND]
        child = subprocess.Popen(command, cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - ourselves
        self._child, self._frames, self._ready, self._pages = child, SimpleQueue(), False, 0
        Thread(target=pump, args=(child.stdout, self._frames), daemon=True).start()
        return child

    def ask(self, order: Order, data: bytes) -> Answer:
        """Have a document read. Whatever becomes of the process, there is an answer."""
        child = self.start()
        if not self._ready:
            problem = self._wait(child, Bounds(STARTING))[1]
            if problem:
                return self._given_up(order, problem)
            self._ready = True
        try:
            assert child.stdin is not None  # noqa: S101 - it was asked for
            send(child.stdin, msgspec.msgpack.encode(order), data)
        except OSError:
            pass  # it has died, as reading from it will tell
        frame, problem = self._wait(child, order.bounds)
        if problem:
            return self._given_up(order, problem)
        return self._understood(child, order, frame)

    def close(self) -> None:
        """End the process; the next document starts another."""
        if self._child is not None:
            child, self._child = self._child, None
            with child:
                child.kill()

    def _wait(self, child: subprocess.Popen[bytes], bounds: Bounds) -> tuple[bytes, Problem | None]:
        """The next frame that says something, or why there is none; an empty one says that a page has been read, or all is ready."""
        start = time.monotonic()
        last, end = start + bounds.altogether, start + bounds.seconds
        while True:
            try:
                frame = self._frames.get(timeout=TICK)
            except Empty:
                problem = overrun(child.pid, bounds, min(end, last))
                if problem:
                    return b"", problem
                continue
            if frame is None:
                return b"", death(child.wait(), bounds)
            if frame or not self._ready:
                return frame, None
            end = time.monotonic() + bounds.seconds

    def _given_up(self, order: Order, problem: Problem) -> Answer:
        self.close()
        return failed(order.name, problem)

    def _understood(self, child: subprocess.Popen[bytes], order: Order, frame: bytes) -> Answer:
        answer = msgspec.msgpack.decode(frame, type=Answer)
        if answer.bug:
            self.close()
            return failed(order.name, Problem("program-error", params={"reason": answer.bug}))
        self._pages += answer.pages
        if self._pages > PAGES or resident(child.pid) > order.bounds.memory // 2:  # what is not given back would count against the next
            self.close()
        return answer


def environment() -> dict[str, str]:
    """What Python and its libraries need of the environment: no keys or passwords where hostile files are read."""
    return {name: text for name, text in os.environ.items() if NEEDED.fullmatch(name.upper())}


def pump(pipe: IO[bytes], frames: Frames) -> None:
    """Hand over frames until the process ends, then None."""
    while (frame := receive(pipe)) is not None:
        frames.put(frame)
    frames.put(None)


def overrun(pid: int, bounds: Bounds, end: float) -> Problem | None:
    """Which bound a process that reads has gone over."""
    if time.monotonic() > end:
        return Problem("child-timeout", params={"seconds": f"{bounds.seconds:g}"})
    return out_of_memory(bounds) if resident(pid) > bounds.memory else None


def death(code: int, bounds: Bounds) -> Problem:
    """Why a process that nobody ended has ended, by its exit code (a signal's number is negative)."""
    if code == OUT_OF_MEMORY or -code == getattr(signal, "SIGKILL", None):  # the system ends who takes its last memory
        return out_of_memory(bounds)
    if -code == getattr(signal, "SIGALRM", None):
        return Problem("child-timeout", params={"seconds": f"{bounds.seconds:g}"})
    return Problem("child-crashed", params={"reason": named(code)})


def out_of_memory(bounds: Bounds) -> Problem:
    """The problem of a document that takes too much memory."""
    return Problem("child-memory", params={"limit": f"{bounds.memory // MEGABYTE}"})


def named(code: int) -> str:
    """A signal's name, or the exit code."""
    try:
        return signal.Signals(-code).name
    except ValueError:
        return str(code)


def resident(pid: int) -> int:
    """The memory in bytes that a process holds; 0 where it is gone."""
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0
