"""A real browser and a served app, for the tests that need to see."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pymupdf

from making import ROOT

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 20_000
"""Milliseconds: machines that run tests are slow and busy."""


def browser_path() -> str | None:
    """The system's own Chromium; none is downloaded."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@contextmanager
def serving(home: Path, **settings: str) -> Iterator[str]:
    """Serve the app on a free port with that data folder; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "GOUJI_HOME": str(home), "STREAMLIT_SERVER_PORT": str(port), **settings}
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    address = f"http://localhost:{port}"
    with (home.parent / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            awaited(address)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)


def awaited(address: str, seconds: float = 60) -> None:
    """Wait until the app answers."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urlopen(f"{address}/_stcore/health", timeout=2):  # noqa: S310 - an address of our own
                return
        except (URLError, OSError):
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def settled(page: Any) -> None:
    """Wait until the app has drawn everything."""
    page.wait_for_timeout(150)
    page.wait_for_function("document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') === 'notRunning'")
    page.wait_for_timeout(150)


def pixels(png: bytes) -> pymupdf.Pixmap:
    """A screenshot to look into."""
    return pymupdf.Pixmap(png)


def coloured(picture: pymupdf.Pixmap, box: tuple[float, float, float, float], colour: tuple[int, int, int]) -> int:
    """How many pixels of a box are nearly of that colour."""
    x0, y0, x1, y1 = (round(edge) for edge in box)
    found = 0
    for y in range(max(0, y0), min(picture.height, y1)):
        for x in range(max(0, x0), min(picture.width, x1)):
            found += all(abs(a - b) < 40 for a, b in zip(picture.pixel(x, y)[:3], colour, strict=True))
    return found
