"""The triage summary on one page, as a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING

from docx.shared import Pt, RGBColor

from model.assessment import Assessments
from model.findings import Examination
from report.marks import COLOURS
from report.overview import document_cells, document_headings, foremost, outcomes, point_cells, point_headings, worst_first
from report.points import Point, points, upheld
from report.safe import fitted, lines_of
from report.tally import Tally, tallies
from report.word_file import add_row, add_table, add_text, data_of, new_document
from words import Language, say

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

PAGE = 24.8
"""Centimetres of an A4 page below the title, with room to spare for other programs' line breaks."""
LINE, BORDERS = 0.38, 0.14
CHARACTERS = 3.3
"""Chinese characters of the small font on a centimetre."""
PROBLEMS, PROBLEM = 3, 110
WIDTHS_DOCUMENTS = (4.6, 1.4, 1.8, 1.9, 1.6, 1.9, 4.8)
WIDTHS_POINTS = (1.0, 1.8, 1.1, 7.2, 2.3, 2.3, 2.3)
SMALL = 8.5


def summary(examinations: Sequence[Examination], assessments: Assessments, language: Language, made: date) -> bytes:
    """The Word file. What does not fit the page is counted, and stands in the list of doubtful points."""
    document = new_document(say("export.triage", language), language, made, margin=1.5)
    heading = document.add_paragraph()
    heading.paragraph_format.space_after = Pt(0)
    add_text(heading, say("export.triage", language), bold=True, size=17)
    add_text(document.add_paragraph(), say("export.made", language, date=made.isoformat()) + say("export.caution", language), size=SMALL)
    lines = worst_first(tallies(examinations, assessments, language))
    shown = fitting([document_cells(line, language) for line in lines], WIDTHS_DOCUMENTS, PAGE / 2)
    room = PAGE - add_documents(document, lines, shown, language)
    several = len(lines) > 1
    found = upheld(points(examinations, assessments, language))
    ranked = foremost(found, len(found))
    first = ranked[: fitting([point_cells(point, language, several=several) for point in ranked], WIDTHS_POINTS, room - 1.6)]
    if first:
        add_points(document, first, len(found), language, several=several)
    return data_of(document)


def height(cells: Sequence[str], widths: Sequence[float]) -> float:
    """Centimetres a row of a table takes."""
    lines = max(lines_of(cell, int((width - 0.4) * CHARACTERS)) for cell, width in zip(cells, widths, strict=True))
    return lines * LINE + BORDERS


def fitting(rows: Sequence[Sequence[str]], widths: Sequence[float], room: float) -> int:
    """How many of these rows fit the room."""
    heights = accumulate(height(row, widths) for row in rows)
    return sum(1 for total in heights if total <= room)


def add_documents(document: WordDocument, lines: Sequence[Tally], shown: int, language: Language) -> float:
    """The table of documents; for a single one also how its checks ended and what could not be read. Returns the height in centimetres."""
    table = add_table(document, WIDTHS_DOCUMENTS)
    rows = [document_headings(language), *(document_cells(line, language) for line in lines[:shown])]
    for n, row in enumerate(rows):
        add_row(table, row, head=n == 0, size=SMALL)
    notes = single_notes(lines[0], language) if len(lines) == 1 else []
    if len(lines) > shown:
        notes = [say("export.triage.more_documents", language, n=len(lines) - shown)]
    for note in notes:
        add_text(document.add_paragraph(), note, size=SMALL)
    return sum(height(row, WIDTHS_DOCUMENTS) for row in rows) + LINE * sum(lines_of(note, int(18 * CHARACTERS)) + 0.3 for note in notes)


def single_notes(line: Tally, language: Language) -> list[str]:
    """How one document's checks ended, and what could not be read, as far as there is room."""
    notes = [outcomes(line, language), *(fitted(problem, PROBLEM) for problem in line.problems[:PROBLEMS])]
    if len(line.problems) > PROBLEMS:
        notes.append(say("export.triage.more_problems", language, n=len(line.problems) - PROBLEMS))
    return notes


def add_points(document: WordDocument, first: Sequence[Point], total: int, language: Language, *, several: bool) -> None:
    """The table of the points to look at first, their severity in its colour."""
    heading = document.add_paragraph()
    heading.paragraph_format.space_before = Pt(8)
    add_text(heading, say("export.triage.first", language, n=len(first), total=total), bold=True, size=11)
    table = add_table(document, WIDTHS_POINTS)
    add_row(table, point_headings(language), head=True, size=SMALL)
    for point in first:
        cells = add_row(table, point_cells(point, language, several=several), size=SMALL)
        run = cells[1].paragraphs[0].runs[0]
        run.bold = True
        run.font.color.rgb = RGBColor(*(round(255 * part) for part in COLOURS[point.severity]))
