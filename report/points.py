"""Findings as an auditor lists them: one flat, numbered line a doubtful point, with its status, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checks.wording import render
from model.assessment import Assessment, Assessments, Standing, assessed
from model.document import Document
from model.facts import Source
from model.findings import SEVERITIES, Examination, Finding, Severity
from report.safe import clean
from words import Language, say

COLUMNS = (
    "number",
    "reference",
    "organization",
    "file",
    "year",
    "page",
    "table",
    "row",
    "column",
    "stated",
    "expected",
    "difference",
    "unit",
    "rule",
    "equation",
    "description",
    "basis",
    "severity",
    "verification",
    "treatment",
    "prepared",
    "reviewed",
)
"""The columns of a list of doubtful points, in order (spec: exports); ``export.column.<name>`` is the heading."""


@dataclass(frozen=True, slots=True)
class Point:
    """One finding as a line of the list. All texts are cleaned; ``source`` is the place the line speaks of."""

    examination: Examination
    finding: Finding
    assessment: Assessment
    number: int
    reference: str
    title: str
    explanation: str
    basis: str
    source: Source
    table: str

    @property
    def document(self) -> Document:
        """The document it was found in."""
        return self.examination.document

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return self.finding.severity

    @property
    def page(self) -> int:
        """The page of the figure it speaks of."""
        return self.source.place.page


def points(examinations: Sequence[Examination], assessments: Assessments, language: Language) -> tuple[Point, ...]:
    """All findings in one numbered list: the gravest first, then by document, page and height on the page."""
    found = [(examination, finding) for examination in examinations for finding in examination.findings]
    order = {id(examination): n for n, examination in enumerate(examinations)}

    def rank(pair: tuple[Examination, Finding]) -> tuple[int, int, int, float]:
        examination, finding = pair
        place = anchor(finding).place
        return SEVERITIES.index(finding.severity), order[id(examination)], place.page, place.box.y0

    return tuple(point(n, *pair, assessments, language) for n, pair in enumerate(sorted(found, key=rank), 1))


def point(number: int, examination: Examination, finding: Finding, assessments: Assessments, language: Language) -> Point:
    """One finding as the line of that number."""
    document = examination.document
    wording = render(finding, language)
    source = anchor(finding)
    return Point(
        examination=examination,
        finding=finding,
        assessment=assessed(assessments, document.sha256, finding.id),
        number=number,
        reference=f"{document.sha256[:6]}-{finding.id}",
        title=clean(wording.title),
        explanation=clean(wording.explanation),
        basis=clean(wording.basis),
        source=source,
        table=whereabouts(document, source, language),
    )


def anchor(finding: Finding) -> Source:
    """The place whose figure is the finding's ``stated`` one: the suspect where it is that figure, else the location that prints it.

    A line that named the suspect's row beside another cell's figure would send the reader to the wrong place.
    """
    stated = bare(finding.stated)
    sources = [*([finding.suspect.source] if finding.suspect else []), *(location.source for location in finding.locations)]
    return next((source for source in sources if bare(source.text) == stated), sources[0])


def bare(figure: str) -> str:
    """A figure's text without what only groups its digits."""
    return figure.replace(",", "").replace("，", "").replace(" ", "")


def whereabouts(document: Document, source: Source, language: Language) -> str:
    """The table's number and title, or the part of the document a sentence stands in; its row label names the headings below."""
    if source.table is not None:
        return clean(document.table(source.table).label)
    if source.paragraph is not None and document.paragraphs[source.paragraph].section:
        return clean(document.paragraphs[source.paragraph].section[0])
    return say("export.narrative", language)


def locus(a_point: Point, source: Source, language: Language) -> str:
    """A place in one line: page, table or heading, row, column."""
    page = say("export.page", language, page=source.place.page)
    parts = (page, whereabouts(a_point.document, source, language), clean(source.row_label), clean(source.column_label))
    return " · ".join(part for part in parts if part)


def subject_of(document: Document) -> str:
    """What a reader calls the document: its title, else its file's name."""
    return clean(document.title or document.name)


def account(a_point: Point) -> str:
    """The explanation, with the equation below it where it does not quote it."""
    equation = clean(a_point.finding.equation)
    return a_point.explanation if not equation or equation in a_point.explanation else f"{a_point.explanation}\n{equation}"


def verification(assessment: Assessment, language: Language) -> str:
    """The status with its note."""
    status = say(f"export.standing.{assessment.status.value}", language)
    return say("export.noted", language, status=status, note=clean(assessment.note)) if assessment.note else status


def prepared(assessment: Assessment) -> str:
    """Who looked into it, and when."""
    return " / ".join(part for part in (clean(assessment.name), clean(assessment.date)) if part)


def values(a_point: Point, language: Language) -> dict[str, str]:
    """The line's cells by column (``COLUMNS``), each as text."""
    finding, document = a_point.finding, a_point.document
    return {
        "number": str(a_point.number),
        "reference": a_point.reference,
        "organization": clean(document.organization),
        "file": clean(document.name),
        "year": str(document.fiscal_year or ""),
        "page": str(a_point.page),
        "table": a_point.table,
        "row": clean(a_point.source.row_label),
        "column": clean(a_point.source.column_label),
        "stated": clean(finding.stated),
        "expected": clean(finding.expected),
        "difference": clean(finding.difference),
        "unit": clean(finding.unit),
        "rule": f"{finding.rule} {finding.name}",
        "equation": clean(finding.equation),
        "description": f"{a_point.title}\n{a_point.explanation}",
        "basis": a_point.basis,
        "severity": say(f"export.grade.{finding.severity.value}", language),
        "verification": verification(a_point.assessment, language),
        "treatment": "",
        "prepared": prepared(a_point.assessment),
        "reviewed": "",
    }


def upheld(a_points: Sequence[Point]) -> tuple[Point, ...]:
    """The points that may be put to the audited body: all but those the auditor rejected."""
    return tuple(p for p in a_points if p.assessment.status is not Standing.REJECTED)
