"""How long a click takes in the browser, with 300 documents in the library and with a document of 262 pages.

python -m benchmarks.app      (needs ../shared/documents, Playwright and Chromium; run it on a machine that does nothing else)
"""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pymupdf

import triage
from model.document import Status
from store import Library

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ROOT.parent / "shared" / "documents"
MANY, LONG = 300, 262
IDLE = "document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') === 'notRunning'"


def filled(home: Path) -> None:
    """A library of many documents, one of them long: the real ones, over and over under other identities."""
    library = Library(home, triage.reader_version())
    read = [(path.read_bytes(), path.name) for path in sorted(DOCUMENTS.glob("*.pdf"))]
    long = pymupdf.open()
    for data, _ in read * 9:
        long.insert_pdf(pymupdf.open(stream=data, filetype="pdf"))
    if len(long) > LONG:
        long.delete_pages(range(LONG, len(long)))
    whole = long.tobytes(garbage=4, deflate=True)
    library.add(whole, triage.examine(whole, "long.pdf"))
    examined = [(data, triage.examine(data, name)) for data, name in read]
    good = [pair for pair in examined if pair[1].document.status is not Status.FAILED]
    for n in range(MANY - 1):
        data, examination = good[n % len(good)]
        copy = data + b"\n%% %d\n" % n
        document = replace(examination.document, sha256=hashlib.sha256(copy).hexdigest(), name=f"{n:03} {examination.document.name}")
        library.add(copy, replace(examination, document=document))


def timed(page: Page, name: str, action: Callable[[], object], shown: str = "") -> None:
    """Print the seconds from an action until the app has drawn what it leads to."""
    start = time.perf_counter()
    action()
    if shown:
        page.wait_for_selector(shown)
    page.wait_for_timeout(50)
    page.wait_for_function(IDLE)
    print(f"{name:34} {time.perf_counter() - start:6.2f} s", flush=True)


def entered(field: Locator, text: str) -> None:
    """Type a text into a field and press Enter."""
    field.fill(text)
    field.press("Enter")


def journey(page: Page, address: str) -> None:
    """What an auditor clicks on."""
    rows = page.locator(".list tbody tr")
    timed(page, "first page of a new window", lambda: page.goto(address), ".list tbody tr")
    page.wait_for_timeout(500)
    words = page.locator(".st-key-triage-words input")
    timed(page, f"search {MANY} documents", lambda: entered(words, "long.pdf"))
    timed(page, f"open {LONG} pages, first time", rows.first.click, ".viewer img")
    for name, key in (("next finding", "j"), ("next finding again", "j"), ("set a status", "2")):
        timed(page, name, lambda key=key: page.keyboard.press(key))  # type: ignore[misc]
    timed(page, "choose another finding", lambda: rows.nth(40).click())
    timed(page, "turn the page", lambda: page.locator(".viewer .next").click())
    links = page.get_by_test_id("stTopNavLink")
    timed(page, "tables", lambda: links.nth(2).click(), ".sheet td")
    timed(page, "a cell", lambda: page.locator(".sheet td").nth(8).click())
    timed(page, "ask, first time", lambda: links.nth(3).click(), '[data-testid="stChatInput"]')
    field = page.get_by_test_id("stChatInputTextArea")
    for n, question in enumerate(("收入总计是多少？", "基本支出是多少？")):
        timed(page, f"question {n + 1}", partial(entered, field, question), f".st-key-cites-{n}")
    timed(page, f"back to {MANY} documents", lambda: links.nth(0).click(), ".list tbody tr")


def awaited(port: int) -> None:
    """Wait until the server listens."""
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


def main() -> None:
    """Fill, serve, click."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        home = Path(folder) / "home"
        filled(home)
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        environment = {**os.environ, "GOUJI_HOME": str(home), "STREAMLIT_SERVER_PORT": str(port)}
        server = subprocess.Popen([sys.executable, "-m", "streamlit", "run", "app.py"], cwd=ROOT, env=environment)
        try:
            with sync_playwright() as started:
                browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
                page = browser.new_page(viewport={"width": 1280, "height": 720})
                page.set_default_timeout(60_000)
                awaited(port)
                timed(page, "first page of a new server", lambda: page.goto(f"http://localhost:{port}"), ".list tbody tr")
                journey(browser.new_page(viewport={"width": 1280, "height": 720}), f"http://localhost:{port}")
                browser.close()
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
