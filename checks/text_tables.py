"""NT: what the prose states is what the tables print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from checks.book import Book
from checks.equations import Equation, Figure, Origin, Sum
from checks.recalculation import money, same_kind, statement_words, unit_of
from checks.registry import Remark, check
from checks.slips import slip_into
from model.amounts import Dimension, Interval
from model.facts import Basis, Fact, Fund, Meaning, Mention, Nature, Source, Statement, SubjectKind

BUDGETS = {Basis.BUDGET, Basis.ORIGINAL_BUDGET}
TELLING_DIGITS = 4
Subject = tuple[SubjectKind, str]


def by_subject(book: Book) -> dict[Subject, list[Fact]]:
    """The tables' money facts by subject."""
    found: dict[Subject, list[Fact]] = defaultdict(list)
    for fact in book.facts.cells:
        if fact.amount.unit is None or fact.amount.unit.dimension is Dimension.MONEY:
            found[fact.meaning.subject.kind, fact.meaning.subject.key].append(fact)
    return found


def stated(statement: Statement) -> Iterator[tuple[Mention, Basis | None]]:
    """The figures a statement prints for its subject, each with what kind of figure it is."""
    if statement.figure and statement.meaning:
        yield statement.figure, statement.meaning.basis
    if statement.original:
        yield statement.original, Basis.ORIGINAL_BUDGET
    if statement.revised:
        yield statement.revised, Basis.REVISED_BUDGET


def same_basis(a: Basis | None, b: Basis | None) -> bool:
    """Whether two kinds of figure can be one: 预算数 and 年初预算数 are."""
    return a is None or b is None or a is b or {a, b} <= BUDGETS


def possible(meaning: Meaning, basis: Basis | None, fact: Fact) -> bool:
    """Whether a table's fact may be the figure a sentence states: nothing that both say differs."""
    other = fact.meaning
    if meaning.side and other.side and meaning.side is not other.side:
        return False
    if meaning.year and other.year and meaning.year != other.year:
        return False
    if meaning.nature is not Nature.TOTAL and meaning.nature is not other.nature:
        return False
    return same_basis(basis, other.basis)


def likeness(meaning: Meaning, fact: Fact) -> tuple[bool, bool, bool]:
    """How closely a possible fact fits: nature, fund, side."""
    other = fact.meaning
    return (
        meaning.nature is other.nature,
        meaning.subject.kind is SubjectKind.THREE_PUBLIC or meaning.fund is other.fund or (meaning.fund is None and other.fund is Fund.ALL),
        meaning.side is other.side,
    )


@check("NT101", "text-does-not-tie-to-table")
def text_ties_to_tables(book: Book) -> Iterator[Equation | Remark]:
    """An amount the text states for a subject is an amount the tables print for it.

    Basis: the narrative restates the tables. The text's figure, in its own unit and precision, must be one of the figures the tables
    print for the same subject, side, year and kind; where it is none of them, it is compared with the one that means the same.
    Likely causes: a mistyped digit, a figure of last year's text, a table changed after the text was written.
    Example: 住房公积金 201.50 万元 in the text, 2,087,959.00 元 in the table.
    """
    index = by_subject(book)
    for statement in book.facts.statements:
        meaning = statement.meaning
        if meaning is None or (meaning.year and book.document.fiscal_year and meaning.year != book.document.fiscal_year):
            continue
        facts = index.get((meaning.subject.kind, meaning.subject.key), [])
        for mention, basis in stated(statement):
            figure = money(book, mention)
            if figure and figure.amount.unit and figure.amount.unit.dimension is Dimension.MONEY:
                yield from tie_to_table(book, statement, figure, [f for f in facts if possible(meaning, basis, f)])


def tie_to_table(book: Book, statement: Statement, figure: Figure, facts: Sequence[Fact]) -> Iterator[Sum]:
    """The tie of one stated figure to the fact that fits best, among those that agree if any does."""
    meaning = statement.meaning
    if meaning is None or not facts:
        return
    grand = "总计" in statement.label or "收支" in statement.label or "收、支" in statement.label
    ranked = sorted(facts, key=lambda f: (*likeness(meaning, f), grand is ("总计" in f.source.row_label)), reverse=True)
    near = ranked if figure.amount.value else [f for f in ranked if likeness(meaning, f)[:2] == likeness(meaning, ranked[0])[:2]]
    agreeing = [f for f in near if figure.amount.interval.overlaps(f.amount.interval)]
    like = [f for f in ranked if "总计" in f.source.row_label] if grand else ranked
    fitting = agreeing or ([ranked[0]] if all(likeness(meaning, ranked[0])[:2]) else slips_among(figure, like))
    lines = [fitting[0]] if agreeing else over_units(figure, ranked, fitting)
    if not lines:
        return
    best = lines[0]
    words = statement_words(book, statement) | {
        "table": book.label(best.source.table or ""),
        "row": best.source.row_label,
        "column": best.source.column_label,
    }
    yield Sum(Origin("NT101", params=words), figure, tuple((1, book.figures[line.source.key]) for line in lines))


