"""Quarter turns between the page as stored, as read and as displayed."""

from __future__ import annotations

from dataclasses import dataclass

Direction = tuple[int, int]
UPRIGHT: Direction = (1, 0)


@dataclass(frozen=True, slots=True)
class Matrix:
    """A turn by a multiple of 90° with a shift: (x, y) ↦ (a·x + c·y + e, b·x + d·y + f)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The image of a rectangle."""
        u0, v0 = self.a * x0 + self.c * y0 + self.e, self.b * x0 + self.d * y0 + self.f
        u1, v1 = self.a * x1 + self.c * y1 + self.e, self.b * x1 + self.d * y1 + self.f
        return min(u0, u1), min(v0, v1), max(u0, u1), max(v0, v1)

    def inverse(self) -> Matrix:
        """The turn back."""
        scale = self.a * self.d - self.b * self.c
        a, b, c, d = self.d / scale, -self.b / scale, -self.c / scale, self.a / scale
        return Matrix(a, b, c, d, -(a * self.e + c * self.f), -(b * self.e + d * self.f))

    def then(self, other: Matrix) -> Matrix:
        """One turn after the other."""
        return Matrix(
            other.a * self.a + other.c * self.b,
            other.b * self.a + other.d * self.b,
            other.a * self.c + other.c * self.d,
            other.b * self.c + other.d * self.d,
            other.a * self.e + other.c * self.f + other.e,
            other.b * self.e + other.d * self.f + other.f,
        )


IDENTITY = Matrix(1, 0, 0, 1, 0, 0)


def nearest(dx: float, dy: float) -> Direction:
    """The quarter turn nearest to a line's direction."""
    if abs(dx) >= abs(dy):
        return (1, 0) if dx > 0 else (-1, 0)
    return (0, 1) if dy > 0 else (0, -1)


def turn_for(direction: Direction, width: float, height: float) -> Matrix:
    """The turn that makes text of that direction run from left to right, on a page of that size as stored."""
    if direction == UPRIGHT:
        return IDENTITY
    dx, dy = direction
    x0, y0, _, _ = Matrix(dx, -dy, dy, dx, 0, 0).box(0, 0, width, height)
    return Matrix(dx, -dy, dy, dx, -x0, -y0)
