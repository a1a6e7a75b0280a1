"""Whole published documents, where they are at hand: how many figures of their prose have a role."""

from pathlib import Path

import pytest
from shapes import bound

import ingest
from ingest.narrative import read_statements
from ingest.numbers import scan_figures
from model.amounts import Dimension
from model.document import Document

DOCUMENTS = sorted((Path(__file__).parents[3].parent / "shared" / "documents").glob("*.pdf"))
SILENT = {"contents", "cover", "caption"}


def counts(document: Document) -> tuple[int, int]:
    """Figures of money and percentages that have a role, and all of them; thresholds and estimates have none."""
    statements, _ = read_statements(document.paragraphs, document.fiscal_year, document.kind)
    places = bound(statements)
    found = [
        (index, figure.start)
        for index, paragraph in enumerate(document.paragraphs)
        if paragraph.role not in SILENT
        for figure in scan_figures(paragraph.text)
        if figure.exact and not figure.limit and figure.amount.unit.dimension is not Dimension.COUNT
    ]
    return sum(place in places for place in found), len(found)


@pytest.mark.skipif(not DOCUMENTS, reason="the published documents are not beside the repository")
def test_figures_of_published_prose_have_a_role():
    bound_figures = figures = 0
    for path in DOCUMENTS:
        document = ingest.read_document(path.read_bytes(), path.name)
        found, total = counts(document)
        print(f"{path.stem}: {found} of {total}")
        bound_figures, figures = bound_figures + found, figures + total
    print(f"all: {bound_figures / figures:.4f} of {figures}")
    assert figures > 1500
    assert bound_figures / figures >= 0.97
