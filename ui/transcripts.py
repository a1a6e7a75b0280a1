"""A talk as text to copy, as Word and as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from report.export import today
from report.points import subject_of
from report.safe import clean, file_name
from report.transcript import Cited, Turn, markdown_file, word
from report.transcript import citation as cited_line
from store import Citation, Exchange, Talk
from ui import desk, session
from ui.exports import MIME
from ui.model_talk import is_library
from ui.session import tell
from words import say


def actions(scope: Sequence[str], exchanges: Sequence[Exchange]) -> None:
    """Copy, download, forget."""
    if not exchanges:
        return
    with st.container(horizontal=True, gap="small", key="talk_actions"):
        with st.popover(tell("talk.copy"), icon=":material/content_copy:"):
            st.code(plain(exchanges[-1]), language=None, wrap_lines=True)
        with st.popover(tell("talk.save"), icon=":material/download:"):
            save(scope, exchanges)
        with st.popover(tell("talk.clear"), icon=":material/delete:"):
            st.text(tell("talk.clear.sure", n=len(exchanges)))
            if st.button(tell("talk.clear.do"), key="talk.clear", type="primary"):
                Talk(desk.library().home, scope).clear()
                st.rerun()


def save(scope: Sequence[str], exchanges: Sequence[Exchange]) -> None:
    """The talk as files; made when the button is pressed."""
    library = say("library.title", session.language())
    titles = [library] if is_library(scope) else [subject_of(desk.examination(sha256).document) for sha256 in scope]
    name = f"{file_name(titles[0])}_{file_name(say('export.chat', session.language()))}"
    told, heading, language = turns(exchanges), "；".join(titles), session.language()
    st.download_button(
        tell("talk.word"), lambda: word(told, heading, language, today()), f"{name}.docx", MIME[".docx"], key="talk.docx", on_click="ignore"
    )
    st.download_button(
        tell("talk.markdown"),
        lambda: markdown_file(told, heading, language, today()),
        f"{name}.md",
        MIME[".md"],
        key="talk.md",
        on_click="ignore",
    )


def plain(exchange: Exchange) -> str:
    """One exchange as text, its citations below it."""
    lines = [clean(exchange.question), "", clean(exchange.answer), ""]
    lines += [cited_line(cited(place), session.language()) for place in exchange.citations]
    return "\n".join(lines).strip()


def turns(exchanges: Sequence[Exchange]) -> list[Turn]:
    """The talk as the report writes it."""
    return [Turn(e.question, e.answer, e.mode, e.found, tuple(cited(place) for place in e.citations)) for e in exchanges]


def cited(place: Citation) -> Cited:
    """A citation with its document's title and its table's name; what was removed is named by its fingerprint."""
    entry = desk.entry(place.document)
    title = clean(entry.title or entry.name) if entry else place.document[:8]
    return Cited(place.number, title, place.page, place.text, table_name(place), place.row or "", place.column or "")


def table_name(place: Citation) -> str:
    """The number and title of a citation's table."""
    if place.table is None or desk.entry(place.document) is None:
        return ""
    tables = desk.examination(place.document).document.tables
    return clean(next((table.label for table in tables if table.id == place.table), ""))
