"""The triage summary on one page, as a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from docx.shared import Pt, RGBColor

from model.assessment import Assessments
from model.findings import Examination
from report.marks import COLOURS
from report.overview import document_cells, document_headings, foremost, outcomes, point_cells, point_headings, worst_first
from report.points import Point, points, upheld
from report.safe import shortened
from report.tally import Tally, tallies
from report.word_file import add_row, add_table, add_text, data_of, new_document
from words import Language, say

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

LINES = 20
"""Table rows that fit the page, documents and points together."""
PROBLEMS, PROBLEM = 3, 110
WIDTHS_DOCUMENTS = (5.2, 1.4, 1.4, 1.4, 1.4, 1.7, 5.3)
WIDTHS_POINTS = (1.1, 1.9, 1.2, 6.8, 2.5, 2.5, 1.8)
SMALL = 8.5


def summary(examinations: Sequence[Examination], assessments: Assessments, language: Language, made: date) -> bytes:
    """The Word file. What does not fit the page is counted, and stands in the list of doubtful points."""
    document = new_document(say("export.triage", language), language, made, margin=1.5)
    heading = document.add_paragraph()
    heading.paragraph_format.space_after = Pt(0)
    add_text(heading, say("export.triage", language), bold=True, size=17)
    add_text(document.add_paragraph(), say("export.made", language, date=made.isoformat()) + say("export.caution", language), size=SMALL)
    lines = worst_first(tallies(examinations, assessments, language))
    shown = lines[: LINES // 2]
    add_documents(document, shown, len(lines) - len(shown), language)
    found = upheld(points(examinations, assessments, language))
    first = foremost(found, LINES - len(shown))
    if first:
        add_points(document, first, len(found), language, several=len(lines) > 1)
    return data_of(document)


def add_documents(document: WordDocument, shown: Sequence[Tally], hidden: int, language: Language) -> None:
    """The table of documents; for a single one also how its checks ended and what could not be read."""
    table = add_table(document, WIDTHS_DOCUMENTS)
    add_row(table, document_headings(language), head=True, size=SMALL)
    for line in shown:
        add_row(table, document_cells(line, language), size=SMALL)
    notes = [say("export.triage.more_documents", language, n=hidden)] if hidden else []
    if len(shown) == 1 and not hidden:
        problems = shown[0].problems
        notes = [outcomes(shown[0], language), *(shortened(problem, PROBLEM) for problem in problems[:PROBLEMS])]
        if len(problems) > PROBLEMS:
            notes.append(say("export.triage.more_problems", language, n=len(problems) - PROBLEMS))
    for note in notes:
        add_text(document.add_paragraph(), note, size=SMALL)


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
