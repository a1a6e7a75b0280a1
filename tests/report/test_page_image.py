"""A page as a picture for the screen."""

from __future__ import annotations

import pymupdf
import pytest

from making import encrypted_pdf, table_pdf
from report.page_image import MOST, WIDTH, page_png


def test_a_page_is_as_wide_as_the_screen_needs() -> None:
    png = page_png(table_pdf(), 1)
    assert png is not None
    assert pymupdf.Pixmap(png).width == WIDTH


def test_a_page_as_long_as_a_roll_is_shown_smaller() -> None:
    pdf = pymupdf.open()
    pdf.new_page(width=100, height=5000)
    png = page_png(pdf.tobytes(), 1)
    assert png is not None
    assert pymupdf.Pixmap(png).height <= MOST


@pytest.mark.parametrize(("pdf", "number"), [(table_pdf(), 2), (table_pdf(), 0), (b"no pdf", 1), (b"", 1), (encrypted_pdf(), 1)])
def test_what_is_not_there_is_none(pdf: bytes, number: int) -> None:
    assert page_png(pdf, number) is None
