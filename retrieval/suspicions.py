"""The findings a question is about, and those that touch what an answer cites."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from model.findings import Finding, Severity
from retrieval.answer import Evidence
from retrieval.chunks import finding_words
from retrieval.draft import Draft
from retrieval.question import Question
from retrieval.text import flat
from retrieval.view import View

MOST = 8
AROUND = 40  # characters of a sentence before a figure that say what it is about
GRAVE = frozenset({Severity.ERROR, Severity.WARNING})


def matching(view: View, question: Question, *, grave: bool = False) -> list[Finding]:
    """The findings that speak of everything the question names, gravest first; all of them when it names nothing.

    ``grave`` keeps to errors and warnings.
    """
    hard = question.hard
    tables = {key for mention in question.tables for key in mention.tables}
    found = []
    for finding in view.findings:
        text = _text(view, finding)
        if grave and finding.severity not in GRAVE:
            continue
        if tables and not tables & {location.source.table for location in finding.locations}:
            continue
        if all(m.text in text or m.within(text) for m in hard) and (not question.codes or any(c in text for c in question.codes)):
            found.append(finding)
    order = list(Severity)
    return sorted(found, key=lambda finding: order.index(finding.severity))


def _text(view: View, finding: Finding) -> str:
    parts = [finding_words(finding)[0]]
    for location in finding.locations:
        source = location.source
        parts.extend((source.row_label, source.column_label))
        if source.table:
            parts.append(view.titles.get(source.table, ("", ""))[1])
        if source.paragraph is not None:
            text = view.document.paragraphs[source.paragraph].text
            parts.append(text[max(0, source.start - AROUND) : source.end])
    return flat("".join(parts))


def state_findings(view: View, draft: Draft, findings: Sequence[Finding], *, contradicts: bool = False) -> None:
    """Quote findings with their places."""
    draft.step("findings", count=len(findings))
    draft.say("contradicts" if contradicts else "findings", count=len(findings))
    for finding in findings[:MOST]:
        title, explanation = finding_words(finding, draft.language)
        numbers = "".join(draft.cite(evidence) for evidence in places_of(view, finding))
        draft.say("finding", title=title, explanation=explanation, number=numbers)
    if len(findings) > MOST:
        draft.say("list_more", count=len(findings) - MOST)


def places_of(view: View, finding: Finding) -> list[Evidence]:
    """Where a finding points, its suspect first, at most four places."""
    sources = [location.source for location in finding.locations]
    if finding.suspect:
        sources.insert(0, finding.suspect.source)
    found = []
    for source in dict.fromkeys(sources):
        text = source.text
        if source.paragraph is not None:
            text = view.document.paragraphs[source.paragraph].text
        found.append(view.place(source.place, text, source.table, source.row_label or None, source.column_label or None))
    return found[:4]


def touching(view: View, evidence: Iterable[Evidence]) -> list[Finding]:
    """Findings of error or warning that point at one of the cells or sentences cited."""
    cells = {(e.table, e.record.row, e.value.column) for e in evidence if e.record and e.value}
    spans = {e.passage.paragraph: (e.passage.start, e.passage.end) for e in evidence if e.passage}
    found = []
    for finding in view.findings:
        if finding.severity not in GRAVE:
            continue
        for location in finding.locations:
            source = location.source
            in_cell = (source.table, source.row, source.column) in cells
            span = spans.get(source.paragraph) if source.paragraph is not None else None
            if in_cell or (span and span[0] <= source.start < span[1]):
                found.append(finding)
                break
    return found
