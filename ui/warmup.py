"""What the next click will need, loaded while the reader is still looking at the first page."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from threading import Thread

from model.findings import Examination
from ui import desk

NEXT = ("ui.findings_page", "ui.tables_page", "ui.ask_page", "ui.settings_page", "retrieval", "plotly.graph_objects")


@cache
def load() -> None:
    """Load the other pages and what they need, once a process, behind the reader's back."""
    Thread(target=loaded, name="warmup", daemon=True).start()


def loaded() -> None:
    """The pages first, then the index, which is brought up to date and opened."""
    for name in NEXT:
        import_module(name)
    desk.keeper().near.warm()


def prepare(examinations: list[Examination]) -> None:
    """Get documents ready for questions, so that the first one is answered as fast as the next."""
    Thread(target=ready, args=(examinations,), name="questions", daemon=True).start()


def ready(examinations: list[Examination]) -> None:
    """Build what questions are answered from; it is kept by those who answer."""
    from retrieval.view import view_of

    for examination in examinations:
        view_of(examination)
