"""The lines of project tables, and the projects of performance forms that they list, under which names and with how much money."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checks.book import Book
from checks.equations import Equation, Figure
from checks.performance import FISCAL_FUNDS, agrees, figure, forms, fund_total, words
from checks.performance_names import in_order, likeness, project_core, squeezed
from checks.present import money
from checks.registry import Remark, check
from model.document import Table
from model.findings import Severity
from model.meaning import Basis, Fund, Nature, Side, Source, SubjectKind
from model.targets import Printed, ProjectTarget

PROJECT_NAME_HEAD = re.compile(r"项目.{0,4}名称|^支出项目名称|任务名称")
PROJECT_HEAD = re.compile(r"项目.{0,4}名称|^项目$|^支出项目|[（(]项目[)）]名称")
OF_PROJECTS = re.compile(r"项目|专项")
TOTAL_ROW = re.compile(r"合计|总计|小计")
NOT_FISCAL = re.compile(r"非财政|其他资金|单位资金|自有资金|非一般公共")
FISCAL = re.compile(r"财政拨款|财政资金|财政性资金|一般公共预算")
LISTED = re.compile(r"[，,。；;、：:“”\"（）()]")
ALIKE = 0.85
HALF = 0.5
OTHER_FUNDS = set(Fund) - {Fund.ALL, Fund.FISCAL, Fund.GENERAL_PUBLIC, Fund.GOVERNMENT_FUNDS, Fund.STATE_CAPITAL, Fund.CARRY_OVER}
FEW = 3


@dataclass(frozen=True)
class ProjectRow:
    """A line of a project table: the project's name and all amounts the line prints for this year."""

    name: str
    source: Source
    figures: tuple[Figure, ...]
    funds: tuple[Fund | None, ...]

    @property
    def total(self) -> Figure:
        """The line's amount of all funds: the first."""
        return self.figures[0]


def project_rows(book: Book) -> list[ProjectRow]:
    """The lines of the tables that list projects, performance forms left out."""
    own = {target.table for target in forms(book)}
    found: list[ProjectRow] = []
    amounts: dict[tuple[str, int], list[Figure]] = defaultdict(list)
    funds: dict[tuple[str, int], list[Fund | None]] = defaultdict(list)
    for fact in book.facts.cells:
        if fact.source.table is not None and fact.source.row is not None and fact.amount.value:
            amounts[fact.source.table, fact.source.row].append(book.figures[fact.source.key])
            funds[fact.source.table, fact.source.row].append(fact.meaning.fund)
    for table in book.document.tables:
        column = None if table.id in own else project_column(table)
        if column is None:
            continue
        for number, row in enumerate(table.rows):
            name = squeezed(row.cells[column].text) if column < len(row.cells) else ""
            at = (table.id, number)
            if name and not TOTAL_ROW.search(name) and amounts.get(at):
                place = table.place_of(number, column)
                source = Source(place, row.cells[column].text, row_label=name, table=table.id, row=number, column=column)
                found.append(ProjectRow(name, source, tuple(amounts[at]), tuple(funds[at])))
    return found


def project_column(table: Table) -> int | None:
    """The column of project names; None where the table lists something else."""
    head = PROJECT_HEAD if OF_PROJECTS.search(table.title) else PROJECT_NAME_HEAD
    return next((c for c, path in enumerate(table.columns) if path and head.search(squeezed(path[-1]))), None)


