"""Which figures a text claims, however they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from retrieval.assistant.claims import Kind, claims_in
from retrieval.assistant.directions import directions_of
from retrieval.assistant.spelling import markers_in, spelled


def read(text: str) -> list[tuple[str, Decimal]]:
    return [(claim.kind.value, claim.value.normalize()) for claim in claims_in(text)]


def money(value: str) -> list[tuple[str, Decimal]]:
    return [("money", Decimal(value).normalize())]


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("1,297.18 万元", "12971800"),
        ("**1,297.18** 万元", "12971800"),
        ("1297.18万", "12971800"),
        ("１２９７．１８万元", "12971800"),
        ("1，297.18万元", "12971800"),
        ("1\u200b297.18 万元", "12971800"),
        ("0.129718亿元", "12971800"),
        ("壹仟贰佰玖拾柒万壹仟捌佰元", "12971800"),
        ("一千二百九十七万一千八百元", "12971800"),
        ("3千万元", "30000000"),
        ("1亿2345万元", "123450000"),
        ("三点五亿元", "350000000"),
        ("三万五千元", "35000"),
        ("12.97 million yuan", "12970000"),
        ("RMB 3.2bn", "3200000000"),
        ("-85.00万元", "-850000"),
        ("1200余万元", "12000000"),
    ],
)
def test_money_in_any_spelling(text: str, yuan: str) -> None:
    assert read(text) == money(yuan)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("占37.83%", "percent", "37.83"),
        ("占百分之三十七点八三", "percent", "37.83"),
        ("提高5.2个百分点", "percent", "5.2"),
        ("近三成", "percent", "30"),
        ("接近一半", "percent", "50"),
        ("12 per cent", "percent", "12"),
        ("为上年的2.5倍", "ratio", "2.5"),
        ("翻了一番", "ratio", "2"),
        ("四分之三", "ratio", "0.75"),
        ("3 辆", "count", "3"),
        ("三十二家", "count", "32"),
        ("两批次", "count", "2"),
        ("仅有一辆车", "count", "1"),
        ("120万人", "count", "1200000"),
        ("two vehicles", "count", "2"),
        ("2026年", "year", "2026"),
        ("二〇二六年", "year", "2026"),
        ("第12页", "page", "12"),
        ("表3", "label", "3"),
        ("2080505", "plain", "2080505"),
    ],
)
def test_other_figures(text: str, kind: str, value: str) -> None:
    assert read(text) == [(kind, Decimal(value).normalize())]


@pytest.mark.parametrize(
    "text",
    [
        "一般公共预算",
        "“三公”经费",
        "一个项目，一项工作",
        "十分重视，进一步加强",
        "1. 收入\n2、支出\n（3）其他",
        "①人员经费",
        "一是加强管理，二是厉行节约",
        "第二，万一不符",
        "见[R3][P2.1]和【C1、R4】",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ["数百万元", "几十万元", "½"])
def test_a_vague_figure_is_a_figure_all_the_same(text: str) -> None:
    assert [claim.kind for claim in claims_in(text)] == [Kind.VAGUE]


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("比上年减少 1.20 万元，下降50.00%", [-1, -1]),
        ("增加85万元（8%）", [1, 1]),
        ("减少到85万元", [None]),
        ("没有增加，为85万元", [None]),
        ("85万元的降幅", [-1]),
        ("A比B少5万元", [-1]),
        ("rose by 5%", [1]),
        ("预算85万元", [None]),
        ("较2025年增加5万元", [None, 1]),
    ],
)
def test_directions(text: str, ways: list[int | None]) -> None:
    given = spelled(text)
    assert directions_of(given.text, claims_in(given)) == ways


def test_citations_keep_their_places() -> None:
    text = "共 5 万元[R1]，另见（P2）与[12]、(3)。"
    assert [(text[m.start : m.end], m.ids) for m in markers_in(text)] == [("[R1]", ("R1",)), ("（P2）", ("P2",)), ("[12]", ("12",))]


def test_offsets_lead_back_to_the_original() -> None:
    text = "合计 **１，２９７** 与 1\u200b2.50 万元"
    given = spelled(text)
    last = claims_in(given)[-1]
    assert text[slice(*given.back(last.start, last.end))] == "1\u200b2.50 万元"


def test_a_page_of_digits_is_read_in_no_time() -> None:
    assert len(claims_in("9" * 4_000 + "万" * 4_000)) <= 1
    assert claims_in("一二三四五六七八九十百千万亿点" * 500) is not None
