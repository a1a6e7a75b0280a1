"""What a document is: its title, the organisation, the fiscal year, budget or final accounts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ingest.captions import OWNER
from ingest.cells import tight
from model.document import Kind, Paragraph, Table

YEAR = re.compile(r"(20\d\d)\s*年")
WRITTEN_YEAR = re.compile(r"二[〇○零０Ｏ0]([〇○零一二三四五六七八九]{2})年")
NUMERALS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0}
TITLE = re.compile(r"(?:预算|决算)")
ORGANIZATION = re.compile(r"^(.*?)(?:20\d\d年|二[〇○零].{2}年|年)?度?(?:部门|单位)?(?:综合)?(?:预算|决算)")

LINE_TITLE = re.compile(r"[^。；]{0,40}(?:预算|决算)[^。；：]{0,12}")
FORM_OWNER = re.compile(r"(?:部门|预算|市?级?主管|项目)?(?:（单位）|\(单位\))?(?:单位|部门)(?:名称)?(?:[（(]盖章[）)])?")
ORGAN = re.compile(r"(?:局|委|办|部|院|会|厅|处|中心|政府|学校|大学|检察院|法院|公安|党组|团|所|站)(?:本级)?$")


def year_in(text: str) -> int | None:
    """The first year a text names, in figures or in words."""
    found = YEAR.search(text)
    if found:
        return int(found.group(1))
    written = WRITTEN_YEAR.search(text)
    if written:
        tens, ones = (NUMERALS[c] for c in written.group(1))
        return 2000 + 10 * tens + ones
    return None


def title_of(paragraphs: Sequence[Paragraph]) -> str:
    """The document's title: the lines of the cover that lead to 预算 or 决算."""
    cover = [tight(p.text) for p in paragraphs if p.role == "cover"]
    for end, text in enumerate(cover):
        if TITLE.search(text):
            start = end
            while start > 0 and end - start < 3 and not re.fullmatch(r"附件.{0,3}[:：]?", cover[start - 1]):
                start -= 1
            return "".join(cover[start : end + 1])
    return "".join(cover[:2]) or _first_line(paragraphs)


def _first_line(paragraphs: Iterable[Paragraph]) -> str:
    """The line above the text of a document without a cover, where it names a year's budget or final accounts."""
    for paragraph in paragraphs:
        text = tight(paragraph.text)
        if paragraph.page > 1 or not LINE_TITLE.fullmatch(text):
            return ""
        return text
    return ""


def organization_of(title: str, paragraphs: Iterable[Paragraph], tables: Iterable[Table]) -> str:
    """Who publishes: named in the 编制单位 lines of the tables, else in the title, else in the forms' first rows."""
    named: Counter[str] = Counter()
    for paragraph in paragraphs:
        text = tight(paragraph.text)
        owner = OWNER.match(text) if paragraph.role == "caption" else None
        if owner:
            name = re.split(r"(?:金额)?单位[:：]", text[owner.end() :])[0]
            if len(name) > 2:
                named[name] += 1
    if named:
        return named.most_common(1)[0][0]
    found = ORGANIZATION.match(re.sub(r"^(?:20\d\d|二[〇○零]..)年度?", "", title))
    if found and found.group(1):
        return found.group(1)
    owners = Counter(name for table in tables for name in _form_owners(table))
    return owners.most_common(1)[0][0] if owners else ""


def _form_owners(table: Table) -> Iterator[str]:
    """The departments a performance form names beside their labels."""
    for row in table.rows[:4]:
        filled = [text for text in row.texts if text]
        for label, value in pairwise(filled):
            if FORM_OWNER.fullmatch(label) and ORGAN.search(value):
                yield value


def kind_of(title: str, paragraphs: Iterable[Paragraph], tables: Iterable[Table]) -> Kind:
    """Budget or final accounts, by the title, else by the tables' titles and the headings."""
    budget, final = "预算" in title, "决算" in title
    if budget != final:
        return Kind.BUDGET if budget else Kind.FINAL_ACCOUNTS
    texts = [t.title for t in tables] or [p.text for p in paragraphs if p.role in ("heading", "contents", "cover")]
    finals, budgets = sum("决算" in text for text in texts), sum("预算" in text for text in texts)
    if not finals and not budgets:
        return Kind.UNKNOWN
    return Kind.FINAL_ACCOUNTS if 2 * finals > budgets else Kind.BUDGET


def fiscal_year_of(title: str, paragraphs: Iterable[Paragraph], tables: Iterable[Table]) -> int | None:
    """The year the document is about: named in its title, else the one headings and tables name most."""
    year = year_in(title)
    if year:
        return year
    named = Counter(
        y
        for text in [*(p.text for p in paragraphs if p.role in ("cover", "heading", "caption")), *(t.title for t in tables)]
        if (y := year_in(text))
    )
    return named.most_common(1)[0][0] if named else None
