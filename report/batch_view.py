"""The end of a batch for a terminal: which documents have most errors, what all come to, and which could not be read and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from heapq import heappush, heappushpop
from typing import Protocol

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from model.document import Problem, Status
from model.findings import SEVERITIES
from report.folding import Folded
from report.safe import clean
from report.tally import percent, sentences_of
from words import Language, say

MOST = 20  # documents listed by name; an office's hundred would push the sum off the screen


class Told(Protocol):
    """What is told of one document."""

    @property
    def status(self) -> Status:
        """How far it was read."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read."""

    @property
    def pages(self) -> int:
        """How many pages it has."""

    @property
    def findings(self) -> dict[str, int]:
        """Findings by severity."""

    @property
    def amounts(self) -> int:
        """Amounts its tables print."""

    @property
    def checked(self) -> int:
        """Those of them that took part in a check."""


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One document of a batch; lines are ordered by how grave their findings are."""

    weight: tuple[int, ...]
    path: str
    pages: int
    findings: Mapping[str, int] = field(compare=False)
    amounts: int
    checked: int


@dataclass(slots=True)
class Account:
    """What a batch comes to, kept while it goes on; its size does not grow with the documents that could be read.

    ``again`` are documents that an earlier run had read, ``fresh`` the pages that were read now.
    """

    language: Language
    documents: int = 0
    again: int = 0
    pages: int = 0
    fresh: int = 0
    amounts: int = 0
    checked: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[str, str]] = field(default_factory=list)
    gravest: list[Line] = field(default_factory=list)

    def note(self, path: str, told: Told) -> None:
        """Count one document."""
        self.documents += 1
        if told.status is Status.FAILED:
            self.failed.append((path, " ".join(sentences_of(told.problems, self.language))))
            return
        self.pages += told.pages
        self.amounts += told.amounts
        self.checked += told.checked
        self.findings.update(told.findings)
        weight = tuple(told.findings.get(severity.value, 0) for severity in SEVERITIES)
        line = Line(weight, path, told.pages, told.findings, told.amounts, told.checked)
        if len(self.gravest) < MOST:
            heappush(self.gravest, line)
        else:
            heappushpop(self.gravest, line)

    def view(self, seconds: float) -> RenderableType:
        """The summary, after that many seconds."""
        language = self.language
        total = say("cli.total", language, documents=self.documents, failed=len(self.failed))
        rate = say("cli.rate", language, pages=self.pages, seconds=f"{seconds:.1f}", rate=f"{self.fresh / max(seconds, 0.001):.1f}")
        again = [say("cli.again", language, n=self.again)] if self.again else []
        parts: list[RenderableType] = [self._table()] if self.gravest else []
        parts.append(Folded(" · ".join((total, rate, *again)), style="bold"))
        parts += [Folded(f"! {clean(path)}: {reason}", style="red") for path, reason in self.failed]
        return Group(*parts)

    def _table(self) -> Table:
        """The gravest documents and the sum of all."""
        table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="dim", show_footer=True)
        read = self.documents - len(self.failed)
        rest = read - len(self.gravest)
        label = say("cli.sum", self.language, n=read) + (" " + say("cli.more", self.language, n=rest) if rest else "")
        table.add_column(say("cli.column.file", self.language), Folded(label), overflow="fold")
        sums = [self.pages, *(self.findings[severity.value] for severity in SEVERITIES), percent(self.checked, self.amounts)]
        heads = [say("cli.column.page", self.language), *(say(f"cli.severity.{severity.value}", self.language) for severity in SEVERITIES)]
        for head, value in zip([*heads, say("cli.column.checked", self.language)], sums, strict=True):
            table.add_column(head, str(value), justify="right", no_wrap=True)
        for line in sorted(self.gravest, reverse=True):
            counts = [str(line.findings.get(severity.value, 0)) for severity in SEVERITIES]
            table.add_row(Text(clean(line.path)), str(line.pages), *counts, percent(line.checked, line.amounts))
        return table
