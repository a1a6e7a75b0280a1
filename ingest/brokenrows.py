"""Rows that a page's end breaks in two: a label's tail alone on the next page belongs to the row before."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.headings import NUMERAL
from model.document import Cell, Row

FIGURE = re.compile(r"[-−－+]?[\d,]+(?:\.\d+)?%?")
BEGINS = re.compile(rf"\d|[（(【\[]?[{NUMERAL}\d]+[）)、.．】\]]|其中|合|总|小|收|支|本年|上年")
MOST = 0.7  # of a column's labels that begin alike
LONGEST_TAIL = 14


def join_broken(rows: list[Row], more: list[Row]) -> list[Row]:
    """The rows of two pages, the one that the page's end broke joined again."""
    last, first = rows[-1], more[0]
    tails = [k for k, cell in enumerate(first.cells) if cell.text and not FIGURE.fullmatch(cell.text)]
    figures = [k for k, cell in enumerate(first.cells) if FIGURE.fullmatch(cell.text)]
    if not tails or not all(last.cells[k].text and _is_tail(k, last, first, rows[:-1] + more[1:]) for k in tails):
        return rows + more
    if not figures:
        return [*rows[:-1], _glued(last, last, first, tails), *more[1:]]
    if any(FIGURE.fullmatch(cell.text) for k, cell in enumerate(last.cells) if k not in tails):
        return rows + more
    return [*rows[:-1], _glued(first, last, first, tails), *more[1:]]


def _is_tail(column: int, last: Row, first: Row, others: list[Row]) -> bool:
    """Whether a text goes on with the label above it: a bracket is open, or it begins as no label of its column does."""
    label, tail = last.cells[column].text, first.cells[column].text
    if label.count("（") + label.count("(") > label.count("）") + label.count(")"):
        return True
    if len(tail) > LONGEST_TAIL or BEGINS.match(tail):
        return False
    labels = [row.cells[column].text for row in others if row.cells[column].text]
    return len(labels) > 2 and sum(bool(BEGINS.match(text)) for text in labels) >= MOST * len(labels)


def _glued(onto: Row, last: Row, first: Row, columns: list[int]) -> Row:
    """A row with the labels of both halves; its other cells and its place are those of one of them."""
    cells: list[Cell] = list(onto.cells)
    for k in columns:
        cells[k] = replace(cells[k], text=last.cells[k].text + first.cells[k].text)
    return replace(onto, cells=tuple(cells))
