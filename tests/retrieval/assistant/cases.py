"""Right and wrong answers made from a disclosure's own rows: every wrong one differs from its right one by what a model would invent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from model.amounts import Dimension
from model.findings import Examination
from retrieval.assistant.claims import claims_in
from retrieval.assistant.directions import CHANGES
from retrieval.assistant.items import Item
from retrieval.assistant.shelf import Shelf
from retrieval.figures import figures_in
from retrieval.records import Record, Value
from retrieval.text import flat
from retrieval.view import View, view_of

TURNED = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Case:
    """An answer that cites what is on the shelf; ``kind`` says how it was made."""

    kind: str
    text: str


def chinese(number: int) -> str:
    """A whole number in Chinese: 8324900 is 八百三十二万四千九百."""
    if number == 0:
        return DIGITS[0]
    sections, power = [], 0
    while number:
        number, part = divmod(number, 10_000)
        if part:
            sections.append((_section(part) + ("", "万", "亿", "万亿")[power], part < 1_000 and number > 0))
        power += 1
    return "".join(("零" if short else "") + text for text, short in reversed(sections))


def _section(part: int) -> str:
    text, gap = "", False
    for unit, name in ((1_000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = part // unit % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return text


def cells(view: View) -> Iterator[tuple[Record, Value]]:
    """Cells with an amount of money that is neither zero nor a change, in rows with a name."""
    for record in view.records:
        for value in record.values:
            unit = value.amount.unit
            if CHANGES.search("".join(value.path)):
                continue
            if (
                record.label
                and value.text.replace(",", "").replace(".", "").isdigit()
                and value.amount.value > 1
                and unit
                and unit.dimension is Dimension.MONEY
            ):
                yield record, value


def shelved(examination: Examination) -> tuple[View, Shelf]:
    """A view and a shelf with every row and sentence on it."""
    view = view_of(examination)
    shelf = Shelf([view], "zh")
    for record in view.records:
        shelf.put(view.row(record))
    for sentence in view.sentences:
        shelf.put(view.words(sentence.passage))
    return view, shelf


def right(view: View, shelf: Shelf) -> Iterator[Case]:
    """Answers that are borne out: printed figures, conversions, Chinese digits, roundings, sums, shares, changes as the text says them."""
    for number, (record, value) in enumerate(cells(view)):
        item = shelf.put(view.row(record))
        if item is not None:
            yield from _said_of_cell(record, value, item, (number, view.document.fiscal_year or 0))
    yield from (Case("quoted", f"{s.passage.text}[{i.id}]") for s in view.sentences if (i := shelf.put(view.words(s.passage))))
    yield from _calculated(view, shelf)


def _said_of_cell(record: Record, value: Value, item: Item, of: tuple[int, int]) -> Iterator[Case]:
    amount, name, (number, year) = value.amount, record.label, of
    unit = amount.unit.symbol if amount.unit else ""
    yan = int(amount.base)
    yield Case("printed", f"{name}为 {value.text} {unit}[{item.id}]。")
    if amount.base == yan:
        turn = number % 4
        if turn == 0 and year:
            yield Case("yuan", f"{year}年安排{name} {yan:,} 元 [{item.id}]。")
        elif turn == 1:
            yield Case("chinese", f"{name}预算{chinese(yan)}元[{item.id}]。")
        elif turn == 2 and yan >= 1_000_000:
            yield Case("yi", f"{name}共 {amount.base / 100_000_000:f} 亿元[{item.id}]。")
        elif yan >= 1_000_000:
            rounded = (amount.base / 10_000).quantize(Decimal(1), ROUND_HALF_UP)
            yield Case("rounded", f"{name}约 {rounded:,} 万元[{item.id}]。")


def _calculated(view: View, shelf: Shelf) -> Iterator[Case]:
    """Sums and shares by code, over cells of one table."""
    found = [(record, value) for record, value in cells(view) if record.code or not record.is_total]
    for (one, first), (other, second) in pairwise(found):
        if one.table.id != other.table.id or one.key == other.key:
            continue
        a, b = (f"{shelf.put(view.row(r)).id}.{r.values.index(v) + 1}" for r, v in ((one, first), (other, second)))  # type: ignore[union-attr]
        total = shelf.put_result(f"{a} + {b}")
        share = shelf.put_result(f"{a} / ({a} + {b})")
        yield Case("sum", f"两项合计 {total.cells[0].text}[{total.id}]。")
        yield Case("share", f"{one.label}占两项之和的{share.cells[0].text}[{share.id}]。")


def wrong(view: View, shelf: Shelf) -> Iterator[Case]:
    """Answers with an invented figure: digits changed, swapped or dropped, the point or the unit moved, a figure of another row,
    a result that was not computed, a direction turned round, a year that is not there, no citation, one that does not exist."""
    every = list(cells(view))
    for number, (record, value) in enumerate(every):
        item = shelf.put(view.row(record))
        if item is None:
            continue
        unit = value.amount.unit.symbol if value.amount.unit else ""
        own = {abs(v.amount.base) for v in record.values} | {c.value for _, words in record.texts for c in claims_in(words)}
        for kind, text in _slips(value.text, number):
            if Decimal(text.replace(",", "")) * value.amount.scale not in own:
                yield Case(kind, f"{record.label}为 {text} {unit}[{item.id}]。")
        other = every[(number + 7) % len(every)][1]
        if other.amount.base not in own:
            yield Case("other row", f"{record.label}为 {other.text} {unit}[{item.id}]。")
        wrong_unit = "亿元" if unit != "亿元" else "元"
        yield Case("unit", f"{record.label}为 {value.text} {wrong_unit}[{item.id}]。")
        if value.amount.base + 30_000 not in own:
            yield Case("chinese", f"{record.label}为{chinese(int(value.amount.base) + 30_000)}元[{item.id}]。")
        yield Case("percent", f"{record.label}占比 {(number % 83) + 11}.37%[{item.id}]。")
        named = [r for r in view.records if r.table.id == record.table.id and len(r.name) >= 4 and _foreign(r.label, record)]
        if named and not any(v.amount.value == value.amount.value for r in named for v in r.values):
            yield Case("other name", f"{named[number % len(named)].label}为 {value.text} {unit}[{item.id}]。")
        yield Case("uncited", f"{record.label}为 {value.text} {unit}。")
        yield Case("unknown id", f"{record.label}为 {value.text} {unit}[R{9000 + number}]。")
        yield Case("count", f"{record.label}共有 {number + 301} 个项目[{item.id}]。")
        yield Case("vague", f"{record.label}为数百万元[{item.id}]。")
        yield Case("in words", f"{record.label}增长{('一半', '两成多', '三分之一', '近两倍')[number % 4]}[{item.id}]。")
    yield from _turned(view, shelf)
    yield from _miscalculated(view, shelf)


def _miscalculated(view: View, shelf: Shelf) -> Iterator[Case]:
    """Results of calculations with a digit changed, cited to the calculation."""
    for number, case in enumerate(_calculated(view, shelf)):
        figure = figures_in(case.text)[-1]
        kind, slipped = next(_slips(figure.text, number))
        item = shelf.get(case.text[case.text.rindex("[") + 1 : case.text.rindex("]")])
        changed = figure.amount.unit.scale * Decimal(slipped.replace(",", "")) if item and figure.amount.unit else Decimal(0)
        if item and not any(changed == fact.value for id_ in item.operands for fact in shelf.items[id_].grounds.figures):
            yield Case(f"{case.kind} {kind}", f"{case.text[: figure.start]}{slipped}{case.text[figure.start + len(figure.text) :]}")


def _foreign(label: str, record: Record) -> bool:
    """Whether a name of one sentence has nothing to do with a row's own."""
    name = flat(label)
    own = [record.name, flat(record.table.title), *map(flat, record.above), *(flat(text) for _, text in record.texts)]
    plain = not re.search(r"[；;。！？]", label) and not re.fullmatch(r"\d{4}年?", name)
    return plain and not any(part and (part in name or name in part) for part in own)


