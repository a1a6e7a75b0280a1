"""Rounding differences (尾差): equations that printed precision alone can break, listed once for each run of lines they pass through."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from checks.equations import Equation
from checks.present import equation_text, expected_text, stated_figure, unit_text
from checks.registry import RULES
from checks.suspects import System
from model.findings import Finding, Location, Result, Severity


def rounding_findings(system: System) -> Iterator[Finding]:
    """One finding a connected run: equations of one rule that share a figure are one unit of the last place running through them."""
    off = [
        equation
        for equation, result in zip(system.equations, system.results, strict=True)
        if result is Result.ROUNDING and not equation.says.soft
    ]
    for group in connected(off):
        yield rounding_finding(group)


def connected(equations: list[Equation]) -> list[list[Equation]]:
    """Equations grouped by rule and shared figures."""
    group_of: dict[tuple[str, str], int] = {}
    groups: list[list[Equation]] = []
    for equation in equations:
        keys = [(equation.says.rule, f.key) for f in equation.figures]
        joined = sorted({group_of[k] for k in keys if k in group_of})
        if joined:
            home = joined[0]
            for other in joined[1:]:
                groups[home].extend(groups[other])
                for moved in groups[other]:
                    group_of.update({(moved.says.rule, f.key): home for f in moved.figures})
                groups[other] = []
        else:
            home = len(groups)
            groups.append([])
        groups[home].append(equation)
        group_of.update(dict.fromkeys(keys, home))
    return [group for group in groups if group]


def rounding_finding(group: list[Equation]) -> Finding:
    """The finding of one run: the first equation leads, every figure is a place."""
    lead = group[0]
    rule, figure = RULES[lead.says.rule], stated_figure(lead)
    locations: dict[str, Location] = {}
    for equation in group:
        for i, item in enumerate(equation.figures):
            locations.setdefault(item.key, Location("total" if i == 0 else "part", item.source))
    keys = sorted(locations)
    return Finding(
        id=hashlib.sha256("|".join(["rounding", rule.code, *keys]).encode()).hexdigest()[:8],
        rule=rule.code,
        name=rule.name,
        severity=Severity.ROUNDING,
        locations=tuple(locations.values()),
        params={**lead.says.params, "count": str(len(group))},
        variant="rounding",
        equation="；".join(equation_text(e) for e in group),
        stated=figure.amount.text,
        expected=expected_text(lead),
        unit=unit_text(figure),
    )
