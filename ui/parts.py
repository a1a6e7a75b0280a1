"""The app's own parts: the page viewer and the list, and how their data is put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from model.document import Document, Table
from model.findings import Severity
from model.geometry import Box
from report.marks import COLOURS, RELATED_COLOUR
from ui.session import tell

STATIC = Path(__file__).parent / "static"
RED, AMBER, GREEN, GREY, BLUE = "#db2626", "#d97706", "#0d8059", "#737380", "#1d4f91"


def as_hex(colour: tuple[float, float, float]) -> str:
    """A colour as browsers write it."""
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour)


SEVERITY_COLOUR = {severity: as_hex(colour) for severity, colour in COLOURS.items()}
RELATED_INK = as_hex(RELATED_COLOUR)
STANDING_COLOUR = {"pending": GREY, "confirmed": RED, "rejected": GREEN, "explained": BLUE}


@dataclass(frozen=True, slots=True)
class Spot:
    """A box to mark on the page that is shown. ``role`` is ``suspect``, ``related``, ``row`` or ``grid``."""

    box: Box
    role: str
    colour: str
    title: str = ""
    focus: bool = False


@dataclass(frozen=True, slots=True)
class Sight:
    """A page as it is shown. ``image`` is a PNG in base64; ``legend`` pairs colours with words.

    ``focus`` names what is to be brought into view: the same name does not scroll again.
    """

    document: Document
    number: int
    image: str
    spots: Sequence[Spot]
    focus: str
    legend: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A list whose rows can be chosen. A row has its ``id`` and its ``cells`` by column.

    A column has ``key``, ``label`` and ``kind``: ``text``, ``plain``, ``number``, ``chips``, ``bar`` or ``dot``.
    """

    columns: Sequence[Mapping[str, Any]]
    lines: Sequence[Mapping[str, Any]]
    chosen: str = ""
    empty: str = ""
    heads: bool = True


@cache
def text_of(name: str) -> str:
    """A file of the static folder."""
    return (STATIC / name).read_text(encoding="utf-8")


def component(name: str) -> ComponentRenderer:
    """One of our own parts in the browser."""
    styles = text_of(f"{name}.css") if (STATIC / f"{name}.css").is_file() else None
    return st.components.v2.component(name, css=styles, js=text_of(f"{name}.js"))


def viewer(sight: Sight, turn: Callable[[int], None], *, key: str, height: str) -> None:
    """Show a page with marks; ``turn`` is told the page that was turned to, before the next run."""
    document, number = sight.document, sight.number
    size = document.pages[number - 1]
    data = {
        "image": sight.image,
        "key": f"{document.sha256}.{number}",
        "page": number,
        "pages": len(document.pages),
        "marks": [placed(spot, size.width, size.height) for spot in sight.spots],
        "focus": f"{document.sha256}.{number}.{sight.focus}",
        "height": height,
        "legend": [{"colour": colour, "text": text} for colour, text in sight.legend],
        "words": {name: tell(f"viewer.{name}") for name in ("previous", "next", "smaller", "larger", "scale", "number")}
        | {"alt": tell("viewer.alt", page=number)},
    }
    component("viewer")(data=data, key=key, on_turned_change=told(key, "turned", lambda page: turn(int(page))))


def placed(spot: Spot, width: float, height: float) -> dict[str, Any]:
    """A mark in percent of the page."""
    box = spot.box
    return {
        "x": round(100 * box.x0 / width, 3),
        "y": round(100 * box.y0 / height, 3),
        "w": round(100 * box.width / width, 3),
        "h": round(100 * box.height / height, 3),
        "role": spot.role,
        "colour": spot.colour,
        "title": spot.title,
        "focus": spot.focus,
    }


def told(key: str, name: str, tell_of: Callable[[Any], None]) -> Callable[[], None]:
    """What Streamlit calls when one of our parts reports something: the value is handed on, where there is one."""

    def changed() -> None:
        value = st.session_state[key].get(name)
        if value:
            tell_of(value)

    return changed


def rows(listing: Listing, choose: Callable[[str], None], *, key: str, height: str) -> str | None:
    """Show a list; ``choose`` is told the id of the row that was chosen, before the next run. The next run is told it too."""
    data = {
        "columns": list(listing.columns),
        "rows": list(listing.lines),
        "chosen": listing.chosen,
        "empty": listing.empty,
        "heads": listing.heads,
        "height": height,
    }
    chosen = component("rows")(data=data, key=key, on_chosen_change=told(key, "chosen", choose)).chosen
    return str(chosen) if chosen else None


def severity_chip(severity: Severity, n: int | None = None) -> dict[str, str]:
    """A severity with its count, in its colour."""
    word = tell(f"severity.{severity.value}")
    return {"text": word if n is None else f"{word} {n}", "colour": SEVERITY_COLOUR[severity]}


def sheet(table: Table, marked: Mapping[str, Mapping[str, str]], chosen: str, touch: Callable[[str], None], *, height: str) -> None:
    """Show a table as it was read; ``touch`` is told the cell that was touched as ``row.column``, before the next run.

    ``marked`` says, by ``row.column``, which cells findings speak of (role, colour, title).
    """
    data = {
        "table": table.id,
        "columns": [list(path) for path in table.columns],
        "rows": [{"page": row.page, "label": tell("page.short", page=row.page), "cells": list(row.texts)} for row in table.rows],
        "marks": dict(marked),
        "chosen": chosen.removeprefix(f"{table.id}."),
        "height": height,
    }
    component("sheet")(data=data, key="sheet", on_touched_change=told("sheet", "touched", touch))
