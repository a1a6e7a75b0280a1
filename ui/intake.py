"""How documents come in: dropped into the browser, or named as a folder of this machine; each with its progress and its message."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import streamlit as st

import triage
from model.document import Problem, Status
from report.safe import clean
from report.tally import sentences_of
from store import display_name
from triage.apart import Taken
from triage.batch import read_bytes
from ui import desk, session
from ui.session import tell

HOME = {"localhost", "127.0.0.1", "::1"}
WAITING, READING, DONE, FAILED = "waiting", "reading", "done", "failed"


@dataclass(slots=True)
class Item:
    """A file on its way in: its name, how far it is, and what is to be said of it."""

    name: str
    state: str = WAITING
    message: str = ""


def folders_allowed() -> bool:
    """Whether a folder of the machine may be named: where only this machine can reach the app, or ``GOUJI_FOLDERS=1`` says so."""
    told = os.environ.get("GOUJI_FOLDERS")
    return told == "1" if told else st.get_option("server.address") in HOME


def panel() -> None:
    """Draw the upload, the folder and the messages of the last batch."""
    left, right = st.columns([0.68, 0.32], gap="small") if folders_allowed() else (st.container(), None)
    turn = st.session_state.setdefault("upload.turn", 0)
    with left:
        label = tell("upload", limit=st.get_option("server.maxUploadSize"))
        files = st.file_uploader(label, accept_multiple_files=True, key=f"upload.{turn}", label_visibility="collapsed")
    if right is not None:
        with right, st.form("folder", border=True, clear_on_submit=False), st.container(horizontal=True, gap="small"):
            hint = tell("folder")
            folder = st.text_input(hint, key="folder.path", placeholder=hint, label_visibility="collapsed", icon=":material/folder:")
            named = "".join(sign for sign in folder if sign.isprintable()).strip()
            if st.form_submit_button(tell("folder.read"), key="folder.do") and named:
                take([(display_name(path.name), path) for path in triage.expand([Path(named).expanduser()])])
    if files:
        st.session_state["upload.turn"] = turn + 1
        take([(display_name(file.name), file.getvalue()) for file in files])
    messages()


def take(files: Sequence[tuple[str, bytes | Path]]) -> None:
    """Read files one after the other, and show how far each is."""
    items = [Item(name) for name, _ in files]
    overall = st.progress(0.0, text=tell("progress", done=0, of=len(files)))
    board = st.empty()
    seen: set[str] = set()
    for number, (item, (name, data)) in enumerate(zip(items, files, strict=True), 1):
        item.state = READING
        board.html(drawn(items))
        taken = read(name, data)
        item.state, item.message = outcome(taken, again=taken.sha256 in seen)
        seen.add(taken.sha256)
        board.html(drawn(items))
        overall.progress(number / len(files), text=tell("progress", done=number, of=len(files)))
    st.session_state["taken"] = items
    st.rerun()


def read(name: str, data: bytes | Path) -> Taken:
    """Read one file into the library."""
    content = read_bytes(data, desk.limits()) if isinstance(data, Path) else data
    if isinstance(content, Problem):
        return Taken("", name, Status.FAILED, (content,))
    return desk.take(content, name)


def outcome(taken: Taken, *, again: bool) -> tuple[str, str]:
    """The state of a file that was read, and its message."""
    said = sentences_of(taken.problems, session.language())
    if taken.status is Status.FAILED:
        return FAILED, " ".join(said)
    counts = " · ".join(f"{tell(f'severity.{name}')} {n}" for name, n in taken.findings.items() if n) or tell("taken.clean")
    return DONE, " ".join([counts, *([tell("taken.same")] if again else []), *said])


def drawn(items: Sequence[Item]) -> str:
    """The files with their bars."""
    return f'<div class="gj-files">{"".join(lines(items))}</div>'


def lines(items: Sequence[Item]) -> Iterator[str]:
    """One line a file."""
    for item in items:
        state = tell(f"state.{item.state}")
        message = escape(clean(item.message)) or escape(state)
        yield (
            f'<div class="gj-file {escape(item.state)}"><span class="name">{escape(clean(item.name))}</span>'
            f'<span class="bar" role="progressbar" aria-label="{escape(state)}"><i></i></span><span class="said">{message}</span></div>'
        )


def messages() -> None:
    """What came of the last batch, until it is put away."""
    items: list[Item] = st.session_state.get("taken", [])
    if not items:
        return
    bad = sum(item.state == FAILED for item in items)
    with st.container(border=True, key="taken_box"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.text(tell("taken", good=len(items) - bad, bad=bad))
            if st.button(tell("taken.away"), key="taken.away", type="tertiary", icon=":material/close:"):
                del st.session_state["taken"]
                st.rerun()
        st.html(drawn(sorted(items, key=lambda item: item.state != FAILED)))
