"""Checks: facts in, findings out. Every rule is a small function that states equations or remarks; the engine traces what fails."""

from checks import crossfoot, footing, narration, recalculation, ties
from checks.engine import check

__all__ = ["check", "crossfoot", "footing", "narration", "recalculation", "ties"]
