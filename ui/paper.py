"""The working paper of a finding: its status, a note and a name; and the steps from one finding to the next."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from filelock import Timeout

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
    sha256 = point.document.sha256
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="steps"):
        for name, symbol, key, other in (("previous", "upward", "k", at - 1), ("next", "downward", "j", at + 1)):
            there = 0 <= other < len(shown)
            st.button(
                tell(name),
                key=name,
                shortcut=key,
                icon=f":material/arrow_{symbol}:",
                disabled=not there,
                on_click=session.open_document,
                args=(sha256, shown[other].finding.id if there else None),
            )
        st.text(tell("position", n=at + 1, of=len(shown)))


def form(point: Point, note: Note) -> None:
    """What the auditor says of the finding. It is kept at once when a status is chosen; the note with it."""
    name = f"{point.document.sha256[:12]}.{point.finding.id}"
    st.session_state.setdefault(f"read.{name}", note.revision)
    with st.container(border=True, key="paper"):
        with st.container(horizontal=True, gap="small", key="standings"):
            for number, standing in enumerate(Standing, 1):
                st.button(
                    tell(f"standing.{standing.value}"),
                    key=f"standing.{standing.value}",
                    type="primary" if note.assessment.status is standing else "secondary",
                    shortcut=str(number),
                    on_click=keep,
                    args=(point, standing, name),
                )
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
            st.button(tell("note.keep"), key="keep", on_click=keep, args=(point, note.assessment.status, name))
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
    except Timeout:
        session.later(tell("locked"), "error")
    except OSError as error:
        session.later(tell("disk", reason=error.strerror or type(error).__name__), "error")
    else:
        st.session_state[f"read.{name}"] = kept.revision
