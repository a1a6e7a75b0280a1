"""Damaged and made-up variants of real PDFs, read apart: nothing may bring down more than the one process, nothing may hang.

    python benchmarks/fuzz.py [--count 10000] [--seed 1] [--jobs 2] [--scans 0] [--keep DIR] [PDF …]       default: samples/*.pdf

Prints how the documents ended, by problem; the ten slowest; every fault, by its place. Variants that end a process
or show a fault are kept in ``--keep``, by the number that makes them again (``--seed N --count 1``). ``--scans`` pages of each are read
by recognition where they are pictures, which takes seconds. Exits 1 where the program had a fault, a failed document had no reason, or
reading took longer than it may.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "fuzz")]

from hostile import PLAIN  # type: ignore[import-not-found]  # noqa: E402
from mutations import seeds, variant  # type: ignore[import-not-found]  # noqa: E402

from model.document import Status  # noqa: E402
from model.limits import MEGABYTE, Bounds, Limits  # noqa: E402
from triage.orders import Answer, Order  # noqa: E402
from triage.pool import Pool  # noqa: E402

SECONDS, MEMORY = 30, 1024 * MEGABYTE
STARTING = 30  # seconds beyond its bounds that a document may take: its process may have to be started first


def read(of: Sequence[bytes], numbers: range, jobs: int, bounds: Bounds) -> Iterator[tuple[int, float, Answer]]:
    """Each variant's number, the seconds it took and what came of it."""
    pool = Pool()

    def one(number: int) -> tuple[int, float, Answer]:
        data, start = variant(of, number), time.perf_counter()
        answer = pool.ask(Order(f"{number}.pdf", len(data), "json", bounds=bounds), data)
        return number, time.perf_counter() - start, answer

    with ThreadPoolExecutor(jobs) as threads:
        yield from threads.map(one, numbers)
    pool.close()


def ending(answer: Answer) -> str:
    """How a document ended: its status and its gravest problem."""
    whole = [problem.code for problem in answer.problems if problem.page is None and problem.code != "repaired"]
    return " ".join([answer.status.value, *(whole[-1:] or reasons(answer)[:1])])


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--scans", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("files", nargs="*", type=Path)
    return parser.parse_args()


def main() -> int:
    """Make, read, tell."""
    options = arguments()
    of = [*4 * seeds(options.files or sorted((ROOT / "samples").glob("*.pdf"))), *(make() for make in PLAIN.values())]
    bounds = Bounds(SECONDS, MEMORY, Limits(scanned_pages=options.scans))
    endings: Counter[str] = Counter()
    faults: dict[str, list[int]] = {}
    slow: list[tuple[float, int]] = []
    silent, start = [], time.perf_counter()
    for number, seconds, answer in read(of, range(options.seed, options.seed + options.count), options.jobs, bounds):
        endings[ending(answer)] += 1
        slow = sorted([*slow, (seconds, number)], reverse=True)[:10]
        if answer.status is Status.FAILED and not reasons(answer):
            silent.append(number)
        problem = next((p for p in answer.problems if p.code.startswith(("child-", "program-"))), None)
        if problem:
            faults.setdefault(f"{problem.code} {problem.params}", []).append(number)
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{number}.pdf").write_bytes(variant(of, number))
    seconds = time.perf_counter() - start
    print(f"{options.count} documents in {seconds:.0f} s, {1000 * seconds / options.count:.0f} ms each")
    print("\n".join(f"{count:6} {name}" for name, count in endings.most_common()))
    print("slowest: " + ", ".join(f"{number} {taken:.1f} s" for taken, number in slow))
    print("\n".join(f"{len(numbers):4} {name}: {numbers[:8]}" for name, numbers in sorted(faults.items())))
    print(f"failed without a reason: {silent}")
    late = slow[0][0] > bounds.altogether + STARTING
    return int(late or bool(silent) or any(name.startswith("program-") for name in faults))


def reasons(answer: Answer) -> list[str]:
    """What a failed document says of why; that it was repaired is none."""
    return [problem.code for problem in answer.problems if problem.code != "repaired"]


if __name__ == "__main__":
    sys.exit(main())
