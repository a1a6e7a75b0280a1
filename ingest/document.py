"""``read_document``: a PDF's bytes to a ``Document``. Bad input becomes a document with problems, never an exception."""

from __future__ import annotations

import gc
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pymupdf

from ingest import ocr
from ingest.fonts import Fonts
from ingest.form_names import form_name
from ingest.identity import fiscal_year_of, kind_of, organization_of, title_of
from ingest.opening import MUPDF_ERRORS, open_pdf
from ingest.page import Content, read_page
from ingest.progress import page_read
from ingest.reading import PageParts, assemble, parts_of
from ingest.sheet import AMOUNT
from model.document import Document, Page, Problem, Status, Table
from model.limits import Limits

MONEY = re.compile(r"预算|决算|金额|支出|收入|经费")  # headers of columns of money
DEFAULT = Limits()
FEW_WORDS = 8
MOST_OF_PAGE = 0.6


def read_document(data: bytes, name: str, limits: Limits = DEFAULT) -> Document:
    """Read a disclosure. ``status`` says how far that went, ``problems`` why it went no further."""
    sha256 = hashlib.sha256(data).hexdigest()
    file, reason = open_pdf(data, limits)
    if file is None:
        return Document(sha256, name, Status.FAILED, (), problems=(reason,) if reason else ())
    with file, _without_collector():
        return _read(file, sha256, name, limits)


def _read(file: pymupdf.Document, sha256: str, name: str, limits: Limits) -> Document:
    """The document of an opened file. What is needed on the way is gone when this returns."""
    pages, parts, problems = _read_pages(file, limits)
    return _document(sha256, name, pages, parts, problems)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause the search for cyclic garbage: reading makes many objects at once, none in cycles, and the search takes a tenth of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _read_pages(file: pymupdf.Document, limits: Limits) -> tuple[list[Page], list[PageParts], list[Problem]]:
    """Every page's parts; a page that cannot be interpreted, has no text or too much of it is a problem."""
    pages: list[Page] = []
    parts: list[PageParts] = []
    problems = [Problem("repaired")] if file.is_repaired else []
    fonts, scans = Fonts(file), 0
    for index in range(file.page_count):
        page_read()
        number = index + 1
        try:
            page = file[index]
            content = read_page(page, limits, fonts)
            width, height = page.rect.width, page.rect.height
            picture = is_picture(page, content)
            if picture and ocr.is_installed() and scans < limits.scanned_pages:
                content, scans = ocr.read_scan(page), scans + 1
        except MUPDF_ERRORS:
            problems.append(Problem("page-unreadable", number))
            pages.append(Page(number, 0, 0, has_text=False))
            continue
        unreadable = content.unreadable
        if unreadable:
            code = "ink-unrecognised" if content.scanned else "characters-unknown"
            problems.append(Problem(code, number, {"words": str(unreadable)}))
            if content.is_veiled:
                content.words.clear()
        pages.append(Page(number, width, height, bool(content.words)))
        if picture and not unreadable and not content.words:
            problems.append(unrecognised(number, content, limits, beyond=scans >= limits.scanned_pages))
        if content.unseen and not picture:
            problems.append(Problem("text-hidden", number, {"words": str(content.unseen)}))
        if content.cut:
            problems.append(Problem("page-too-complex", number))
        parts.append(parts_of(content, parts[-1] if parts else None))
    return pages, parts, problems


def unrecognised(number: int, content: Content, limits: Limits, *, beyond: bool) -> Problem:
    """Why nothing was recognised on a page that is a picture: there was nothing, there were too many before, nothing recognises."""
    if content.scanned:
        return Problem("nothing-recognised", number)
    if beyond and ocr.is_installed():
        return Problem("too-many-scans", number, {"limit": str(limits.scanned_pages)})
    return Problem("no-text-layer", number)


def is_picture(page: pymupdf.Page, content: Content) -> bool:
    """Whether a page shows a picture instead of text: no words at all, or hardly any (a stamp, a page number) on a picture of its size.

    Text of which most cannot be read is a picture too.
    """
    if content.is_veiled:
        return True
    if not content.words:
        return bool(page.get_images() or not content.blank)
    if len(content.words) > FEW_WORDS:
        return False
    images = [pymupdf.Rect(image["bbox"]) for image in page.get_image_info()]
    return any(abs(image.get_area()) > MOST_OF_PAGE * abs(page.rect.get_area()) for image in images)


def _document(sha256: str, name: str, pages: list[Page], parts: list[PageParts], problems: list[Problem]) -> Document:
    """The document of these parts."""
    tables, paragraphs = assemble(parts)
    title = title_of(paragraphs)
    if any(page.has_text for page in pages):
        status = Status.PARTIAL if problems else Status.OK
        problems = [*problems, *_remarks(tables)]
    else:
        status = Status.FAILED
        problems = [*problems, *why_nothing({problem.code for problem in problems})]
    return Document(
        sha256,
        name,
        status,
        tuple(pages),
        tuple(replace(table, form=form_name(table.title)) for table in tables),
        paragraphs,
        tuple(problems),
        title,
        organization_of(title, paragraphs, tables),
        fiscal_year_of(title, paragraphs, tables),
        kind_of(title, paragraphs, tables),
    )


def why_nothing(codes: set[str]) -> Iterator[Problem]:
    """Why a document has no text at all, where what is known of its pages does not say it."""
    if "no-text-layer" in codes:
        yield Problem("needs-ocr")
    elif codes <= {"repaired"}:
        yield Problem("damaged" if codes else "blank")


def _remarks(tables: tuple[Table, ...]) -> Iterator[Problem]:
    """What was read but lacks something: no table at all, tables of amounts that state no unit."""
    if not tables:
        yield Problem("no-tables")
    for table in tables:
        money = any(MONEY.search(part) for path in table.columns for part in path)
        if table.unit is None and money and any(AMOUNT.fullmatch(text) for row in table.rows for text in row.texts):
            yield Problem("table-without-unit", table.place.page, {"table": table.label})
