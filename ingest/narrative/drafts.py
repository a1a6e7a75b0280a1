"""Statements while they are being read: mutable, and turned into the model's frozen ones at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.narrative.passages import Passage
from ingest.narrative.phrases import Base
from model.amounts import Dimension, Interval
from model.facts import Basis, Comparison, Direction, Mention, Share, Statement


@dataclass(slots=True, eq=False)
class ComparisonDraft:
    """A ``Comparison`` whose difference, rate and reason may still come."""

    base: Base
    direction: Direction | None = None
    word: Mention | None = None
    figure: Mention | None = None
    difference: Mention | None = None
    rate: Mention | None = None
    reason: str = ""

    def finish(self) -> Comparison:
        """The frozen comparison."""
        return Comparison(self.direction, self.word, self.base.year, self.base.basis, self.figure, self.difference, self.rate, self.reason)


@dataclass(slots=True, eq=False)
class Draft:
    """A ``Statement`` that is being read; ``start`` and ``end`` are characters of its passage's text."""

    label: str
    passage: int
    start: int
    end: int
    section: tuple[str, ...]
    sentence: int
    figure: Mention | None = None
    nil: bool = False
    year: int | None = None
    basis: Basis | None = None
    comparisons: list[ComparisonDraft] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    original: Mention | None = None
    original_basis: Basis | None = None
    revised: Mention | None = None
    execution: Mention | None = None
    execution_basis: Basis | None = None
    parent: Draft | None = None
    listing: int = 0
    purpose: str = ""
    companion: Draft | None = None

    def explain(self, reason: str) -> None:
        """Give the last comparison its reason, where it has none."""
        if self.comparisons and not self.comparisons[-1].reason:
            self.comparisons[-1].reason = reason

    def settle(self) -> None:
        """A budget that no outturn follows is the figure itself."""
        if self.figure is not None or self.comparisons:
            return
        if self.original is not None and self.revised is None:
            self.figure, self.original, self.basis = self.original, None, self.original_basis
        elif self.revised is not None and self.original is None:
            self.figure, self.revised, self.basis = self.revised, None, Basis.REVISED_BUDGET

    def finish(self, indices: dict[int, int], passage: Passage) -> Statement:
        """The frozen statement; ``indices`` gives the place in the list of each draft by identity."""
        paragraph, start, end = passage.place(self.start, self.end)
        parent = None if self.parent is None else indices.get(id(self.parent))
        return Statement(
            label=self.label,
            paragraph=paragraph,
            start=start,
            end=end,
            section=self.section,
            figure=self.figure,
            nil=self.nil,
            year=self.year,
            basis=self.basis,
            comparisons=tuple(c.finish() for c in self.comparisons),
            shares=tuple(self.shares),
            original=self.original,
            revised=self.revised,
            execution=self.execution,
            parent=parent,
            purpose=self.purpose,
            listing=self.listing if parent is not None else 0,
            execution_basis=self.execution_basis,
        )


@dataclass(slots=True, eq=False)
class Scope:
    """An open list of parts. ``strength`` is the mark between its parts once two were seen (、 1, ， 2, ； 3, 。 4).

    A ``numbered`` list began at the end of a sentence: its parts are the items that follow, of ``level``, deeper than ``depth``, or
    lines without numbers, up to passage ``reach``. ``one_sided`` allows parts of one side of a total of both (收入包括：). ``loose`` is
    True when a comma belongs to its parts (``A 3万元，占 5%、B …``).
    """

    parent: Draft | None
    listing: int
    bracket: bool = False
    strength: int | None = None
    items: int = 0
    loose: bool = False
    numbered: bool = False
    level: int | None = None
    last: Draft | None = None
    depth: int = 0
    reach: int = -1
    one_sided: bool = False


@dataclass(slots=True, eq=False)
class Item:
    """A numbered item of the text: its depth, its words, and the statement it begins with."""

    level: int
    label: str = ""
    head: Draft | None = None
    lone: bool = True
    listing: int = 0


def dimension_of(draft: Draft) -> tuple[Dimension | None, str]:
    """What a statement's figure measures, with the unit of a count."""
    mention = draft.figure or draft.original or draft.revised
    if mention is None and draft.comparisons:
        mention = draft.comparisons[-1].difference
    if mention is None or mention.amount is None or mention.amount.unit is None:
        return None, ""
    unit = mention.amount.unit
    return unit.dimension, unit.symbol if unit.dimension is Dimension.COUNT else ""


_BOTH_SIDES = re.compile(r"收入?[、和及与]?支出?")


def is_two_sided(draft: Draft) -> bool:
    """Whether a statement is of income and expenditure together (收支总预算)."""
    return _BOTH_SIDES.search(draft.label) is not None


def _sides(label: str) -> tuple[bool, bool]:
    if _BOTH_SIDES.search(label):
        return True, True
    return "收入" in label, "支出" in label


def may_be_part(part: Draft, whole: Draft, *, listed: bool = False, one_sided: bool = False) -> bool:
    """Whether a statement can be a part of another: same dimension, and neither income of expenditure nor one side of both.

    In an inline list (``listed``) the words have said it is: expenditure may be listed by the income that pays for it.
    """
    a, b = dimension_of(part), dimension_of(whole)
    if b[0] is None or (a[0] is not None and a != b):
        return False
    part_sides, whole_sides = _sides(part.label), _sides(whole.label)
    if whole_sides == (True, True):
        return one_sided or part_sides in {(True, True), (False, False)}
    return listed or not (any(part_sides) and any(whole_sides) and part_sides != whole_sides)


def adds_up(parts: list[Draft], whole: Draft) -> bool:
    """Whether the figures of the parts make up the whole's, as far as they are printed."""
    figures = [part.figure.amount for part in parts if part.figure is not None and part.companion is None]
    if whole.figure is None or whole.figure.amount is None or not figures:
        return False
    total = Interval.exactly(0)
    for amount in figures:
        if amount is not None:
            total += amount.interval
    return total.overlaps(whole.figure.amount.interval)


_VEHICLES = re.compile(r"公务用?车购置(?:费)?(?:及|和|、)")
_OTHER_THREE_PUBLIC = re.compile(r"公务接待|因公出国|出国[（(]境")


def is_three_public(draft: Draft) -> bool:
    """Whether a statement is of the “三公” total or of the vehicles: what they consist of is known."""
    return "三公" in draft.label or _VEHICLES.search(draft.label) is not None


def misplaced(part: Draft, whole: Draft) -> bool:
    """Whether the “三公” items contradict a nesting: reception and travel are never parts of the vehicles."""
    return bool(_VEHICLES.search(whole.label) and _OTHER_THREE_PUBLIC.search(part.label))


_NORMAL = (
    (re.compile(r"收入"), "收"),
    (re.compile(r"支出"), "支"),
    (re.compile(r"[、和及，“”\"\s]|本年|当年|预算|决算|总额|金额|年度|各$|数$|安排"), ""),
)


def same_subject(a: str, b: str) -> bool:
    """Whether two labels of one paragraph name the same subject (收、支总计 and 收入、支出预算总计)."""
    return _normal(a) == _normal(b)


def _normal(label: str) -> str:
    for pattern, by in _NORMAL:
        label = pattern.sub(by, label)
    return label[:-1] if len(label) > 2 and label.endswith("支") and not label.endswith("收支") else label
