"""A document from its pages: tables in order, paragraphs in order, each word in one of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.aligned import find_aligned
from ingest.captions import Caption, caption_above, is_note
from ingest.contents import contents_lines, is_entry, is_title
from ingest.filling import fill
from ingest.grid import find_grids
from ingest.headings import is_enumerated
from ingest.lines import PrintedLine, furniture, printed_lines
from ingest.outline import outline
from ingest.overrun import over_bottom, over_top, settle
from ingest.page import Content
from ingest.paragraphs import Draft, Measure, belongs, draft, extend, measure, usual_measures
from ingest.sheet import Sheet
from ingest.tables import Builder, begin, continue_with
from model.document import Paragraph, Table
from model.document import Reading as How

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
    contents: set[int] = field(default_factory=set)  # ids of the lines of the table of contents
    usual: dict[int, Measure] = field(default_factory=dict)  # the text block by the page's width
    after: bool = False  # whether text has followed the last table
    cut: list[PrintedLine] = field(default_factory=list)  # lines cut by the end of the last table's page


def parts_of(content: Content, before: PageParts | None = None) -> PageParts:
    """A page's sheets and remaining lines; ``before`` is the page before, whose table may go on."""
    grids = find_grids(content)
    lines = printed_lines(content, fill(grids, content))
    if not grids:
        last = before.sheets[-1].grid if before and before.sheets else None
        grids, lines = find_aligned(content, lines, last if last and last.reading is How.ALIGNED else None)
    content.source = None
    return PageParts(content, [Sheet(content, grid) for grid in grids], lines)


def assemble(pages: list[PageParts]) -> tuple[tuple[Table, ...], tuple[Paragraph, ...]]:
    """The document's tables and paragraphs."""
    dropped = furniture([page.lines for page in pages])
    kept = [[line for line in page.lines if id(line) not in dropped] for page in pages]
    reading = Reading(contents=contents_lines(kept), usual=usual_measures(kept))
    for page, lines in zip(pages, kept, strict=True):
        cover = _cover(page, lines)
        reading.drafts += [draft(line, "cover") for line in cover]
        _read(reading, page, lines[len(cover) :])
    outline(reading.drafts)
    return tuple(b.finished() for b in reading.builders), tuple(d.finished() for d in reading.drafts)


def _cover(page: PageParts, lines: list[PrintedLine]) -> list[PrintedLine]:
    """The lines of the cover: a first page of few lines without table or sentence, or what stands above the contents there."""
    if page.content.number != 1 or page.sheets:
        return []
    for index, line in enumerate(lines[:COVER_LINES]):
        if is_title(line.tight) or is_entry(line.tight):
            return lines[:index]
        if line.tight.endswith(("。", "；")):
            return []
    return lines if len(lines) <= COVER_LINES else []


def _read(reading: Reading, page: PageParts, lines: list[PrintedLine]) -> None:
    """One page: the lines above each grid, the grid, and the lines below the last one."""
    here = measure(lines, reading.usual.get(round(page.content.width))) if lines else None
    rest = lines
    if not page.sheets:
        _give_up_cut(reading)
    for index, sheet in enumerate(page.sheets):
        top = sheet.grid.ys[0]
        above = [line for line in rest if line.box.center[1] < top]
        rest = [line for line in rest if line.box.center[1] >= top]
        if index:
            _give_up_cut(reading)
        _sheet(reading, sheet, above, here, first=index == 0)
    if page.sheets:
        reading.cut = over_bottom(page.sheets[-1], rest)
        rest = [line for line in rest if line not in reading.cut]
    _text(reading, rest, here)


def _sheet(reading: Reading, sheet: Sheet, above: list[PrintedLine], here: Measure | None, *, first: bool) -> None:
    """A grid and the lines between it and what stands above it."""
    caption = caption_above([line.words for line in above], sheet.grid.box, sheet.caption_lines())
    sheet.title = caption.title
    over = over_top(sheet, above) if first else []
    if over:
        without = [line for line in above if line not in over]
        caption = caption_above([line.words for line in without], sheet.grid.box, sheet.caption_lines())
        sheet.title = caption.title
        if _joined(reading, sheet, caption, without, over):
            return
    taken = {id(words) for words in caption.lines}
    text = [line for line in above if id(line.words) not in taken]
    captions = [line for line in above if id(line.words) in taken]
    if first and not over and _joined(reading, sheet, caption, text, []):
        _own_lines(reading, sheet, captions)
        return
    _give_up_cut(reading)
    _text(reading, text, here)
    if first and reading.after:
        _title_before(reading, sheet, caption)
        sheet.title = caption.title
    reading.builders.append(begin(f"T{len(reading.builders) + 1:02}", sheet, caption))
    _own_lines(reading, sheet, captions)


