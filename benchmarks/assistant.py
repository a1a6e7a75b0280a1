"""How well a model's text is verified, and how fast: invented and right answers made from documents' own rows, on this machine alone.

    python benchmarks/assistant.py [--documents DIR]

Prints for each document how many invented answers were caught and how many right ones were doubted, by kind; the time that verifying a
page takes; and how long after a token arrives from a loopback endpoint it is passed on.
"""

from __future__ import annotations

import argparse
import importlib
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "retrieval" / "assistant")]

from model.findings import Examination  # noqa: E402
from retrieval.assistant import Settings, Token, answer  # noqa: E402
from retrieval.assistant.shelf import Shelf  # noqa: E402
from retrieval.assistant.verify import verify  # noqa: E402
from triage import examine  # noqa: E402

cases: Any = importlib.import_module("cases")  # the answers that the tests use too
loopback: Any = importlib.import_module("loopback")  # and the endpoint that gives them
SHARED = ROOT.parent / "shared" / "documents"
SAMPLE = ROOT / "samples" / "artux-2026-budget.pdf"
LINES = 40  # sentences of a page
TURNS = 20


def judged(made: Iterable[Any], shelf: Shelf) -> tuple[Counter[str], Counter[str]]:
    """Cases by kind: all of them, and those in which a fault was found."""
    every, doubted = Counter[str](), Counter[str]()
    for case in made:
        every[case.kind] += 1
        doubted[case.kind] += bool(verify(case.text, shelf).faults)
    return every, doubted


def measure(examination: Examination, name: str) -> Counter[str]:
    """One document's line; the totals are returned."""
    view, shelf = cases.shelved(examination)
    wrong, caught = judged(cases.wrong(view, shelf), shelf)
    right, doubted = judged(cases.right(view, shelf), shelf)
    missed = {kind: wrong[kind] - caught[kind] for kind in wrong if wrong[kind] > caught[kind]}
    alarms = {kind: n for kind, n in doubted.items() if n}
    print(
        f"{name[:32]:32}  caught {caught.total():5}/{wrong.total():<5}  doubted {doubted.total():3}/{right.total():<5}  {missed} {alarms}"
    )
    return Counter(wrong=wrong.total(), caught=caught.total(), right=right.total(), doubted=doubted.total())


def page_seconds(examination: Examination) -> list[float]:
    """The time to verify a page of forty sentences."""
    view, shelf = cases.shelved(examination)
    page = "\n".join(case.text for case in islice(cases.right(view, shelf), LINES))
    seconds = []
    for _ in range(TURNS):
        start = time.perf_counter()
        verify(page, shelf)
        seconds.append(time.perf_counter() - start)
    return seconds


def token_seconds(examination: Examination) -> list[float]:
    """From the moment the endpoint sends the first token to the moment the caller has it."""
    seconds = []
    for _ in range(TURNS):
        with loopback.serving([loopback.Reply("本年收入为 1,032.49 万元[R1]。", pause=0.02)]) as server:
            for event in answer([examination], "本年收入是多少", [], Settings(server.url, "scripted", "k")):
                if isinstance(event, Token):
                    seconds.append(time.perf_counter() - server.sent[0])
                    break
    return seconds


def told(seconds: list[float]) -> str:
    """Median and worst in milliseconds."""
    return f"median {statistics.median(seconds) * 1000:.1f} ms, worst {max(seconds) * 1000:.1f} ms"


def main() -> None:
    """Measure the sample, and a folder of other documents where there is one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, default=SHARED)
    folder: Path = parser.parse_args().documents
    sample = examine(SAMPLE.read_bytes(), SAMPLE.name)
    totals = measure(sample, SAMPLE.name)
    for path in sorted(folder.glob("*.pdf")):
        totals += measure(examine(path.read_bytes(), path.name), path.name)
    print(
        f"invented answers caught: {totals['caught']} of {totals['wrong']}; right answers doubted: {totals['doubted']} of {totals['right']}"
    )
    print(f"verifying a page of {LINES} sentences: {told(page_seconds(sample))}")
    print(f"first token passed on: {told(token_seconds(sample))}")


if __name__ == "__main__":
    main()
