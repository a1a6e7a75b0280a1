"""The prose of performance forms: goals, what was done, what a project is, with the figures in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.numbers import scan_figures
from ingest.targets_grid import Grid, Spot
from ingest.targets_words import ABOUT, DONE, GOAL
from model.amounts import Amount, Dimension
from model.targets import Goal, Printed

SHORTEST = 6


def is_prose_label(text: str) -> bool:
    """Whether a cell names a goal or another piece of prose."""
    return bool(GOAL.match(text) or DONE.match(text) or ABOUT.match(text))


def read_goal(grid: Grid, label: Spot, spot: Spot) -> Goal:
    """The prose of one cell, with the amounts, rates and counts in it."""
    text = spot.cell.text
    source = grid.source(spot, label.text)
    found = [f for f in scan_figures(text) if f.exact]
    figures = tuple(
        Printed(
            precise(f.amount, [other.amount for other in found]),
            replace(source, text=text[f.start : f.end], column_label=around(text, f.start, f.end), start=f.start, end=f.end),
        )
        for f in found
    )
    return Goal(label.text, text, replace(source, text=text), figures, done=bool(DONE.match(label.text)))


def precise(amount: Amount, others: Sequence[Amount]) -> Amount:
    """An amount at the precision of its list: beside 7.8 万元 and 0.2 万元, 1 万元 is one to the tenth, its zero left out."""
    money = amount.unit is not None and amount.unit.dimension is Dimension.MONEY
    places = max(other.places for other in others if other.unit == amount.unit)
    return replace(amount, places=places) if money else amount


def around(text: str, start: int, end: int, reach: int = 24) -> str:
    """The words around a figure."""
    return text[max(0, start - reach) : end + reach // 2].strip()


def prose_at(grid: Grid, label: Spot) -> Spot | None:
    """Where a label's prose stands: to its right, else below it; None where neither holds words that are no label."""
    right = label.last_column + 1
    if right < len(grid.table.columns):
        spot = grid.at(label.row, right)
        if spot.row == label.row and len(spot.text) >= SHORTEST and not is_prose_label(spot.text):
            return spot
    below = label.row + label.cell.row_span
    if below < len(grid.rows):
        spot = grid.at(below, label.column)
        if spot.column <= label.column and len(spot.text) >= SHORTEST and not is_prose_label(spot.text):
            return spot
    return None


def read_line(grid: Grid, row: int) -> list[Goal]:
    """The prose that the labels of one line introduce."""
    return [
        read_goal(grid, spot, found)
        for spot in grid.starting(row)
        if is_prose_label(spot.text) and (found := prose_at(grid, spot)) is not None
    ]
