"""The bounds on one document, as the environment sets them."""

from __future__ import annotations

import os
from dataclasses import replace

from model.limits import MEGABYTE, USUAL, Bounds, Limits

SECONDS, MEMORY, PAGES = "GOUJI_MAX_SECONDS", "GOUJI_MAX_MEMORY_MB", "GOUJI_MAX_PAGES"


def bounds_set(limits: Limits | None = None) -> Bounds:
    """The usual bounds, with these limits if any are given, but for what the environment sets."""
    given = limits or USUAL.limits
    return Bounds(
        number(SECONDS, USUAL.seconds),
        int(number(MEMORY, USUAL.memory / MEGABYTE) * MEGABYTE),
        replace(given, pages=int(number(PAGES, given.pages))),
    )


def number(name: str, usual: float) -> float:
    """A positive number of the environment; what is none is as if it were not set."""
    text = os.environ.get(name, "")
    return float(text) if text.isdecimal() and int(text) else usual
