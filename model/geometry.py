"""Where something stands: boxes in PDF points, origin at the top left of the page as displayed; pages count from 1."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Horizontal extent in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Vertical extent in points."""
        return self.y1 - self.y0

    @property
    def center(self) -> tuple[float, float]:
        """The middle point."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def overlaps(self, other: Box) -> bool:
        """Whether the two rectangles share an area."""
        return min(self.x1, other.x1) > max(self.x0, other.x0) and min(self.y1, other.y1) > max(self.y0, other.y0)

    def union(self, other: Box) -> Box:
        """The smallest rectangle that holds both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    def rounded(self) -> list[float]:
        """The four coordinates to a tenth of a point, as the report prints them."""
        return [round(self.x0, 1), round(self.y0, 1), round(self.x1, 1), round(self.y1, 1)]


def union_of(boxes: Iterable[Box]) -> Box:
    """The smallest rectangle that holds all; raises ``ValueError`` for none."""
    it = iter(boxes)
    try:
        result = next(it)
    except StopIteration:
        raise ValueError("no boxes to unite") from None
    for box in it:
        result = result.union(box)
    return result


@dataclass(frozen=True, slots=True)
class Place:
    """A box on a page (counted from 1)."""

    page: int
    box: Box
