"""The line above every page about a document: which one it is."""

from __future__ import annotations

import streamlit as st

from report.safe import clean
from store import Entry
from ui import desk, session
from ui.session import tell
from words import say


def named(entry: Entry) -> str:
    """A document as a reader would name it, on one line."""
    kind = say(f"export.kind.{entry.kind}", session.language()) if entry.kind != "unknown" else ""
    year = tell("year_kind", year=entry.fiscal_year or "", kind=kind).strip()
    parts = (entry.organization, year) if entry.organization else (entry.title or entry.name, year if entry.organization else "")
    return clean(" · ".join(part for part in parts if part)) or clean(entry.name)


def labels(entries: list[Entry]) -> dict[str, str]:
    """The names of documents by SHA-256; the file's name is added where two would be called the same."""
    names = {entry.sha256: named(entry) for entry in entries}
    seen = list(names.values())
    return {e.sha256: names[e.sha256] if seen.count(names[e.sha256]) == 1 else f"{names[e.sha256]} · {clean(e.name)}" for e in entries}


def document_bar() -> str | None:
    """Let the reader choose a document; None where there is none yet."""
    entries = desk.entries()
    if not entries:
        st.info(tell("empty"))
        if st.button(tell("empty.go"), type="primary", icon=":material/upload_file:"):
            session.go("triage")
        return None
    names = labels(entries)
    chosen = session.chosen("doc")
    if chosen and chosen not in names:
        st.warning(tell("gone"))
        chosen = ""
    chosen = chosen or entries[0].sha256
    session.choose(doc=chosen)
    st.session_state["picker"] = chosen
    st.selectbox(tell("document"), list(names), key="picker", format_func=names.__getitem__, on_change=picked, label_visibility="collapsed")
    return chosen


def picked() -> None:
    """Another document was chosen in the bar."""
    session.open_document(st.session_state["picker"])
