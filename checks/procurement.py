"""NT: government procurement and equipment in the text: small firms' shares within the total, one threshold throughout."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from checks.book import Book
from checks.equations import AtMost, Equation, Figure, Origin, Sum, printed
from checks.recalculation import money, same_kind, statement_words, unit_of
from checks.registry import Remark, check
from model.amounts import MONEY_UNITS, WAN_YUAN, Amount, Interval
from model.facts import Mention, Statement
from model.findings import Result

SMALL = re.compile(r"中小企业|中型企业")
SMALLEST = re.compile(r"小微企业|小型、?(?:和)?微型|小型企业")
TOTAL = re.compile(r"^(?!.*(?:中小|小微|小型|货物|工程|服务|预留|授予)).*采购")
AWARDED = re.compile(r"中标|成交|授予")
KIND_SHARE = re.compile(
    r"(?P<kind>货物|工程|服务)采购授予中小企业合同金额占(?P=kind)(?:采购)?支出(?:合同)?金额的(?P<rate>\d+(?:\.\d+)?)\s*[%％]"
)
THRESHOLD = re.compile(
    r"(?:单价|单位价值|价值单价)(?:在|为)?(?P<amount>\d+(?:\.\d+)?)(?P<unit>万元|元)(?:[（(]含[)）])?以上的?(?P<kind>[^，。；、\d]{2,16})"
)
USUAL = ("50", "100", "200")


@check("NT206", "small-firms-exceed-procurement")
def small_firms(book: Book) -> Iterator[Equation | Remark]:
    """What is reserved for or awarded to small and medium firms is no more than all procurement.

    Basis: 政府采购促进中小企业发展管理办法 (财库〔2020〕46号): parts of the total. Likely causes: one amount entered in
    two categories, a total of another scope. Example: 预留项目 21.07 + 其他项目 21.07 = 42.14 against 政府采购 21.07.
    """
    for statements in sections(book).values():
        whole = next(((s, f) for s in statements if TOTAL.match(s.label) and (f := money(book, s.figure))), None)
        if whole is None:
            continue
        small = [(s, f) for s in statements if SMALL.search(s.label) and (f := money(book, s.figure)) and same_kind(f, whole[1])]
        for statement, figure in small:
            yield AtMost(Origin("NT206", params=statement_words(book, statement) | {"whole": whole[0].label}), figure, whole[1])
        awarded = [(s, f) for s, f in small if AWARDED.search(s.label) and not SMALLEST.search(s.label)]
        if len(awarded) > 1:
            yield together(book, awarded, whole)


def sections(book: Book) -> dict[tuple[str, ...], list[Statement]]:
    """The statements on procurement by section."""
    found: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for statement in book.facts.statements:
        if "采购" in statement.label or any("采购" in heading for heading in statement.section[-1:]):
            found[statement.section].append(statement)
    return found


def together(book: Book, awarded: list[tuple[Statement, Figure]], whole: tuple[Statement, Figure]) -> Remark:
    """The remark that several awards to small firms are, taken together, within all procurement."""
    total = Interval.exactly(0)
    for _, figure in awarded:
        total += printed(figure)
    fails = total.low > printed(whole[1]).high
    text = " + ".join(f.amount.text for _, f in awarded)
    words = statement_words(book, awarded[-1][0]) | {"whole": whole[0].label, "sum": text, "limit": whole[1].amount.text}
    places = [("stated", awarded[-1][1].source), *(("part", f.source) for _, f in awarded[:-1]), ("total", whole[1].source)]
    return Remark(
        "NT206",
        tuple(places),
        words,
        variant="together",
        stated=awarded[-1][1].amount.text,
        unit=unit_of(whole[1]),
        result=Result.FAIL if fails else Result.PASS,
    )


@check("NT209", "shares-by-kind-do-not-give-the-total")
def shares_by_kind(book: Book) -> Iterator[Equation | Remark]:
    """The shares of goods, works and services awarded to small and medium firms give, by their amounts, the amount awarded to them.

    Basis: the final-accounts form asks for the share of small firms within each kind. Where a kind's share is left out it may be any.
    Likely cause: the kinds' parts of the small firms' total entered instead (they add up to 100 %).
    Example: 9.16 % of goods and 90.84 % of services are 1,644.24, against 1,820.69 awarded.
    """
    for index, paragraph in enumerate(book.document.paragraphs):
        matches = list(KIND_SHARE.finditer(paragraph.text))
        near = [s for s in book.facts.statements if s.paragraph == index]
        kinds = {
            k: f
            for k in ("货物", "工程", "服务")
            for s in near
            if re.search(f"采购{k}|{k}(?:采购)?支出", s.label) and (f := money(book, s.figure))
        }
        awarded = next((f for s in near if "授予中小企业" in s.label and "占" not in s.label and (f := money(book, s.figure))), None)
        if len(matches) > 1 and awarded is not None and {m["kind"] for m in matches} <= kinds.keys():
            yield weighed(book, index, matches, kinds, awarded)


def weighed(book: Book, paragraph: int, matches: list[re.Match[str]], kinds: dict[str, Figure], awarded: Figure) -> Remark:
    """The remark that the kinds' shares, weighed by their amounts, do or do not give what was awarded."""
    low = high = Decimal(0)
    rates = {m["kind"]: Decimal(m["rate"]) for m in matches}
    for kind, figure in kinds.items():
        half = Decimal("0.005")
        low += (rates[kind] - half) / 100 * printed(figure).low if kind in rates else 0
        high += (rates[kind] + half) / 100 * printed(figure).high if kind in rates else printed(figure).high
    fits = Interval(low, high).overlaps(printed(awarded))
    first = matches[0]
    source = book.source(paragraph, first.start("kind"), matches[-1].end())
    words = {"subject": "、".join(f"{m['kind']}{m['rate']}%" for m in matches), "awarded": awarded.amount.text}
    places = [("stated", source), ("total", awarded.source), *(("part", f.source) for f in kinds.values())]
    stated = "；".join(f"{m['rate']}%" for m in matches)
    return Remark("NT209", tuple(places), words, stated=stated, result=Result.PASS if fits else Result.FAIL)


