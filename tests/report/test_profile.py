"""What a disclosure's money consists of, from the facts as printed."""

from __future__ import annotations

from decimal import Decimal

import pytest

import triage
from making import table_pdf, text_pdf
from model.facts import Nature
from report.profile import changes, composition, flow, sources

WAN = Decimal(10_000)
CODED = [
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["205", "教育支出", "30.00", "10.00", "20.00"],
    ["20502", "普通教育", "25.00", "10.00", "15.00"],
    ["2050201", "学前教育", "25.00", "10.00", "15.00"],
    ["206", "科学技术支出", "10.00", "10.00", ""],
    ["20602", "基础研究", "10.00", "10.00", ""],
    ["合计", "", "40.00", "20.00", "20.00"],
]
BALANCE = [
    ["收入", "", "支出", ""],
    ["项目", "预算数", "项目", "预算数"],
    ["一、本年收入", "30.00", "一、教育支出", "30.00"],
    ["1.一般公共预算拨款", "20.00", "二、科学技术支出", "10.00"],
    ["2.其他收入", "10.00", "", ""],
    ["二、上年结转", "10.00", "", ""],
    ["收入总计", "40.00", "支出总计", "40.00"],
]


@pytest.fixture(scope="module")
def coded() -> triage.Examined:
    return triage.Examined("", triage.examine(table_pdf(CODED, "表3 2026年部门支出总体情况表"), "a.pdf"))


def test_a_class_consists_of_its_sections_and_what_they_leave(coded: triage.Examined) -> None:
    parts = {part.code: part for part in composition(coded.examination.facts)}
    assert set(parts) == {"205", "20502", "2050201", "206", "20602"}
    assert [(parts[code].amount / WAN, parts[code].rest / WAN, parts[code].parent) for code in ("205", "20502", "2050201")] == [
        (30, 5, ""),
        (25, 0, "205"),
        (25, 25, "20502"),
    ]
    assert sum(part.rest for part in parts.values()) / WAN == 40


def test_income_is_told_in_the_parts_that_add_up() -> None:
    examination = triage.examine(table_pdf(BALANCE, "表1 2026年部门收支总体情况表"), "b.pdf")
    found = sources(examination.facts)
    assert sum((amount for _, amount in found), Decimal(0)) / WAN == 40
    assert len(found) == 3


def test_money_flows_from_the_sources_to_classes_and_kinds(sample_examination: triage.Examined) -> None:
    streams = flow(sample_examination.examination, "总计", {Nature.BASIC: "基本", Nature.PROJECT: "项目"})
    sums = [sum((s.amount for s in streams if s.stage == stage), Decimal(0)) / WAN for stage in (0, 1, 2)]
    assert sums[0] == Decimal("6544.64")
    assert abs(sums[1] - sums[0]) < 1
    assert abs(sums[2] - sums[1]) < 1


def test_changes_are_those_the_text_states(sample_examination: triage.Examined) -> None:
    found = changes(sample_examination.examination)
    [own] = [change for change in found if change.label == "单位资金"]
    assert (own.difference / WAN, own.rate) == (-300, "60.00%")
    sizes = [abs(change.difference) for change in found]
    assert sizes == sorted(sizes, reverse=True)


def test_a_document_without_tables_has_nothing_to_draw() -> None:
    examination = triage.examine(text_pdf("某市某局2026年部门预算", "一、概况"), "c.pdf")
    assert composition(examination.facts) == ()
    assert flow(examination, "总计", {Nature.BASIC: "基本", Nature.PROJECT: "项目"}) == ()
    assert changes(examination) == ()


@pytest.fixture(scope="module")
def sample_examination() -> triage.Examined:
    from making import ROOT

    path = ROOT / "samples" / "artux-2026-budget.pdf"
    return triage.Examined(str(path), triage.examine(path.read_bytes(), path.name))
