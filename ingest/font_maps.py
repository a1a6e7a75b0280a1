"""What a font's ToUnicode map says its codes mean, against what its encoding or its own glyphs say: figures alone, for they are the danger.

A map that calls a glyph 3 which the font itself knows as 8 is wrong, whether by accident or by design: the page shows 8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

import pymupdf

from ingest.opening import MUPDF_ERRORS

DIGITS = "0123456789"
NAMES = dict(zip(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], DIGITS, strict=True))
SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
ITEM = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
MAY_MATTER = re.compile(rb"<\s*[0\s]*3\s*\d\s*>")  # a digit of ASCII, as a code or as what one stands for
DIFFERENCE = re.compile(r"(\d+)|/([^\s/\[\]]+)")
STANDARD = {ord(digit): digit for digit in DIGITS}
LONGEST = 5_000_000  # bytes of a map
Map = dict[int, str]
"""Codes with their digits."""


def told(file: pymupdf.Document, xref: int) -> Map | None:
    """What a font's ToUnicode map says of the codes that matter: those it takes for digits, and those of ASCII's digits.

    The text is empty where it is no digit; None where the font has no map that is a stream.
    """
    kind, value = file.xref_get_key(xref, "ToUnicode")
    if kind != "xref":
        return None
    try:
        stream = file.xref_stream(int(value.split()[0])) or b""
    except MUPDF_ERRORS:
        return {}
    return dict(entries(stream[:LONGEST]))


def entries(stream: bytes) -> Iterator[tuple[int, str]]:
    """The codes that matter in the text of a ToUnicode map, with their digits."""
    for kind, body in SECTION.findall(stream):
        if kind == b"bfchar" and not MAY_MATTER.search(body):
            continue
        items = iter(ITEM.findall(body))
        for item in items:
            start = number(item[0])
            if kind == b"bfchar":
                yield from digit(start, next(items, (b"",))[0])
                continue
            end = number(next(items, (b"",))[0])
            first, bracket = next(items, (b"", b""))[:2]
            if bracket:
                for at, listed in enumerate(takewhile(lambda item: not item[2], items)):
                    yield from digit(start + at, listed[0])
            else:
                yield from stretch(start, end, number(first))


def stretch(start: int, end: int, first: int) -> Iterator[tuple[int, str]]:
    """The codes that matter among those that stand for the characters from one on."""
    digits = {start + value - first: chr(value) for value in STANDARD if first <= value <= first + end - start}
    yield from ({code: "" for code in STANDARD if start <= code <= end} | digits).items()


def digit(code: int, text: bytes) -> Iterator[tuple[int, str]]:
    """A code with its digit, where the text in hexadecimal is one or the code is that of one in ASCII."""
    value = number(text)
    if value in STANDARD or code in STANDARD:
        yield code, STANDARD.get(value, "")


def number(text: bytes) -> int:
    """A number in hexadecimal; -1 for none."""
    bare = b"".join(text.split())
    return int(bare, 16) if bare else -1


def left_out(file: pymupdf.Document, xref: int, codes: Map) -> str:
    """The digits of ASCII whose codes a font of one byte a character has and its map leaves out: MuPDF takes them for those digits."""
    first, last = (file.xref_get_key(xref, key)[1] for key in ("FirstChar", "LastChar"))
    stated = range(int(first), int(last) + 1) if first.isdecimal() and last.isdecimal() else range(256)
    return "".join(digit for code, digit in STANDARD.items() if code in stated and code not in codes)


def shown(file: pymupdf.Document, xref: int, kind: str) -> Map:
    """The codes that a font draws as digits, as far as its encoding or its own glyphs tell."""
    return by_glyphs(file, xref) if kind == "Type0" else by_encoding(file, xref)


def by_encoding(file: pymupdf.Document, xref: int) -> Map:
    """The digits of a font of one byte a character whose encoding is stated."""
    sort, encoding = file.xref_get_key(xref, "Encoding")
    if sort == "name":
        return dict(STANDARD) if encoding in {"/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding"} else {}
    if sort == "xref":
        encoding = file.xref_object(int(encoding.split()[0]))
    found, code = {}, 0
    for start, name in DIFFERENCE.findall(encoding.partition("/Differences")[2].partition("]")[0]):
        if start:
            code = int(start)
        else:
            if name in NAMES:
                found[code] = NAMES[name]
            code += 1
    return found


def by_glyphs(file: pymupdf.Document, xref: int) -> Map:
    """The digits of a composite font whose codes are the numbers of its glyphs (Identity-H, a TrueType font with a character table)."""
    if file.xref_get_key(xref, "Encoding")[1] not in {"/Identity-H", "/Identity-V"}:
        return {}
    own = descendant(file, xref)
    if not own or file.xref_get_key(own, "CIDToGIDMap")[1] not in {"/Identity", "null"}:
        return {}
    kind, value = file.xref_get_key(own, "FontDescriptor/FontFile2")
    if kind != "xref":
        return {}
    try:
        font = pymupdf.Font(fontbuffer=file.xref_stream(int(value.split()[0])))
    except MUPDF_ERRORS:
        return {}
    return {glyph: char for char in DIGITS if (glyph := font.has_glyph(ord(char)))}


def descendant(file: pymupdf.Document, xref: int) -> int:
    """The font within a composite font; 0 where it is not an object of its own."""
    kind, value = file.xref_get_key(xref, "DescendantFonts")
    if kind == "xref":
        value = file.xref_object(int(value.split()[0]))
    match = re.search(r"(\d+) 0 R", value)
    return int(match[1]) if match else 0
