"""Checks: facts in, findings out. Every rule is a small function that states equations or remarks; the engine traces what fails."""

from checks import (
    crossfoot,
    footing,
    form_citations,
    form_contents,
    form_figures,
    form_lists,
    form_names,
    form_punctuation,
    form_wording,
    form_years,
    narration,
    recalculation,
    slipped,
    table_rates,
    ties,
)
from checks.engine import check

__all__ = [
    "check",
    "crossfoot",
    "footing",
    "form_citations",
    "form_contents",
    "form_figures",
    "form_lists",
    "form_names",
    "form_punctuation",
    "form_wording",
    "form_years",
    "narration",
    "recalculation",
    "slipped",
    "table_rates",
    "ties",
]
