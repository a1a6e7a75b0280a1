"""Ask: questions about one or several documents, answered with numbered citations, each of which opens its page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from model.document import Document
from model.geometry import Box
from report.safe import clean
from store import Citation, Exchange, Talk
from ui import desk, markup, model_talk, session, suggestions, transcripts, warmup
from ui.header import document_bar, labels
from ui.model_talk import LIBRARY
from ui.parts import BLUE, Sight, Spot, viewer
from ui.session import tell
from words import say

TALL = "calc(100vh - 8.3rem)"
NAMED = 12
"""Characters of a document's issuer beside the number of a citation."""


def show() -> None:
    """Draw the page."""
    left, right = st.columns([0.48, 0.52], gap="small")
    with left:
        bar, more = st.columns([0.72, 0.28], gap="small")
        with bar:
            sha256 = document_bar()
        if sha256 is None:
            return
        with more:
            scope = chosen_scope(sha256)
        if session.chosen("prepared") != "".join(scope):
            session.choose(prepared="".join(scope))
            warmup.prepare([desk.examination(sha) for sha in scope if sha != LIBRARY])
        talk = Talk(desk.library().home, scope)
        exchanges = talk.exchanges()
        pressed, slot = conversation(scope, exchanges)
        question = st.chat_input(hint(scope), key="question", max_chars=500) or pressed
        model_talk.switch()
    with right:
        sight(scope, exchanges)
    with slot:
        found = model_talk.turn(scope, question, exchanges)
    if found is not None:
        talk.add(found)
        session.choose(cited=None, turned=None)
        st.rerun()


def chosen_scope(sha256: str) -> list[str]:
    """The documents that are asked: the chosen one and those that were added, or the whole library."""
    entries = desk.entries()
    names = {sha: name for sha, name in labels(entries).items() if sha != sha256}
    current = sum(entry.version == desk.library().version for entry in entries)
    kept = [sha for sha in st.session_state.get("scope.pick", st.session_state.get("scope", [])) if sha in names]
    whole = names and st.session_state.get("scope.library")
    label = tell("ask.scope.library", n=current) if whole else tell("ask.scope", n=len(kept))
    with st.popover(label, icon=":material/library_add:", width="stretch", disabled=not names):
        st.session_state["scope.pick"] = kept
        everything = st.toggle(say("library.whole", session.language(), n=current), key="scope.library", persist_state="session")
        if current < len(entries):
            markup.notice(tell("ask.scope.stale", n=len(entries) - current))
        added = st.multiselect(
            tell("ask.scope.add"),
            list(names),
            key="scope.pick",
            format_func=names.__getitem__,
            placeholder=tell("choose"),
            disabled=everything,
            select_all=False,  # the switch above is for everything
        )
        st.session_state["scope"] = added
    return [LIBRARY] if everything and names else [sha256, *added]


def hint(scope: Sequence[str]) -> str:
    """What the question line says: whom it asks."""
    if model_talk.is_library(scope):
        return tell("ask.hint.library")
    return tell("ask.hint") if len(scope) == 1 else tell("ask.hint.several", n=len(scope))


def conversation(scope: Sequence[str], exchanges: Sequence[Exchange]) -> tuple[str | None, DeltaGenerator]:
    """Everything said so far; the suggested question that was pressed, None where none was; and where the next answer grows."""
    with st.container(height=300, border=True, autoscroll=True, key="talk"):
        if not exchanges:
            markup.notice(tell("ask.empty"))
        for number, exchange in enumerate(exchanges):
            with st.chat_message("user", avatar=":material/person:"):
                st.text(clean(exchange.question))
            with st.chat_message("assistant", avatar=":material/balance:"):
                reply(number, exchange, alone=len(scope) == 1 and not model_talk.is_library(scope))
        slot = st.container(key="under_way")
    transcripts.actions(scope, exchanges)
    return suggestions.shown(scope, [exchange.question for exchange in exchanges]), slot


