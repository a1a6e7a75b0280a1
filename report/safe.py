"""A document's text is data: what makes it harmless in a cell, in markup, in XML and in a file's name."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from itertools import accumulate

# What XML 1.0 cannot hold, and marks that reorder the text around them on the screen.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LEADERS = re.compile(r"[.…·．]{6,}")
"""The dots between a heading and its page number in a table of contents."""
# Excel in Chinese takes the full-width forms for the same signs.
FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
PLAIN_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?", re.ASCII)
SIGNED_FIGURE = re.compile(r"[+-]?[\d,]*\.?\d+\s*%?|-+", re.ASCII)
MARKUP = re.compile(r"([\\`*_\[\]<>#|~$&!])")
LEADING_MARK = re.compile(r"^(\d*)([-+=.)])(?=[-=+\s]|$)")
LINK = re.compile(r"(?i)(https?|ftp|mailto|www)(?=[:.])")
RESERVED_NAMES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")})
UNFIT_IN_NAMES = re.compile(r'[<>:"/\\|?*#%&{}$!\'`@+=\s]+')
NAME_BYTES = 120
WIDE = 0x2010
"""Characters from here on are as wide as two digits in a Chinese font."""
EXACT_DIGITS = 15
"""A spreadsheet keeps this many digits of a number."""


def clean(text: str) -> str:
    """The text without characters that XML cannot hold and without direction overrides; Unix line ends, leaders cut short."""
    return LEADERS.sub("……", FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def encodable(text: str) -> str:
    """The text with what no encoding takes written out: the bytes of a file's name that are no UTF-8 come as lone surrogates."""
    return text.encode(errors="backslashreplace").decode()


def formula_safe(text: str) -> str:
    """Text for a file whose cells have no types (CSV): what a spreadsheet would run is made text; signed figures stay."""
    if text[:1] in FORMULA_STARTS and not SIGNED_FIGURE.fullmatch(text):
        return "'" + text
    return text


def plain_number(text: str) -> tuple[Decimal, str] | None:
    """A printed decimal as a number and the cell format that prints it the same way; None for any other text.

    More digits than a spreadsheet keeps stay text, so that no digit is lost.
    """
    found = PLAIN_NUMBER.fullmatch(text)
    if not found:
        return None
    value = Decimal(text.replace(",", ""))
    if len(value.as_tuple().digits) > EXACT_DIGITS:
        return None
    places = len(found[1] or "")
    return value, ("#,##0" if "," in text else "0") + ("." + "0" * places if places else "")


def markdown(text: str) -> str:
    """Text that shows as it is in Markdown, on one line: no markup, no HTML, no link."""
    line = " ".join(clean(text).split())
    return LINK.sub(r"\1\\", LEADING_MARK.sub(r"\1\\\2", MARKUP.sub(r"\\\1", line)))


def markdown_block(text: str) -> str:
    """The same for text of several lines: each stays a line."""
    return "  \n".join(markdown(line) for line in clean(text).split("\n") if line.strip())


def shortened(text: str, most: int) -> str:
    """At most that many characters, an ellipsis in place of the rest."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def width(text: str) -> int:
    """A text's width in half Chinese characters: letters and digits are about half as wide."""
    return sum(1 if ord(char) < WIDE else 2 for char in text)


def fitted(text: str, most: int) -> str:
    """Text no wider than that many Chinese characters, an ellipsis in place of the rest."""
    if width(text) <= 2 * most:
        return text
    widths = accumulate(width(char) for char in text)
    return text[: sum(1 for total in widths if total <= 2 * most - 2)].rstrip() + "…"


def lines_of(text: str, length: int) -> int:
    """Lines a text takes where that many Chinese characters fit one: a Chinese character is as wide as two others."""
    return sum(-(-width(line) // (2 * length)) or 1 for line in text.split("\n"))


def file_name(title: str, fallback: str = "document") -> str:
    """A name without folder and suffix that Windows, macOS and Linux accept: no separators, no device names, not too long.

    The length is limited in bytes of UTF-8, since a Chinese character takes three of a Linux name's 255.
    """
    name = UNFIT_IN_NAMES.sub("_", unicodedata.normalize("NFC", clean(title)).replace("\n", " "))
    name = name.encode()[:NAME_BYTES].decode(errors="ignore").strip("._ ")
    if not name:
        return fallback
    return f"_{name}" if name.split(".")[0].casefold() in RESERVED_NAMES else name
