"""What a list of many documents shows of each, kept beside the examination so that the list never has to open it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

import msgspec

from model.amounts import MONEY_UNITS
from model.findings import Examination, Finding, Severity


class Summary(msgspec.Struct, frozen=True):
    """Printed amounts and those checked; pages or tables that could not be read; findings by family (``FT``) and severity.

    ``affected`` is the sum, in 元, of the amounts by which the errors' figures are off.
    """

    amounts: int = 0
    checked: int = 0
    problems: int = 0
    affected: Decimal = Decimal(0)
    families: dict[str, dict[str, int]] = {}


def summary_of(examination: Examination) -> Summary:
    """The summary of an examination."""
    families: dict[str, dict[str, int]] = {}
    for finding in examination.findings:
        counts = families.setdefault(finding.rule[:2], {})
        counts[finding.severity.value] = counts.get(finding.severity.value, 0) + 1
    return Summary(
        amounts=examination.coverage.amounts,
        checked=examination.coverage.checked,
        problems=len(examination.document.problems),
        affected=affected(examination.findings),
        families=families,
    )


def affected(findings: Iterable[Finding]) -> Decimal:
    """By how much, in 元, the errors' figures are off altogether; those without an amount of money count nothing."""
    return sum((money(finding) for finding in findings if finding.severity is Severity.ERROR), Decimal(0))


def money(finding: Finding) -> Decimal:
    """By how much, in 元, a finding's figure is off; zero where that is no amount of money."""
    unit = MONEY_UNITS.get(finding.unit)
    try:
        difference = Decimal(finding.difference.replace(",", ""))
    except InvalidOperation:
        return Decimal(0)
    return abs(difference) * unit.scale if unit and difference.is_finite() else Decimal(0)
