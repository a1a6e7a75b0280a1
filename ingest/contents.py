"""The table of contents: which lines belong to it, over how many pages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.headings import is_enumerated
from ingest.lines import PrintedLine

LEADERS = re.compile(r"(?:[.．…·•‥]{4,}|…{2,}|⋯{2,}|-{6,}|_{6,})[\s\d（()）-]*$")
LAST = frozenset(".．…·•‥⋯-_0123456789)）")  # characters an entry ends with
TITLES = ("目录", "目次", "目录：")
ENTRY = 45  # characters of the longest entry
FEWEST = 3  # lines with leaders that make a table of contents without a title


def is_entry(text: str) -> bool:
    """Whether a line ends in leaders and a page number."""
    return text[-1] in LAST and bool(LEADERS.search(text))


def is_title(text: str) -> bool:
    """Whether a line is the heading of the table of contents."""
    return text in TITLES


def contents_lines(pages: Iterable[list[PrintedLine]]) -> set[int]:
    """The ids of the lines that make up the table of contents."""
    found: set[int] = set()
    seen: set[str] = set()
    going = leaders = False
    for lines in pages:
        start = _start(lines, going)
        entries = any(is_entry(line.tight) for line in lines)
        if start is None or (leaders and not entries):
            going = leaders = False
            continue
        taken = _taken(lines, start, seen, further=going)
        going, leaders = bool(taken) and taken[-1] is lines[-1], entries
        found.update(id(line) for line in taken)
    return found


def _start(lines: list[PrintedLine], going: bool) -> int | None:
    """Where on a page the contents begin or go on; None where there are none."""
    for index, line in enumerate(lines):
        if is_title(line.tight):
            return index
    if going:
        return 0
    entries = [index for index, line in enumerate(lines) if is_entry(line.tight)]
    return entries[0] if len(entries) >= FEWEST else None


def _taken(lines: list[PrintedLine], start: int, seen: set[str], *, further: bool) -> list[PrintedLine]:
    """The lines of a page that belong to the contents: up to the last one with leaders, and on to the first that begins the text.

    The text begins where an entry comes again or a sentence ends, on a ``further`` page also where no enumerator is.
    """
    entries = [index for index, line in enumerate(lines) if is_entry(line.tight)]
    for index in range(start, len(lines)):
        text = _plain(lines[index].tight)
        if not entries or index > entries[-1]:
            sentence = len(text) > ENTRY or (text.endswith(("。", "；", "，")) and not is_enumerated(text))
            if sentence or text in seen or (further and not is_enumerated(text)):
                return lines[start:index]
        seen.add(text)
    return lines[start:]


def _plain(text: str) -> str:
    """An entry without its leaders and page number."""
    return re.sub(r"[.．…·•‥⋯_-]*\d*$", "", text)
