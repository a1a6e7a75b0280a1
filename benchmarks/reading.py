"""What reading costs and whether it is complete.

For each document: the processor time of ``read_document`` against that of ``page.get_text("words")`` over the same pages in the same
run, and how many of the printed amounts lie in exactly one cell or paragraph.

    python benchmarks/reading.py [PDF …]        default: ../shared/documents/*.pdf
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from pathlib import Path

import pymupdf

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ingest import read_document  # noqa: E402
from model.document import Document  # noqa: E402

AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")
ROUNDS = 3


def words_seconds(data: bytes) -> float:
    """Processor seconds of opening a file and listing the words of all pages."""
    start = time.process_time()
    with pymupdf.open(stream=data, filetype="pdf") as file:
        for page in file:
            page.get_text("words")
    return time.process_time() - start


def ingest_seconds(data: bytes) -> float:
    """Processor seconds of reading the document."""
    start = time.process_time()
    read_document(data, "benchmark.pdf")
    return time.process_time() - start


def printed(data: bytes) -> Counter[str]:
    """The amounts among a file's words, each as often as it is printed."""
    found: Counter[str] = Counter()
    with pymupdf.open(stream=data, filetype="pdf") as file:
        for page in file:
            for word in page.get_text("words", flags=pymupdf.TEXTFLAGS_WORDS | pymupdf.TEXT_CLIP):
                found.update(AMOUNT.findall(word[4]))
    return found


def held(document: Document) -> Counter[str]:
    """The amounts in a document's cells and paragraphs."""
    texts = [cell.text for table in document.tables for row in (*table.header, *table.rows) for cell in row.cells]
    texts += [paragraph.text for paragraph in document.paragraphs]
    return Counter(amount for text in texts for amount in AMOUNT.findall(text))


def has_words(data: bytes) -> bool:
    """Whether a PDF has a text layer at all."""
    with pymupdf.open(stream=data, filetype="pdf") as file:
        return any(page.get_text("words") for page in file)


def main() -> None:
    """Print one line a document and the totals."""
    paths = [Path(arg) for arg in sys.argv[1:]] or sorted((ROOT.parent / "shared" / "documents").glob("*.pdf"))
    total_words = total_ingest = 0.0
    total_printed = total_held = 0
    for path in paths:
        data = path.read_bytes()
        if not has_words(data):
            print(f"{path.name:42} has no words: benchmarks/ocr.py measures scans")
            continue
        words = min(words_seconds(data) for _ in range(ROUNDS))
        seconds = min(ingest_seconds(data) for _ in range(ROUNDS))
        amounts = printed(data)
        document = read_document(data, path.name)
        have = held(document)
        missing, extra = amounts - have, have - amounts
        total_words, total_ingest = total_words + words, total_ingest + seconds
        total_printed, total_held = total_printed + amounts.total(), total_held + amounts.total() - missing.total()
        print(
            f"{path.name:42} {len(document.pages):4} pages  {1000 * seconds / max(len(document.pages), 1):5.2f} ms a page"
            f"  ratio {seconds / words:5.2f}  amounts {amounts.total() - missing.total()}/{amounts.total()}"
            + (f"  missing {dict(missing)}" if missing else "")
            + (f"  unprinted {dict(extra)}" if extra else "")
        )
    print(
        f"all: {total_ingest:.2f} s against {total_words:.2f} s of words, ratio {total_ingest / total_words:.2f};"
        f" amounts {total_held}/{total_printed}"
    )


if __name__ == "__main__":
    main()
