"""PR1: the table of contents against what the document really holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from checks.book import Book
from checks.equations import Equation
from checks.form_outline import Heading, Match, matches
from checks.form_prose import Prose, prose_of, quoted, remark
from checks.registry import Remark, check
from model.facts import Source
from model.findings import Severity

MOSTLY = 0.6


def place(prose: Prose, heading: Heading) -> Source:
    """Where a heading stands."""
    return prose.source(heading.start, heading.end)


def outline(book: Book) -> tuple[Prose, list[Match]]:
    """The prose with the lines of its contents and what each stands for."""
    prose = prose_of(book)
    return prose, prose.once("outline", lambda: matches(prose))


def tables_follow(found: Sequence[Match]) -> bool:
    """Whether the tables that the contents list are mostly here, so that one that is not is missing (they may be a file of their own)."""
    listed = [match for match in found if match.entry.is_table]
    return bool(listed) and sum(match.likeness == 1 for match in listed) >= MOSTLY * len(listed)


@check("PR101", "listed-table-is-missing")
def listed_tables(book: Book) -> Iterator[Equation | Remark]:
    """Every table that the contents list is there.

    Basis: 财预〔2016〕143号: what is to be published is complete. Likely causes: a table left out when the parts were put together.
    A table at the end of the list may be a file of its own: that is a question, not an error.
    Example: 目录“三、支出决算表”; after 收入决算表 comes 财政拨款收入支出决算总表.
    """
    prose, found = outline(book)
    if not tables_follow(found):
        return
    for before, match, after in zip([None, *found], found, [*found[1:], None], strict=False):
        parent = after is not None and after.entry.level > match.entry.level > 0
        if match.entry.is_table and match.title is None and not parent:
            places = [("stated", place(prose, match.entry))]
            if before and before.title:
                places.append(("due", place(prose, before.title)))
            places += [("related", source) for source in totals_of(book, match.entry.name)]
            words = {"name": match.entry.name, "before": before.entry.name if before else "", "page": str(match.entry.page)}
            between = any(later.entry.is_table and later.likeness == 1 for later in found[found.index(match) + 1 :])
            yield Remark("PR101", tuple(places), words, severity=None if between else Severity.WARNING, stated=match.entry.name)


def totals_of(book: Book, name: str) -> list[Source]:
    """Where another table prints the total that a missing table of income or expenditure would have to show."""
    side = next(
        (word for word in ("支出", "收入") if word in name and not re.search("财政拨款|一般公共|政府性基金|国有资本|三公", name)), None
    )
    total = re.compile(f"本年{side}合计|{side}(?:总计|合计)") if side else None
    return [f.source for f in book.facts.cells if total and total.search(f.source.row_label)][:1]


@check("PR102", "heading-differs-from-contents", Severity.NOTICE)
def differing_headings(book: Book) -> Iterator[Equation | Remark]:
    """Headings and table titles are worded as in the table of contents.

    Basis: a reader finds a part by its name. Likely causes: contents kept from another year or template.
    Example: 目录“其他重要事项说明”, in the text “其他重要事项的情况说明”.
    """
    prose, found = outline(book)
    pairs = [(m.entry, m.title) for m in found if m.title and m.likeness < 1]
    if pairs:
        places = [place(prose, heading) for pair in pairs for heading in pair]
        listed = "；".join(f"“{a.name}”→“{b.name}”" for a, b in pairs)
        yield remark("PR102", places, pairs=listed, number=str(len(pairs)))


@check("PR103", "listed-part-has-no-heading", Severity.NOTICE)
def missing_headings(book: Book) -> Iterator[Equation | Remark]:
    """Every part that the contents list has its heading, with its number, in the document.

    Basis: as PR102. Example: 目录“第二部分 2024年度部门决算表”, in the text the title without “第二部分”.
    """
    prose, found = outline(book)
    unnumbered = [m for m in found if m.entry.level == 1 and m.title and not m.title.mark]
    numbered = [m for m in found if m.entry.level == 1 and m.title and m.title.mark]
    if unnumbered and len(numbered) > len(unnumbered):
        marks = quoted([m.entry.mark for m in unnumbered])
        bare = remark("PR103", [place(prose, m.title) for m in unnumbered if m.title], "number", marks=marks)
        yield replace(bare, places=(*bare.places, *(("related", place(prose, m.entry)) for m in unnumbered)))
    missing = [m for m in found if m.title is None and not m.entry.is_table]
    if missing and sum(m.likeness == 1 for m in found) >= 0.8 * len(found):
        yield remark("PR103", [place(prose, m.entry) for m in missing])


@check("PR104", "contents-page-is-wrong", Severity.NOTICE)
def contents_pages(book: Book) -> Iterator[Equation | Remark]:
    """The page that a line of the contents gives is the page of its heading, and the order is the same.

    Basis: a reader finds a part by its page. Likely causes: contents not updated after the parts were moved.
    Example: the contents list 七 三公表, 八 政府性基金表; in the document 三公表 comes last.
    """
    prose, found = outline(book)
    paged = [(m.entry, m.title, m.title.page - m.entry.printed) for m in found if m.title and m.entry.printed is not None]
    if len(paged) > 3:
        offset, count = Counter(shift for _, _, shift in paged).most_common(1)[0]
        wrong = [(entry, title) for entry, title, shift in paged if shift != offset]
        if wrong and count >= MOSTLY * len(paged):
            places = [place(prose, heading) for pair in wrong for heading in pair]
            listed = "；".join(f"“{e.name}” {e.printed}→{t.page - offset}" for e, t in wrong[:8])
            yield remark("PR104", places, pairs=listed, number=str(len(wrong)))
    if len(found) > 3 and all(m.entry.printed is None for m in found):
        variant = "none" if any(m.entry.leader for m in found) else "plain"
        lines = remark("PR104", [place(prose, m.entry) for m in found], variant)
        yield replace(lines, params=lines.params | {"examples": quoted([m.entry.name for m in found])})
