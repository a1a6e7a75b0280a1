"""Words joined to text: words to printed lines, lines to the text of a cell."""

from __future__ import annotations

import re

from ingest.characters import is_wide
from ingest.page import Word

COMPLETE = re.compile(r"\d\.\d{2,}[)）%]?$")  # a figure that needs no second line


def lines_of(words: list[Word]) -> list[list[Word]]:
    """Words gathered into printed lines, from the top down, each from left to right.

    Order comes from coordinates, not from the stream. Digits are often set some points lower than the text of their line, so two
    words share a line when their middles differ by less than half the larger one's size.
    """
    if len(words) == 1:
        return [words]
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.y0 + w.y1):
        if lines:
            last = lines[-1][0]
            if abs(word.middle - last.middle) < 0.5 * max(word.size, last.size):
                lines[-1].append(word)
                continue
        lines.append([word])
    for line in lines:
        line.sort(key=lambda w: w.x0)
    return lines


def cell_text(words: list[Word]) -> str:
    """A cell's text, its printed lines joined. Spaces stand only between words of Latin letters or digits."""
    if not words:
        return ""
    if len(words) == 1:
        return words[0].text
    text = ""
    for line in lines_of(words):
        for index, word in enumerate(line):
            if text and _apart(text, word.text[0], same_line=index > 0):
                text += " "
            text += word.text
    return text


def _apart(before: str, after: str, *, same_line: bool) -> bool:
    """Whether a space stands between two words: at a line's end only between Latin words and between complete figures."""
    if is_wide(before[-1]) or is_wide(after):
        return False
    if same_line:
        return True
    return (before[-1].isalpha() and after.isalpha()) or (after.isdigit() and bool(COMPLETE.search(before)))


def tight(text: str) -> str:
    """The text without its spaces."""
    return "".join(text.split()) if " " in text or "\u3000" in text else text
