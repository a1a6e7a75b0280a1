"""A question put to the model: its text as it arrives, what it looks up, what it costs, a button that stops it; then the checked answer."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from html import escape
from threading import Condition

import streamlit as st

from report.safe import clean
from retrieval.assistant import AssistantAnswer, Done, Event, Spent, Step, Tick, Token, answer_holdings, fallback
from retrieval.assistant.rendering import struck_in
from retrieval.holdings import Holdings
from store import Citation, Exchange
from ui import desk, markup, model_settings, session
from ui.model_settings import word

RUNNING = "ask.running"
LIBRARY = "library"
"""The scope of who asks the whole library, and the name of that talk."""
PATIENCE = 0.3  # seconds between two looks at what has come; a new event is seen at once


class Running:
    """An answer under way, in a thread of its own: a click elsewhere on the page neither ends nor disturbs it."""

    def __init__(self, scope: Sequence[str], question: str, events: Generator[Event]) -> None:
        self.scope = tuple(scope)
        self.question = question
        self.text = ""
        self.steps: list[str] = []
        self.spent = Spent()
        self.result: AssistantAnswer | None = None
        self._events = events
        self._stopped = False
        self._changed = Condition()
        pool = ThreadPoolExecutor(1, thread_name_prefix="asking")
        self._work = pool.submit(self._follow)
        pool.shutdown(wait=False)

    def stop(self) -> None:
        """End it; the model's connection is closed within a moment."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def over(self) -> bool:
        """Wait for news; whether it is done or stopped. Raises what went wrong in our own code."""
        with self._changed:
            if not (self._stopped or self._work.done()):
                self._changed.wait(PATIENCE)
        if self._work.done():
            self._work.result()
        return self._stopped or self._work.done()

    def _follow(self) -> None:
        with closing(self._events) as events:
            for event in events:
                with self._changed:
                    self._note(event)
                    self._changed.notify_all()
                if self._stopped:
                    return

    def _note(self, event: Event) -> None:
        """Take an event in; a step means that the text so far was not the answer yet."""
        if isinstance(event, Token):
            self.text += event.text
        elif isinstance(event, Step):
            self.steps.append(event.text)
            self.text = ""
        elif isinstance(event, Tick):
            self.spent = event.spent
        elif isinstance(event, Done):
            self.result = event.result


def turn(scope: Sequence[str], question: str | None, exchanges: Sequence[Exchange]) -> Exchange | None:
    """Answer a new question, or go on with the one under way; None where there is neither."""
    running: Running | None = st.session_state.get(RUNNING)
    if running is not None and (running.scope != tuple(scope) or question):
        running.stop()
        running = None
    if question:
        running = begin(scope, question, exchanges)
    st.session_state[RUNNING] = running
    if running is None:
        return None
    found = go_on(running)
    st.session_state[RUNNING] = None
    return exchange(running.question, found)


def begin(scope: Sequence[str], question: str, exchanges: Sequence[Exchange]) -> Running:
    """Put a question to the model that is set and switched on; to code alone otherwise."""
    settings = model_settings.configured() if st.session_state.get("ask.model", True) else None
    return Running(scope, question, answer_holdings(holdings(scope), question, exchanges, settings, session.language()))


def holdings(scope: Sequence[str]) -> Holdings:
    """What may be asked: the chosen documents, or the whole library. Raises ``UnknownDocumentError``."""
    if is_library(scope):
        return desk.keeper().holdings()
    return Holdings.of([desk.examination(sha256) for sha256 in scope], desk.keeper().near)


def is_library(scope: Sequence[str]) -> bool:
    """Whether the whole library is asked."""
    return list(scope) == [LIBRARY]


def go_on(running: Running) -> AssistantAnswer:
    """Show the answer grow until it is done or stopped."""
    with st.chat_message("user", avatar=":material/person:"):
        st.text(clean(running.question))
    with st.chat_message("assistant", avatar=":material/balance:"):
        steps, text = st.empty(), st.empty()
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(word("stop"), key="model.stop", icon=":material/stop_circle:", on_click=running.stop)
            cost = st.empty()
    while not running.over():
        steps.text(clean("\n".join(running.steps[-4:])))
        text.text(f"{word('drafting')}\n{clean(running.text)}" if running.text else "")
        if running.spent.budget:
            spent = running.spent
            cost.caption(word("spent", seconds=f"{spent.seconds:.0f}", tokens=f"{spent.tokens:,}", budget=f"{spent.budget:,}"))
    if running.result is not None:
        return running.result
    return fallback(holdings(running.scope), running.question, "stopped", session.language())


def exchange(question: str, found: AssistantAnswer) -> Exchange:
    """Question and answer in the form that is kept; why the model's answer is not shown stands above it."""
    import msgspec

    told = found.answer.to_json()
    plan = [*told["plan"]]
    if told["mode"] != "local":
        plan.append(word("answered", model=told["mode"], tokens=f"{found.spent.tokens:,}"))

    def cited(name: str) -> tuple[Citation, ...]:
        return tuple(msgspec.convert({**place, "box": place["bbox"]}, Citation) for place in told[name])

    return Exchange(
        question=question,
        answer="\n".join(part for part in (found.why, told["answer"]) if part),
        found=told["found"],
        mode=told["mode"],
        citations=cited("citations"),
        nearest=cited("nearest"),
        plan=tuple(plan),
        asked=datetime.now().astimezone().isoformat(timespec="seconds"),
    )


def body(kept: Exchange) -> None:
    """An answer's text, what is not borne out struck through; who wrote it, where a model did."""
    text = clean(kept.answer)
    spans = struck_in(text)
    if not spans:
        st.text(text)
    else:
        st.html(f'<div class="gj-passage">{_struck(text, spans)}</div>')
    if kept.mode != "local" and kept.plan:
        markup.notice(clean(kept.plan[-1]))


def _struck(text: str, spans: Sequence[tuple[int, int]]) -> str:
    parts, at = [], 0
    for low, high in spans:
        parts.extend([escape(text[at : low - 2]), f"<s>{escape(text[low:high])}</s>"])
        at = high + 2
    return "".join([*parts, escape(text[at:])])


def switch() -> None:
    """Say which model answers and where text goes; let the reader do without it. Nothing where none is set."""
    settings = model_settings.configured()
    if settings is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="model.switch"):
        st.toggle(word("use"), value=True, key="ask.model", persist_state="session")
        markup.notice(model_settings.status(settings))
