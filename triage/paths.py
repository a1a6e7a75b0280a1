"""What a command line names: files, and folders searched for PDFs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path


def expand(paths: Iterable[Path]) -> Iterator[Path]:
    """Every file named, and every PDF in the folders named, in the order of their names; links to folders are not followed.

    What does not exist, and a folder without a PDF, comes back as it is: it is for the reader to say so.
    """
    for path in paths:
        found = sorted(pdfs_in(path)) if path.is_dir() else []
        yield from found or [path]


def pdfs_in(folder: Path) -> Iterator[Path]:
    """All PDFs below a folder."""
    for parent, _, names in os.walk(folder):
        for name in names:
            if name.lower().endswith(".pdf"):
                yield Path(parent, name)
