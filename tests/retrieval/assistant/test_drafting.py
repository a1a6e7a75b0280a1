"""Explanations and summaries: drafted in fixed parts, verified like answers, put together by code where the model fails."""

from __future__ import annotations

import json
from typing import Any

import pytest
from loopback import Reply, serving

from model.findings import Examination
from retrieval.assistant import Draft, Drafted, Settings, explain, summarise
from retrieval.assistant.outline import explanation, overview, summary
from words import say

READING = "正文所写的项目支出与各项目之和不符：290.00万元与448.00万元[F1]，相差 158.00 万元[F1]。"


def filled(reading: str = READING, **changes: Any) -> str:
    form = {
        "reading": reading,
        "causes": ["漏列了一个项目[F1]"],
        "questions": ["请提供各项目的预算批复"],
        "basis": "绩效目标表应与正文一致[F1]",
    }
    return json.dumps({**form, **changes}, ensure_ascii=False)


def drafted(artux: Examination, *replies: Reply, **changes: Any) -> tuple[Draft, list[dict[str, Any]]]:
    with serving(list(replies)) as server:
        events = list(explain(artux, artux.findings[0], Settings(server.url, "scripted", "k", **{"stall": 5.0, **changes})))
        last = events[-1]
        assert isinstance(last, Drafted)
        return last.draft, server.requests


@pytest.fixture
def reading(artux: Examination) -> str:
    """A true sentence about the first finding, from its own figures."""
    finding = artux.findings[0]
    return f"列示 {finding.stated}{finding.unit}，应为 {finding.expected}{finding.unit}[F1]。"


def test_an_explanation_is_drafted_by_schema(artux: Examination, reading: str) -> None:
    draft, requests = drafted(artux, Reply(filled(reading)))
    assert requests[0]["response_format"]["type"] == "json_schema"
    assert draft.model == "scripted"
    assert draft.warning == ""
    assert artux.findings[0].expected in draft.text
    assert say("assistant.draft.causes") in draft.text
    assert "1. 请提供各项目的预算批复" in draft.text
    assert "[F1]" not in draft.text
    assert "页）" in draft.text


def test_an_endpoint_without_schemas_is_asked_by_a_tool(artux: Examination, reading: str) -> None:
    refused = Reply(status=400, error="response_format is not supported")
    draft, requests = drafted(artux, refused, Reply(calls=(("explanation", json.loads(filled(reading))),)))
    assert requests[1]["tools"][0]["function"]["name"] == "explanation"
    assert draft.model == "scripted"


def test_an_invented_figure_in_a_draft_is_repaired(artux: Examination, reading: str) -> None:
    draft, requests = drafted(artux, Reply(filled("应为 777.77 万元[F1]。")), Reply(filled(reading)))
    assert "777.77" in requests[1]["messages"][-1]["content"]
    assert "777.77" not in draft.text
    assert draft.model == "scripted"


def test_what_stays_invented_is_marked(artux: Examination, reading: str) -> None:
    draft, _ = drafted(artux, Reply(filled(f"{reading}另有 777.77 万元[F1]。")))
    before, after = say("assistant.not_borne_out", text="\x00").split("\x00")
    assert f"{before}另有 777.77 万元" in draft.text
    assert after in draft.text
    assert "777.77" in draft.warning


def test_a_draft_of_nothing_but_inventions_is_replaced(artux: Examination) -> None:
    draft, _ = drafted(artux, Reply(filled("应为 777.77 万元[F1]。", causes=[], basis="")))
    assert (draft.model, draft.text) == ("local", explanation(artux.findings[0], "zh"))
    assert draft.why == say("assistant.local.unverified")


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(status=401), "unauthorized"),
        (Reply("no json"), "malformed"),
        (Reply("{}"), "unverified"),
        (Reply(""), "empty"),
        (Reply("[]"), "malformed"),
        (Reply(raw="<html>"), "malformed"),
        (Reply(filled(), stall_after=20), "stalled"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_draft_never_fails(artux: Examination, reply: Reply, reason: str) -> None:
    draft, _ = drafted(artux, reply, stall=1.0)
    assert (draft.model, draft.why) == ("local", say(f"assistant.local.{reason}"))
    assert draft.text == explanation(artux.findings[0], "zh")


def test_without_a_model_it_is_put_together_from_the_rules(artux: Examination) -> None:
    for finding in artux.findings:
        (event,) = explain(artux, finding, None)
        assert isinstance(event, Drafted)
        assert event.draft.model == "local"
        assert say("assistant.draft.questions") in event.draft.text
    (whole,) = summarise(artux, None, "en")
    assert isinstance(whole, Drafted)
    assert whole.draft.text == summary(artux, "en")


def test_a_summary_is_drafted_and_verified(artux: Examination) -> None:
    form = {"overview": overview(artux, "zh") + "[C1]", "points": ["先核实项目支出[F1]"], "next": ["请部门说明"]}
    with serving([Reply(json.dumps(form, ensure_ascii=False))]) as server:
        last = list(summarise(artux, Settings(server.url, "scripted", "k", stall=5)))[-1]
    assert isinstance(last, Drafted)
    assert last.draft.model == "scripted"
    assert last.draft.warning == ""
    assert overview(artux, "zh") in last.draft.text


def test_a_summary_that_finds_nothing_wrong_is_not_believed(artux: Examination) -> None:
    form = {"overview": "该部门预算各表勾稽关系正确，没有发现任何问题。", "points": [], "next": []}
    with serving([Reply(json.dumps(form, ensure_ascii=False))]) as server:
        last = list(summarise(artux, Settings(server.url, "scripted", "k", stall=5)))[-1]
    assert isinstance(last, Drafted)
    assert (last.draft.model, last.draft.text) == ("local", summary(artux, "zh"))
