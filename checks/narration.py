"""NT: what the prose states is compared with the tables, with its own parts and with itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from checks.book import Book
from checks.equations import AtMost, Equation, Figure, Origin, Sum
from checks.recalculation import SIGN, money, same_kind, statement_words
from checks.registry import Remark, check
from checks.slips import slip_into
from model.amounts import Dimension
from model.facts import Basis, Comparison, Direction, Fact, Fund, Meaning, Mention, Nature, Source, Statement, SubjectKind
from model.findings import Result

BUDGETS = {Basis.BUDGET, Basis.ORIGINAL_BUDGET}
FISCAL = {Fund.FISCAL, Fund.GENERAL_PUBLIC}
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
    if not agreeing and not all(likeness(meaning, ranked[0])[:2]):
        return
    best = agreeing[0] if agreeing else ranked[0]
    words = statement_words(book, statement) | {
        "table": book.label(best.source.table or ""),
        "row": best.source.row_label,
        "column": best.source.column_label,
    }
    yield Sum(Origin("NT101", params=words), figure, ((1, book.figures[best.source.key]),))


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


TELLING_DIGITS = 4
COMPLETE = (
    frozenset({"货物", "工程", "服务"}),
    frozenset({"货物", "服务"}),
    frozenset({"基本支出", "项目支出"}),
    frozenset({"人员经费", "公用经费"}),
    frozenset({"出国", "公务用车", "接待"}),
    frozenset({"购置费", "运行"}),
)


@check("NT201", "listed-parts-do-not-add-up")
def listed_parts(book: Book) -> Iterator[Equation | Remark]:
    """The parts a sentence lists (其中：…) add up to its figure, or do not exceed it where the list is not complete.

    Basis: the meaning of 其中; 政府采购 = 货物 + 工程 + 服务; 支出 = 基本 + 项目; “三公” = its items. Likely causes: a mistyped figure,
    a part left out.
    Example: 政府采购预算 1,486.42 = 货物 3.66 + 工程 36.44 + 服务 1,446.32.
    """
    lists: dict[tuple[int, int], list[Statement]] = defaultdict(list)
    for statement in book.facts.statements:
        if statement.parent is not None and statement.figure is not None:
            lists[statement.parent, statement.listing].append(statement)
    for (parent, _), parts in lists.items():
        whole = book.facts.statements[parent]
        figure = money(book, whole.figure)
        addends = [(part, f) for part in parts if (f := money(book, part.figure))]
        if figure and addends and all(same_kind(figure, f) for _, f in addends):
            yield from parts_of(book, whole, figure, addends)


def parts_of(book: Book, whole: Statement, figure: Figure, addends: Sequence[tuple[Statement, Figure]]) -> Iterator[Equation]:
    """The sum of a list that is complete by its words or adds up; otherwise each part within the whole."""
    words = statement_words(book, whole)
    equation = Sum(Origin("NT201", params=words), figure, tuple((1, f) for _, f in addends))
    if equation.result() is not Result.FAIL or is_complete([part.label for part, _ in addends]) or one_slip_off(equation):
        yield equation
        return
    for part, amount in addends:
        limit = largest_before(book, part, amount, figure)
        yield AtMost(Origin("NT202", params=statement_words(book, part) | {"whole": whole.label}), amount, limit)


def one_slip_off(equation: Sum) -> bool:
    """Whether a list that does not add up would, but for one slip in one telling figure: then it is complete, and that is the finding."""
    if len(equation.parts) < 2:
        return False
    for figure in equation.figures:
        wanted = equation.solve(figure)
        if wanted is not None and len(figure.amount.value.as_tuple().digits) >= TELLING_DIGITS and slip_into(figure.amount, wanted):
            return True
    return False


def largest_before(book: Book, part: Statement, amount: Figure, whole: Figure) -> Figure:
    """The largest figure a part may belong to: its whole, or an earlier one of its paragraph (a list may return to the first total)."""
    before = [
        f
        for s in book.facts.statements
        if s.paragraph == part.paragraph and s.start < part.start and (f := money(book, s.figure)) and same_kind(f, amount)
    ]
    return max([whole, *before], key=lambda f: f.amount.base)


def is_complete(labels: Sequence[str]) -> bool:
    """Whether labels are one of the lists that always make up their whole."""
    return any(len(labels) == len(names) and all(sum(name in label for label in labels) == 1 for name in names) for names in COMPLETE)


@check("NT203", "items-do-not-add-up-to-total")
def items_add_up(book: Book) -> Iterator[Equation | Remark]:
    """The items a section goes through one by one add up to the total that the section states.

    Basis: the narrative goes through every item of its table. Sums that do not hold may leave items out, so they only support a
    suspicion. Example: 187.22 + 189.13 + … = 832.50 against 832.49, a rounding difference over 13 items.
    """
    for items, totals in itemised(book):
        for slot in ("figure", "original"):
            figures = [f for s in items if (f := money(book, getattr(s, slot)))]
            wholes = [(t, f) for t in totals if (f := money(book, getattr(t, slot)))]
            if len(figures) == len(items):
                yield from item_sum(book, figures, wholes)


def item_sum(book: Book, figures: Sequence[Figure], wholes: Sequence[tuple[Statement, Figure]]) -> Iterator[Sum]:
    """The sum of a section's items to the total it holds for, or else to the nearest one that is one slip away."""
    equations = [
        Sum(Origin("NT203", params=statement_words(book, statement)), whole, tuple((1, f) for f in figures))
        for statement, whole in wholes
        if same_kind(whole, figures[0])
    ]
    holding = [e for e in equations if e.result() is not Result.FAIL]
    yield from (holding or [e for e in equations[:1] if one_slip_off(e)])[:1]