def reply(number: int, exchange: Exchange, *, alone: bool) -> None:
    """An answer with its citations as chips, which name the document where not one ``alone`` was asked."""
    model_talk.body(exchange)
    places = exchange.citations or exchange.nearest
    if exchange.nearest and not exchange.citations:
        markup.notice(tell("ask.nearest"))
    with st.container(horizontal=True, gap="small", key=f"cites.{number}"):
        for place in places:
            parts = (f"[{place.number}]", "" if alone else markup.literal(issuer(place)), tell("page.short", page=place.page))
            label = " ".join(part for part in parts if part)
            current = session.chosen("cited") == f"{number}.{place.number}"
            st.button(
                label,
                key=f"cite.{number}.{place.number}",
                type="primary" if current else "secondary",
                on_click=cite,
                args=(f"{number}.{place.number}",),
            )


def issuer(place: Citation) -> str:
    """Whose document a citation is of, in few words."""
    found = desk.entry(place.document)
    name = clean(found.organization or found.title or found.name) if found else place.document[:8]
    return name if len(name) <= NAMED else f"{name[:NAMED]}…"


def cite(place: str) -> None:
    """A citation was chosen: exchange and number."""
    session.choose(cited=place, turned=None)


def sight(scope: Sequence[str], exchanges: Sequence[Exchange]) -> None:
    """The page that the chosen citation stands on; of the last answer, the first one."""
    number, place = looked_at(exchanges)
    if place is None or (place.document not in scope and not known(scope, place)):
        with st.container(border=True, key="nothing", height=300, vertical_alignment="center", horizontal_alignment="center"):
            markup.notice(tell("ask.sight"))
        return
    document = desk.examination(place.document).document
    page = int(session.chosen("turned") or place.page)
    places = exchanges[number].citations or exchanges[number].nearest
    image = desk.picture(place.document, page)
    if image is None:
        st.warning(tell("viewer.none", page=page))
        return
    legend = tell("legend.cited") if list(scope) == [place.document] else f"{tell('legend.cited')} · {issuer(place)}"
    shown = Sight(document, page, image, spots(document, places, place, page), f"{number}.{place.number}", ((BLUE, legend),))
    viewer(shown, lambda turned: session.choose(turned=turned), key="cited_page", height=TALL)


def known(scope: Sequence[str], place: Citation) -> bool:
    """Whether a place that the library has told of is still in it."""
    return model_talk.is_library(scope) and desk.entry(place.document) is not None


def looked_at(exchanges: Sequence[Exchange]) -> tuple[int, Citation | None]:
    """The citation to show, with the number of its exchange."""
    number, _, cited = session.chosen("cited").partition(".")
    if number.isdigit() and int(number) < len(exchanges):
        exchange = exchanges[int(number)]
        found = next((c for c in (*exchange.citations, *exchange.nearest) if str(c.number) == cited), None)
        return int(number), found
    last = len(exchanges) - 1
    if last < 0:
        return 0, None
    places = exchanges[last].citations or exchanges[last].nearest
    return last, places[0] if places else None


def spots(document: Document, places: Sequence[Citation], looked: Citation, page: int) -> list[Spot]:
    """The cited places on a page, the one that is looked at with its whole row."""
    drawn = []
    for place in places:
        if place.page != page or place.document != document.sha256:
            continue
        box = Box(*place.box)
        title = f"[{place.number}] {clean(place.text)}"
        row = row_of(document, place)
        if row is not None:
            drawn.append(Spot(row, "row", BLUE, title))
        drawn.append(Spot(box, "related", BLUE, title, focus=place.number == looked.number))
    return drawn


def row_of(document: Document, place: Citation) -> Box | None:
    """The box of the table row that a cited place stands in."""
    table = next((table for table in document.tables if table.id == place.table), None)
    if table is None:
        return None
    x, y = Box(*place.box).center
    return next((row.box for row in table.rows if row.page == place.page and row.box.holds(x, y)), None)