def _joined(reading: Reading, sheet: Sheet, caption: Caption, between: list[PrintedLine], over: list[PrintedLine]) -> bool:
    """Continue the last table with a page's first grid, where nothing stands between them and it fits."""
    builder = reading.builders[-1] if reading.builders else None
    taken = {id(words) for words in caption.lines}
    if builder is None or reading.after or any(id(line.words) not in taken for line in between):
        return False
    before = builder.sheets[-1][0]
    if builder.last_page != sheet.page - 1 or not continue_with(builder, sheet, caption):
        return False
    settle(before, sheet, reading.cut, over)
    reading.cut = []
    return True


def _give_up_cut(reading: Reading) -> None:
    """Read the lines at the last page's end as text after all: the table does not go on."""
    lines, reading.cut = reading.cut, []
    if lines:
        _text(reading, lines, measure(lines))


def _title_before(reading: Reading, sheet: Sheet, caption: Caption) -> None:
    """Take a number and a title that stand alone at the end of the page before."""
    for paragraph in reversed(reading.drafts[-2:]):
        line = paragraph.last
        if paragraph.role != "text" or line.page != sheet.page - 1 or len(paragraph.lines) > 1 or not caption.wants(line.words):
            return
        box = caption.title_box
        caption.take(line.words)
        caption.title_box = box
        paragraph.role, paragraph.table = "caption", f"T{len(reading.builders) + 1:02}"


def _own_lines(reading: Reading, sheet: Sheet, captions: list[PrintedLine]) -> None:
    """Keep a table's captions and notes as paragraphs."""
    reading.open, reading.after = None, False
    table = reading.builders[-1].id
    for line in captions:
        reading.drafts.append(draft(line, "caption", table))
    for row in [*range(sheet.start), *range(sheet.stop, sheet.height)]:
        role = "caption" if row < sheet.start else "note"
        for cell in sheet.by_row[row]:
            lines = printed_lines(sheet.content, cell.words)
            if lines:
                paragraph = draft(lines[0], role, table)
                for line in lines[1:]:
                    extend(paragraph, line)
                reading.drafts.append(paragraph)


def _text(reading: Reading, lines: list[PrintedLine], here: Measure | None) -> None:
    """Running text: join each line to the open paragraph or begin another."""
    for line in lines:
        assert here is not None  # noqa: S101 - there are lines, so they were measured
        current = reading.open
        before = here if current is None or current.last.page == line.page else reading.before
        if current and before and _goes_on(reading, current, line, before, here):
            extend(current, line)
        else:
            reading.open = _begin_paragraph(reading, line)
            reading.open.indent = line.box.x0 - here.left
            reading.drafts.append(reading.open)
        reading.after = True
    if lines:
        reading.before = here


def _goes_on(reading: Reading, current: Draft, line: PrintedLine, before: Measure, here: Measure) -> bool:
    """Whether a line belongs to the open paragraph; an entry of the contents ends with its leaders."""
    if id(line) in reading.contents:
        return current.role == "contents" and is_entry(line.tight) and not is_entry(current.last.tight) and not is_enumerated(line.tight)
    return belongs(current, line, before, here)


def _begin_paragraph(reading: Reading, line: PrintedLine) -> Draft:
    """A paragraph that begins with a line."""
    if id(line) in reading.contents:
        return draft(line, "contents")
    builder = reading.builders[-1] if reading.builders else None
    if builder and _is_below(reading, builder, line) and (is_note(line.tight) or "空表" in line.tight):
        return draft(line, "note", builder.id)
    return draft(line)


def _is_below(reading: Reading, builder: Builder, line: PrintedLine) -> bool:
    """Whether a line stands below a table, on its page or first on the next one."""
    return builder.last_page == line.page or (not reading.after and builder.last_page == line.page - 1)
