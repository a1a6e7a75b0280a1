"""Files that cannot be read, as problems: not a PDF, empty, damaged, locked, too large."""

from __future__ import annotations

import pymupdf

from model.document import Problem
from model.limits import MEGABYTE, Limits

pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)

MUPDF_ERRORS = (pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError, IndexError)  # what PyMuPDF raises for broken files and pages
SIGNATURE_WITHIN = 1024  # bytes before %PDF that readers tolerate


def open_pdf(data: bytes, limits: Limits) -> tuple[pymupdf.Document | None, Problem | None]:
    """The opened file, or the reason why it cannot be read."""
    if not data:
        return None, Problem("empty-file")
    if len(data) > limits.bytes:
        size = {"size": f"{len(data) / MEGABYTE:.1f}", "limit": f"{limits.bytes / MEGABYTE:.1f}"}
        return None, Problem("file-too-large", params=size)
    if b"%PDF" not in data[:SIGNATURE_WITHIN]:
        return None, Problem("not-a-pdf")
    try:
        document = pymupdf.open(stream=data, filetype="pdf")
    except MUPDF_ERRORS:
        return None, Problem("damaged")
    reason = _locked_or_empty(document, limits)
    if reason:
        document.close()
        return None, reason
    return document, None


def _locked_or_empty(document: pymupdf.Document, limits: Limits) -> Problem | None:
    """Why an opened file cannot be read, None where it can."""
    if document.needs_pass:
        return Problem("encrypted")
    try:
        pages = document.page_count
    except MUPDF_ERRORS:
        return Problem("damaged")
    if pages == 0:
        return Problem("no-pages")
    if pages > limits.pages:
        return Problem("too-many-pages", params={"pages": str(pages), "limit": str(limits.pages)})
    return None