def over_units(figure: Figure, ranked: Sequence[Fact], fitting: Sequence[Fact]) -> list[Fact]:
    """The lines that print a subject once for each unit, where they add up to the figure; else those in the likeliest column.

    A department's text states the sum of its units, and a table that lists unit by unit prints no such line. A column that repeats
    the subject at several levels (an item and its projects) adds up to more than the whole, and is not summed.
    """
    columns: dict[tuple[str | None, int | None], list[Fact]] = defaultdict(list)
    for fact in ranked:
        columns[fact.source.table, fact.source.column].append(fact)
    repeated = [facts for facts in columns.values() if len(facts) > 1 and facts[0].meaning.subject.code]
    summed = next((facts for facts in repeated if figure.amount.interval.overlaps(added(facts))), None)
    if summed or not fitting:
        return summed or []
    once = next((f for f in fitting if len(columns[f.source.table, f.source.column]) == 1), None)
    column = columns[fitting[0].source.table, fitting[0].source.column]
    return [once] if once else column if column in repeated else [fitting[0]]


def added(facts: Sequence[Fact]) -> Interval:
    """The sum of printed amounts."""
    total = facts[0].amount.interval
    for fact in facts[1:]:
        total = total + fact.amount.interval
    return total


def slips_among(figure: Figure, facts: Sequence[Fact]) -> list[Fact]:
    """Facts of another fund or nature that are one slip away: the text's figure is none of the subject's, and this is the likeliest."""
    if len(figure.amount.value.as_tuple().digits) < TELLING_DIGITS:
        return []
    return [f for f in facts if slip_into(figure.amount, f.amount.interval)]


PERSONNEL_CLASSES = ("301", "303")


@check("NT102", "text-does-not-tie-to-classes")
def text_ties_to_classes(book: Book) -> Iterator[Equation | Remark]:
    """The personnel and operating funds a text states are the economic classes that make them up, where no column says so.

    Basis: 人员经费 = 301 工资福利支出 + 303 对个人和家庭的补助; 公用经费 = 302 商品和服务支出 + 310 资本性支出 and the other classes of
    基本支出. Only for a table of basic expenditure that prints classes but no 人员/公用 columns. Likely cause: another split in the text.
    Example: 人员经费 7,263.35 in the text, 301 + 303 = 7,309.55 in the table.
    """
    classes = basic_classes(book)
    if not classes:
        return
    for statement in book.facts.statements:
        meaning, figure = statement.meaning, money(book, statement.figure)
        if figure is None or meaning is None or meaning.subject.kind is not SubjectKind.TOTAL or meaning.fund in {Fund.OWN, Fund.ALL}:
            continue
        if meaning.nature not in {Nature.PERSONNEL, Nature.OPERATING} or meaning.year not in {None, book.document.fiscal_year}:
            continue
        personnel = meaning.nature is Nature.PERSONNEL
        parts = [f for code, f in classes.items() if (code in PERSONNEL_CLASSES) is personnel]
        if parts and same_kind(figure, parts[0]):
            words = statement_words(book, statement) | {"table": book.label(parts[0].source.table or "")}
            yield Sum(Origin("NT102", params=words), figure, tuple((1, f) for f in parts))


def basic_classes(book: Book) -> dict[str, Figure]:
    """The classes (3 digits) of the one basic-expenditure table that has a single column of amounts; empty where there is none."""
    found: dict[str, dict[str, Figure]] = defaultdict(dict)
    for block in book.facts.blocks:
        if len(block.columns) > 1 or "基本支出" not in book.label(block.table):
            continue
        for record in block.records:
            code = record.subject.code
            if record.subject.kind is SubjectKind.ECONOMIC and code and len(code) == 3:
                figure = book.figure(block, record, block.columns[0])
                if figure is not None:
                    found[block.table][code] = figure
    return next(iter(found.values())) if len(found) == 1 else {}


@check("NT103", "text-states-what-the-table-leaves-blank")
def stated_but_blank(book: Book) -> Iterator[Equation | Remark]:
    """The “三公” amounts the text states are filled in in the “三公” table.

    Basis: the table is the disclosure, the text explains it. Only where the table has a column for the item and prints nothing in it.
    Likely cause: the table was published unfilled. Example: 年初预算 0.95 万元 in the text, an empty 预算数 in the table.
    """
    index = by_subject(book)
    for statement in book.facts.statements:
        meaning = statement.meaning
        if meaning is None or meaning.subject.kind is not SubjectKind.THREE_PUBLIC or meaning.year != book.document.fiscal_year:
            continue
        for mention, basis in stated(statement):
            figure = money(book, mention)
            facts = [f for f in index.get((SubjectKind.THREE_PUBLIC, meaning.subject.key), []) if possible(meaning, basis, f)]
            if figure and figure.amount.value and not facts:
                yield from unfilled(book, statement, figure, basis)


def unfilled(book: Book, statement: Statement, figure: Figure, basis: Basis | None) -> Iterator[Remark]:
    """The remark on a table that has a column for the item but prints nothing in it."""
    item = statement.meaning.subject.key if statement.meaning else ""
    for block in book.facts.blocks:
        for column in block.columns:
            subject = column.subject
            if subject and subject.kind is SubjectKind.THREE_PUBLIC and subject.key == item and same_basis(basis, column.basis):
                table = book.tables[block.table]
                due = Source(table.title_place or table.place, table.label, "", " › ".join(column.path), table.id)
                words = statement_words(book, statement) | {"table": table.label, "column": " › ".join(column.path)}
                amount = figure.amount.text
                yield Remark("NT103", (("stated", figure.source), ("due", due)), words, expected=amount, unit=unit_of(figure))
                return
