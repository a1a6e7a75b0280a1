"""PR4: the tables that every disclosure has, their numbers, and what is said of empty ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from checks.book import Book
from checks.equations import Equation
from checks.form_prose import Prose, prose_of, remark
from checks.present import money
from checks.registry import Remark, check
from model.amounts import Dimension
from model.document import Kind, Table
from model.facts import Fund, Source
from model.findings import Severity

REQUIRED = {
    "overall": re.compile(r"^(?!.*财政拨款).*收(?:入)?支(?:出)?.*表"),
    "income": re.compile(r"^(?!.*支出)(?!.*财政拨款收支).*收入.*表"),
    "expenditure": re.compile(r"^(?!.*(?:收入|收支|财政拨款|一般公共|基金|国有资本|三公|采购|结转|绩效|基本支出|项目支出|购买)).*支出.*表"),
    "fiscal": re.compile(r"财政拨款(?:预算)?(?:收支|收入支出)"),
    "general": re.compile(r"一般公共预算(?!.*(?:基本支出|三公|项目支出)).*支出"),
    "basic": re.compile(r"基本支出"),
    "three-public": re.compile(r"三公|因公出国"),
    "funds": re.compile(r"政府性基金"),
}
"""The eight tables of 财预〔2016〕143号, by their titles."""
MOST = 6
TABLE_NUMBER = re.compile(r"(\d{1,2})")
SUB_NUMBER = re.compile(r"\d{1,2}[-—–－.．]\d")
FUND_WORDS = {Fund.GOVERNMENT_FUNDS: "政府性基金", Fund.STATE_CAPITAL: "国有资本经营"}


@check("PR403", "required-table-not-found", Severity.WARNING)
def required_tables(book: Book) -> Iterator[Equation | Remark]:
    """The eight tables of a budget or of final accounts are all there.

    Basis: 财预〔2016〕143号: 收支总表, 收入总表, 支出总表, 财政拨款收支总表, 一般公共预算支出表, 基本支出表, “三公”经费表,
    政府性基金表. Reported where at least six are recognised, so that a table is missing and not merely called otherwise.
    Example: a budget with seven of them and no “三公” table.
    """
    document = book.document
    if document.kind is Kind.UNKNOWN or len(document.tables) < MOST:
        return
    prose = prose_of(book)
    titles = [re.sub(r"20\d\d年度?|\s", "", table.title) for table in document.tables if table.title]
    titles += [p.text for p in prose.of("caption", "heading", "contents") if len(p.text) < 50]
    missing = [name for name, pattern in REQUIRED.items() if not any(pattern.search(title) for title in titles)]
    if missing and len(REQUIRED) - len(missing) >= MOST:
        last = document.tables[-1]
        due = Source(last.title_place or last.place, last.title, last.label, "")
        for name in missing:
            yield Remark("PR403", (("due", due),), {"page": str(due.place.page)}, variant=name)


@check("PR404", "table-numbers-out-of-order", Severity.NOTICE)
def table_numbers(book: Book) -> Iterator[Equation | Remark]:
    """Numbered tables count up by one; a number is not used for two tables of different titles.

    Basis: a reader finds a table by its number. Example: 表4 follows 表2; two tables 表3.
    """
    numbered = [(int(m[1]), table) for table in book.document.tables if table.number and (m := TABLE_NUMBER.search(table.number))]
    numbered = [(number, table) for number, table in numbered if table.title and not SUB_NUMBER.search(table.number or "")]
    if len(numbered) < 5:
        return
    for (before, one), (after, other) in pairwise(numbered):
        if after == before + 1 or (after == before and one.title == other.title) or after == 1:
            continue
        between = book.document.tables[book.document.tables.index(one) + 1 : book.document.tables.index(other)]
        if after == before + 1 + len(between) and after != before:
            continue
        places = [Source(t.title_place or t.place, t.number or "", t.label, "") for t in (one, other)]
        yield remark("PR404", places, before=one.label, after=other.label)


@check("PR405", "nil-statement-against-table")
def nil_statements(book: Book) -> Iterator[Equation | Remark]:
    """A fund of which the text says that there is nothing, or that its table is empty, has no amounts in its table.

    Basis: the statement explains an empty table. Likely causes: the template's sentence kept.
    Example: “本部门没有使用政府性基金预算拨款安排的支出” below a table with 44,134.59.
    """
    prose = prose_of(book)
    for fund, words in FUND_WORDS.items():
        filled = next((place for table in book.document.tables if words in table.title for place in amounts_of(book, table)), None)
        if filled is None:
            continue
        for place in nil_sentences(prose, words, book.document.fiscal_year):
            fact = book.fact_at.get(filled.key)
            amount = money(fact.amount) if fact else filled.text
            yield remark("PR405", [place, filled], fund.value, fund=words, amount=amount)


def amounts_of(book: Book, table: Table) -> Iterator[Source]:
    """The amounts of money of a table that are not nought."""
    for fact in book.facts.cells:
        if (
            fact.source.table == table.id
            and fact.amount.value
            and (fact.amount.unit is None or fact.amount.unit.dimension is Dimension.MONEY)
        ):
            yield fact.source


def nil_sentences(prose: Prose, words: str, year: int | None) -> Iterator[Source]:
    """The sentences of this year that say that there is nothing of a fund."""
    pattern = re.compile(
        rf"[^。；\n]*(?:没有|未)(?:使用|安排)?{words}[^。；，\n]*(?:安排的?支出|拨款|收支|收入)?[^。\n]*|[^。；\n]*{words}[^。；\n]{{0,20}}为空表[^。\n]*"
    )
    for match in pattern.finditer(prose.written):
        if re.search(r"上年|去年|以外|除.*外|结转|增加|减少|三公|接待|出国|车|采购", match[0]) or (
            year and re.search(rf"{year - 1}年", match[0])
        ):
            continue
        if re.search(r"没有使用|未安排|未使用|没有安排|为空表", match[0]) and len(match[0]) < 90:
            yield prose.source(match.start(), match.end())


@check("PR406", "empty-table-not-explained", Severity.NOTICE)
def unexplained_blanks(book: Book) -> Iterator[Equation | Remark]:
    """A table of a fund without any amount is explained: that there was no such money.

    Basis: 财预〔2016〕143号: an empty table is published, with a statement that it is empty.
    Example: 政府性基金预算支出表 blank, and no word about it.
    """
    prose = prose_of(book)
    for fund, words in FUND_WORDS.items():
        tables = [table for table in book.document.tables if words in table.title and "三公" not in table.title]
        empty = [table for table in tables if next(amounts_of(book, table), None) is None]
        said = re.search(
            rf"(?:没有|无|未|不涉及|为零|空表)[^。；\n]{{0,24}}{words}|{words}[^。；\n]{{0,40}}(?:没有|无|未|0(?:\.0+)?万?元|空表|不涉及)",
            prose.text,
        )
        if empty and not said:
            place = Source(empty[0].title_place or empty[0].place, empty[0].title, empty[0].label, "")
            yield remark("PR406", [place], fund.value, fund=words)
