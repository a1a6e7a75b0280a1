"""PR2: how pages, tables and their titles lie: blank pages, titles apart from their tables, tables without a unit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from checks.book import Book
from checks.equations import Equation
from checks.form_prose import remark
from checks.registry import Remark, check
from model.amounts import Dimension
from model.document import Document, Paragraph, Table
from model.facts import Source
from model.findings import Severity
from model.geometry import Box, Place

NUMBER = re.compile(r"(?:部门|预算|决算|公开|附|财决)*(?:表\s?\d{1,2}|\d{1,2}\s?表|表[一二三四五六七八九十]{1,3})$")
TITLE = re.compile(r"(?<!公开)(?<!附)(?<!\d)(?:表|表（[^）]*）)$")
MONEY_WORDS = re.compile(r"金额|资金|预算|合计|决算|经费|支出|收入")
FEW_CHARACTERS = 40
FEW_PARAGRAPHS = 2


def whole_page(document: Document, number: int, text: str) -> Source:
    """A page as a place."""
    page = document.pages[number - 1]
    return Source(Place(number, Box(0, 0, page.width, page.height)), text)


@check("PR201", "page-almost-blank", Severity.NOTICE)
def blank_pages(book: Book) -> Iterator[Equation | Remark]:
    """No page is blank, or holds nothing but a line that belongs to the page before.

    Basis: a published file has no pages left over. Likely causes: the printing area of a spreadsheet, a page break after a full page.
    Example: a note below a table alone on the next page.
    """
    document = book.document
    words: dict[int, list[Paragraph]] = defaultdict(list)
    for paragraph in document.paragraphs:
        for line in paragraph.lines:
            words[line.page].append(paragraph)
    tabled = {page for table in document.tables for page in table.pages}
    blank, lonely = [], []
    for page in document.pages:
        found = words.get(page.number, [])
        if page.number in tabled or page.number == 1:
            continue
        if not found and not page.has_text:
            blank.append(whole_page(document, page.number, f"第{page.number}页整页空白"))
        elif found and all(is_leftover(paragraph, page.number) for paragraph in found):
            lonely.append(whole_page(document, page.number, found[0].text))
    if blank and len(blank) * 4 < len(document.pages):
        yield remark("PR201", blank)
    if lonely:
        yield remark("PR201", lonely, "lonely")


def is_leftover(paragraph: Paragraph, page: int) -> bool:
    """Whether a page's words are a short end of what stands before: a note, or the last line of a paragraph."""
    if paragraph.role == "note" or re.match(r"注[：:]|备注", paragraph.text):
        return len(paragraph.text) < 4 * FEW_CHARACTERS
    return paragraph.page < page and len(paragraph.text) < FEW_CHARACTERS


@check("PR202", "title-apart-from-table", Severity.NOTICE)
def titles_apart(book: Book) -> Iterator[Equation | Remark]:
    """A table's title and number stand right above it, on its page.

    Basis: a table is read with its title. Example: the title at the foot of one page, the table on the next; the number of table 7 printed
    below table 6.
    """
    bottoms = lowest_table(book.document)
    apart, strayed = [], []
    for i, paragraph in enumerate(book.document.paragraphs):
        page, text = paragraph.page, paragraph.text.strip()
        table = book.tables.get(paragraph.table or "")
        if paragraph.role != "caption" or table is None or table.place.page != page + 1:
            continue
        place = book.source(i, 0, len(paragraph.text))
        if TITLE.search(text):
            apart.append(place)
        elif NUMBER.match(text) and bottoms.get(page, paragraph.lines[0].box.y0) < paragraph.lines[0].box.y0:
            strayed.append(place)
    if apart:
        yield remark("PR202", apart)
    if strayed:
        yield remark("PR202", strayed, "number")


def lowest_table(document: Document) -> dict[int, float]:
    """Where the last table of each page ends."""
    found: dict[int, float] = {}
    for table in document.tables:
        for row in table.rows:
            found[row.page] = max(found.get(row.page, 0.0), row.box.y1)
    return found


@check("PR204", "heading-at-foot-of-page", Severity.NOTICE)
def headings_at_foot(book: Book) -> Iterator[Equation | Remark]:
    """A heading does not stand alone at the foot of a page, its text on the next.

    Basis: a heading belongs to what follows. Likely causes: automatic page breaks.
    Example: “一、绩效管理的范围” as the last line of a page.
    """
    paragraphs = book.document.paragraphs
    bottoms = lowest_table(book.document)
    places = []
    for i in range(FEW_PARAGRAPHS, len(paragraphs) - 1):
        here, after = paragraphs[i], paragraphs[i + 1]
        line = here.lines[-1]
        if here.role != "heading" or after.role != "text" or line.page == after.page:
            continue
        above = paragraphs[i - FEW_PARAGRAPHS]
        if above.page == here.page and above.role == "text" and bottoms.get(here.page, 0.0) < line.box.y1:
            places.append(book.source(i, 0, len(here.text)))
    if places:
        yield remark("PR204", places)


@check("PR203", "table-without-unit", Severity.NOTICE)
def tables_without_unit(book: Book) -> Iterator[Equation | Remark]:
    """A table of money states its unit.

    Basis: the unit is part of a number; a default cannot be assumed. Forms of performance targets have a rule of their own.
    Example: 当年财政拨款预算金额 14,299.16 in a table without “单位：万元”.
    """
    money = {fact.source.table for fact in book.facts.cells if fact.amount.unit and fact.amount.unit.dimension is Dimension.MONEY}
    for table in book.document.tables:
        if table.unit or table.id in money or not money or "绩效" in table.title:
            continue
        place = amount_without_unit(table)
        if place:
            yield remark("PR203", [place], table=table.label)


def amount_without_unit(table: Table) -> Source | None:
    """The first amount of money, with decimals, that stands under or beside a word of money, where no unit is named at all."""
    everything = [text for row in (*table.header, *table.rows) for text in row.texts]
    if any(re.search(r"万元|亿元|[（(]元[）)]|单位[：:]\s?元", text) for text in everything):
        return None
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            beside = row.texts[c - 1] if c else ""
            named = MONEY_WORDS.search(" ".join((*table.columns[c], beside)))
            if named and re.fullmatch(r"\d[\d,]*\.\d{2,6}", cell.text.strip()):
                return Source(table.place_of(r, c), cell.text, beside, " › ".join(table.columns[c]), table.id, r, c)
    return None
