"""AN3: questions an auditor asks about what the words and figures say together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from checks.book import Book
from checks.equations import Equation
from checks.form_prose import Prose, prose_of, quoted, remark
from checks.present import money
from checks.registry import Remark, check
from model.amounts import WAN_YUAN, Amount
from model.facts import Fact, Nature, Source, SubjectKind
from model.findings import Severity

MOBILE = re.compile(r"(?<![\d.])1[3-9]\d{9}(?![\d.])")
IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)")
AGENCY = re.compile(r"机关运行经费[^。；\n]{0,50}?(?P<figure>[\d,]+(?:\.\d+)?)\s?万元")
INSTITUTION = re.compile(r"(?:所属|下属|及|和|、|家)(?:\d+家|\d+个)?[^，。；\n]{0,10}事业单位|事业单位\d+[家个]")
ABROAD = re.compile(
    r"(?:国外|出国|境外|赴外)[^，。；、\n]{0,4}(?:考察|培训|交流|访问|学习)[^，。；、\n]{0,8}?(?P<figure>[\d,]+(?:\.\d+)?)\s?万元"
)
NOTHING_ABROAD = re.compile(r"因公出国[^，。；\n]{0,10}(?:(?<![\d.,])0(?:\.0+)?\s?万?元|未安排|无)")
VEHICLE = re.compile(
    r"(?:车辆|汽车|公车)[^，。；、\n]{0,4}(?:加油|燃油|维修|保险|维护)[^，。；、\n]{0,8}?(?P<figure>[\d,]+(?:\.\d+)?)\s?万元"
)
BOUGHT = re.compile(r"(?:购置|购买|采购|更新)[^。；\n]{0,14}?(?P<count>\d+)\s?辆")
EXECUTION = re.compile(r"[比与较]20\d\d年度?预算执行数")
BUDGET = re.compile(r"[比与较]20\d\d年度?(?:年初)?预算(?!执行)数?")
COMPARED = re.compile(rf"(?P<amount>[\d,]+\.?\d*)万元，(?:{EXECUTION.pattern}|{BUDGET.pattern})[^，。；\n]{{0,16}}")


def printed(figure: str) -> Amount:
    """An amount of the text in 万元."""
    places = len(figure.partition(".")[2])
    return Amount(Decimal(figure.replace(",", "")), WAN_YUAN, places)


def totals(book: Book, nature: Nature) -> list[Fact]:
    """The tables' totals of one nature of expenditure."""
    return [f for f in book.facts.cells if f.meaning.nature is nature and f.meaning.subject.kind is SubjectKind.TOTAL and f.amount.value]


@check("AN301", "personal-data-in-full", Severity.WARNING)
def personal_data(book: Book) -> Iterator[Equation | Remark]:
    """No mobile telephone number and no identity number is published in full.

    Basis: 政府信息公开条例 and 个人信息保护法; the telephone numbers of performance forms have a rule of their own.
    Example: “联系人：……，电话” with a mobile number of eleven digits.
    """
    prose = prose_of(book)
    places = [
        prose.source(m.start(), m.end())
        for pattern in (MOBILE, IDENTITY)
        for m in pattern.finditer(prose.text)
        if pattern is IDENTITY or prose.at(m.start()).kind != "cell"
    ]
    if places:
        found = remark("AN301", places)
        shown = [hidden(place.text) for place in places]
        yield replace(found, stated=shown[0], params=found.params | {"text": shown[0], "examples": quoted(shown)})


def hidden(number: str) -> str:
    """A personal number that can be recognised but not used: its middle digits are starred."""
    return number[:3] + "*" * (len(number) - 7) + number[-4:]


@check("AN302", "agency-cost-of-other-institutions", Severity.WARNING)
def agency_cost(book: Book) -> Iterator[Equation | Remark]:
    """机关运行经费 is the operating expenditure of administrative and 参公 units; it is not the whole where other institutions are paid.

    Basis: 政府采购法实施条例 and the definition in the document's own 名词解释. Equal to all 公用经费 in a department with institutions, it
    probably contains theirs. Example: 机关运行经费 577.91 = 公用经费 577.91, with 事业运行 in the tables.
    """
    prose = prose_of(book)
    if not has_institutions(book, prose):
        return
    wholes = totals(book, Nature.OPERATING)
    places = []
    for match in AGENCY.finditer(prose.text):
        amount = printed(match["figure"])
        same = [f.source for f in wholes if f.amount.interval.overlaps(amount.interval)] or operating_in_text(prose, match["figure"])
        if same and amount.value:
            places += [prose.source(match.start(), match.end()), same[0]]
    places += [f.source for f in agency_column(book) if any(f.amount.interval.overlaps(w.amount.interval) for w in wholes)]
    if places:
        found = remark("AN302", places)
        shown = [money(book.fact_at[p.key].amount) if p.key in book.fact_at else p.text for p in places]
        yield replace(found, params=found.params | {"examples": quoted(shown)})


