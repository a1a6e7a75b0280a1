"""Projects of performance forms against the project tables, against each other, and against the budget's totals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from checks.book import Book
from checks.equations import Equation, Figure, Origin, Sum
from checks.performance import agrees, figure, forms, fund_total, holding, words
from checks.performance_names import project_core
from checks.performance_projects import ProjectRow, amounts, project_rows, project_sets, project_totals
from checks.registry import Remark, check
from checks.slips import slip_into
from model.amounts import ZERO
from model.meaning import Fund, Nature, SubjectKind
from model.targets import FundFigure, ProjectTarget

CARRIED = re.compile(r"[（(]?(?:上年)?结转(?:资金|项目)?[)）]?$")


@check("TI501", "form-differs-from-project-table")
def forms_tie_to_project_table(book: Book) -> Iterator[Equation | Remark]:
    """A project's money in its performance form is what the project tables print for the project of that name.

    Basis: the form is drawn up for the project as budgeted. Forms and lines of one name are matched by amount; where one of each is left,
    they are compared if one slip of the pen parts them. Likely causes: the form was not changed with the budget, a mistyped figure.
    Example: 科技三项费项目 25.00 in the form and in the project table.
    """
    for targets, lines in named_alike(book):
        left = list(lines)
        missed: list[ProjectTarget] = []
        for target in targets:
            pairs = [
                (fund, line, f) for fund in target.funds for line in left for f in line.figures if agrees(figure(book, fund.printed), f)
            ]
            for fund in target.funds:
                if pair := next((p for p in pairs if p[0] is fund), None):
                    yield tie_to_row(book, target, fund, pair[1], pair[2])
            if pairs:
                left.remove(pairs[0][1])
            else:
                missed.append(target)
        yield from unmatched(book, missed, left)


def agreeing(own: Figure, lines: Sequence[ProjectRow]) -> tuple[ProjectRow, Figure] | None:
    """The line and its amount that can be a form's amount; None for zero, which any line may leave blank."""
    if not own.amount.value:
        return None
    return next(((line, f) for line in lines for f in line.figures if agrees(own, f)), None)


def named_alike(book: Book) -> Iterator[tuple[list[ProjectTarget], list[ProjectRow]]]:
    """Projects of forms and lists with the lines of other tables that bear their name."""
    rows: dict[str, list[ProjectRow]] = defaultdict(list)
    for row in project_rows(book):
        rows[CARRIED.sub("", project_core(row.name))].append(row)
    named: dict[str, list[ProjectTarget]] = defaultdict(list)
    for target in book.facts.targets:
        if target.name and not target.overall and target.total:
            named[project_core(target.name)].append(target)
    for name, targets in named.items():
        own = {target.table for target in targets}
        lines = [row for row in rows.get(name, []) if row.source.table not in own and row.total.amount.value]
        if lines:
            yield targets, lines


def tie_to_row(book: Book, target: ProjectTarget, fund: FundFigure, line: ProjectRow, other: Figure) -> Sum:
    """The equation of one amount of a form with one of a line."""
    origin = Origin("TI501", params=words(book, target, other_table=book.label(line.source.table or "")))
    return Sum(origin, figure(book, fund.printed), ((1, other),))


def unmatched(book: Book, targets: Sequence[ProjectTarget], lines: Sequence[ProjectRow]) -> Iterator[Sum]:
    """Forms whose amounts no line of their name prints: tied to several lines together, or to the one line that a slip parts them from."""
    for target in targets:
        total = target.total
        if total is None or not lines:
            continue
        whole = Sum(
            Origin("TI501", params=words(book, target, other_table=book.label(lines[0].source.table or ""))),
            figure(book, total.printed),
            tuple((1, line.total) for line in lines),
        )
        ties = [whole, *(tie_to_row(book, target, total, line, line.total) for line in lines)]
        if best := holding(ties):
            yield best


