"""What one browser session has chosen. The address says it too, so that a reloaded or forwarded page shows the same."""

from __future__ import annotations

from typing import NoReturn, cast

import streamlit as st

from words import LANGUAGES, Language, say

ADDRESSED = ("doc", "finding", "page", "lang", "job")
"""What of the state stands in the address."""


def restore() -> None:
    """Take over from the address what a new session does not know yet; afterwards the session leads."""
    for name in ADDRESSED:
        if name not in st.session_state and name in st.query_params:
            st.session_state[name] = st.query_params[name]


def publish() -> None:
    """Write the state to the address."""
    for name in ADDRESSED:
        value = st.session_state.get(name)
        if value:
            if st.query_params.get(name) != str(value):
                st.query_params[name] = str(value)
        elif name in st.query_params:
            del st.query_params[name]


def language() -> Language:
    """The language that the reader chose; Chinese otherwise."""
    chosen = st.session_state.get("lang")
    return cast("Language", chosen) if chosen in LANGUAGES else "zh"


def tell(key: str, /, **params: object) -> str:
    """A text of the app's catalogue in the reader's language."""
    return say(f"ui.{key}", language(), **params)


def chosen(name: str) -> str:
    """A part of the state as text, "" where it is not set."""
    return str(st.session_state.get(name) or "")


def page() -> int | None:
    """The page that was turned to; None where the evidence decides."""
    value = chosen("page")
    return int(value) if value.isascii() and value.isdigit() and 0 < int(value) < 100_000 else None


def scale() -> float:
    """How much larger than usual charts are drawn: what the browser says of its screen."""
    return {"1.4": 1.4, "1.9": 1.9}.get(chosen("scale"), 1.0)


def choose(**values: str | int | None) -> None:
    """Set parts of the state; None takes one away."""
    for name, value in values.items():
        st.session_state[name] = value


def speak(language: str) -> None:
    """Choose a language."""
    choose(lang=language)


def open_document(sha256: str, finding: str | None = None) -> None:
    """Choose a document, and a finding of it."""
    choose(doc=sha256, finding=finding, page=None, at=None)


def go(route: str) -> NoReturn:
    """Change to another page of the app, the state going with it."""
    kept = {name: str(value) for name in ADDRESSED if (value := st.session_state.get(name))}
    st.switch_page(st.session_state["routes"][route], query_params=kept)


def later(message: str, kind: str = "info") -> None:
    """Say something on the next run, for instance after a page was changed."""
    st.session_state.setdefault("said", []).append((kind, message))


def said() -> list[tuple[str, str]]:
    """What is to be said now."""
    waiting: list[tuple[str, str]] = st.session_state.pop("said", [])
    return waiting
