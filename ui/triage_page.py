"""Triage: documents come in, and the list says which of them deserve attention first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from model.findings import SEVERITIES, Severity
from report.safe import clean
from report.tally import percent
from store import Entry, UnknownDocumentError
from ui import charts_panel, desk, exports, intake, markup, session
from ui.charts import wan
from ui.header import labels
from ui.parts import AMBER, BLUE, GREEN, GREY, RED, Listing, rows, severity_chip
from ui.session import tell
from words import say


def show() -> None:
    """Draw the page."""
    place = intake.panel()
    set_aside()
    entries = desk.entries()
    if entries:
        listed(entries)
    else:
        markup.welcome(tell("triage.welcome"), tell("triage.first"))
    intake.follow(place)


def listed(entries: Sequence[Entry]) -> None:
    """The list with its filters, totals, files and charts."""
    stale(entries)
    shown = filtered(entries)
    totals(shown)
    listing = Listing(columns(), [line(entry) for entry in worst_first(shown)], session.chosen("doc"), tell("triage.filtered"))
    picked = rows(listing, session.open_document, key="documents", height="max(24rem, calc(100vh - 32rem))")
    if picked:
        session.go("findings")
    actions(shown)
    charts_panel.panel(shown)


def set_aside() -> None:
    """Say which working papers were damaged: what was noted in them is not shown any more."""
    found = desk.library().damaged()
    if found:
        names = tell("damaged.and").join(str(path.relative_to(desk.library().home)) for path in found[:3])
        st.warning(markup.literal(tell("damaged", n=len(found), names=names)))


def stale(entries: Sequence[Entry]) -> None:
    """Offer to check again what an earlier version has checked."""
    old = [entry for entry in entries if entry.version != desk.library().version]
    if not old:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="stale"):
        st.text(tell("stale.some", n=len(old)))
        if st.button(tell("stale.do"), key="stale.do", icon=":material/refresh:"):
            intake.take([(entry.name, desk.library().original(entry.sha256)) for entry in old])


def worst_first(entries: Sequence[Entry]) -> list[Entry]:
    """By what deserves attention: errors, the amount they affect, the share of figures checked, warnings, problems of reading."""

    def rank(entry: Entry) -> tuple[Any, ...]:
        errors, warnings = (entry.findings.get(s.value, 0) for s in (Severity.ERROR, Severity.WARNING))
        return -errors, -entry.summary.affected, share(entry), -warnings, -entry.summary.problems, named(entry)

    return sorted(entries, key=rank)


def share(entry: Entry) -> float:
    """The share of printed amounts that take part in a check."""
    return entry.summary.checked / entry.summary.amounts if entry.summary.amounts else 0.0


def named(entry: Entry) -> str:
    """What the list calls a document."""
    return clean(entry.title or entry.name)


def filtered(entries: Sequence[Entry]) -> list[Entry]:
    """The documents that the filters leave."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="filters"):
        hint = tell("filter.organization")
        needle = st.text_input(
            hint, key="triage.words", persist_state="session", placeholder=hint, label_visibility="collapsed", icon=":material/search:"
        )
        years = {"": tell("filter.year.all")} | {y: y for y in sorted({str(e.fiscal_year) for e in entries if e.fiscal_year}, reverse=True)}
        year = filter_by("year", years)
        kinds = {"": tell("filter.kind.all")} | {
            kind: say(f"export.kind.{kind}", session.language()) for kind in sorted({e.kind for e in entries})
        }
        kind = filter_by("kind", kinds)
        severities = {"": tell("filter.severity.all")}
        severities |= {s.value: tell("filter.has", severity=tell(f"severity.{s.value}")) for s in SEVERITIES}
        severity = filter_by("severity", severities)
    words = needle.strip().casefold()
    return [
        e
        for e in entries
        if (not words or words in f"{e.organization} {e.title} {e.name}".casefold())
        and (not year or str(e.fiscal_year) == year)
        and (not kind or e.kind == kind)
        and (not severity or e.findings.get(severity, 0))
    ]


def filter_by(name: str, words: Mapping[str, str]) -> str:
    """One filter: its choices with their words."""
    return st.selectbox(
        tell(f"filter.{name}"), list(words), key=f"triage.{name}", format_func=words.__getitem__, label_visibility="collapsed"
    )


