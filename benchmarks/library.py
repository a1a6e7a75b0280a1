"""What questions cost and find with many documents: time, memory, and whether the row is among the first five of all documents.

    python benchmarks/library.py [--count 300] [--qa DIR] [--documents DIR] [--home DIR]

The library is the documents of the folder, over and over with other bytes (a comment at the end of the file) and names; organisations
and years stay. Each is indexed as the app does it. Then a process of its own answers, as the app does: ``triage.keeping.Keeper`` with the
index in a folder. Every question of the folder of questions is put

  one document   to its document alone, named by nobody (as in the app's default),
  named          to the whole library, with organisation, year and kind before it (苏州市审计局2026年预算：…),
  unnamed        to the whole library as it is; where several organisations print the same subject, any of them may be told.

``first`` is the first time a question is put, when its document may have to be opened; ``warm`` the second time. Documents with the same
organisation, year and kind print the same rows here, so a row counts as found in any of them; ``own file`` counts the very file alone.
R@5 over everything is measured in a library of each document once.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import triage  # noqa: E402
from benchmarks.answers import SHARED, scorer  # noqa: E402
from model.document import Document, Kind, Status  # noqa: E402
from retrieval.answer import Evidence  # noqa: E402
from retrieval.holdings import Holdings, ask_holdings, search_holdings  # noqa: E402
from store import Library  # noqa: E402
from triage.indexing import index_documents, open_index  # noqa: E402
from triage.keeping import Keeper  # noqa: E402

MEGABYTE = 1 << 20
LONG = 3600.0


@dataclass(frozen=True)
class Asked:
    """A question of the folder, with the document it is about."""

    question: dict[str, Any]
    document: Document

    @property
    def named(self) -> str:
        """The question as one asks it who has many documents."""
        kind = {Kind.FINAL_ACCOUNTS: "决算", Kind.BUDGET: "预算"}.get(self.document.kind, "")
        return f"{self.document.organization}{self.document.fiscal_year or ''}年{kind}：{self.question['question']}"


def filled(home: Path, documents: Path, count: int) -> None:
    """Put that many documents into a library, the originals first, and index them; prints the time."""
    library = Library(home, triage.reader_version())
    read = [(path.read_bytes(), triage.examine(path.read_bytes(), path.name)) for path in sorted(documents.glob("*.pdf"))]
    good = [pair for pair in read if pair[1].document.status is not Status.FAILED]
    for n in range(count):
        data, examination = good[n % len(good)]
        copy = data + b"\n%% %d\n" % n if n >= len(good) else data
        name = f"{n:03} {examination.document.name}" if n >= len(good) else examination.document.name
        document = replace(examination.document, sha256=hashlib.sha256(copy).hexdigest(), name=name)
        library.add(copy, replace(examination, document=document))
    index = open_index(library)
    start = time.perf_counter()
    index_documents(library, index)
    took = time.perf_counter() - start
    size = sum(file.stat().st_size for file in (home / "index").rglob("*") if file.is_file())
    print(f"{count} documents indexed in {took:.0f} s ({took / count:.2f} s each), {size / MEGABYTE:.0f} MB on disk", flush=True)


def as_filled(home: Path) -> Library:
    """The library as it was filled, though the sources may have changed since."""
    return Library(home, Library(home, "").entries()[0].version)


def questions(score: ModuleType, qa: Path, library: Library) -> list[Asked]:
    """The questions of those documents that are in the library under their own names."""
    by_name = {entry.name: entry.sha256 for entry in library.entries()}
    found = []
    for stem, asked in score.load_questions(str(qa)).items():
        known = library.get(by_name[f"{stem}.pdf"]) if f"{stem}.pdf" in by_name else None
        found += [Asked(question, known.document) for question in asked] if known else []
    return found


def timed(label: str, puts: list[Callable[[], object]]) -> None:
    """Print how long these take the first time and the second, also in time of the processor, and the memory of this process after it."""
    for when in ("first", "warm"):
        seconds, worked = [], []
        for put in puts:
            start, before = time.perf_counter(), time.process_time()
            put()
            seconds.append(time.perf_counter() - start)
            worked.append(time.process_time() - before)
        shown = "; ".join(
            f"{name} median {at(times, 0.5):.0f} ms, p95 {at(times, 0.95):.0f} ms"
            for name, times in (("clock", seconds), ("processor", worked))
        )
        print(f"{label:14} {when}: {shown}; memory {memory():.0f} MB", flush=True)


def at(seconds: list[float], share: float) -> float:
    """The time, in ms, that this share of them does not exceed."""
    return sorted(seconds)[min(int(len(seconds) * share), len(seconds) - 1)] * 1000


def memory() -> float:
    """What this process holds, in MB."""
    return float(psutil.Process().memory_info().rss) / MEGABYTE


def measured(home: Path, qa: Path) -> None:
    """Answer as the app does, and print times and memory."""
    score, library = scorer(SHARED / "qa"), as_filled(home)
    keeper = Keeper(library)
    start = time.perf_counter()
    keeper.wake()
    keeper.settled(LONG)
    keeper.near.warm()
    while not keeper.near("预算", 1):
        time.sleep(0.05)
    print(f"index opened in {time.perf_counter() - start:.1f} s, memory {memory():.0f} MB", flush=True)
    holdings, asked = keeper.holdings(), questions(score, qa, library)

    def alone(one: Asked) -> Holdings:
        return replace(holdings, cards=[card for card in holdings.cards if card.sha256 == one.document.sha256])

    timed("one document", [lambda one=one: ask_holdings(alone(one), one.question["question"]) for one in asked])  # type: ignore[misc]
    timed("named", [lambda one=one: ask_holdings(keeper.holdings(), one.named) for one in asked])  # type: ignore[misc]
    timed("unnamed", [lambda one=one: ask_holdings(keeper.holdings(), one.question["question"]) for one in asked])  # type: ignore[misc]


def found_over_all(home: Path, qa: Path) -> None:
    """Print R@1 and R@5 over all documents, and how many questions are answered right when they name their document."""
    score, library = scorer(SHARED / "qa"), as_filled(home)
    keeper = Keeper(library, patience=LONG)
    holdings, asked = keeper.holdings(), questions(score, qa, library)
    open_documents = {card.sha256: card for card in holdings.cards}

    def rank(one: Asked, found: list[Evidence], *, own: bool) -> int:
        for position, evidence in enumerate(found, 1):
            card, document = open_documents[evidence.document], one.document
            same = (card.organization, card.fiscal_year, card.kind) == (document.organization, document.fiscal_year, document.kind)
            cited = {"row": evidence.row, "text": evidence.text}
            whose = evidence.document == document.sha256 if own else same
            if whose and evidence.place.page in one.question["pages"] and score.row_matches(one.question, cited):
                return position
        return 99

    for label in ("named", "unnamed"):
        put = [(one, one.named if label == "named" else one.question["question"]) for one in asked if one.question["answerable"]]
        offered = [(one, search_holdings(holdings, text, 5)) for one, text in put]
        for own in (False, True):
            ranks = [rank(one, found, own=own) for one, found in offered]
            shown = ", ".join(f"R@{limit} {sum(r <= limit for r in ranks)}/{len(ranks)}" for limit in (1, 5))
            print(f"rows offered over {len(holdings.cards)} documents, {label}{', own file' if own else ''}: {shown}", flush=True)
    right = [
        score.score(one.question, ask_holdings(holdings, one.named).to_json())["overall"] for one in asked if one.question["answerable"]
    ]
    print(f"answered right over {len(holdings.cards)} documents, named: {sum(right)}/{len(right)}", flush=True)


def main() -> None:
    """Fill two libraries, and measure in processes of their own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--qa", type=Path, default=SHARED / "qa")
    parser.add_argument("--documents", type=Path, default=SHARED / "documents")
    parser.add_argument("--home", type=Path, help="keep the libraries here")
    parser.add_argument("--step", choices=["fill", "measure", "find"], help="what a process of its own does")
    options = parser.parse_args()
    if options.step == "fill":
        filled(options.home, options.documents, options.count)
    elif options.step == "measure":
        measured(options.home, options.qa)
    elif options.step == "find":
        found_over_all(options.home, options.qa)
    else:
        with tempfile.TemporaryDirectory() as folder:
            homes = options.home or Path(folder)
            once = len(list(options.documents.glob("*.pdf")))
            for step, home, count in steps(homes, once, options.count):
                command = [sys.executable, __file__, "--step", step, "--home", str(home), "--count", str(count)]
                subprocess.run([*command, "--qa", options.qa, "--documents", options.documents], check=True, env=os.environ)


def steps(homes: Path, once: int, count: int) -> Iterator[tuple[str, Path, int]]:
    """What is done in which library: each document once, then many."""
    for step in ("fill", "find"):
        yield step, homes / "once", once
    for step in ("fill", "measure"):
        yield step, homes / "many", count


if __name__ == "__main__":
    main()
