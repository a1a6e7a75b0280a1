"""Texts drafted by the model for the working papers: asked for, checked, edited by people, kept with the document and marked as drafted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import streamlit as st
from filelock import Timeout

from model.findings import Finding
from report.safe import clean
from retrieval.assistant import Draft, Drafted, Event, Step, Tick, explain, summarise
from store.drafts import SUMMARY, Drafting, Drafts, StaleDraftError
from ui import desk, markup, model_settings, session
from ui.model_settings import word
from words import say


def explanation(sha256: str, finding: Finding) -> None:
    """The explanation of a finding: the one that is kept, or a button that has it drafted."""
    examination = desk.examination(sha256)
    panel(sha256, finding.id, word("explain"), lambda: explain(examination, finding, model_settings.configured(), session.language()))


def summary(sha256: str) -> None:
    """The triage summary of a document, likewise."""
    examination = desk.examination(sha256)
    panel(sha256, SUMMARY, word("summarise"), lambda: summarise(examination, model_settings.configured(), session.language()))


def panel(sha256: str, about: str, label: str, drafts: Callable[[], Iterator[Event]]) -> None:
    """A draft to edit, or the button that asks for one."""
    kept = Drafts(desk.library().home, sha256).get(about)
    name = f"{sha256[:12]}.{about}"
    with st.container(border=True, key=f"draft.{about}"):
        if kept is not None:
            edit(sha256, about, kept)
        if st.button(word("draft.again") if kept else label, key=f"draft.ask.{name}", icon=":material/edit_note:"):
            write(sha256, about, drafts())


def write(sha256: str, about: str, events: Iterator[Event]) -> None:
    """Have a draft written and keep it."""
    steps = st.empty()
    for event in events:
        if isinstance(event, Step):
            steps.text(clean(event.text))
        elif isinstance(event, Tick):
            seconds, tokens, budget = f"{event.spent.seconds:.0f}", f"{event.spent.tokens:,}", f"{event.spent.budget:,}"
            steps.caption(word("spent", seconds=seconds, tokens=tokens, budget=budget))
        elif isinstance(event, Drafted):
            keep(sha256, about, event.draft)


def keep(sha256: str, about: str, draft: Draft) -> None:
    """Keep a new draft with its mark; why it is not the model's is said."""
    if draft.why:
        session.later(draft.why, "warning")
    made = Drafting(draft.text, draft.model, now(), warning=draft.warning)
    try:
        Drafts(desk.library().home, sha256).put(about, made)
    except Timeout:
        session.later(session.tell("locked"), "error")
    except OSError as error:
        session.later(session.tell("disk", reason=error.strerror or type(error).__name__), "error")
    st.rerun()


def edit(sha256: str, about: str, kept: Drafting) -> None:
    """The text with its mark, to be changed by a person."""
    name = f"{sha256[:12]}.{about}.{kept.revision}"
    markup.notice(marked(kept))
    if kept.warning:
        st.warning(clean(kept.warning))
    text = st.text_area(word("draft.title"), kept.text, 260, key=f"draft.text.{name}", label_visibility="collapsed", max_chars=20_000)
    with st.container(horizontal=True, gap="small"):
        if st.button(word("draft.save"), key=f"draft.save.{name}", type="primary", disabled=text == kept.text):
            change(sha256, about, text, kept.revision)
        if st.button(word("draft.remove"), key=f"draft.remove.{name}"):
            Drafts(desk.library().home, sha256).remove(about)
            st.rerun()


def change(sha256: str, about: str, text: str, revision: int) -> None:
    """Keep a person's changes; where someone else was faster, say so."""
    try:
        Drafts(desk.library().home, sha256).edit(about, text, editor=session.chosen("reviewer"), when=now(), revision=revision)
    except StaleDraftError:
        session.later(word("draft.stale"), "warning")
    except Timeout:
        session.later(session.tell("locked"), "error")
    st.rerun()


def marked(kept: Drafting) -> str:
    """Who drafted a text, and who has changed it since."""
    language = session.language()
    edited = say("assistant.draft.edited", language, editor=clean(kept.editor) or session.tell("someone"), when=kept.edited[:10])
    since = edited if kept.edited else say("assistant.draft.unedited", language)
    if kept.model == "local":
        return f"{say('assistant.draft.local', language)} {since}"
    return say("assistant.draft.by", language, model=clean(kept.model), edited=since)


def now() -> str:
    """The time as it is kept."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