def totals(entries: Sequence[Entry]) -> None:
    """What all of them come to."""
    counts = {severity: sum(entry.findings.get(severity.value, 0) for entry in entries) for severity in SEVERITIES}
    amounts, checked = (sum(getattr(entry.summary, name) for entry in entries) for name in ("amounts", "checked"))
    markup.figures(
        [
            (tell("total.documents"), str(len(entries)), ""),
            (tell("severity.error"), str(counts[Severity.ERROR]), "bad" if counts[Severity.ERROR] else ""),
            (tell("severity.warning"), str(counts[Severity.WARNING]), "warn" if counts[Severity.WARNING] else ""),
            (tell("severity.rounding"), str(counts[Severity.ROUNDING]), ""),
            (tell("severity.notice"), str(counts[Severity.NOTICE]), ""),
            (tell("total.affected"), wan(sum((e.summary.affected for e in entries), Decimal(0))), ""),
            (tell("total.checked"), percent(checked, amounts), ""),
        ]
    )


def columns() -> list[dict[str, str]]:
    """The columns of the list."""
    kinds = {
        "document": "text",
        "year": "plain",
        "errors": "number",
        "affected": "number",
        "checked": "bar",
        "others": "chips",
        "status": "chips",
        "verified": "number",
    }
    return [{"key": key, "kind": kind, "label": tell(f"column.{key}"), "title": tell(f"column.{key}.hint")} for key, kind in kinds.items()]


def line(entry: Entry) -> dict[str, Any]:
    """A document in the list."""
    errors = entry.findings.get(Severity.ERROR.value, 0)
    others = [s for s in SEVERITIES[1:] if entry.findings.get(s.value)]
    kind = say(f"export.kind.{entry.kind}", session.language())
    total = sum(entry.findings.values())
    done = sum(a.status.value != "pending" for a in desk.library().papers(entry.sha256).assessments().values())
    return {
        "id": entry.sha256,
        "cells": {
            "document": {"text": named(entry), "sub": clean(" · ".join(part for part in (entry.organization, entry.name) if part))},
            "year": {"text": f"{entry.fiscal_year or '—'} {kind}", "value": entry.fiscal_year or 0},
            "errors": {"text": str(errors), "value": errors, "look": "bad" if errors else "none"},
            "affected": {"text": wan(entry.summary.affected) if entry.summary.affected else "—", "value": float(entry.summary.affected)},
            "checked": {"value": share(entry), "text": percent(entry.summary.checked, entry.summary.amounts)},
            "others": {"chips": [severity_chip(s, entry.findings[s.value]) for s in others], "value": entry.findings.get("warning", 0)},
            "status": {"chips": [reading(entry)], "value": entry.summary.problems},
            "verified": {"text": f"{min(done, total)}/{total}", "value": done / total if total else 1},
        },
    }


def reading(entry: Entry) -> dict[str, str]:
    """How far it could be read."""
    if entry.version != desk.library().version:
        return {"text": tell("stale"), "colour": BLUE, "title": tell("stale.hint")}
    colour = {"ok": GREEN, "partial": AMBER, "failed": RED}.get(entry.status, GREY)
    return {"text": say(f"export.status.{entry.status}", session.language()), "colour": colour}


def actions(shown: Sequence[Entry]) -> None:
    """Exports of what is listed, and the removal of documents."""
    with st.container(horizontal=True, gap="small", key="actions"):
        exports.button([entry.sha256 for entry in shown], key="triage")
        with st.popover(tell("remove"), icon=":material/delete:"):
            names = labels(list(shown))
            chosen = st.multiselect(
                tell("remove.which"),
                list(names),
                format_func=names.__getitem__,
                key="remove.which",
                placeholder=tell("choose"),
                select_all=False,  # one keystroke is not to remove everything
            )
            st.text(tell("remove.note"))
            if st.button(tell("remove.do", n=len(chosen)), disabled=not chosen, key="remove.do", type="primary"):
                remove(chosen)


def remove(shas: Sequence[str]) -> None:
    """Take documents out of the library; one that someone else has taken out already is no matter."""
    for sha256 in shas:
        try:
            desk.remove(sha256)
        except UnknownDocumentError:
            continue
        if session.chosen("doc") == sha256:
            session.open_document("")
    session.later(tell("remove.done", n=len(shas)), "success")
    st.rerun()
