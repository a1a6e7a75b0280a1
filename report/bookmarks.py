"""Bookmarks appended to a PDF's outline, its own bookmarks left exactly as they are.

PyMuPDF's ``set_toc`` writes the whole outline anew and loses what it does not understand (named destinations, actions), so
the new entries are linked behind the last one instead (ISO 32000-1, 12.3.3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pymupdf

from model.geometry import Box

BLACK = (0.0, 0.0, 0.0)
ABOVE = 40.0
"""Points of the page kept visible above the place a bookmark leads to."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A title that leads to a box as displayed. ``level`` is 0 at the top and at most one more than its predecessor's."""

    level: int
    title: str
    page: int
    box: Box
    colour: tuple[float, float, float] = BLACK


@dataclass(slots=True)
class Node:
    """An outline item to be written: its object number and its children's."""

    xref: int
    parent: int
    bookmark: Bookmark
    children: list[Node] = field(default_factory=list)


def append_bookmarks(document: pymupdf.Document, bookmarks: Sequence[Bookmark]) -> None:
    """Append them after the document's own. Pages beyond the document are left out."""
    kept = [bookmark for bookmark in bookmarks if 1 <= bookmark.page <= len(document)]
    if not kept:
        return
    root = outline_root(document)
    tops: list[Node] = []
    path: list[Node] = []
    for bookmark in kept:
        del path[bookmark.level :]
        node = Node(document.get_new_xref(), path[-1].xref if path else root, bookmark)
        (path[-1].children if path else tops).append(node)
        path.append(node)
    last = reference(document, root, "Last")
    for n, node in enumerate(tops):
        write(document, node, tops[n - 1].xref if n else last, tops[n + 1].xref if n + 1 < len(tops) else 0)
    if last:
        document.xref_set_key(last, "Next", f"{tops[0].xref} 0 R")
    else:
        document.xref_set_key(root, "First", f"{tops[0].xref} 0 R")
    document.xref_set_key(root, "Last", f"{tops[-1].xref} 0 R")
    count = document.xref_get_key(root, "Count")
    shown = int(count[1]) if count[0] == "int" else 0
    document.xref_set_key(root, "Count", str(max(shown, 0) + len(tops)))


def outline_root(document: pymupdf.Document) -> int:
    """The object number of the outline, a new one where the document has none that can be appended to."""
    catalog = document.pdf_catalog()
    found = reference(document, catalog, "Outlines")
    if found and bool(reference(document, found, "First")) == bool(reference(document, found, "Last")):
        return found
    root: int = document.get_new_xref()
    document.update_object(root, "<</Type/Outlines>>")
    document.xref_set_key(catalog, "Outlines", f"{root} 0 R")
    return root


def reference(document: pymupdf.Document, xref: int, key: str) -> int:
    """The object number a key refers to; 0 where it is no reference to a dictionary."""
    kind, value = document.xref_get_key(xref, key)
    if kind != "xref":
        return 0
    number = int(value.split()[0])
    try:
        return number if document.xref_object(number, compressed=True).startswith("<<") else 0
    except (RuntimeError, ValueError):  # the object is missing
        return 0


def write(document: pymupdf.Document, node: Node, before: int, after: int) -> None:
    """Write an outline item and those below it; top-level items are closed, the others too."""
    links = f"/Parent {node.parent} 0 R"
    links += f"/Prev {before} 0 R" if before else ""
    links += f"/Next {after} 0 R" if after else ""
    if node.children:
        links += f"/First {node.children[0].xref} 0 R/Last {node.children[-1].xref} 0 R/Count {-len(node.children)}"
    red, green, blue = node.bookmark.colour
    title = pymupdf.get_pdf_str(node.bookmark.title)
    document.update_object(
        node.xref, f"<</Title{title}{links}/Dest{destination(document, node.bookmark)}/C[{red:.2f} {green:.2f} {blue:.2f}]>>"
    )
    for n, child in enumerate(node.children):
        below = node.children
        write(document, child, below[n - 1].xref if n else 0, below[n + 1].xref if n + 1 < len(below) else 0)


def destination(document: pymupdf.Document, bookmark: Bookmark) -> str:
    """Where the bookmark leads, in the PDF's own coordinates (from the bottom, unrotated)."""
    page = document[bookmark.page - 1]
    corner = pymupdf.Point(bookmark.box.x0, max(0.0, bookmark.box.y0 - ABOVE)) * page.derotation_matrix * ~page.transformation_matrix
    left = 0 if not page.rotation else round(corner.x)
    return f"[{page.xref} 0 R/XYZ {left} {corner.y:.1f} null]"
