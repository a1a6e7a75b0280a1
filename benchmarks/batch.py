"""What a batch costs: copies of documents, each of different bytes, read by one process and by several.

    python benchmarks/batch.py [--copies 300] [--jobs 2] [--documents DIR] [--scheduler tcp://HOST:PORT]

Prints, for one process and for several: pages a second, processor time a page (that of this process apart), how many times that of
``page.get_text("words")`` over the same pages in the same run, and the most memory a reading process and this one held. The same for
a sixth of the files, since neither may grow with their number. Then the ratio of the rates, beside that of the plain passes, which is
what the machine gives; and what an interrupted batch reads again. With a scheduler, the same files on its cluster: what this process
takes of them says how many documents a second one client can hand out. Scans are left out: recognising one takes seconds a page
(benchmarks/ocr.py). Times are of the machine as it is: on one that others use too, they say little.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, suppress
from dataclasses import dataclass
from io import StringIO
from itertools import cycle, islice
from pathlib import Path
from threading import Event, Thread
from typing import Self

import psutil
import pymupdf

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from model.limits import MEGABYTE  # noqa: E402
from triage.batch import Batch, Done  # noqa: E402
from triage.ledger import Ledger  # noqa: E402
from triage.pool import POOL  # noqa: E402
from triage.readers import Here  # noqa: E402
from triage.showing import Request, show  # noqa: E402

EVERY = 0.25  # seconds between two looks at the memory


def copies(documents: Path, count: int, folder: Path) -> list[Path]:
    """So many files of different bytes: the documents in turn, each with a comment at its end."""
    sources = [path for path in sorted(documents.glob("*.pdf")) if words_of(path)]
    made = []
    for number, source in enumerate(islice(cycle(sources), count)):
        path = folder / f"{number:04}-{source.name}"
        path.write_bytes(source.read_bytes() + b"\n%% copy %d\n" % number)
        made.append(path)
    return made


def words_of(path: Path) -> int:
    """How many pages a file has, listing the words of each; 0 where one of them is a scan."""
    with pymupdf.open(path) as pdf:
        for page in pdf:
            if not page.get_text("words") and page.get_images():
                return 0
        return len(pdf)


def plain(files: list[Path]) -> tuple[float, int]:
    """Processor seconds of listing the words of all pages, and how many pages there are."""
    start = time.process_time()
    pages = sum(map(words_of, files))
    return time.process_time() - start, pages


def plain_ratio(files: list[Path], jobs: int) -> float:
    """How much sooner so many processes list all words than one does: what the machine gives to processes side by side."""

    def seconds(processes: int) -> float:
        with ProcessPoolExecutor(processes) as pool:
            list(pool.map(words_of, files[:processes]))  # they are there before the clock starts
            start = time.perf_counter()
            list(pool.map(words_of, files))
            return time.perf_counter() - start

    return seconds(1) / seconds(jobs)


def used() -> float:
    """Processor seconds of the processes that this one started."""
    times = os.times()
    running = [child.cpu_times() for child in psutil.Process().children()]
    return times.children_user + times.children_system + float(sum(child.user + child.system for child in running))


class Memory:
    """The most that a reading process and this one hold while the block lasts, in bytes."""

    def __init__(self) -> None:
        self.reader = self.parent = 0
        self._over = Event()
        self._thread = Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        here = psutil.Process()
        while not self._over.wait(EVERY):
            self.parent = max(self.parent, here.memory_info().rss)
            for child in here.children():
                with suppress(psutil.Error):
                    self.reader = max(self.reader, child.memory_info().rss)


@dataclass(frozen=True, slots=True)
class Measured:
    """A batch, from the paths to the report on disk: seconds, those of the processors, bytes of memory."""

    jobs: int
    files: int
    pages: int
    seconds: float
    readers: float
    parent: float
    memory: Memory

    def report(self, words: float) -> str:
        """One line; ``words`` is what a page of plain words takes."""
        rate = self.pages / self.seconds
        page, parent = (1000 * seconds / self.pages for seconds in (self.readers + self.parent, self.parent))
        return (
            f"{self.jobs} process(es): {self.files} files, {self.pages} pages, {self.seconds:.1f} s, {rate:.1f} pages/s\n"
            f"  {page:.2f} ms of processor a page ({parent:.2f} of them the parent's), {page / words:.1f} times plain words;"
            f" at most {self.memory.reader // MEGABYTE} MB a reading process, {self.memory.parent // MEGABYTE} MB the parent"
        )


def measured(files: list[Path], jobs: int, output: Path) -> Measured:
    """Read the files as the command does; the processes are warm when the clock starts."""
    with Ledger() as ledger:
        list(Batch("json", ledger, readers=Here(jobs)).run(files[: 2 * jobs]))
    before, start, parent = used(), time.perf_counter(), time.process_time()
    with Memory() as memory, output.open("wb") as file, redirect_stderr(StringIO()):
        account = show(Request(files, "json", output, jobs=jobs), file)
    found = Measured(jobs, len(files), account.pages, time.perf_counter() - start, used() - before, time.process_time() - parent, memory)
    POOL.close()
    return found


def on_cluster(files: list[Path], output: Path, scheduler: str) -> str:
    """One line on the same files read by the workers of a Dask cluster; the connection and their start are part of it."""
    start, parent = time.perf_counter(), time.process_time()
    with Memory() as memory, output.open("wb") as file, redirect_stderr(StringIO()):
        pages = show(Request(files, "json", output, scheduler=scheduler), file).pages
    seconds, parent = time.perf_counter() - start, time.process_time() - parent
    return (
        f"cluster: {len(files)} files, {pages} pages, {seconds:.1f} s, {pages / seconds:.1f} pages/s;"
        f" {1000 * parent / len(files):.1f} ms of processor a document here; at most {memory.parent // MEGABYTE} MB here"
    )


def interrupted(files: list[Path], jobs: int, work: Path) -> str:
    """Stop a batch in the middle, go on, and say what was read twice or not at all."""

    def reads(stop: int) -> Iterator[Done]:
        with Ledger(work) as ledger:
            for count, done in enumerate(Batch("json", ledger, readers=Here(jobs)).run(files), 1):
                yield done
                if count == stop:
                    raise KeyboardInterrupt

    first: list[Done] = []
    with suppress(KeyboardInterrupt):
        first += reads(len(files) // 2)
    kept = work.stat().st_size
    second = list(reads(len(files) + 1))
    again = sum(done.again for done in second)
    missing = {str(path) for path in files} - {done.path for done in second}
    twice = {done.path for done in first} & {done.path for done in second if not done.again}
    return (
        f"interrupted after {len(files) // 2} of {len(files)} files ({kept // 1024} KB kept): {again} taken over,"
        f" {len(second) - again} read, {len(twice)} read twice, {len(missing)} missing"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--copies", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--documents", type=Path, default=ROOT.parent / "shared" / "documents")
    parser.add_argument("--scheduler")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = copies(options.documents, options.copies, Path(folder))
        words, pages = plain(files)
        print(f"load of the machine before: {os.getloadavg()[0]:.1f}; {pages} pages; words alone {1000 * words / pages:.2f} ms a page")
        output = Path(folder) / "report.json"
        few = measured(files[: max(len(files) // 6, 1)], options.jobs, output)
        several = measured(files, options.jobs, output)
        one = measured(files, 1, output)
        for batch in (few, several, one):
            print(batch.report(1000 * words / pages))
        print(f"ratio {one.seconds / several.seconds:.2f}; of plain passes {plain_ratio(files, options.jobs):.2f}")
        print(f"report on disk: {output.stat().st_size / pages / 1024:.1f} KB a page")
        if options.scheduler:
            print(on_cluster(files, output, options.scheduler))
        print(interrupted(files[: max(len(files) // 5, 4)], options.jobs, Path(folder) / "work"))


if __name__ == "__main__":
    main()
