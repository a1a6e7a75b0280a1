"""Tables from sheets: header paths, body rows, and the pages of a continued table joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.brokenrows import join_broken
from ingest.captions import Caption, box_of
from ingest.cells import tight
from ingest.page import Word
from ingest.sheet import AMOUNT, Sheet
from model.document import Cell, Row, Table
from model.document import Reading as How
from model.geometry import Box, Place

HEADING = re.compile(r"名称|科目|合计|金额|序号|算数$|[收支]出?$")
LABEL_UNIT = re.compile(r"[（(](?:金额)?(?:单位[:：]?)?(?:人民币)?(元|千元|万元|百万元|亿元)[）)]")
NEAR = 5.0  # points between column sides on two pages that are the same


@dataclass
class Builder:
    """A table in the making: the sheets it runs over, each with the row its body begins at and its shift to the right in points.

    ``xs`` are the sides of all columns of all sheets, in the first one's coordinates.
    """

    id: str
    caption: Caption
    xs: list[float]
    header_end: int
    form: bool
    sheets: list[tuple[Sheet, int, float]] = field(default_factory=list)

    @property
    def first(self) -> Sheet:
        """The sheet it begins with."""
        return self.sheets[0][0]

    @property
    def last_page(self) -> int:
        """The page it has reached."""
        return self.sheets[-1][0].page

    @property
    def header_texts(self) -> list[list[str]]:
        """The header's texts, row by row, without spaces and blanks."""
        return [_texts(self.first, row) for row in range(self.first.start, self.header_end)]

    def finished(self) -> Table:
        """The table."""
        first, caption = self.first, self.caption
        content = first.content
        columns = _indices(first.grid.xs, self.xs, 0.0)
        rows: list[Row] = []
        for sheet, start, shift in self.sheets:
            sides = _indices(sheet.grid.xs, self.xs, shift)
            more = [_row(sheet, row, sides, self.xs) for row in range(start, sheet.stop)]
            rows = join_broken(rows, more) if rows and more and not self.form else rows + more

        def place(box: Box | None) -> Place | None:
            return Place(content.number, content.shown(box)) if box else None

        return Table(
            id=self.id,
            number=caption.number,
            title=caption.title,
            unit=caption.unit or self._unit_in_labels(),
            columns=header_paths(first, self.header_end, columns),
            rows=tuple(rows),
            header=tuple(_row(first, i, columns, self.xs) for i in range(first.start, self.header_end)),
            place=Place(content.number, content.shown(first.grid.box)),
            title_place=place(caption.title_box),
            unit_place=place(caption.unit_box),
            reading=How.OCR if content.scanned else first.grid.reading,
        )

    def _unit_in_labels(self) -> str | None:
        """The unit that header cells state (预算数（万元）), or a form's labels; None where they state none or several."""
        first = self.first
        rows = range(first.start, first.stop if self.form else self.header_end)
        units = {unit.group(1) for row in rows for text in first.filled(row) if (unit := LABEL_UNIT.search(tight(text)))}
        return units.pop() if len(units) == 1 else None


def begin(table_id: str, sheet: Sheet, caption: Caption) -> Builder:
    """A table that begins with this sheet."""
    end = sheet.header_end()
    return Builder(table_id, caption, list(sheet.grid.xs), end, sheet.is_form(), [(sheet, end, 0.0)])


def header_paths(sheet: Sheet, end: int, columns: list[int]) -> tuple[tuple[str, ...], ...]:
    """For each column the header texts above it from the top down, a merged cell's once.

    ``columns`` gives the table's side for each side of the sheet; a column that another page cuts in two has the same path twice.
    """
    paths = []
    for column in range(sheet.width):
        path: list[str] = []
        for row in range(sheet.start, end):
            text = sheet.grid.owners[row][column].text
            if text and (not path or path[-1] != text):
                path.append(text)
        paths += [tuple(path)] * (columns[column + 1] - columns[column])
    return tuple(paths)


def continue_with(builder: Builder, sheet: Sheet, caption: Caption) -> bool:
    """Add a sheet to the table it continues; False where it does not continue it."""
    shift = _shift(builder, sheet)
    if shift is None or (builder.form and caption.title):
        return False
    repeated = _repeats_header(builder, sheet)
    if caption.title and (not repeated or caption.key != builder.caption.key or _begins_again(builder, sheet)):
        return False
    if not caption.title and not repeated and _brings_header(builder, sheet, caption):
        return False
    builder.sheets.append((sheet, sheet.start + (len(builder.header_texts) if repeated else 0), shift))
    builder.xs = _merged(builder.xs, [x + shift for x in sheet.grid.xs])
    return True


