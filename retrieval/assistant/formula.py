"""Calculations that a model may ask for: an expression over cited cells, computed here with units, printed precision and intervals."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from model.amounts import PERCENT, Amount, Dimension, Interval, Unit, count_unit
from retrieval.figures import in_unit, printed, way_of

_TOKEN = re.compile(r"\s*(?:([A-Z]\d{1,4}(?:\.\d{1,3})?)|(\d+(?:\.\d+)?)|([a-z_]+)|([-+*/(),]))")
_SIGNS = str.maketrans(
    {"×": "*", "✕": "*", "÷": "/", "−": "-", "－": "-", "（": "(", "）": ")", "，": ",", "＋": "+", "＊": "*", "／": "/"}
)
_CONSTANTS = {"+": {1}, "-": {1}, "*": {100, 12}, "/": {12, 100}}
LONGEST = 400
DEEPEST = 12


class FormulaError(Exception):
    """An expression that cannot be computed. ``code`` names the message ``assistant.formula.<code>``, ``what`` the part meant."""

    def __init__(self, code: str, what: str = "") -> None:
        super().__init__(f"{code}: {what}")
        self.code = code
        self.what = what


class Sort(Enum):
    """What a quantity measures; ``PLAIN`` is a figure of a table without a unit, ``NUMBER`` a constant of the expression."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    PLAIN = "plain"
    RATIO = "ratio"
    NUMBER = "number"


