"""Which reader and which checks wrote something: a fingerprint of their sources, so that no one has to remember to count up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("model", "ingest", "checks")
TELLING = ("words", "report", "triage")
"""The parts that put an examination into the form that was ordered."""
LIBRARIES = ("pymupdf", "rapidocr-onnxruntime")
"""What reads pages, where it is installed: another version, or none, may read them differently."""


@cache
def gouji_version() -> str:
    """The installed version of Gouji."""
    return metadata.version("gouji")


@cache
def reader_version() -> str:
    """Changes whenever a document might be read or checked differently."""
    return f"{gouji_version()}-{fingerprint(PARTS)}"


@cache
def answer_version() -> str:
    """Changes whenever an order for a document might be answered differently: read, checked or put into words."""
    return f"{gouji_version()}-{fingerprint((*PARTS, *TELLING))}"


def fingerprint(parts: Iterable[str]) -> str:
    """Of the sources of these parts and of the libraries that read for them."""
    digest = hashlib.sha256()
    for library in libraries():
        digest.update(library.encode())
    for part in parts:
        for path in sorted((ROOT / part).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(ROOT).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def libraries() -> Iterator[str]:
    """Each of the libraries with its version."""
    for name in LIBRARIES:
        try:
            yield f"{name}=={metadata.version(name)}"
        except metadata.PackageNotFoundError:
            yield name