def itemised(book: Book) -> Iterator[tuple[list[Statement], list[Statement]]]:
    """Runs of statements on functional items of one fund and kind, with the totals stated before them, the nearest first."""
    runs: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for statement in book.facts.statements:
        meaning = statement.meaning
        if meaning and statement.figure and meaning.subject.kind is SubjectKind.FUNCTION and meaning.year == book.document.fiscal_year:
            top = statement.section[:2] if len(statement.section) > 1 else statement.section
            runs[top, len(meaning.subject.key), meaning.basis].append(statement)
    for items in runs.values():
        once = list({s.meaning.subject.key: s for s in reversed(items) if s.meaning}.values())
        totals = [s for s in book.facts.statements if s.figure and is_total_statement(s) and s.paragraph <= items[0].paragraph]
        if len(once) > 1:
            yield once, totals[::-1]


def is_total_statement(statement: Statement) -> bool:
    """Whether a statement is on a total, not on one subject."""
    return statement.meaning is not None and statement.meaning.subject.kind is SubjectKind.TOTAL


@check("NT202", "listed-part-exceeds-whole")
def listed_within(_book: Book) -> Iterator[Equation | Remark]:
    """A part a sentence lists is no larger than the whole it is listed under.

    Basis: the meaning of 其中. Its comparisons are stated together with NT201. Example: 授予小微企业合同金额 within 授予中小企业合同金额.
    """
    return iter(())


@check("NT301", "direction-contradicts-figures")
def directions(book: Book) -> Iterator[Equation | Remark]:
    """A word of comparison (增加, 减少, 大于, 小于, 等于, 持平) agrees with the sign of the two figures it stands between.

    Basis: the words' meaning. Likely causes: wording kept from another item or year, figures swapped.
    Example: 年初预算 80.81，支出决算 80.38，“决算数大于预算数”.
    """
    for statement in book.facts.statements:
        for comparison in statement.comparisons:
            now, base = money(book, statement.figure), money(book, comparison_base(statement, comparison))
            if now is None or base is None or comparison.direction is None or comparison.word is None:
                continue
            if comparison.direction is Direction.LEVEL and APPROXIMATE.search(comparison.word.text):
                continue
            actual = actual_direction(now, base)
            word = book.source(comparison.word.paragraph, comparison.word.start, comparison.word.end)
            yield Remark(
                "NT301",
                (("stated", word), ("related", now.source), ("related", base.source)),
                statement_words(book, statement)
                | {"word": comparison.word.text, "now": now.amount.text, "base": base.amount.text, "unit": unit_of(now)},
                variant=actual.value,
                stated=comparison.word.text,
                result=Result.PASS if actual is comparison.direction else Result.FAIL,
            )


APPROXIMATE = re.compile(r"基本|大致|大体|总体")


def unit_of(figure: Figure) -> str:
    """The figure's unit as printed."""
    return figure.amount.unit.symbol if figure.amount.unit else ""


def comparison_base(statement: Statement, comparison: Comparison) -> Mention | None:
    """The printed figure a comparison is with: its own, or the budget the statement prints beside its outturn."""
    if comparison.base is not None:
        return comparison.base
    if comparison.base_basis is Basis.REVISED_BUDGET:
        return statement.revised
    if comparison.base_basis in {Basis.ORIGINAL_BUDGET, Basis.BUDGET} and comparison.base_year in {None, statement.year}:
        return statement.original
    return None


def actual_direction(now: Figure, base: Figure) -> Direction:
    """The sign of the difference of two printed figures."""
    if now.amount.interval.overlaps(base.amount.interval) and now.amount.base == base.amount.base:
        return Direction.LEVEL
    return Direction.UP if now.amount.base > base.amount.base else Direction.DOWN


@check("NT401", "text-contradicts-itself")
def text_ties_to_text(book: Book) -> Iterator[Equation | Remark]:
    """The change of one figure against one base, stated in several passages, is the same amount.

    Basis: the same figure compared with the same year's has one difference. Likely causes: one passage updated and the other not.
    Example: 财政拨款收入 21,940.96 增加 3,959.28 in one section, 增加 3,958.98 in another.
    """
    groups: dict[tuple[object, ...], list[tuple[Statement, int, Figure]]] = defaultdict(list)
    for statement in book.facts.statements:
        now = money(book, statement.figure)
        for comparison in statement.comparisons:
            change = money(book, comparison.difference)
            sign = SIGN.get(comparison.direction) if comparison.direction else None
            if now and change and sign and now.amount.value >= 1 and comparison.base_year and not qualified(book, change):
                groups[now.amount.base, comparison.base_year, comparison.base_basis].append((statement, sign, change))
    for members in groups.values():
        first_statement, first_sign, first = members[0]
        for statement, sign, change in members[1:]:
            if same_money(first_statement, statement):
                words = statement_words(book, statement) | {"other": statement_words(book, first_statement)["section"]}
                yield Sum(Origin("NT401", params=words), change, ((sign * first_sign, first),))


def qualified(book: Book, change: Figure) -> bool:
    """Whether a change leaves something out of the figures it compares (扣除…后, 剔除…因素), so that it is another change."""
    text = book.document.paragraphs[change.source.paragraph or 0].text[: change.source.start]
    return bool(re.search(r"扣除|剔除|不含|若不考虑|同口径", text[text.rfind("。") + 1 :]))


def same_money(a: Statement, b: Statement) -> bool:
    """Whether two statements speak of one subject, so that equal figures are no coincidence."""
    return bool(
        a.meaning and b.meaning and a.meaning.subject.kind is b.meaning.subject.kind and a.meaning.subject.key == b.meaning.subject.key
    )
