"""What the index costs and survives: time for one disclosure, many documents, writers killed in mid-writing, two writers at once.

    python benchmarks/indexing.py [--documents N] [--kills N]

Documents are the sample's chunks under other identities. Killed writers and the two writers are processes of their own.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from retrieval.chunks import Chunk, chunks_of  # noqa: E402
from retrieval.index import Index  # noqa: E402
from triage import examine  # noqa: E402

SAMPLE = ROOT / "samples" / "artux-2026-budget.pdf"
PARSER = "bench"


def sample_chunks() -> list[Chunk]:
    """The sample disclosure's chunks, findings included."""
    examination = examine(SAMPLE.read_bytes(), SAMPLE.name)
    return chunks_of(examination.document, examination.findings)


def copies(chunks: Sequence[Chunk], numbers: Sequence[int]) -> dict[str, list[Chunk]]:
    """The same chunks as other documents, each under its own identity."""
    return {
        f"{n:064x}": [replace(chunk, id=f"{n:016x}{chunk.id[16:]}", document=f"{n:064x}", organization=f"第{n}号单位") for chunk in chunks]
        for n in numbers
    }


def write(folder: Path, numbers: Sequence[int]) -> None:
    """Index some copies; what a process of its own does."""
    index = Index(folder, parser=PARSER)
    for document, chunks in copies(sample_chunks(), numbers).items():
        index.upsert(document, chunks)
        print(document, flush=True)


def writer(folder: Path, first: int, last: int) -> subprocess.Popen[str]:
    """Start such a process."""
    command = [sys.executable, __file__, "--write", str(folder), str(first), str(last)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def whole(folder: Path) -> tuple[int, int]:
    """How many documents are sealed, and how many of these lack chunks."""
    index = Index(folder, parser=PARSER)
    seals = index.seals()
    return len(seals), sum(index.count(document) != chunks for document, chunks in seals.items())


def killed(folder: Path, times: int) -> None:
    """Kill a writer in mid-writing again and again; what was sealed stays, and the rest can be written."""
    lost = broken = 0
    for attempt in range(times):
        process = writer(folder, attempt * 10, attempt * 10 + 10)
        seen = set()
        assert process.stdout is not None  # noqa: S101 - it was asked for
        for line in process.stdout:
            seen.add(line.strip())
            if len(seen) >= random.randint(1, 3):  # noqa: S311 - any moment will do
                break
        time.sleep(random.random() * 0.3)  # noqa: S311
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL) if hasattr(signal, "SIGKILL") else process.kill()
        process.wait()
        sealed = Index(folder, parser=PARSER).documents()
        lost += len(seen - sealed)
        broken += whole(folder)[1]
    print(f"killed {times} times: {lost} sealed documents lost, {broken} half there")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=50)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--write", nargs=3)
    options = parser.parse_args()
    if options.write:
        write(Path(options.write[0]), range(int(options.write[1]), int(options.write[2])))
        return
    chunks = sample_chunks()
    home = Path(tempfile.mkdtemp())
    try:
        index = Index(home / "one", parser=PARSER)
        start = time.perf_counter()
        index.upsert("a" * 64, chunks)
        print(f"one disclosure, {len(chunks)} chunks: {time.perf_counter() - start:.2f} s")
        start = time.perf_counter()
        for document, some in copies(chunks, range(options.documents)).items():
            index.upsert(document, some)
        print(f"{options.documents} more: {time.perf_counter() - start:.1f} s")
        seconds = []
        for n in range(50):
            start = time.perf_counter()
            index.search("科技人才队伍建设安排了多少", 10, [f"{n % options.documents:064x}"])
            seconds.append(time.perf_counter() - start)
        print(f"search in one of them: median {statistics.median(seconds) * 1000:.0f} ms, p95 {sorted(seconds)[47] * 1000:.0f} ms")
        pair = [writer(home / "two", 0, 10), writer(home / "two", 10, 20)]
        for process in pair:
            process.communicate()
        print("two writers at once: {} of 20 documents, {} half there".format(*whole(home / "two")))
        killed(home / "kill", options.kills)
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
