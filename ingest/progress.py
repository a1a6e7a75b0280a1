"""Word of each page that has been read, for a process that is watched: a scan of many pages takes its time, and yet goes on."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

Listener = Callable[[], None]
_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


def listen(listener: Listener | None) -> None:
    """Call this after every page from now on; None ends it."""
    _listener.set(listener)


def page_read() -> None:
    """Tell whoever listens that a page has been read."""
    listener = _listener.get()
    if listener is not None:
        listener()
