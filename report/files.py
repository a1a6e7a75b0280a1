"""Files for others: safe names, whole or absent, and never in the place of a file that says something else."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path
from tempfile import mkstemp


def place(folder: Path, name: str, data: bytes) -> Path:
    """Write a file and return where it is. Raises ``OSError`` where the folder cannot be written.

    A file of that name with other content stays: an auditor may have filled it in by hand. The new one is numbered instead.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for n in count(1):
        path = folder / (name if n == 1 else numbered(name, n))
        if claimed(path):
            fill(path, data)
            return path
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return path
    raise AssertionError("counting never ends")


def numbered(name: str, n: int) -> str:
    """The name with a number before its suffix."""
    path = Path(name)
    return f"{path.stem} ({n}){path.suffix}"


def claimed(path: Path) -> bool:
    """Take a free name by an empty file; False where it is taken. Two exports at once never get the same name."""
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def fill(path: Path, data: bytes) -> None:
    """Put the content in the place of the empty file in one step; if that fails, the empty file goes too."""
    handle, temporary = mkstemp(prefix=".gouji-", suffix=path.suffix, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).chmod(path.stat().st_mode)  # a temporary file is readable by its owner alone
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        raise