@check("AN517", "project-not-in-project-table", Severity.WARNING)
def projects_without_budget(book: Book) -> Iterator[Equation | Remark]:
    """A performance form is for a project that the project tables list.

    Basis: 财预〔2015〕88号: goals are set for budgeted projects. Asked only where most of the document's forms are found in its
    project tables, by name or by amount. Likely causes: a project dropped from the budget or added later, another name.
    Example: a form of 158.00 for a project that the table, 110 + 25 + 55 + 100 = 290, does not list.
    """
    rows = project_rows(book)
    wholes = {t.table for t in forms(book) if t.overall}
    fiscal_only = not any(fund in OTHER_FUNDS for row in rows for fund in row.funds)
    targets = [t for t in forms(book) if not t.overall and t.name and t.table not in wholes and budgeted(t, fiscal=fiscal_only)]
    missing = [t for t in targets if not listed(book, t, rows)]
    if not rows or len(missing) * 2 >= len(targets):
        return
    for target in missing:
        total = target.total
        if total is None:
            continue
        places = (("stated", target.name_source), ("stated", total.printed.source), ("related", rows[0].source))
        params = words(book, target, other_table=book.label(rows[0].source.table or ""), amount=money(total.printed.amount))
        yield Remark("AN517", places, params, stated=total.printed.amount.text)


def budgeted(target: ProjectTarget, *, fiscal: bool) -> bool:
    """Whether a form prints money: of the fiscal appropriation where the project tables list no other."""
    found = fund_total(target, *FISCAL_FUNDS) if fiscal and len(target.funds) > 1 else target.total
    return found is not None and found.printed.amount.value != 0


def listed(book: Book, target: ProjectTarget, rows: Sequence[ProjectRow]) -> bool:
    """Whether the project tables have the project: by its name, or by its amount under a name that is not another form's."""
    name = project_core(target.name)
    if any(likeness(name, project_core(r.name)) >= ALIKE for r in rows):
        return True
    own = figure(book, target.total.printed) if target.total else None
    return own is not None and any(agrees(own, f) for r in rows for f in r.figures)


@check("AN515", "project-name-differs", Severity.NOTICE)
def project_names(book: Book) -> Iterator[Equation | Remark]:
    """The same project bears the same name in its form and in the project table.

    Basis: a project is known by its name. Compared where the amounts agree, no other line has that amount, and the names share most of
    their words. Likely causes: an abbreviated or older name. Example: 国内外经贸发展经费项目 in the form, 国内外贸易工作经费 in the table.
    """
    rows = project_rows(book)
    names = {project_core(r.name) for r in rows}
    for target in forms(book):
        if target.overall or not target.total or not target.name or project_core(target.name) in names:
            continue  # the line of that name is compared by amount
        own = figure(book, target.total.printed)
        same = [r for r in rows if agrees(own, r.total) and r.total.amount.value]
        other = {project_core(r.name) for r in same}
        name = project_core(target.name)
        if len(other) == 1 and name not in same[0].name and likeness(name, other.pop()) >= HALF:
            places = (("stated", target.name_source), ("related", same[0].source))
            yield Remark("AN515", places, words(book, target, other=same[0].name), stated=target.name, expected=same[0].name)


def project_totals(book: Book) -> list[Figure]:
    """The project expenditure of the year that the tables print as a total, the largest first."""
    own = {target.table for target in book.facts.targets}
    found = [
        book.figures[f.source.key]
        for f in book.facts.cells
        if f.meaning.subject.kind is SubjectKind.TOTAL
        and f.meaning.nature is Nature.PROJECT
        and f.meaning.side is not Side.INCOME
        and f.meaning.basis in {Basis.BUDGET, Basis.ORIGINAL_BUDGET, None}
        and f.source.table not in own
        and f.amount.value
    ]
    return sorted(found, key=lambda f: -f.amount.base)


def project_sets(book: Book) -> list[list[ProjectTarget]]:
    """The projects of the document's forms: all of them, and those of each list or kind of form by itself."""
    wholes = {t.table for t in book.facts.targets if t.overall and t.form}
    every = [t for t in book.facts.targets if not t.overall and t.table not in wholes and t.total]
    titles = list(dict.fromkeys(t.title for t in every))
    return [every, *([t for t in every if t.title == title] for title in titles if len(titles) > 1)]


def of_fund(target: ProjectTarget, funds: Sequence[Fund], *, other: bool) -> list[Printed]:
    """A project's amounts of some funds, or of all others."""
    listed = [f for f in target.funds if f.fund is not Fund.ALL and f.fund is not None and (f.parent is not None or f.fund in FISCAL_FUNDS)]
    return [f.printed for f in listed if (f.fund in funds) is not other and f.parent == 0]


