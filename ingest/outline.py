"""The outline: which paragraphs are headings, and under which headings each paragraph stands."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.cells import tight
from ingest.headings import level_of
from ingest.paragraphs import Draft


def outline(drafts: Iterable[Draft]) -> None:
    """Mark the headings among running text, and give each paragraph the path of headings above it."""
    path: list[tuple[int, str]] = []
    for draft in drafts:
        level = level_of(tight(draft.text)) if draft.role == "text" else 0
        if not level:
            draft.section = tuple(text for _, text in path)
            continue
        draft.role = "heading"
        while path and path[-1][0] >= level:
            path.pop()
        draft.section = tuple(text for _, text in path)
        path.append((level, draft.text))
