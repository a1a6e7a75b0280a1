"""How documents come in: dropped into the browser, or named as a folder of this machine; each with its progress and its message."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import triage
from model.document import Problem, Status
from report.safe import clean
from report.tally import sentences_of
from store import display_name
from triage.apart import Taken
from triage.batch import read_bytes
from ui import account, desk, jobs, session
from ui.jobs import FAILED, READING, Item, Job
from ui.session import tell

LOOK = 0.15
"""Seconds between two looks at files that are being read."""
LONG = 4
"""Seconds of reading one file after which it is said why it may take longer."""


def folders_allowed() -> bool:
    """Whether a folder of the machine may be named: where nobody else can reach the app, or ``GOUJI_FOLDERS=1`` says so."""
    told = os.environ.get("GOUJI_FOLDERS")
    return told == "1" if told else account.alone()


def panel() -> DeltaGenerator:
    """Draw the upload and the folder; returns where the files that are read are to be shown."""
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
    return st.empty()


def take(files: Sequence[tuple[str, bytes | Path]]) -> None:
    """Begin to read files; the page that is drawn next follows them."""
    session.choose(job=jobs.start(files, read))
    st.rerun()


def read(name: str, data: bytes | Path) -> Taken:
    """Read one file into the library."""
    content = read_bytes(data, desk.limits()) if isinstance(data, Path) else data
    if isinstance(content, Problem):
        return Taken("", name, Status.FAILED, (content,))
    return desk.take(content, name)


def follow(place: DeltaGenerator) -> None:
    """Show how far the files are until all are read, then what came of them until it is put away.

    Called at the end of the page: a click meanwhile is answered at once, and the files are read on.
    """
    job = jobs.find(session.chosen("job"))
    if job is None:
        return
    if not job.over:
        while not job.over:
            place.html(drawn(job.items, progress(job)))
            time.sleep(LOOK)
        st.rerun()
    with place.container(border=True, key="taken_box"):
        bad = sum(item.state == FAILED for item in job.items)
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.text(tell("taken", good=len(job.items) - bad, bad=bad))
            away = tell("taken.away")
            st.button(away, key="taken.away", type="tertiary", icon=":material/close:", on_click=put_away, args=(session.chosen("job"),))
        st.html(drawn(sorted(job.items, key=lambda item: item.state != FAILED)))
    job.raise_bugs()


def put_away(name: str) -> None:
    """Show no more what came of a job; one that was begun since stays."""
    if session.chosen("job") == name:
        session.choose(job=None)


def progress(job: Job) -> str:
    """How many of the files are read, as HTML."""
    words = escape(tell("progress", done=job.finished, of=len(job.items)))
    share = round(100 * job.finished / len(job.items))
    bar = f'<span class="bar" role="progressbar" aria-valuenow="{share}"><i style="width:{share}%"></i></span>'
    return f'<div class="gj-overall"><span>{words}</span>{bar}</div>'


def drawn(items: Sequence[Item], above: str = "") -> str:
    """The files with their bars."""
    return f'{above}<div class="gj-files">{"".join(lines(items))}</div>'


def lines(items: Sequence[Item]) -> Iterator[str]:
    """One line a file."""
    for item in items:
        state = escape(tell(f"state.{item.state}"))
        message = "<br>".join(escape(clean(line)) for line in said(item)) or waited(item) or state
        yield (
            f'<div class="gj-file {escape(item.state)}"><span class="name">{escape(clean(item.name))}</span>'
            f'<span class="bar" role="progressbar" aria-label="{state}"><i></i></span><span class="said">{message}</span></div>'
        )


def waited(item: Item) -> str:
    """How long a file has been read that takes its time, and why; "" of any other."""
    seconds = int(time.monotonic() - item.began) if item.state == READING else 0
    return escape(tell("state.long", n=seconds)) if seconds >= LONG else ""


def said(item: Item) -> list[str]:
    """What is to be said of a file that was read, line by line; nothing of one that was not yet."""
    if item.taken is None:
        return []
    problems = list(sentences_of(item.taken.problems, session.language()))
    if item.state == FAILED:
        return problems
    counts = " · ".join(f"{tell(f'severity.{name}')} {n}" for name, n in item.taken.findings.items() if n) or tell("taken.clean")
    return [counts, *([tell("taken.same")] if item.again else []), *problems]
