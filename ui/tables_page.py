"""Tables: each as it was read, beside the page with the recognised grid, so that a doubtful reading can be seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from model.document import Document, Table
from report.marks import SUSPECT, marks
from report.points import Point
from report.safe import clean, file_name
from report.table_file import table_csv, table_xlsx
from ui import desk, markup, session
from ui.exports import MIME
from ui.header import document_bar
from ui.parts import BLUE, SEVERITY_COLOUR, Sight, Spot, sheet, viewer
from ui.session import tell
from words import say

TALL = "calc(100vh - 8.3rem)"
Marks = dict[str, dict[str, str]]


def show() -> None:
    """Draw the page."""
    left, right = st.columns([0.52, 0.48], gap="small")
    with left:
        sha256 = document_bar()
        if sha256 is None:
            return
        document = desk.examination(sha256).document
        if not document.tables:
            st.info(tell("tables.none"))
            return
        failing = failures(desk.lines(sha256, session.language()))
        table = chosen_table(document, failing)
        described(table)
        touch = partial(touched, table)
        sheet(table, in_table(failing, table), session.chosen("cell"), touch, height="calc(100vh - 17.4rem)")
        downloads(table)
    with right:
        sight(document, table, failing)


def touched(table: Table, cell: str) -> None:
    """A cell was touched: look at it on its page."""
    session.choose(cell=f"{table.id}.{cell}", page=table.rows[int(cell.partition(".")[0])].page)


def failures(lines: Sequence[Point]) -> Marks:
    """The cells that findings speak of, by the key of their place; the gravest finding leads."""
    found: Marks = {}
    for point in lines:
        for mark in marks(point.finding):
            said = {"role": mark.role, "colour": SEVERITY_COLOUR[point.severity], "title": point.title}
            if mark.source.key not in found or (mark.role == SUSPECT and found[mark.source.key]["role"] != SUSPECT):
                found[mark.source.key] = said
    return found


def in_table(failing: Mapping[str, dict[str, str]], table: Table) -> Marks:
    """Those of one table, by row and column."""
    start = f"{table.id}."
    return {key.removeprefix(start): said for key, said in failing.items() if key.startswith(start)}


def chosen_table(document: Document, failing: Mapping[str, Any]) -> Table:
    """Let the reader choose a table."""
    tables = {table.id: table for table in document.tables}
    wanted = session.chosen("table")
    if wanted not in tables:
        wanted = document.tables[0].id
    st.session_state["table_picker"] = wanted

    names = {table.id: named(table, len(in_table(failing, table))) for table in document.tables}
    st.selectbox(
        tell("tables.which"), list(names), key="table_picker", format_func=names.__getitem__, label_visibility="collapsed", on_change=picked
    )
    session.choose(table=wanted)
    return tables[wanted]


def named(table: Table, doubtful: int) -> str:
    """A table with its pages and the number of its doubtful cells."""
    parts = (table.label, tell("page.short", page=pages_of(table)), tell("tables.doubtful", n=doubtful) if doubtful else "")
    return clean(" · ".join(part for part in parts if part))


def picked() -> None:
    """Another table was chosen."""
    session.choose(table=st.session_state["table_picker"], page=None, cell=None)


def pages_of(table: Table) -> str:
    """The pages of a table, as a stretch."""
    first, last = table.pages[0], table.pages[-1]
    return str(first) if first == last else f"{first}–{last}"


def described(table: Table) -> None:
    """Form, unit, pages and how it was read."""
    unit = tell("tables.unit", unit=clean(table.unit)) if table.unit else tell("tables.no_unit")
    entries = [(unit, "#1d4f91" if table.unit else "#d97706")]
    if table.form:
        entries.append((tell("tables.form", form=name_of_form(table.form)), "#5b6675"))
    entries.append((tell("tables.rows", rows=len(table.rows), columns=len(table.columns)), "#5b6675"))
    entries.append((tell(f"reading.{table.reading.value}"), "#0d8059" if table.reading.value == "ruled" else "#d97706"))
    markup.chips(entries)


def downloads(table: Table) -> None:
    """The table as a file."""
    language = session.language()
    name = file_name(f"{table.number or table.id}_{table.title}"[:60])
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            tell("tables.xlsx"),
            lambda: table_xlsx(table, language),
            f"{name}.xlsx",
            MIME[".xlsx"],
            key="table.xlsx",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            tell("tables.csv"),
            lambda: table_csv(table),
            f"{name}.csv",
            MIME[".csv"],
            key="table.csv",
            on_click="ignore",
            icon=":material/download:",
        )


def sight(document: Document, table: Table, failing: Mapping[str, dict[str, str]]) -> None:
    """The page with the grid that was recognised."""
    number = session.page() or table.pages[0]
    number = min(number, len(document.pages))
    image = desk.picture(document.sha256, number)
    if image is None:
        st.warning(tell("viewer.none", page=number))
        return
    cell = session.chosen("cell")
    legend = ((BLUE, tell("legend.grid")),)
    shown = Sight(document, number, image, grid(document, number, failing, cell), f"{table.id}.{cell}", legend)
    viewer(shown, lambda page: session.choose(page=page), key="table_page", height=TALL)


def grid(document: Document, number: int, failing: Mapping[str, dict[str, str]], chosen: str) -> list[Spot]:
    """Every recognised cell of a page; the doubtful ones in their colour, the chosen one to be looked at."""
    spots = []
    for table in document.tables:
        for line in table.header:
            spots += [Spot(cell.box, "grid", "#7c8fa8") for cell in line.cells if line.page == number and cell.box.width > 0]
        for r, line in enumerate(table.rows):
            if line.page != number:
                continue
            for c, cell in enumerate(line.cells):
                key = f"{table.id}.{r}.{c}"
                said = failing.get(key)
                if key == chosen:
                    spots.append(Spot(cell.box, "suspect", BLUE, clean(cell.text), focus=True))
                elif said:
                    spots.append(Spot(cell.box, said["role"], said["colour"], said["title"]))
                else:
                    spots.append(Spot(cell.box, "grid", BLUE))
    return spots


def name_of_form(form: str) -> str:
    """A form in words."""
    return say(f"ui.form.{form}", session.language())
