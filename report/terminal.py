"""Findings for a terminal: one coloured table a document, a line a finding. What a document says is shown as text, never as markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from checks.wording import render
from model.document import Status
from model.findings import SEVERITIES, Examination, Finding, Severity
from report.safe import clean
from report.tally import Tally, tally
from words import Language, say

COLORS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.ROUNDING: "cyan", Severity.NOTICE: "dim"}


def document_view(path: str, examination: Examination, language: Language) -> RenderableType:
    """What was found in one document: a heading, its problems, its findings from the gravest down."""
    counts = tally(examination, {}, language)
    parts: list[RenderableType] = [heading(path, counts, language)]
    parts += [Text(f"  ! {sentence}", style="red" if counts.status is Status.FAILED else "yellow") for sentence in counts.problems]
    if counts.status is not Status.FAILED:
        parts.append(Text("  " + summary(counts, language)))
    if examination.findings:
        ranked = sorted(examination.findings, key=lambda finding: (SEVERITIES.index(finding.severity), finding.page))
        parts.append(Padding(findings_table(ranked, language), (0, 0, 0, 2)))
    return Group(*parts, Text())


def heading(path: str, counts: Tally, language: Language) -> Text:
    """The file, and what it is."""
    line = Text(clean(path), style="bold")
    if counts.status is not Status.FAILED:
        line.append("  " + say("cli.document", language, title=counts.title, pages=counts.pages), style="not bold")
    return line


def summary(counts: Tally, language: Language) -> str:
    """How much was checked, and how many findings of each severity there are."""
    found = [say(f"cli.count.{severity.value}", language, n=counts.severities[severity]) for severity in SEVERITIES]
    checked = say("cli.coverage", language, amounts=counts.amounts, checked=counts.checked, outcomes=sum(counts.outcomes.values()))
    return " · ".join((checked, *found))


def findings_table(findings: Iterable[Finding], language: Language) -> Table:
    """One line a finding."""
    table = Table(show_edge=False, pad_edge=False, header_style="dim", expand=False)
    for column in ("severity", "page", "rule", "finding"):
        table.add_column(
            say(f"cli.column.{column}", language), no_wrap=column != "finding", justify="right" if column == "page" else "left"
        )
    for finding in findings:
        table.add_row(
            Text(say(f"cli.severity.{finding.severity.value}", language), style=COLORS[finding.severity]),
            Text(str(finding.page)),
            Text(finding.rule, style="dim"),
            Text("\n", no_wrap=False).join(told(finding, language)),
        )
    return table


def told(finding: Finding, language: Language) -> Iterator[Text]:
    """A finding's title, its equation, and the figure that is most likely wrong."""
    yield Text(clean(render(finding, language).title))
    if finding.equation:
        yield Text(clean(finding.equation), style="dim")
    if finding.suspect:
        arrow = say("cli.suspect", language, text=finding.suspect.source.text, proposed=finding.suspect.proposed)
        yield Text(clean(arrow), style="green")


def closing(examined: Iterable[tuple[str, Tally]], language: Language) -> RenderableType:
    """The end of a batch: what all documents come to, and which could not be read and why."""
    items = list(examined)
    failed = [(path, counts) for path, counts in items if counts.status is Status.FAILED]
    total = {severity: sum(counts.severities[severity] for _, counts in items) for severity in SEVERITIES}
    found = [say(f"cli.count.{severity.value}", language, n=n) for severity, n in total.items()]
    lines = [Text(" · ".join((say("cli.total", language, documents=len(items), failed=len(failed)), *found)), style="bold")]
    lines += [Text(f"  ! {clean(path)}: {' '.join(counts.problems)}", style="red") for path, counts in failed]
    return Group(*lines)
