"""Drafts kept beside a document: marked with who drafted them, editable, never silently overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import Library
from store.drafts import SUMMARY, Drafting, Drafts, StaleDraftError

SHA = "ab" * 32


def test_a_draft_is_kept_with_its_model(home: Path) -> None:
    kept = Drafts(home, SHA).put(SUMMARY, Drafting("小结", "m1", "2026-11-22T10:00:00"))
    assert Drafts(home, SHA).get(SUMMARY) == kept
    assert (kept.model, kept.revision, kept.edited) == ("m1", 1, "")


def test_an_edit_keeps_the_mark_and_says_who(home: Path) -> None:
    drafts = Drafts(home, SHA)
    drafts.put("f1", Drafting("解释", "m1", warning="有一句未核实"))
    edited = drafts.edit("f1", "改过的解释", editor="王", when="2026-11-22", revision=1)
    assert (edited.text, edited.model, edited.editor, edited.warning, edited.revision) == ("改过的解释", "m1", "王", "", 2)


def test_the_second_of_two_edits_is_told(home: Path) -> None:
    drafts = Drafts(home, SHA)
    drafts.put("f1", Drafting("解释", "m1"))
    drafts.edit("f1", "一", editor="王", when="", revision=1)
    with pytest.raises(StaleDraftError) as raised:
        drafts.edit("f1", "二", editor="李", when="", revision=1)
    assert raised.value.current is not None
    assert raised.value.current.text == "一"


def test_drafting_again_replaces(home: Path) -> None:
    drafts = Drafts(home, SHA)
    drafts.put("f1", Drafting("一", "m1"))
    assert drafts.put("f1", Drafting("二", "m2")).revision == 2
    drafts.remove("f1")
    drafts.remove("f1")
    assert drafts.all() == {}
    with pytest.raises(StaleDraftError):
        drafts.edit("f1", "x", editor="", when="", revision=1)


def test_a_damaged_file_is_set_aside_before_the_next_draft(home: Path) -> None:
    drafts = Drafts(home, SHA)
    for torn in ("{", '{"f1": 3}'):
        drafts.put("f1", Drafting("一", "m1"))
        drafts.path.write_text(torn, encoding="utf-8")
        assert drafts.put("f2", Drafting("二", "m1")).revision == 1
        assert set(drafts.all()) == {"f2"}
    assert [path.read_text(encoding="utf-8") for path in Library(home, "1").damaged()] == ['{"f1": 3}', "{"]
