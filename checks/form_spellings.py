"""CC6: one thing under two names within a document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from checks.book import Book
from checks.equations import Equation
from checks.form_likeness import clean
from checks.form_prose import HAN, prose_of, remark
from checks.registry import Remark, check
from model.facts import Source, SubjectKind
from model.findings import Severity
from model.geometry import Place

LITTLE = re.compile(r"[的及和与、]|^对(?=附属|下级)")
LABEL = re.compile(rf"^[{HAN}（）]{{6,24}}$")
NUMBERING = re.compile(r"^(?:其中[:：]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.、．]|[\d\-]+)+")
LONGEST = 32
SHORTEST_NAME = 5
VEHICLES = re.compile(r"公务用车(?:购置(?:及|和|与))?运行(?:维护)?(?:费|经费|支出)")
AGENCY = re.compile(r"(?:财政拨款|单位|部门)运行经费")
CLASS_NAME = re.compile(rf"(?P<name>[{HAN}]{{4,16}})[（(](?:支出)?经济分类(?:科目)?“?(?P<level>类|款)”?级?[）)]")


@check("CC601", "one-label-spelt-two-ways", Severity.NOTICE)
def spellings(book: Book) -> Iterator[Equation | Remark]:
    """A row or column is labelled alike in all tables of a document.

    Basis: one name for one thing. Labels that differ by 的, 及, 和, 与 or a leading 对 only are one label.
    Example: “对附属单位上缴收入” in one table, “附属单位上缴收入” in another.
    """
    groups: dict[str, dict[str, Source]] = defaultdict(dict)
    for label, place in labels(book):
        groups[LITTLE.sub("", label)].setdefault(label, place)
    varied = [forms for forms in groups.values() if len(forms) > 1]
    if varied:
        places = [place for forms in varied for place in forms.values()]
        yield remark("CC601", places, pairs="；".join("—".join(f"“{form}”" for form in forms) for forms in varied))


def labels(book: Book) -> list[tuple[str, Source]]:
    """The words of headers and row labels of all tables, without numbers, each with its first place in its table."""
    return prose_of(book).once("labels", lambda: list(read_labels(book)))


def read_labels(book: Book) -> Iterator[tuple[str, Source]]:
    """The labels, read from the tables."""
    for table in book.document.tables:
        seen: set[str] = set()
        for body, rows in ((False, table.header), (True, table.rows)):
            for r, row in enumerate(rows):
                for c, cell in enumerate(row.cells):
                    if not 6 <= len(cell.text) <= LONGEST or cell.text in seen or cell.text.isascii():
                        continue
                    seen.add(cell.text)
                    label = NUMBERING.sub("", clean(cell.text))
                    if LABEL.match(label):
                        place = Place(row.page, cell.ink or cell.box)
                        yield label, Source(place, label, cell.text, table.label, table.id, r if body else None, c)


@check("CC602", "vehicle-cost-under-two-names", Severity.NOTICE)
def vehicle_names(book: Book) -> Iterator[Equation | Remark]:
    """公务用车购置及运行维护费 and 公务用车运行维护费 are called the same in table and text.

    Basis: one name for one thing; the forms of several places leave out 维护.
    Example: 公务用车运行费 in the header, 公务用车运行维护费 in the text.
    """
    forms: dict[str, dict[str, Source]] = defaultdict(dict)
    for label, place in labels(book):
        if "三公" in book.tables[place.table or ""].title and VEHICLES.fullmatch(label):
            forms[re.sub(r"维护|[及和与]", "", label)].setdefault(label, place)
    prose = prose_of(book)
    for match in VEHICLES.finditer(prose.written):
        key = re.sub(r"维护|[及和与]", "", match[0])
        if key in forms:
            forms[key].setdefault(match[0], prose.source(match.start(), match.end()))
    varied = [named for named in forms.values() if len({"维护" in name for name in named}) > 1]
    if varied:
        places = [place for named in varied for place in named.values()]
        yield remark("CC602", places, pairs="；".join("—".join(f"“{name}”" for name in named) for named in varied))


@check("CC603", "agency-cost-under-two-names", Severity.NOTICE)
def agency_names(book: Book) -> Iterator[Equation | Remark]:
    """机关运行经费 is called so in heading and text.

    Basis: the term of 政府采购法实施条例 and of 财预〔2016〕143号. Example: heading “单位运行经费情况”, text “机关运行经费”.
    """
    prose = prose_of(book)
    if "机关运行经费" not in prose.written:
        return
    places = [prose.source(m.start(), m.end()) for m in AGENCY.finditer(prose.written)]
    if places:
        yield remark("CC603", places)


@check("CC604", "economic-class-under-old-name", Severity.NOTICE)
def economic_classes(book: Book) -> Iterator[Equation | Remark]:
    """An economic class that the text explains is called as in the tables.

    Basis: 政府收支分类科目 of the year. Example: “其他资本性支出（支出经济分类科目类级）”, in the table 310 资本性支出.
    """
    names: dict[int, set[str]] = defaultdict(set)
    for block in book.facts.blocks:
        for record in block.records:
            if record.subject.kind is SubjectKind.ECONOMIC and record.subject.code:
                names[len(record.subject.code)].add(clean(record.subject.name))
    prose = prose_of(book)
    places = []
    for match in CLASS_NAME.finditer(prose.text):
        known = names[3 if match["level"] == "类" else 5]
        name = re.sub(r"^(?:指|和|及|与|以及)", "", match["name"])
        if known and name not in known and any(name.endswith(other) or other.endswith(name) for other in known):
            places.append(prose.source(match.start(), match.end()))
    if places:
        yield remark("CC604", places)


@check("CC605", "another-organisation-named", Severity.WARNING)
def other_organisations(book: Book) -> Iterator[Equation | Remark]:
    """The organisation whose budget, staff or assets of the year the text speaks of is the document's own, or one of its units.

    Basis: a disclosure is its department's own. Likely causes: text taken from another department's disclosure; a name mistyped.
    Example: in the disclosure of one bureau, “某某市教育局2026年一般公共预算拨款……”.
    """
    own = book.document.organization
    year = book.document.fiscal_year
    if len(own) < SHORTEST_NAME or year is None:
        return
    prose = prose_of(book)
    names: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in re.finditer(
        rf"(?:(?<=[。；\n，])|^)(?P<name>[{HAN}]{{4,24}}(?:局|委员会|办公室|办公厅|中心|院|厅|办事处)){year}年", prose.written
    ):
        names[match["name"]].append(match.span("name"))
    mine = sum(len(spans) for name, spans in names.items() if is_own(name, own))
    for name, spans in names.items():
        elsewhere = prose.text.count(name) > len(spans)
        if mine > len(spans) and not is_own(name, own) and not elsewhere:
            yield remark("CC605", [prose.source(start, end) for start, end in spans], own=own)


def is_own(name: str, own: str) -> bool:
    """Whether a name is the organisation's, in full or shortened."""
    return name in own or own in name or (name[-3:] == own[-3:] and all(char in own for char in name))