def amounts(targets: Iterable[ProjectTarget], said: str) -> list[Printed]:
    """The forms' amounts of the kind that the words before a figure name: fiscal, other, or all money."""
    if NOT_FISCAL.search(said):
        return [p for t in targets for p in of_fund(t, FISCAL_FUNDS, other=True)]
    if FISCAL.search(said):
        return [p for t in targets for p in of_fund(t, FISCAL_FUNDS, other=False)]
    return [t.total.printed for t in targets if t.total]


@check("AN522", "project-larger-than-all-projects", Severity.WARNING)
def larger_than_all(book: Book) -> Iterator[Equation | Remark]:
    """No project has more money than the tables print for all projects.

    Basis: a project is a part of the project expenditure; money for lower levels of government may stand outside of it.
    Likely causes: another scope, a mistyped unit. Example: 152,992.83 for one project, 145,130.37 for all.
    """
    totals = project_totals(book)
    wholes = {t.table for t in forms(book) if t.overall}
    for target in forms(book):
        total = target.total
        if not totals or target.table in wholes or total is None:
            continue
        if total.printed.amount.interval.low > totals[0].amount.interval.high:
            places = (("stated", total.printed.source), ("related", totals[0].source))
            expected = f"{totals[0].amount.base / total.printed.amount.scale:,.{total.printed.amount.places}f}"
            unit = total.printed.amount.unit.symbol if total.printed.amount.unit else ""
            params = words(book, target, stated=money(total.printed.amount), expected=expected + unit)
            yield Remark("AN522", places, params, stated=total.printed.amount.text, expected=expected)


@check("AN523", "project-name-differs-in-text", Severity.NOTICE)
def names_in_text(book: Book) -> Iterator[Equation | Remark]:
    """The prose writes a project's name as its form does.

    Basis: a project is known by its name. Asked for names in the passages on performance that lack, or have, up to three characters
    more than a form's name. Likely causes: a word left out. Example: 退休人员经费 in the text, 退休人员补助经费 in the form.
    """
    names = {squeezed(t.name): t for t in book.facts.targets if len(squeezed(t.name)) > 6 and not t.overall}
    known = {*names, *(row.name for row in project_rows(book))} if names else set()
    for number, paragraph in enumerate(book.document.paragraphs) if names else ():
        if "绩效" not in paragraph.text and "项目" not in paragraph.text:
            continue
        for start, said in written_names(paragraph.text):
            name = next((n for n in names if misspelt(said, n)), None)
            if name is None or known_otherwise(said, name, known):
                continue
            places = (("stated", book.source(number, start, start + len(said))), ("related", names[name].name_source))
            yield Remark("AN523", places, words(book, names[name]), stated=said, expected=names[name].name)


def known_otherwise(said: str, name: str, known: set[str]) -> bool:
    """Whether a name in the text is, or is part of, that of another project."""
    return any((k in said or said in k) and len(k) > len(said) - FEW for k in known if k != name)


def written_names(text: str) -> Iterator[tuple[int, str]]:
    """The pieces of a passage that may be names: between marks, without what leads to them or follows."""
    start = 0
    for match in [*LISTED.finditer(text), None]:
        end = match.start() if match else len(text)
        piece = re.sub(r"(?:等)?(?:\d*个)?(?:一级|二级|重点)?项目.*$", "", text[start:end])
        lead = re.match(r"(?:优化|安排|其中|主要是|包括|以及|和|与|用于|对|\d+[.．、])+", piece)
        offset = lead.end() if lead else 0
        if len(piece) - offset > 5:
            yield start + offset, piece[offset:].strip()
        start = match.end() if match else end


def misspelt(said: str, name: str) -> bool:
    """Whether a name is another's with up to three characters left out, or added, in its middle or at its end."""
    return said != name and said[:FEW] == name[:FEW] and 0 < abs(len(said) - len(name)) <= FEW and in_order(*sorted((said, name), key=len))
