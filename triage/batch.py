"""Many documents over several processes: whatever is wrong with one of them, the others are read, and each is read once."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from model.document import Problem
from model.findings import Examination
from model.limits import MEGABYTE, USUAL, Bounds, Limits
from store.names import display_name
from triage.apart import examination_of
from triage.ledger import Key, Ledger, Line
from triage.orders import Answer, Order, failed
from triage.readers import Here, Readers
from triage.version import answer_version, reader_version
from words import Language


@dataclass(frozen=True, slots=True)
class Examined:
    """A path as it was given, and what came of it."""

    path: str
    examination: Examination


@dataclass(frozen=True, slots=True)
class Done:
    """A file that has been read: its number and path, where in the ledger its answer is, and the path whose bytes it repeats.

    ``pages`` is 0 where nothing had to be read. ``again`` says that an earlier run had read it.
    """

    number: int
    path: str
    at: int
    repeats: str = ""
    pages: int = 0
    again: bool = False


Running = dict[Future[Answer], tuple[int, str, Key]]


@dataclass(slots=True)
class Batch:
    """An order for many files. ``product`` names what is wanted of each (``triage.products``); ``home`` is a library to read them into."""

    product: str
    ledger: Ledger
    language: Language = "zh"
    bounds: Bounds = USUAL
    readers: Readers = field(default_factory=Here)
    home: Path | None = None
    _first: dict[str, str] = field(default_factory=dict)
    _waiting: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def run(self, files: Iterable[Path]) -> Iterator[Done]:
        """Read the files; they come as they are done, in no order."""
        running: Running = {}
        try:
            for number, path in enumerate(files):
                while len(running) >= self.readers.room():
                    yield from self._finished(running)
                found = self._begun(number, path)
                if isinstance(found, Done):
                    yield found
                elif found is not None:
                    running[found[0]] = found[1]
            while running:
                yield from self._finished(running)
        except BaseException:  # Ctrl+C too: nobody waits for what is under way
            self.readers.stop()
            raise

    def answers(self, done: Iterable[Done]) -> Iterator[tuple[str, Answer]]:
        """The paths and their answers, in the order of the files as far as it is known."""
        early: dict[int, Done] = {}
        due = 0
        for item in done:
            early[item.number] = item
            while due in early:
                yield self.answer(early.pop(due))
                due += 1

    def answer(self, done: Done) -> tuple[str, Answer]:
        """One file's path and answer."""
        answer = msgspec.structs.replace(self.ledger.read(done.at), name=display_name(Path(done.path).name))
        if done.repeats:
            problem = Problem("same-file", params={"path": done.repeats})
            answer = msgspec.structs.replace(answer, problems=(*answer.problems, problem))
        return done.path, answer

    def _begun(self, number: int, path: Path) -> Done | tuple[Future[Answer], tuple[int, str, Key]] | None:
        """A file that is being read now, or is done; None where it waits for another of the same bytes."""
        name, shown = display_name(path.name), str(path)
        data = read_bytes(path, self.bounds.limits)
        if isinstance(data, Problem):
            return self._kept(number, shown, Key("", "", "", ""), failed(name, data))
        order = Order(name, len(data), self.product, self.language, self.bounds, str(self.home or ""), reader_version())
        sha256 = hashlib.sha256(data).hexdigest()
        key = Key.of(sha256, answer_version(), order)
        if sha256 in self._waiting:
            self._waiting[sha256].append((number, shown))
            return None
        known = self.ledger.find(key, self.bounds)
        if known is not None:
            first = self._first.setdefault(sha256, shown)
            return Done(number, shown, known, "" if first == shown else first, again=first == shown)
        self._first[sha256] = shown
        self._waiting[sha256] = []
        return self.readers.submit(order, data), (number, shown, key)

    def _finished(self, running: Running) -> Iterator[Done]:
        """Wait until at least one file is done; it, and those that have its bytes."""
        finished, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in finished:
            number, path, key = running.pop(future)
            done = self._kept(number, path, key, future.result())
            yield done
            for other, again in self._waiting.pop(key.sha256):
                yield replace(done, number=other, path=again, repeats=path, pages=0)

    def _kept(self, number: int, path: str, key: Key, answer: Answer) -> Done:
        answer = msgspec.structs.replace(answer, sha256=key.sha256)
        return Done(number, path, self.ledger.add(Line(key, self.bounds, answer)), pages=answer.pages)


def examined(files: Iterable[Path], bounds: Bounds, jobs: int = 1) -> Iterator[Examined]:
    """The files' examinations, in their order."""
    with Ledger() as ledger:
        batch = Batch("whole", ledger, bounds=bounds, readers=Here(jobs))
        for path, answer in batch.answers(batch.run(files)):
            found = examination_of(answer)
            yield Examined(path, replace(found, document=replace(found.document, name=answer.name, problems=answer.problems)))


def read_bytes(path: Path, limits: Limits) -> bytes | Problem:
    """A file's bytes, or why there are none."""
    try:
        if path.is_dir():
            return Problem("folder-without-pdf")
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):  # a pipe would never end
            return Problem("not-a-file")
        size = state.st_size
        if size > limits.bytes:  # said before it fills the memory
            params = {"size": f"{size / MEGABYTE:.0f}", "limit": f"{limits.bytes / MEGABYTE:.0f}"}
            return Problem("file-too-large", params=params)
        return path.read_bytes()
    except FileNotFoundError:
        return Problem("file-not-found")
    except OSError as error:
        return Problem("file-not-readable", params={"reason": error.strerror or type(error).__name__})
