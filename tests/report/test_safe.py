"""Text of a document is data, in every kind of file."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from report.safe import NAME_BYTES, clean, file_name, fitted, formula_safe, markdown, plain_number, shortened


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＠SUM(A1)", "-cmd|' /C calc'!A0", "+"])
def test_what_a_spreadsheet_would_run_becomes_text(text: str) -> None:
    assert formula_safe(text) == "'" + text


@pytest.mark.parametrize("text", ["-9.00", "+3.2", "-1,234.56", "-3.2%", "-", "--", "301.00", "", "合计", "a=b"])
def test_figures_and_words_stay(text: str) -> None:
    assert formula_safe(text) == text


@given(st.text(st.characters(codec=None), max_size=60))
def test_cleaned_text_fits_xml(text: str) -> None:
    element = etree.Element("t")
    element.text = clean(text)
    assert etree.fromstring(etree.tostring(element, encoding="utf-8")).text == (clean(text) or None)


@pytest.mark.parametrize(
    ("text", "value", "pattern"),
    [
        ("301.00", "301.00", "0.00"),
        ("-1,234.5", "-1234.5", "#,##0.0"),
        ("0", "0", "0"),
        ("12,345,678.90", "12345678.90", "#,##0.00"),
    ],
)
def test_plain_decimals_become_numbers_printed_the_same(text: str, value: str, pattern: str) -> None:
    assert plain_number(text) == (Decimal(value), pattern)


@pytest.mark.parametrize("text", ["3.2%", "12,34.5", "—", "", "1234567890123.4567", "１２", "1.2.3", "=1", "1e5", " 1"])
def test_everything_else_stays_text(text: str) -> None:
    assert plain_number(text) is None


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zs", "Zl", "Zp"]), min_size=1, max_size=40))
def test_markdown_shows_the_text_as_it_is(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse("x " + markdown(text))
    inline = tokens[1]
    assert {child.type for child in inline.children or []} == {"text"}
    assert "".join(child.content for child in inline.children or []) == "x " + clean(text)


@pytest.mark.parametrize("text", ["# title", "- item", "1. item", "> quote", "---", "```", "| a | b |", "<b>x</b>", "* * *", "+ x", "==="])
def test_markdown_at_the_beginning_of_a_line_is_no_structure(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse("above\n\n" + markdown(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"] * 2
    assert "".join(child.content for child in tokens[4].children or []) == text


def test_a_link_is_no_link() -> None:
    assert "http://" not in markdown("see http://x.example")
    assert "www." not in markdown("www.x.example")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("2026年部门预算", "2026年部门预算"),
        ("a/b\\c:d*e?f", "a_b_c_d_e_f"),
        ("../../etc/passwd", "etc_passwd"),
        ("CON", "_CON"),
        ("aux.pdf", "_aux.pdf"),
        ("COM¹", "_COM¹"),
        ("  . ", "document"),
        ("", "document"),
        ("name. ", "name"),
        ("a\x00b\nc", "ab_c"),
        ("表#1%20", "表_1_20"),
    ],
)
def test_names_fit_every_system(title: str, name: str) -> None:
    assert file_name(title) == name


@given(st.text(max_size=200))
def test_names_are_short_and_never_empty(title: str) -> None:
    name = file_name(title)
    assert 0 < len(name.encode()) <= NAME_BYTES + 1
    assert not set(name) & set('<>:"/\\|?*\n')


def test_the_leaders_of_a_table_of_contents_are_cut_short() -> None:
    assert clean("一、概况" + "…" * 40 + "3") == "一、概况……3"
    assert clean("1.2...等……") == "1.2...等……"


def test_a_long_text_ends_in_an_ellipsis() -> None:
    assert shortened("12345", 5) == "12345"
    assert shortened("123456", 5) == "1234…"


def test_a_letter_takes_half_the_room_of_a_chinese_character() -> None:
    assert fitted("中文中文", 4) == "中文中文"
    assert fitted("中文中文中", 4) == "中文中…"
    assert fitted("abcdefgh", 4) == "abcdefgh"
    assert fitted("abcdefghi", 4) == "abcdef…"
