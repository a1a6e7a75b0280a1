"""Many documents, one after the other: whatever is wrong with one of them, the others are examined."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.limits import MEGABYTE, Limits
from model.document import Problem
from model.findings import Examination
from store.names import display_name
from triage.examine import DEFAULT, examine, unopened


@dataclass(frozen=True, slots=True)
class Examined:
    """A path as it was given, and what came of it."""

    path: str
    examination: Examination


def run(files: Iterable[Path], limits: Limits = DEFAULT) -> Iterator[Examined]:
    """Examine the files in their order; the same bytes are examined once, and the second file says so."""
    seen: dict[str, Examined] = {}
    for path in files:
        item = examine_file(path, limits, seen)
        seen.setdefault(item.examination.document.sha256, item)
        yield item


def examine_file(path: Path, limits: Limits, seen: dict[str, Examined]) -> Examined:
    """Examine one file, unless one of the same bytes was seen before."""
    name = display_name(path.name)
    data = read_bytes(path, limits)
    if isinstance(data, Problem):
        return Examined(str(path), unopened(name, data))
    earlier = seen.get(hashlib.sha256(data).hexdigest())
    return Examined(str(path), repeated(earlier, name) if earlier else examine(data, name, limits))


def read_bytes(path: Path, limits: Limits) -> bytes | Problem:
    """A file's bytes, or why there are none."""
    try:
        if path.is_dir():
            return Problem("folder-without-pdf")
        size = path.stat().st_size
        if size > limits.bytes:  # said before it fills the memory
            params = {"size": f"{size / MEGABYTE:.0f}", "limit": f"{limits.bytes / MEGABYTE:.0f}"}
            return Problem("file-too-large", params=params)
        return path.read_bytes()
    except FileNotFoundError:
        return Problem("file-not-found")
    except OSError as error:
        return Problem("file-not-readable", params={"reason": error.strerror or type(error).__name__})


def repeated(earlier: Examined, name: str) -> Examination:
    """The examination of a second file with the bytes of an earlier one."""
    document = earlier.examination.document
    problem = Problem("same-file", params={"path": earlier.path})
    return replace(earlier.examination, document=replace(document, name=name, problems=(*document.problems, problem)))
