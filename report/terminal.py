"""Findings for a terminal: one coloured table a document, a line a finding. What a document says is shown as text, never as markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from checks.wording import render
from model.document import Document, Status
from model.findings import SEVERITIES, Examination, Finding, Severity
from report.folding import Folded
from report.safe import clean
from report.tally import Tally, tally
from words import Language, say

COLORS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.ROUNDING: "cyan", Severity.NOTICE: "dim"}


def document_view(path: str, examination: Examination, language: Language) -> RenderableType:
    """What was found in one document: a heading, its problems, its findings from the gravest down."""
    counts = tally(examination, {}, language)
    failed = counts.status is Status.FAILED
    parts: list[RenderableType] = [Folded(clean(path), style="bold")]
    below: list[RenderableType] = [Folded(f"! {sentence}", style="red" if failed else "yellow") for sentence in counts.problems]
    if not failed:
        below.insert(0, Folded(say("cli.document", language, title=counts.title, pages=counts.pages)))
        below.append(Folded(summary(counts, language)))
    if examination.findings:
        ranked = sorted(examination.findings, key=lambda finding: (SEVERITIES.index(finding.severity), finding.page))
        below.append(findings_table(ranked, language))
    return Group(*parts, Padding(Group(*below), (0, 0, 1, 2)))


def summary(counts: Tally, language: Language) -> str:
    """How much was checked, and how many findings of each severity there are."""
    found = [say(f"cli.count.{severity.value}", language, n=counts.severities[severity]) for severity in SEVERITIES]
    checked = say("cli.coverage", language, amounts=counts.amounts, checked=counts.checked, outcomes=sum(counts.outcomes.values()))
    return " · ".join((checked, *found))


def findings_table(findings: Iterable[Finding], language: Language) -> Table:
    """One line a finding."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="dim")
    for column in ("severity", "page", "rule", "finding"):
        table.add_column(
            say(f"cli.column.{column}", language), no_wrap=column != "finding", justify="right" if column == "page" else "left"
        )
    for finding in findings:
        severity = Text(say(f"cli.severity.{finding.severity.value}", language), style=COLORS[finding.severity])
        table.add_row(severity, Text(str(finding.page)), Text(finding.rule, style="dim"), Group(*told(finding, language)))
    return table


def told(finding: Finding, language: Language) -> Iterator[RenderableType]:
    """A finding's title, its equation, and the figure that is most likely wrong."""
    yield Folded(clean(render(finding, language).title))
    if finding.equation:
        yield Folded(clean(finding.equation), style="dim")
    if finding.suspect:
        arrow = say("cli.suspect", language, text=finding.suspect.source.text, proposed=finding.suspect.proposed)
        yield Folded(clean(arrow), style="green")


def answer_view(answer: Mapping[str, Any], documents: Mapping[str, Document], language: Language) -> RenderableType:
    """An answer (``gouji-answer/1``) with its citations; ``documents`` by their SHA-256."""
    parts: list[RenderableType] = [Folded(clean(answer["answer"])), Text()]
    for cited in answer["citations"]:
        document = documents[cited["document"]]
        table = document.table(cited["table"]).label if cited["table"] else None
        where = " › ".join(filter(None, (table, cited["row"], cited["column"])))
        place = {"n": cited["number"], "name": document.name, "page": cited["page"], "where": where}
        parts.append(Folded(clean(say("cli.citation", language, **place)), style="bold"))
        parts.append(Padding(Folded(clean(cited["text"]), style="dim"), (0, 0, 0, 4)))
    return Group(*parts)