_SORTS = {Dimension.MONEY: Sort.MONEY, Dimension.PERCENT: Sort.PERCENT, Dimension.COUNT: Sort.COUNT}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in its base unit with its interval. ``when`` orders operands in time and from budget to outturn.

    ``way`` is the direction of a difference (+1 up), None for what is none; ``refs`` are the cells it was computed from.
    """

    value: Decimal
    interval: Interval
    sort: Sort
    unit: Unit | None
    places: int
    refs: tuple[str, ...] = ()
    when: int = 0
    way: int | None = None
    pair: int = 0

    @property
    def amount(self) -> Amount:
        """The value as it is shown: a ratio as a percentage."""
        if self.sort in {Sort.RATIO, Sort.NUMBER}:
            return in_unit(self.value * 100, PERCENT, 2)
        if self.sort is Sort.COUNT and self.value == self.value.to_integral_value():
            return in_unit(self.value, self.unit, 0)
        return in_unit(self.value, self.unit, self.places)

    @property
    def text(self) -> str:
        """The value with its unit."""
        return printed(self.amount)


def of_amount(ref: str, amount: Amount, when: int = 0) -> Quantity:
    """A cited figure as an operand."""
    sort = _SORTS[amount.unit.dimension] if amount.unit else Sort.PLAIN
    return Quantity(amount.base, amount.interval, sort, amount.unit, amount.places, (ref,), when)


Lookup = Callable[[str], Quantity]
Exists = Callable[[str], bool]


def compute(expression: str, lookup: Lookup, exists: Exists) -> Quantity:
    """The value of an expression; ``lookup`` gives the figure behind a reference, ``exists`` says whether a row may be counted.

    Raises ``FormulaError``.
    """
    text = expression.translate(_SIGNS).strip()
    if len(text) > LONGEST:
        raise FormulaError("long")
    parser = _Parser(_tokens(text), lookup, exists)
    found = parser.sum(0)
    if parser.at < len(parser.tokens):
        raise FormulaError("syntax", parser.tokens[parser.at])
    if not found.refs:
        raise FormulaError("no_cells")
    return found


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.end() == at:
            raise FormulaError("syntax", text[at : at + 12])
        tokens.append(match.group().strip())
        at = match.end()
    return tokens


class _Parser:
    """Recursive descent: sums of products of factors."""

    def __init__(self, tokens: Sequence[str], lookup: Lookup, exists: Exists) -> None:
        self.tokens = tokens
        self.lookup = lookup
        self.exists = exists
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        piece = self.peek()
        if not piece or (wanted and piece != wanted):
            raise FormulaError("syntax", piece or "…")
        self.at += 1
        return piece

    def sum(self, depth: int) -> Quantity:
        if depth > DEEPEST:
            raise FormulaError("long")
        found = self.product(depth)
        while self.peek() in {"+", "-"}:
            sign = self.take()
            found = _added(found, self.product(depth), sign)
        return found

    def product(self, depth: int) -> Quantity:
        found = self.factor(depth)
        while self.peek() in {"*", "/"}:
            sign = self.take()
            found = _multiplied(found, self.factor(depth), sign)
        return found

    def factor(self, depth: int) -> Quantity:
        piece = self.take()
        if piece == "-":
            return _negated(self.factor(depth + 1)) if depth < DEEPEST else self.sum(DEEPEST + 1)
        if piece == "(":
            found = self.sum(depth + 1)
            self.take(")")
            return found
        if piece[0].isdigit():
            return Quantity(Decimal(piece), Interval.exactly(Decimal(piece)), Sort.NUMBER, None, 0)
        if piece[0].isupper():
            return self.lookup(piece)
        if piece not in _FUNCTIONS:
            raise FormulaError("syntax", piece)
        self.take("(")
        if piece == "count":
            return self.counted()
        operands = [self.sum(depth + 1)]
        while self.peek() == ",":
            self.take()
            operands.append(self.sum(depth + 1))
        self.take(")")
        return _FUNCTIONS[piece](operands)

    def counted(self) -> Quantity:
        """How many different rows are named; each must have been looked up."""
        refs: list[str] = []
        while True:
            piece = self.take()
            if not piece[0].isupper():
                raise FormulaError("syntax", piece)
            if not self.exists(piece):
                raise FormulaError("unknown", piece)
            refs.append(piece.partition(".")[0])
            if self.take() == ")":
                break
        number = Decimal(len(dict.fromkeys(refs)))
        return Quantity(number, Interval.exactly(number), Sort.COUNT, count_unit(""), 0, tuple(dict.fromkeys(refs)))


def _constant(number: Quantity, sign: str) -> None:
    if number.value not in _CONSTANTS[sign]:
        raise FormulaError("constant", str(number.value))


def _added(one: Quantity, other: Quantity, sign: str) -> Quantity:
    factor = 1 if sign == "+" else -1
    if one.sort is Sort.RATIO and other.sort is Sort.NUMBER:
        _constant(other, sign)
        value, interval = one.value + factor * other.value, one.interval + other.interval.scaled(factor)
        way = way_of(value) * (one.pair or 1) if sign == "-" else None
        return replace(one, value=value, interval=interval, way=way)
    if one.sort is not other.sort or (one.sort is Sort.NUMBER):
        raise FormulaError("units", f"{one.sort.value} {sign} {other.sort.value}")
    value = one.value + factor * other.value
    way = way_of(value) * (1 if one.when >= other.when else -1) if sign == "-" else None
    unit = one.unit or other.unit
    if one.sort is Sort.PERCENT:
        unit = PERCENT
    return Quantity(
        value,
        one.interval + other.interval.scaled(factor),
        one.sort,
        unit,
        max(one.places, other.places),
        (*one.refs, *other.refs),
        one.when if one.when == other.when else 0,
        way,
    )


def _multiplied(one: Quantity, other: Quantity, sign: str) -> Quantity:
    for number, against in ((other, one), (one, other)):
        if number.sort is Sort.NUMBER and against.sort is not Sort.NUMBER:
            if number is one and sign == "/":
                raise FormulaError("units", "1 / …")
            return _scaled(against, number, sign)
    refs = (*one.refs, *other.refs)
    if sign == "/":
        return _divided(one, other, refs)
    shares = {Sort.RATIO: Decimal(1), Sort.PERCENT: Decimal("0.01")}
    for rate, base in ((other, one), (one, other)):
        if rate.sort in shares and base.sort in {Sort.MONEY, Sort.COUNT, Sort.PLAIN, Sort.RATIO, Sort.PERCENT}:
            part = shares[rate.sort]
            interval = (base.interval * rate.interval).scaled(part)
            return replace(base, value=base.value * rate.value * part, interval=interval, places=max(2, base.places), refs=refs)
    if {one.sort, other.sort} == {Sort.MONEY, Sort.COUNT}:
        money = one if one.sort is Sort.MONEY else other
        return replace(money, value=one.value * other.value, interval=one.interval * other.interval, places=2, refs=refs)
    raise FormulaError("units", f"{one.sort.value} × {other.sort.value}")


def _scaled(quantity: Quantity, number: Quantity, sign: str) -> Quantity:
    """By a constant: 100 makes a ratio a percentage, which a ratio is shown as anyway; 12 is the months of a year."""
    _constant(number, sign)
    if number.value == 100:
        if quantity.sort is Sort.RATIO and sign == "*":
            return quantity
        raise FormulaError("constant", "100")
    factor = number.value if sign == "*" else 1 / number.value
    return replace(quantity, value=quantity.value * factor, interval=quantity.interval.scaled(factor), places=max(2, quantity.places))


def _divided(one: Quantity, other: Quantity, refs: tuple[str, ...]) -> Quantity:
    if other.value == 0:
        raise FormulaError("zero", other.text)
    try:
        interval = one.interval / other.interval
    except ZeroDivisionError:
        raise FormulaError("zero", other.text) from None
    value = one.value / other.value
    if one.sort is other.sort or {one.sort, other.sort} <= {Sort.RATIO, Sort.PERCENT}:
        pair = 1 if one.when >= other.when else -1
        return Quantity(value, interval, Sort.RATIO, None, 2, refs, 0, one.way, pair)
    if one.sort is Sort.MONEY and other.sort is Sort.COUNT:
        return replace(one, value=value, interval=interval, places=max(2, one.places), refs=refs, way=None)
    raise FormulaError("units", f"{one.sort.value} ÷ {other.sort.value}")


def _negated(one: Quantity) -> Quantity:
    return replace(one, value=-one.value, interval=-one.interval, way=None if one.way is None else -one.way)


def _total(operands: Sequence[Quantity]) -> Quantity:
    found = operands[0]
    for operand in operands[1:]:
        found = _added(found, operand, "+")
    return found


def _average(operands: Sequence[Quantity]) -> Quantity:
    total, size = _total(operands), Decimal(len(operands))
    return replace(total, value=total.value / size, interval=total.interval.scaled(1 / size), places=max(2, total.places))


def _extreme(operands: Sequence[Quantity], sign: int) -> Quantity:
    _total(operands)  # refuses operands of different units
    best = max(operands, key=lambda operand: sign * operand.value)
    return replace(best, refs=tuple(ref for operand in operands for ref in operand.refs))


def _absolute(operands: Sequence[Quantity]) -> Quantity:
    """Without its sign; a difference stays known as an increase or a decrease."""
    one = operands[0]
    return replace(_negated(one), way=one.way) if one.value < 0 else one


_FUNCTIONS: dict[str, Callable[[Sequence[Quantity]], Quantity]] = {
    "sum": _total,
    "average": _average,
    "max": lambda operands: _extreme(operands, 1),
    "min": lambda operands: _extreme(operands, -1),
    "abs": _absolute,
    "count": _total,
}
