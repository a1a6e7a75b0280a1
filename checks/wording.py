"""A finding in words: its templates of the catalogue, filled from its parameters, which are data and never templates themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass

from model.findings import Finding, Suspect
from words import Language, knows, say

LISTS = {"amounts", "examples", "marks", "names", "pages", "pairs", "rows", "signs"}
BETWEEN = re.compile(r"(?<=[”\d])[、；](?=“)")
OTHERS = re.compile(r"(?<=”)等$")


@dataclass(frozen=True, slots=True)
class Wording:
    """What a reader is told of a finding.

    ``explanation`` ends with what was most likely meant where one figure is suspected; ``basis`` names the rule that was applied (依据).
    """

    title: str
    explanation: str
    basis: str


def render(finding: Finding, language: Language) -> Wording:
    """The finding in a language. Raises ``KeyError`` where the catalogue lacks its rule or a parameter is missing."""
    explanation = _part(finding, "explanation", language)
    return Wording(
        title=_part(finding, "title", language),
        explanation=_suspecting(explanation, finding.suspect, language) if finding.suspect else explanation,
        basis=say(f"finding.{finding.rule}.basis", language),
    )


def _part(finding: Finding, part: str, language: Language) -> str:
    special = f"finding.{finding.rule}.{finding.variant}.{part}"
    key = special if finding.variant and knows(special) else f"finding.{finding.rule}.{part}"
    figures = {
        "equation": finding.equation,
        "stated": finding.stated,
        "expected": finding.expected,
        "difference": finding.difference,
        "gap": _gap(finding.difference, finding.unit, language),
        "unit": finding.unit,
    }
    params = {name: listed(text) if language == "en" and name in LISTS else text for name, text in finding.params.items()}
    return say(key, language, **(figures | params))


def listed(quotations: str) -> str:
    """A list, of quotations or of bare items, with the marks of English between its items."""
    if "“" not in quotations:
        return quotations.replace("、", ", ")
    return OTHERS.sub(" and others", BETWEEN.sub(lambda mark: {"、": ", ", "；": "; "}[mark[0]], quotations))


def _gap(difference: str, unit: str, language: Language) -> str:
    """How much more or less is stated than is right, in words; empty where nothing single is right."""
    if not difference:
        return ""
    key = "suspicion.less" if difference.startswith("-") else "suspicion.more"
    measure = say("suspicion.points", language) if unit == "%" else unit
    return say(key, language, amount=difference.lstrip("-"), unit=measure)


def _suspecting(explanation: str, suspect: Suspect, language: Language) -> str:
    kind = "unknown" if suspect.cause == "unknown" else "known"
    return say(
        f"suspicion.{kind}" if suspect.explains > 1 else f"suspicion.{kind}-single",
        language,
        explanation=explanation,
        page=suspect.source.place.page,
        text=suspect.source.text,
        proposed=suspect.proposed,
        explains=suspect.explains,
        cause=say(f"cause.{suspect.cause}", language),
    )
