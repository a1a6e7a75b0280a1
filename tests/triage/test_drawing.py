"""Pages are drawn apart: one that never ends costs a placeholder, and nobody waits for it."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pymupdf
import pytest

from making import table_pdf
from model.limits import Bounds
from report.export import Settings, draw_here
from report.page_image import page_png
from triage.drawing import form_apart, page_apart
from triage.pool import Pool
from triage.reading import examine

FILLS = 2_000
WRONG = table_pdf([["科目名称", "合计"], ["教育支出", "30.00"], ["科学技术支出", "10.00"], ["合计", "41.00"]])


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    made = Pool()
    yield made
    made.close()


def endless_pdf() -> bytes:
    """A small file with a wrong table and under it two thousand fills of a pattern that is repeated every twentieth of a point."""
    document = pymupdf.open(stream=WRONG, filetype="pdf")
    pattern, contents = document.get_new_xref(), document.get_new_xref()
    tile = "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep .05/YStep .05/Resources<<>>"
    document.update_object(pattern, f"<<{tile}>>")
    document.update_stream(pattern, b"1 0 0 rg 0 0 9 9 re f")
    document.update_object(contents, "<<>>")
    document.update_stream(contents, b"/Pattern cs /P scn\n" + b"0 0 595 842 re f\n" * FILLS)
    page = document[0]
    kind, resources = document.xref_get_key(page.xref, "Resources")
    holder, key = (int(resources.split()[0]), "Pattern") if kind == "xref" else (page.xref, "Resources/Pattern")
    document.xref_set_key(holder, key, f"<</P {pattern} 0 R>>")
    before = " ".join(f"{xref} 0 R" for xref in page.get_contents())
    document.xref_set_key(page.xref, "Contents", f"[{contents} 0 R {before}]")
    return bytes(document.tobytes())


def test_a_page_drawn_apart_is_the_same(pool: Pool) -> None:
    assert page_apart(table_pdf(), 1, pool) == page_png(table_pdf(), 1)
    assert page_apart(table_pdf(), 2, pool) is None
    assert page_apart(b"no pdf", 1, pool) is None


def test_a_page_that_never_ends_is_given_up_and_the_next_is_drawn(pool: Pool) -> None:
    page_apart(table_pdf(), 1, pool)
    start = time.monotonic()
    assert page_apart(endless_pdf(), 1, pool, seconds=1) is None
    assert time.monotonic() - start < 60
    assert page_apart(table_pdf(), 1, pool) is not None


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_form_made_apart_is_as_long_as_one_made_here(pool: Pool, form: str) -> None:
    data = WRONG
    examination = examine(data, "甲.pdf")
    settings = Settings("1", original=lambda _: data)
    apart, here = form_apart(form, examination, settings, pool), draw_here(form, examination, settings)
    assert apart.data is not None
    assert here.data is not None
    assert (apart.reason, len(apart.data)) == (here.reason, pytest.approx(len(here.data), abs=64))


def test_a_form_whose_pages_never_end_is_made_without_pictures_and_says_so(pool: Pool) -> None:
    data = endless_pdf()
    examination = examine(data, "甲.pdf")
    assert examination.findings
    made = form_apart("docx", examination, Settings("1", original=lambda _: data), pool, Bounds(seconds=1))
    assert made.data is not None
    assert made.reason == "undrawn"
