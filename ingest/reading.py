"""A document from its pages: tables in order, paragraphs in order, each word in one of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.captions import Caption, caption_above, is_note
from ingest.cells import tight
from ingest.filling import fill
from ingest.grid import find_grids
from ingest.headings import is_contents_line, level_of
from ingest.lines import PrintedLine, furniture, printed_lines
from ingest.page import Content
from ingest.paragraphs import Draft, Measure, belongs, draft, extend, measure, role_of
from ingest.sheet import Sheet
from ingest.tables import Builder, begin, continue_with
from model.document import Paragraph, Table

COVER_LINES = 14


@dataclass
class PageParts:
    """A page's grids with their texts, and its lines outside them."""

    content: Content
    sheets: list[Sheet]
    lines: list[PrintedLine]


@dataclass
class Reading:
    """What has been read so far. ``items`` are drafts and builders in the order they are printed."""

    drafts: list[Draft] = field(default_factory=list)
    builders: list[Builder] = field(default_factory=list)
    open: Draft | None = None
    before: Measure | None = None
    contents: bool = False
    path: list[tuple[int, str]] = field(default_factory=list)


def parts_of(content: Content) -> PageParts:
    """A page's sheets and remaining lines."""
    grids = find_grids(content)
    outside = fill(grids, content)
    sheets = [Sheet(content, grid) for grid in grids]
    content.source = None
    return PageParts(content, sheets, printed_lines(content, outside))


def assemble(pages: list[PageParts]) -> tuple[tuple[Table, ...], tuple[Paragraph, ...]]:
    """The document's tables and paragraphs."""
    dropped = furniture((line for page in pages for line in page.lines), len(pages))
    reading = Reading()
    for page in pages:
        lines = [line for line in page.lines if id(line) not in dropped]
        if _is_cover(page, lines):
            for line in lines:
                _add(reading, draft(line, "cover"))
        else:
            _read(reading, page, lines)
    return tuple(b.finished() for b in reading.builders), tuple(d.finished() for d in reading.drafts)


def _is_cover(page: PageParts, lines: list[PrintedLine]) -> bool:
    """Whether a page is the cover: the first one, with a few lines of large type and no table."""
    if page.content.number != 1 or page.sheets or not 0 < len(lines) <= COVER_LINES:
        return False
    return not any(line.tight.endswith(("。", "；")) or is_contents_line(line.tight) for line in lines)


def _read(reading: Reading, page: PageParts, lines: list[PrintedLine]) -> None:
    """One page: the lines above each grid, the grid, and the lines below the last one."""
    here = measure(lines) if lines else None
    rest = lines
    for index, sheet in enumerate(page.sheets):
        top = sheet.grid.ys[0]
        above = [line for line in rest if line.box.center[1] < top]
        rest = [line for line in rest if line.box.center[1] >= top]
        caption = caption_above([line.words for line in above], sheet.grid.box)
        taken = {id(words) for words in caption.lines}
        text = [line for line in above if id(line.words) not in taken]
        _inner_captions(caption, sheet)
        first = index == 0 and not text
        _text(reading, text, here)
        captions = [line for line in above if id(line.words) in taken]
        _table(reading, sheet, caption, captions, first)
    _text(reading, rest, here)


def _inner_captions(caption: Caption, sheet: Sheet) -> None:
    """Read the caption rows inside a grid."""
    for row in range(sheet.start - 1, -1, -1):
        for cell in sheet.by_row[row]:
            if cell.words:
                caption.take(sorted(cell.words, key=lambda w: (round(w.y0), w.x0)))


def _table(reading: Reading, sheet: Sheet, caption: Caption, captions: list[PrintedLine], first: bool) -> None:
    """Continue the last table with a sheet, or begin one."""
    builder = reading.builders[-1] if reading.builders else None
    joined = False
    if builder and first and builder.last_page == sheet.page - 1:
        joined = continue_with(builder, sheet, caption)
    if not joined:
        builder = begin(f"T{len(reading.builders) + 1:02}", sheet, caption)
        reading.builders.append(builder)
    assert builder is not None  # noqa: S101 - one of the two branches has set it
    reading.open = None
    for line in captions:
        _add(reading, draft(line, "caption", builder.id))
    for row in range(sheet.height):
        if row < sheet.start or row >= sheet.stop:
            role = "caption" if row < sheet.start else "note"
            for cell in sheet.by_row[row]:
                lines = printed_lines(sheet.content, cell.words)
                if lines:
                    paragraph = draft(lines[0], role, builder.id)
                    for line in lines[1:]:
                        extend(paragraph, line)
                    _add(reading, paragraph)


def _text(reading: Reading, lines: list[PrintedLine], here: Measure | None) -> None:
    """Running text: join each line to the open paragraph or begin another."""
    for line in lines:
        assert here is not None  # noqa: S101 - there are lines, so they were measured
        text = line.tight
        role = role_of(line)
        if text in ("目录", "目次"):
            reading.contents, role = True, "contents"
        current = reading.open
        before = here if current is None or current.last.page == line.page else reading.before
        if role != "contents" and current and before and belongs(current, line, before, here):
            extend(current, line)
        else:
            table = None
            if role == "text" and is_note(text) and reading.builders and reading.builders[-1].last_page == line.page:
                role, table = "note", reading.builders[-1].id
            reading.open = draft(line, role, table)
            _add(reading, reading.open)
    if lines:
        reading.before = here


def _add(reading: Reading, paragraph: Draft) -> None:
    """Add a paragraph under the headings above it."""
    if paragraph.role == "heading":
        level = level_of(tight(paragraph.text))
        while reading.path and reading.path[-1][0] >= level:
            reading.path.pop()
        paragraph.section = tuple(text for _, text in reading.path)
        reading.path.append((level, paragraph.text))
    else:
        paragraph.section = tuple(text for _, text in reading.path)
    reading.drafts.append(paragraph)
