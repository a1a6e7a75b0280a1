"""Tables from sheets: header paths, body rows, and the pages of a continued table joined."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.captions import Caption, box_of
from ingest.cells import tight
from ingest.sheet import Sheet
from model.document import Cell, Row, Table
from model.geometry import Box, Place

NEAR = 5.0  # points between column sides on two pages that are the same


@dataclass
class Builder:
    """A table in the making: its columns' sides in points, and the rows of all its pages so far."""

    id: str
    caption: Caption
    sheet: Sheet
    xs: list[float]
    columns: tuple[tuple[str, ...], ...]
    header: list[Row]
    header_texts: list[list[str]]
    rows: list[Row] = field(default_factory=list)
    last: Sheet | None = None
    form: bool = False

    @property
    def last_page(self) -> int:
        """The page it has reached."""
        return (self.last or self.sheet).page

    def finished(self) -> Table:
        """The table."""
        content = self.sheet.content
        caption = self.caption

        def place(box: Box | None) -> Place | None:
            return Place(content.number, content.shown(box)) if box else None

        return Table(
            id=self.id,
            number=caption.number,
            title=caption.title,
            unit=caption.unit,
            columns=self.columns,
            rows=tuple(self.rows),
            header=tuple(self.header),
            place=Place(content.number, content.shown(self.sheet.grid.box)),
            title_place=place(caption.title_box),
            unit_place=place(caption.unit_box),
        )


def begin(table_id: str, sheet: Sheet, caption: Caption) -> Builder:
    """A table that begins with this sheet."""
    end = sheet.header_end()
    columns = list(range(sheet.width + 1))
    builder = Builder(
        id=table_id,
        caption=caption,
        sheet=sheet,
        xs=list(sheet.grid.xs),
        columns=header_paths(sheet, sheet.start, end),
        header=[_row(sheet, i, columns, sheet.grid.xs) for i in range(sheet.start, end)],
        header_texts=[_texts(sheet, i) for i in range(sheet.start, end)],
        form=sheet.is_form(),
    )
    builder.rows = [_row(sheet, i, columns, builder.xs) for i in range(end, sheet.stop)]
    return builder


def header_paths(sheet: Sheet, start: int, end: int) -> tuple[tuple[str, ...], ...]:
    """For each column the header texts above it from the top down, a merged cell's once."""
    paths = []
    for column in range(sheet.width):
        path: list[str] = []
        for row in range(start, end):
            text = sheet.text(sheet.grid.owners[row][column])
            if text and (not path or path[-1] != text):
                path.append(text)
        paths.append(tuple(path))
    return tuple(paths)


def continue_with(builder: Builder, sheet: Sheet, caption: Caption) -> bool:
    """Add a sheet to the table it continues; False where it does not continue it."""
    columns = _mapped(sheet.grid.xs, builder.xs)
    if columns is None or (builder.form and caption.title):
        return False
    repeated = _repeats_header(builder, sheet)
    if caption.title and not (repeated and caption.key == builder.caption.key):
        return False
    if not caption.title and not repeated and _brings_header(builder, sheet):
        return False
    first = sheet.start + (len(builder.header_texts) if repeated else 0)
    builder.rows += [_row(sheet, i, columns, builder.xs) for i in range(first, sheet.stop)]
    builder.last = sheet
    return True


def _brings_header(builder: Builder, sheet: Sheet) -> bool:
    """Whether a sheet without caption begins with a header of its own."""
    if builder.form or not builder.header_texts:
        return False
    end = sheet.header_end()
    if end == sheet.start or end >= sheet.stop:
        return False
    filled = sheet.filled(sheet.start)
    return len(filled) >= 3 and len(filled) == len(sheet.by_row[sheet.start]) and any(sheet.is_data(i) for i in range(end, sheet.stop))


def _repeats_header(builder: Builder, sheet: Sheet) -> bool:
    """Whether a sheet begins with the table's header."""
    texts = builder.header_texts
    if not texts or sheet.stop - sheet.start < len(texts):
        return False
    return all(_texts(sheet, sheet.start + i) == row for i, row in enumerate(texts))


def _texts(sheet: Sheet, row: int) -> list[str]:
    """A row's texts without spaces and blanks."""
    return [tight(text) for text in sheet.filled(row)]


def _mapped(xs: list[float], onto: list[float]) -> list[int] | None:
    """For each column of a sheet the first column of the table it covers, and one past the last; None where the sides differ."""
    shift = 0.0 if abs(xs[0] - onto[0]) < NEAR or len(xs) != len(onto) else onto[0] - xs[0]
    indices: list[int] = []
    for x in xs:
        index = min(range(len(onto)), key=lambda k: abs(onto[k] - x - shift))
        if abs(onto[index] - x - shift) > NEAR or (indices and index <= indices[-1]):
            return None
        indices.append(index)
    return indices


def _row(sheet: Sheet, row: int, columns: list[int], xs: list[float]) -> Row:
    """A grid row as the table's row; ``columns`` gives the table's column for each of the sheet's sides."""
    grid, texts, shown = sheet.grid, sheet.texts, sheet.content.shown
    top, bottom = grid.ys[row], grid.ys[row + 1]
    cells: list[Cell | None] = [None] * (len(xs) - 1)
    for cell in sheet.by_row[row]:
        first, past = columns[cell.column], columns[cell.column + cell.column_span]
        box = shown(grid.cell_box(cell))
        if cell.words:
            cells[first] = Cell(texts[id(cell)], box, shown(box_of(cell.words)), cell.row_span, past - first)
        else:
            cells[first] = Cell("", box, None, cell.row_span, past - first)
    full = tuple(cell or Cell("", shown(Box(xs[k], top, xs[k + 1], bottom))) for k, cell in enumerate(cells))
    return Row(sheet.page, shown(Box(grid.xs[0], top, grid.xs[-1], bottom)), full)
