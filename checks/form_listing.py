"""CC3: lists of economic items in the text (人员经费主要包括：…) against the rows of the tables."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from checks.book import Book
from checks.equations import Equation
from checks.form_likeness import clean, known_names
from checks.form_prose import Prose, prose_of, quoted, remark
from checks.registry import Remark, check
from model.facts import Block, Nature, Record, Source, SubjectKind
from model.findings import Severity

LIST = re.compile(
    r"(?P<what>人员经费|人员支出|日常公用经费|公用经费|公用支出)[^。\n]{0,60}?(?:主要)?(?:包括|用于|为)[：:]?(?P<items>[^。；\n]{20,900})"
)
SPLIT = re.compile(r"[、，,；]|和(?=其他)|以及|及(?=其他)")
FRAME = re.compile(r"^(?:其中|支付|发放|缴纳|用于|按规定)[：:]?|等(?:方面的?)?(?:支出|费用|经费|开支)?$|方面的?支出$")
DEFINITION = re.compile(r"指|是为|解释")
MOST_ROWS = 8
FEWEST = 4
MOSTLY = 0.6
PERSONNEL = {"301", "303"}


@dataclass
class Items:
    """The economic items of the tables: every printed name with its row, and by kind of money the names with an amount not nought."""

    printed: dict[str, Source] = field(default_factory=dict)
    paid: dict[bool, dict[str, Source]] = field(default_factory=lambda: defaultdict(dict))


def economic_items(book: Book) -> Items:
    """The five-digit departmental items of the tables that break down basic expenditure; ``paid[True]`` are those of personnel."""
    found = Items()
    tables = {b.table for b in book.facts.blocks if any(c.nature in {Nature.PERSONNEL, Nature.OPERATING, Nature.BASIC} for c in b.columns)}
    titled = {t.id for t in book.document.tables if "基本支出" in t.title or "经济分类" in t.title}
    for block in book.facts.blocks:
        if block.table in tables | titled:
            for record in block.records:
                if record.subject.kind is SubjectKind.ECONOMIC and record.subject.code and len(record.subject.code) > 3:
                    found.printed.setdefault(clean(record.subject.name), row_source(book, block, record))
    for fact in book.facts.cells:
        subject = fact.meaning.subject
        if subject.kind is not SubjectKind.ECONOMIC or not subject.code or len(subject.code) < 5 or not fact.amount.value:
            continue
        if fact.source.table in tables | titled and fact.meaning.nature is not Nature.PROJECT:
            found.paid[subject.code[:3] in PERSONNEL].setdefault(clean(subject.name), fact.source)
    return found


def row_source(book: Book, block: Block, record: Record) -> Source:
    """A row's first cell of figures, blank as it may be."""
    table = book.tables[block.table]
    column = block.columns[0].index if block.columns else 0
    label = f"{record.subject.code} {record.subject.name}"
    text = table.rows[record.row].cells[column].text
    return Source(table.place_of(record.row, column), text, label, " › ".join(table.columns[column]), block.table, record.row, column)


@check("CC301", "listed-item-has-no-money", Severity.WARNING)
def listed_items(book: Book) -> Iterator[Equation | Remark]:
    """The items that the text lists for personnel and operating expenditure are those that the tables give an amount for.

    Basis: 人员经费包括：… lists what the money is for. Likely causes: the template's whole list of items was kept.
    Example: 人员经费主要包括：……伙食补助费、绩效工资……, both blank in 一般公共预算基本支出表.
    """
    prose = prose_of(book)
    items = economic_items(book)
    if len(items.printed) < FEWEST:
        return
    for match in LIST.finditer(prose.text):
        listed = dict(names_in(match))
        known = {name: span for name, span in listed.items() if name in items.printed or name in known_names()}
        paid = items.paid[match["what"].startswith("人员")]
        if len(known) < FEWEST or not paid or defines(prose, match):
            continue
        everything = {**items.paid[True], **items.paid[False]}
        blank = {name: span for name, span in known.items() if not any(other.startswith(name) or name in other for other in everything)}
        if blank:
            names = quoted(list(blank), len(blank))
            found = remark("CC301", [prose.source(*span) for span in blank.values()], what=match["what"], names=names)
            rows = [("related", items.printed[name]) for name in blank if name in items.printed][:MOST_ROWS]
            yield replace(found, places=(*found.places, *rows))
        yield from unlisted(prose, match, set(known), paid)


def defines(prose: Prose, match: re.Match[str]) -> bool:
    """Whether the list defines a term, so that it says nothing of this year's money."""
    passage = prose.at(match.start())
    begin = max(passage.start, prose.text.rfind("。", passage.start, match.start()))
    return bool(DEFINITION.search(prose.text[begin : match.start("items")]) or DEFINITION.search("".join(passage.section)))


def names_in(match: re.Match[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """The names of a list with their places."""
    start = match.start("items")
    for piece in re.finditer(rf"(?:(?!{SPLIT.pattern}).)+", match["items"]):
        name = clean(FRAME.sub("", piece[0]))
        if len(name) > 1:
            yield name, (start + piece.start(), start + piece.end())


def unlisted(prose: Prose, match: re.Match[str], listed: set[str], paid: Mapping[str, Source]) -> Iterator[Remark]:
    """Items with money that an otherwise complete list leaves out."""
    missing = sorted(name for name in paid if not any(name.startswith(other) or other in name for other in listed))
    complete = not match["items"].rstrip().endswith("等")
    if missing and len(missing) <= 3 and len(paid) - len(missing) >= MOSTLY * len(paid) and complete:
        places = [prose.source(match.start(), match.start() + 60), *(paid[name] for name in missing)]
        yield remark("CC301", places, "unlisted", what=match["what"], names=quoted(missing))
