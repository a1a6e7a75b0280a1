"""NT: what the text states of a single expense from fiscal money fits into basic expenditure's line for it and all fiscal projects."""

from __future__ import annotations

from collections.abc import Iterator

from checks.book import Book
from checks.equations import Equation, Figure, printed
from checks.recalculation import money, statement_words
from checks.registry import Remark, check
from model.amounts import ZERO, Dimension
from model.facts import Fact, Fund, Nature, SubjectKind
from model.findings import Result

EXPENSES = {"委托业务费": "30227", "会议费": "30215", "培训费": "30216"}
FISCAL = {Fund.FISCAL, Fund.GENERAL_PUBLIC}
ENOUGH_LINES = 5


@check("NT104", "expense-exceeds-fiscal-money")
def expense_within_fiscal_money(book: Book) -> Iterator[Equation | Remark]:
    """The fiscal money that the text states for an expense is no more than basic expenditure's line for it plus all fiscal projects.

    Basis: an expense is paid from basic expenditure, where the economic table lists it, or from projects. Only where the document
    prints the economic table of basic expenditure and the total of fiscal projects. Likely cause: other funds counted as fiscal money.
    Example: 委托业务费财政拨款预算 99, no 30227 in basic expenditure, fiscal projects 4.50.
    """
    limits = {name: limit for name, code in EXPENSES.items() if (limit := limit_of(book, code))}
    for statement in book.facts.statements:
        figure = money(book, statement.figure)
        name = next((name for name in limits if name in statement.label), None)
        if name is None or figure is None or not is_money(figure) or "财政" not in statement.label + "".join(statement.section[-1:]):
            continue
        if statement.year not in {None, book.document.fiscal_year}:
            continue
        basic, projects = limits[name]
        bound = sum((printed(f).high for f in (*basic, projects)), ZERO)
        words = statement_words(book, statement) | {
            "expense": name,
            "basic": basic[0].amount.text if basic else "0",
            "projects": projects.amount.text,
        }
        places = (("stated", figure.source), *(("related", f.source) for f in (*basic, projects)))
        result = Result.FAIL if printed(figure).low > bound else Result.PASS
        yield Remark("NT104", places, words, stated=figure.amount.text, unit="万元", result=result)


def is_money(figure: Figure) -> bool:
    """Whether a figure is an amount of money."""
    return figure.amount.unit is not None and figure.amount.unit.dimension is Dimension.MONEY


def limit_of(book: Book, code: str) -> tuple[list[Figure], Figure] | None:
    """The line of basic expenditure for an economic section (none where it is not listed) and the total of fiscal projects."""
    lines = [f for f in book.facts.cells if f.meaning.subject.kind is SubjectKind.ECONOMIC and f.meaning.nature is Nature.BASIC]
    projects = [f for f in book.facts.cells if is_project_total(f)]
    if len(lines) < ENOUGH_LINES or not projects:
        return None
    own = sorted((f for f in lines if f.meaning.subject.code == code), key=lambda f: f.amount.base)
    largest = max(projects, key=lambda f: f.amount.base)
    return [book.figures[f.source.key] for f in own[-1:]], book.figures[largest.source.key]


def is_project_total(fact: Fact) -> bool:
    """Whether a fact is the total of project expenditure from fiscal money."""
    meaning = fact.meaning
    return meaning.subject.kind is SubjectKind.TOTAL and meaning.nature is Nature.PROJECT and meaning.fund in FISCAL
