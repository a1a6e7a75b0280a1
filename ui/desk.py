"""What the pages show, fetched once and kept for all sessions: examinations, lines of findings, pictures of pages.

Nothing here belongs to one session. No PDF is opened in this process: reading and drawing have processes of their own.
"""

from __future__ import annotations

import atexit
import base64
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

import triage
from model.assessment import Assessment
from model.document import Status
from model.findings import Examination
from model.limits import MEGABYTE, Limits
from report.points import Point, points
from store import Entry, Library, UnknownDocumentError
from triage.apart import Reader, Taken
from triage.drawing import form_apart, page_apart
from words import Language

if TYPE_CHECKING:
    from report.annotated_pdf import Annotated
    from report.export import Settings
    from triage.keeping import Keeper  # it brings all of retrieval: the first page does not wait for it

READER = Reader()
atexit.register(READER.close)


def library() -> Library:
    """The library on this machine."""
    return triage.open_library()


def entries() -> list[Entry]:
    """All documents of the library, the newest first."""
    return library().entries()


def entry(sha256: str) -> Entry | None:
    """One document's entry; None where it has been removed."""
    return next((found for found in entries() if found.sha256 == sha256), None)


def examination(sha256: str) -> Examination:
    """A document's examination. Raises ``UnknownDocumentError`` where it has been removed, in another window for instance."""
    shelf = library()
    if entry(sha256) is None:
        raise UnknownDocumentError(sha256)
    return _examination(str(shelf.home), shelf.version, sha256)


@st.cache_resource(max_entries=24, show_spinner=False)
def _examination(home: str, version: str, sha256: str) -> Examination:  # noqa: ARG001 - they tell the kept ones apart
    shelf = library()
    kept = shelf.get(sha256)
    if kept is None:  # another version wrote it
        name = next((found.name for found in entries() if found.sha256 == sha256), sha256)
        READER.take(shelf.home, shelf.original(sha256), name, limits())
        keeper().wake()
        kept = shelf.get(sha256)
    if kept is None:
        raise UnknownDocumentError(sha256)
    return kept


def lines(sha256: str, language: Language) -> tuple[Point, ...]:
    """A document's findings as lines of a list, without what the auditor said of them. Raises ``UnknownDocumentError``."""
    return _lines(examination(sha256), library().version, sha256, language)


@st.cache_resource(max_entries=48, show_spinner=False)
def _lines(_examination: Examination, version: str, sha256: str, language: Language) -> tuple[Point, ...]:  # noqa: ARG001
    return points([_examination], {}, language)


def keeper() -> Keeper:
    """Who keeps the library's index up to date, and asks it."""
    shelf = library()
    return _keeper(shelf.home, shelf.version)


def keeping() -> Keeper | None:
    """The same where somebody has asked for it already: on the first page nobody has."""
    return keeper() if _keeper.cache_info().currsize else None


@cache
def _keeper(home: Path, version: str) -> Keeper:
    from triage.keeping import Keeper

    found = Keeper(Library(home, version))
    found.give_way()
    found.wake()
    return found


def picture(sha256: str, number: int) -> str | None:
    """A page as PNG in base64; None where it cannot be drawn or takes too long, or the original is gone."""
    try:
        return _picture(str(library().home), sha256, number)
    except UnknownDocumentError:
        return None


@st.cache_data(max_entries=120, show_spinner=False)
def _picture(home: str, sha256: str, number: int) -> str | None:  # noqa: ARG001
    png = page_apart(library().original(sha256), number, READER.pool)
    return base64.b64encode(png).decode() if png else None


def form(name: str, examined: Examination, settings: Settings) -> Annotated:
    """A file that is drawn from a document's PDF."""
    return form_apart(name, examined, settings, READER.pool)


def revisions(sha256: str) -> int:
    """How often anything was said of a document's findings."""
    return sum(note.revision for note in library().papers(sha256).notes().values())


def assessments(shas: list[str]) -> Mapping[str, Mapping[str, Assessment]]:
    """What was said of the findings of these documents."""
    shelf = library()
    return {sha256: shelf.papers(sha256).assessments() for sha256 in shas}


def take(data: bytes, name: str) -> Taken:
    """Read a file into the library; it can be searched a moment later."""
    taken = READER.take(library().home, data, name, limits())
    if taken.status is not Status.FAILED:
        keeper().wake()
    return taken


def remove(sha256: str) -> None:
    """Take a document out of the library and of the index. Raises ``UnknownDocumentError``."""
    library().remove(sha256)
    keeper().wake()


def limits() -> Limits:
    """The bounds on one file: Streamlit's limit on uploads is the limit on reading too."""
    return Limits(bytes=int(st.get_option("server.maxUploadSize")) * MEGABYTE)
