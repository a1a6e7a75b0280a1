"""From outcomes to findings: every check runs, failing equations are traced to the figures that are probably wrong."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from checks.book import Book
from checks.doubt import notice, opened, settle
from checks.equations import Equation, Figure
from checks.present import equation_text, expected_text, expected_value, stated_figure, unit_text
from checks.registry import RULES, Remark, run_all
from checks.rounding import rounding_findings
from checks.suspects import Fault, Repair, System
from model.amounts import Dimension
from model.document import Document
from model.facts import Fact, Facts
from model.findings import Coverage, Finding, Location, Result, Severity, Suspect

ORDER = {severity: i for i, severity in enumerate((Severity.ERROR, Severity.WARNING, Severity.ROUNDING, Severity.NOTICE))}
MOST_PLACES = 24
DIRECTION = "NT301"


def check(document: Document, facts: Facts) -> tuple[tuple[Finding, ...], Counter[Result], Coverage]:
    """Run every check on a document's facts.

    Returns the findings, the gravest first and in the order of pages, the number of outcomes of each kind, and the coverage.
    """
    book = Book(document, facts)
    equations, remarks = outcomes_of(book)
    if any(fact.doubtful for fact in facts.cells):
        surer, settled = settle(book, equations)
        book = Book(document, surer)
        equations, remarks = outcomes_of(book)
        remarks += [notice(item.read, item.fact) for item in settled]
    system = System(equations)
    system.results = opened(equations, system.results)
    outcomes: Counter[Result] = Counter(dict.fromkeys(Result, 0))
    outcomes.update(r for r, e in zip(system.results, equations, strict=True) if not e.says.soft)
    outcomes.update(remark.result for remark in remarks)
    failing = [remark for remark in remarks if remark.result is Result.FAIL]
    faults, failing = folded(list(fault_findings(system)), failing)
    findings = [*faults, *rounding_findings(system), *(remark_finding(remark) for remark in failing)]
    findings.sort(key=lambda f: (ORDER[f.severity], f.page, f.rule, f.id))
    return tuple(unique(findings)), outcomes, coverage(book, equations)


def outcomes_of(book: Book) -> tuple[list[Equation], list[Remark]]:
    """What every check states of a document."""
    equations: list[Equation] = []
    remarks: list[Remark] = []
    for item in run_all(book):
        if isinstance(item, Remark):
            remarks.append(item)
        else:
            equations.append(item)
    return equations, remarks


def folded(faults: list[Finding], remarks: Sequence[Remark]) -> tuple[list[Finding], list[Remark]]:
    """Words that contradict a figure which is wrong itself are symptoms of that fault, not findings beside it."""
    rest = []
    for remark in remarks:
        keys = {source.key for _, source in remark.places}
        place = next((i for i, f in enumerate(faults) if f.suspect and f.suspect.source.key in keys), None)
        if remark.rule != DIRECTION or place is None:
            rest.append(remark)
        else:
            symptom = f"{remark.rule}:{remark.places[0][1].key}"
            faults[place] = replace(faults[place], symptoms=(*faults[place].symptoms, symptom))
    return faults, rest


def unique(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings without repetitions."""
    seen: set[str] = set()
    for finding in findings:
        if finding.id not in seen:
            seen.add(finding.id)
            yield finding


def coverage(book: Book, equations: Sequence[Equation]) -> Coverage:
    """How many amounts the tables print, and how many of them take part in an equation."""
    used = {figure.key for equation in equations for figure in equation.figures}
    printed = {fact.source.key for fact in book.facts.cells if not is_count(fact)}
    return Coverage(len(printed), len(printed & used))


def is_count(fact: Fact) -> bool:
    """Whether a figure counts things instead of measuring money or a rate."""
    return fact.amount.unit is not None and fact.amount.unit.dimension is Dimension.COUNT


def fault_findings(system: System) -> Iterator[Finding]:
    """One finding for each wrong figure, with what it explains folded into it."""
    for fault in system.faults():
        yield fault_finding(system, fault)


def fault_finding(system: System, fault: Fault) -> Finding:
    """The finding of one fault: the most telling equation leads, the others are its symptoms."""
    equations = sorted((system.equations[i] for i in fault.equations), key=lambda e: telling(e, fault.repairs[0]))
    lead = equations[0]
    rule = RULES[lead.says.rule]
    best, *others = [suspect_of(repair) for repair in fault.repairs]
    figure = stated_figure(lead)
    return Finding(
        id=identity(lead.says.rule, lead.says.variant, [f.key for f in lead.figures]),
        rule=rule.code,
        name=rule.name,
        severity=rule.severity,
        locations=places(lead, equations),
        params=dict(lead.says.params),
        variant=lead.says.variant,
        equation=equation_text(lead),
        stated=figure.amount.text,
        expected=expected_text(lead),
        difference=difference_text(lead, figure),
        unit=unit_text(figure),
        suspect=best,
        alternatives=tuple(others[:2]),
        symptoms=tuple(f"{e.says.rule}:{stated_figure(e).key}" for e in equations[1:]),
    )


def telling(equation: Equation, repair: Repair) -> tuple[bool, bool, str]:
    """Sorts equations: those of known meaning first, those that reckon the suspect itself before those it is a part of."""
    return equation.says.soft, stated_figure(equation).key != repair.figure.key, equation.says.rule


def difference_text(equation: Equation, figure: Figure) -> str:
    """Stated less expected, in the figure's unit and places; empty where nothing single is expected."""
    value = expected_value(equation)
    return "" if value is None else f"{figure.amount.value - value:,.{figure.amount.places}f}"


def suspect_of(repair: Repair) -> Suspect:
    """What the report says of a repair."""
    return Suspect(
        source=repair.figure.source,
        proposed=f"{repair.proposed:,.{repair.figure.amount.places}f}",
        cause=repair.cause,
        explains=len(repair.explains),
    )


def places(lead: Equation, equations: Sequence[Equation]) -> tuple[Location, ...]:
    """Where the lead's figures stand, then what else the fault touches."""
    figures = lead.figures
    found = [Location("total" if i == 0 else "part", f.source) for i, f in enumerate(figures)]
    seen = {f.key for f in figures}
    for equation in equations[1:]:
        for figure in equation.figures:
            if figure.key not in seen and len(found) < MOST_PLACES:
                seen.add(figure.key)
                found.append(Location("related", figure.source))
    return tuple(found)


def identity(rule: str, variant: str, keys: Sequence[str]) -> str:
    """A short name that is the same for the same finding in every run over the same document."""
    return hashlib.sha256("|".join([rule, variant, *sorted(keys)]).encode()).hexdigest()[:8]


def remark_finding(remark: Remark) -> Finding:
    """The finding of a check that is no equation."""
    rule = RULES[remark.rule]
    keys = [f"{source.key}:{source.text}" for _, source in remark.places]
    return Finding(
        id=identity(remark.rule, remark.variant, keys),
        rule=rule.code,
        name=rule.name,
        severity=remark.severity or rule.severity,
        locations=tuple(Location(role, source) for role, source in remark.places),
        params=remark.params,
        variant=remark.variant,
        equation=remark.equation,
        stated=remark.stated,
        expected=remark.expected,
        unit=remark.unit,
    )
