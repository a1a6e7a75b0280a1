"""One page as drawn: words, the edges of their characters where needed, and ruling lines, from one interpretation of its content.

All coordinates are those of the reading frame: text runs from left to right, lines from the top down. ``Content.shown`` turns a box
of that frame into one of the page as displayed; the two differ where a page is turned by /Rotate or its text was set sideways.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import pymupdf

from ingest.characters import WIDE_SPACE, plain, spread
from ingest.fonts import UNREADABLE, Fonts, Spans, veiled
from ingest.hidden import seen, within
from ingest.turning import IDENTITY, UPRIGHT, Direction, Matrix, nearest, turn_for
from model.geometry import Box
from model.limits import Limits

FLAGS = (
    pymupdf.TEXT_PRESERVE_LIGATURES
    | pymupdf.TEXT_PRESERVE_WHITESPACE
    | pymupdf.TEXT_MEDIABOX_CLIP
    | pymupdf.TEXT_CLIP
    | pymupdf.TEXT_COLLECT_VECTORS
)
NEAR_WHITE = 0xF0
THIN = 3.0  # points: a filled or stroked shape no wider than this is a rule
TEXT, VECTOR = 0, 3  # types of blocks
LETTER = re.compile(r"[^\W\d_]")
SHAPE = re.compile(r"<vector (\w+), color: #(\w\w)(\w\w)(\w\w), alpha: (\d+), is-rect: (\w+)")


@dataclass(slots=True)
class Word:
    """Characters set side by side without a gap. ``line`` is its place in the page's stream: block and line.

    ``edges`` are the x coordinates before, between and after its characters; None until somebody needs them. ``gaps`` is the room
    left before each character, known only where the characters were measured. Of recognised text ``sure`` says how sure
    each character is (0 to 1), ``others`` what else it may be.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    line: tuple[int, int]
    edges: list[float] | None = None
    gaps: list[float] | None = None
    sure: tuple[float, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def middle(self) -> float:
        """The y coordinate of its middle."""
        return (self.y0 + self.y1) / 2

    @property
    def size(self) -> float:
        """The height of its letters' box, about the size of the type."""
        return self.y1 - self.y0

    @property
    def box(self) -> Box:
        """Its rectangle."""
        return Box(self.x0, self.y0, self.x1, self.y1)

    def sides(self) -> list[float]:
        """Its edges, where they were not read spread by the characters' usual widths."""
        if self.edges is None:
            self.edges = spread(self.text, self.x0, self.x1)
        return self.edges

    def piece(self, start: int, end: int) -> Word:
        """Some of its characters, as a word."""
        edges = self.sides()[start : end + 1]
        piece = Word(self.text[start:end], edges[0], self.y0, edges[-1], self.y1, self.line, edges)
        piece.sure = self.sure[start:end]
        return piece


@dataclass(slots=True)
class Content:
    """What a page shows. ``across`` are horizontal rules (y, x0, x1), ``down`` vertical ones (x, y0, y1).

    ``width`` and ``height`` are those of the reading frame. ``blank`` says that there is neither text nor drawing, ``cut`` that there
    is more than the limits allow, ``unseen`` how many words of the file the page does not show. ``source`` gives characters while the
    page is being read. ``scanned`` says that it was recognised.
    """

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    across: list[tuple[float, float, float]] = field(default_factory=list)
    down: list[tuple[float, float, float]] = field(default_factory=list)
    to_display: Matrix = IDENTITY
    blank: bool = True
    cut: bool = False
    unseen: int = 0
    scanned: bool = False
    source: pymupdf.TextPage | None = None
    _lines: dict[tuple[int, int], list[tuple[str, float, float]]] | None = None

    @property
    def unreadable(self) -> int:
        """How many words have characters that cannot be known."""
        return sum(UNREADABLE in word.text for word in self.words)

    @property
    def is_veiled(self) -> bool:
        """Whether hardly a word can be read: figures alone, whose labels cannot, say nothing."""
        unreadable = self.unreadable
        if not unreadable:
            return False
        return unreadable > sum(UNREADABLE not in word.text and LETTER.search(word.text) is not None for word in self.words)

    def shown(self, box: Box) -> Box:
        """The box on the page as displayed."""
        if self.to_display is IDENTITY:
            return box
        return Box(*self.to_display.box(box.x0, box.y0, box.x1, box.y1))

    def measure(self, word: Word) -> None:
        """Read the exact edges of a word's characters, and the gaps between them."""
        if word.edges is not None or self.source is None:
            return
        if self._lines is None:
            self._lines = _characters(self.source)
        chars = [c for c in self._lines.get(word.line, []) if word.x0 - 0.1 <= c[1] and c[2] <= word.x1 + 0.1]
        if "".join(c[0] for c in chars) == word.text:
            word.edges = [c[1] for c in chars] + [chars[-1][2]]
            word.gaps = [0.0, *(after[1] - before[2] for before, after in pairwise(chars))]


def read_page(page: pymupdf.Page, limits: Limits, fonts: Fonts | None = None) -> Content:
    """Words and rules of a page. Raises MuPDF's errors where its content cannot be interpreted.

    ``fonts`` are the file's, where several of its pages are read.
    """
    source = page.get_textpage(flags=FLAGS)
    hidden = (fonts or Fonts(page.parent)).hidden(page, source)
    raw = page.rect * page.derotation_matrix if page.rotation else page.rect
    every, blocks = source.extractWORDS(), source.extractBLOCKS()
    listed = seen(page, source, every, blocks)
    direction = _main_direction(source) if _looks_turned(listed) else UPRIGHT
    turn = turn_for(direction, raw.width, raw.height)
    x0, y0, x1, y1 = turn.box(0, 0, raw.width, raw.height)
    content = Content(page.number + 1, x1 - x0, y1 - y0)
    if turn is not IDENTITY or page.rotation:
        content.to_display = turn.inverse().then(Matrix(*page.rotation_matrix))
    if turn is IDENTITY:
        content.words = _words(listed[: limits.words_per_page], hidden)
        content.source = source
    else:
        unseen = [turn.box(*word[:4]) for word in every if word not in listed] if len(listed) < len(every) else []
        turned = _turned_words(source, direction, turn)
        content.words = [w for w in turned if not any(within((w.x0, w.y0, w.x1, w.y1), area) for area in unseen)][: limits.words_per_page]
        if hidden:  # which of its words are, nobody needs to know of such a page
            content.words = [replace(word, text=UNREADABLE * len(word.text), edges=None) for word in content.words]
    drawn = _rules(blocks, turn, content, limits)
    content.unseen = len(every) - len(listed)
    content.blank = not (listed or content.across or content.down)
    content.cut = len(every) > limits.words_per_page or drawn > limits.rules_per_page
    return content


def _looks_turned(listed: list[tuple[Any, ...]]) -> bool:
    """Whether most words of several characters stand higher than they are wide."""
    long = [w for w in listed if len(w[4]) > 2]
    return bool(long) and sum(w[3] - w[1] > w[2] - w[0] for w in long) * 2 > len(long)


def _main_direction(source: pymupdf.TextPage) -> Direction:
    """The direction most characters are set in; those set one below the other count as upright."""
    counts: Counter[Direction] = Counter()
    for block in source.extractDICT()["blocks"]:
        for line in block.get("lines", ()):
            direction = UPRIGHT if line["wmode"] else nearest(*line["dir"])
            counts[direction] += sum(len(span["text"]) for span in line["spans"])
    return counts.most_common(1)[0][0] if counts else UPRIGHT


def _words(listed: list[tuple[Any, ...]], hidden: Spans) -> list[Word]:
    """MuPDF's words, cut at wide spaces; those that were printed twice to look bold once."""
    words, seen = [], set()
    for x0, y0, x1, y1, text, block, line, _ in listed:
        clean = veiled(plain(text), (block, line), (x0 + x1) / 2, hidden)
        key = (clean, int(x0), int(y0))
        if key in seen or not clean:
            continue
        seen.add(key)
        word = Word(clean, x0, y0, x1, y1, (block, line))
        if WIDE_SPACE in clean:
            words += _cut(word)
        else:
            words.append(word)
    return words


def _cut(word: Word) -> list[Word]:
    """A word's parts between wide spaces."""
    ends = [0, *(at for match in re.finditer(WIDE_SPACE, word.text) for at in match.span()), len(word.text)]
    return [word.piece(start, end) for start, end in zip(ends[::2], ends[1::2], strict=True) if start < end]


def _turned_words(source: pymupdf.TextPage, direction: Direction, turn: Matrix) -> Iterator[Word]:
    """Words of a page whose text runs in that direction, cut at spaces; text in other directions is one word a line."""
    for at, block in enumerate(source.extractRAWDICT()["blocks"]):
        for number, line in enumerate(block.get("lines", ())):
            chars = [char for span in line["spans"] for char in span["chars"]]
            if line["wmode"] or nearest(*line["dir"]) != direction:
                text = plain("".join(char["c"] for char in chars)).strip()
                if text:
                    yield Word(text, *turn.box(*line["bbox"]), (at, number))
                continue
            run: list[dict[str, Any]] = []
            for char in [*chars, {"c": " "}]:
                if not char["c"].isspace():
                    run.append(char)
                elif run:
                    yield _word_of(run, turn, (at, number))
                    run = []


def _word_of(chars: list[dict[str, Any]], turn: Matrix, line: tuple[int, int]) -> Word:
    """A word of turned characters."""
    boxes = [turn.box(*char["bbox"]) for char in chars]
    edges = [box[0] for box in boxes] + [boxes[-1][2]]
    text = "".join(char["c"] for char in chars)
    clean = plain(text)
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    return Word(clean, edges[0], top, edges[-1], bottom, line, edges if len(clean) == len(text) else None)


def _characters(source: pymupdf.TextPage) -> dict[tuple[int, int], list[tuple[str, float, float]]]:
    """The characters of an upright page by block and line, each with its sides."""
    found = {}
    texts = (block for block in source.extractRAWDICT()["blocks"] if block["type"] == TEXT)  # the words' blocks are counted so
    for at, block in enumerate(texts):
        for number, line in enumerate(block["lines"]):
            chars = (char for span in line["spans"] for char in span["chars"])
            found[at, number] = [(plain(c["c"]), c["bbox"][0], c["bbox"][2]) for c in chars if not c["c"].isspace()]
    return found


def _rules(blocks: list[tuple[Any, ...]], turn: Matrix, content: Content, limits: Limits) -> int:
    """Add the drawn shapes' rules: a thin shape itself, the four sides of a rectangle's outline. Returns how many shapes there are."""
    shapes: dict[str, tuple[bool, bool]] = {}
    count = 0
    for x0, y0, x1, y1, text, _, kind in blocks:
        if kind != VECTOR:
            continue
        count += 1
        if count > limits.rules_per_page:
            continue
        shape = shapes.get(text)
        if shape is None:
            shape = shapes[text] = _shape(text)
        visible, outline = shape
        if visible:
            _add((x0, y0, x1, y1) if turn is IDENTITY else turn.box(x0, y0, x1, y1), outline, content)
    return count


def _shape(text: str) -> tuple[bool, bool]:
    """Of a shape's description: whether it can be seen on white paper, and whether it is the outline of a rectangle."""
    match = SHAPE.search(text)
    if match is None:
        return False, False
    stroke, red, green, blue, alpha, rectangle = match.groups()
    dark = min(int(red, 16), int(green, 16), int(blue, 16)) < NEAR_WHITE
    return dark and alpha != "0", stroke == "stroked" and rectangle == "true"


def _add(box: tuple[float, float, float, float], outline: bool, content: Content) -> None:
    """Add one visible shape's rules to the page."""
    x0, y0, x1, y1 = box
    if y1 - y0 <= THIN:
        content.across.append(((y0 + y1) / 2, x0, x1))
    if x1 - x0 <= THIN:
        content.down.append(((x0 + x1) / 2, y0, y1))
    elif y1 - y0 > THIN and outline:
        content.across += [(y0, x0, x1), (y1, x0, x1)]
        content.down += [(x0, y0, y1), (x1, y0, y1)]
