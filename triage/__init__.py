"""Where the parts come together: a document is read, understood and checked, in a process of its own; many of them, one after the other.

The names below are loaded when they are first used: a process that has documents read by another one never loads the reader itself.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from triage.apart import examine_apart
    from triage.batch import Examined
    from triage.library import examined, open_library
    from triage.paths import expand
    from triage.reading import examine
    from triage.version import gouji_version, reader_version

__all__ = [
    "Examined",
    "examine",
    "examine_apart",
    "examined",
    "expand",
    "gouji_version",
    "open_library",
    "reader_version",
]
HOMES = {
    "Examined": "batch",
    "examine": "reading",
    "examine_apart": "apart",
    "examined": "library",
    "expand": "paths",
    "gouji_version": "version",
    "open_library": "library",
    "reader_version": "version",
}


def __getattr__(name: str) -> object:
    """The function of that name, from the module that holds it."""
    if name not in HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"triage.{HOMES[name]}"), name)
