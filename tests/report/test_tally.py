"""What an examination comes to, in counts and sentences."""

from __future__ import annotations

from dataclasses import replace

from factory import case

from model.document import Problem, Status
from report.tally import percent, problems, ranges, tally, verdict


def test_one_sentence_for_the_same_problem_of_many_pages_after_those_of_the_whole_document() -> None:
    made = case("sum").examination
    found = (*(Problem("no-text-layer", page) for page in (1, 2, 3, 7)), Problem("not-a-pdf"))
    sentences = problems(replace(made, document=replace(made.document, problems=found)), "zh")
    assert [sentence[:8] for sentence in sentences] == ["这不是 PDF ", "第1–3, 7页"]


def test_page_numbers_that_follow_each_other_are_joined() -> None:
    assert ranges([5, 1, 2, 2]) == "1–2, 5"
    assert ranges([]) == ""


def test_a_share_of_nothing_is_no_number() -> None:
    assert percent(0, 0) == "—"
    assert percent(1, 3) == "33.3%"


def test_pages_that_were_not_read_are_part_of_the_verdict() -> None:
    made = case("rounding").examination
    partial = replace(made, document=replace(made.document, status=Status.PARTIAL))
    assert verdict(tally(partial, {}, "zh"), "zh").endswith("未发现矛盾。部分页面未能读取，未读取的内容没有核对。")
