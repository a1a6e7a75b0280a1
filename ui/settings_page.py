"""Settings: language, the reviewer's name, and where things are."""

from __future__ import annotations

import streamlit as st

import triage
from ui import account, desk, markup, model_settings, session
from ui.session import tell
from words import LANGUAGES


def show() -> None:
    """Draw the page."""
    _, middle, _ = st.columns([0.18, 0.64, 0.18])
    with middle:
        person()
        model_settings.section()
        about()


def person() -> None:
    """What belongs to the reader."""
    with st.container(border=True):
        markup.section(tell("settings.person"))
        names = {language: tell(f"language.{language}") for language in LANGUAGES}
        language = st.radio(
            tell("settings.language"), LANGUAGES, LANGUAGES.index(session.language()), format_func=names.__getitem__, horizontal=True
        )
        name = st.text_input(
            tell("settings.reviewer"),
            session.chosen("reviewer"),
            key="reviewer.name",
            max_chars=None if account.required() else 40,
            help=tell("settings.reviewer.help"),
            disabled=account.required(),
        )
        if not account.required() and name.strip() != session.chosen("reviewer"):
            session.choose(reviewer=name.strip())
            st.rerun()
        if language != session.language():
            session.choose(lang=language)
            st.rerun()
        account.leave()


def about() -> None:
    """Version, folder and limits: what someone who asks for help is asked."""
    with st.container(border=True):
        markup.section(tell("settings.about"))
        markup.facts(
            [
                (tell("settings.version"), triage.gouji_version()),
                (tell("settings.home"), str(desk.library().home)),
                (tell("settings.limit"), tell("settings.megabytes", n=st.get_option("server.maxUploadSize"))),
                (tell("settings.address"), str(st.get_option("server.address") or tell("settings.everyone"))),
                (tell("settings.privacy"), privacy()),
            ]
        )


def privacy() -> str:
    """Where documents go: nowhere, unless a language model elsewhere is set."""
    settings = model_settings.configured()
    return tell("settings.private") if settings is None or settings.local else model_settings.status(settings)
