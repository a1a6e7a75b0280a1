"""What a batch costs: copies of documents, each of different bytes, read by one process and by two.

    python benchmarks/batch.py [--copies 300] [--jobs 2] [--documents DIR]

Prints pages a second for one process and for several and their ratio, processor time a page against that of ``page.get_text("words")``
over the same pages in the same run, the memory of each process after every tenth of the batch and at its peak, and what an interrupted
batch reads again. Times are of the machine as it is: on one that others use too, the ratio says little.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path

import psutil
import pymupdf

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from model.limits import MEGABYTE  # noqa: E402
from triage.batch import Batch, Done  # noqa: E402
from triage.ledger import Ledger  # noqa: E402
from triage.pool import Pool  # noqa: E402


def copies(documents: Path, count: int, folder: Path) -> list[Path]:
    """So many files of different bytes: the documents in turn, each with a comment at its end. Scans are left out."""
    sources = [path for path in sorted(documents.glob("*.pdf")) if "scan" not in path.name]
    made = []
    for number, source in enumerate(islice(cycle(sources), count)):
        path = folder / f"{number:04}-{source.name}"
        path.write_bytes(source.read_bytes() + b"\n%% copy %d\n" % number)
        made.append(path)
    return made


def words_seconds(files: list[Path]) -> tuple[float, int]:
    """Processor seconds of listing the words of all pages, and how many pages there are."""
    start, pages = time.process_time(), 0
    for path in files:
        with pymupdf.open(path) as pdf:
            for page in pdf:
                page.get_text("words")
                pages += 1
    return time.process_time() - start, pages


def used() -> float:
    """Processor seconds of this process and of those it started that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


class Watched:
    """A batch over some processes, with what they take of processor and memory."""

    def __init__(self, files: list[Path], jobs: int) -> None:
        self.files, self.jobs = files, jobs
        self.pool = Pool()
        self.memory: list[list[int]] = []
        self.seconds = self.processor = 0.0
        self.pages = 0

    def run(self) -> None:
        """Read all files; the processes are warm when the clock starts, their start is part of the processor time."""
        before = used()
        with Ledger() as ledger:
            list(Batch("json", ledger, jobs=self.jobs, pool=self.pool).run(self.files[: 2 * self.jobs]))
        with Ledger() as ledger:
            start = time.perf_counter()
            for count, done in enumerate(Batch("json", ledger, jobs=self.jobs, pool=self.pool).run(self.files), 1):
                self.pages += done.pages
                if count % max(len(self.files) // 10, 1) == 0:
                    self.memory.append([psutil.Process(pid).memory_info().rss // MEGABYTE for pid in self.pool.pids()])
            self.seconds = time.perf_counter() - start
        self.pool.close()
        self.processor = used() - before

    def report(self, words: float) -> str:
        """One line."""
        grown = "; ".join(" ".join(str(memory) for memory in at) for at in self.memory)
        return (
            f"{self.jobs} process(es): {self.pages} pages of {len(self.files)} files in {self.seconds:.1f} s,"
            f" {self.pages / self.seconds:.1f} pages/s, {1000 * self.processor / self.pages:.2f} ms of processor a page,"
            f" {self.processor / words:.1f} times plain words\n"
            f"  MB of each process by tenths: {grown}"
        )


def interrupted(files: list[Path], jobs: int, work: Path) -> str:
    """Stop a batch in the middle, go on, and say what was read twice or not at all."""
    pool = Pool()

    def reads(stop: int) -> Iterator[Done]:
        with Ledger(work) as ledger:
            for count, done in enumerate(Batch("json", ledger, jobs=jobs, pool=pool).run(files), 1):
                yield done
                if count == stop:
                    raise KeyboardInterrupt

    first: list[Done] = []
    with suppress(KeyboardInterrupt):
        first += reads(len(files) // 2)
    kept = work.stat().st_size
    second = list(reads(len(files) + 1))
    pool.close()
    again = sum(done.again for done in second)
    missing = {str(path) for path in files} - {done.path for done in second}
    return (
        f"interrupted after {len(files) // 2} of {len(files)} files ({kept // 1024} KB kept):"
        f" {again} taken over, {len(second) - again} read, {len(missing)} missing"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--copies", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--documents", type=Path, default=ROOT.parent / "shared" / "documents")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = copies(options.documents, options.copies, Path(folder))
        words, pages = words_seconds(files)
        print(f"load of the machine before: {os.getloadavg()[0]:.1f}; {pages} pages; words alone {1000 * words / pages:.2f} ms a page")
        one, several = Watched(files, 1), Watched(files, options.jobs)
        for watched in (several, one):
            watched.run()
            print(watched.report(words), flush=True)
        print(f"ratio {one.seconds / several.seconds:.2f}")
        print(interrupted(files[: max(len(files) // 5, 4)], options.jobs, Path(folder) / "work"))


if __name__ == "__main__":
    main()
