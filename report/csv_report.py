"""The list of doubtful points as comma-separated values that Excel and WPS open as they should."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from model.assessment import Assessments
from model.findings import Examination
from report.points import COLUMNS, points, values
from report.safe import formula_safe
from words import Language, say


def table(examinations: Sequence[Examination], assessments: Assessments, language: Language) -> bytes:
    """All findings, one a line, as UTF-8 with the byte order mark by which Excel knows it. No cell can run as a formula."""
    text = StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(say(f"export.column.{key}", language) for key in COLUMNS)
    for point in points(examinations, assessments, language):
        writer.writerow(formula_safe(cell) for cell in values(point, language).values())
    return text.getvalue().encode("utf-8-sig")
