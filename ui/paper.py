"""The working paper of a finding: its status, a note and a name; and the steps from one finding to the next."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from model.assessment import Assessment, Standing
from report.export import today
from report.points import Point
from report.safe import clean
from store import ConflictError, Note
from ui import desk, session
from ui.session import tell


def steps(point: Point, shown: Sequence[Point]) -> None:
    """Previous and next, by button or by the keys K and J."""
    at = next((n for n, p in enumerate(shown) if p.finding.id == point.finding.id), 0)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="steps"):
        back = st.button(tell("previous"), key="previous", shortcut="k", icon=":material/arrow_upward:", disabled=at == 0)
        on = st.button(tell("next"), key="next", shortcut="j", icon=":material/arrow_downward:", disabled=at >= len(shown) - 1)
        st.text(tell("position", n=at + 1, of=len(shown)))
    if back or on:
        session.open_document(point.document.sha256, shown[at + (1 if on else -1)].finding.id)
        st.rerun()


def form(point: Point, note: Note) -> None:
    """What the auditor says of the finding. It is kept at once when a status is chosen; the note with it."""
    name = f"{point.document.sha256[:12]}.{point.finding.id}"
    st.session_state.setdefault(f"read.{name}", note.revision)
    with st.container(border=True, key="paper"):
        with st.container(horizontal=True, gap="small", key="standings"):
            for number, standing in enumerate(Standing, 1):
                current = note.assessment.status is standing
                label = tell(f"standing.{standing.value}")
                if st.button(label, key=f"standing.{standing.value}", type="primary" if current else "secondary", shortcut=str(number)):
                    keep(point, standing, name)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            hint = tell("note.hint")
            st.text_area(
                tell("note"),
                note.assessment.note,
                68,
                key=f"note.{name}",
                placeholder=hint,
                label_visibility="collapsed",
                persist_state="session",
            )
            if st.button(tell("note.keep"), key="keep"):
                keep(point, note.assessment.status, name)
        if note.revision:
            st.text(stamp(note.assessment))


def stamp(assessment: Assessment) -> str:
    """Who said it, and when."""
    return clean(" · ".join(part for part in (assessment.name, assessment.date) if part))


def keep(point: Point, standing: Standing, name: str) -> None:
    """Write status and note to the working papers; where someone else was faster, say what they wrote."""
    said = Assessment(standing, str(st.session_state.get(f"note.{name}", "")).strip(), session.chosen("reviewer"), today().isoformat())
    papers = desk.library().papers(point.document.sha256)
    try:
        kept = papers.write(point.finding.id, said, revision=st.session_state[f"read.{name}"])
    except ConflictError as error:
        theirs = error.current
        st.session_state[f"read.{name}"] = theirs.revision
        who = clean(theirs.assessment.name) or tell("someone")
        session.later(
            tell("conflict", name=who, status=tell(f"standing.{theirs.assessment.status.value}"), note=clean(theirs.assessment.note)),
            "warning",
        )
    else:
        st.session_state[f"read.{name}"] = kept.revision
    st.rerun()
