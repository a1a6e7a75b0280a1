"""Small PDFs and examinations made on the spot, so that a test shows what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pymupdf

from model.document import Cell, Document, Kind, Page, Problem, Row, Status, Table
from model.facts import Facts, Source
from model.findings import Coverage, Examination, Finding, Location, Result, Severity, Suspect
from model.geometry import Box, Place

ROOT = Path(__file__).resolve().parent.parent
BUDGET = [["科目名称", "合计", "基本支出", "项目支出"], ["教育支出", "30.00", "10.00", "20.00"], ["合计", "30.00", "10.00", "20.00"]]


def table_pdf(rows: Sequence[Sequence[str]] = BUDGET, title: str = "表1 部门支出总体情况表", unit: str = "单位：万元") -> bytes:
    """A page with a title, a unit and one ruled table."""
    pdf = pymupdf.open()
    page = pdf.new_page(width=595, height=842)
    page.insert_text((180, 80), title, fontname="china-s", fontsize=14)
    page.insert_text((440, 105), unit, fontname="china-s", fontsize=9)
    left, top, width, height = 60, 115, 118, 22
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            rect = pymupdf.Rect(left + j * width, top + i * height, left + (j + 1) * width, top + (i + 1) * height)
            page.draw_rect(rect, width=0.7)
            page.insert_text((rect.x0 + 4, rect.y1 - 7), text, fontname="china-s", fontsize=9)
    return pdf.tobytes()


def text_pdf(*lines: str) -> bytes:
    """A page with lines of text and no table."""
    pdf = pymupdf.open()
    page = pdf.new_page(width=595, height=842)
    for n, line in enumerate(lines):
        page.insert_text((72, 90 + 24 * n), line, fontname="china-s", fontsize=11)
    return pdf.tobytes()


def image_pdf() -> bytes:
    """A page that is a picture, as a scanner makes it."""
    pdf = pymupdf.open()
    page = pdf.new_page(width=595, height=842)
    picture = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 100, 140), False)
    picture.clear_with(200)
    page.insert_image(page.rect, pixmap=picture)
    return pdf.tobytes()


def encrypted_pdf() -> bytes:
    """A PDF that cannot be opened without its password."""
    pdf = pymupdf.open(stream=table_pdf(), filetype="pdf")
    return pdf.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="owner", user_pw="secret")


def pageless_pdf() -> bytes:
    """A well-formed PDF with 0 pages."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"xref\n0 3\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + table + b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)


def place(page: int = 1, left: float = 10.0, top: float = 20.0) -> Place:
    """A box of 40 by 12 points."""
    return Place(page, Box(left, top, left + 40, top + 12))


def source(text: str = "301.00", row: str = "206 科学技术支出", column: str = "支出预算 › 合计", page: int = 1) -> Source:
    """A figure in the first body cell of table T01."""
    return Source(place(page), text, row, column, table="T01", row=0, column=0)


def finding(severity: Severity = Severity.ERROR, rule: str = "FT101", **changes: object) -> Finding:
    """A finding with one location and a suspect."""
    fields: dict[str, object] = {
        "id": "a41f09c2",
        "rule": rule,
        "name": "column-does-not-foot",
        "severity": severity,
        "locations": (Location("total", source()),),
        "stated": "301.00",
        "expected": "310.00",
        "difference": "-9.00",
        "unit": "万元",
        "suspect": Suspect(source(), "310.00", "transposition", 5),
    }
    return Finding(**{**fields, **changes})  # type: ignore[arg-type]


def examination(*findings: Finding, sha256: str = "ab" * 32, name: str = "预算.pdf", **changes: object) -> Examination:
    """A document of one table and one page, with these findings."""
    cell = Cell("301.00", Box(10, 20, 50, 32))
    row = Row(1, Box(10, 20, 50, 32), (cell,))
    table = Table("T01", "表1", "支出表", "万元", (("合计",),), (row,), (), place())
    fields: dict[str, object] = {
        "sha256": sha256,
        "name": name,
        "status": Status.OK,
        "pages": (Page(1, 595.0, 842.0),),
        "tables": (table,),
        "title": "某部门2026年部门预算",
        "organization": "某部门",
        "fiscal_year": 2026,
        "kind": Kind.BUDGET,
    }
    document = Document(**{**fields, **changes})  # type: ignore[arg-type]
    outcomes = {Result.PASS: 3, Result.FAIL: len(findings)}
    return Examination(document, Facts(), findings, outcomes, Coverage(4, 3), {"ingest": 0.25, "checks": 0.01})


def failed(code: str = "not-a-pdf", **params: str) -> Examination:
    """A document that could not be read."""
    return examination(status=Status.FAILED, pages=(), tables=(), problems=(Problem(code, params=params),))
