"""Equations between printed figures: what must hold, whether it does, and which value of one figure would make it hold.

Every check states its rule as equations over figures. Values are intervals in the base unit (元, percentage points), so an equation
*passes* when the printed values satisfy it to the digit, is a *rounding* difference when some values within the printed precision do,
and *fails* when none do (design, law 1).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from itertools import product

from model.amounts import ZERO, Amount, Interval
from model.facts import Source
from model.findings import Result

HUNDRED = Decimal(100)
FAR = Decimal(10) ** 30
ONE_AND_A_HALF = Decimal("1.5")


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed amount that takes part in equations; ``key`` names its place, the same in every run.

    Of one that is ``unread`` nothing is known but that it is there; no equation with it can be decided.
    """

    key: str
    amount: Amount
    source: Source
    doubtful: bool = False
    unread: bool = False


Values = Callable[[Figure], Interval]


def printed(figure: Figure) -> Interval:
    """The interval a figure's printed digits stand for."""
    return figure.amount.interval


@dataclass(frozen=True, slots=True)
class Origin:
    """What an equation's finding will say: rule code, wording variant and the words of its template."""

    rule: str
    variant: str = ""
    params: dict[str, str] = field(default_factory=dict)
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """``total = Σ sign · part``; blank parts are left out, and a tie is a sum of one part."""

    says: Origin
    total: Figure
    parts: tuple[tuple[int, Figure], ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure that takes part, the total first."""
        return (self.total, *(figure for _, figure in self.parts))

    def reckoned(self, values: Values = printed) -> Interval:
        """What the parts add up to."""
        result = Interval.exactly(0)
        for sign, figure in self.parts:
            result += values(figure).scaled(sign)
        return result

    def result(self) -> Result:
        """The outcome on the printed values."""
        exact = sum((sign * figure.amount.base for sign, figure in self.parts), ZERO)
        if exact == self.total.amount.base or rounds_to(exact, self.parts, self.total):
            return Result.PASS
        return Result.ROUNDING if self.reckoned().overlaps(printed(self.total)) else Result.FAIL

    def solve(self, wanted: Figure) -> Interval | None:
        """The values of one of its figures with which it would hold, all others as printed."""
        if wanted.key == self.total.key:
            return self.reckoned()
        rest, own = printed(self.total), 0
        for sign, figure in self.parts:
            if figure.key == wanted.key:
                own += sign
            else:
                rest -= printed(figure).scaled(sign)
        return rest.scaled(Decimal(1) / own) if own else None


def rounds_to(exact: Decimal, parts: Sequence[tuple[int, Figure]], total: Figure) -> bool:
    """Whether a single, finer printed part rounds to the total as printed (9,628,221.34 元 against 962.82 万元)."""
    if len(parts) != 1 or parts[0][1].amount.step >= total.amount.step:
        return (
            len(parts) == 1
            and parts[0][1].amount.step > total.amount.step
            and round_to(total.amount.base, parts[0][1].amount.step) == exact
        )
    return round_to(exact, total.amount.step) == total.amount.base


def round_to(value: Decimal, step: Decimal) -> Decimal:
    """The value rounded half up to a multiple of ``step``."""
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step


@dataclass(frozen=True, slots=True)
class Rate:
    """``rate % = 100 · Σ a·x / Σ b·x``: growth, share, completion. ``sign`` is -1 where a decrease is printed as a positive rate.

    The quotient is monotone in every figure, so its extremes lie at corners of the printed intervals.
    """

    says: Origin
    rate: Figure
    over: tuple[tuple[int, Figure], ...]
    under: tuple[tuple[int, Figure], ...]
    sign: int = 1

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure that takes part, the rate first."""
        return (self.rate, *self.operands)

    @property
    def operands(self) -> tuple[Figure, ...]:
        """The figures the rate is reckoned from, each once."""
        seen: dict[str, Figure] = {}
        for _, figure in (*self.over, *self.under):
            seen.setdefault(figure.key, figure)
        return tuple(seen.values())

    def at(self, point: dict[str, Decimal]) -> Decimal | None:
        """The signed quotient in percent at one point; None where the divisor is zero."""
        below = sum((a * point[f.key] for a, f in self.under), ZERO)
        above = sum((a * point[f.key] for a, f in self.over), ZERO)
        return self.sign * HUNDRED * above / below if below else None

    def reckoned(self) -> Interval | None:
        """All quotients that the printed operands allow; None where the divisor may be zero."""
        corners = []
        signs = set()
        for point in corner_points(self.operands):
            value = self.at(point)
            if value is None:
                return None
            signs.add(sum((a * point[f.key] for a, f in self.under), ZERO) > 0)
            corners.append(value)
        return Interval(min(corners), max(corners)) if len(signs) == 1 else None

    def exact(self) -> Decimal | None:
        """The quotient of the printed values."""
        return self.at({f.key: f.amount.base for f in self.operands})

    def result(self) -> Result:
        """The outcome on the printed values; open where the divisor may be zero."""
        exact, possible = self.exact(), self.reckoned()
        if exact is None or possible is None:
            return Result.OPEN
        if round_to(exact, self.rate.amount.step) == self.rate.amount.base:
            return Result.PASS
        return Result.ROUNDING if possible.overlaps(self.cut_or_rounded) else Result.FAIL

    @property
    def cut_or_rounded(self) -> Interval:
        """What the printed rate may stand for: rounded, cut, or moved by one unit of its last place so that shares add up to 100."""
        step = self.rate.amount.step * ONE_AND_A_HALF
        return Interval(self.rate.amount.base - step, self.rate.amount.base + step)

    def solve(self, wanted: Figure) -> Interval | None:
        """The values of one of its figures with which it would hold; None where there is no such bounded range."""
        if wanted.key == self.rate.key:
            return self.reckoned()
        others = [f for f in self.operands if f.key != wanted.key]
        solutions = []
        for rate in (self.cut_or_rounded.low, self.cut_or_rounded.high):
            for point in corner_points(others):
                value = self.isolate(wanted.key, point, self.sign * rate / HUNDRED)
                if value is None:
                    return None
                solutions.append(value)
        return Interval(min(solutions), max(solutions))

    def isolate(self, key: str, point: dict[str, Decimal], quotient: Decimal) -> Decimal | None:
        """The one value of the figure ``key`` that gives this quotient at this point."""
        factor = quotient * coefficient(self.under, key) - coefficient(self.over, key)
        if factor == 0:
            return None
        above = sum((a * point[f.key] for a, f in self.over if f.key != key), ZERO)
        below = sum((a * point[f.key] for a, f in self.under if f.key != key), ZERO)
        return (above - quotient * below) / factor


def coefficient(terms: Sequence[tuple[int, Figure]], key: str) -> int:
    """How often a figure stands in a sum of terms, signed."""
    return sum(a for a, f in terms if f.key == key)


def corner_points(figures: Sequence[Figure]) -> list[dict[str, Decimal]]:
    """Every combination of the ends of the figures' printed intervals."""
    ends = [(printed(f).low, printed(f).high) for f in figures]
    return [dict(zip((f.key for f in figures), corner, strict=True)) for corner in product(*ends)]


@dataclass(frozen=True, slots=True)
class AtMost:
    """``part ≤ whole``: 其中 items, shares reserved for small firms, a table's limit."""

    says: Origin
    part: Figure
    whole: Figure

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The part and the whole."""
        return (self.part, self.whole)

    def result(self) -> Result:
        """The outcome on the printed values."""
        if self.part.amount.base <= self.whole.amount.base:
            return Result.PASS
        return Result.ROUNDING if printed(self.part).low <= printed(self.whole).high else Result.FAIL

    def solve(self, wanted: Figure) -> Interval | None:
        """The values of the part, or of the whole, with which it would hold."""
        if wanted.key == self.part.key:
            return Interval(-FAR, printed(self.whole).high)
        return Interval(printed(self.part).low, FAR)


Equation = Sum | Rate | AtMost
