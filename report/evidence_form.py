"""Audit evidence forms (审计取证单): one finding a page, with the picture of the printed rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pymupdf
from docx.shared import Cm, Pt

from model.assessment import Assessments
from model.findings import Examination
from report.picture import Picture, pictures
from report.points import Point, locus, points, subject_of, upheld, verification
from report.safe import clean, shortened
from report.word_file import CENTER, RIGHT, add_row, add_table, add_text, data_of, fill, new_document, shade
from words import Language, say

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

LABEL_WIDTH, VALUE_WIDTH = 3.0, 14.2
PICTURE_WIDTH = VALUE_WIDTH - 0.5
PICTURES_HEIGHT = 9.0
"""Centimetres for all pictures of a page: what an A4 page holds beside the form's other rows."""
POINT = 2.54 / 72
PLACES = 6
EXPLANATION = 700
BLANK = "＿" * 6


def forms(pdf: bytes | None, examination: Examination, assessments: Assessments, language: Language, made: date) -> bytes:
    """The Word file. Without ``pdf``, or where a page cannot be drawn, the form says so in the picture's place.

    Findings the auditor rejected are left out: a form is put before the audited body.
    """
    found = upheld(points([examination], assessments, language))
    document = new_document(say("export.form", language), language, made, margin=1.9)
    with opened(pdf) as source:
        for n, point in enumerate(found):
            heading = document.add_paragraph()
            heading.paragraph_format.page_break_before = n > 0
            add_heading(heading, document.add_paragraph(), point, language)
            add_form(document, point, source, language, made)
    if not found:
        add_text(document.add_paragraph(), say("export.nothing_to_confirm", language, title=subject_of(examination.document)))
    return data_of(document)


@contextmanager
def opened(pdf: bytes | None) -> Iterator[pymupdf.Document | None]:
    """The PDF to draw from; None where there is none or it cannot be opened."""
    try:
        document = pymupdf.open(stream=pdf, filetype="pdf") if pdf else None
    except (pymupdf.FileDataError, pymupdf.EmptyFileError):
        document = None
    try:
        yield None if document is None or document.needs_pass else document
    finally:
        if document is not None:
            document.close()


def add_heading(heading: Paragraph, reference: Paragraph, point: Point, language: Language) -> None:
    """The form's name, and its number at the right below it."""
    heading.alignment, reference.alignment = CENTER, RIGHT
    heading.paragraph_format.space_after = Pt(0)
    add_text(heading, say("export.form", language), bold=True, size=18)
    add_text(reference, say("export.form.reference", language, reference=point.reference, number=point.number), size=9)


def add_form(document: WordDocument, point: Point, source: pymupdf.Document | None, language: Language, made: date) -> None:
    """The form's rows: what it is about, the picture, and room for the audited body's answer."""
    table = add_table(document, [LABEL_WIDTH, VALUE_WIDTH])
    for key, text in heading_rows(point, language):
        add_labelled(table, say(f"export.form.{key}", language), text)
    evidence = add_labelled(table, say("export.form.evidence", language), "")
    add_pictures(evidence, point, source, language)
    assessment = point.assessment
    add_labelled(table, say("export.form.verification", language), verification(assessment, language))
    signed = say("export.form.signature", language, name=clean(assessment.name) or BLANK, date=clean(assessment.date) or made.isoformat())
    add_labelled(table, say("export.form.auditor", language), signed)
    add_labelled(table, say("export.form.answer", language), "\n\n\n" + say("export.form.answer_signature", language))


def heading_rows(point: Point, language: Language) -> list[tuple[str, str]]:
    """The form's rows above the picture: key of the label, text."""
    finding = point.finding
    comparison = say(
        "export.form.figures" if finding.unit else "export.form.figures_bare",
        language,
        stated=clean(finding.stated) or "—",
        expected=clean(finding.expected) or "—",
        difference=clean(finding.difference) or "—",
        unit=clean(finding.unit),
    )
    lines = [shortened(point.explanation, EXPLANATION), clean(finding.equation)]
    if finding.stated or finding.expected:
        lines.append(comparison)
    matter = say("export.form.graded", language, title=point.title, severity=say(f"export.grade.{finding.severity.value}", language))
    return [
        ("project", subject_of(point.document)),
        ("body", clean(point.document.organization)),
        ("matter", matter),
        ("summary", "\n".join(line for line in lines if line)),
        ("basis", point.basis),
        ("places", places(point, language)),
    ]


def places(point: Point, language: Language) -> str:
    """Where the figures stand, a line each, at most a few."""
    sources = [point.source, *(location.source for location in point.finding.locations)]
    lines = list(
        dict.fromkeys(
            say("export.form.place", language, place=locus(point, source, language), text=clean(source.text)) for source in sources
        )
    )
    if len(lines) > PLACES:
        lines[PLACES - 1 :] = [say("export.form.more_places", language, n=len(lines) - PLACES + 1)]
    return "\n".join(shortened(line, 120) for line in lines)


def add_labelled(table: Table, label: str, text: str) -> _Cell:
    """A row of a label and its text; returns the text's cell."""
    head, body = add_row(table, [label, text], size=9.5)
    shade(head)
    head.paragraphs[0].runs[0].bold = True
    return body


def add_pictures(cell: _Cell, point: Point, source: pymupdf.Document | None, language: Language) -> None:
    """The pictures one below the other, scaled so that together they leave room for the form."""
    drawn = pictures(source, point.document, point.finding) if source else ()
    if not drawn:
        fill(cell, say("export.form.no_picture", language), size=9)
        return
    scale = min(1.0, PICTURES_HEIGHT / sum(height_at_full_width(picture) for picture in drawn))
    for n, picture in enumerate(drawn):
        paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        add_text(paragraph, say("export.form.picture_of", language, page=picture.page), size=8)
        holder = cell.add_paragraph()
        holder.paragraph_format.space_after = Pt(2)
        holder.add_run().add_picture(BytesIO(picture.png), width=Cm(width_of(picture) * scale))
    add_text(cell.add_paragraph(), say("export.form.legend", language), size=8)


def width_of(picture: Picture) -> float:
    """Centimetres a picture takes before scaling: its size on the page, at most the cell's width."""
    return min(PICTURE_WIDTH, picture.width * POINT)


def height_at_full_width(picture: Picture) -> float:
    """Centimetres of height at that width."""
    return width_of(picture) * picture.height / picture.width
