"""Running text: joined over line and page ends, each piece with its place, under its headings."""

from __future__ import annotations

import pytest
from painting import HEADER, XS, Canvas

LEFT, INDENT, FULL = 90, 110, 40  # ems of a full line


def write(canvas: Canvas, top: float, *lines: tuple[float, str]) -> None:
    """Lines of text 20 points apart."""
    for n, (x, text) in enumerate(lines):
        canvas.text(x, top + 20 * n, text)


def long(text: str, ems: int = FULL) -> str:
    """A text filled up to a full line."""
    return text + "的" * (ems - len(text))


def prose(canvas: Canvas) -> list[tuple[str, str]]:
    """Role and text of all paragraphs."""
    return [(p.role, p.text) for p in canvas.read().paragraphs]


def test_full_lines_go_on_and_an_indented_line_begins_a_paragraph() -> None:
    canvas = Canvas()
    canvas.table(XS, 700, [HEADER, ["201", "教育支出", "5.00"]])  # the page is no cover
    first, second = long("本年收入", FULL - 2), long("其中财政拨款")
    write(canvas, 100, (INDENT, first), (LEFT, second), (LEFT, "共5.00万元。"), (INDENT, "支出5.00万元。"))
    assert prose(canvas) == [("text", first + second + "共5.00万元。"), ("text", "支出5.00万元。")]


def test_a_short_line_ends_its_paragraph() -> None:
    canvas = Canvas()
    canvas.table(XS, 700, [HEADER, ["201", "教育支出", "5.00"]])
    write(canvas, 100, (LEFT, "收入5.00万元。"), (LEFT, long("支出5.00万元，")), (LEFT, "占100%。"))
    assert [text for _, text in prose(canvas)] == ["收入5.00万元。", long("支出5.00万元，") + "占100%。"]


def test_a_sentence_goes_on_over_the_page_end_without_footers() -> None:
    canvas = Canvas()
    for number, line in ((3, (INDENT, long("比上年预算增加", FULL - 2))), (4, (LEFT, "7,331.92万元。"))):
        write(canvas, 600, (INDENT, long(f"第{number}页", FULL - 2)), (LEFT, "结束。"))
        write(canvas, 740, line) if number == 3 else write(canvas, 100, line)
        canvas.text(290, 810, f"- {number} -")
        if number == 3:
            canvas.next_page()
    texts = [text for _, text in prose(canvas)]
    assert long("比上年预算增加", FULL - 2) + "7,331.92万元。" in texts
    assert not any("- 3 -" in text or text == "-3-" for text in texts)


def test_a_running_header_is_dropped_but_not_a_repeated_caption() -> None:
    canvas = Canvas()
    for page in range(4):
        if page:
            canvas.next_page()
        canvas.text(200, 40, "某市审计局部门预算公开")
        canvas.text(60, 90, "单位：万元")
        canvas.table(XS, 100, [[f"编码{page}", *HEADER[1:]], ["201", "教育支出", "5.00"]])
    document = canvas.read()
    assert [t.unit for t in document.tables] == ["万元"] * 4
    assert not any("部门预算公开" in p.text for p in document.paragraphs)


def test_each_piece_of_a_paragraph_knows_where_it_stands() -> None:
    canvas = Canvas()
    canvas.table(XS, 700, [HEADER, ["201", "教育支出", "5.00"]])
    first = long("收入", FULL - 2)
    write(canvas, 100, (INDENT, first), (LEFT, "共5.00万元。"))
    paragraph = canvas.read().paragraphs[0]
    start = paragraph.text.index("5.00")
    (place,) = paragraph.places(start, start + 4)
    assert place.page == 1
    assert (place.box.x0, place.box.x1) == pytest.approx((LEFT + 10, LEFT + 10 + 40), abs=12)
    assert place.box.y0 < 120 < place.box.y1
    assert len(paragraph.places()) == 2
    for line in paragraph.lines:
        assert len(line.edges) == line.end - line.start + 1
        assert list(line.edges) == sorted(line.edges)


def test_headings_make_the_path_of_what_stands_below() -> None:
    canvas = Canvas()
    canvas.table(XS, 700, [HEADER, ["201", "教育支出", "5.00"]])
    write(
        canvas,
        100,
        (INDENT, "第三部分 预算情况说明"),
        (INDENT, "一、收支总体情况"),
        (INDENT, "（一）收入预算"),
        (INDENT, "收入5.00万元。"),
        (INDENT, "二、支出情况"),
        (INDENT, "1.行政运行2.00万元，比上年增加1.00万元。"),
    )
    found = [(p.role, p.section) for p in canvas.read().paragraphs]
    part = "第三部分预算情况说明"
    assert found == [
        ("heading", ()),
        ("heading", (part,)),
        ("heading", (part, "一、收支总体情况")),
        ("text", (part, "一、收支总体情况", "（一）收入预算")),
        ("heading", (part,)),
        ("text", (part, "二、支出情况")),
    ]


def test_the_contents_are_no_headings() -> None:
    canvas = Canvas()
    canvas.text(200, 200, "2026年某局部门预算", 20)
    canvas.next_page()
    write(canvas, 100, (270, "目录"), (LEFT, "第一部分 部门概况" + "." * 20 + "3"), (LEFT, "一、主要职责" + "." * 20 + "3"))
    canvas.next_page()
    write(canvas, 100, (LEFT, "第一部分 部门概况"), (LEFT, "一、主要职责"), (INDENT, "负责审计。"))
    assert [role for role, _ in prose(canvas)] == ["cover", "contents", "contents", "contents", "heading", "heading", "text"]


def test_contents_without_leaders_end_where_an_entry_comes_again() -> None:
    canvas = Canvas()
    canvas.text(200, 200, "2026年某局部门预算", 20)
    canvas.next_page()
    write(
        canvas,
        100,
        (270, "目录"),
        (LEFT, "第一部分 部门概况"),
        (LEFT, "第二部分 预算表"),
        (LEFT, "第一部分 部门概况"),
        (INDENT, "负责审计。"),
    )
    assert [role for role, _ in prose(canvas)] == ["cover", "contents", "contents", "contents", "heading", "text"]


def test_title_organization_year_and_kind_come_from_the_cover() -> None:
    canvas = Canvas()
    canvas.text(200, 200, "某市审计局", 20)
    canvas.text(200, 240, "2024年度部门决算", 20)
    canvas.next_page()
    write(canvas, 100, (INDENT, "本部门2025年另有说明。"))
    document = canvas.read()
    assert (document.title, document.organization) == ("某市审计局2024年度部门决算", "某市审计局")
    assert (document.fiscal_year, document.kind.value) == (2024, "final_accounts")


@pytest.mark.parametrize(
    ("text", "year"), [("二〇二六年部门预算", 2026), ("二○二五年度决算", 2025), ("2026年度预算", 2026), ("部门预算", None)]
)
def test_the_year_is_read_in_figures_and_in_words(text: str, year: int | None) -> None:
    from ingest.identity import year_in

    assert year_in(text) == year
