"""Scans: pages that are pictures, askew and dirty, are read as the pages they show."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from ingest import ocr

if not ocr.is_installed():
    pytest.skip("needs the extra 'ocr' (pip install gouji[ocr])", allow_module_level=True)

import cv2
import numpy as np
import pymupdf

from ingest import read_document, read_facts
from ingest.ocr.recognizer import Reading as Read
from ingest.ocr.recognizer import well_formed
from ingest.ocr.scan import agreed
from making import ROOT, table_pdf, text_pdf
from model.document import CERTAIN, Document, Reading, Status

ROWS = [
    ["科目名称", "合计", "基本支出", "项目支出"],
    ["教育支出", "1,376.35", "376.35", "1,000.00"],
    ["住房保障支出", "38.11", "38.11", ""],
    ["合计", "1,414.46", "414.46", "1,000.00"],
]


def pictured(data: bytes, angle: float = 0.0, specks: float = 0.0, dpi: int = 150, quarters: int = 0) -> bytes:
    """The same file with every page a picture, turned by some degrees and by quarters to the left, part of its pixels dirty."""
    source, made = pymupdf.open(stream=data, filetype="pdf"), pymupdf.open()
    noise = np.random.default_rng(1)
    for page in source:
        pixels = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
        grey = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.stride)[:, : pixels.width].copy()
        turn = cv2.getRotationMatrix2D((pixels.width / 2, pixels.height / 2), angle, 1)
        grey = cv2.warpAffine(grey, turn, grey.shape[::-1], borderValue=255)
        grey[noise.random(grey.shape) < specks] = 0
        grey = np.rot90(grey, quarters)
        width, height = (page.rect.width, page.rect.height)[:: -1 if quarters % 2 else 1]
        target = made.new_page(width=width, height=height)
        target.insert_image(target.rect, stream=cv2.imencode(".png", grey)[1].tobytes())
    result: bytes = made.tobytes()
    return result


def read(data: bytes) -> Document:
    """The document of a file."""
    return read_document(data, "scan.pdf")


@pytest.mark.parametrize(("angle", "specks"), [(0.0, 0.0), (1.2, 0.0005), (-2.5, 0.0)])
def test_a_scanned_table_reads_as_its_text(angle: float, specks: float) -> None:
    document = read(pictured(table_pdf(ROWS), angle, specks))
    (table,) = document.tables
    assert (document.status, document.problems) == (Status.OK, ())
    assert table.reading is Reading.OCR
    assert (table.number, table.title, table.unit) == ("表1", "部门支出总体情况表", "万元")
    assert [list(row.texts) for row in table.rows] == ROWS[1:]
    sums = {fact.source.text: fact.amount.value for fact in read_facts(document).cells}
    assert sums["1,414.46"] == Decimal("1414.46")


def test_places_are_those_of_the_page_as_displayed() -> None:
    straight, askew = (read(pictured(table_pdf(ROWS), angle)).tables[0].place_of(2, 1).box for angle in (0.0, 2.0))
    assert abs(straight.center[1] - askew.center[1]) > 2  # the turn moves that cell
    turned = cv2.transform(np.array([[straight.center]]), cv2.getRotationMatrix2D((595 / 2, 842 / 2), 2.0, 1))[0][0]
    assert np.allclose(turned, askew.center, atol=2.5)


def test_scanned_pages_among_others_are_read_with_them() -> None:
    both = pymupdf.open(stream=text_pdf("一、部门概况", "本部门负责教育工作。"), filetype="pdf")
    both.insert_pdf(pymupdf.open(stream=pictured(table_pdf(ROWS)), filetype="pdf"))
    document = read(both.tobytes())
    assert document.status is Status.OK
    assert [table.pages for table in document.tables] == [(2,)]
    assert any("教育工作" in paragraph.text for paragraph in document.paragraphs)


def test_a_page_number_on_a_picture_does_not_hide_that_it_is_one() -> None:
    file = pymupdf.open(stream=pictured(table_pdf(ROWS)), filetype="pdf")
    file[0].insert_text((290, 820), "1", fontsize=9)
    assert len(read(file.tobytes()).tables[0].rows) == 3


def test_a_picture_without_text_is_a_problem() -> None:
    grey = np.full((700, 500), 200, np.uint8)
    file = pymupdf.open()
    file.new_page().insert_image((0, 0, 595, 842), stream=cv2.imencode(".png", grey)[1].tobytes())
    document = read(file.tobytes())
    assert (document.status, [p.code for p in document.problems]) == (Status.FAILED, ["nothing-recognised"])


@pytest.mark.parametrize(("text", "meant"), [("5.392.15", "5,392.15"), (".110.00", "110.00"), ("1,0.32.49", "1,032.49")])
def test_a_figure_not_set_as_one_is_mended_and_doubtful(text: str, meant: str) -> None:
    mended = well_formed(Read(text, (0.99,) * len(text)))
    assert mended.text == meant
    assert max(mended.sure) < CERTAIN
    assert text in mended.others


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_on_its_side_or_its_head_is_read_and_its_places_are_those_displayed(quarters: int) -> None:
    document = read(pictured(table_pdf(ROWS), quarters=quarters))
    (table,) = document.tables
    assert [list(row.texts) for row in table.rows] == ROWS[1:]
    x, y = read(pictured(table_pdf(ROWS))).tables[0].place_of(2, 1).box.center
    expected = {1: (y, 595 - x), 2: (595 - x, 842 - y), 3: (842 - y, x)}[quarters]
    assert np.allclose(table.place_of(2, 1).box.center, expected, atol=2.5)


def drawn(change: Callable[[np.ndarray], None]) -> Document:
    """The table as a picture at 150 dpi with something drawn over it."""
    pixels = pymupdf.open(stream=table_pdf(ROWS), filetype="pdf")[0].get_pixmap(dpi=150, colorspace=pymupdf.csGRAY)
    grey = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.stride)[:, : pixels.width].copy()
    change(grey)
    made = pymupdf.open()
    page = made.new_page(width=595, height=842)
    page.insert_image(page.rect, stream=cv2.imencode(".png", grey)[1].tobytes())
    return read(made.tobytes())


def points(*values: float) -> list[int]:
    """Points as pixels at 150 dpi."""
    return [round(value * 150 / 72) for value in values]


def test_ink_in_a_cell_that_nothing_recognises_is_unreadable_and_not_blank() -> None:
    def scribble(grey: np.ndarray) -> None:
        x0, y0, x1, y1 = points(320, 141, 345, 155)  # a figure of the column "基本支出"
        grey[y0:y1, x0 - 25 : x1] = 255
        cv2.ellipse(grey, ((x0 + x1) // 2, (y0 + y1) // 2), ((x1 - x0) // 3, (y1 - y0) // 3), 0, 0, 250, 90, 2)

    cell = drawn(scribble).tables[0].rows[0].cells[2]
    assert cell.text
    assert cell.doubtful


def test_a_pale_border_with_gaps_is_one() -> None:
    def fade(grey: np.ndarray) -> None:
        left, top, right, bottom = points(56, 155, 540, 163)
        grey[top:bottom, left:right] = np.maximum(grey[top:bottom, left:right], 238)
        for x in range(left + 60, right, 240):
            grey[top:bottom, x : x + 40] = 255

    assert [list(row.texts) for row in drawn(fade).tables[0].rows] == ROWS[1:]


def test_strokes_that_touch_are_no_border() -> None:
    rows = [["科目名称", "合计"], ["教育支出", "3000000"], ["合计", "3000000"]]
    assert [list(row.texts) for row in read(pictured(table_pdf(rows))).tables[0].rows] == rows[1:]


def test_two_readings_that_differ_are_a_doubt() -> None:
    one, other = Read("1,234.56", (0.99,) * 8), Read("1,284.56", (0.97,) * 8)
    both = agreed(one, other)
    assert (both.text, both.others) == ("1,234.56", ("1,284.56",))
    assert max(both.sure) < CERTAIN
    assert agreed(one, one) == one


def test_recognition_leaves_nothing_behind_and_reports_to_nobody(tmp_path: Path) -> None:
    """ONNX Runtime writes a file of its session where it may report to its maker."""
    (tmp_path / "a.pdf").write_bytes(pictured(table_pdf(ROWS)))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    code = "import pathlib, sys; from ingest import read_document; print(read_document(pathlib.Path(sys.argv[1]).read_bytes(), 'a').status)"
    environment = {**os.environ, "TMPDIR": str(scratch), "TEMP": str(scratch), "TMP": str(scratch)}
    command = [sys.executable, "-c", code, str(tmp_path / "a.pdf")]
    run = subprocess.run(command, capture_output=True, cwd=ROOT, env=environment, check=False)
    assert b"OK" in run.stdout
    assert list(scratch.iterdir()) == []
