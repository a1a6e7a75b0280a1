"""FI1: how figures are printed: unit, places, separators, digits broken over lines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from checks.book import Book
from checks.equations import Equation
from checks.form_prose import Prose, prose_of, remark
from checks.registry import Remark, check
from model.amounts import Dimension
from model.facts import Fact, Source
from model.findings import Severity

NO_YUAN = re.compile(r"(?:[≤≥＜＞<>=]\s?)?(?<![\d.])\d+(?:\.\d+)?万(?=[，。；、）) “”]|\n(?!元)|$)")
MONEY = re.compile(r"(?<![\d.,])(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<places>\d+))?(?=\s?万元)")
BARE = re.compile(r"(?<![\d,.])\d{4,}(?:\.\d+)?$")
GROUPED = re.compile(r"^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
LEFT_OUT = re.compile(
    r"(?:增长|下降|占|增加|减少|上升|完成)(?:了|为|率)? ?%"
    r"|(?:(?<!\d)为|增加|减少|安排|预算数|决算数|共计|合计|支出|收入|结余) ?(?:万元|亿元)(?!以)"
)
BAD_UNIT = re.compile(r"\d ?(?:万元(?:元|万)|万万元|元元|%%|％％|%％)")
BAD_SIGN = re.compile(r"(?:增加|减少|增长|下降|上升)(?:了|为|额)? ?[-－−–]\d[\d,.]*")
BAD_NUMBER = re.compile(r"\d+\.\d+\.\d+(?= ?(?:万元|元|%))|\d\.\.\d|\d{1,3}，\d{3}(?:\.\d+)? ?万元|\d,\d{1,2}(?:\.\d+)? ?万元")

THRESHOLD = re.compile(r"单(?:价|位价值|台价值|件价值)(?:在)? ?(?P<amount>\d[\d,.]*) ?万元(?:[（(]含[^）)]{0,6}[）)])?(?:及)?以上")
THRESHOLDS = frozenset({"5", "10", "20", "30", "50", "100", "200"})


@check("FI101", "amount-without-yuan", Severity.NOTICE)
def amounts_without_yuan(book: Book) -> Iterator[Equation | Remark]:
    """An amount of money names its whole unit: 万元, not 万.

    Basis: the unit is part of the number. Example: “差旅费8万，招商培训费5万。”.
    """
    prose = prose_of(book)
    places = [prose.around(m.start(), m.end(), 8, 0) for m in NO_YUAN.finditer(prose.text)]
    if places:
        yield remark("FI101", places)


@check("FI102", "more-places-than-the-others", Severity.NOTICE)
def uneven_places(book: Book) -> Iterator[Equation | Remark]:
    """The text prints its amounts in 万元 with as many places as everywhere else, two as a rule.

    Basis: one precision in one document. Example: “货物预算252.619万元” where all others have two places.
    """
    prose = prose_of(book)
    found = list(MONEY.finditer(prose.written))
    longer = [m for m in found if len(m["places"] or "") > 2]
    if longer and len(longer) * 4 < len(found):
        yield remark("FI102", [prose.source(m.start(), m.end() + 2) for m in longer])
    shorter = [m for m in found if len(m["places"] or "") == 1]
    if shorter and len(shorter) * 4 < len(found):
        yield remark("FI102", [prose.source(m.start(), m.end() + 2) for m in shorter], "fewer")


@check("FI103", "thousands-separators-mixed", Severity.NOTICE)
def mixed_separators(book: Book) -> Iterator[Equation | Remark]:
    """Within one table, among the tables of a document, and in its text, large amounts all carry thousands separators or none does.

    Basis: one way of printing figures in one document. Example: 2,776.75 and 2731.79 in one table.
    """
    by_table: dict[str, tuple[list[Fact], list[Fact]]] = defaultdict(lambda: ([], []))
    for fact in book.facts.cells:
        if fact.amount.unit and fact.amount.unit.dimension is Dimension.MONEY and not is_target(book, fact):
            text = fact.source.text.strip()
            if GROUPED.match(text) or BARE.search(text):
                by_table[fact.source.table or ""][not GROUPED.match(text)].append(fact)
    mixed = [fact.source for grouped, bare in by_table.values() if grouped and bare for fact in minority(grouped, bare)]
    if mixed:
        yield remark("FI103", mixed)
    pure = [(grouped, bare) for grouped, bare in by_table.values() if bool(grouped) != bool(bare)]
    odd = tables_apart(pure)
    if odd:
        yield remark("FI103", odd, "tables")
    yield from mixed_in_text(prose_of(book))


def is_target(book: Book, fact: Fact) -> bool:
    """Whether an amount stands in a form of performance targets, which a system of its own prints."""
    return "绩效" in book.label(fact.source.table or "")


def minority(grouped: Sequence[Fact], bare: Sequence[Fact]) -> Sequence[Fact]:
    """The smaller of two lots; those without separators where they are equal."""
    return grouped if len(grouped) < len(bare) else bare


def tables_apart(pure: Sequence[tuple[list[Fact], list[Fact]]]) -> list[Source]:
    """The first amount of each table without separators, where other tables have them."""
    if not any(grouped for grouped, _ in pure):
        return []
    return [bare[0].source for _, bare in pure if bare]


def mixed_in_text(prose: Prose) -> Iterator[Remark]:
    """The amounts of the text that are printed unlike most."""
    large = [m for m in MONEY.finditer(prose.written) if len(m["whole"]) > 3]
    grouped = [m for m in large if "," in m["whole"]]
    bare = [m for m in large if "," not in m["whole"]]
    if grouped and bare:
        fewer = bare if len(bare) <= len(grouped) else grouped
        yield remark("FI103", [prose.source(m.start(), m.end() + 2) for m in fewer], "text")


@check("FI104", "digits-broken-over-lines", Severity.NOTICE)
def broken_digits(book: Book) -> Iterator[Equation | Remark]:
    """A figure is printed on one line of its cell.

    Basis: a broken figure is easily misread. Likely causes: a column too narrow. Example: “21,118.5” and “1” below it.
    """
    places = []
    for table in book.document.tables:
        heights = [
            cell.ink.height for row in table.rows for cell in row.cells if cell.ink and re.fullmatch(r"[\d,]{1,5}(?:\.\d+)?", cell.text)
        ]
        if not heights:
            continue
        usual = median(heights)
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row.cells):
                if cell.ink and cell.ink.height > 1.7 * usual and re.fullmatch(r"-?[\d,]{3,}(?:\.\d+)?", cell.text):
                    label = next((text for text in row.texts if text), "")
                    places.append(Source(table.place_of(r, c), cell.text, label, " › ".join(table.columns[c]), table.id, r, c))
    if places:
        yield remark("FI104", places)


@check("FI105", "figure-garbled", Severity.NOTICE)
def garbled_figures(book: Book) -> Iterator[Equation | Remark]:
    """A figure of the text is whole: it is there, with one unit, one decimal point, and no sign beside a word of direction.

    Basis: a figure is to be read one way only. Likely causes: a template's blank not filled in, a cell pasted with its sign.
    Example: “增长 %”; “12.5万元元”; “减少-3.20万元”; “1，234.56万元”.
    """
    prose = prose_of(book)
    for variant, pattern in (("", BAD_NUMBER), ("blank", LEFT_OUT), ("unit", BAD_UNIT), ("sign", BAD_SIGN)):
        places = [prose.around(m.start(), m.end(), 8, 4) for m in pattern.finditer(prose.written)]
        if places:
            yield remark("FI105", places, variant)


@check("FI106", "threshold-of-no-form")
def thresholds(book: Book) -> Iterator[Equation | Remark]:
    """Large equipment is what costs 50, 100 or 200 万元 and more: the forms know no other threshold.

    Basis: 部门预算公开: 单价100万元（含）以上的设备（不含车辆）, before 2022 单价50万元以上通用设备、单价100万元以上专用设备.
    Likely cause: a mistyped figure. Example: 单价190万元以上的设备.
    """
    prose = prose_of(book)
    for match in THRESHOLD.finditer(prose.text):
        if match["amount"] not in THRESHOLDS:
            yield remark("FI106", [prose.source(match.start("amount"), match.end("amount"))])
