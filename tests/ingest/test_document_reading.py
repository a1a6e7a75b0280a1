"""``read_document`` as a whole: bad files become problems, and the shipped sample is read to the last figure."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pymupdf
import pytest
from painting import HEADER, XS, Canvas

from ingest import Limits, draw, ocr, read_document
from model.document import Document, Status
from words import knows

AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")
NO_PAGES = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \ntrailer<</Size 3/Root 1 0 R>>\nstartxref\n105\n%%EOF"
)


def painted() -> Canvas:
    """A page with a title and a table."""
    canvas = Canvas()
    canvas.text(180, 90, "支出总表（单位：万元）")
    canvas.table(XS, 100, [HEADER, ["201", "教育支出", "5.00"]])
    return canvas


def locked() -> bytes:
    """A file that asks for a password."""
    data: bytes = painted().pdf.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="user", owner_pw="owner")
    return data


def scanned() -> bytes:
    """A page that is a picture of a page."""
    picture = painted().page.get_pixmap(dpi=50)
    pdf = pymupdf.open()
    pdf.new_page().insert_image((0, 0, 595, 842), pixmap=picture)
    data: bytes = pdf.tobytes()
    return data


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b"", ["empty-file"]),
        (b"<html>not found</html>", ["not-a-pdf"]),
        (b"%PDF-1.7\n" + bytes(range(256)), ["damaged"]),
        (NO_PAGES, ["no-pages"]),
        (locked(), ["encrypted"]),
        (scanned(), ["no-text-layer", "needs-ocr"]),
        (Canvas().bytes(), ["blank"]),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem_not_an_exception(monkeypatch: pytest.MonkeyPatch, data: bytes, codes: list[str]) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    document = read_document(data, "bad.pdf")
    assert document.status is Status.FAILED
    assert [problem.code for problem in document.problems] == codes
    assert (document.tables, document.paragraphs) == ((), ())
    assert all(knows(f"problem.{code}") for code in codes)


@pytest.mark.parametrize(("limits", "code"), [(Limits(bytes=100), "file-too-large"), (Limits(pages=0), "too-many-pages")])
def test_a_file_beyond_the_limits_is_refused(limits: Limits, code: str) -> None:
    document = read_document(painted().bytes(), "large.pdf", limits)
    assert (document.status, [p.code for p in document.problems]) == (Status.FAILED, [code])
    assert knows(f"problem.{code}")


@pytest.mark.parametrize("limits", [Limits(rules_per_page=2), Limits(words_per_page=2)])
def test_a_page_beyond_the_limits_is_read_in_part(limits: Limits) -> None:
    document = read_document(painted().bytes(), "crowded.pdf", limits)
    assert (document.status, document.problems[0].code) == (Status.PARTIAL, "page-too-complex")
    assert knows("problem.page-too-complex")


def test_a_page_without_text_among_others_leaves_the_rest_readable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    canvas = painted()
    canvas.next_page().insert_image((0, 0, 595, 842), pixmap=canvas.pdf[0].get_pixmap(dpi=50))
    document = canvas.read()
    assert document.status is Status.PARTIAL
    assert [(p.code, p.page) for p in document.problems] == [("no-text-layer", 2)]
    assert len(document.tables) == 1
    assert [page.has_text for page in document.pages] == [True, False]


def test_a_file_cut_short_is_read_as_far_as_it_goes(sample: Path) -> None:
    data = sample.read_bytes()
    document = read_document(data[: len(data) * 9 // 10], "cut.pdf")
    assert document.status is Status.PARTIAL
    assert document.problems[0].code == "repaired"
    assert document.tables


def test_an_owner_password_alone_hinders_nobody() -> None:
    data = painted().pdf.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="owner")
    assert read_document(data, "owned.pdf").status is Status.OK


def test_a_text_without_tables_says_so() -> None:
    canvas = Canvas()
    canvas.text(100, 100, "收入5.00万元。")
    assert [p.code for p in canvas.read().problems] == ["no-tables"]


def test_the_identity_is_the_bytes_hash() -> None:
    data = painted().bytes()
    assert read_document(data, "a.pdf").sha256 == read_document(data, "b.pdf").sha256


def test_what_was_recognised_can_be_drawn() -> None:
    canvas = painted()
    data = canvas.bytes()
    image = draw(data, canvas.read(), 1, dpi=60)
    assert image.startswith(b"\x89PNG")
    assert image != canvas.page.get_pixmap(dpi=60).tobytes("png")
    with pytest.raises(ValueError, match="no page 2"):
        draw(data, canvas.read(), 2)


def held(document: Document) -> Counter[str]:
    """The amounts in a document's cells and paragraphs."""
    texts = [cell.text for table in document.tables for row in (*table.header, *table.rows) for cell in row.cells]
    return Counter(amount for text in (*texts, *(p.text for p in document.paragraphs)) for amount in AMOUNT.findall(text))


