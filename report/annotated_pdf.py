"""The original PDF with the findings marked: highlights with notes, and a bookmark a finding.

The original's bytes stay as they are at the beginning of the new file; everything is appended after them, so that anyone can
cut the marks off again and compare hashes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pymupdf

from model.assessment import Assessments
from model.findings import SEVERITIES, Examination
from model.geometry import Box
from report.bookmarks import Bookmark, append_bookmarks
from report.marks import COLOURS, SUSPECT, lighter, marks, padded, quad_on
from report.points import Point, account, points, upheld, verification
from report.safe import shortened
from words import Language, say

OPACITY = {True: 0.75, False: 0.5}
NOTE_LIMIT = 4_000
TALLEST_LINE = 60.0
"""Points: what is higher than a few lines of a cell (a whole table) is framed, not painted over."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """The marked file, or None with the reason why there is none (``export.<reason>`` of the words catalogue).

    A reason beside bytes says what is unusual about them.
    """

    data: bytes | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """One box of a page with every finding that speaks of it, the one that marks it strongest first."""

    page: int
    box: Box
    notes: tuple[tuple[Point, str], ...]


def annotate(pdf: bytes, examination: Examination, assessments: Assessments, language: Language) -> Annotated:
    """Mark the findings that the auditor did not reject.

    A file that asks for a password or forbids notes is left alone (``encrypted``, ``forbidden``); a damaged one
    is written anew, without its original bytes as beginning (``rewritten``); what is no PDF is refused (``unreadable``).
    """
    found = upheld(points([examination], assessments, language))
    with TemporaryDirectory(prefix="gouji-") as folder:
        path = Path(folder) / "marked.pdf"
        path.write_bytes(pdf)
        try:
            with pymupdf.open(path, filetype="pdf") as document:
                refusal = refused(document)
                if refusal:
                    return Annotated(None, refusal)
                draw(document, spots(found, len(document)), language)
                append_bookmarks(document, bookmarks(found, language))
                return saved(document, path)
        except (RuntimeError, pymupdf.mupdf.FzErrorBase):  # MuPDF's own errors, and PyMuPDF's for a file that is none
            return Annotated(None, "unreadable")


def refused(document: pymupdf.Document) -> str:
    """Why the file must not or cannot be marked; "" where it may be."""
    if document.needs_pass:
        return "encrypted"
    if not document.permissions & pymupdf.PDF_PERM_ANNOTATE:
        return "forbidden"
    return ""


def saved(document: pymupdf.Document, path: Path) -> Annotated:
    """The file's bytes: appended where the file is sound, written anew where it had to be repaired."""
    if document.can_save_incrementally():
        document.save(path, incremental=True, encryption=pymupdf.PDF_ENCRYPT_KEEP, no_new_id=True)
        return Annotated(path.read_bytes())
    return Annotated(document.tobytes(garbage=1, deflate=True), "rewritten")


def spots(found: Sequence[Point], pages: int) -> list[Spot]:
    """The boxes to mark, each once, however many findings speak of it."""
    notes: dict[tuple[int, Box], list[tuple[Point, str]]] = {}
    for point in found:
        for mark in marks(point.finding):
            if 1 <= mark.page <= pages:
                notes.setdefault((mark.page, mark.box), []).append((point, mark.role))
    return [Spot(page, box, tuple(sorted(said, key=strength))) for (page, box), said in notes.items()]


def strength(said: tuple[Point, str]) -> tuple[bool, int, int]:
    """Suspects before related figures, grave before light, in the list's order."""
    point, role = said
    return role != SUSPECT, SEVERITIES.index(point.severity), point.number


def draw(document: pymupdf.Document, all_spots: Sequence[Spot], language: Language) -> None:
    """Put the highlights on their pages."""
    for spot in all_spots:
        page = document[spot.page - 1]
        point, role = spot.notes[0]
        suspect = role == SUSPECT
        colour = COLOURS[point.severity]
        quad = quad_on(page, padded(spot.box))
        if min(spot.box.height, spot.box.width) > TALLEST_LINE:
            note = page.add_rect_annot(quad.rect)
            note.set_colors(stroke=colour)
        else:
            note = page.add_highlight_annot(quad)
            note.set_colors(stroke=lighter(colour, 0.25) if suspect else lighter(colour, 0.65))
            note.set_opacity(OPACITY[suspect])
        note.set_info(title=say("export.author", language), subject=point.reference, content=note_text(spot, language))
        note.set_popup(popup_box(page, spot.box))
        note.update()


def popup_box(page: pymupdf.Page, box: Box) -> pymupdf.Rect:
    """A note's window in the page's margin, beside the box."""
    width, height = 220.0, 140.0
    x = max(page.rect.x0, page.rect.x1 - width)
    y = min(max(page.rect.y0, box.y1 + 4), max(page.rect.y0, page.rect.y1 - height))
    return pymupdf.Rect(x, y, page.rect.x1, y + height) * page.derotation_matrix


def note_text(spot: Spot, language: Language) -> str:
    """What the note of a box says: the findings it is the suspect of in full, the others by title."""
    parts = []
    for point, role in spot.notes:
        head = f"[{point.reference}] {say(f'export.grade.{point.severity.value}', language)} · {point.title}"
        if role != SUSPECT:
            parts.append(say("export.note.related", language, finding=head))
            continue
        parts.append("\n".join((head, account(point), verification(point.assessment, language))))
    return shortened("\n\n".join(parts), NOTE_LIMIT)


def bookmarks(found: Sequence[Point], language: Language) -> list[Bookmark]:
    """One bookmark for all, a severity's below it, a finding's below that."""
    entries = [Bookmark(0, say("export.bookmarks", language, n=len(found)), found[0].page, found[0].source.place.box)] if found else []
    for severity in SEVERITIES:
        chosen = [point for point in found if point.severity is severity]
        name = say("export.counted", language, severity=say(f"export.severity.{severity.value}", language), n=len(chosen))
        for n, point in enumerate(chosen):
            if n == 0:
                entries.append(Bookmark(1, name, point.page, point.source.place.box, COLOURS[severity]))
            title = say("export.bookmark", language, page=point.page, title=point.title)
            entries.append(Bookmark(2, title, point.page, point.source.place.box, COLOURS[severity]))
    return entries
