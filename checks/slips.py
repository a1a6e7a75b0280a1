"""The slips of the pen that turn one printed figure into another: what probably happened to a wrong figure."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from checks.equations import Sum
from model.amounts import Amount, Interval

DIGITS = "0123456789"
UNIT_SHIFTS = (4, -4, 8, -8)
TELLING = 10
FAR_APART = Decimal(10) ** 20
POINT_SHIFTS = (1, -1, 2, -2, 3, -3)


def neighbours(amount: Amount) -> Iterator[tuple[str, Decimal]]:
    """Every value one slip away from a printed amount, with the slip's name, the likelier slips first.

    The names are keys of the words catalogue (``cause.<name>``). Values are in the amount's own unit.
    """
    text = f"{abs(amount.value):.{amount.places}f}"
    negative = amount.value < 0
    for cause, other in (*swapped(text), *replaced(text), *inserted(text), *dropped(text)):
        try:
            value = Decimal(other)
        except InvalidOperation:
            continue
        yield cause, -value if negative else value
    yield "sign", -amount.value
    for shift in POINT_SHIFTS:
        yield "decimal-point", amount.value.scaleb(shift)
    for shift in UNIT_SHIFTS:
        yield "unit", amount.value.scaleb(shift)


def swapped(text: str) -> Iterator[tuple[str, str]]:
    """Two neighbouring digits change places, also across the decimal point."""
    places = [i for i, c in enumerate(text) if c in DIGITS]
    for i, j in itertools.pairwise(places):
        if text[i] != text[j]:
            chars = list(text)
            chars[i], chars[j] = chars[j], chars[i]
            yield "transposition", "".join(chars)


def replaced(text: str) -> Iterator[tuple[str, str]]:
    """One digit reads as another."""
    for i, c in enumerate(text):
        if c in DIGITS:
            for digit in DIGITS:
                if digit != c and not (digit == "0" and i == 0 and len(text) > 1 and text[1] in DIGITS):
                    yield "digit", text[:i] + digit + text[i + 1 :]


def inserted(text: str) -> Iterator[tuple[str, str]]:
    """A digit had been dropped: it is put back."""
    for i in range(len(text) + 1):
        for digit in DIGITS:
            yield "digit-dropped", text[:i] + digit + text[i:]


def dropped(text: str) -> Iterator[tuple[str, str]]:
    """A digit too many had been typed: it is taken out."""
    for i, c in enumerate(text):
        if c in DIGITS and len(text) > 1:
            yield "digit-added", text[:i] + text[i + 1 :]


def slip_into(amount: Amount, wanted: Interval) -> tuple[str, Decimal] | None:
    """The slip and the intended value, if one slip leads from a value in ``wanted`` (base unit) to the printed amount.

    A wide range is hit by some slip in any case, so only one that moves the amount by ten times the range's width says something.
    """
    width = wanted.high - wanted.low
    if width > FAR_APART:
        return None
    fitting = [
        (cause, value)
        for cause, value in neighbours(amount)
        if wanted.contains(base := value * amount.scale) and abs(base - amount.base) >= TELLING * width and abs(base) >= amount.step
    ]
    return min(fitting, key=lambda slip: abs(slip[1] * amount.scale - wanted.middle), default=None)


def one_slip_away(equation: Sum, digits: int = 1) -> bool:
    """Whether one slip in one of its figures, of at least so many digits, is all that keeps an equation from holding."""
    for figure in equation.figures:
        wanted = equation.solve(figure)
        if wanted is not None and len(figure.amount.value.as_tuple().digits) >= digits and slip_into(figure.amount, wanted):
            return True
    return False
