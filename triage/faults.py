"""What is kept when the program itself fails: the last time, on disk, for the developers."""

from __future__ import annotations

import traceback
from pathlib import Path

from store import default_home, whole_file
from triage.version import answer_version

NAME = "fault.log"


def recorded(error: BaseException) -> Path | None:
    """Where the error and its traceback have been written, instead of those of the time before; None where the disk does not take them."""
    path = default_home() / NAME
    text = f"gouji {answer_version()}\n" + "".join(traceback.format_exception(error))
    try:
        with whole_file(path) as file:
            file.write(text.encode(errors="backslashreplace"))
    except OSError:
        return None
    return path
