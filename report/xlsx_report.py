"""The list of doubtful points (疑点清单) as a workbook: a summary sheet, then one sheet a severity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from model.assessment import Assessments, Standing
from model.findings import SEVERITIES, Examination, Result, Severity
from report.points import COLUMNS, Point, points, values
from report.safe import FORMULA_STARTS, clean, lines_of, plain_number, shortened
from report.tally import Tally, percent, tallies, verdict
from words import Language, say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CELL_LIMIT = 32_000
LINE_HEIGHT, HIGHEST = 14.0, 409.0
A3 = 8
WIDTHS = (5, 15, 15, 18, 6, 6, 18, 18, 16, 13, 13, 12, 6, 14, 26, 48, 20, 9, 15, 13, 12, 12)
FIGURES = frozenset({"stated", "expected", "difference"})
COUNTS = frozenset({"number", "year", "page"})
TABS = {Severity.ERROR: "#C00000", Severity.WARNING: "#ED7D31", Severity.ROUNDING: "#2F75B5", Severity.NOTICE: "#7F7F7F"}


class Sheets:
    """One workbook in the making: its language, its cell formats, each made once, and the PDFs that page numbers open."""

    def __init__(self, book: Workbook, language: Language, links: Mapping[str, str]) -> None:
        self.book = book
        self.language = language
        self.links = links
        self.font = {"font_name": say("export.font.sheet", language), "font_size": 10, "valign": "top"}
        self.made: dict[tuple[tuple[str, object], ...], Format] = {}

    def style(self, **properties: object) -> Format:
        """The format with these properties over the book's font."""
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({**self.font, **properties})
        return self.made[key]

    @property
    def head(self) -> Format:
        """A heading cell."""
        return self.style(bold=True, bg_color="#D9E2EC", border=1, text_wrap=True, valign="vcenter", align="center")

    @property
    def body(self) -> Format:
        """A text cell."""
        return self.style(border=1, text_wrap=True)

    @property
    def literal(self) -> Format:
        """A text cell that stays text when someone edits it in the spreadsheet."""
        return self.style(border=1, text_wrap=True, quote_prefix=True)

    def number(self, pattern: str) -> Format:
        """A cell of an amount."""
        return self.style(border=1, num_format=pattern)

    @property
    def count(self) -> Format:
        """A cell of a whole number that is not added up."""
        return self.style(border=1, num_format="0", align="center")


def workbook(
    examinations: Sequence[Examination],
    assessments: Assessments,
    language: Language,
    made: date,
    links: Mapping[str, str] | None = None,
) -> bytes:
    """The workbook's bytes. ``links`` names, by SHA-256, the PDF beside the workbook that page numbers open."""
    from xlsxwriter import Workbook

    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    midnight = datetime(made.year, made.month, made.day, tzinfo=UTC).replace(tzinfo=None)
    book.set_properties({"title": say("export.list", language), "author": say("export.author", language), "created": midnight})
    sheets = Sheets(book, language, links or {})
    found = points(examinations, assessments, language)
    summary_sheet(sheets, tallies(examinations, assessments, language), made)
    for severity in SEVERITIES:
        severity_sheet(sheets, severity, [point for point in found if point.severity is severity])
    book.close()
    return buffer.getvalue()


def height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Points a row needs for its wrapped texts. Not every program makes room for them when it opens the file."""
    lines = (lines_of(text, max(1, int(width * 0.5))) for text, width in zip(texts, widths, strict=True))
    return float(min(LINE_HEIGHT * max(lines) + 3, HIGHEST))


def write_text(sheet: Worksheet, row: int, column: int, text: str, sheets: Sheets) -> None:
    """A text cell, whatever the text looks like."""
    style = sheets.literal if text[:1] in FORMULA_STARTS else sheets.body
    sheet.write_string(row, column, shortened(text, CELL_LIMIT), style)


def set_up(sheet: Worksheet, title: str, head_row: int, language: Language) -> None:
    """Printing: landscape, one page wide, the heading row on each page, title above and page numbers below."""
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.repeat_rows(head_row)
    sheet.set_header(f"&C{title}")
    sheet.set_footer(f"&L{say('export.footer', language)}&R&P / &N")
    sheet.freeze_panes(head_row + 1, 0)


def severity_sheet(sheets: Sheets, severity: Severity, chosen: Sequence[Point]) -> None:
    """One severity's points under the columns of the list."""
    language = sheets.language
    name = say(f"export.severity.{severity.value}", language)
    sheet = sheets.book.add_worksheet(name)
    sheet.set_tab_color(TABS[severity])
    set_up(sheet, f"{say('export.list', language)} · {name}", 0, language)
    sheet.set_row(0, 30)
    for column, (key, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, say(f"export.column.{key}", language), sheets.head)
    for row, point in enumerate(chosen, 1):
        write_point(sheet, row, point, sheets)
    if not chosen:
        sheet.write_string(1, 0, say("export.none", language), sheets.style(italic=True))
    sheet.autofilter(0, 0, max(len(chosen), 1), len(COLUMNS) - 1)


