"""Fonts whose codes say nothing of the characters they show: text in them is seen on the page and cannot be read from the file.

A font with a ToUnicode map names its characters. Without one a standard encoding does, or the names of its glyphs; where there is neither,
a code is a number that the font's maker gave out, and taking it for ASCII would turn figures into other figures. Where a map says other
figures than the font itself, neither is believed; what a map leaves out of a font without an encoding is not known either.
"""

from __future__ import annotations

import re

import pymupdf

from ingest.font_maps import left_out, shown, told
from ingest.opening import MUPDF_ERRORS

UNREADABLE = "\ufffd"
SYMBOLIC = 4  # a flag of the font descriptor: the characters are not those of the standard Latin set
MADE_UP = re.compile(r"/(?:[a-zA-Z]?\d+|[gGcC](?:id|lyph)?\d+)\b")  # names of glyphs that are but numbers
FIGURES = re.compile(r"[\d.,，．%]")
"""What a word may not say in part: half a figure is another figure."""
INDIRECT = "xref"
Spans = dict[tuple[int, int], list[tuple[float, float]]]
"""Of lines, by block and number, pieces from x to x."""


Unknown = dict[str, str]
"""By the name of a font the digits that cannot be known in it; empty for a font of which nothing can."""


class Fonts:
    """The fonts of a file; each is looked at once."""

    def __init__(self, file: pymupdf.Document) -> None:
        self.file = file
        self._known: dict[int, str | None] = {}
        self._hidden: dict[tuple[str, ...], Unknown] = {}

    def hidden(self, page: pymupdf.Page, source: pymupdf.TextPage) -> Spans:
        """Where on a page there is text that cannot be read, as its words are counted."""
        names = self._unknown(page)
        return spans_in(source, names) if names else {}

    def _unknown(self, page: pymupdf.Page) -> Unknown:
        """What is unknown in a page's fonts; pages that state the same resources have the same."""
        own, forms = (self.file.xref_get_key(page.xref, f"Resources/{kind}") for kind in ("Font", "XObject"))
        resources = (*own, *forms)
        known = self._hidden.get(resources) if own[0] != "null" else None
        if known is None:
            fonts = page.get_fonts(full=True)
            unknown = ((name, self._unknown_of(xref, kind)) for xref, _, kind, name, *_ in fonts if xref)
            known = {name: digits for name, digits in unknown if digits is not None}
            self._hidden[resources] = known
        return known

    def _unknown_of(self, xref: int, kind: str) -> str | None:
        if xref not in self._known:
            try:
                self._known[xref] = unknown_of(self.file, xref, kind)
            except MUPDF_ERRORS:  # it refers to nothing, or is stated in a form nobody reads
                self._known[xref] = ""
        return self._known[xref]


def unknown_of(file: pymupdf.Document, xref: int, kind: str) -> str | None:
    """The digits that cannot be known in a font, empty where nothing can, None where all can.

    MuPDF itself marks the characters of a composite font that its map leaves out; those of another it takes for ASCII.
    """
    codes = told(file, xref)
    if codes is None:
        return None if kind == "Type0" or is_encoded(file, xref, kind) else ""
    drawn = shown(file, xref, kind) if any(codes.values()) else {}
    if any(char and drawn.get(code, char) != char for code, char in codes.items()):
        return ""
    if kind == "Type0" or is_encoded(file, xref, kind):
        return None
    return left_out(file, xref, codes) or None


def is_encoded(file: pymupdf.Document, xref: int, kind: str) -> bool:
    """Whether an encoding says the characters of a font of one byte a character."""
    if kind == "Type3":
        return False
    sort, encoding = file.xref_get_key(xref, "Encoding")
    if sort == INDIRECT:
        encoding = file.xref_object(int(encoding.split()[0]))
    if MADE_UP.search(encoding.partition("/Differences")[2]):
        return False
    named = sort == "name" or "/BaseEncoding" in encoding
    return named or not is_embedded_symbol(file, xref)


def is_embedded_symbol(file: pymupdf.Document, xref: int) -> bool:
    """Whether a font brings its own glyphs and says that they are not the standard ones."""
    flags = file.xref_get_key(xref, "FontDescriptor/Flags")[1]
    own = any(file.xref_get_key(xref, f"FontDescriptor/FontFile{n}")[0] != "null" for n in ("", "2", "3"))
    return own and flags.isdecimal() and bool(int(flags) & SYMBOLIC)


def spans_in(source: pymupdf.TextPage, fonts: Unknown) -> Spans:
    """Where text stands that is unknown in those fonts.

    Their names have the tags of their subsets, for two subsets of a font may differ in this.
    """
    found: Spans = {}
    pymupdf.TOOLS.set_subset_fontnames(True)
    try:
        blocks = [block for block in source.extractDICT()["blocks"] if "lines" in block]
    finally:
        pymupdf.TOOLS.set_subset_fontnames(False)
    for at, block in enumerate(blocks):
        for number, line in enumerate(block["lines"]):
            spans = [(span["bbox"][0], span["bbox"][2]) for span in line["spans"] if is_unknown(span["text"], fonts.get(span["font"]))]
            if spans:
                found[at, number] = spans
    return found


def is_unknown(text: str, digits: str | None) -> bool:
    """Whether a text in a font cannot be read of which these digits, or all characters, are unknown."""
    return digits is not None and (not digits or any(char in digits for char in text))


def veiled(text: str, line: tuple[int, int], middle: float, hidden: Spans) -> str:
    """A word as far as it can be read: none of it where its font is unmapped, no figures where a character of it is unknown."""
    if any(start <= middle <= end for start, end in hidden.get(line, ())):
        return UNREADABLE * len(text)
    return FIGURES.sub(UNREADABLE, text) if UNREADABLE in text else text
