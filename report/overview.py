"""What the one-page triage summary says, whatever the format: a line a document, and the points to look at first."""

from __future__ import annotations

from collections.abc import Sequence

from model.document import Status
from model.findings import SEVERITIES, Result, Severity
from report.points import Point, subject_of
from report.safe import clean, fitted
from report.tally import Tally, percent, verdict
from words import Language, say

TITLE, POINT, FIGURE = 48, 50, 14


def worst_first(lines: Sequence[Tally]) -> list[Tally]:
    """Documents by what deserves attention: those that could not be read, then by errors, then by warnings."""
    return sorted(lines, key=lambda t: (t.status is not Status.FAILED, -t.severities[Severity.ERROR], -t.severities[Severity.WARNING]))


def foremost(found: Sequence[Point], most: int) -> list[Point]:
    """The points to look at first: grave before light, and those that explain most failing checks before the others."""

    def rank(point: Point) -> tuple[int, int, int]:
        suspect = point.finding.suspect
        return SEVERITIES.index(point.severity), -(suspect.explains if suspect else 0), point.number

    return sorted(found, key=rank)[: max(most, 0)]


def document_headings(language: Language) -> list[str]:
    """The headings of the table of documents."""
    return [
        say("export.triage.document", language),
        *(say(f"export.severity.{severity.value}", language) for severity in SEVERITIES),
        say("export.summary.coverage", language),
        say("export.summary.verdict", language),
    ]


def document_cells(line: Tally, language: Language) -> list[str]:
    """One document's line, in the order of the headings."""
    return [
        fitted(line.title, TITLE),
        *(str(count) for count in line.severities.values()),
        percent(line.checked, line.amounts),
        verdict(line, language),
    ]


def point_headings(language: Language) -> list[str]:
    """The headings of the table of points."""
    keys = ("number", "severity", "page", "description", "stated", "expected", "verification")
    return [say(f"export.column.{key}", language) for key in keys]


def point_cells(point: Point, language: Language, *, several: bool) -> list[str]:
    """One point's line; with the document's name where there are several documents."""
    owner = clean(point.document.organization) or subject_of(point.document)
    title = say("export.triage.point_of", language, document=owner, title=point.title) if several else point.title
    return [
        str(point.number),
        say(f"export.grade.{point.severity.value}", language),
        str(point.page),
        fitted(title, POINT),
        fitted(clean(point.finding.stated), FIGURE) or "—",
        fitted(clean(point.finding.expected), FIGURE) or "—",
        say(f"export.standing.{point.assessment.status.value}", language),
    ]


def outcomes(line: Tally, language: Language) -> str:
    """How the checks of one document ended, all of them counted: silence is never a pass."""
    counts = (f"{say(f'export.outcome.{result.value}', language)} {line.outcomes[result]}" for result in Result)
    return say("export.outcomes", language, counts=" · ".join(counts), checked=line.checked, amounts=line.amounts)
