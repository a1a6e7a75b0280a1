"""The catalogue of checks as Markdown, printed from the register: ``python -m checks.documentation > docs/checks.md``."""

from __future__ import annotations

import inspect
from itertools import groupby

from checks.registry import RULES, Rule

FAMILIES = {
    "FT": "Foot: columns added up again",
    "CF": "Cross-foot: rows added up again",
    "TI": "Tie: the same amount in two places",
    "RC": "Recalculate: differences, growth, shares, completion",
    "RF": "Roll forward: opening + in − out = closing",
    "NT": "Narrative: the text against tables, its parts and itself",
    "CC": "Codes and names",
    "PR": "Presence: what should be there",
    "AN": "Analytic: questions, not faults",
    "FI": "Figures: how amounts are printed",
    "WO": "Wording: punctuation, spelling, leftovers",
    "YR": "Years",
    "OC": "Recognition: figures of scanned pages read with doubt",
}
INTRODUCTION = """# Checks

Printed from the register of checks by `python -m checks.documentation`; a test fails when this page is stale.

Every check states *what* is compared, on what *basis*, what most often causes it, and an example. Severities: **error** is provably
inconsistent beyond rounding, **warning** is what an auditor would ask, **notice** is wording and form; a gap that printed precision
alone can cause is reported as **rounding** (尾差) under the rule that found it.
"""


def markdown() -> str:
    """The whole page."""
    parts = [INTRODUCTION]
    for family, rules in groupby((RULES[code] for code in sorted(RULES)), key=lambda rule: rule.code[:2]):
        parts.append(f"## {family} · {FAMILIES.get(family, family)}\n")
        parts.extend(section(rule) for rule in rules)
    return "\n".join(parts)


def section(rule: Rule) -> str:
    """One rule's entry."""
    return f"### {rule.code} {rule.name} ({rule.severity.value})\n\n{inspect.cleandoc(rule.documentation)}\n"


if __name__ == "__main__":
    import checks  # noqa: F401 - registers the rules

    print(markdown(), end="")