def operating_in_text(prose: Prose, figure: str) -> list[Source]:
    """Where the text states that figure for the whole operating expenditure."""
    pattern = re.compile(rf"(?<!日常)公用经费[^，。；\n]{{0,8}}?{re.escape(figure)}\s?万元")
    return [prose.source(m.start(), m.end()) for m in pattern.finditer(prose.text)]


def agency_column(book: Book) -> list[Fact]:
    """The amounts of tables in columns or rows headed 机关运行经费."""
    return [f for f in book.facts.cells if "机关运行经费" in f.source.column_label + f.source.row_label and f.amount.value]


def has_institutions(book: Book, prose: Prose) -> bool:
    """Whether institutions that are no agencies get money: the item 事业运行, or the text counts them."""
    running = any(f.meaning.subject.name == "事业运行" and f.amount.value for f in book.facts.cells)
    counted = any(
        not re.search(r"参照公务员|参公", prose.text[m.start() : m.end() + 30]) for m in INSTITUTION.finditer(prose.text[:20_000])
    )
    return running or counted


@check("AN303", "three-public-cost-in-a-project", Severity.WARNING)
def hidden_costs(book: Book) -> Iterator[Equation | Remark]:
    """Travel abroad and the running of vehicles that projects pay for are part of “三公” 经费.

    Basis: “三公”经费 covers all fiscal money. Example: “国外考察活动资金4万元” in a project, 因公出国（境）费用 0.00.
    """
    prose = prose_of(book)
    nothing = NOTHING_ABROAD.search(prose.text)
    if nothing:
        places = [prose.source(m.start(), m.end()) for m in ABROAD.finditer(prose.text) if Decimal(m["figure"].replace(",", ""))]
        if places:
            yield besides(remark("AN303", places), prose.source(nothing.start(), nothing.end()))
    vehicles = [f for f in book.facts.cells if f.meaning.subject.kind is SubjectKind.THREE_PUBLIC]
    places = [
        prose.source(m.start(), m.end())
        for m in VEHICLE.finditer(prose.text)
        if not any(f.amount.interval.overlaps(printed(m["figure"]).interval) for f in vehicles) and prose.at(m.start()).kind == "text"
    ]
    if places and vehicles:
        said = re.search(r"公务用车运行(?:维护)?费[\d,.]+万元", prose.text)
        yield besides(remark("AN303", places, "vehicles"), prose.source(*said.span()) if said else vehicles[0].source)


def besides(found: Remark, said: Source) -> Remark:
    """The remark with what the “三公” section, or its table, states of the same cost."""
    return replace(found, places=(*found.places, ("related", said)), params=found.params | {"stated": said.text})


@check("AN304", "vehicles-bought-differ", Severity.WARNING)
def vehicles_bought(book: Book) -> Iterator[Equation | Remark]:
    """The number of vehicles to be bought is the same wherever it is stated.

    Basis: one purchase. Example: “经批准购置的5辆公务用车” and “安排购置车辆6辆”.
    """
    prose = prose_of(book)
    found = [m for m in BOUGHT.finditer(prose.text) if int(m["count"])]
    if len({m["count"] for m in found}) > 1:
        yield remark("AN304", [prose.source(m.start(), m.end()) for m in found])


@check("AN305", "compared-with-two-bases", Severity.WARNING)
def two_bases(book: Book) -> Iterator[Equation | Remark]:
    """Within one paragraph, and for one amount, the year before is one figure: its budget or its execution.

    Basis: changes are stated against one base.
    Example: 收入 37,151.47 万元 “比2024年预算执行数增加”, 支出 of the same amount “比2024年预算增加”.
    """
    prose = prose_of(book)
    places = [*within_paragraphs(prose), *for_one_amount(prose)]
    if places:
        yield remark("AN305", places)


def within_paragraphs(prose: Prose) -> Iterator[Source]:
    """The first comparison of each kind in a paragraph that has both."""
    for passage in prose.of("text"):
        executed, budgeted = EXECUTION.search(passage.text), BUDGET.search(passage.text)
        if executed and budgeted:
            for match in (executed, budgeted):
                yield prose.around(passage.start + match.start(), passage.start + match.end(), 24, 18)


def for_one_amount(prose: Prose) -> Iterator[Source]:
    """The comparisons of one printed amount, where they are of both kinds."""
    amounts: dict[str, list[tuple[str, int, int]]] = {}
    for match in COMPARED.finditer(prose.text):
        if match["amount"].strip("0.,"):
            kind = "execution" if "执行" in match[0] else "budget"
            amounts.setdefault(match["amount"].replace(",", ""), []).append((kind, match.start(), match.end()))
    for found in amounts.values():
        if len({kind for kind, _, _ in found}) > 1:
            yield from (prose.source(start, end) for _, start, end in found)
