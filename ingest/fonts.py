"""Fonts whose codes say nothing of the characters they show: text in them is seen on the page and cannot be read from the file.

A font with a ToUnicode map names its characters. Without one a standard encoding does, or the names of its glyphs; where there is neither,
a code is a number that the font's maker gave out, and taking it for ASCII would turn figures into other figures.
"""

from __future__ import annotations

import re

import pymupdf

UNREADABLE = "\ufffd"
SYMBOLIC = 4  # a flag of the font descriptor: the characters are not those of the standard Latin set
MADE_UP = re.compile(r"/(?:[a-zA-Z]?\d+|[gGcC](?:id|lyph)?\d+)\b")  # names of glyphs that are but numbers
FIGURES = re.compile(r"[\d.,，．%]")
"""What a word may not say in part: half a figure is another figure."""
INDIRECT = "xref"
Spans = dict[tuple[int, int], list[tuple[float, float]]]
"""Of lines, by block and number, pieces from x to x."""


class Fonts:
    """The fonts of a file; each is looked at once."""

    def __init__(self, file: pymupdf.Document) -> None:
        self.file = file
        self._mapped: dict[int, bool] = {}
        self._hidden: dict[tuple[str, str], frozenset[str]] = {}

    def hidden(self, page: pymupdf.Page, source: pymupdf.TextPage) -> Spans:
        """Where on a page there is text that cannot be read, as its words are counted."""
        names = self._unmapped(page)
        return spans_in(source, names) if names else {}

    def _unmapped(self, page: pymupdf.Page) -> frozenset[str]:
        """The names of a page's unmapped fonts; pages that state the same resources have the same."""
        resources = self.file.xref_get_key(page.xref, "Resources")
        known = self._hidden.get(resources) if resources[0] != "null" else None
        if known is None:
            fonts = page.get_fonts(full=True)
            known = frozenset(name for xref, _, kind, name, *_ in fonts if xref and not self._is_mapped(xref, kind))
            self._hidden[resources] = known
        return known

    def _is_mapped(self, xref: int, kind: str) -> bool:
        if xref not in self._mapped:
            self._mapped[xref] = is_mapped(self.file, xref, kind)
        return self._mapped[xref]


def is_mapped(file: pymupdf.Document, xref: int, kind: str) -> bool:
    """Whether the characters of a font can be known. MuPDF itself marks those of a composite font that cannot."""
    if kind == "Type0" or file.xref_get_key(xref, "ToUnicode")[0] != "null":
        return True
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


def spans_in(source: pymupdf.TextPage, fonts: frozenset[str]) -> Spans:
    """Where text in those fonts stands. Their names have the tags of their subsets, for two subsets of a font may differ in this."""
    found: Spans = {}
    pymupdf.TOOLS.set_subset_fontnames(True)
    try:
        blocks = [block for block in source.extractDICT()["blocks"] if "lines" in block]
    finally:
        pymupdf.TOOLS.set_subset_fontnames(False)
    for at, block in enumerate(blocks):
        for number, line in enumerate(block["lines"]):
            spans = [(span["bbox"][0], span["bbox"][2]) for span in line["spans"] if span["font"] in fonts]
            if spans:
                found[at, number] = spans
    return found


def veiled(text: str, line: tuple[int, int], middle: float, hidden: Spans) -> str:
    """A word as far as it can be read: none of it where its font is unmapped, no figures where a character of it is unknown."""
    if any(start <= middle <= end for start, end in hidden.get(line, ())):
        return UNREADABLE * len(text)
    return FIGURES.sub(UNREADABLE, text) if UNREADABLE in text else text
