"""Bookmarks are added to an outline, whatever state it is in, and lead to the right height of the page."""

from __future__ import annotations

import pymupdf
import pytest

from model.geometry import Box
from report.bookmarks import ABOVE, Bookmark, append_bookmarks

BOX = Box(50, 300, 90, 312)


def pages(count: int = 2, rotation: int = 0) -> pymupdf.Document:
    pdf = pymupdf.open()
    for _ in range(count):
        pdf.new_page(width=595, height=842).set_rotation(rotation)
    return pdf


def again(pdf: pymupdf.Document) -> pymupdf.Document:
    return pymupdf.open(stream=pdf.tobytes(), filetype="pdf")


@pytest.mark.parametrize(("rotation", "corner"), [(0, "0 582.0"), (90, "260 50.0"), (180, "545 260.0"), (270, "335 792.0")])
def test_it_leads_to_a_little_above_the_box_in_the_pages_own_coordinates(rotation: int, corner: str) -> None:
    """The box is displayed at (50, 300) of a page of 595 × 842; a turned page keeps its coordinates unturned."""
    assert BOX.y0 - ABOVE == 260
    pdf = pages(rotation=rotation)
    append_bookmarks(pdf, [Bookmark(0, "疑点", 2, BOX)])
    opened = again(pdf)
    ((_, title, page, target),) = opened.get_toc(simple=False)
    assert (title, page) == ("疑点", 2)
    assert opened.xref_get_key(target["xref"], "Dest")[1] == f"[{opened[1].xref} 0 R/XYZ {corner.removesuffix('.0')} null]"


def test_a_document_without_an_outline_gets_one() -> None:
    pdf = pages()
    append_bookmarks(pdf, [Bookmark(0, "甲", 1, BOX), Bookmark(1, "乙", 2, BOX), Bookmark(0, "丙", 1, BOX)])
    assert again(pdf).get_toc() == [[1, "甲", 1], [2, "乙", 2], [1, "丙", 1]]


@pytest.mark.parametrize("root", ["null", "<</Type/Outlines>>", "<</First 999 0 R/Last 999 0 R>>", "<</First 1 0 R>>"])
def test_a_broken_outline_is_replaced(root: str) -> None:
    pdf = pages()
    xref = pdf.get_new_xref()
    pdf.update_object(xref, root)
    pdf.xref_set_key(pdf.pdf_catalog(), "Outlines", f"{xref} 0 R")
    append_bookmarks(pdf, [Bookmark(0, "甲", 1, BOX)])
    assert again(pdf).get_toc() == [[1, "甲", 1]]


def test_a_title_is_text_and_no_syntax() -> None:
    pdf = pages()
    append_bookmarks(pdf, [Bookmark(0, "a) /Dest <<>> (中文", 1, BOX)])
    assert again(pdf).get_toc() == [[1, "a) /Dest <<>> (中文", 1]]


def test_pages_beyond_the_document_are_left_out() -> None:
    pdf = pages()
    append_bookmarks(pdf, [Bookmark(0, "甲", 3, BOX)])
    assert again(pdf).get_toc() == []
