"""Findings: the list on the left, the page with the marked cells in the middle, what is to be said of it on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from model.assessment import PENDING, Standing
from model.findings import SEVERITIES
from report.points import Point
from store import Note
from ui import desk, evidence, exports, model_drafts, paper, session
from ui.header import document_bar
from ui.model_settings import word
from ui.parts import SEVERITY_COLOUR, STANDING_COLOUR, Listing, rows
from ui.session import tell

TALL = "calc(100vh - 14.6rem)"
COLUMNS = (
    {"key": "dot", "label": "", "kind": "dot"},
    {"key": "title", "label": "", "kind": "text"},
    {"key": "status", "label": "", "kind": "chips"},
)


def show() -> None:
    """Draw the page."""
    left, right = st.columns([0.31, 0.69], gap="small")
    with left:
        bar, page, files = st.columns([0.58, 0.14, 0.28], gap="small")
        with bar:
            sha256 = document_bar()
        if sha256 is None:
            return
        with files:
            exports.button([sha256], key="findings")
        with page, st.popover("", icon=":material/summarize:", help=word("summary"), width="stretch"):
            model_drafts.summary(sha256)
        every = desk.lines(sha256, session.language())
        notes = desk.library().papers(sha256).notes()
        shown = filtered(every, notes)
        point = current(shown)
        listing = Listing(COLUMNS, [line(p, notes) for p in shown], point.finding.id if point else "", empty(every), heads=False)
        rows(listing, lambda finding: session.open_document(sha256, finding), key="findings", height=TALL)
    with right:
        if point is not None:
            desk_of(point, shown, notes)


def desk_of(point: Point, shown: Sequence[Point], notes: Mapping[str, Note]) -> None:
    """The evidence of one finding, and what can be said of it."""
    middle, side = st.columns([0.6, 0.4], gap="small")
    with side:
        paper.steps(point, shown)
        with st.container(key="account"):
            evidence.account(point)
            model_drafts.explanation(point.document.sha256, point.finding)
        paper.form(point, notes.get(point.finding.id, Note()))
    with middle:
        evidence.sight(point)


def filtered(every: Sequence[Point], notes: Mapping[str, Note]) -> list[Point]:
    """The findings that the filters leave."""
    counts = {severity: sum(p.severity is severity for p in every) for severity in SEVERITIES}
    severities = {severity.value: f"{tell(f'severity.{severity.value}')} {n}" for severity, n in counts.items() if n}
    chosen = st.pills(
        tell("filter.severity"),
        list(severities),
        selection_mode="multi",
        format_func=severities.__getitem__,
        key=f"filter.severity.{every[0].document.sha256[:8] if every else ''}",
        persist_state="session",
        label_visibility="collapsed",
    )
    standings = {"": tell("filter.standing.all")} | {s.value: tell(f"standing.{s.value}") for s in Standing}
    standing, words = st.columns(2, gap="small")
    status = standing.selectbox(
        tell("filter.standing"),
        list(standings),
        format_func=standings.__getitem__,
        key="filter.standing",
        persist_state="session",
        label_visibility="collapsed",
    )
    needle = words.text_input(
        tell("filter.words"), key="filter.words", persist_state="session", placeholder=tell("filter.words"), label_visibility="collapsed"
    ).strip()
    return [
        p
        for p in every
        if (not chosen or p.severity.value in chosen)
        and (not status or notes.get(p.finding.id, Note()).assessment.status.value == status)
        and (not needle or needle.casefold() in searchable(p))
    ]


def searchable(point: Point) -> str:
    """What a search looks through."""
    return " ".join((point.title, point.table, point.finding.rule, point.finding.name, point.finding.stated, point.explanation)).casefold()


def current(shown: Sequence[Point]) -> Point | None:
    """The chosen finding where the filters leave it, else the first."""
    wanted = session.chosen("finding")
    found = next((p for p in shown if p.finding.id == wanted), shown[0] if shown else None)
    if found is not None and found.finding.id != wanted:
        session.choose(finding=found.finding.id, page=None)
    return found


def line(point: Point, notes: Mapping[str, Note]) -> dict[str, Any]:
    """A finding in the list."""
    status = notes.get(point.finding.id, Note(PENDING)).assessment.status
    chips = [] if status is Standing.PENDING else [{"text": tell(f"standing.{status.value}"), "colour": STANDING_COLOUR[status.value]}]
    off = f" · {tell('list.off', n=point.finding.difference)}" if point.finding.difference else ""
    return {
        "id": point.finding.id,
        "cells": {
            "dot": {"colour": SEVERITY_COLOUR[point.severity], "title": tell(f"grade.{point.severity.value}")},
            "title": {"text": point.title, "sub": f"{tell('page.short', page=point.page)} · {point.finding.rule}{off}"},
            "status": {"chips": chips},
        },
    }


def empty(every: Sequence[Point]) -> str:
    """Why the list is empty."""
    return tell("findings.filtered") if every else tell("findings.none")
