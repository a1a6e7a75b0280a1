"""A page as a picture, for the screen: the marks are laid over it there."""

from __future__ import annotations

import pymupdf

WIDTH = 1600
"""Pixels across: sharp at twice the width of a half screen, and made in a tenth of a second."""
MOST = 4_000
"""Pixels down at most: a page as long as a roll is shown smaller."""


def page_png(pdf: bytes, number: int) -> bytes | None:
    """A page, counted from 1, as PNG; None where the file has no such page or is no PDF.

    MuPDF works in one thread at a time: the caller sees to that.
    """
    try:
        with pymupdf.open(stream=pdf, filetype="pdf") as document:
            if document.needs_pass or not 1 <= number <= len(document):
                return None
            page = document[number - 1]
            scale = min(WIDTH / page.rect.width, MOST / page.rect.height)
            image = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csRGB, alpha=False)
            return bytes(image.tobytes("png"))
    except (pymupdf.FileDataError, pymupdf.EmptyFileError, pymupdf.mupdf.FzErrorBase):
        return None
