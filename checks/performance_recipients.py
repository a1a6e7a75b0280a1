"""Who gets a project's money, by its performance form, against the economic class the project table puts it in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from checks.book import Book
from checks.equations import Equation, Figure
from checks.performance import agrees, figure, forms, words
from checks.performance_names import project_core
from checks.performance_projects import ProjectRow, project_rows
from checks.present import money
from checks.registry import Remark, check
from model.findings import Severity
from model.targets import ProjectTarget

TO_FIRMS = re.compile(
    r"(?:给|向|对)[^，。；]{0,8}企业[^，。；]{0,4}(?:拨付|发放|补助|补贴|奖励)|(?:补助|补贴|奖补)(?:的)?企业|企业(?:发展)?(?:补助|补贴|奖补)"
)
OTHER_CLASS = re.compile(r"对个人和家庭|商品和服务|工资福利")
FIRMS_CLASS = re.compile(r"对企业补助")


@check("AN526", "economic-class-does-not-fit-recipient", Severity.WARNING)
def recipients(book: Book) -> Iterator[Equation | Remark]:
    """Money that a form says is paid to firms stands under 对企业补助 in the project table.

    Basis: 政府收支分类科目: 312 对企业补助. Asked where the whole of the project stands under another economic class.
    Likely causes: the class of another project kept. Example: 给一家企业拨付人才补助资金 110 万元 under 对个人和家庭的补助.
    """
    rows = project_rows(book) if any(FIRMS_CLASS.search(" ".join(path)) for t in book.document.tables for path in t.columns) else []
    for target in forms(book) if rows else ():
        said = next((m.group() for text in texts(target) if (m := TO_FIRMS.search(text))), None)
        row = line_of(book, target, rows)
        placed = next((f for f in row.figures if OTHER_CLASS.search(f.source.column_label)), None) if row else None
        total = target.total
        if said and row and placed and total and agrees(placed, figure(book, total.printed)):
            column = placed.source.column_label.split(" › ")[-1]
            places = (("stated", placed.source), ("related", row.source), ("related", target.name_source))
            other = book.label(row.source.table or "")
            params = words(book, target, column=column, amount=money(placed.amount), said=said, other_table=other)
            yield Remark("AN526", places, params, stated=f"{column} {placed.amount.text}", expected="对企业补助")


def texts(target: ProjectTarget) -> Iterator[str]:
    """What a form says of what its project does: goals and the names of its indicators."""
    yield from (goal.text for goal in target.goals)
    yield from (indicator.name for indicator in target.indicators)


def line_of(book: Book, target: ProjectTarget, rows: Sequence[ProjectRow]) -> ProjectRow | None:
    """The one line of the project tables with a form's amount; of several the one whose name holds the form's."""
    own: Figure | None = figure(book, target.total.printed) if target.total else None
    same = [r for r in rows if own is not None and own.amount.value and agrees(own, r.total)]
    named = [r for r in same if project_core(target.name) in r.name]
    return (named or same)[0] if len(named or same) == 1 else None
