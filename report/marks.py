"""Where findings are marked on a page: boxes with a role, and how boxes as displayed become boxes of the PDF."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pymupdf

from model.facts import Source
from model.findings import Finding, Severity
from model.geometry import Box

SUSPECT, RELATED = "suspect", "related"
Colour = tuple[float, float, float]
"""Red, green and blue from 0 to 1."""
COLOURS: dict[Severity, Colour] = {
    Severity.ERROR: (0.86, 0.15, 0.15),
    Severity.WARNING: (0.95, 0.55, 0.05),
    Severity.ROUNDING: (0.20, 0.47, 0.80),
    Severity.NOTICE: (0.45, 0.45, 0.50),
}
RELATED_COLOUR = (0.05, 0.50, 0.35)
PAD = 1.5
UPRIGHT = 1.5
"""How many times higher than wide the box of words printed upwards is."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One box to mark, and why: the suspected figure, or a figure it was compared with."""

    role: str
    source: Source

    @property
    def page(self) -> int:
        """The page it stands on."""
        return self.source.place.page

    @property
    def box(self) -> Box:
        """Where it stands, as displayed."""
        return self.source.place.box


def marks(finding: Finding) -> tuple[Mark, ...]:
    """The places of a finding, the suspect first, each box once.

    Without a suspect the first location stands for it: that is the figure the finding calls wrong.
    """
    first = finding.suspect.source if finding.suspect else finding.locations[0].source
    rest = [location.source for location in finding.locations]
    found = [Mark(SUSPECT, first)]
    seen = {(first.place.page, first.place.box)}
    for source in rest:
        if (source.place.page, source.place.box) not in seen:
            seen.add((source.place.page, source.place.box))
            found.append(Mark(RELATED, source))
    return tuple(found)


def lighter(colour: Colour, share: float) -> Colour:
    """The colour mixed with that share of white."""
    red, green, blue = (part + (1 - part) * share for part in colour)
    return red, green, blue


def padded(box: Box, pad: float = PAD) -> Box:
    """The box with a margin, in points, so that a mark does not run through the digits."""
    return Box(box.x0 - pad, box.y0 - pad, box.x1 + pad, box.y1 + pad)


def quad_on(page: pymupdf.Page, box: Box) -> pymupdf.Quad:
    """A box as displayed as a quad of the unrotated page, where PyMuPDF places annotations.

    The quad begins at a short side: a highlight bulges at the ends of its line, and words printed upwards are such a line too.
    """
    rect = pymupdf.Rect(box.x0, box.y0, box.x1, box.y1)
    upward = box.height > UPRIGHT * box.width
    quad = pymupdf.Quad(rect.bl, rect.tl, rect.br, rect.tr) if upward else rect.quad
    return quad * page.derotation_matrix


def on_page(all_marks: Iterable[Mark], page: int) -> list[Mark]:
    """Those of one page."""
    return [mark for mark in all_marks if mark.page == page]