@check("TI502", "project-differs-between-forms")
def forms_agree(book: Book) -> Iterator[Equation | Remark]:
    """A task in the form of the whole department has the amount of the form of the project of that name.

    Basis: both speak of the same project and year. Likely causes: one of the forms was changed alone, a mistyped figure.
    Example: 审计事务 285.87 in 部门整体支出绩效目标表 and in its own form.
    """
    wholes = {target.table for target in forms(book) if target.overall}
    tasks = [t for t in forms(book) if not t.overall and t.table in wholes and t.total]
    others = [t for t in forms(book) if not t.overall and t.table not in wholes and t.total]
    for task in tasks:
        same = [t for t in others if project_core(t.name) == project_core(task.name)]
        if len(same) != 1:
            continue
        for fund in task.funds:
            other = fund_total(same[0], fund.fund) if fund.fund else None
            if other is not None:
                origin = Origin("TI502", params=words(book, task, other_table=same[0].title, label=fund.path[-1]))
                yield Sum(origin, figure(book, fund.printed), ((1, figure(book, other.printed)),))


@check("TI503", "whole-department-form-differs-from-budget")
def wholes_tie_to_budget(book: Book) -> Iterator[Equation | Remark]:
    """The total of the form for the whole department is a total of the budget's tables.

    Basis: 部门整体支出绩效目标表 sets goals for all of the department's expenditure. Its total, and those of its parts (基本支出,
    项目支出), must be among the totals that the tables print. Likely causes: a form drawn up before the budget was changed, a mistyped
    figure. Example: 6,544.63 in the form, 支出总计 6,544.63.
    """
    totals: dict[Nature, list[Figure]] = defaultdict(list)
    own = {target.table for target in book.facts.targets}
    for fact in book.facts.cells:
        if fact.meaning.subject.kind is SubjectKind.TOTAL and fact.source.table not in own and fact.amount.value:
            totals[fact.meaning.nature].append(book.figures[fact.source.key])
    for target in forms(book):
        if not target.overall:
            continue
        for fund in target.funds:
            if fund.parent is None or fund.nature is not Nature.TOTAL or fund.fund is Fund.FISCAL:
                one = figure(book, fund.printed)
                candidates = totals[fund.nature]
                match = next((f for f in candidates if agrees(one, f)), None) or near(one, candidates)
                if match is not None and one.amount.value:
                    yield Sum(Origin("TI503", params=words(book, target, label=fund.path[-1].strip(":："))), one, ((1, match),))


def near(one: Figure, candidates: Sequence[Figure]) -> Figure | None:
    """The amount that one slip of the pen parts from another; None where there is no such amount."""
    return next((f for f in candidates if slip_into(one.amount, f.amount.interval)), None)


@check("TI504", "project-list-differs-from-budget")
def lists_tie_to_budget(book: Book) -> Iterator[Equation | Remark]:
    """The projects of a complete set of forms, or list of goals, add up to the project expenditure that the tables print.

    Basis: goals that cover all projects repeat the project budget, in all and in fiscal money. Stated where the sum is such a total, or one
    slip away from it. Likely causes: a mistyped figure, a project left out.
    Example: Σ 31 projects = 28,506.18 against 28,506.17, a rounding difference.
    """
    totals = project_totals(book)
    seen: set[tuple[str, ...]] = set()
    for targets in project_sets(book) if totals else ():
        for said in ("", "财政拨款"):
            parts = tuple((1, figure(book, p)) for p in amounts(targets, said) if p.amount.value)
            keys = tuple(f.key for _, f in parts)
            if len(parts) < 2 or keys in seen:
                continue
            seen.add(keys)
            params = {"table": targets[0].title, "count": str(len(parts))}
            added = sum((f.amount.base for _, f in parts), ZERO)
            near_by = {t.amount.base: t for t in totals if added < 2 * t.amount.base and t.amount.base < 2 * added}
            if best := holding([Sum(Origin("TI504", params=params), total, parts) for total in near_by.values()]):
                yield best
