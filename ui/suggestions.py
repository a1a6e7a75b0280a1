"""Questions worth asking of a document: about its own findings first, then about what every disclosure states."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from model.amounts import MONEY_UNITS
from report.points import Point
from report.safe import clean
from ui import desk, markup, session
from ui.model_talk import is_library
from ui.session import tell

MOST = 4
LONGEST = 18
LEADING = re.compile(r"^[\d\s.．、（）()一二三四五六七八九十]+|^其中[:：]")
PERFORMANCE = "performance_target"  # its rows are goals and indicators, which no question of an amount is about
STANDARD = ("total", "three_public", "largest", "basic")


def suggested(lines: Sequence[Point], asked: Sequence[str]) -> list[str]:
    """Up to four questions that were not asked yet."""
    rows = dict.fromkeys(name for point in lines if (name := asked_of(point)))
    every = [
        tell("suggest.findings"),
        *(tell("suggest.row", row=row) for row in list(rows)[:MOST]),
        *(tell(f"suggest.{name}") for name in STANDARD),
    ]
    fresh = [question for question in dict.fromkeys(every) if question not in asked]
    return fresh[:MOST]


def of_library(asked: Sequence[str]) -> list[str]:
    """Questions to all documents at once that were not asked yet."""
    every = [tell("suggest.findings.library"), *(tell(f"suggest.{name}") for name in STANDARD if name != "largest")]
    return [question for question in every if question not in asked]


def asked_of(point: Point) -> str:
    """What a finding's row is called, where that can be asked about: an amount of money of a budget table, no total, not too long."""
    name = LEADING.sub("", clean(point.source.row_label)).strip()
    form = next((table.form for table in point.document.tables if table.id == point.source.table), None)
    figure = form not in {None, PERFORMANCE} and point.finding.unit in MONEY_UNITS
    return name if figure and 3 <= len(name) <= LONGEST and not name.endswith("计") else ""


def shown(scope: Sequence[str], asked: Sequence[str]) -> str | None:
    """Show them as buttons; the one that was pressed."""
    questions = of_library(asked) if is_library(scope) else suggested(desk.lines(scope[0], session.language()), asked)
    pressed = None
    with st.container(horizontal=True, gap="small", key="suggestions"):
        for number, question in enumerate(questions):
            if st.button(markup.literal(question), key=f"suggest.{number}", type="secondary"):
                pressed = question
    return pressed
