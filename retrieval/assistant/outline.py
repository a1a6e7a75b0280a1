"""Drafts put together without a model: the explanation of a finding, the triage summary of a document."""

from __future__ import annotations

from collections.abc import Sequence

from checks.wording import render
from model.findings import SEVERITIES, Examination, Finding, Suspect
from words import Language, say

MOST_POINTS = 8


def explanation(finding: Finding, language: Language) -> str:
    """What the finding says, its possible causes, what to ask, and its basis."""
    wording = render(finding, language)
    causes = [_cause(suspect, language) for suspect in (finding.suspect, *finding.alternatives) if suspect]
    pages = sorted({location.source.place.page for location in finding.locations})
    return composed(
        f"{wording.title}\n{wording.explanation}",
        [
            ("causes", causes or [say("assistant.draft.no_cause", language)]),
            ("questions", [say("assistant.draft.ask", language, pages="、".join(map(str, pages)))]),
        ],
        wording.basis,
        language,
    )


def _cause(suspect: Suspect, language: Language) -> str:
    known = suspect.cause != "unknown"
    return say(
        "assistant.draft.cause" if known else "assistant.draft.cause_unknown",
        language,
        cause=say(f"cause.{suspect.cause}", language) if known else "",
        page=suspect.source.place.page,
        text=suspect.source.text,
        proposed=suspect.proposed,
    )


def overview(examination: Examination, language: Language) -> str:
    """How much was checked and how many findings there are, in a sentence."""
    document = examination.document
    counts = {severity.value: sum(f.severity is severity for f in examination.findings) for severity in SEVERITIES}
    title = document.title or f"{document.organization} {document.fiscal_year or ''}".strip()
    coverage = examination.coverage
    return say("assistant.draft.overview", language, title=title, amounts=coverage.amounts, checked=coverage.checked, **counts)


def gravest(examination: Examination) -> list[Finding]:
    """The findings to look at first."""
    return sorted(examination.findings, key=lambda finding: SEVERITIES.index(finding.severity))[:MOST_POINTS]


def summary(examination: Examination, language: Language) -> str:
    """The document's findings on one page."""
    points = [
        say("assistant.draft.point", language, page=finding.page, title=render(finding, language).title) for finding in gravest(examination)
    ]
    parts = [("points", points), ("next", [say("assistant.draft.next_verify", language)])]
    return composed(overview(examination, language), parts, "", language)


def composed(opening: str, parts: Sequence[tuple[str, Sequence[str]]], basis: str, language: Language) -> str:
    """An opening, numbered lists under their headings, and the basis."""
    blocks = [opening.strip()]
    for heading, lines in parts:
        kept = [line.strip() for line in lines if line.strip()]
        if kept:
            numbered = [say("assistant.draft.line", language, number=n, text=line) for n, line in enumerate(kept, 1)]
            blocks.append("\n".join([say(f"assistant.draft.{heading}", language), *numbered]))
    if basis.strip():
        blocks.append(say("assistant.draft.basis", language, text=basis.strip()))
    return "\n\n".join(block for block in blocks if block)
