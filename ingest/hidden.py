"""Text that a file holds and its page does not show: set without ink, white on white, or painted over. What is not seen is not printed.

A scan with a layer of text that a program recognised is the common case: its page shows the picture, and the layer may say other figures.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any

import pymupdf

from ingest.opening import MUPDF_ERRORS

NEAR_WHITE, NEAR_BLACK = 0xF0, 0x30
INKED, CLIPPING = 16 | 32, 64  # of a span's flags: its characters are filled, or their outlines drawn; they are what is painted through
MOST_OF_PAGE = 0.6
SLACK = 1.0  # points by which what hides a word may be narrower than the word
INLINE = re.compile(rb"\sBI\s")
SPACED = bytes.maketrans(b"\0/[(<%", b"      ")
INKED_MODES = {(mode,) for mode in (b"0", b"1", b"2", b"4", b"5", b"6")}
OPERANDS = {b"g": 1, b"rg": 3, b"k": 4}
"""Operators that set a colour, and how many levels each takes."""
PALE, FAINT = 0.93, 0.07  # a level of light from which, and one of ink to which, a colour may be nearly white
ALPHA = re.compile(r"/ca\s+([\d.]+)")
REFERENCE = re.compile(r"(\d+)\s+0\s+R")
FILL = re.compile(r"<vector filled, color: #(\w\w)(\w\w)(\w\w), alpha: (\d+)")
TEXT, VECTOR = 0, 3  # types of blocks
OPAQUE = "255"
PAINTED = frozenset({"fill-image", "fill-shade"})
Listed = list[tuple[Any, ...]]  # MuPDF's words and blocks: box, text, numbers
Rect = tuple[float, float, float, float]


def seen(page: pymupdf.Page, source: pymupdf.TextPage, words: Listed, blocks: Listed) -> Listed:
    """The words of an upright page that can be seen on it; ``blocks`` are its texts and shapes in the order they are drawn."""
    covered = painted_over(words, blocks)
    if covered:
        words = [word for at, word in enumerate(words) if at not in covered]
    content = page.read_contents()
    inline = b"BI" in content and INLINE.search(content) is not None
    nested = inline or b"Do" in content
    if not words or not (nested or may_hide(content) or (b"gs" in content and fades(page))):
        return words
    through = 0 if b"Tr" in content else CLIPPING  # of text filled with a pattern; but that of mode 7 is not seen
    spans = dict(inkless(page, source, blocks, through))
    if spans:
        words = [word for word in words if not any(a <= (word[0] + word[2]) / 2 <= b for a, b in spans.get((word[5], word[6]), ()))]
    return not_behind_picture(page, words) if inline or (nested and page.get_images()) else words


def may_hide(content: bytes) -> bool:
    """Whether a page's own content sets text without ink or anything in near white; also where that cannot be told."""
    tokens = content.translate(SPACED).split()
    kinds = set(tokens)
    if not kinds.isdisjoint({b"sc", b"scn"}) or (b"Tr" in kinds and not before(tokens, b"Tr", 1) <= INKED_MODES):
        return True
    return not all(is_coloured(levels) for operator in kinds & OPERANDS.keys() for levels in before(tokens, operator, OPERANDS[operator]))


def before(tokens: list[bytes], operator: bytes, count: int) -> set[tuple[bytes, ...]]:
    """What different operands an operator is given in a content stream."""
    found, at = set(), -1
    for _ in range(tokens.count(operator)):
        at = tokens.index(operator, at + 1)
        found.add(tuple(tokens[max(0, at - count) : at]))
    return found


def is_coloured(levels: tuple[bytes, ...]) -> bool:
    """Whether grey, red, green and blue, or four inks are certainly not near white."""
    try:
        values = [float(level) for level in levels]
    except ValueError:
        return False
    return max(values) > FAINT if len(values) == OPERANDS[b"k"] else min(values, default=1.0) < PALE


def fades(page: pymupdf.Page) -> bool:
    """Whether a graphics state of the page may be anything but opaque; also where that cannot be told."""
    try:
        kind, states = page.parent.xref_get_key(page.xref, "Resources/ExtGState")
        if kind == "xref":
            states = page.parent.xref_object(int(states.split()[0]))
        stated = [states, *(page.parent.xref_object(int(number)) for number in REFERENCE.findall(states))]
        return kind == "null" or any(float(alpha) < 1 for text in stated for alpha in ALPHA.findall(text))
    except MUPDF_ERRORS:  # a reference to nothing
        return True


