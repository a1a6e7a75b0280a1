"""Text whose font nothing maps to characters is seen and cannot be read: no figure of it may become another figure."""

from __future__ import annotations

import pymupdf
import pytest

import triage
from ingest.document import read_document
from ingest.fonts import UNREADABLE
from ingest.page import read_page
from model.document import Status
from model.findings import Examination, Result, Severity
from model.limits import LIMITS

CJK, LATIN = pymupdf.Font("cjk"), pymupdf.Font("helv")
ROWS = [["科目名称", "合计", "基本支出", "项目支出"], ["教育支出", "30.00", "10.00", "20.00"], ["合计", "30.00", "10.00", "20.00"]]


@pytest.fixture(autouse=True)
def _no_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """As without the extra ``ocr``, with which such a page is read from its picture."""
    monkeypatch.setattr("ingest.ocr.is_installed", lambda: False)


def sheet(*others: tuple[int, int]) -> pymupdf.Document:
    """A ruled table in the font ``good``; the cells named are set in the font ``bad``."""
    pdf = pymupdf.open()
    page = pdf.new_page(width=595, height=842)
    page.insert_font(fontname="good", fontbuffer=CJK.buffer)
    page.insert_font(fontname="bad", fontbuffer=LATIN.buffer)
    page.insert_text((180, 80), "表1 部门支出总体情况表", fontname="good", fontsize=14)
    page.insert_text((440, 105), "单位：万元", fontname="good", fontsize=9)
    for i, row in enumerate(ROWS):
        for j, text in enumerate(row):
            rect = pymupdf.Rect(60 + j * 118, 115 + i * 22, 178 + j * 118, 137 + i * 22)
            page.draw_rect(rect, width=0.7)
            page.insert_text((rect.x0 + 4, rect.y1 - 7), text, fontname="bad" if (i, j) in others else "good", fontsize=9)
    return pdf


def without_map(pdf: pymupdf.Document, name: str, **keys: str) -> bytes:
    """The file with that font's ToUnicode map taken away, and other keys set."""
    (xref,) = (font[0] for font in pdf[0].get_fonts() if font[4] == name)
    for key, value in {"ToUnicode": "null", **keys}.items():
        pdf.xref_set_key(xref, key, value)
    return pdf.tobytes()


def examined(data: bytes) -> Examination:
    return triage.examine(data, "预算.pdf")


def test_a_cell_that_cannot_be_read_opens_its_checks_and_fails_none() -> None:
    found = examined(without_map(sheet((1, 2)), "bad"))
    assert [(p.code, p.page) for p in found.document.problems] == [("characters-unknown", 1)]
    assert found.document.status is Status.PARTIAL
    assert [source.text for source in found.facts.unread] == ["\ufffd" * 5]
    assert found.outcomes[Result.OPEN] >= 2  # its row and its column
    assert found.outcomes[Result.PASS] > 0
    assert [f for f in found.findings if f.severity is Severity.ERROR] == []


def test_the_same_sheet_with_its_map_is_read() -> None:
    found = examined(sheet((1, 2)).tobytes())
    assert found.document.problems == ()
    assert found.outcomes[Result.OPEN] == 0


def test_a_page_of_which_nothing_can_be_read_is_a_failure_and_no_figures() -> None:
    document = read_document(without_map(sheet(), "good"), "a.pdf")
    assert (document.status, [p.code for p in document.problems]) == (Status.FAILED, ["characters-unknown"])
    assert not any(text for table in document.tables for row in table.rows for text in row.texts)


def test_figures_whose_labels_cannot_be_read_say_nothing() -> None:
    figures = [(i, j) for i in (1, 2) for j in (1, 2, 3)]
    document = read_document(without_map(sheet(*figures), "good"), "a.pdf")
    assert document.status is Status.FAILED


@pytest.mark.parametrize(
    ("keys", "readable"),
    [
        ({"Subtype": "/TrueType", "Encoding": "/WinAnsiEncoding"}, True),
        ({"Subtype": "/TrueType", "Encoding": "null"}, False),
        ({"Subtype": "/Type1", "Encoding": "<</Differences[49/a50/a51]>>"}, False),
        ({"Subtype": "/Type1", "Encoding": "<</BaseEncoding/WinAnsiEncoding/Differences[49/one/two]>>"}, True),
        ({"Subtype": "/Type1", "Encoding": "<</BaseEncoding/WinAnsiEncoding/Differences[49/g12/g13]>>"}, False),
    ],
    ids=str,
)
def test_codes_are_figures_only_where_something_says_so(keys: dict[str, str], readable: bool) -> None:
    """An embedded symbolic font of one byte a character, as subsetting programs make it."""
    pdf = pymupdf.open()
    page = pdf.new_page()
    page.insert_font(fontname="good", fontbuffer=CJK.buffer)
    page.insert_text((72, 72), "合计支出", fontname="good")
    page.insert_text((72, 100), "1,234.56", fontname="helv")
    own, embedded = pdf.get_new_xref(), pdf.get_new_xref()
    pdf.update_object(embedded, "<<>>")
    pdf.update_stream(embedded, CJK.buffer)
    pdf.update_object(own, f"<</Type/FontDescriptor/FontName/AAAAAA+Own/Flags 4/FontFile2 {embedded} 0 R>>")
    (xref,) = (font[0] for font in page.get_fonts() if font[4] == "helv")
    pdf.update_object(xref, f"<</Type/Font/BaseFont/AAAAAA+Own/FontDescriptor {own} 0 R>>")
    for key, value in keys.items():
        pdf.xref_set_key(xref, key, value)
    reopened = pymupdf.open(stream=pdf.tobytes())
    words = [word.text for word in read_page(reopened[0], LIMITS).words]
    assert "合计支出" in words
    figures = [word for word in words if any(char.isdigit() for char in word)]
    assert figures == (["1,234.56"] if readable else [])


