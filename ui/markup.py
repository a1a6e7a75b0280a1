"""Small pieces of HTML that Streamlit has no part for. Every text in them is escaped: a document's words never become markup."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

SIGNS = {ord(sign): "\\" + sign for sign in "\\`*_{}[]()#+-.!|~$<>:&\"'=@^/%"}


def literal(text: str) -> str:
    """Text for a part of Streamlit that reads Markdown (a button, a message): it is shown as it is."""
    return text.translate(SIGNS)


def chips(entries: Sequence[tuple[str, str]]) -> None:
    """Words in small coloured frames: pairs of text and colour."""
    inner = "".join(f'<span class="gj-chip" style="--ink:{escape(colour)}">{escape(text)}</span>' for text, colour in entries)
    st.html(f'<div class="gj-chips">{inner}</div>')


def title(text: str) -> None:
    """A heading whose words come from a document."""
    st.html(f'<div class="gj-title">{escape(text)}</div>')


def section(text: str) -> None:
    """A small heading above a part of a page."""
    st.html(f'<div class="gj-section">{escape(text)}</div>')


def passage(text: str, name: str = "") -> None:
    """Text in the reading size, its line ends kept."""
    st.html(f'<div class="gj-passage {escape(name)}">{escape(text)}</div>')


def figures(entries: Sequence[tuple[str, str, str]]) -> None:
    """Figures side by side: label, figure, and the name of its look (``""``, ``bad``, ``warn``, ``good``)."""
    inner = "".join(
        f'<div class="gj-figure {escape(look)}"><span>{escape(label)}</span><b>{escape(figure)}</b></div>'
        for label, figure, look in entries
    )
    st.html(f'<div class="gj-figures">{inner}</div>')


def notice(text: str) -> None:
    """A quiet line of help."""
    st.html(f'<div class="gj-notice">{escape(text)}</div>')


def bars(lines: Sequence[tuple[str, Sequence[int]]], legend: Sequence[tuple[str, str]]) -> None:
    """Stacked bars: a line a name with its counts, one a colour of the legend (words and colours).

    Drawn without a chart library: this one stands on the first page, which must not wait for one.
    """
    most = max((sum(counts) for _, counts in lines), default=0) or 1
    head = "".join(f'<span><i style="background:{escape(colour)}"></i>{escape(word)}</span>' for word, colour in legend)
    body = []
    for name, counts in lines:
        pieces = "".join(
            f'<i style="width:{100 * n / most:.2f}%;background:{escape(colour)}" title="{escape(word)} {n}"></i>'
            for n, (word, colour) in zip(counts, legend, strict=True)
            if n
        )
        body.append(f'<span class="name">{escape(name)}</span><span class="bar">{pieces}<b>{sum(counts)}</b></span>')
    st.html(f'<div class="gj-legend">{head}</div><div class="gj-bars">{"".join(body)}</div>')


def welcome(heading: str, text: str) -> None:
    """What stands in the middle of a page that has nothing to show yet."""
    st.html(f'<div class="gj-welcome"><b>{escape(heading)}</b><span>{escape(text)}</span></div>')


def facts(entries: Sequence[tuple[str, str]]) -> None:
    """Names and values, one below the other."""
    inner = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in entries)
    st.html(f'<dl class="gj-facts">{inner}</dl>')