def _slips(text: str, number: int) -> Iterator[tuple[str, str]]:
    """A figure written wrong in one way or another."""
    digits = [i for i, char in enumerate(text) if char.isdigit()]
    at = digits[number % len(digits)]
    yield "digit", f"{text[:at]}{(int(text[at]) + 3) % 10}{text[at + 1 :]}"
    first, second = digits[0], digits[1] if len(digits) > 1 else digits[0]
    swapped = list(text)
    swapped[first], swapped[second] = text[second], text[first]
    if swapped != list(text):
        yield "swapped", "".join(swapped)
    if len(digits) > 3:
        yield "dropped", text[: digits[1]] + text[digits[1] + 1 :]
        yield "point", f"{Decimal(text.replace(',', '')) * 10:,}"


def _turned(view: View, shelf: Shelf) -> Iterator[Case]:
    """Sentences of the text with what they say turned round, or of a year that they do not speak of."""
    for sentence in view.sentences:
        text = sentence.passage.text
        item = shelf.put(view.words(sentence.passage))
        if item is None:
            continue
        figures = [f for f in figures_in(text) if f.amount.value]
        for figure in figures:
            word = text[max(0, figure.start - 2) : figure.start]
            if word in TURNED:
                yield Case("direction", f"{text[: figure.start - 2]}{TURNED[word]}{text[figure.start :]}[{item.id}]")
        if figures and "2019" not in text:
            yield Case("year", f"2019年，{text}[{item.id}]")
        if figures:
            figure = figures[0]
            yield Case("in text", f"{text[: figure.start]}7{text[figure.start :]}[{item.id}]")
