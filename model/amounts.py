"""Printed numbers: a value, its unit, and the interval that its printed precision stands for.

A printed ``12.30 万元`` does not say 12.3; it says "12.295 to 12.305 万元, rounded". All comparisons between figures are
comparisons between such intervals (design, law 1), so a tolerance never has to be chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache

HALF = Decimal("0.5")
ZERO = Decimal(0)


class Dimension(Enum):
    """What a unit measures; amounts of different dimensions are never compared."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed. ``scale`` turns a value into the base unit of its dimension (元, percentage points, pieces)."""

    symbol: str
    dimension: Dimension
    scale: Decimal


YUAN = Unit("元", Dimension.MONEY, Decimal(1))
THOUSAND_YUAN = Unit("千元", Dimension.MONEY, Decimal(1000))
WAN_YUAN = Unit("万元", Dimension.MONEY, Decimal(10_000))
MILLION_YUAN = Unit("百万元", Dimension.MONEY, Decimal(1_000_000))
YI_YUAN = Unit("亿元", Dimension.MONEY, Decimal(100_000_000))
PERCENT = Unit("%", Dimension.PERCENT, Decimal(1))

MONEY_UNITS = {u.symbol: u for u in (YUAN, THOUSAND_YUAN, WAN_YUAN, MILLION_YUAN, YI_YUAN)}


def count_unit(symbol: str) -> Unit:
    """The unit of things that are counted (辆, 人, 家, 台 …)."""
    return Unit(symbol, Dimension.COUNT, Decimal(1))


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of exact decimals, in a base unit."""

    low: Decimal
    high: Decimal

    @classmethod
    def exactly(cls, value: Decimal | int) -> Interval:
        """The interval that holds one value alone."""
        return cls(Decimal(value), Decimal(value))

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __mul__(self, other: Interval) -> Interval:
        corners = (self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high)
        return Interval(min(corners), max(corners))

    def __truediv__(self, other: Interval) -> Interval:
        """The quotient. Raises ``ZeroDivisionError`` where the divisor may be zero."""
        if other.contains(ZERO):
            raise ZeroDivisionError("the divisor's interval contains zero")
        corners = (self.low / other.low, self.low / other.high, self.high / other.low, self.high / other.high)
        return Interval(min(corners), max(corners))

    def scaled(self, factor: Decimal | int) -> Interval:
        """The interval multiplied by an exact factor."""
        ends = (self.low * factor, self.high * factor)
        return Interval(min(ends), max(ends))

    def contains(self, value: Decimal) -> bool:
        """Whether the value lies in the interval, ends included."""
        return self.low <= value <= self.high

    def overlaps(self, other: Interval) -> bool:
        """Whether the two readings can be the same number."""
        return self.low <= other.high and other.low <= self.high

    @property
    def middle(self) -> Decimal:
        """The centre: for a printed amount, the value as printed."""
        return (self.low + self.high) / 2


@cache
def last_place(places: int, scale: Decimal) -> Decimal:
    """One unit of the last of so many places, in the base unit: asked for at every comparison, and always of the same few."""
    return Decimal(1).scaleb(-places) * scale


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as printed: ``value`` in ``unit``, with ``places`` digits after the point.

    ``unit`` is None where the document states none: such an amount can be compared within its own table only.
    """

    value: Decimal
    unit: Unit | None
    places: int

    @property
    def scale(self) -> Decimal:
        """The factor to the base unit; one where the unit is unknown."""
        return self.unit.scale if self.unit else Decimal(1)

    @property
    def base(self) -> Decimal:
        """The printed value in the base unit of its dimension (元 for money)."""
        return self.value * self.scale

    @property
    def step(self) -> Decimal:
        """One unit of the last printed place, in the base unit."""
        return last_place(self.places, self.scale)

    @property
    def interval(self) -> Interval:
        """All values, in the base unit, that are printed like this; exact are a count and a bare 0, which says that there is nothing."""
        if (self.unit is not None and self.unit.dimension is Dimension.COUNT) or (self.value == 0 and self.places == 0):
            return Interval.exactly(self.base)
        base, half = self.base, last_place(self.places, self.scale) * HALF
        return Interval(base - half, base + half)

    @property
    def text(self) -> str:
        """The value with thousands separators and its printed places, without unit."""
        return f"{self.value:,.{self.places}f}"
