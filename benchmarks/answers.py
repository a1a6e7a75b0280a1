"""How well and how fast questions are answered: the question sets beside their documents, in one process.

    python benchmarks/answers.py [--qa DIR] [--documents DIR] [--verbose] [--only TEXT] [--answers FILE]

Prints the scores of ``score_qa.py`` (answer, citation, refusal, overall), row retrieval (is an acceptable row or sentence among the first
1, 5 that are offered, and of the ranking by likeness alone; a document is ranked by itself, so others beside it change nothing), the wrong
figures stated first, and the time to answer once a document is warm. The index takes part, as in the app; many documents at once are
measured by ``benchmarks/library.py``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from retrieval.answer import Evidence  # noqa: E402
from retrieval.chunks import chunks_of  # noqa: E402
from retrieval.holdings import Holdings, ask_holdings  # noqa: E402
from retrieval.index import Index  # noqa: E402
from retrieval.near import Near  # noqa: E402
from retrieval.search import search  # noqa: E402
from retrieval.view import View, view_of  # noqa: E402
from triage import examine  # noqa: E402

SHARED = ROOT.parent / "shared"
Question = dict[str, Any]


def scorer(folder: Path) -> ModuleType:
    """The scoring script as a module."""
    spec = importlib.util.spec_from_file_location("score_qa", folder / "score_qa.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "score_qa.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answered(holdings: Holdings, questions: list[Question], seconds: list[float]) -> list[dict[str, Any]]:
    """Every question's answer, as the app gives it; the times go to ``seconds``."""
    ask_holdings(holdings, "预算")
    found = []
    for question in questions:
        start = time.perf_counter()
        answer = ask_holdings(holdings, question["question"])
        seconds.append(time.perf_counter() - start)
        found.append(answer.to_json())
    return found


def lexical(view: View, question: str) -> list[Evidence]:
    """The ranking by likeness alone."""
    return view.near(question, 20)


def ranks(score: ModuleType, view: View, questions: list[Question], near: Near, *, alone: bool) -> list[int]:
    """For each answerable question, the rank (from 1) of the first row or sentence that is acceptable; 99 for none.

    ``alone`` ranks by likeness only.
    """
    found = []
    for question in questions:
        if not question["answerable"]:
            continue
        rank = 99
        offered = lexical(view, question["question"]) if alone else search(view, question["question"], 20, near=near)
        for position, evidence in enumerate(offered, 1):
            cited = {"row": evidence.row, "text": evidence.text}
            if evidence.place.page in question["pages"] and score.row_matches(question, cited):
                rank = position
                break
        found.append(rank)
    return found


def main() -> None:
    """Read, ask, score, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--qa", type=Path, default=SHARED / "qa")
    parser.add_argument("--documents", type=Path, default=SHARED / "documents")
    parser.add_argument("--answers", type=Path, help="also write the answers here, for score_qa.py --answers")
    parser.add_argument("--only", default="")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    score = scorer(SHARED / "qa")
    seconds: list[float] = []
    rows, all_ranks, alike, kept, wrong = [], [], [], [], 0
    folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    index = Index(Path(folder.name), parser="bench")
    for stem, questions in score.load_questions(str(options.qa)).items():
        examination = examine((options.documents / f"{stem}.pdf").read_bytes(), f"{stem}.pdf")
        chosen = [question for question in questions if options.only in question["id"]]
        index.upsert(examination.document.sha256, chunks_of(examination.document, examination.findings))
        all_ranks += ranks(score, view_of(examination), chosen, index.search, alone=False)
        alike += ranks(score, view_of(examination), chosen, index.search, alone=True)
        for question, answer in zip(chosen, answered(Holdings.of([examination], index.search), chosen, seconds), strict=True):
            result = score.score(question, answer)
            rows.append(({**question, "document": stem}, result))
            kept.append({"document": stem, "id": question["id"], "answer": answer})
            wrong += answer["found"] and result["first"] is False
            if options.verbose and not result["overall"]:
                print(f"{question['id']} {question['question']}\n   → {answer['answer'][:400]}\n   ! {result['why']}\n")
    score.report(rows, verbose=False)
    print(f"\nwrong figure first: {wrong}/{len(rows)}")
    for limit in (1, 5):
        for name, found in (("rows offered", all_ranks), ("by likeness alone", alike)):
            print(f"{name} R@{limit}: {sum(rank <= limit for rank in found)}/{len(found)}")
    ordered = sorted(seconds)
    print(f"answer time, warm: median {statistics.median(ordered) * 1000:.0f} ms, p95 {ordered[int(len(ordered) * 0.95)] * 1000:.0f} ms")
    if options.answers:
        options.answers.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
