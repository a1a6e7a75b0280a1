"""Journeys through the app in a real browser: what an auditor does, seen as an auditor sees it."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from browsing import PATIENCE, browser_path, coloured, pixels, serving, settled
from looking import LANGUAGES, SOUND, WRONG

from making import ROOT, text_pdf
from ui.parts import RELATED_INK
from ui.shell import ROUTES
from words import Language, say

playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright, which the extra “dev” installs")
pytestmark = pytest.mark.skipif(browser_path() is None, reason="needs Chromium on this machine")
RED = (219, 38, 38)
SAMPLE = ROOT / "samples" / "artux-2026-budget.pdf"
FORMATS = {"xlsx": "xlsx", "docx": "zip", "pdf": "zip", "summary": "docx", "csv": "csv", "md": "md", "json": "json"}


@pytest.fixture
def address(home: Path) -> Iterator[str]:
    """The app, served with an empty library."""
    home.mkdir(parents=True)
    with serving(home) as served:
        yield served


def opened(browser: Any, address: str, width: int = 1280, height: int = 720) -> Any:
    """A window of its own session."""
    page = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.wait_for_selector('[data-testid="stFileUploaderDropzone"]')
    settled(page)
    return page


def upload(page: Any, **files: bytes) -> None:
    """Drop files, and wait until they are listed."""
    page.set_input_files(
        'input[type="file"]', [{"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": data} for name, data in files.items()]
    )
    page.wait_for_selector(".gj-files")
    page.wait_for_selector(".st-key-taken-away")
    settled(page)


def navigate(page: Any, route: str, language: Language = "zh") -> None:
    """Click on the navigation."""
    page.get_by_test_id("stTopNav").get_by_text(say(f"ui.{route}.nav", language), exact=True).click()
    settled(page)


def on_page(view: dict[str, float], box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """A box in points of an A4 page as pixels of the window."""
    scale = view["width"] / 595
    x0, y0, x1, y1 = (edge * scale for edge in box)
    return view["x"] + x0, view["y"] + y0, view["x"] + x1, view["y"] + y1


def test_from_upload_to_export(browser: Any, address: str) -> None:
    page = opened(browser, address)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    upload(page, 有误=WRONG, 相符=SOUND, 样本=SAMPLE.read_bytes())
    rows = page.locator(".list tbody tr")
    assert rows.count() == 3
    worst = page.locator(".list tbody tr", has_text="有误.pdf")
    worst.click()
    page.wait_for_selector(".viewer .mark.suspect")
    settled(page)

    look_at_marks(page)
    set_a_status(page)
    for name, suffix in FORMATS.items():
        exported(page, name, suffix)
    ask_and_follow(page)
    assert {url.split("/")[2] for url in asked if url.startswith(("http", "ws"))} == {address.split("/")[2]}


def look_at_marks(page: Any) -> None:
    """The wrong total is framed in red, the figures it was compared with in green, and nothing else is."""
    page.locator(".viewer .scroll").evaluate("area => { area.scrollTop = 0; }")
    page.wait_for_timeout(200)
    view = page.locator(".viewer img").bounding_box()
    shot = pixels(page.screenshot())
    total, others = (176, 183, 210, 205), (296, 183, 500, 205)
    assert coloured(shot, on_page(view, total), RED) > 40
    assert coloured(shot, on_page(view, others), RED) == 0
    green = tuple(int(RELATED_INK[n : n + 2], 16) for n in (1, 3, 5))
    assert coloured(shot, on_page(view, (176, 139, 500, 205)), green) > 40  # type: ignore[arg-type]
    assert coloured(shot, on_page(view, (0, 230, 595, 400)), RED) == 0


def set_a_status(page: Any) -> None:
    """By the keyboard; after a reload it is still there."""
    page.keyboard.press("2")
    settled(page)
    page.reload()
    page.wait_for_selector(".viewer .mark.suspect")
    settled(page)
    chosen = page.locator(".st-key-standings button[kind=primary]")
    assert say("ui.standing.confirmed") in chosen.inner_text()
    assert say("ui.standing.confirmed") in page.locator(".list tr.chosen").inner_text()


def exported(page: Any, name: str, suffix: str) -> None:
    """Make a file of every document and open it again."""
    navigate(page, "triage")
    page.get_by_text(say("ui.export"), exact=True).click()
    page.locator('[data-testid="stPopoverBody"]').get_by_text(say(f"export.format.{name}"), exact=True).click()
    settled(page)
    page.get_by_text(say("ui.export.make", n=3)).click()
    settled(page)
    with page.expect_download() as waiting:
        page.locator(".st-key-export-triage-save button").click()
    path = Path(waiting.value.path())
    assert waiting.value.suggested_filename.endswith(f".{suffix}")
    data = path.read_bytes()
    page.keyboard.press("Escape")
    assert opens(data, name)


def opens(data: bytes, name: str) -> bool:
    """Whether the file is what its name says, the status that was set included where the format has one."""
    if name in {"xlsx", "summary", "docx", "pdf"}:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if name == "pdf":
                return all(len(pymupdf.open(stream=archive.read(inner), filetype="pdf")) for inner in archive.namelist())
            return archive.testzip() is None
    if name == "json":
        return len(json.loads(data)["documents"]) == 3
    return say("export.standing.confirmed") in data.decode("utf-8-sig")


def ask_and_follow(page: Any) -> None:
    """A question, its citation, and the row on the page."""
    navigate(page, "ask")
    page.get_by_test_id("stChatInputTextArea").fill("科学技术支出是多少？")
    page.keyboard.press("Enter")
    page.wait_for_selector(".st-key-cite-0-1 button")
    page.locator(".st-key-cite-0-1 button").click()
    page.wait_for_selector(".viewer .mark.focus")
    assert page.locator(".viewer .mark.row").count() == 1


def test_the_keyboard_leads_through_the_findings(browser: Any, address: str) -> None:
    page = opened(browser, address)
    upload(page, 样本=SAMPLE.read_bytes())
    page.locator(".list tbody tr").first.click()
    page.wait_for_selector(".list tr.chosen")
    settled(page)
    ids = [row.get_attribute("data-id") for row in page.locator(".list tbody tr[data-id]").all()]
    page.keyboard.press("j")
    page.wait_for_selector(f'.list tr.chosen[data-id="{ids[1]}"]')
    settled(page)
    page.keyboard.press("k")
    page.wait_for_selector(f'.list tr.chosen[data-id="{ids[0]}"]')


def test_two_people_at_once_and_a_document_removed_in_between(browser: Any, address: str) -> None:
    mine, theirs = opened(browser, address), opened(browser, address)
    upload(mine, 有误=WRONG)
    mine.locator(".list tbody tr").first.click()
    mine.wait_for_selector(".viewer img")
    mine.locator(".st-key-paper textarea").fill("写到一半")
    theirs.reload()
    theirs.wait_for_selector(".list tbody tr")
    settled(theirs)
    theirs.locator(".list tbody tr").first.click()
    theirs.wait_for_selector(".viewer img")
    settled(theirs)
    assert theirs.locator(".st-key-paper textarea").input_value() == ""
    theirs.keyboard.press("3")
    settled(theirs)
    assert mine.locator(".st-key-paper textarea").input_value() == "写到一半"
    navigate(theirs, "triage")
    theirs.get_by_text(say("ui.remove"), exact=True).click()
    theirs.locator(".st-key-remove-which input").click()
    theirs.locator('[role="option"]').first.click()
    theirs.keyboard.press("Escape")
    theirs.locator(".st-key-remove-do button").click()
    theirs.get_by_text(say("ui.triage.first")).wait_for()
    mine.keyboard.press("Escape")
    mine.locator(".st-key-paper textarea").press("Control+Enter")
    mine.locator(".st-key-language button").click()
    mine.get_by_text(say("ui.empty", "en")).wait_for()


def test_a_documents_words_never_become_markup(browser: Any, address: str) -> None:
    page = opened(browser, address)
    happened: list[str] = []
    page.on("dialog", lambda dialog: (happened.append(dialog.message), dialog.dismiss()))
    evil = '<img src=x onerror="alert(1)"><b>局</b>'
    upload(page, **{evil: text_pdf(f"{evil}2026年部门预算", "一、概况 [x](javascript:alert(2)) **粗** $x^2$")})
    for route in ROUTES:
        navigate(page, route)
        assert page.locator('img[src="x"]').count() == 0
    assert happened == []


def test_a_file_over_the_limit_is_refused_in_the_readers_language(browser: Any, home: Path) -> None:
    home.mkdir(parents=True)
    with serving(home, STREAMLIT_SERVER_MAX_UPLOAD_SIZE="1") as address:
        page = opened(browser, address)
        page.set_input_files(
            'input[type="file"]', [{"name": "大.pdf", "mimeType": "application/pdf", "buffer": b"%PDF" + bytes(2_000_000)}]
        )
        chip = page.locator('[data-testid="stFileChip"][aria-invalid="true"]')
        chip.wait_for()
        said = chip.evaluate("chip => getComputedStyle(chip, '::after').content")
        assert say("ui.upload.too_large", limit=1) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_screenshots_of_every_page(browser: Any, address: str, language: Language, tmp_path: Path) -> None:
    """Kept in the folder that ``GOUJI_SCREENSHOTS`` names; no page shows a key of the catalogue or an error."""
    folder = Path(os.environ.get("GOUJI_SCREENSHOTS", tmp_path))
    page = opened(browser, f"{address}/?lang={language}")
    upload(page, artux=SAMPLE.read_bytes())
    for route in ROUTES:
        navigate(page, route, language)
        if route == "ask":
            page.get_by_test_id("stChatInputTextArea").fill("2026年科学技术支出是多少？")
            page.keyboard.press("Enter")
            page.wait_for_selector(".viewer img")
            settled(page)
        page.wait_for_timeout(500)
        (folder / f"{route}-{language}.png").write_bytes(page.screenshot())
        assert page.locator('[data-testid="stException"]').count() == 0
        assert "ui." not in page.locator("body").inner_text()
