"""How well and how fast questions are answered: the question sets beside their documents, in one process.

    python benchmarks/answers.py [--qa DIR] [--documents DIR] [--verbose] [--only TEXT] [--answers FILE]

Prints the scores of ``score_qa.py`` (answer, citation, refusal, overall), row retrieval (is an acceptable row among the first 1, 5
chunks of the lexical ranking: within the document, and with all documents in one index filtered by document), the wrong figures stated
first, and the time to answer once a document is warm.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from model.findings import Examination  # noqa: E402
from retrieval import ask  # noqa: E402
from retrieval.chunks import chunks_of  # noqa: E402
from retrieval.lexical import Lexical  # noqa: E402
from retrieval.view import view_of  # noqa: E402
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


def answered(examination: Examination, questions: list[Question], seconds: list[float]) -> list[dict[str, Any]]:
    """Every question's answer; the times go to ``seconds``."""
    view_of(examination)
    found = []
    for question in questions:
        start = time.perf_counter()
        answer = ask([examination], question["question"])
        seconds.append(time.perf_counter() - start)
        found.append(answer.to_json())
    return found


def ranks(score: ModuleType, examination: Examination, questions: list[Question]) -> list[int]:
    """For each answerable question, the rank (from 1) of the first chunk on an acceptable page with an acceptable row; 99 for none."""
    chunks = chunks_of(examination.document)
    lexical = Lexical([chunk.text for chunk in chunks])
    found = []
    for question in questions:
        if not question["answerable"]:
            continue
        rank = 99
        for position, (at, _) in enumerate(lexical.search(question["question"], 20), 1):
            chunk = chunks[at]
            cited = {"row": chunk.label, "text": chunk.printed}
            if chunk.place.page in question["pages"] and score.row_matches(question, cited):
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
    rows, all_ranks, kept, wrong = [], [], [], 0
    for stem, questions in score.load_questions(str(options.qa)).items():
        examination = examine((options.documents / f"{stem}.pdf").read_bytes(), f"{stem}.pdf")
        chosen = [question for question in questions if options.only in question["id"]]
        all_ranks += ranks(score, examination, chosen)
        for question, answer in zip(chosen, answered(examination, chosen, seconds), strict=True):
            result = score.score(question, answer)
            rows.append(({**question, "document": stem}, result))
            kept.append({"document": stem, "id": question["id"], "answer": answer})
            wrong += answer["found"] and result["first"] is False
            if options.verbose and not result["overall"]:
                print(f"{question['id']} {question['question']}\n   → {answer['answer'][:400]}\n   ! {result['why']}\n")
    score.report(rows, verbose=False)
    print(f"\nwrong figure first: {wrong}/{len(rows)}")
    for limit in (1, 5):
        print(f"row retrieval R@{limit}: {sum(rank <= limit for rank in all_ranks)}/{len(all_ranks)}")
    ordered = sorted(seconds)
    print(f"answer time, warm: median {statistics.median(ordered) * 1000:.0f} ms, p95 {ordered[int(len(ordered) * 0.95)] * 1000:.0f} ms")
    if options.answers:
        options.answers.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
