"""The outline: which paragraphs are headings, and under which headings each paragraph stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from ingest.cells import tight
from ingest.headings import LONGEST, SENTENCE, is_enumerated, level_of
from ingest.paragraphs import OTHER_CENTERED, Draft, is_centered

LIST_LEVEL = 4  # from here on an enumerated line may be an item of a list
SHORTEST = 4
BARE = re.compile(r"第.{1,3}(?:部分|章|篇)")


def outline(drafts: Sequence[Draft]) -> None:
    """Mark the headings among running text, and give each paragraph the path of headings above it."""
    levels = _levels(drafts)
    path: list[tuple[int, str]] = []
    bare: Draft | None = None
    for draft, level in zip(drafts, levels, strict=True):
        if bare and _names(bare, draft):
            path[-1] = (path[-1][0], f"{bare.text} {draft.text}")
            draft.role, draft.section, bare = "heading", bare.section, None
            continue
        bare = None
        while level and path and path[-1][0] >= level:
            path.pop()
        draft.section = tuple(text for _, text in path)
        if level:
            draft.role = "heading"
            path.append((level, draft.text))
            bare = draft if BARE.fullmatch(tight(draft.text)) else None


def _levels(drafts: Sequence[Draft]) -> list[int]:
    """Each paragraph's level as a heading, 0 for text. Items of a list, one after the other with nothing between, are text."""
    levels = [_level(draft) if draft.role == "text" else 0 for draft in drafts]
    start = 0
    for level, group in groupby(levels):
        length = len(list(group))
        if level >= LIST_LEVEL and length > 1:
            levels[start : start + length] = [0] * length
        start += length
    return levels


def _level(draft: Draft) -> int:
    """A paragraph's level by its enumerator; 1 for a short line without one set in the middle of the page."""
    if len(draft.text) > LONGEST:
        return 0
    text = tight(draft.text)
    if is_enumerated(text):
        return level_of(text)
    plain = len(text) >= SHORTEST and not SENTENCE.search(text) and not OTHER_CENTERED.search(text)
    return 1 if plain and is_centered(draft.last) and len(draft.lines) <= 2 else 0


def _names(bare: Draft, draft: Draft) -> bool:
    """Whether a paragraph is the name of the part whose number stands alone on the line above (第一部分 / 部门概况)."""
    text = tight(draft.text)
    return (
        draft.role == "text"
        and draft.last.page == bare.last.page
        and len(text) <= LONGEST
        and not SENTENCE.search(text)
        and not is_enumerated(text)
    )
