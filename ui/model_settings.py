"""Settings of the language model: which one answers, where text is sent, and whether it can be reached."""

from __future__ import annotations

import os
from dataclasses import replace

import streamlit as st

from retrieval.assistant import Settings, forget, load, probe, save
from ui import account, desk, markup, session
from words import say


def word(key: str, /, **params: object) -> str:
    """A text of the assistant's catalogue in the reader's language."""
    return say(f"assistant.settings.{key}", session.language(), **params)


def configured() -> Settings | None:
    """The model that is set and can be tried; None where there is none."""
    return load(desk.library().home)


def offered() -> bool:
    """Whether the model may be set in the app: where nobody else can reach it, or ``GOUJI_MODEL_FORM=1`` says so.

    Whoever sets it decides where the text of everybody's documents is sent.
    """
    told = os.environ.get("GOUJI_MODEL_FORM")
    return told == "1" if told else account.alone()


def status(settings: Settings | None) -> str:
    """Which model answers, and where text of the documents goes."""
    if settings is None:
        return word("none")
    return word("active_local" if settings.local else "active", model=settings.model, host=settings.host)


def section() -> None:
    """The part of the settings page: what is set, a form to set it, a test, a way to remove it."""
    settings = configured()
    with st.container(border=True, key="model"):
        markup.section(word("title"))
        markup.notice(status(settings))
        if settings is not None:
            markup.notice(word(f"from.{settings.origin}"))
        if settings is None or settings.origin == "kept":
            form(settings) if offered() else markup.notice(word("fixed"))
        if settings is not None:
            actions(settings)


def form(settings: Settings | None) -> None:
    """Address, model and key. A kept key is not shown, and goes to no other address than the one it was given for."""
    with st.form("model.form", border=False):
        url = st.text_input(word("url"), settings.url if settings else "", key="model.url", help=word("url.help"), max_chars=300)
        model = st.text_input(word("model"), settings.model if settings else "", key="model.name", max_chars=120)
        hint = word("key.kept") if settings and settings.key else word("key.help")
        key = st.text_input(word("key"), "", key="model.key", type="password", placeholder=hint, max_chars=400, autocomplete="off")
        if st.form_submit_button(word("save"), type="primary"):
            keep(Settings(url.strip().rstrip("/"), model.strip(), key.strip()), settings)


def keep(given: Settings, before: Settings | None) -> None:
    """Keep what was typed, where it can be used."""
    if not given.key and before is not None and given.url == before.url:
        given = replace(given, key=before.key)
    if given.problem:
        st.error(say("assistant.test.insecure", session.language()) if given.problem == "insecure" else word("incomplete"))
        return
    try:
        save(desk.library().home, given)
    except OSError as error:
        st.error(session.tell("disk", reason=error.strerror or type(error).__name__))
        return
    session.later(word("saved"), "success")
    st.rerun()


def actions(settings: Settings) -> None:
    """Test the connection; remove what was kept."""
    with st.container(horizontal=True, gap="small"):
        if st.button(word("test"), key="model.test", icon=":material/network_check:"):
            with st.spinner(word("testing")):
                outcome(settings)
        if settings.origin == "kept" and offered() and st.button(word("forget"), key="model.forget", icon=":material/delete:"):
            forget(desk.library().home)
            session.later(word("forgotten"))
            st.rerun()


def outcome(settings: Settings) -> None:
    """What the test of the connection found."""
    found = probe(settings)
    if found.reason:
        st.error(say(f"assistant.test.{found.reason}", session.language()))
    else:
        st.success(word("works", model=settings.model, seconds=f"{found.seconds:.1f}"))
