"""Small parts: figures in text, sentences, names, what a question asks, the ranking and the embedding."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from disclosure import TEXT, disclosure, paragraph

from model.amounts import WAN_YUAN
from retrieval.chunks import chunks_of
from retrieval.embedding import NgramEmbedding
from retrieval.figures import figures_in, read_cell
from retrieval.intent import Ask
from retrieval.lexical import Lexical
from retrieval.ngrams import tokens_of
from retrieval.passages import passages_of
from retrieval.question import understand
from retrieval.search import search
from retrieval.terms import Terms
from retrieval.view import View, tight


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("增加1,234.50万元，增长3.2%", ["1,234.50万元", "3.2%"]),
        ("2026年预算数5.00万元", ["5.00万元"]),
        ("（国发〔2015〕6号）文件", []),
        ("公共安全支出（204类）司法（06款）", []),
        ("共有车辆3辆，其中轿车1辆", ["3辆", "1辆"]),
        ("出差费8 万，招商培训费5 万", ["8万元", "5万元"]),
        ("行政单位离退休（2080501）53.05万元", ["53.05万元"]),
    ],
)
def test_figures_in_text_are_amounts_only(text, figures):
    assert [f.text + (f.amount.unit.symbol if f.amount.unit else "") for f in figures_in(tight(text))] == figures


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,234.50", "1234.50"), ("-20.5", "-20.5"), ("(3.00)", "-3.00"), ("12.5%", "12.5"), ("", None), ("无", None), ("1.2 3", None)],
)
def test_a_cell_holds_one_number_or_none(text, value):
    amount = read_cell(text, WAN_YUAN)
    assert (amount.value if amount else None) == (Decimal(value) if value else None)


def test_a_sentence_keeps_what_goes_on_about_its_subject():
    words = (
        "（1）住房保障支出（类）支出100万元，主要用于住房改革。与上年相比增加5万元。主要原因是基数增加。（2）其他支出20万元，用于其他方面。"
    )
    document = disclosure(paragraphs=(paragraph(words, 4),)).document
    assert [passage.text[:4] for passage in passages_of(document)] == ["（1）住", "（2）其"]
    assert passages_of(document)[0].place.page == 4


def test_names_are_found_exactly_by_stem_by_sound_and_by_likeness():
    terms = Terms(["津贴补贴", "公务接待费", "机关事业单位基本养老保险缴费支出"])
    assert terms.exact("公务接待") == {"公务接待费": 0.9}
    assert terms.by_sound("津帖补帖") == {"津贴补贴": 0.85}
    assert list(terms.like("机关单位养老缴费")) == ["机关事业单位基本养老保险缴费支出"]
    assert terms.like("教育支出") == {}


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("行政运行多少钱", Ask.LOOK_UP),
        ("行政运行和审计业务加起来多少", Ask.SUM),
        ("项目支出占比多少", Ask.SHARE),
        ("行政运行比去年增加多少", Ask.CHANGE),
        ("最大的三个项目", Ask.TOP),
        ("哪些科目超过5万元", Ask.FILTER),
        ("表1和表2的行政运行一致吗", Ask.SAME),
        ("行政运行有什么问题", Ask.FINDINGS),
        ("行政运行完成预算的百分之几", Ask.EXECUTION),
        ("为什么减少", Ask.WHY),
        ("审计业务用来做什么", Ask.PURPOSE),
        ("由谁负责", Ask.WHO),
        ("有几辆车", Ask.COUNT),
        ("什么是基本支出", Ask.DEFINITION),
    ],
)
def test_the_operation_is_told_by_the_words(question, kind):
    view = View(disclosure())
    assert understand(question, view.terms, view.titles, view.document.organization, 2026).ask is kind


def test_a_question_is_taken_apart():
    view = View(disclosure())
    question = understand("江州市审计局2026年支出总体情况表里超过50万元的类级科目", view.terms, view.titles, "江州市审计局", 2026)
    assert question.years == (2026,)
    assert [mention.tables for mention in question.tables] == [("T2",)]
    assert question.limit is not None
    assert (question.limit.sign, question.limit.amount.base) == (">", Decimal(500_000))
    assert question.level == 1
    assert question.unknown == ()


def test_the_year_something_is_compared_with_is_not_the_year_asked_about():
    view = View(disclosure())
    assert understand("比2025年增加多少", view.terms, view.titles, "", 2026).years == ()
    assert understand("明年的预算", view.terms, view.titles, "", 2026).years == (2027,)


@pytest.mark.parametrize("text", ["表3", "表三", "附表3", "公开03表", "预算03表"])
def test_every_way_to_number_a_table_is_one_token(text):
    assert tokens_of(text) == ["表3"]


def test_the_ranking_prefers_the_row_that_says_more_of_the_question():
    lexical = Lexical(["住房公积金 60.00", "购房补贴 40.00", "住房改革支出 100.00"])
    assert next(at for at, _ in lexical.search("住房公积金多少")) == 0
    assert lexical.search("审计") == []
    assert Lexical([]).search("审计") == []


def test_the_embedding_is_the_same_every_time_and_near_for_near_texts():
    embedding = NgramEmbedding()
    one, near, far = embedding(["住房公积金支出", "住房公积金", "公务接待费"])
    assert np.allclose(one, embedding(["住房公积金支出"])[0])
    assert float(one @ near) > float(one @ far)
    assert np.isclose(np.linalg.norm(embedding([""])[0]), 1)


def test_chunks_carry_their_context_and_stable_ids():
    examination = disclosure()
    chunks = chunks_of(examination.document)
    row = next(chunk for chunk in chunks if chunk.label == "2210201 住房公积金")
    assert row.id == "cdcdcdcdcdcdcdcd:T2:6:0"
    for part in ("江州市审计局", "2026年", "表2 部门支出总体情况表", "住房保障支出›住房改革支出", "支出预算›合计：60.00"):
        assert part in row.text
    assert len({chunk.id for chunk in chunks}) == len(chunks)
    assert sum(chunk.kind == "text" for chunk in chunks) >= len(TEXT)


def test_search_puts_the_row_that_answers_first():
    best = search(View(disclosure()), "公积金多少")[0]
    assert best.row == "2210201 住房公积金"
    assert best.place.page == 3
