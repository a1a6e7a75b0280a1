"""Texts of one printed line that stand apart, and the texts of several lines that belong to one cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ingest.captions import box_of
from ingest.cells import cell_text, tight
from ingest.page import Word
from model.geometry import Box

APART = 0.6  # ems between two texts of one line that stand in different cells
CLOSE = 0.45  # ems between two lines of one cell
OUT_OF_ORDER = 30.0  # points by which a line may stand above the one before it
SAME = 2.5  # points between the middles, or the left or right sides, of lines set below each other
FIGURE = re.compile(r"[-−－+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)%?|[-—－]{1,2}|\d{1,7}")


@dataclass(eq=False)
class Segment:
    """Words of one printed line set close together."""

    words: list[Word]

    @cached_property
    def box(self) -> Box:
        """The rectangle around its words."""
        return box_of(self.words)

    @cached_property
    def text(self) -> str:
        """Its text without spaces."""
        return "".join(tight(word.text) for word in self.words)

    @cached_property
    def size(self) -> float:
        """The height of its letters."""
        return max(word.size for word in self.words)


@dataclass(eq=False)
class Block:
    """Segments below each other that make up one cell's text."""

    segments: list[Segment]

    @cached_property
    def box(self) -> Box:
        """The rectangle around its segments."""
        return box_of(self.words)

    @property
    def words(self) -> list[Word]:
        """Its words."""
        return [word for segment in self.segments for word in segment.words]

    @property
    def text(self) -> str:
        """Its text."""
        return cell_text(self.words)

    @property
    def middle(self) -> float:
        """The y coordinate of its middle."""
        return (self.box.y0 + self.box.y1) / 2

    @property
    def center(self) -> float:
        """The x coordinate of its middle."""
        return (self.box.x0 + self.box.x1) / 2


def segments_of(words: list[Word]) -> list[Segment]:
    """The segments of one printed line, from left to right."""
    found = [[words[0]]]
    for word in words[1:]:
        last = found[-1][-1]
        if word.x0 - last.x1 > APART * min(word.size, last.size):
            found.append([word])
        else:
            found[-1].append(word)
    return [Segment(part) for part in found]


def is_figure(text: str) -> bool:
    """Whether a text is a figure, a code or a dash: such a text is never broken over lines."""
    return bool(FIGURE.fullmatch(text))


def blocks_of(lines: list[list[Segment]], rules: list[float], sides: list[float]) -> list[Block]:
    """The blocks of a region's lines: close lines one below the other that no horizontal rule and no column's side parts."""
    blocks: list[Block] = []
    near: list[Block] = []  # those that a line may still continue: lines come from the top down, but for some points
    for line in lines:
        joined: set[int] = set()
        fresh: list[Block] = []
        top = min(segment.box.y0 for segment in line)
        near = [b for b in near if top - b.segments[-1].box.y1 <= CLOSE * b.segments[-1].size + OUT_OF_ORDER]
        for segment in line:
            above = next((b for b in reversed(near) if id(b) not in joined and _continues(b, segment, rules, sides)), None)
            if above is None:
                fresh.append(Block([segment]))
            else:
                above.segments.append(segment)
                above.__dict__.pop("box", None)
                joined.add(id(above))
        blocks += fresh
        near += fresh
    return blocks


def _continues(block: Block, segment: Segment, rules: list[float], sides: list[float]) -> bool:
    """Whether a segment is the next line of a block."""
    last = block.segments[-1]
    above, here = last.box, segment.box
    gap = here.y0 - above.y1
    if not -0.5 * segment.size < gap <= CLOSE * min(segment.size, last.size) or is_figure(segment.text) or is_figure(last.text):
        return False
    if any(above.y1 - 1 <= rule <= here.y0 + 1 for rule in rules) or abs(last.size - segment.size) > 0.15 * last.size:
        return False
    if len(block.segments) > 1 and abs(gap - (above.y0 - block.segments[-2].box.y1)) > 0.2 * segment.size:
        return False
    if any(box.x0 + 2 < side < box.x1 - 2 for side in sides for box in (above, here)):
        return _same_left(block, segment)
    if any(above.center[0] < side < here.center[0] or here.center[0] < side < above.center[0] for side in sides):
        return _same_left(block, segment)
    aligned = min(abs(above.x0 - here.x0), abs(above.center[0] - here.center[0]), abs(above.x1 - here.x1)) < SAME
    return (aligned or _same_left(block, segment)) and above.x0 < here.x1 and here.x0 < above.x1


def _same_left(block: Block, segment: Segment) -> bool:
    """Whether a segment begins where the block's lines do (the first may be indented)."""
    return any(abs(own.box.x0 - segment.box.x0) < SAME for own in block.segments)


def split_rows(blocks: list[Block], anchors: list[float]) -> list[Block]:
    """Blocks of lines set as close as rows are, cut into rows: where several lines stand beside figures, each is a row's."""
    found: list[Block] = []
    for block in blocks:
        beside = [(k, a) for k, s in enumerate(block.segments) for a in anchors if abs(a - s.box.center[1]) < 0.3 * s.size]
        if len({k for k, _ in beside}) < 2:
            found.append(block)
            continue
        groups: dict[int, list[Segment]] = {}
        for segment in block.segments:
            nearest = min(beside, key=lambda item: abs(item[1] - segment.box.center[1]))
            groups.setdefault(nearest[0], []).append(segment)
        found += [Block(group) for group in groups.values()]
    return found