def write_point(sheet: Worksheet, row: int, point: Point, sheets: Sheets) -> None:
    """One line of the list; figures as numbers where they are plain decimals, the page as a link where a PDF lies beside."""
    target = sheets.links.get(point.document.sha256)
    link_style = sheets.style(border=1, font_color="#0563C1", underline=1, num_format="0", align="center")
    cells = values(point, sheets.language)
    sheet.set_row(row, height(list(cells.values()), WIDTHS))
    for column, (key, text) in enumerate(cells.items()):
        number = plain_number(text) if key in FIGURES or key in COUNTS else None
        linked = key == "page" and target
        if linked:  # the link first, then the number over its text: the cell keeps both
            sheet.write_url(row, column, f"external:{target}#page={point.page}", link_style, text)
        if number:
            style = sheets.count if key in COUNTS else sheets.number(number[1])
            sheet.write_number(row, column, number[0], link_style if linked else style)
        else:
            write_text(sheet, row, column, text, sheets)


def summary_sheet(sheets: Sheets, lines: Sequence[Tally], made: date) -> None:
    """One line a document: what it is, what was found, how much of it was checked, what could not be read."""
    language = sheets.language
    sheet = sheets.book.add_worksheet(say("export.summary", language))
    head_row = 3
    set_up(sheet, say("export.list", language), head_row, language)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, say("export.list", language), sheets.style(bold=True, font_size=16))
    sheet.write_string(1, 0, say("export.made", language, date=made.isoformat()), sheets.style())
    sheet.write_string(2, 0, say("export.caution", language), sheets.style(italic=True))
    sheet.set_row(head_row, 44)
    for column, (heading, width, link) in enumerate(summary_columns(language)):
        sheet.set_column(column, column, width)
        sheet.write_string(head_row, column, heading, sheets.head)
        if link:
            sheet.write_url(head_row, column, f"internal:'{link}'!A1", sheets.head, heading, say("export.go_to_sheet", language))
    for row, line in enumerate(lines, head_row + 1):
        cells = summary_values(line, row - head_row, language)
        sheet.set_row(row, height([str(cell) for cell in cells], [width for _, width, _ in summary_columns(language)]))
        for column, value in enumerate(cells):
            if isinstance(value, int):
                sheet.write_number(row, column, value, sheets.count)
            else:
                write_text(sheet, row, column, value, sheets)
    sheet.autofilter(head_row, 0, head_row + max(len(lines), 1), len(summary_columns(language)) - 1)


def summary_columns(language: Language) -> list[tuple[str, int, str]]:
    """Headings, widths and, for a severity, the sheet its heading leads to."""
    plain = [("number", 5), ("organization", 22), ("title", 34), ("file", 24), ("year", 7), ("kind", 11), ("pages", 7), ("status", 11)]
    counts = [("amounts", 9), ("checked", 9), ("coverage", 9)]
    severities = [say(f"export.severity.{severity.value}", language) for severity in SEVERITIES]
    return [
        *((say(f"export.summary.{key}", language), width, "") for key, width in plain),
        *((name, 9, name) for name in severities),
        *((say(f"export.summary.{key}", language), width, "") for key, width in counts),
        *((say(f"export.outcome.{result.value}", language), 9, "") for result in Result),
        *((say(f"export.standing.{standing.value}", language), 9, "") for standing in Standing),
        (say("export.summary.verdict", language), 44, ""),
        (say("export.summary.problems", language), 44, ""),
        (say("export.summary.sha256", language), 24, ""),
    ]


def summary_values(line: Tally, number: int, language: Language) -> list[int | str]:
    """One document's cells, in the order of ``summary_columns``."""
    status = say(f"export.status.{line.status.value}", language)
    return [
        *(number, line.organization, line.title, line.file, int(line.year) if line.year else "", line.kind, line.pages, status),
        *line.severities.values(),
        *(line.amounts, line.checked, percent(line.checked, line.amounts)),
        *line.outcomes.values(),
        *line.standings.values(),
        *(verdict(line, language), clean("\n".join(line.problems)), line.sha256),
    ]
