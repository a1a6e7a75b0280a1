"""What one document's examination comes to: the line of a summary, for every format that has one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from model.assessment import Assessments, Standing, assessed
from model.document import Problem, Status
from model.findings import SEVERITIES, Examination, Result, Severity
from report.points import subject_of
from report.safe import clean
from words import Language, say


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one examination. ``problems`` are what could not be read, as sentences; ``kind`` is the words for it."""

    title: str
    organization: str
    file: str
    sha256: str
    year: str
    kind: str
    status: Status
    pages: int
    severities: dict[Severity, int]
    standings: dict[Standing, int]
    outcomes: dict[Result, int]
    amounts: int
    checked: int
    problems: tuple[str, ...]


def tally(examination: Examination, assessments: Assessments, language: Language) -> Tally:
    """Count one examination."""
    document = examination.document
    severities = Counter(finding.severity for finding in examination.findings)
    standings = Counter(assessed(assessments, document.sha256, finding.id).status for finding in examination.findings)
    return Tally(
        title=subject_of(document),
        organization=clean(document.organization),
        file=clean(document.name),
        sha256=document.sha256,
        year=str(document.fiscal_year or ""),
        kind=say(f"export.kind.{document.kind.value}", language),
        status=document.status,
        pages=len(document.pages),
        severities={severity: severities[severity] for severity in SEVERITIES},
        standings={standing: standings[standing] for standing in Standing},
        outcomes={result: examination.outcomes.get(result, 0) for result in Result},
        amounts=examination.coverage.amounts,
        checked=examination.coverage.checked,
        problems=problems(examination, language),
    )


def tallies(examinations: Sequence[Examination], assessments: Assessments, language: Language) -> tuple[Tally, ...]:
    """One tally a document, in order."""
    return tuple(tally(examination, assessments, language) for examination in examinations)


def problems(examination: Examination, language: Language) -> tuple[str, ...]:
    """What could not be read of a document, in sentences."""
    return sentences_of(examination.document.problems, language)


def sentences_of(found: Iterable[Problem], language: Language) -> tuple[str, ...]:
    """Problems, a sentence each; those about the whole document first, the same about several pages once."""
    pages: dict[str, list[int]] = {}
    for problem in found:
        pages.setdefault(say(f"problem.{problem.code}", language, **problem.params), []).append(problem.page or 0)
    sentences = []
    for sentence, where in sorted(pages.items(), key=lambda item: min(item[1])):
        known = ranges(page for page in where if page)
        sentences.append(clean(say("export.page", language, page=known) + " · " + sentence if known else sentence))
    return tuple(sentences)


def ranges(pages: Iterable[int]) -> str:
    """Page numbers, following ones joined: ``1–3, 7``."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def percent(part: int, whole: int) -> str:
    """A share to a tenth of a percent; a dash where there is nothing to share."""
    return f"{Decimal(100 * part) / Decimal(whole):.1f}%" if whole else "—"


def verdict(a_tally: Tally, language: Language) -> str:
    """One sentence that says what the reader should think of the document."""
    if a_tally.status is Status.FAILED:
        return say("export.verdict.failed", language)
    if a_tally.severities[Severity.ERROR]:
        key = "export.verdict.errors" if a_tally.severities[Severity.WARNING] else "export.verdict.errors_alone"
    elif a_tally.severities[Severity.WARNING]:
        key = "export.verdict.warnings"
    else:
        key = "export.verdict.clean"
    sentence = say(
        key,
        language,
        errors=a_tally.severities[Severity.ERROR],
        warnings=a_tally.severities[Severity.WARNING],
        coverage=percent(a_tally.checked, a_tally.amounts),
    )
    partial = say("export.verdict.partial", language) if a_tally.status is Status.PARTIAL else ""
    return sentence + partial