def painted_over(words: Listed, blocks: Listed) -> set[int]:
    """Which words a white or black area hides that is drawn after them."""
    fills = [(at, block) for at, block in enumerate(blocks) if block[6] == VECTOR and hides(block)]
    if not fills or not words:
        return set()
    drawn = [at for at, block in enumerate(blocks) if block[6] == TEXT]
    order = sorted(range(len(words)), key=lambda k: words[k][1] + words[k][3])
    middles = [(words[k][1] + words[k][3]) / 2 for k in order]
    found = set()
    for at, (x0, y0, x1, y1, *_) in fills:
        for k in order[bisect_left(middles, y0) : bisect_right(middles, y1)]:
            left, top, right, bottom, _, block = words[k][:6]
            if x0 - SLACK <= left and right <= x1 + SLACK and drawn[block] < at and y1 - y0 > (bottom - top) / 2:
                found.add(k)
    return found


def hides(block: tuple[Any, ...]) -> bool:
    """Whether a shape is an area of white or black that nothing shines through; a coloured one may mark what is below it."""
    if block[2] - block[0] < SLACK or block[3] - block[1] < SLACK:
        return False
    levels = colour(block)
    return levels is not None and (min(levels) >= NEAR_WHITE or max(levels) <= NEAR_BLACK)


def colour(block: tuple[Any, ...]) -> tuple[int, ...] | None:
    """Red, green and blue of an opaque filled shape; None for any other block."""
    match = FILL.search(block[4])
    if match is None or match[4] != OPAQUE:
        return None
    return tuple(int(level, 16) for level in match.groups()[:3])


def inkless(
    page: pymupdf.Page, source: pymupdf.TextPage, blocks: Listed, through: int
) -> Iterator[tuple[tuple[int, int], list[tuple[float, float]]]]:
    """Of lines, by block and number, the pieces from x to x that are set without ink, or white where nothing dark is below."""
    dark: list[Rect] | None = None
    texts = (block for block in source.extractDICT()["blocks"] if "lines" in block)
    for at, block in enumerate(texts):
        for number, line in enumerate(block["lines"]):
            found = []
            for span in line["spans"]:
                x0, y0, x1, y1 = span["bbox"]
                if is_white(span) and dark is None:
                    dark = dark_areas(page, blocks)
                if not is_inked(span, through) or (is_white(span) and not any(within((x0, y0, x1, y1), area) for area in dark or ())):
                    found.append((x0, x1))
            if found:
                yield (at, number), found


def is_inked(span: dict[str, Any], through: int) -> bool:
    """Whether a span's characters are painted at all; ``through`` is the flag of those that count as painted through."""
    return bool(span["char_flags"] & through or (span["char_flags"] & INKED and span["alpha"] > 0))


def is_white(span: dict[str, Any]) -> bool:
    """Whether a span is as white as paper."""
    value: int = span["color"]
    return min(value >> shift & 255 for shift in (16, 8, 0)) >= NEAR_WHITE


def dark_areas(page: pymupdf.Page, blocks: Listed) -> list[Rect]:
    """Where white text can be seen: on filled shapes that are not white, on pictures and on shadings."""
    filled = [block[:4] for block in blocks if block[6] == VECTOR and (levels := colour(block)) and min(levels) < NEAR_WHITE]
    return filled + [box for kind, box in page.get_bboxlog() if kind in PAINTED]


def within(box: Rect, area: Rect) -> bool:
    """Whether the middle of a box lies in an area."""
    return bool(area[0] <= (box[0] + box[2]) / 2 <= area[2] and area[1] <= (box[1] + box[3]) / 2 <= area[3])


def not_behind_picture(page: pymupdf.Page, words: Listed) -> Listed:
    """Words but for those behind a picture of about the page's size that nothing shines through."""
    whole = page.rect * page.derotation_matrix if page.rotation else page.rect
    if not any(is_large(image["bbox"], whole) and not image["has-mask"] for image in page.get_image_info()):
        return words
    log = page.get_bboxlog()
    last = max((at for at, (kind, box) in enumerate(log) if kind == "fill-image" and is_large(box, whole)), default=-1)
    later = [box for kind, box in log[last + 1 :] if kind.endswith("text")]
    return [word for word in words if any(within(word[:4], box) for box in later)] if last >= 0 else words


def is_large(box: Rect, whole: pymupdf.Rect) -> bool:
    """Whether a picture takes most of the page."""
    return bool(abs((pymupdf.Rect(box) & whole).get_area()) > MOST_OF_PAGE * abs(whole.get_area()))
