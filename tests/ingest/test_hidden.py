"""Text that a file holds and its page does not show is not printed: it is left out, and where the page is a picture that is read."""

from __future__ import annotations

import pymupdf
import pytest

from ingest.document import read_document
from ingest.page import read_page
from making import table_pdf
from model.limits import LIMITS


@pytest.fixture(autouse=True)
def _no_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """As without the extra ``ocr``, with which such a page is read from its picture."""
    monkeypatch.setattr("ingest.ocr.is_installed", lambda: False)


def words(pdf: pymupdf.Document) -> list[str]:
    return [word.text for word in read_page(pymupdf.open(stream=pdf.tobytes())[0], LIMITS).words]


def blank() -> tuple[pymupdf.Document, pymupdf.Page]:
    pdf = pymupdf.open()
    page = pdf.new_page()
    page.insert_text((72, 60), "seen")
    return pdf, page


@pytest.mark.parametrize(
    "how",
    [{"render_mode": 3}, {"color": (1, 1, 1)}, {"fill_opacity": 0, "stroke_opacity": 0}, {"overlay": False}],
    ids=["without ink", "white", "transparent", "below a white area"],
)
def test_what_cannot_be_seen_is_not_read(how: dict[str, object]) -> None:
    pdf, page = blank()
    if "overlay" in how:
        page.draw_rect((60, 90, 300, 110), color=None, fill=(1, 1, 1))
    page.insert_text((72, 100), "1,234.56", **how)
    assert words(pdf) == ["seen"]


COLOURS = ["1 g", "2 g", ".99 g", "+1.0\tg", "1 %\ng", "1 1 .98 rg", "0 0 0 .02 k", "/DeviceGray cs 1 sc", "/DeviceCMYK cs 0 0 0 0 scn"]
MODES = ["3 Tr", "3.0\tTr", "07 Tr"]


@pytest.mark.parametrize("how", COLOURS + MODES)
def test_however_it_is_made_invisible(how: str) -> None:
    pdf, page = blank()
    (xref,) = page.get_contents()
    font = page.get_fonts()[0][4]
    pdf.update_stream(xref, pdf.xref_stream(xref) + f"\nq {how} BT /{font} 11 Tf 72 700 Td (1,234.56) Tj ET Q".encode())
    assert words(pdf) == ["seen"]


@pytest.mark.parametrize("states", ["<</G 99999 0 R>>", "99999 0 R", "<</G<</X(/ca 1.2.3)>>>>"])
def test_states_that_are_none_do_not_keep_a_page_from_being_read(states: str) -> None:
    pdf, page = blank()
    (xref,) = page.get_contents()
    _, resources = pdf.xref_get_key(page.xref, "Resources")
    pdf.xref_set_key(int(resources.split()[0]), "ExtGState", states)
    pdf.update_stream(xref, pdf.xref_stream(xref) + b"\n/G gs")
    assert words(pdf) == ["seen"]


@pytest.mark.parametrize("place", [(700, 100), (72, 900), (-200, 100)], ids=str)
def test_text_outside_the_page_is_not_read(place: tuple[float, float]) -> None:
    pdf, page = blank()
    page.insert_text(place, "1,234.56")
    assert words(pdf) == ["seen"]


def test_text_outside_what_is_cropped_is_not_read() -> None:
    pdf, page = blank()
    page.insert_text((72, 500), "1,234.56")
    page.set_cropbox(pymupdf.Rect(0, 0, 595, 400))
    assert words(pdf) == ["seen"]


def test_clipped_text_is_not_read() -> None:
    pdf, page = blank()
    page.insert_text((72, 100), "1,234.56")
    (xref,) = (number for number in page.get_contents() if b"742" in pdf.xref_stream(number))
    pdf.update_stream(xref, b"q 0 0 20 20 re W n " + pdf.xref_stream(xref) + b" Q")
    assert words(pdf) == ["seen"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_white_text_on_dark_and_text_below_what_marks_it_are_read(turn: int) -> None:
    pdf, page = blank()
    page.draw_rect((60, 90, 300, 110), color=None, fill=(0, 0, 0.5))
    page.insert_text((72, 100), "head", color=(1, 1, 1))
    page.insert_text((72, 130), "marked")
    page.draw_rect((60, 120, 300, 140), color=None, fill=(1, 1, 0), fill_opacity=0.5)
    page.set_rotation(turn)
    assert words(pdf) == ["seen", "head", "marked"]


def test_white_text_on_a_picture_is_read() -> None:
    pdf, page = blank()
    picture = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 100, 20), False)
    picture.clear_with(60)
    page.insert_image((60, 90, 300, 110), pixmap=picture, keep_proportion=False)
    page.insert_text((72, 100), "head", color=(1, 1, 1))
    assert words(pdf) == ["seen", "head"]


def test_what_was_left_out_is_said() -> None:
    pdf = pymupdf.open(stream=table_pdf(), filetype="pdf")
    pdf[0].insert_text((72, 300), "9,999.99", render_mode=3)
    document = read_document(pdf.tobytes(), "a.pdf")
    assert [(p.code, p.page, p.params) for p in document.problems] == [("text-hidden", 1, {"words": "1"})]
    assert len(document.tables[0].rows) == 2


@pytest.mark.parametrize("over", [True, False], ids=["over it", "under text without ink"])
def test_a_page_that_shows_a_picture_is_a_picture_whatever_text_it_holds(over: bool) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=595, height=842)
    picture = pymupdf.open(stream=table_pdf(), filetype="pdf")[0].get_pixmap(dpi=100)
    lines = ["科目名称 合计 1,111.11 2,222.22"] * 20

    def write() -> None:
        for n, line in enumerate(lines):
            page.insert_text((72, 60 + 20 * n), line, fontname="china-s", render_mode=0 if over else 3)

    if over:
        write()
    page.insert_image(page.rect, pixmap=picture)
    if not over:
        write()
    document = read_document(pdf.tobytes(), "a.pdf")
    assert "no-text-layer" in [problem.code for problem in document.problems]
    assert document.paragraphs == ()