@check("NT208", "threshold-changes-within-document")
def thresholds(book: Book) -> Iterator[Equation | Remark]:
    """The value from which equipment is listed (单价 100 万元以上设备) is the same for what is held and what is to be bought.

    Basis: the disclosure form states one threshold for both. Likely cause: a mistyped figure.
    Example: 单价 100 万元以上设备 0 台 held, 单价 10 万元以上设备 0 台 to be bought.
    """
    found: dict[tuple[str, int], list[Figure]] = defaultdict(list)
    for index, paragraph in enumerate(book.document.paragraphs):
        turns: Counter[str] = Counter()
        for match in THRESHOLD.finditer(paragraph.text):
            kind = re.sub(r"大型|的|（.*", "", match["kind"])
            found[kind, turns[kind]].append(threshold_figure(book, index, match))
            turns[kind] += 1
    for figures in found.values():
        usual = sorted(figures, key=lambda f: f.amount.text not in USUAL)
        for figure in usual[1:]:
            words = {"subject": figure.source.column_label[:40], "section": figure.source.row_label}
            yield Sum(Origin("NT208", params=words), figure, ((1, usual[0]),))


def threshold_figure(book: Book, paragraph: int, match: re.Match[str]) -> Figure:
    """The figure of a threshold in the text."""
    unit = MONEY_UNITS.get(match["unit"], WAN_YUAN)
    amount = Amount(Decimal(match["amount"]), unit, 0)
    mention = Mention(paragraph, match.start("amount"), match.end("unit"), match["amount"] + match["unit"], amount)
    figure = book.mentioned(mention)
    if figure is None:
        raise ValueError("a threshold is an amount")
    return figure
