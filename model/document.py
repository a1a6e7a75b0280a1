"""A disclosure as read from its PDF: tables of cells, paragraphs of text, each with page and box."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from model.geometry import Box, Place, union_of


class Kind(Enum):
    """What a disclosure publishes."""

    BUDGET = "budget"
    FINAL_ACCOUNTS = "final_accounts"
    UNKNOWN = "unknown"


class Status(Enum):
    """How far a document could be read."""

    OK = "ok"
    PARTIAL = "partial"
    FAILED = "failed"


class Reading(Enum):
    """How cells were told apart; anything but RULED is of lower confidence."""

    RULED = "ruled"
    ALIGNED = "aligned"
    OCR = "ocr"


CERTAIN = 0.9  # confidence from which on a recognised character is taken as read; below it is doubtful


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read: a code of the words catalogue (``problem.<code>``), its page, its parameters."""

    code: str
    page: int | None = None
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``text`` is joined over its printed lines; a merged cell's text stands once, in its top left cell.

    ``box`` is the cell's rectangle, ``ink`` that of its words (None where it is blank). ``spans`` are the merged rows and columns.
    ``confidence`` is 1.0 but for text that was recognised from an image: that of its least sure character. ``others`` are then other
    texts it may be, the likelier first.
    """

    text: str
    box: Box
    ink: Box | None = None
    row_span: int = 1
    column_span: int = 1
    confidence: float = 1.0
    others: tuple[str, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether it was read with doubt."""
        return self.confidence < CERTAIN


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row; ``cells`` has one entry a column of its table, covered ones with an empty text."""

    page: int
    box: Box
    cells: tuple[Cell, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells' texts."""
        return tuple(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a paragraph on one printed line: characters ``start`` to ``end`` of the paragraph's text.

    ``edges`` are the x coordinates before, between and after its characters (``end - start + 1`` of them). ``doubtful`` are the places in
    the paragraph's text of characters that were recognised with doubt.
    """

    start: int
    end: int
    page: int
    box: Box
    edges: tuple[float, ...]
    doubtful: tuple[int, ...] = ()


def _end_of(line: Line) -> int:
    return line.end


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text joined over line and page ends. ``section`` is the path of headings above it, outermost first.

    ``role`` is ``text``, ``heading``, ``contents`` (a line of the table of contents), ``note`` (注： below a table), ``caption``
    (a table's title, number or unit line) or ``cover``. ``table`` is the id of the table a note or caption belongs to.
    """

    text: str
    lines: tuple[Line, ...]
    section: tuple[str, ...] = ()
    role: str = "text"
    table: str | None = None

    @property
    def page(self) -> int:
        """The page it begins on."""
        return self.lines[0].page

    def is_doubtful(self, start: int, end: int) -> bool:
        """Whether any of some characters was recognised with doubt."""
        return any(start <= place < end for line in self._lines_of(start, end) for place in line.doubtful)

    def places(self, start: int = 0, end: int | None = None) -> tuple[Place, ...]:
        """Where characters ``start`` to ``end`` stand: one place a printed line."""
        stop = len(self.text) if end is None else end
        found = []
        for line in self._lines_of(start, stop):
            low, high = max(start, line.start), min(stop, line.end)
            if low < high:
                box = Box(line.edges[low - line.start], line.box.y0, line.edges[high - line.start], line.box.y1)
                found.append(Place(line.page, box))
        return tuple(found)

    def _lines_of(self, start: int, end: int) -> Iterator[Line]:
        """The lines that characters ``start`` to ``end`` stand on; found by halving, for a paragraph may go on over a hundred pages."""
        for index in range(bisect_right(self.lines, start, key=_end_of), len(self.lines)):
            if self.lines[index].start >= end:
                return
            yield self.lines[index]


@dataclass(frozen=True, slots=True)
class Table:
    """One table, continued pages joined. ``columns`` are header paths from the top down, one a column; ``rows`` are body rows.

    ``header`` keeps the header's rows as printed. ``unit`` is the unit as printed, None where the table states none.
    ``form`` is the form it was recognised as (``ingest.forms``), None for an unknown one.
    """

    id: str
    number: str | None
    title: str
    unit: str | None
    columns: tuple[tuple[str, ...], ...]
    rows: tuple[Row, ...]
    header: tuple[Row, ...]
    place: Place
    form: str | None = None
    title_place: Place | None = None
    unit_place: Place | None = None
    reading: Reading = Reading.RULED

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages it stands on, in order."""
        return tuple(sorted({self.place.page, *(row.page for row in self.rows), *(row.page for row in self.header)}))

    @property
    def label(self) -> str:
        """Number and title, as a reader would name it."""
        return " ".join(part for part in (self.number, self.title) if part) or self.id

    def place_of(self, row: int, column: int) -> Place:
        """Where a body cell's words stand; the whole cell where it is blank."""
        found = self.rows[row]
        cell = found.cells[column]
        return Place(found.page, cell.ink or cell.box)

    def place_of_row(self, row: int) -> Place:
        """Where a body row stands."""
        found = self.rows[row]
        return Place(found.page, union_of([found.box]))


@dataclass(frozen=True, slots=True)
class Page:
    """Size in points as displayed, and what the page consists of."""

    number: int
    width: float
    height: float
    has_text: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """A disclosure, read. ``sha256`` of the file's bytes is its identity; ``name`` is the file's name, for display only."""

    sha256: str
    name: str
    status: Status
    pages: tuple[Page, ...]
    tables: tuple[Table, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    problems: tuple[Problem, ...] = ()
    title: str = ""
    organization: str = ""
    fiscal_year: int | None = None
    kind: Kind = Kind.UNKNOWN

    def table(self, table_id: str) -> Table:
        """The table of that id; raises ``KeyError``."""
        for table in self.tables:
            if table.id == table_id:
                return table
        raise KeyError(table_id)
