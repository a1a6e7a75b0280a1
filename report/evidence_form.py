"""Audit evidence forms (审计取证单): one finding a page, with the picture of the printed rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import pymupdf
from docx.shared import Pt

from model.assessment import Assessments
from model.facts import Source
from model.findings import Examination, Finding
from report.picture import Picture, pictures
from report.points import Point, account, locus, points, subject_of, upheld, verification
from report.safe import clean, fitted, lines_of
from report.word_file import CENTER, RIGHT, add_png, add_row, add_table, add_text, data_of, fill, new_document, shade
from words import Language, say

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

LABEL_WIDTH, VALUE_WIDTH = 2.6, 14.6
PICTURE_WIDTH = VALUE_WIDTH - 0.5
POINT = 2.54 / 72
SIZE = 10.0
LINE = 0.47
"""Centimetres of a line of text of that size, with its share of the rows' borders."""
LINES = 46
"""Lines of the form that fit an A4 page below its heading, with room to spare for other programs' line breaks."""
LINE_LENGTH, LABEL_LENGTH = 38, 5
"""Chinese characters on a line of the form, and of its labels."""
PICTURES = (3.5, 11.0)
"""Least and greatest height of all pictures of a form, in centimetres."""
PAGE_PICTURES = 3
ANSWER = (3, 7)
"""Fewest and most empty lines for the answer."""
PLACES, PLACE, EXPLANATION, NOTE, HEADING, FIGURE = 6, 74, 420, 160, 100, 60
"""Most places, and most characters of a place and of the other texts: a form is one page, the list has the whole."""
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
    """The form's rows: what it is about, the picture, and room for the audited body's answer, together one page."""
    above, below = heading_rows(point, language), closing_rows(point, language, made)
    table = add_table(document, [LABEL_WIDTH, VALUE_WIDTH])
    for key, text in above:
        add_labelled(table, say(f"export.form.{key}", language), text)
    room = LINES - sum(lines_of_row(key, text, language) for key, text in (*above, *below)) - ANSWER[0] - 1
    drawn = pictures(source, point.document, point.finding, PAGE_PICTURES) if source else ()
    evidence = add_labelled(table, say("export.form.evidence", language), "")
    taken = add_pictures(evidence, point, drawn, room * LINE, language)
    for key, text in below:
        add_labelled(table, say(f"export.form.{key}", language), text)
    empty = min(ANSWER[1], ANSWER[0] + max(0, int(room - taken / LINE)))
    add_labelled(table, say("export.form.answer", language), "\n" * empty + say("export.form.answer_signature", language))


def lines_of_row(key: str, text: str, language: Language) -> int:
    """Lines a row takes: its label may need more than its text."""
    return max(lines_of(text, LINE_LENGTH), lines_of(say(f"export.form.{key}", language), LABEL_LENGTH))


def heading_rows(point: Point, language: Language) -> list[tuple[str, str]]:
    """The form's rows above the picture: key of the label, text."""
    finding = point.finding
    lines = [fitted(account(point), EXPLANATION), figures(finding, language)]
    matter = say(
        "export.form.graded",
        language,
        title=fitted(point.title, HEADING),
        severity=say(f"export.grade.{finding.severity.value}", language),
    )
    return [
        ("project", fitted(subject_of(point.document), HEADING)),
        ("body", fitted(clean(point.document.organization), HEADING)),
        ("matter", matter),
        ("summary", "\n".join(line for line in lines if line)),
        ("basis", point.basis),
        ("places", places(point, language)),
    ]


def figures(finding: Finding, language: Language) -> str:
    """The figures in one line, those that are known; "" where a finding is about no figure."""
    known = {key: fitted(clean(getattr(finding, key)), FIGURE) for key in ("stated", "expected", "difference", "unit")}
    parts = [say("export.form.figure", language, label=say(f"export.column.{k}", language), text=text) for k, text in known.items() if text]
    return say("export.form.and", language).join(parts)


def closing_rows(point: Point, language: Language, made: date) -> list[tuple[str, str]]:
    """The form's rows below the picture: key of the label, text."""
    assessment = point.assessment
    signed = say("export.form.signature", language, name=clean(assessment.name) or BLANK, date=clean(assessment.date) or made.isoformat())
    return [("verification", fitted(verification(assessment, language), NOTE)), ("auditor", signed)]


def places(point: Point, language: Language) -> str:
    """Where the figures stand, a line each, at most a few."""
    sources = [point.source, *(location.source for location in point.finding.locations)]
    lines = list(dict.fromkeys(place_line(point, source, language) for source in sources))
    if len(lines) > PLACES:
        lines[PLACES - 1 :] = [say("export.form.more_places", language, n=len(lines) - PLACES + 1)]
    return "\n".join(lines)


def place_line(point: Point, source: Source, language: Language) -> str:
    """One place with the text printed there; of a long place the end is left out, never the text's."""
    text = fitted(clean(source.text), PLACE // 2)
    place = fitted(locus(point, source, language), PLACE - len(text))
    return say("export.form.place", language, place=place, text=text) if text else place


def add_labelled(table: Table, label: str, text: str) -> _Cell:
    """A row of a label and its text; returns the text's cell."""
    head, body = add_row(table, [label, text], size=SIZE)
    shade(head)
    for paragraph in head.paragraphs:
        paragraph.runs[0].bold = True
    return body


def add_pictures(cell: _Cell, point: Point, drawn: Sequence[Picture], room: float, language: Language) -> float:
    """The pictures one below the other, scaled to the room, with captions and a legend; returns the centimetres they take."""
    if not drawn:
        fill(cell, say("export.form.no_picture", language), size=SIZE)
        return LINE
    captions = (len(drawn) + 1) * LINE
    whole = sum(height_at_full_width(picture) for picture in drawn)
    scale = min(1.0, min(max(room - captions, PICTURES[0]), PICTURES[1]) / whole)
    for n, picture in enumerate(drawn):
        paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        add_text(paragraph, say("export.form.picture_of", language, page=picture.page), size=8)
        holder = cell.add_paragraph()
        holder.paragraph_format.space_after = Pt(2)
        add_png(holder, picture.png, width_of(picture) * scale, PAGE_PICTURES * point.number + n)
    add_text(cell.add_paragraph(), say("export.form.legend", language), size=8)
    return whole * scale + captions


def width_of(picture: Picture) -> float:
    """Centimetres a picture takes before scaling: its size on the page, at most the cell's width."""
    return min(PICTURE_WIDTH, picture.width * POINT)


def height_at_full_width(picture: Picture) -> float:
    """Centimetres of height at that width."""
    return width_of(picture) * picture.height / picture.width
