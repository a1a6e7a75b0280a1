"""RC: shares in the prose are reckoned again; what each is a share of is read from the words, the list it stands in, and its neighbours."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from checks.book import Book
from checks.equations import Equation, Figure, Origin, Rate
from checks.recalculation import money, same_kind, statement_words
from checks.registry import Remark, check
from model.facts import Fact, Fund, Nature, Share, Side, Statement, SubjectKind
from model.findings import Result

HOLDS = {Result.PASS, Result.ROUNDING}
NEIGHBOURS = 2
THIS_YEAR = re.compile(r"^(?:本年|当年)度?")
NAMED_TOTAL = re.compile(r".{2}(?:合计|总计)$")


@dataclass(frozen=True, slots=True)
class Option:
    """One reading of a share: its equation with the outcome, the whole it takes, and whether the text makes that whole certain."""

    equation: Rate
    result: Result
    whole: Figure
    certain: bool


@dataclass(frozen=True, slots=True)
class Stated:
    """A share with the statement it belongs to and its possible readings."""

    statement: Statement
    share: Share
    options: tuple[Option, ...]


@check("RC104", "share-does-not-follow")
def shares(book: Book) -> Iterator[Equation | Remark]:
    """A stated share equals the part divided by the whole it is a share of.

    Basis: share = part ÷ total. The whole is the one the words name, the statement the part belongs to, or the one under which the
    neighbouring shares of the same list hold. Likely causes: a mistyped digit, a share of another total.
    Example: 2,106.66 ÷ 2,940.05 = 71.65 %, printed 71.73 %.
    """
    stated = [s for statement in book.facts.statements for share in statement.shares if (s := readings(book, statement, share))]
    common = common_wholes(stated)
    for item in stated:
        yield from confirmed(item, common)


def readings(book: Book, statement: Statement, share: Share) -> Stated | None:
    """A share's possible readings; None where its part is not printed."""
    part, rate = money(book, statement.figure), book.mentioned(share.rate)
    if part is None or rate is None:
        return None
    totals = list(department_totals(book, share.whole))
    options = []
    seen: set[Decimal] = set()
    origin = Origin("RC104", params=statement_words(book, statement))
    for whole, certain in totals or wholes(book, statement, share.whole):
        if whole.amount.base in seen or not same_kind(part, whole):
            continue
        seen.add(whole.amount.base)
        equation = Rate(origin, rate, ((1, part),), ((1, whole),))
        if (result := equation.result()) is not Result.OPEN:
            options.append(Option(equation, result, whole, certain))
    return Stated(statement, share, tuple(options))


def confirmed(item: Stated, common: dict[int, set[Decimal]]) -> Iterator[Rate]:
    """The reading that holds to the digit; failing that, the one its neighbours share, one that the text makes certain, any near one.

    So many totals are printed that some other one nearly always comes near a share that is wrong.
    """
    neighbours = [o for o in item.options if o.whole.amount.base in common.get(id(item.share), set())]
    certain = [o for o in item.options if o.certain]
    passing = [o for o in item.options if o.result is Result.PASS]
    near = [o for o in item.options if o.result is Result.ROUNDING]
    best = passing or neighbours or [o for o in certain if o in near] or certain or near
    yield from [option.equation for option in best[:1]]


def common_wholes(stated: Sequence[Stated]) -> dict[int, set[Decimal]]:
    """For each share the wholes under which at least two neighbours of its list, its paragraph or its section hold."""
    groups: dict[tuple[object, ...], list[Stated]] = defaultdict(list)
    for item in stated:
        groups[item.statement.paragraph, item.share.whole].append(item)
        groups[item.statement.section, item.share.whole].append(item)
    found: dict[int, set[Decimal]] = defaultdict(set)
    for members in groups.values():
        counts: dict[Decimal, int] = defaultdict(int)
        for item in members:
            for base in {o.whole.amount.base for o in item.options if o.result in HOLDS}:
                counts[base] += 1
        best = max(counts.values(), default=0)
        if best >= NEIGHBOURS and best * 2 >= len(members):
            for item in members:
                found[id(item.share)] |= {base for base, count in counts.items() if count == best}
    return found


def department_totals(book: Book, named: str) -> Iterator[tuple[Figure, bool]]:
    """The department's totals of all funds, where a share names 部门…总额 as its whole and so leaves no other."""
    side = Side.EXPENDITURE if "支出" in named else Side.INCOME
    if "部门" not in named or not re.search(r"总额|总计|合计|总(?:支出|收入)", named):
        return
    for fact in book.facts.cells:
        meaning = fact.meaning
        total = meaning.subject.kind is SubjectKind.TOTAL and meaning.nature is Nature.TOTAL
        if total and meaning.fund is Fund.ALL and meaning.side is side:
            yield book.figures[fact.source.key], True


def wholes(book: Book, statement: Statement, named: str) -> Iterator[tuple[Figure, bool]]:
    """What a share may be a share of, with whether the text makes that certain.

    Certain are the parent's figure where the share names no other whole, a statement of the section that the words name, and a total
    of a table whose line has the name (占本年支出合计的).
    """
    statements = book.facts.statements
    near = [s for s in book.in_section.get(statement.section, ()) if s is not statement]
    parent = [statements[statement.parent]] if statement.parent is not None else []
    by_name = [s for s in near if named and s.label and (named in s.label or s.label in named)]
    earlier = [s for s in near if (s.paragraph, s.start) < (statement.paragraph, statement.start)]
    for candidates, certain in ((by_name, True), (parent, not named), (earlier[::-1], False)):
        for candidate in candidates:
            figure = money(book, candidate.figure)
            if figure and figure.amount.value:
                yield figure, certain
    if NAMED_TOTAL.search(named):
        yield from ((book.figures[fact.source.key], True) for fact in book.facts.cells if is_named(fact, named))
    for figure in book.totals:
        yield figure, False


def is_named(fact: Fact, named: str) -> bool:
    """Whether a total of a table stands in a line of that name (本年支出合计; 支出合计 where the table leaves the year out)."""
    return fact.meaning.subject.kind is SubjectKind.TOTAL and squeezed(fact.source.row_label) in {named, THIS_YEAR.sub("", named)}


def squeezed(text: str) -> str:
    """A text without its spaces."""
    return "".join(text.split())
