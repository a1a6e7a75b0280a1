"""Examined files into working papers: their findings, what is kept of their assessments, and pictures of the pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from model.document import Status
from report.export import Settings, export
from triage.batch import Examined
from triage.drawing import form_apart
from triage.library import open_library
from triage.version import gouji_version
from words import Language


def export_examined(
    items: Sequence[Examined], folder: Path, formats: Sequence[str], language: Language, tell: Callable[[str], None]
) -> list[Path]:
    """Write these formats of what could be read into a folder, made if need be; returns the files. Raises ``OSError`` for the disk."""
    readable = {i.examination.document.sha256: i for i in items if i.examination.document.status is not Status.FAILED}
    library = open_library()
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(
        gouji_version(),
        language,
        lambda sha256: Path(readable[sha256].path).read_bytes(),
        {sha256: library.papers(sha256).assessments() for sha256 in readable},
        tell=tell,
        draw=form_apart,
    )
    return export([item.examination for item in readable.values()], folder, formats, settings)
