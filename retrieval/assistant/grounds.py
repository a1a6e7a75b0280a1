"""What a cited item holds: its figures with unit and direction, its words, its years; and whether a claimed figure agrees with one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from model.amounts import ZERO, Amount, Dimension
from model.document import Document
from retrieval.assistant.claims import Claim, Kind, claims_in
from retrieval.assistant.directions import CHANGES, directions_of, words_in
from retrieval.assistant.spelling import spelled
from retrieval.figures import way_of
from retrieval.passages import Passage
from retrieval.records import Record

_BARE = re.compile(r"(?<![A-Za-z\d.,])\d[\d,]*(?:\.\d+)?(?=[\s=≠+−×÷，。；)]|$)")
_NEAR = 2  # characters between a word of direction and its figure
_PRIOR = re.compile(r"上年|去年|上一年|前一年|同比")
_NIL = re.compile(r"未安排|没有|无此|为零|未发生|不涉及|空表|无.{0,8}(?:支出|预算|收入|经费)")
_BLANKS = str.maketrans("", "", " \n\x01")
_SAME = tuple(frozenset(words.split()) for words in ("人 名 位", "台 辆 部 台套 套", "家 个 户", "项 个 件", "次 批次 批", "个 处 所"))


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that an item holds. ``step`` is its last printed place, 0 for a calculated one; ``direction`` is None for a level.

    ``cell`` is the position in the record's values, None for words.
    """

    kind: Kind
    value: Decimal
    step: Decimal
    plain: Decimal
    unit: str = ""
    direction: int | None = None
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Grounds:
    """An item's figures, its words without blanks, its years and pages, and the ways of change it speaks of."""

    figures: tuple[Known, ...]
    text: str = ""
    years: frozenset[int] = frozenset()
    pages: frozenset[int] = frozenset()
    directions: frozenset[int] = field(default=frozenset())


_KINDS = {Dimension.MONEY: Kind.MONEY, Dimension.PERCENT: Kind.PERCENT, Dimension.COUNT: Kind.COUNT}


def known(amount: Amount, direction: int | None = None, cell: int | None = None) -> Known:
    """A printed amount as a figure that can be cited."""
    kind = _KINDS[amount.unit.dimension] if amount.unit else Kind.PLAIN
    symbol = "" if amount.unit is None else amount.unit.symbol
    return Known(kind, amount.base, amount.step, amount.value, symbol, direction, cell)


def said(text: str) -> list[Known]:
    """The figures of running text."""
    given = spelled(text)
    claims = claims_in(given)
    pairs = zip(claims, directions_of(given.text, claims), strict=True)
    return [Known(claim.kind, claim.value, claim.step, claim.plain, claim.unit, way) for claim, way in pairs]


def _ways(text: str) -> frozenset[int]:
    """The ways of change that a text speaks of; 增加 0.00 万元 is none."""
    given = spelled(text)
    nothing = [claim.start for claim in claims_in(given) if not claim.value]
    return frozenset(way for _, end, way in words_in(given.text) if not any(0 <= start - end <= _NEAR for start in nothing))


def of_record(document: Document, record: Record) -> Grounds:
    """What a table row holds: its cells with their columns' units, and its words."""
    figures = []
    for i, value in enumerate(record.values):
        header = "".join(value.path)
        way = way_of(value.amount.value) if CHANGES.search(header) else None
        figures.append(known(value.amount, way, i))
    words = " ".join([record.code, record.label, *record.above, *(text for _, text in record.texts)])
    heads = " ".join([record.table.label, *("".join(path) for path in record.paths), *(header for header, _ in record.texts)])
    figures.extend(said(words))
    printed = " ".join(value.text for value in record.values)
    text = f"{words} {heads} {printed} {record.table.unit or ''}"
    ways = _of_years(document, record) | {way for _, _, way in words_in(spelled(words).text)}
    return _grounds([document], figures, text, [record.place.page], ways)


def _of_years(document: Document, record: Record) -> frozenset[int]:
    """The way from last year's to this year's figure, where a row holds one of each; and the signs of its changes."""
    prior = [value for value in record.values if _prior(document, value.path)]
    now = [value for value in record.values if value not in prior and not CHANGES.search("".join(value.path))]
    changes = [value for value in record.values if CHANGES.search("".join(value.path))]
    ways = {way_of(value.amount.value) for value in changes}
    if len(prior) == 1 and len(now) == 1:
        ways.add(way_of(now[0].amount.base - prior[0].amount.base))
    return frozenset(ways)


def _prior(document: Document, path: Sequence[str]) -> bool:
    header = "".join(path)
    earlier = str(document.fiscal_year - 1) if document.fiscal_year else "上年"
    return (bool(_PRIOR.search(header)) or earlier in header) and not CHANGES.search(header)


