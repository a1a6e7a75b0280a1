"""The model in a real browser: text appears while it is written, and the stop button ends it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from browsing import PATIENCE, browser_path, settled
from browsing import serving as app_serving
from looking import WRONG

import triage
from making import ROOT
from retrieval.assistant import Settings, save
from words import say

sys.path.append(str(ROOT / "tests" / "retrieval" / "assistant"))
from loopback import Reply, serving

playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright, which the extra “dev” installs")
pytestmark = pytest.mark.skipif(browser_path() is None, reason="needs Chromium on this machine")
GOOD = "教育支出为 30.00 万元[R1]。"
PICTURES = os.environ.get("GOUJI_PICTURES", "")
"""A folder for screenshots, for a person to look at; none by default."""


def picture(page: Any, name: str) -> None:
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"))


def test_text_appears_as_it_is_written_and_the_stop_button_ends_it(browser: Any, home: Path) -> None:
    sha = triage.examined(triage.open_library(), WRONG, "有误.pdf").document.sha256
    with serving([Reply(GOOD, stall_after=12)]) as server:
        save(home, Settings(server.url, "scripted", "k"))
        with app_serving(home) as address:
            page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
            page.set_default_timeout(PATIENCE)
            page.goto(f"{address}/ask?doc={sha}")
            page.wait_for_selector('[data-testid="stChatInput"]')
            settled(page)
            picture(page, "model-idle")
            page.get_by_test_id("stChatInputTextArea").fill("教育支出是多少？")
            page.keyboard.press("Enter")
            page.get_by_text(GOOD[:12]).wait_for()
            picture(page, "model-writing")
            page.get_by_role("button", name=say("assistant.settings.stop")).click()
            page.get_by_text(say("assistant.local.stopped")).wait_for()
            settled(page)
            picture(page, "model-stopped")
            assert server.broken.wait(5)
            server.script = lambda _: Reply(f"{GOOD}科学技术支出为 77.77 万元[R1]。", pause=0.05)
            page.get_by_test_id("stChatInputTextArea").fill("教育支出多少？")
            page.keyboard.press("Enter")
            page.get_by_text("科学技术支出为 77.77 万元").and_(page.locator("s")).wait_for()
            settled(page)
            picture(page, "model-answered")
            page.goto(f"{address}/settings")
            page.get_by_text(say("assistant.settings.title")).wait_for()
            settled(page)
            picture(page, "model-settings")
            page.goto(f"{address}/findings?doc={sha}")
            page.wait_for_selector(".st-key-account")
            settled(page)
            picture(page, "model-findings")
