"""A question put to the model: its text as it arrives, what it looks up, what it costs, a button that stops it; then the checked answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape

import streamlit as st

from report.safe import clean
from retrieval.assistant import AssistantAnswer, Done, Event, Spent, Step, Tick, Token, answer, fallback
from retrieval.assistant.rendering import struck_in
from store import Citation, Exchange
from ui import desk, markup, model_settings, session
from ui.model_settings import word

RUNNING = "ask.running"


@dataclass
class Running:
    """An answer under way. It is kept with the session, so that a click elsewhere on the page does not end it."""

    scope: tuple[str, ...]
    question: str
    events: Iterator[Event]
    text: str = ""
    steps: list[str] = field(default_factory=list)
    spent: Spent = field(default_factory=Spent)


def turn(scope: Sequence[str], question: str | None, exchanges: Sequence[Exchange]) -> Exchange | None:
    """Answer a new question, or go on with the one under way; None where there is neither."""
    running: Running | None = st.session_state.get(RUNNING)
    if running is not None and (running.scope != tuple(scope) or question):
        stop(running)
        running = None
    if question:
        running = begin(scope, question, exchanges)
    if running is None:
        return None
    found = go_on(running)
    st.session_state.pop(RUNNING, None)
    return exchange(running.question, found)


def begin(scope: Sequence[str], question: str, exchanges: Sequence[Exchange]) -> Running:
    """Put a question to the model that is set and switched on; to code alone otherwise."""
    examinations = [desk.examination(sha256) for sha256 in scope]
    settings = model_settings.configured() if st.session_state.get("ask.model", True) else None
    running = Running(tuple(scope), question, answer(examinations, question, exchanges, settings, session.language()))
    st.session_state[RUNNING] = running
    return running


def stop(running: Running) -> None:
    """End what is under way; the model's connection is closed."""
    running.events.close()  # type: ignore[attr-defined]
    st.session_state.pop(RUNNING, None)


def go_on(running: Running) -> AssistantAnswer:
    """Show the answer grow until it is done or stopped."""
    place = st.container(border=True, key="model.under_way")
    with place:
        stopped = st.button(word("stop"), key="model.stop", icon=":material/stop_circle:")
        if stopped:
            running.events.close()  # type: ignore[attr-defined]
            examinations = [desk.examination(sha256) for sha256 in running.scope]
            return fallback(examinations, running.question, "stopped", session.language())
        steps, text, cost = st.empty(), st.empty(), st.empty()
    for event in running.events:
        if isinstance(event, Done):
            return event.result
        note(running, event)
        steps.text(clean("\n".join(running.steps[-4:])))
        if running.text:
            text.text(f"{word('drafting')}\n{clean(running.text)}")
        else:
            text.empty()
        if running.spent.budget:
            seconds, tokens, budget = f"{running.spent.seconds:.0f}", f"{running.spent.tokens:,}", f"{running.spent.budget:,}"
            cost.caption(word("spent", seconds=seconds, tokens=tokens, budget=budget))
    examinations = [desk.examination(sha256) for sha256 in running.scope]
    return fallback(examinations, running.question, "stopped", session.language())


def note(running: Running, event: Event) -> None:
    """Take an event in; a step means that the text so far was not the answer yet."""
    if isinstance(event, Token):
        running.text += event.text
    elif isinstance(event, Step):
        running.steps.append(event.text)
        running.text = ""
    elif isinstance(event, Tick):
        running.spent = event.spent


def exchange(question: str, found: AssistantAnswer) -> Exchange:
    """Question and answer in the form that is kept; why the model's answer is not shown stands below it."""
    import msgspec

    told = found.answer.to_json()
    plan = [*told["plan"]]
    if told["mode"] != "local":
        plan.append(word("answered", model=told["mode"], tokens=f"{found.spent.tokens:,}"))

    def cited(name: str) -> tuple[Citation, ...]:
        return tuple(msgspec.convert({**place, "box": place["bbox"]}, Citation) for place in told[name])

    return Exchange(
        question=question,
        answer="\n".join(part for part in (told["answer"], found.why) if part),
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