def with_digits(pdf: pymupdf.Document, name: str, digits: dict[str, str]) -> pymupdf.Document:
    """The file with a map for that font which says these digits of its glyphs, and nothing of others."""
    font = CJK if name == "good" else LATIN
    lines = "".join(f"<{font.has_glyph(ord(glyph)):04x}> <{ord(char):04x}>\n" for glyph, char in digits.items())
    (xref,) = (int(pdf.xref_get_key(font[0], "ToUnicode")[1].split()[0]) for font in pdf[0].get_fonts() if font[4] == name)
    pdf.update_stream(xref, f"1 begincodespacerange <0000> <ffff> endcodespacerange\n1 beginbfchar\n{lines}endbfchar".encode())
    return pymupdf.open(stream=pdf.tobytes())


def cells(pdf: pymupdf.Document) -> list[str]:
    """The texts of a page's words that have no letters."""
    return [word.text for word in read_page(pdf[0], LIMITS).words if not any(char.isalpha() for char in word.text)]


SAME = {char: char for char in "0123456789."}


def test_what_a_map_leaves_out_is_unknown_and_the_figures_beside_it_are_none() -> None:
    whole = with_digits(sheet((1, 2), (1, 3)), "bad", SAME)
    part = with_digits(sheet((1, 2), (1, 3)), "bad", {char: char for char in "01."})
    assert cells(whole) == ["30.00", "10.00", "20.00", "30.00", "10.00", "20.00"]
    assert cells(part) == ["30.00", "10.00", UNREADABLE * 5, "30.00", "10.00", "20.00"]


def test_a_map_that_says_other_digits_than_the_font_is_not_believed() -> None:
    lying = with_digits(sheet((1, 2), (1, 3)), "good", {**SAME, "1": "2", "2": "1"})  # the font has a table of characters
    assert [text for text in cells(lying) if UNREADABLE not in text] == ["10.00", "20.00"]  # in the other font
    document = read_document(lying.tobytes(), "a.pdf")
    assert "characters-unknown" in [problem.code for problem in document.problems]


def simple(map_of: bytes, encoding: str) -> list[str]:
    """What is read of 1,234.56 in an embedded symbolic font of one byte a character, with that map and encoding."""
    pdf = pymupdf.open()
    page = pdf.new_page()
    page.insert_font(fontname="good", fontbuffer=CJK.buffer)
    page.insert_text((72, 72), "合计支出", fontname="good")
    page.insert_text((72, 100), "1,234.56", fontname="helv")
    own, embedded, table = pdf.get_new_xref(), pdf.get_new_xref(), pdf.get_new_xref()
    for xref, stream in ((embedded, CJK.buffer), (table, map_of)):
        pdf.update_object(xref, "<<>>")
        pdf.update_stream(xref, stream)
    pdf.update_object(own, f"<</Type/FontDescriptor/FontName/AAAAAA+Own/Flags 4/FontFile2 {embedded} 0 R>>")
    (xref,) = (font[0] for font in page.get_fonts() if font[4] == "helv")
    font = f"<</Type/Font/Subtype/TrueType/BaseFont/AAAAAA+Own/FontDescriptor {own} 0 R/ToUnicode {table} 0 R{encoding}>>"
    pdf.update_object(xref, font)
    return cells(pymupdf.open(stream=pdf.tobytes()))


RANGE = b"1 begincodespacerange <00> <ff> endcodespacerange\n1 beginbfrange\n%s\nendbfrange"


@pytest.mark.parametrize(
    ("table", "encoding", "readable"),
    [
        (b"<20> <7e> <0020>", "", True),
        (b"<20> <33> <0020>", "", False),
        (b"<20> <33> <0020>", "/Encoding/WinAnsiEncoding", True),
        (b"<31> <32> [<0032> <0031>]", "/Encoding/WinAnsiEncoding", False),
        (b"<30> <39> [<0030> <0032> <0031> <0033> <0034> <0035> <0036> <0037> <0038> <0039>]", "", True),
    ],
    ids=["whole", "part", "part, encoded", "other than encoded", "nothing to compare with"],
)
def test_a_font_of_one_byte_a_character_is_believed_as_far_as_its_map_goes(table: bytes, encoding: str, readable: bool) -> None:
    assert any(char.isdigit() for char in "".join(simple(RANGE % table, encoding))) is readable


def test_a_figure_beside_an_unknown_character_is_none() -> None:
    from ingest.numbers import scan_figures

    assert scan_figures("支出\ufffd4.56万元") == []
    assert len(scan_figures("支出4.56万元")) == 1


def test_a_font_that_refers_to_nothing_leaves_the_rest_of_its_page_to_be_read() -> None:
    pdf = sheet((1, 2))
    (xref,) = (font[0] for font in pdf[0].get_fonts() if font[4] == "bad")
    pdf.xref_set_key(xref, "DescendantFonts", "[99999 0 R]")
    found = examined(pdf.tobytes())
    assert found.document.status is not Status.FAILED
    assert found.outcomes[Result.PASS] > 0
