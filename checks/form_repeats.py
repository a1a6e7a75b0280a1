"""WO5 and NT8: words that stand twice where they should not, or once right and once wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from checks.book import Book
from checks.equations import Equation
from checks.form_likeness import clean, distance, known_names
from checks.form_names import table_names
from checks.form_prose import HAN, prose_of, remark
from checks.registry import Remark, check
from model.document import Table
from model.facts import Source, Statement
from model.findings import Severity

CLAUSE = re.compile(rf"[{HAN}“”《》（）a-zA-Z]{{8,60}}")
ORDINARY = re.compile(
    r"[一二三四五六七八九十东西南北优良中差初终因为首末甲乙丙丁上下左右增减收支大小高低前后内外多少市区县省镇乡街局部委院校类款项年月日升降本该全各新旧不无未有的和与及或、A-Z“”《》（）]"
)
EDGE = 3
LONG_PARAGRAPH = 60
LONG_GOAL = 40
MOST_WORDS = 8
TEMPLATE = re.compile(r"没有|未安排|无[^，。]{0,12}(?:支出|预算|收入)|空表|不涉及|万元|包括")
ITEM = re.compile(rf"([{HAN}（）]{{4,30}})[（(]\d*项[）)]$")


@check("WO501", "one-clause-in-two-wordings", Severity.NOTICE)
def clauses_apart(book: Book) -> Iterator[Equation | Remark]:
    """A clause that comes twice is worded alike; one character more, less or other is a slip in one of the two places.

    Basis: text repeated in a document was copied. Likely causes: a typing error corrected in one place only.
    Example: “社区事物受理” in one paragraph, “社区事务受理” in another.
    """
    prose = prose_of(book)
    first: dict[str, int] = {}
    known = known_names()
    for match in CLAUSE.finditer(prose.text):
        if clean(match[0]) not in known:
            first.setdefault(match[0], match.start())
    buckets: dict[tuple[str, str], list[str]] = defaultdict(list)
    for clause in first:
        buckets[clause[:EDGE], clause[-EDGE:]].append(clause)
    pairs = [(one, other) for group in buckets.values() for one, other in pairs_of(group)]
    if pairs:
        places = [prose.source(first[clause], first[clause] + len(clause)) for pair in pairs for clause in pair]
        yield remark("WO501", places, pairs="；".join(f"“{one}”—“{other}”" for one, other in pairs[:6]), number=str(len(pairs)))


def pairs_of(clauses: list[str]) -> Iterator[tuple[str, str]]:
    """The clauses of a group that differ in one character which does not make another sense of its own."""
    if len(clauses) > 12:
        return
    for i, one in enumerate(clauses):
        for other in clauses[i + 1 :]:
            if abs(len(one) - len(other)) <= 1 and distance(one, other, 2) == 1 and is_slip(one, other):
                yield one, other


def is_slip(one: str, other: str) -> bool:
    """Whether the only difference of two clauses is a character that is hardly meant."""
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    changed = longer[start : start + 1] + (shorter[start : start + 1] if len(one) == len(other) else "")
    return bool(changed) and not ORDINARY.search(changed)


@check("NT805", "paragraph-printed-twice", Severity.NOTICE)
def doubled_paragraphs(book: Book) -> Iterator[Equation | Remark]:
    """A paragraph of the text is printed once.

    Basis: repetition says nothing. Likely causes: pasted twice, or pasted from another project and not adapted.
    Example: the paragraph on the purpose of one project under the heading of the next as well.
    """
    prose = prose_of(book)
    seen: dict[str, list[int]] = defaultdict(list)
    for i, passage in enumerate(prose.passages):
        if passage.kind == "text" and len(passage.text) >= LONG_PARAGRAPH and not TEMPLATE.search(passage.text):
            seen[re.sub(r"\s", "", passage.text)].append(i)
    for indices in seen.values():
        if len(indices) > 1:
            places = [prose.source(p.start, min(p.end, p.start + 40)) for i in indices for p in [prose.passages[i]]]
            yield remark("NT805", places)


@check("NT807", "goal-copied-from-another-project", Severity.WARNING)
def copied_goals(book: Book) -> Iterator[Equation | Remark]:
    """Two projects of different names do not have one and the same goal.

    Basis: goals are those of the project. Likely causes: last year's or another project's goal pasted.
    Example: two projects of running systems with the same three sentences as their goal.
    """
    goals: dict[str, dict[str, Source]] = defaultdict(dict)
    for passage in prose_of(book).of("cell"):
        if len(passage.text) >= LONG_GOAL and passage.cell:
            table_id, row, column = passage.cell
            table = book.tables[table_id]
            name = project_of(table, row, column)
            place = Source(table.place_of(row, column), passage.text[:60], name, table.label, table_id, row, column)
            goals[re.sub(r"[\d.,%\s]", "", passage.text)].setdefault(name, place)
    for places in goals.values():
        if len(places) > 1:
            yield remark("NT807", list(places.values()), names="、".join(f"“{name}”" for name in places if name))


def project_of(table: Table, row: int, column: int) -> str:
    """The project that a cell speaks of: the field 项目名称 of its form, else the first words of its row."""
    for line in table.rows:
        if "项目名称" in line.texts:
            after = line.texts[line.texts.index("项目名称") + 1 :]
            return next((text for text in after if text), "")
    return next((text for text in table.rows[row].texts[:column] if text), "")


@check("NT806", "purpose-of-another-subject")
def foreign_purposes(book: Book) -> Iterator[Equation | Remark]:
    """What an item is said to be for is not another item of the same tables.

    Basis: 政府收支分类科目: an item is for what it is called. Likely causes: the purpose copied from the item before.
    Example: “住房公积金（项）……主要用于：事业单位医疗保险支出”, with 事业单位医疗 an item of its own.
    """
    items = {re.sub(r"支出$", "", name) for name in table_names(book).get(7, {})}
    prose = prose_of(book)
    for statement in book.facts.statements:
        own = own_item(statement, items)
        other = own and next((name for name in items if len(name) > 4 and is_foreign(name, own, statement)), "")
        if other and not shares_words(own, statement.purpose):
            paragraph = prose.document.paragraphs[statement.paragraph]
            at = paragraph.text.find(statement.purpose[:20], max(0, statement.start - 200))
            if at >= 0:
                place = book.source(statement.paragraph, at, at + len(statement.purpose[:60]))
                yield remark("NT806", [place], own=own, other=other, purpose=statement.purpose[:60])


def own_item(statement: Statement, items: set[str]) -> str:
    """The item that a statement with a purpose is about, if the tables have it."""
    if not statement.purpose:
        return ""
    match = ITEM.search(statement.label)
    name = re.sub(r".*[）)-]", "", match[1]) if match else re.sub(r".*[）)-]", "", statement.label)
    name = re.sub(r"支出$", "", name)
    return name if name in items else ""


def is_foreign(name: str, own: str, statement: Statement) -> bool:
    """Whether a purpose is another item than its own and hardly anything else, one that its own name and path do not contain."""
    if len(statement.purpose) > len(name) + MOST_WORDS:
        return False
    return name in statement.purpose and name not in statement.label and own not in name and name not in own


def shares_words(own: str, purpose: str) -> bool:
    """Whether a purpose has two neighbouring characters of its item's name."""
    return any(own[i : i + 2] in purpose for i in range(len(own) - 1))
