"""The talk as a working paper."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
from markdown_it import MarkdownIt

from report.transcript import Cited, Turn, markdown_file, word

DAY = date(2026, 11, 22)
TURNS = [
    Turn(
        "2026年科学技术支出是多少？",
        "科学技术支出为 310.00 万元 [1]。\n其中项目支出 80.00 万元 [1]。",
        "local",
        citations=(Cited(1, "某局2026年部门预算", 9, "206 科学技术支出 310.00\n230.00 80.00", "表3", "206 科学技术支出", "合计"),),
    ),
    Turn("局长是谁？<script>", "文件中没有说明。", "some-model", found=False),
    Turn("为什么？", "# 因为 [x](http://x.example)", "some-model"),
]


def test_word_holds_questions_answers_and_citations_in_order() -> None:
    texts = [paragraph.text for paragraph in docx.Document(BytesIO(word(TURNS, "某局2026年部门预算", "zh", DAY))).paragraphs]
    assert texts == [
        "问答记录",
        "范围：某局2026年部门预算。导出日期：2026-11-22。",
        "问 1：2026年科学技术支出是多少？",
        "科学技术支出为 310.00 万元 [1]。",
        "其中项目支出 80.00 万元 [1]。",
        "[1] 某局2026年部门预算 · 第9页 · 表3 · 206 科学技术支出 · 合计：206 科学技术支出 310.00 230.00 80.00",
        "由程序直接从文件中查得，未使用语言模型。",
        "问 2：局长是谁？<script>",
        "文件中没有说明。",
        "文件中没有找到答案。",
        "问 3：为什么？",
        "# 因为 [x](http://x.example)",
        "由语言模型 some-model 措辞，数字已逐一与引用的行核对。",
    ]


def test_markdown_shows_the_same_and_runs_nothing() -> None:
    tokens = MarkdownIt("commonmark").parse(markdown_file(TURNS, "某局", "en", DAY).decode())
    texts = ["".join(child.content for child in token.children or []) for token in tokens if token.type == "inline"]
    assert "Q2: 局长是谁？<script>" in texts
    assert "# 因为 [x](http://x.example)" in texts
    assert {child.type for token in tokens for child in token.children or []} == {"text", "hardbreak"}
    assert not any(token.type == "html_block" for token in tokens)


def test_an_empty_talk_is_a_file_too() -> None:
    assert docx.Document(BytesIO(word([], "某局", "en", DAY))).paragraphs[0].text == "Questions and answers"
