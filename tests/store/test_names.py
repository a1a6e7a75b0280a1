"""Names of files as they are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import display_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("预算.pdf", "预算.pdf"),
        ("/etc/passwd", "passwd"),
        ("C:\\文件\\预算.pdf", "预算.pdf"),
        ("../../预算.pdf", "预算.pdf"),
        ("a\x00b\nc\x1b[2J.pdf", "abc[2J.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("///", "document"),
        ("", "document"),
        ("长" * 300 + ".pdf", "长" * 115 + "….pdf"),
    ],
)
def test_names(name: str, shown: str) -> None:
    assert display_name(name) == shown


@given(st.text())
def test_a_shown_name_is_one_short_visible_part(name: str) -> None:
    shown = display_name(name)
    assert 0 < len(shown) <= 120
    assert shown.isprintable() or any(c.isspace() for c in shown)
    assert not set(shown) & set("/\\\n\r\x00\x1b")
    assert display_name(shown) == shown
