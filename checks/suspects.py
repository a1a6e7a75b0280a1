"""The one wrong figure: which printed figures, changed, make failing equations hold and break no passing one (design, law 5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from checks.equations import FAR, Equation, Figure, Rate, Sum, round_to
from checks.slips import slip_into
from model.amounts import Interval
from model.findings import Result


@dataclass(frozen=True, slots=True)
class Repair:
    """One figure, the values that repair the failing equations listed, and what changing it would break.

    ``proposed`` is the value in the figure's own unit and printed places; ``cause`` the slip (``cause.<key>``), ``unknown`` without one.
    """

    figure: Figure
    wanted: Interval
    proposed: Decimal
    cause: str
    explains: tuple[int, ...]
    breaks: int
    slip: bool

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """The higher, the better: failing equations explained less those broken, then a likely slip, fewer broken, the sign kept."""
        kept = self.proposed >= 0 or self.figure.amount.value < 0
        return (len(self.explains) - 2 * self.breaks, int(self.slip), -self.breaks, int(kept))


@dataclass(frozen=True, slots=True)
class Fault:
    """One wrong figure: the best repairs (several where they are equally good) and the indices of the equations it explains."""

    repairs: tuple[Repair, ...]
    equations: tuple[int, ...]


class System:
    """All equations of one document over its printed figures, with their outcomes."""

    def __init__(self, equations: Sequence[Equation]) -> None:
        self.equations = equations
        self.results = [equation.result() for equation in equations]
        self.of_figure: dict[str, list[int]] = defaultdict(list)
        for index, equation in enumerate(equations):
            for key in {figure.key for figure in equation.figures}:
                self.of_figure[key].append(index)
        self._repairs: dict[str, tuple[Figure, list[int], Repair | None]] = {}  # the last of each figure, for the equations then failing

    def failing(self) -> list[int]:
        """The equations that fail, those of known meaning and those the figures merely suggest."""
        return [i for i, result in enumerate(self.results) if result is Result.FAIL]

    def repair(self, figure: Figure, failing: set[int]) -> Repair | None:
        """The best value for one figure: it makes the most failing equations hold, and breaks the fewest that pass."""
        mine = [i for i in self.of_figure[figure.key] if i in failing]
        last = self._repairs.get(figure.key)
        if last is None or last[0] is not figure or last[1] != mine:
            last = self._repairs[figure.key] = figure, mine, self._repair(figure, mine)
        return last[2]

    def _repair(self, figure: Figure, mine: list[int]) -> Repair | None:
        """The same, of the figure's own failing equations."""
        solutions = [(i, s) for i in mine if (s := self.equations[i].solve(figure)) is not None]
        if not solutions:
            return None
        wanted, explains = most_shared(solutions)
        slip = slip_into(figure.amount, wanted)
        proposed = slip[1] if slip else nearest(figure, wanted)
        breaks = self.broken_by(figure, wanted)
        cause = slip[0] if slip else "unknown"
        return Repair(figure, wanted, proposed, cause, explains, breaks, slip is not None)

    def broken_by(self, figure: Figure, wanted: Interval) -> int:
        """How many equations that hold now would fail if the figure had a wanted value."""
        broken = 0
        for i in self.of_figure[figure.key]:
            if self.results[i] in {Result.PASS, Result.ROUNDING}:
                allowed = self.equations[i].solve(figure)
                broken += allowed is not None and not allowed.overlaps(wanted)
        return broken

    def hard(self, indices: Iterable[int]) -> set[int]:
        """Those of known meaning: the others support a suspicion, but are no accusation by themselves."""
        return {i for i in indices if not self.equations[i].says.soft}

    def faults(self) -> list[Fault]:
        """Every failing equation assigned to the figure that best explains it, the best explained first."""
        failing = set(self.failing())
        faults = []
        while self.hard(failing):
            best = self.best_repairs(failing)
            if not best:
                break
            explained = tuple(sorted(set(best[0].explains)))
            faults.append(Fault(tuple(best), explained))
            failing -= set(explained)
        return faults

    def best_repairs(self, failing: set[int]) -> list[Repair]:
        """The best repair of the failing equations, with those equally good; the figure that is reckoned from others stands first."""
        candidates = {f.key: f for i in sorted(self.hard(failing)) for f in self.equations[i].figures}
        repairs = [r for f in candidates.values() if (r := self.repair(f, failing)) is not None and self.hard(r.explains)]
        if not repairs:
            return []
        top = max(r.rank for r in repairs)
        best = [r for r in repairs if r.rank == top]
        lead = best[0].explains
        best = [r for r in best if set(r.explains) & set(lead)]
        return sorted(best, key=lambda r: -self.derived(r))

    def derived(self, repair: Repair) -> int:
        """How often the figure is the reckoned side (a total, a rate) of the equations it explains."""
        count = 0
        for i in repair.explains:
            equation = self.equations[i]
            reckoned = equation.total if isinstance(equation, Sum) else equation.rate if isinstance(equation, Rate) else equation.part
            count += reckoned.key == repair.figure.key
        return count


def nearest(figure: Figure, wanted: Interval) -> Decimal:
    """The wanted value to propose, in the figure's own unit and places: the middle, or the end of a range that is open on one side."""
    ends = [end for end in (wanted.low, wanted.high) if abs(end) < FAR]
    middle = wanted.middle if len(ends) == 2 else ends[0] if ends else figure.amount.base
    return round_to(middle, figure.amount.step) / figure.amount.scale


def most_shared(solutions: Iterable[tuple[int, Interval]]) -> tuple[Interval, tuple[int, ...]]:
    """The range that lies in the most of the given intervals, and the numbers of those it lies in."""
    items = list(solutions)
    best: tuple[Interval, tuple[int, ...]] | None = None
    for _, start in items:
        point = start.low
        inside = [(i, s) for i, s in items if s.contains(point)]
        if best is None or len(inside) > len(best[1]):
            low = max(s.low for _, s in inside)
            high = min(s.high for _, s in inside)
            best = Interval(low, high), tuple(i for i, _ in inside)
    if best is None:
        raise ValueError("no solutions to share")
    return best
