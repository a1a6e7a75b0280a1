"""The triage summary and the list of doubtful points in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from model.assessment import Assessments
from model.findings import SEVERITIES, Examination
from report.overview import document_cells, document_headings, foremost, outcomes, point_cells, point_headings, worst_first
from report.points import Point, locus, points, prepared, subject_of, upheld, verification
from report.safe import markdown, markdown_block
from report.tally import tallies
from words import Language, say

FIRST = 10


def report(examinations: Sequence[Examination], assessments: Assessments, language: Language, made: date) -> bytes:
    """The summary, then every finding with its evidence, as UTF-8."""
    lines = [*summary_lines(examinations, assessments, language, made), "", f"## {say('export.list', language)}", ""]
    found = points(examinations, assessments, language)
    for severity in SEVERITIES:
        chosen = [point for point in found if point.severity is severity]
        lines += [f"### {say('export.counted', language, severity=say(f'export.severity.{severity.value}', language), n=len(chosen))}", ""]
        for point in chosen:
            lines += [*point_lines(point, language), ""]
        if not chosen:
            lines += [say("export.none", language), ""]
    return ("\n".join(lines).rstrip() + "\n").encode()


def summary(examinations: Sequence[Examination], assessments: Assessments, language: Language, made: date) -> bytes:
    """The one-page triage summary alone, as UTF-8."""
    return ("\n".join(summary_lines(examinations, assessments, language, made)) + "\n").encode()


def summary_lines(examinations: Sequence[Examination], assessments: Assessments, language: Language, made: date) -> Iterator[str]:
    """Title, the table of documents, how the checks ended, what could not be read, and the points to look at first."""
    counted = worst_first(tallies(examinations, assessments, language))
    yield f"# {say('export.triage', language)}"
    yield ""
    yield say("export.made", language, date=made.isoformat()) + say("export.caution", language)
    yield ""
    yield from table(document_headings(language), [document_cells(line, language) for line in counted])
    yield ""
    for line in counted:
        several = f"{line.title}: " if len(counted) > 1 else ""
        yield f"- {markdown(several + outcomes(line, language))}"
        yield from (f"- {markdown(several + problem)}" for problem in line.problems)
    first = foremost(found := upheld(points(examinations, assessments, language)), FIRST)
    if first:
        yield ""
        yield f"**{say('export.triage.first', language, n=len(first), total=len(found))}**"
        yield ""
        yield from table(point_headings(language), [point_cells(point, language, several=len(counted) > 1) for point in first])


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table whose cells show as they are."""
    yield "| " + " | ".join(markdown(heading) for heading in headings) + " |"
    yield "|" + " --- |" * len(headings)
    for row in rows:
        yield "| " + " | ".join(markdown(cell) for cell in row) + " |"


def point_lines(point: Point, language: Language) -> Iterator[str]:
    """One finding: its title, explanation, equation, figures, places and status."""
    finding = point.finding
    yield f"#### {point.number}. {markdown(point.title)}"
    yield ""
    yield markdown_block(point.explanation)
    yield ""
    facts = {
        "reference": point.reference,
        "file": subject_of(point.document),
        "equation": finding.equation,
        "stated": finding.stated,
        "expected": finding.expected,
        "difference": finding.difference,
        "unit": finding.unit,
        "rule": f"{finding.rule} {finding.name}",
        "basis": point.basis,
        "verification": verification(point.assessment, language),
        "prepared": prepared(point.assessment),
    }
    for key, text in facts.items():
        if text:
            yield f"- {say(f'export.column.{key}', language)}: {markdown(text)}"
    yield f"- {say('export.form.places', language)}:"
    for location in finding.locations:
        place = locus(point, location.source, language)
        yield f"  - {markdown(say('export.form.place', language, place=place, text=location.source.text))}"
