"""A small disclosure made on the spot, with its PDF: a table whose total is wrong, a sentence that disagrees with it.

Every box of the document is where the PDF has its words, so that marks and pictures can be checked on the page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pymupdf

from model.document import Cell, Document, Kind, Line, Page, Paragraph, Row, Status, Table
from model.facts import Facts, Source
from model.findings import Coverage, Examination, Finding, Location, Result, Severity, Suspect
from model.geometry import Box, Place

HEADER = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
ROWS = (
    ("205", "教育支出", "1,230.00", "1,030.00", "200.00"),
    ("206", "科学技术支出", "301.00", "230.00", "80.00"),
    ("208", "社会保障和就业支出", "56.70", "56.70", ""),
    ("210", "卫生健康支出", "43.21", "43.21", ""),
    ("211", "节能环保支出", "12.00", "", "12.00"),
    ("213", "农林水支出", "8.00", "", "8.00"),
    ("221", "住房保障支出", "77.77", "77.77", ""),
    ("", "合计", "1,737.68", "1,437.68", "300.00"),
)
SENTENCE = "2026年科学技术支出预算310.00万元，比上年增加9.00万元，下降3.0%。"
SECTION = ("第三部分 情况说明", "四、支出预算情况说明")
EVIL = '=HYPERLINK("http://x.example","点我")'
WORDS = {
    "finding.ZZ101.title": "{row}：各项之和与合计不符",
    "finding.ZZ101.explanation": "把{row}的基本支出与项目支出相加得 {expected}，表中合计为 {stated}，相差超过四舍五入所能解释的范围。",
    "finding.ZZ101.basis": "部门预算公开表式：合计等于基本支出与项目支出之和。",
    "finding.ZZ202.title": "{row}：增减方向与增长率矛盾",
    "finding.ZZ202.explanation": "同一句先说增加，又说下降。",
    "finding.ZZ202.basis": "文字说明应与数据一致。",
}
LEFT, TOP, WIDTH, HEIGHT = 60.0, 130.0, 95.0, 22.0


@dataclass(frozen=True)
class Case:
    """An examination with the PDF it is about."""

    pdf: bytes
    examination: Examination


def case(
    *findings: str,
    rotation: int = 0,
    name: str = "公开.pdf",
    title: str = "某市科学技术局2026年部门预算",
    rows: Sequence[Sequence[str]] = ROWS,
) -> Case:
    """The document with the findings named (``sum``, ``direction``, ``rounding``, ``missing``, ``evil``); without names, the first four.

    Page 1 is the cover, page 2 the table (turned by ``rotation``), page 3 the sentence.
    """
    pdf = pymupdf.open()
    pdf.new_page(width=595, height=842).insert_text((120, 300), title, fontname="china-s", fontsize=22)
    table = draw_table(pdf.new_page(width=595, height=842), rows, rotation)
    paragraph = draw_sentence(pdf.new_page(width=595, height=842))
    pdf.set_toc([[1, "第一部分 概况", 1], [1, "第二部分 表格", 2], [2, "表3", 2]])
    data = pdf.tobytes(no_new_id=True)
    pages = tuple(Page(n, page.rect.width, page.rect.height) for n, page in enumerate(pdf, 1))
    document = Document(
        hashlib.sha256(data).hexdigest(), name, Status.OK, pages, (table,), (paragraph,), (), title, "某市科学技术局", 2026, Kind.BUDGET
    )
    makers = {"sum": wrong_sum, "direction": wrong_direction, "rounding": rounding, "missing": missing, "evil": evil}
    chosen = findings or ("sum", "direction", "rounding", "missing")
    made = tuple(makers[finding](document) for finding in chosen)
    outcomes = {Result.PASS: 20, Result.ROUNDING: 1, Result.FAIL: 3, Result.NOT_APPLICABLE: 2, Result.OPEN: 1}
    return Case(data, Examination(document, Facts(), made, outcomes, Coverage(34, 30)))


def draw_table(page: pymupdf.Page, rows: Sequence[Sequence[str]], rotation: int) -> Table:
    """A ruled table; its boxes as displayed."""
    page.insert_text((200, 80), "表3 部门支出总体情况表", fontname="china-s", fontsize=14)
    page.insert_text((470, 110), "单位：万元", fontname="china-s", fontsize=9)
    page.set_rotation(rotation)
    made = []
    for i, texts in enumerate((HEADER, *rows)):
        cells = []
        for j, text in enumerate(texts):
            rect = pymupdf.Rect(LEFT + j * WIDTH, TOP + i * HEIGHT, LEFT + (j + 1) * WIDTH, TOP + (i + 1) * HEIGHT)
            page.draw_rect(rect, width=0.7)
            page.insert_text((rect.x0 + 4, rect.y1 - 7), text, fontname="china-s", fontsize=9)
            length = pymupdf.get_text_length(text, "china-s", 9)
            ink = pymupdf.Rect(rect.x0 + 4, rect.y1 - 16, rect.x0 + 4 + length, rect.y1 - 5)
            cells.append(Cell(text, displayed(page, rect), displayed(page, ink) if text else None))
        made.append(Row(2, cells[0].box.union(cells[-1].box), tuple(cells)))
    header, *body = made
    place = Place(2, header.box.union(body[-1].box))
    return Table(
        "T03", "表3", "部门支出总体情况表", "万元", tuple((h,) for h in HEADER), tuple(body), (header,), place, "expenditure_summary"
    )


def draw_sentence(page: pymupdf.Page) -> Paragraph:
    """One line of running text."""
    page.insert_text((72, 100), SECTION[1], fontname="china-s", fontsize=14)
    page.insert_text((72, 140), SENTENCE, fontname="china-s", fontsize=11)
    edges = tuple(72 + pymupdf.get_text_length(SENTENCE[:n], "china-s", 11) for n in range(len(SENTENCE) + 1))
    return Paragraph(SENTENCE, (Line(0, len(SENTENCE), 3, Box(72, 130, edges[-1], 143), edges),), SECTION)


def displayed(page: pymupdf.Page, rect: pymupdf.Rect) -> Box:
    """A rectangle of the unrotated page as displayed."""
    return Box(*(rect * page.rotation_matrix))


def cell(document: Document, row: int, column: int) -> Source:
    """A figure of the table."""
    table = document.tables[0]
    texts = table.rows[row].texts
    return Source(
        table.place_of(row, column), texts[column], " ".join(texts[:2]).strip(), HEADER[column], table="T03", row=row, column=column
    )


def words_of(document: Document, text: str) -> Source:
    """Words of the sentence."""
    start = SENTENCE.index(text)
    place = document.paragraphs[0].places(start, start + len(text))[0]
    return Source(place, text, "科学技术支出", "", paragraph=0, start=start, end=start + len(text))


def wrong_sum(document: Document) -> Finding:
    """301.00 where 230.00 and 80.00 make 310.00."""
    at = next(n for n, row in enumerate(document.tables[0].rows) if row.texts[0] == "206")
    total, *parts = (cell(document, at, column) for column in (2, 3, 4))
    return Finding(
        "a41f09c2",
        "ZZ101",
        "row-does-not-foot",
        Severity.ERROR,
        (Location("total", total), *(Location("part", part) for part in parts), Location("related", words_of(document, "310.00"))),
        {"row": total.row_label, "stated": "301.00", "expected": "310.00"},
        equation="表3[206·合计] 301.00 ≠ 230.00 + 80.00 = 310.00",
        stated="301.00",
        expected="310.00",
        difference="-9.00",
        unit="万元",
        suspect=Suspect(total, "310.00", "transposition", 3),
        symptoms=("TI201", "CF101"),
    )


def wrong_direction(document: Document) -> Finding:
    """The sentence says up and down at once."""
    places = tuple(Location("stated", words_of(document, word)) for word in ("增加", "下降"))
    return Finding(
        "b0", "ZZ202", "direction-contradicts", Severity.WARNING, places, {"row": "科学技术支出"}, stated="下降", expected="增长"
    )


def rounding(document: Document) -> Finding:
    """The grand total is off by one in the last place."""
    places = (Location("total", cell(document, 7, 2)), *(Location("part", cell(document, row, 2)) for row in range(7)))
    params = {"row": "合计", "stated": "1,737.68", "expected": "1,737.69"}
    return Finding(
        "c0",
        "ZZ101",
        "column-does-not-foot",
        Severity.ROUNDING,
        places,
        params,
        stated="1,737.68",
        expected="1,737.69",
        difference="-0.01",
        unit="万元",
    )


def missing(document: Document) -> Finding:
    """A table that should follow the last one."""
    due = Source(document.tables[0].place, "", "", "", table="T03")
    return Finding("d0", "ZZ202", "table-missing", Severity.NOTICE, (Location("due", due),), {"row": "表4"})


def evil(document: Document) -> Finding:
    """Text that would be a formula, markup, a link or broken XML."""
    source = replace(cell(document, 0, 2), text="@SUM(A1)", row_label=EVIL, column_label="<b>|粗体|</b>\x00\x0b")
    params = {"row": "+cmd|' /C calc'!A0 **粗** [x](http://x.example) <script>\u202e"}
    return Finding(
        "e0",
        "ZZ101",
        "evil",
        Severity.ERROR,
        (Location("total", source),),
        {"stated": EVIL, "expected": "-1", **params},
        equation="-2+3",
        stated=EVIL,
        expected="@SUM(1)",
        difference="-1.50",
        unit="\t=1",
    )
