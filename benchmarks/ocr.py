"""How well scans are read, and how long that takes.

Two measures: the scan of the shared excerpt against the text version of the same disclosure, and pages of other disclosures made into
pictures at 150, 200 or 300 dpi, askew and dirty, against what is read from their text at the same places. For each: the figures in tables
that are right, the wrong ones, how many of those are neither marked as doubtful or unreadable nor named by a check (silent), figures read
where nothing is printed (added), and the processor and elapsed seconds a page.

    python benchmarks/ocr.py [PAGES [SEED]]        PAGES pages of tables of each of the other documents, 2 unless told
"""

from __future__ import annotations

import dataclasses
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import pymupdf

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from checks import check  # noqa: E402
from ingest import read_document, read_facts  # noqa: E402
from ingest.ocr.image import Grey  # noqa: E402
from model.document import Cell, Document, Table  # noqa: E402

SHARED = ROOT.parent / "shared" / "documents"
FIGURE = re.compile(r"[-\d,.%]*\d[-\d,.%]*")
NOISE = 0.0006  # of the pixels are specks


@dataclasses.dataclass
class Score:
    """Figures of tables: all printed, the wrongly read, those of them that nothing tells; doubtful; added; seconds; pages."""

    figures: int = 0
    wrong: int = 0
    silent: int = 0
    doubtful: int = 0
    added: int = 0
    cpu: float = 0.0
    elapsed: float = 0.0
    pages: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(a + b for a, b in zip(dataclasses.astuple(self), dataclasses.astuple(other), strict=True)))

    def __str__(self) -> str:
        right = self.figures - self.wrong
        share = 100 * right / max(self.figures, 1)
        return (
            f"figures right {right}/{self.figures} = {share:.2f} %  wrong {self.wrong}, of them silent {self.silent}"
            f"  doubtful {self.doubtful}  added {self.added}"
            f"  {self.cpu / max(self.pages, 1):.2f} s CPU, {self.elapsed / max(self.pages, 1):.2f} s elapsed a page"
        )


def figures(table: Table, pages: set[int]) -> list[list[Cell]]:
    """The cells of figures in each body row on some pages."""
    return [[cell for cell in row.cells if FIGURE.fullmatch(cell.text)] for row in table.rows if row.page in pages]


def named(document: Document) -> set[str]:
    """The texts of the figures that findings name."""
    findings, _, _ = check(document, read_facts(document))
    return {place.source.text for finding in findings for place in finding.locations}


def compared(truth: Document, read: Document, pages: dict[int, int]) -> Score:
    """The score of a reading; ``pages`` gives for each page of the scan the page of the truth."""
    score, told = Score(pages=len(pages)), named(read)
    for scan, page in pages.items():
        printed = Counter(c.text for t in truth.tables for row in figures(t, {page}) for c in row)
        cells = [c for t in read.tables for row in figures(t, {scan}) for c in row]
        missing, extra = printed - Counter(c.text for c in cells), Counter(c.text for c in cells) - printed
        score.figures += printed.total()
        score.doubtful += sum(c.doubtful for c in cells)
        score.wrong += missing.total()
        silent = [text for text in extra if text not in told and not any(c.doubtful for c in cells if c.text == text)]
        score.silent += sum(extra[text] for text in silent) + max(missing.total() - extra.total(), 0)
        for text in extra:
            print(f"    page {page}: read {text!r}, {'SILENT' if text in silent else 'told'}; missing {dict(missing)}")
    return score


def all_cells(document: Document, page: int) -> list[Cell]:
    """The cells of a page's tables, headers too."""
    rows = [row for table in document.tables for row in (*table.header, *table.rows)]
    return [cell for row in rows if row.page == page for cell in row.cells]


def at(cells: list[Cell], x: float, y: float) -> Cell | None:
    """The smallest cell around a point, one with text before the blank squares that a merged cell covers."""
    around = [c for c in cells if c.box.x0 <= x <= c.box.x1 and c.box.y0 <= y <= c.box.y1]
    return min([c for c in around if c.text] or around, key=lambda c: (c.box.x1 - c.box.x0) * (c.box.y1 - c.box.y0), default=None)


