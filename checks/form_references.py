"""PR4: what the text refers to and announces, against what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from checks.book import Book
from checks.equations import Equation
from checks.form_prose import HAN, Passage, Prose, prose_of, remark
from checks.registry import Remark, check
from model.facts import Source
from model.findings import Severity

REFERENCE = re.compile(rf"(?:详见|具体见|见后附|见附)(?P<name>[{HAN}“”]{{2,24}}表)(?!\d)")
ANNOUNCED = re.compile(r"(?:预算|资金|经费)(?:安排|金额|规模)(?:情况)?$")
ACTOR = re.compile(r"(?:实施|承担|执行)(?:主体|单位|部门)$")
MONEY = re.compile(r"\d\s?(?:万|亿)?元|\d\s?万")
OWNER = re.compile(r"^.*的")
ALIKE = 0.6
NAMES_ACTOR = re.compile(
    r"^由|由[^，。]{2,20}(?:负责|实施|承担|组织)|[本我该](?:单位|部门|局|办|委|中心|院|街道|厅|处|所|校)|(?:负责|牵头|组织)(?:实施|落实)"
)


@check("PR401", "referenced-table-not-there", Severity.WARNING)
def referenced_tables(book: Book) -> Iterator[Equation | Remark]:
    """A table that the text refers to (详见……表) is in the document.

    Basis: what a disclosure refers to is disclosed with it; forms of performance targets have a rule of their own.
    Example: “详见政府采购预算明细表”, and there is no such table.
    """
    prose = prose_of(book)
    titles = [re.sub(r"20\d\d年度?|\s", "", table.title) for table in book.document.tables if table.title]
    titles += [p.text for p in prose.of("caption") if len(p.text) < 50]
    places = []
    for match in REFERENCE.finditer(prose.text):
        name = OWNER.sub("", match["name"])
        if (
            "绩效" not in name
            and prose.at(match.start()).kind in {"text", "cell", "note"}
            and titles
            and not any(alike(name, title) for title in titles)
        ):
            places.append(prose.source(match.start(), match.end()))
    if places:
        yield remark("PR401", places)


def alike(name: str, title: str) -> bool:
    """Whether a title is that of the table referred to."""
    rest = iter(title)
    return all(char in rest for char in name) or SequenceMatcher(None, name, title, autojunk=False).ratio() >= ALIKE


def sections(prose: Prose) -> Iterator[tuple[Passage, list[Passage]]]:
    """Short headings with the paragraphs that follow them."""
    heading: Passage | None = None
    body: list[Passage] = []
    for passage in prose.passages:
        if passage.kind == "text" and heading:
            body.append(passage)
        elif passage.kind in {"heading", "caption", "cell", "note", "contents"}:
            if heading and body:
                yield heading, body
            heading, body = (passage if passage.kind == "heading" and len(passage.text) < 24 else None), []
    if heading and body:
        yield heading, body


@check("PR402", "announced-amount-not-stated", Severity.WARNING)
def announced_amounts(book: Book) -> Iterator[Equation | Remark]:
    """A section on the amount of a project (年度预算安排) states an amount, one on who carries it out (实施主体) names somebody.

    Basis: the headings of 项目经费情况说明. Likely causes: text of another section pasted.
    Example: 六、年度预算安排 “结合重点工作推进情况，根据合同条款，按时拨付资金”.
    """
    prose = prose_of(book)
    organization = book.document.organization
    for heading, body in sections(prose):
        words = "".join(passage.text for passage in body)
        if ANNOUNCED.search(heading.text) and not MONEY.search(words):
            yield remark("PR402", [section_source(prose, heading, body)], heading=heading.text)
        elif ACTOR.search(heading.text) and not names_somebody(words, organization):
            yield remark("PR402", [section_source(prose, heading, body)], "actor", heading=heading.text)


def section_source(prose: Prose, heading: Passage, body: list[Passage]) -> Source:
    """The first words of a section."""
    first = body[0]
    return prose.source(first.start, min(first.end, first.start + 60)) if body else prose.source(heading.start, heading.end)


def names_somebody(words: str, organization: str) -> bool:
    """Whether a text says who acts: a short text is a name, a longer one must contain the organisation or words for it."""
    first = re.split(r"[，。；、：:]", words)[0]
    if organization and (organization in words or organization[-4:] in first):
        return True
    return bool(NAMES_ACTOR.search(words)) or bool(
        re.search(r"(?:局|委员会|办公室|中心|院|公司|政府|街道|部|厅|所|校|站|馆|队|协会|单位|部门|镇|乡|处|科)$", first)
    )
