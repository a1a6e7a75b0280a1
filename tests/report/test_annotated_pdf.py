"""The marked PDF, opened again: original bytes first, marks on the figures, notes that say what was found, bookmarks."""

from __future__ import annotations

from collections.abc import Iterator

import pymupdf
import pytest
from factory import Case, case

from making import encrypted_pdf
from model.assessment import Assessment, Standing
from model.geometry import Box
from report.annotated_pdf import annotate

ORIGINAL_TOC = [[1, "第一部分 概况", 1], [1, "第二部分 表格", 2], [2, "表3", 2]]


def marked(made: Case, said: dict[str, Assessment] | None = None) -> bytes:
    sha = made.examination.document.sha256
    result = annotate(made.pdf, made.examination, {sha: said or {}}, "zh")
    assert result.reason == ""
    assert result.data is not None
    return result.data


def notes(data: bytes) -> Iterator[tuple[int, str, Box, str]]:
    """Page, kind, box as displayed and text of each note."""
    with pymupdf.open(stream=data, filetype="pdf") as pdf:
        for number, page in enumerate(pdf, 1):
            for note in page.annots():
                yield number, note.type[1], Box(*(note.rect * page.rotation_matrix)), note.info["content"]


def test_the_original_is_an_exact_prefix() -> None:
    made = case()
    data = marked(made)
    assert data.startswith(made.pdf)
    assert len(data) > len(made.pdf)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_every_figure_is_marked_where_it_stands(rotation: int) -> None:
    made = case("sum", rotation=rotation)
    found = list(notes(marked(made)))
    locations = made.examination.findings[0].locations
    assert len(found) == len(locations)
    for location in locations:
        place = location.source.place
        (note,) = (note for note in found if note[0] == place.page and note[2].holds(*place.box.center))
        assert note[2].width - place.box.width < 25
        assert note[2].height - place.box.height < 25


def test_the_suspect_is_stronger_than_what_it_was_compared_with() -> None:
    with pymupdf.open(stream=marked(case("sum")), filetype="pdf") as pdf:
        strong, *weak = (note.colors["stroke"] for note in pdf[1].annots())
    assert all(strong[1] < other[1] and strong[2] < other[2] for other in weak)


def test_the_note_says_what_was_found() -> None:
    made = case("sum")
    (text,) = (
        text
        for page, _, box, text in notes(marked(made))
        if page == 2 and box.holds(*made.examination.findings[0].locations[0].source.place.box.center)
    )
    assert "错误 · 206 科学技术支出：各项之和与合计不符" in text
    assert "301.00 ≠ 230.00 + 80.00 = 310.00" in text
    assert text.endswith("待核实")


def test_the_status_is_in_the_note_and_the_rejected_are_not_marked() -> None:
    made = case("sum", "direction")
    said = {"a41f09c2": Assessment(Standing.CONFIRMED, "已更正"), "b0": Assessment(Standing.REJECTED)}
    texts = [text for *_, text in notes(marked(made, said))]
    assert any("属实：已更正" in text for text in texts)
    assert not any("增减方向" in text for text in texts)


def test_two_findings_on_one_figure_share_a_note() -> None:
    found = [
        text for page, _, _, text in notes(marked(case("sum", "rounding"))) if page == 2 and "a41f09c2] 错误" in text and "c0]" in text
    ]
    assert len(found) == 1


def test_a_whole_table_is_framed_and_not_painted_over() -> None:
    assert [kind for _, kind, _, _ in notes(marked(case("missing")))] == ["Square"]


def test_bookmarks_follow_the_documents_own() -> None:
    with pymupdf.open(stream=marked(case()), filetype="pdf") as pdf:
        toc = pdf.get_toc()
    assert toc[:3] == ORIGINAL_TOC
    assert [entry[:2] for entry in toc[3:]] == [
        [1, "勾稽疑点（4 项）"],
        [2, "错误（1）"],
        [3, "第2页 206 科学技术支出：各项之和与合计不符"],
        [2, "疑问（1）"],
        [3, "第3页 科学技术支出：增减方向与增长率矛盾"],
        [2, "尾差（1）"],
        [3, "第2页 合计：各项之和与合计不符"],
        [2, "提示（1）"],
        [3, "第2页 表4：增减方向与增长率矛盾"],
    ]
    assert [entry[2] for entry in toc[3:]] == [2, 2, 2, 3, 3, 2, 2, 2, 2]


def test_the_same_findings_give_the_same_bytes() -> None:
    made = case()
    assert marked(made) == marked(made)


def test_a_file_with_a_password_is_left_alone() -> None:
    result = annotate(encrypted_pdf(), case().examination, {}, "zh")
    assert (result.data, result.reason) == (None, "encrypted")


def test_what_its_owner_forbids_is_not_done() -> None:
    made = case()
    with pymupdf.open(stream=made.pdf, filetype="pdf") as pdf:
        locked = pdf.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="owner", permissions=pymupdf.PDF_PERM_PRINT)
    result = annotate(locked, made.examination, {}, "zh")
    assert (result.data, result.reason) == (None, "forbidden")


def test_an_encrypted_file_that_permits_notes_keeps_its_bytes() -> None:
    made = case()
    with pymupdf.open(stream=made.pdf, filetype="pdf") as pdf:
        locked = pdf.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="owner", permissions=pymupdf.PDF_PERM_ANNOTATE)
    data = marked(Case(locked, made.examination))
    assert data.startswith(locked)
    assert len(list(notes(data))) > 4


def test_a_damaged_file_is_written_anew_and_says_so() -> None:
    made = case("sum")
    damaged = made.pdf[: made.pdf.rindex(b"startxref")]
    result = annotate(damaged, made.examination, {}, "zh")
    assert result.reason == "rewritten"
    assert result.data is not None
    assert len(list(notes(result.data))) == 4


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.4\n"], ids=["empty", "text", "header"])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    result = annotate(data, case().examination, {}, "zh")
    assert (result.data, result.reason) == (None, "unreadable")