def of_passage(document: Document, passage: Passage) -> Grounds:
    """What a sentence holds; its headings give it years, but no figures."""
    head = "".join(passage.section)
    given = said(passage.text)
    ways = _ways(passage.text)
    return _grounds([document], given, f"{head} {passage.text}", [place.page for place in passage.places], ways)


def of_words(documents: Sequence[Document], text: str, pages: Iterable[int], bare: str = "", unit: str = "") -> Grounds:
    """What a finding's wording or an answer made by code holds; the figures of ``bare`` that have no unit are in ``unit``."""
    given = said(text) + said(bare)
    if unit:
        given += said(_BARE.sub(rf"\g<0>{unit}", bare))
    ways = _ways(text)
    return _grounds(documents, given, f"{text} {bare}", pages, ways)


def _grounds(documents: Sequence[Document], figures: Sequence[Known], text: str, pages: Iterable[int], ways: frozenset[int]) -> Grounds:
    plain = spelled(text).text
    flat = plain.translate(_BLANKS)
    years = {int(figure) for figure in re.findall(r"(?<![\d.,])(?:19|20)\d{2}(?![\d.,])", plain)}
    years |= {int(figure.value) for figure in figures if figure.kind is Kind.YEAR}
    for fiscal in (document.fiscal_year for document in documents if document.fiscal_year):
        years.add(fiscal)
        if _PRIOR.search(flat):
            years.add(fiscal - 1)
    names = "".join(document.organization for document in documents)
    return Grounds(tuple(figures), f"{flat}{names}", frozenset(years), frozenset(pages), ways)


def agrees(claim: Claim, way: int | None, fact: Known) -> bool:
    """Whether a claimed figure is that one: the same, converted, or rightly rounded; signs and units agree."""
    if not _same_kind(claim, fact):
        return False
    if claim.kind is Kind.PLAIN:
        return abs(claim.plain) == abs(fact.plain) and _signs(claim, way, fact)
    value, step, factor = fact.value, fact.step, Decimal(1)
    if claim.kind is Kind.RATIO and fact.kind is Kind.PERCENT:
        factor = Decimal(100)
    value, step = value / factor, step / factor
    near = abs(claim.value) == abs(value) or _rounds(claim, abs(value), step)
    return near and _signs(claim, way, fact)


def _same_kind(claim: Claim, fact: Known) -> bool:
    if claim.kind is Kind.PLAIN:
        return fact.kind in {Kind.PLAIN, Kind.MONEY, Kind.PERCENT, Kind.COUNT, Kind.RATIO}
    if claim.kind is Kind.RATIO:
        return fact.kind is Kind.RATIO or (fact.kind is Kind.PERCENT and fact.step == 0)
    if claim.kind is not fact.kind:
        return claim.kind is Kind.COUNT and fact.kind is Kind.PLAIN and fact.cell is not None and claim.value == fact.value
    if claim.kind is Kind.COUNT:
        return not fact.unit or not claim.unit or claim.unit == fact.unit or any(claim.unit in s and fact.unit in s for s in _SAME)
    if claim.kind is Kind.PERCENT:
        return fact.unit in {claim.unit, ""} or "点" not in {claim.unit, fact.unit}
    return True


def _rounds(claim: Claim, value: Decimal, step: Decimal) -> bool:
    """Whether the claim is the value with fewer places, or what a hedge (约, 超过, 近) rightly says of it."""
    said_value, gap = abs(claim.value), abs(abs(claim.value) - value)
    coarse, kept = _significance(claim)
    if claim.hedge == "over":
        return ZERO <= value - said_value < coarse
    if claim.hedge == "under":
        return ZERO <= said_value - value < coarse
    if claim.hedge == "about" and gap <= coarse / 2:
        return kept >= 2 or gap * 20 <= value
    if claim.step <= step or gap * 2 > claim.step:
        return False
    return claim.digits >= (2 if claim.kind in {Kind.PERCENT, Kind.RATIO} else 3)


def _significance(claim: Claim) -> tuple[Decimal, int]:
    """One unit of the last digit that is not a zero (1,300 万元: 100 万元), and how many digits there are up to it."""
    if not claim.value:
        return claim.step, 1
    scaled = abs(claim.value) / claim.step
    digits = str(int(scaled.to_integral_value()))
    kept = len(digits.rstrip("0")) or 1
    return claim.step * Decimal(10) ** (len(digits) - kept), kept


def _signs(claim: Claim, way: int | None, fact: Known) -> bool:
    """A negative figure may be said as a decrease, and a decrease as a negative figure; anything else must have the same sign."""
    if not fact.value or not claim.value or (claim.value < 0) == (fact.value < 0):
        return True
    return way == -1 if fact.value < 0 else fact.direction == -1


def nil(grounds: Grounds) -> bool:
    """Whether an item says in words that there is none."""
    return bool(_NIL.search(grounds.text))
