"""Tables of scores in evaluation reports: the rate of each line, and what the lines add up to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.book import Book
from checks.equations import Equation, Origin, Rate, Sum
from checks.registry import Remark, check
from model.facts import Block, RecordRole, ValueColumn

POINTS = re.compile(r"^(?:分值|权重|满分|标准分)(?:[（(].*[)）])?$")
SCORE = re.compile(r"^(?:评价|自评|实际)?得分$|^评分$")
RATE = re.compile(r"^得分率")
TOTALS = {RecordRole.TOTAL, RecordRole.GRAND_TOTAL}


def score_blocks(book: Book) -> Iterator[tuple[Block, dict[str, ValueColumn]]]:
    """The blocks that print points and scores, with their columns of points, scores and rates."""
    for block in book.facts.blocks:
        found: dict[str, ValueColumn] = {}
        for column in block.columns:
            head = column.path[-1] if column.path else ""
            kind = next((k for k, pattern in (("points", POINTS), ("score", SCORE), ("rate", RATE)) if pattern.search(head)), None)
            if kind:
                found.setdefault(kind, column)
        if {"points", "score"} <= found.keys():
            yield block, found


@check("RC506", "score-rate-does-not-follow")
def score_rates(book: Book) -> Iterator[Equation | Remark]:
    """Each rate of a table of scores is the score divided by the points of its line.

    Basis: 得分率 = 得分 ÷ 分值. Likely causes: a mistyped figure. Example: 17.90 ÷ 20 = 89.50 %.
    """
    for block, columns in score_blocks(book):
        for record in block.records if "rate" in columns else ():
            points, score, rate = (book.figure(block, record, columns[kind]) for kind in ("points", "score", "rate"))
            if points and score and rate:
                yield Rate(
                    Origin("RC506", params={"table": book.label(block.table), "row": record.label}), rate, ((1, score),), ((1, points),)
                )


@check("FT505", "scores-of-table-do-not-add-up")
def scores_add_up(book: Book) -> Iterator[Equation | Remark]:
    """The last line of a table of scores is the sum of its lines, in points and in scores.

    Basis: 绩效评价得分表: 合计 = Σ lines. Likely causes: a mistyped score. Example: 17.90 + 17.99 + 25.30 + 24.00 = 85.19.
    """
    for block, columns in score_blocks(book):
        total = next((r for r in block.records if r.role in TOTALS), None)
        lines = [r for r in block.records if r.role is RecordRole.ITEM and r.parent is None]
        for kind in ("points", "score"):
            stated = book.figure(block, total, columns[kind]) if total else None
            parts = [f for r in lines if (f := book.figure(block, r, columns[kind])) is not None]
            if total and stated and len(parts) > 1:
                params = {"table": book.label(block.table), "row": total.label, "column": columns[kind].path[-1]}
                yield Sum(Origin("FT505", params=params), stated, tuple((1, p) for p in parts))