def printed(data: bytes) -> Counter[str]:
    """The amounts among a file's words."""
    return Counter(amount for page in pymupdf.open(stream=data) for word in page.get_text("words") for amount in AMOUNT.findall(word[4]))


def test_the_sample_is_read_to_the_last_figure(sample: Path) -> None:
    data = sample.read_bytes()
    document = read_document(data, sample.name)
    assert (document.status, document.fiscal_year, document.kind.value) == (Status.OK, 2026, "budget")
    assert document.organization == "阿图什市商务科技和工业信息化局"
    assert [t.number for t in document.tables[:12]] == [f"表{n}" for n in range(1, 13)]
    assert {t.unit for t in document.tables[:12]} == {"万元"}
    assert document.table("T02").pages == (11, 12)
    assert document.table("T03").columns[4:] == (("支出预算", "合计"), ("支出预算", "基本支出"), ("支出预算", "项目支出"))
    assert document.table("T03").rows[-1].texts == ("", "", "", "总计", "6,544.63", "542.49", "6,002.15")
    assert held(document) == printed(data)


def test_every_cell_and_line_of_the_sample_lies_on_its_page(sample: Path) -> None:
    document = read_document(sample.read_bytes(), sample.name)
    sizes = {page.number: (page.width, page.height) for page in document.pages}
    boxes = [(row.page, cell.box) for t in document.tables for row in t.rows for cell in row.cells]
    boxes += [(line.page, line.box) for p in document.paragraphs for line in p.lines]
    for page, box in boxes:
        width, height = sizes[page]
        assert 0 <= box.x0 <= box.x1 <= width
        assert 0 <= box.y0 <= box.y1 <= height


def test_tables_transcribed_by_eye_are_read_exactly(shared: Path) -> None:
    squeezed = lambda cells: [re.sub(r"\s+", "", cell) for cell in cells]  # noqa: E731
    read: dict[str, Document] = {}
    wrong = []
    for path in sorted((shared / "table_truth").glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        name = truth["document"]
        if name not in read:
            read[name] = read_document((shared / "documents" / f"{name}.pdf").read_bytes(), name)
        have = [squeezed(row.texts) for t in read[name].tables if truth["page"] in t.pages for row in t.rows]
        body = [squeezed(row) for row in truth["grid"][truth["header_rows"] :]]
        if not all(any(row == other or [c for c in row if c] == [c for c in other if c] for other in have) for row in body):
            wrong.append(path.name)
    assert wrong == []


def test_every_printed_amount_of_the_shared_documents_is_kept(shared: Path) -> None:
    lost = {}
    for path in sorted((shared / "documents").glob("*.pdf")):
        if "borderless" in path.name:
            continue
        data = path.read_bytes()
        missing = printed(data) - held(read_document(data, path.name))
        joined = {amount for amount in missing if any(whole.startswith(amount) for whole in held(read_document(data, path.name)))}
        if set(missing) - joined:  # a figure broken over two lines is printed as two words
            lost[path.name] = set(missing) - joined
    assert lost == {}
