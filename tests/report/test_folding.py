"""Where lines of Chinese with figures in them are broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from report.folding import fold


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("一般公共预算支出", 6, ["一般公", "共预算", "支出"]),
        ("共6,544.63万元", 9, ["共", "6,544.63", "万元"]),
        ("“教育支出”，合计", 10, ["“教育支", "出”，合计"]),
        ("合计（支出）", 6, ["合计", "（支", "出）"]),
        ("a word too long", 4, ["a", "word", "too", "long"]),
        ("12345678", 4, ["1234", "5678"]),
        ("甲\n乙", 8, ["甲", "乙"]),
        ("", 8, [""]),
    ],
)
def test_fold(text: str, width: int, lines: list[str]) -> None:
    assert list(fold(text, width)) == lines


@given(st.text("合计（“”）， 12.3ab"), st.integers(4, 20))
def test_nothing_but_space_is_lost_and_no_line_is_too_long(text: str, width: int) -> None:
    lines = list(fold(text, width))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width for line in lines)
