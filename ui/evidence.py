"""Where a finding stands and what it says: the marked page, the equation with its cells, the explanation, the symptoms."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from checks.registry import RULES
from model.facts import Source
from model.findings import Finding
from report.marks import SUSPECT, marks
from report.points import Point, locus
from report.safe import clean
from ui import desk, markup, session
from ui.parts import RELATED_INK, SEVERITY_COLOUR, Listing, Sight, Spot, rows, viewer
from ui.session import tell

TALL = "calc(100vh - 8.3rem)"
SHORT = 24
"""Characters of a figure; what is longer is a sentence, which the explanation quotes."""
PLACE_COLUMNS = (
    {"key": "dot", "label": "", "kind": "dot"},
    {"key": "place", "label": "", "kind": "text"},
    {"key": "figure", "label": "", "kind": "number"},
)


def sight(point: Point) -> None:
    """The page with the suspect and the related cells marked."""
    document = point.document
    number = min(session.page() or point.finding.page, len(document.pages))
    image = desk.picture(document.sha256, number)
    if image is None:
        st.warning(tell("viewer.none", page=number))
        return
    legend = ((SEVERITY_COLOUR[point.severity], tell("legend.suspect")), (RELATED_INK, tell("legend.related")))
    at = session.chosen("at")
    shown = Sight(document, number, image, spots(point, number, at), f"{point.finding.id}.{at}", legend)
    viewer(shown, lambda page: session.choose(page=page), key="evidence", height=TALL)


def spots(point: Point, number: int, at: str = "") -> list[Spot]:
    """The marks of a finding on one page; ``at`` is the key of the place to look at, the suspect otherwise."""
    found = [mark for mark in marks(point.finding) if mark.page == number]
    looked = next((mark for mark in found if mark.source.key == at), found[0] if found else None)
    drawn = []
    for mark in reversed(found):  # the suspect last, over the others
        colour = SEVERITY_COLOUR[point.severity] if mark.role == SUSPECT else RELATED_INK
        label = f"{tell(f'legend.{mark.role}')} · {locus(point, mark.source, session.language())}: {clean(mark.source.text)}"
        drawn.append(Spot(mark.box, mark.role, colour, label, mark is looked))
    return drawn


def account(point: Point) -> None:
    """What was compared, by how much it differs, and why."""
    finding = point.finding
    name = tell("rule", code=finding.rule)
    markup.chips([(tell(f"grade.{point.severity.value}"), SEVERITY_COLOUR[point.severity]), (name, "#5b6675")])
    markup.title(point.title)
    if finding.stated and len(finding.stated) <= SHORT:
        stated, expected = headed(finding)
        entries = [(stated, clean(finding.stated), "bad")]
        entries += [(expected, clean(finding.expected), "good")] if finding.expected else []
        entries += [(tell("difference"), clean(finding.difference), "")] if finding.difference else []
        markup.figures(entries)
    markup.passage(point.explanation)
    if finding.equation:
        markup.section(tell("equation"))
        markup.passage(clean(finding.equation), "gj-equation")
    places(point)
    rest(point)


def headed(finding: Finding) -> tuple[str, str]:
    """What stands above what is printed and above what it is compared with: figures have a unit, words are only words."""
    if not any(sign.isdigit() for sign in finding.stated + finding.expected):
        return tell("stated.words"), tell("expected.words")
    stated = tell("stated")
    return tell("in_unit", label=stated, unit=clean(finding.unit)) if finding.unit else stated, tell("expected")


def places(point: Point) -> None:
    """Every figure of the equation, each leading to its cell."""
    found = [(mark.role, mark.source) for mark in marks(point.finding)]
    lines = [place_line(point, role, source) for role, source in found]
    pages = {source.key: source.place.page for _, source in found}
    listing = Listing(PLACE_COLUMNS, lines, session.chosen("at"), heads=False)
    rows(listing, lambda key: session.choose(at=key, page=pages.get(key)), key="places", height="15rem")


def place_line(point: Point, role: str, source: Source) -> dict[str, object]:
    """One place in the list."""
    colour = SEVERITY_COLOUR[point.severity] if role == SUSPECT else RELATED_INK
    if source.table is None:
        label, whole = source.column_label or source.row_label, ""
    else:
        label = " · ".join(part for part in (source.row_label, source.column_label) if part)
        whole = next((table.label for table in point.document.tables if table.id == source.table), "")
    sub = " · ".join(part for part in (tell("page.short", page=source.place.page), clean(whole)) if part)
    return {
        "id": source.key,
        "cells": {
            "dot": {"colour": colour, "title": tell(f"legend.{role}")},
            "place": {"text": clean(label).strip("，,；;。 ") or point.table, "sub": sub},
            "figure": {"text": clean(source.text) if len(source.text) <= SHORT else ""},
        },
    }


def rest(point: Point) -> None:
    """The rule's basis, other figures that could be the wrong one, and what else fails for the same reason."""
    finding = point.finding
    markup.section(tell("basis"))
    markup.passage(point.basis, "gj-small")
    if finding.alternatives:
        markup.section(tell("alternatives"))
        for other in finding.alternatives:
            where = locus(point, other.source, session.language())
            markup.passage(
                tell("alternative", place=where, text=clean(other.source.text), proposed=other.proposed, n=other.explains), "gj-small"
            )
    if finding.symptoms:
        markup.section(tell("symptoms", n=len(finding.symptoms)))
        markup.passage("\n".join(said(point, symptom) for symptom in symptoms_shown(finding.symptoms)), "gj-small")


def symptoms_shown(symptoms: Sequence[str], most: int = 12) -> list[str]:
    """The first of them; the rest is counted."""
    return [clean(symptom) for symptom in symptoms[:most]] + ([tell("more", n=len(symptoms) - most)] if len(symptoms) > most else [])


def said(point: Point, symptom: str) -> str:
    """A symptom: its rule, and what it says or the place it speaks of."""
    code, _, told = symptom.partition(":")
    if code not in RULES or not told:
        return symptom
    source = next((mark.source for mark in marks(point.finding) if mark.source.key == told), None)
    where = f"{locus(point, source, session.language())} {clean(source.text)}" if source else told.strip()
    return f"{code} · {where}"
