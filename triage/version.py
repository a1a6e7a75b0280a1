"""Which reader and which checks wrote something: a fingerprint of their sources, so that no one has to remember to count up."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("model", "ingest", "checks")


@cache
def gouji_version() -> str:
    """The installed version of Gouji."""
    return metadata.version("gouji")


@cache
def reader_version() -> str:
    """Changes whenever a document might be read or checked differently."""
    digest = hashlib.sha256()
    for part in PARTS:
        for path in sorted((ROOT / part).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(ROOT).as_posix().encode())
                digest.update(path.read_bytes())
    return f"{gouji_version()}-{digest.hexdigest()[:12]}"
