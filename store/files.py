"""Files that are whole or absent: written under a temporary name, then renamed; one writer at a time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeVar

import msgspec
from filelock import FileLock

PARTIAL = ".part"
DAMAGED = ".damaged"
DAMAGE = (msgspec.MsgspecError, UnicodeDecodeError)
PATIENCE = 60.0
Kept = TypeVar("Kept")


@contextmanager
def writing(home: Path) -> Iterator[None]:
    """Hold the library's write lock. Raises ``filelock.Timeout`` when another writer keeps it for a minute."""
    home.mkdir(parents=True, exist_ok=True)
    with FileLock(home / "writer.lock", timeout=PATIENCE):
        yield


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in place in one step: a reader, or a crash, sees the old file or the new one."""
    with whole_file(path) as file:
        file.write(data)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write that takes its place when the block ends well, and leaves nothing behind otherwise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + PARTIAL)
    try:
        with partial.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def replace(source: Path, target: Path, attempts: int = 40) -> None:
    """Rename over the target; waits up to two seconds for a reader that has it open, which Windows does not allow."""
    for attempt in range(attempts):
        try:
            source.replace(target)
        except PermissionError:
            if attempt == attempts - 1:
                raise
            time.sleep(0.05)
        else:
            return


def kept(home: Path, path: Path, kind: type[dict[str, Kept]]) -> dict[str, Kept]:
    """What a file of JSON holds; {} where there is none. A damaged one is set aside, for a person to look at."""
    try:
        return decoded(path, kind)
    except DAMAGE:
        with writing(home):
            return mended(path, kind)


def mended(path: Path, kind: type[dict[str, Kept]]) -> dict[str, Kept]:
    """The same for who holds the lock."""
    try:
        return decoded(path, kind)
    except DAMAGE:
        taken = sum(1 for _ in path.parent.glob(f"{path.name}*{DAMAGED}"))
        replace(path, path.with_name(f"{path.name}{f'.{taken}' if taken else ''}{DAMAGED}"))
        return {}


def decoded(path: Path, kind: type[dict[str, Kept]]) -> dict[str, Kept]:
    """What a file of JSON holds; {} where there is none. Raises one of ``DAMAGE``."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except FileNotFoundError:
        return {}


def sweep(folder: Path) -> None:
    """Remove what a writer that was killed has left behind; call it while holding the lock."""
    for left in folder.glob(f"*{PARTIAL}"):
        left.unlink(missing_ok=True)
