"""Paragraphs: printed lines joined over line ends and page ends where they are one sentence."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.cells import tight
from ingest.headings import LONGEST, is_enumerated, level_of
from ingest.lines import PrintedLine
from model.document import CERTAIN, Line, Paragraph

TERMINATED = re.compile(r"[。！？；：.!?;:][”’」』）)]?$")

CENTERED = 9.0  # points a line's middle may be off the page's
SIDE = 0.17  # of the page's width, left free beside a title in the middle
OTHER_CENTERED = re.compile(r"^(?:图|附?表|附件|续|注)|[：:、）)\d]$|[年月]\d*日?$")  # set in the middle, and no title
TRUSTED = 3  # full lines that tell a page's left edge
UNBROKEN = re.compile(r"[\d.,%A-Za-z]+")
CLOSING = frozenset("，。、；：！？）】」』”’％%")  # begins no paragraph


@dataclass
class Draft:
    """A paragraph in the making: its text, its pieces, and its last printed line."""

    text: str
    lines: list[Line]
    last: PrintedLine
    role: str = "text"
    table: str | None = None
    section: tuple[str, ...] = field(default=())
    begins: float = 0.0  # where its first line begins
    indent: float = 0.0  # by how much that line is indented

    def finished(self) -> Paragraph:
        """The paragraph."""
        return Paragraph(self.text, tuple(self.lines), self.section, self.role, self.table)


def draft(line: PrintedLine, role: str = "text", table: str | None = None) -> Draft:
    """A paragraph of one line."""
    text, piece = _piece(line, 0)
    return Draft(text, [piece], line, role, table, begins=line.box.x0)


def extend(paragraph: Draft, line: PrintedLine) -> None:
    """Add a printed line to a paragraph."""
    text, _ = line.joined
    if _latin(paragraph.text[-1]) and _latin(text[0]):
        paragraph.text += " "
        last = paragraph.lines[-1]
        paragraph.lines[-1] = Line(last.start, last.end + 1, last.page, last.box, (*last.edges, last.edges[-1]))
    text, piece = _piece(line, len(paragraph.text))
    paragraph.text += text
    paragraph.lines.append(piece)
    paragraph.last = line


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _piece(line: PrintedLine, start: int) -> tuple[str, Line]:
    """A printed line's text and its piece of a paragraph, in coordinates of the page as displayed."""
    text, edges = line.joined
    box = line.content.shown(line.box)
    if line.content.to_display.b:  # text runs down or up the page: positions along it cannot be told by x
        step = box.width / len(text)
        edges = [box.x0 + i * step for i in range(len(text) + 1)]
    elif line.content.to_display.e or line.content.to_display.a != 1:
        edges = sorted(line.content.to_display.a * x + line.content.to_display.e for x in edges)
    return text, Line(start, start + len(text), line.page, box, tuple(edges), _doubtful(line, text, start))


def _doubtful(line: PrintedLine, text: str, start: int) -> tuple[int, ...]:
    """The places of a line's characters that were recognised with doubt, in a paragraph where the line begins at ``start``."""
    if not line.content.scanned:
        return ()
    found: list[int] = []
    at = 0
    for word in line.words:
        at = text.index(word.text, at)
        found += [start + at + k for k, sure in enumerate(word.sure) if sure < CERTAIN]
        at += len(word.text)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Measure:
    """The left and right edges of a page's running text, and where its longest line ends."""

    left: float
    right: float
    own: float


def measure(lines: list[PrintedLine], usual: Measure | None = None) -> Measure:
    """The text block some lines of a page stand in; ``usual`` is that of the document's pages of that width."""
    own = max(line.box.x1 for line in lines)
    right = max(usual.right, own) if usual else own
    full = [line.box.x0 for line in lines if line.box.x1 > right - 2 * line.box.height]
    left = min(full) if full else min(line.box.x0 for line in lines)
    if usual and len(full) < TRUSTED:
        left = min(left, usual.left)
    return Measure(left, right, own)


def usual_measures(pages: Iterable[list[PrintedLine]]) -> dict[int, Measure]:
    """The text block by the page's width in points: where most lines end, and where most of those begin."""
    lines: dict[int, list[PrintedLine]] = defaultdict(list)
    for line in (line for page in pages for line in page):
        lines[round(line.content.width)].append(line)
    return {width: _usual(found) for width, found in lines.items()}


def _usual(lines: list[PrintedLine]) -> Measure:
    """The text block of lines from pages of one width."""
    right = Counter(round(line.box.x1) for line in lines).most_common(1)[0][0]
    begins = Counter(round(line.box.x0) for line in lines if line.box.x1 > right - 2 * line.box.height)
    return Measure(float(begins.most_common(1)[0][0]), float(right), float(right))


def belongs(paragraph: Draft, line: PrintedLine, before: Measure, here: Measure) -> bool:
    """Whether a line goes on with a paragraph: the line before is full, this one is not indented and begins nothing new."""
    if paragraph.role not in ("text", "note"):
        return False
    last = paragraph.last
    if line.tight[0] in CLOSING or _same_title(paragraph, line):
        return True
    apart = last.page == line.page and line.box.y0 - last.box.y1 > 2.2 * line.size
    if apart or abs(last.size - line.size) > 0.25 * line.size:
        return False
    ended = bool(TERMINATED.search(last.tight))
    heading = len(paragraph.text) <= LONGEST and level_of(tight(paragraph.text)) > 0
    if is_enumerated(line.tight) and (ended or heading or line.box.x0 > here.left + 0.8 * line.size):
        return False
    outdented = line.box.x0 < paragraph.begins - 0.8 * line.size  # left of the first line: where the paragraph goes on
    indented = line.box.x0 - here.left > 1.2 * line.size and not (outdented and not ended)
    if not _is_full(paragraph, line, before):
        prose = paragraph.indent > 1.2 * line.size and not (_is_tabular(last) or _is_tabular(line))
        return prose and not (indented or ended or heading or is_enumerated(line.tight))
    hanging = last.box.x0 - before.left > 1.2 * last.size and abs(last.box.x0 - line.box.x0) < 2
    return not indented or (hanging and not ended and not heading)


def _is_full(paragraph: Draft, line: PrintedLine, before: Measure) -> bool:
    """Whether a paragraph's last line reaches the right edge, or would with what may not be parted at the next line's beginning."""
    last = paragraph.last
    edge = before.own if paragraph.role == "note" else before.right  # notes are as wide as their table
    token = UNBROKEN.match(line.tight)
    width = len(token.group(0)) * line.size / 2 if token else 0.0
    return last.box.x1 + width > edge - 2.2 * last.size


def _is_tabular(line: PrintedLine) -> bool:
    """Whether a line's words stand far apart, as in columns."""
    return any(after.x0 - before.x1 > 2 * line.size for before, after in pairwise(line.words))


def _same_title(paragraph: Draft, line: PrintedLine) -> bool:
    """Whether two lines in the middle of the page are one title."""
    last = paragraph.last
    title = is_centered(last) or level_of(tight(paragraph.text)) == 1
    if last.page != line.page or not (title and is_centered(line)) or abs(last.size - line.size) > 0.1 * line.size:
        return False
    begins = is_enumerated(line.tight) or OTHER_CENTERED.search(line.tight) or TERMINATED.search(paragraph.text)
    return line.box.y0 - last.box.y1 < 1.1 * line.size and not begins


def is_centered(line: PrintedLine) -> bool:
    """Whether a line stands in the middle of its page, clear of both sides."""
    width = line.content.width
    return abs(line.box.center[0] - width / 2) < CENTERED and line.box.x0 > SIDE * width
