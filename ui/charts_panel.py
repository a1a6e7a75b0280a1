"""Charts below the list of documents: where findings lie, and what the money of one document consists of."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from model.facts import Nature
from model.findings import SEVERITIES
from report import profile
from report.tally import percent
from store import Entry
from ui import charts, desk, markup, session
from ui.header import labels
from ui.parts import SEVERITY_COLOUR
from ui.session import tell
from words import knows

CHARTS = ("families", "composition", "flow", "changes")
QUIET = {"displayModeBar": False, "displaylogo": False}


def panel(entries: Sequence[Entry]) -> None:
    """Draw the charts; one at a time, since each costs something."""
    if not entries:
        return
    words = {name: tell(f"charts.{name}") for name in CHARTS}
    with st.container(border=True, key="charts"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            chart = st.segmented_control(
                tell("charts"),
                CHARTS,
                default=CHARTS[0],
                format_func=words.__getitem__,
                key="charts.which",
                label_visibility="collapsed",
                required=True,
            )
            sha256 = which_document(entries) if chart != CHARTS[0] else ""
        if chart == CHARTS[0]:
            families(entries)
        elif sha256:
            {"composition": composition, "flow": flow, "changes": changes}[str(chart)](sha256)


def which_document(entries: Sequence[Entry]) -> str:
    """The document that a chart is about."""
    names = labels(list(entries))
    wanted = session.chosen("doc")
    order = list(names)
    index = order.index(wanted) if wanted in names else 0
    return str(st.selectbox(tell("document"), order, index=index, format_func=names.__getitem__, label_visibility="collapsed", width=420))


def families(entries: Sequence[Entry]) -> None:
    """Findings of all listed documents by family and severity."""
    counts: dict[str, dict[str, int]] = {}
    for entry in entries:
        for family, severities in entry.summary.families.items():
            kept = counts.setdefault(family, {})
            for severity, n in severities.items():
                kept[severity] = kept.get(severity, 0) + n
    if counts:
        order = sorted(counts, key=lambda name: -sum(counts[name].values()))
        legend = [(tell(f"severity.{severity.value}"), SEVERITY_COLOUR[severity]) for severity in SEVERITIES]
        markup.bars([(family_name(code), [counts[code].get(severity.value, 0) for severity in SEVERITIES]) for code in order], legend)
    else:
        amounts, checked = (sum(getattr(entry.summary, name) for entry in entries) for name in ("amounts", "checked"))
        markup.notice(tell("findings.clean", coverage=percent(checked, amounts)))


def family_name(code: str) -> str:
    """A family of rules in words."""
    return tell(f"family.{code}") if knows(f"ui.family.{code}") else tell("family.other", code=code)


def composition(sha256: str) -> None:
    """What one document's money is spent on."""
    parts = profile.composition(desk.examination(sha256).facts)
    if parts:
        st.plotly_chart(charts.treemap(parts, tell("charts.whole")), config=QUIET, theme=None, key="chart.composition")
        markup.notice(tell("charts.composition.note"))
    else:
        markup.notice(tell("charts.nothing"))


def flow(sha256: str) -> None:
    """Where one document's money comes from and goes to."""
    words = {Nature.BASIC: tell("charts.basic"), Nature.PROJECT: tell("charts.project")}
    streams = profile.flow(desk.examination(sha256), tell("charts.total"), words)
    if streams:
        st.plotly_chart(charts.sankey(streams), config=QUIET, theme=None, key="chart.flow")
        markup.notice(tell("charts.flow.note"))
    else:
        markup.notice(tell("charts.nothing"))


def changes(sha256: str) -> None:
    """One document's changes against the prior year, as it states them."""
    found = profile.changes(desk.examination(sha256))
    if found:
        st.plotly_chart(charts.against_prior_year(found), config=QUIET, theme=None, key="chart.changes")
        markup.notice(tell("charts.changes.note"))
    else:
        markup.notice(tell("charts.nothing"))
