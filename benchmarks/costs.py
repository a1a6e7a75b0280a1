"""What reading and checking cost a page, and whether the cost grows with a document's length.

    python -m benchmarks.costs PDF…

Documents are read and checked as triage does, in this process. Then the sample is joined to itself up to 45, 90, 180 and 262 pages. Every
time is CPU time; beside it stands its ratio to PyMuPDF's own ``get_text("words")`` over the same pages in the same run.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pymupdf

from checks import check
from ingest import read_document, read_facts

SAMPLE = Path(__file__).parent.parent / "samples" / "artux-2026-budget.pdf"
LENGTHS = (45, 90, 180, 262)


def words_alone(data: bytes) -> float:
    """CPU seconds of extracting every page's words."""
    start = time.process_time()
    with pymupdf.open(stream=data, filetype="pdf") as file:
        for page in file:
            page.get_text("words")
    return time.process_time() - start


def stages(data: bytes, name: str) -> tuple[int, float, float, float]:
    """Pages, and CPU seconds of reading, of understanding and of checking."""
    begin = time.process_time()
    document = read_document(data, name)
    read = time.process_time()
    facts = read_facts(document)
    understood = time.process_time()
    check(document, facts)
    return len(document.pages), read - begin, understood - read, time.process_time() - understood


def lengthened(pages: int) -> bytes:
    """The sample joined to itself up to a number of pages."""
    with pymupdf.open(SAMPLE) as sample, pymupdf.open() as joined:
        while joined.page_count < pages:
            joined.insert_pdf(sample, to_page=min(sample.page_count, pages - joined.page_count) - 1)
        return bytes(joined.tobytes())


def line(data: bytes, name: str) -> None:
    """Print one document's costs."""
    base = words_alone(data)
    pages, read, understood, checked = stages(data, name)
    whole = read + understood + checked
    print(
        f"{name[:40]:40} {pages:4} pages  read {1000 * read / pages:5.2f}  facts {1000 * understood / pages:5.2f}  "
        f"checks {1000 * checked / pages:5.2f}  all {1000 * whole / pages:5.2f} ms CPU a page  = {whole / base:4.1f} × words alone"
    )


def main() -> None:
    """Measure the documents named, then the sample at four lengths."""
    stages(SAMPLE.read_bytes(), SAMPLE.name)  # everything imported and compiled once
    for path in sys.argv[1:]:
        line(Path(path).read_bytes(), Path(path).stem)
    for pages in LENGTHS:
        line(lengthened(pages), f"sample × {pages} pages")


if __name__ == "__main__":
    main()