def _shift(builder: Builder, sheet: Sheet) -> float | None:
    """How far a sheet is to be shifted to stand under the table; None where its columns are not the table's.

    Its sides must be among the table's, or, where a page merges what another one parts, the table's among its own.
    """
    ours, theirs = builder.xs, sheet.grid.xs
    shift = 0.0
    if len(ours) == len(theirs) and abs(ours[0] - theirs[0]) > NEAR:
        shift = ours[0] - theirs[0]  # even and odd pages have different margins
    moved = [x + shift for x in theirs]
    if _among(moved, ours):
        return shift
    same_outline = abs(moved[0] - ours[0]) < NEAR and abs(moved[-1] - ours[-1]) < NEAR
    return shift if same_outline and _among(ours, moved) else None


def _among(sides: list[float], others: list[float]) -> bool:
    """Whether each side stands near a different one of the others."""
    found = [min(range(len(others)), key=lambda k: abs(others[k] - x)) for x in sides]
    return len(set(found)) == len(found) and all(abs(others[k] - x) < NEAR for k, x in zip(found, sides, strict=True))


def _merged(sides: list[float], others: list[float]) -> list[float]:
    """All sides of both, near ones once."""
    return sorted([*sides, *(x for x in others if all(abs(x - side) >= NEAR for side in sides))])


def _indices(sides: list[float], onto: list[float], shift: float) -> list[int]:
    """For each side of a sheet the table's side it is."""
    if len(sides) == len(onto):
        return list(range(len(sides)))
    return [min(range(len(onto)), key=lambda k: abs(onto[k] - x - shift)) for x in sides]


def _brings_header(builder: Builder, sheet: Sheet, caption: Caption) -> bool:
    """Whether a sheet without title begins with a header of its own; one with all the table's columns and no caption never does."""
    if builder.form or not builder.header_texts or (sheet.width == len(builder.xs) - 1 and not caption.lines):
        return False
    end = sheet.header_end()
    if not sheet.start < end < sheet.stop:
        return False
    names = [text for text in sheet.filled(sheet.start) if HEADING.search(text)]
    return len(names) >= 2 and any(sheet.is_data(i) for i in range(end, sheet.stop))


def _begins_again(builder: Builder, sheet: Sheet) -> bool:
    """Whether a sheet's first body row has the label of the table's own: the same form of another unit, not its next page."""
    first, start, _ = builder.sheets[0]
    again = sheet.start + len(builder.header_texts)
    if start >= first.stop or again >= sheet.stop:
        return False
    labels = [next((text for text in _texts(s, row) if not AMOUNT.fullmatch(text)), "") for s, row in ((first, start), (sheet, again))]
    return bool(labels[0]) and labels[0] == labels[1]


def _repeats_header(builder: Builder, sheet: Sheet) -> bool:
    """Whether a sheet begins with the table's header."""
    texts = builder.header_texts
    if not texts or sheet.stop - sheet.start < len(texts):
        return False
    return all(_texts(sheet, sheet.start + i) == row for i, row in enumerate(texts))


def _texts(sheet: Sheet, row: int) -> list[str]:
    """A row's texts without spaces and blanks."""
    return [tight(text) for text in sheet.filled(row)]


PRINTED: tuple[float, tuple[str, ...]] = (1.0, ())
"""What is to be said of a cell whose words are printed text, not recognised."""


def _sureness(words: list[Word]) -> tuple[float, tuple[str, ...]]:
    """How sure the least sure character of a cell is, and what else a text of one word may be."""
    if not words or not words[0].sure:
        return PRINTED
    sure = min((sure for word in words for sure in word.sure), default=1.0)
    return sure, words[0].others if len(words) == 1 else ()


def _row(sheet: Sheet, row: int, columns: list[int], xs: list[float]) -> Row:
    """A grid row as the table's row; ``columns`` gives the table's side for each of the sheet's sides."""
    sides, tops, shown = sheet.grid.xs, sheet.grid.ys, sheet.content.shown
    top, bottom = tops[row], tops[row + 1]
    cells: list[Cell | None] = [None] * (len(xs) - 1)
    for cell in sheet.by_row[row]:
        left, right, spans = cell.column, cell.column + cell.column_span, cell.row_span
        first, past = columns[left], columns[right]
        box = shown(Box(sides[left], top, sides[right], tops[row + spans] if spans > 1 else bottom))
        ink = shown(box_of(cell.words)) if cell.words else None
        cells[first] = Cell(cell.text, box, ink, spans, past - first, *_sureness(cell.words))
    full = tuple([cell or Cell("", shown(Box(xs[k], top, xs[k + 1], bottom))) for k, cell in enumerate(cells)])
    return Row(sheet.page, shown(Box(sides[0], top, sides[-1], bottom)), full)
