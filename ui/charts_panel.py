"""Charts below the list of documents."""

from __future__ import annotations

from collections.abc import Sequence

from store import Entry


def panel(entries: Sequence[Entry]) -> None:
    """Draw the charts."""
