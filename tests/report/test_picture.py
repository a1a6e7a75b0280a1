"""The picture of the rows: the right part of the page, the frames where the figures are."""

from __future__ import annotations

from dataclasses import replace

import pymupdf
import pytest
from factory import HEADER, Case, case

from model.document import Cell, Row, Table
from model.facts import Source
from model.findings import Severity
from model.geometry import Box, Place
from report.cutting import GREY, SEAM, ZOOM
from report.marks import COLOURS, RELATED_COLOUR, Mark
from report.picture import PAD, Picture, bands, columns, pictures


def drawn(made: Case) -> tuple[Picture, ...]:
    with pymupdf.open(stream=made.pdf, filetype="pdf") as pdf:
        return pictures(pdf, made.examination.document, made.examination.findings[0], 3)


def area(picture: Picture, colour: tuple[float, float, float]) -> Box | None:
    """The box, in points of the picture, of all pixels of that colour."""
    image = pymupdf.Pixmap(picture.png)
    wanted = bytes(round(255 * part) for part in colour)
    samples, n = image.samples, image.n
    found = [(i % image.width, i // image.width) for i in range(image.width * image.height) if samples[i * n : i * n + 3] == wanted]
    if not found:
        return None
    xs, ys = [x for x, _ in found], [y for _, y in found]
    return Box(min(xs) / ZOOM, min(ys) / ZOOM, max(xs) / ZOOM, max(ys) / ZOOM)


def test_one_picture_a_page_the_suspects_first() -> None:
    assert [picture.page for picture in drawn(case("sum"))] == [2, 3]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_frames_stand_where_the_figures_are(rotation: int) -> None:
    made = case("sum", rotation=rotation)
    picture = drawn(made)[0]
    suspect, others = area(picture, COLOURS[Severity.ERROR]), area(picture, RELATED_COLOUR)
    assert suspect is not None
    assert others is not None
    places = [location.source.place.box for location in made.examination.findings[0].locations]
    assert suspect.width == pytest.approx(places[0].width + 5, abs=1)
    assert suspect.height == pytest.approx(places[0].height + 5, abs=1)
    assert others.x0 - suspect.x0 == pytest.approx(min(places[1].x0, places[2].x0) - 1 - (places[0].x0 - 2.5), abs=1)
    assert others.y0 - suspect.y0 == pytest.approx(min(places[1].y0, places[2].y0) - 1 - (places[0].y0 - 2.5), abs=1)


def test_the_header_stands_above_a_row_far_below_it() -> None:
    """Row 20 of a table of 30: the header, a grey seam, the row with its neighbours, and not the whole table."""
    rows = [(str(n), "支出", f"{n}.00", f"{n}.00", "") for n in range(300, 330)]
    rows[20] = ("206", "科学技术支出", "301.00", "230.00", "80.00")
    made = case("sum", rows=rows)
    picture = drawn(made)[0]
    assert picture.height == pytest.approx((1 + 3) * 22 + 4 * PAD + SEAM / ZOOM, abs=1)
    assert area(picture, (GREY / 255,) * 3) is not None
    suspect = area(picture, COLOURS[Severity.ERROR])
    assert suspect is not None
    assert suspect.y0 > 2 * 22
    assert picture.width == pytest.approx(len(HEADER) * 95 + 16, abs=1)


def test_near_stretches_become_one_and_stay_on_the_page() -> None:
    assert bands([(100, 120), (130, 150), (300, 320), (-10, 5), (830, 900)], 842) == [(0, 5), (100, 150), (300, 320), (830, 842)]


def test_a_tall_column_is_cut_to_what_can_be_read() -> None:
    rows = [(str(n), "支出", "1.00", "1.00", "") for n in range(30)]
    made = case("rounding", rows=[*rows[:7], ("", "合计", "1,737.68", "", ""), *rows[8:]])
    assert drawn(made)[0].height < 400


def test_of_a_wide_table_the_labels_and_the_marked_columns_are_shown() -> None:
    """Twelve columns of 60 points; the figure stands in the tenth: the two labels, a seam, columns nine to eleven."""
    texts = ("206", "科学技术支出", *(f"{n}.00" for n in range(10)))
    cells = tuple(Cell(text, Box(20 + 60 * n, 100, 80 + 60 * n, 120)) for n, text in enumerate(texts))
    row = Row(1, Box(20, 100, 740, 120), cells)
    table = Table("T01", "表1", "", "万元", tuple((text,) for text in texts), (row,), (), Place(1, row.box))
    document = replace(case("sum").examination.document, tables=(table,))
    mark = Mark("suspect", Source(Place(1, cells[9].box), "7.00", table="T01", row=0, column=9))
    assert columns(document, [mark], (12, 748)) == [(12, 140), (500, 680)]
    assert columns(document, [mark], (12, 400)) == [(12, 400)]
