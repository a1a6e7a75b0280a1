"""Names of files as they may be shown: what a user sees never becomes a path, a control sequence or a second line."""

from __future__ import annotations

import unicodedata

LONGEST = 120


def display_name(name: str) -> str:
    """The last part of a name, without control, format and surrogate characters; ``document`` where nothing is left."""
    last = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    visible = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}).strip()
    if len(visible) > LONGEST:
        stem, dot, suffix = visible.rpartition(".")
        visible = f"{stem[: LONGEST - len(suffix) - 2]}…{dot}{suffix}" if dot and len(suffix) <= 8 else f"{visible[: LONGEST - 1]}…"
    return visible or "document"
