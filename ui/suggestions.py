"""Questions worth asking of a document: about its own findings first, then about what every disclosure states."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from report.points import Point
from report.safe import clean
from ui import desk, session
from ui.session import tell

MOST = 4
STANDARD = ("total", "three_public", "findings", "largest")


def suggested(lines: Sequence[Point], asked: Sequence[str]) -> list[str]:
    """Up to four questions that were not asked yet."""
    found = []
    for point in lines:
        row = clean(point.source.row_label).strip()
        if row and len(row) <= 24 and point.source.table is not None:
            found.append(tell("suggest.row", row=row))
    every = dict.fromkeys([tell("suggest.findings"), *found[:2], *(tell(f"suggest.{name}") for name in STANDARD)])
    return [question for question in every if question not in asked][:MOST]


def shown(scope: Sequence[str], asked: Sequence[str]) -> str | None:
    """Show them as buttons; the one that was pressed."""
    questions = suggested(desk.lines(scope[0], session.language()), asked)
    pressed = None
    with st.container(horizontal=True, gap="small", key="suggestions"):
        for number, question in enumerate(questions):
            if st.button(question.translate(MARKUP), key=f"suggest.{number}", type="secondary"):
                pressed = question
    return pressed


MARKUP = {ord(sign): "\\" + sign for sign in "\\`*_{}[]()#+-.!|~$<>:"}
"""Streamlit reads the words on a button as Markdown: what a document says is shown as it is."""
