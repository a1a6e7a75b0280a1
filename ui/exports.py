"""The files that leave the house: one is made when it is asked for, then offered for download."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

import triage
from report.export import FORMATS, Product, Settings, name_of, produce
from store import UnknownDocumentError
from ui import desk, markup, session
from ui.session import tell
from words import say

MIME = {
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".json": "application/json",
    ".csv": "text/csv",
    ".md": "text/markdown",
    ".zip": "application/zip",
}
ORDER = ("xlsx", "docx", "pdf", "summary", "csv", "md", "json")


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made (no bytes where it could not be), what is to be said of it, and what it was made of."""

    name: str
    data: bytes
    told: tuple[str, ...]
    state: tuple[object, ...]


def button(shas: Sequence[str], *, key: str) -> None:
    """A button that opens the choice of formats for these documents."""
    words = {name: say(f"export.format.{name}", session.language()) for name in ORDER}
    with st.popover(tell("export"), icon=":material/download:", disabled=not shas, key=f"export.{key}.open"):
        form = st.radio(tell("export.format"), ORDER, format_func=words.__getitem__, key=f"export.{key}.format")
        state = (form, session.language(), tuple(shas), *(desk.revisions(sha256) for sha256 in shas))
        if st.button(tell("export.make", n=len(shas)), key=f"export.{key}.make", type="primary"):
            with st.spinner(tell("export.making")):
                name, data, told = made(form, shas)
            st.session_state[f"export.{key}"] = Made(name, data, tuple(told), state)
        found: Made | None = st.session_state.get(f"export.{key}")
        if found is not None and found.state == state:
            offer(found, key)


def offer(found: Made, key: str) -> None:
    """The file that was made, and what is to be said of it."""
    for message in found.told:
        st.warning(markup.literal(message))
    if found.data:
        label, suffix = markup.literal(tell("export.save", name=found.name)), "." + found.name.rpartition(".")[2]
        st.download_button(label, found.data, found.name, MIME[suffix], f"export.{key}.save", on_click="ignore", icon=":material/save_alt:")


def made(form: str, shas: Sequence[str]) -> tuple[str, bytes, list[str]]:
    """One file: its name, its bytes (none where it could not be made) and the messages. Several files are packed into one."""
    examinations = [desk.examination(sha256) for sha256 in shas]
    settings = Settings(triage.gouji_version(), session.language(), original, desk.assessments(list(shas)), draw=desk.form)
    products = list(produce(form, examinations, settings))
    told = [product.message for product in products if product.message]
    files = [product for product in products if product.data is not None]
    if not files:
        return name_of(form, examinations, session.language()), b"", told
    if len(files) == 1:
        return files[0].name, files[0].data or b"", told
    whole = name_of(form, examinations, session.language()).removesuffix(FORMATS[form].suffix) + ".zip"
    return whole, packed(files), told


def packed(files: Sequence[Product]) -> bytes:
    """Several files in one archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(file.name, file.data or b"")
    return buffer.getvalue()


def original(sha256: str) -> bytes | None:
    """A PDF's bytes, None where they are gone."""
    try:
        return desk.library().original(sha256)
    except UnknownDocumentError:
        return None