def placed(truth: Document, read: Document, pages: dict[int, int], angle: float) -> Score:
    """The score of a reading of pages that were turned by some degrees, figure by figure at its place."""
    score, told = Score(pages=len(pages)), named(read)
    for scan, page in pages.items():
        size = truth.pages[page - 1]
        turn = cv2.getRotationMatrix2D((size.width / 2, size.height / 2), angle, 1)
        printed, found = all_cells(truth, page), all_cells(read, scan)
        met: set[int] = set()
        for cell in printed:
            x, y = turn @ (*(cell.ink or cell.box).center, 1)
            other = at(found, x, y)
            met.add(id(other))
            if not FIGURE.fullmatch(cell.text):
                continue
            score.figures += 1
            score.doubtful += other is not None and other.doubtful
            if other is None or other.text != cell.text:
                silent = other is None or not (other.doubtful or other.text in told)
                score.wrong += 1
                score.silent += silent
                print(f"    page {page}: {cell.text!r} read {other.text if other else None!r}, {'SILENT' if silent else 'told'}")
        score.added += sum(bool(FIGURE.fullmatch(c.text)) and not c.doubtful and id(c) not in met for c in found)
    return score


def timed(data: bytes) -> tuple[Document, float, float]:
    """The document, with the processor and elapsed seconds of reading it."""
    cpu, elapsed = time.process_time(), time.perf_counter()
    document = read_document(data, "scan.pdf")
    return document, time.process_time() - cpu, time.perf_counter() - elapsed


def scanned(path: Path, pages: list[int], dpi: int, angle: float) -> bytes:
    """A PDF of pictures of some pages: rendered, turned by some degrees, specked, blurred a little, stored as JPEG."""
    source, made = pymupdf.open(path), pymupdf.open()
    noise = np.random.default_rng(7)
    for number in pages:
        page = source[number - 1]
        pixels = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
        grey: Grey = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.stride)[:, : pixels.width].copy()
        middle = (pixels.width / 2, pixels.height / 2)
        grey = cv2.warpAffine(
            grey, cv2.getRotationMatrix2D(middle, angle, 1), grey.shape[::-1], flags=cv2.INTER_LINEAR, borderValue=255
        ).astype(np.uint8)
        grey[noise.random(grey.shape) < NOISE] = 60
        grey = cv2.GaussianBlur(grey, (3, 3), 0.6).astype(np.uint8)
        target = made.new_page(width=page.rect.width, height=page.rect.height)
        target.insert_image(target.rect, stream=cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes())
    data: bytes = made.tobytes()
    return data


def excerpt() -> Score:
    """The shared scan against the text version: tables of one number are the same."""
    truth = read_document((SHARED / "artux_2026_word.pdf").read_bytes(), "truth.pdf")
    read, cpu, elapsed = timed((SHARED / "artux_2026_scan_excerpt.pdf").read_bytes())
    numbers = {t.number: t for t in truth.tables if t.number}
    pages = {scan: page for t in read.tables if t.number in numbers for scan, page in zip(t.pages, numbers[t.number].pages, strict=False)}
    score = compared(truth, read, pages)
    return dataclasses.replace(score, cpu=cpu, elapsed=elapsed, pages=len(read.pages))


def rendered(path: Path, count: int, seed: str) -> Score:
    """Some of a document's pages of tables, as pictures, against its text."""
    truth = read_document(path.read_bytes(), path.name)
    full = [p.number for p in truth.pages if sum(len(row) for t in truth.tables for row in figures(t, {p.number})) > 20]
    chance = random.Random(path.name + seed)  # noqa: S311 - pages to measure with
    chosen = sorted(chance.sample(full, min(count, len(full))))
    if not chosen:
        return Score()
    dpi, angle = chance.choice([150, 200, 300]), chance.uniform(-2, 2)
    read, cpu, elapsed = timed(scanned(path, chosen, dpi, angle))
    score = placed(truth, read, {k + 1: page for k, page in enumerate(chosen)}, angle)
    print(f"{path.stem:34} pages {chosen} at {dpi} dpi, {angle:+.2f}°: {dataclasses.replace(score, cpu=cpu, elapsed=elapsed)}", flush=True)
    return dataclasses.replace(score, cpu=cpu, elapsed=elapsed)


def main() -> None:
    """Print the scores."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    seed = sys.argv[2] if len(sys.argv) > 2 else ""
    print("scan of the excerpt:", excerpt(), flush=True)
    total = Score()
    for path in sorted(SHARED.glob("*.pdf")):
        if not path.stem.startswith("artux"):
            total += rendered(path, count, seed)
    print("pictures of other disclosures:", total)


if __name__ == "__main__":
    main()
