"""Answers of scripted models on a loopback endpoint: good ones are shown, all others caught, repaired or replaced."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from loopback import Reply, Server, serving

from making import examination
from model.findings import Examination
from retrieval import ask
from retrieval.assistant import AssistantAnswer, Done, Event, Settings, Step, Tick, Token, answer
from words import say

QUESTION = "本年收入是多少"
GOOD = "2026年本年收入为 1,032.49 万元[R1]。"
INVENTED = "本年收入为 1,999.99 万元[R1]。"


def settings(server: Server, **changes: Any) -> Settings:
    return Settings(**{"url": server.url, "model": "scripted", "key": "k", "stall": 5.0, "seconds": 30.0, **changes})


def asked(artux: Examination, server: Server, question: str = QUESTION, history: Sequence[Any] = (), **changes: Any) -> list[Event]:
    return list(answer([artux], question, history, settings(server, **changes)))


def result(events: list[Event]) -> AssistantAnswer:
    assert isinstance(events[-1], Done)
    return events[-1].result


def replied(artux: Examination, *replies: Reply, **changes: Any) -> AssistantAnswer:
    with serving(list(replies)) as server:
        return result(asked(artux, server, **changes))


def is_local(found: AssistantAnswer, artux: Examination, reason: str) -> bool:
    local = ask([artux], QUESTION)
    return found.answer == local and found.why == say(f"assistant.local.{reason}")


def test_a_good_answer_is_shown_with_its_cell(artux: Examination) -> None:
    found = replied(artux, Reply(GOOD))
    assert found.answer.text == "2026年本年收入为 1,032.49 万元[1]。"
    assert (found.answer.mode, found.answer.found, found.why, found.warning) == ("scripted", True, "", "")
    assert [(v.text, v.unit) for v in found.answer.values] == [("1,032.49", "万元")]
    assert (found.answer.evidence[0].figure, found.answer.evidence[0].row) == ("1,032.49", "一、本年收入")
    assert found.spent.tokens > 0
    assert found.spent.calls == 1


def test_the_model_looks_up_and_has_code_calculate(artux: Examination) -> None:
    replies = [
        Reply(calls=(("search", {"query": "一般公共预算拨款"}), ("search", {"query": "单位资金"}))),
        Reply(calls=(("calculate", {"expression": "R1.1 - R1.1"}), ("calculate", {"expression": "999 + 1"}))),
        Reply("差额为 0.00 万元[C2]。"),
    ]
    with serving(replies) as server:
        events = asked(artux, server)
        results = [m["content"] for m in server.requests[2]["messages"] if m["role"] == "tool"]
    assert [event.text for event in events if isinstance(event, Step)][1:3] == ["查找：一般公共预算拨款", "查找：单位资金"]
    assert "1,032.49 万元 - 1,032.49 万元 = 0.00 万元" in results[2]
    assert results[3] == say("assistant.formula.units", what="number + number")
    assert result(events).answer.text == "差额为 0.00 万元[1]。"
    assert any("1,032.49 万元 - 1,032.49 万元" in step for step in result(events).answer.plan)


def test_pages_and_boxes_do_not_go_through_the_model(artux: Examination) -> None:
    with serving([Reply(calls=(("search", {"query": "本年收入"}),)), Reply(GOOD)]) as server:
        found = result(asked(artux, server))
        sent = str(server.requests)
    place = found.answer.evidence[0].place
    assert f"{place.box.x0:.1f}" not in sent
    assert "第10页" not in sent


def test_an_invented_figure_is_repaired_once(artux: Examination) -> None:
    with serving([Reply(INVENTED), Reply(GOOD)]) as server:
        found = result(asked(artux, server))
        repair = server.requests[1]["messages"][-1]["content"]
    assert "1,999.99 万元" in repair
    assert found.repaired
    assert "1,032.49" in found.answer.text


def test_an_answer_that_stays_invented_is_replaced(artux: Examination) -> None:
    found = replied(artux, Reply(INVENTED))
    assert is_local(found, artux, "unverified")
    assert "1,999.99" not in found.answer.text


def test_a_sentence_that_stays_invented_is_struck_out_among_good_ones(artux: Examination) -> None:
    found = replied(artux, Reply(f"{GOOD}其中 {INVENTED}"))
    assert found.answer.mode == "scripted"
    struck = [found.answer.text[low:high] for low, high in found.struck]
    assert len(struck) == 1
    assert "1,999.99" in struck[0]
    assert found.warning in found.answer.text
    assert [v.text for v in found.answer.values] == ["1,032.49"]


@pytest.mark.parametrize("text", ["本年收入为 1,032.49 万元[R77]。", "本年收入为 1,032.49 万元[9]。", "本年收入为 1,032.49 万元。"])
def test_ids_that_were_never_looked_up_are_not_believed(artux: Examination, text: str) -> None:
    assert is_local(replied(artux, Reply(text)), artux, "unverified")


def test_a_model_that_loops_is_stopped(artux: Examination) -> None:
    with serving([Reply(calls=(("search", {"query": "本年收入"}),))]) as server:
        found = result(asked(artux, server, calls=4))
        assert len(server.requests) == 4
    assert is_local(found, artux, "loop")


def test_a_budget_of_tokens_ends_it(artux: Examination) -> None:
    with serving([Reply(calls=(("search", {"query": "本年收入"}),))]) as server:
        found = result(asked(artux, server, tokens=6_000))
        assert len(server.requests) < 8
    assert is_local(found, artux, "budget")


def test_tokens_are_estimated_where_the_endpoint_tells_none(artux: Examination) -> None:
    found = replied(artux, Reply(GOOD, usage=False))
    assert found.spent.estimated
    assert found.spent.tokens > 300


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(status=401), "unauthorized"),
        (Reply(status=403), "unauthorized"),
        (Reply(status=429, headers={"retry-after-ms": "1"}), "rate"),
        (Reply(status=500, headers={"retry-after-ms": "1"}), "server"),
        (Reply(status=503, headers={"retry-after-ms": "1"}), "server"),
        (Reply(status=402, error="Insufficient Balance"), "rate"),
        (Reply(status=404, error="The model `x` does not exist"), "model"),
        (Reply(status=400, error="x does not support tools"), "tools"),
        (Reply(status=400, error="This model's maximum context length is 4096 tokens"), "context"),
        (Reply(status=400, error="bad"), "refused"),
        (Reply(status=302, raw="", headers={"Location": "http://127.0.0.1:1/"}), "refused"),
        (Reply(raw="<html>hello</html>"), "malformed"),
        (Reply(raw='{"choices": null}'), "malformed"),
        (Reply(raw=""), "malformed"),
        (Reply(text=""), "empty"),
        (Reply(text="   \n "), "empty"),
        (Reply(GOOD, finish="length"), "cut"),
        (Reply(GOOD, finish="content_filter"), "refused"),
        (Reply(calls=(("search", "查找收入"),)), "malformed"),
        (Reply(calls=(("search", '{"quer'),)), "loop"),
        (Reply(calls=(("delete_document", {"id": 1}),)), "loop"),
    ],
    ids=lambda value: f"{value.status}-{value.error[:12]}-{value.text[:4]}" if isinstance(value, Reply) else value,
)
def test_every_failure_ends_in_the_local_answer_and_one_line(artux: Examination, reply: Reply, reason: str) -> None:
    assert is_local(replied(artux, reply), artux, reason)


def test_no_network(artux: Examination) -> None:
    with serving([Reply(GOOD)]) as server:
        gone = server.url
    events = list(answer([artux], QUESTION, [], Settings(gone, "m", "k", stall=5)))
    assert is_local(result(events), artux, "network")


@pytest.mark.parametrize(("url", "key", "reason"), [("https://example.org/v1", "", "key"), ("nowhere", "k", "url")])
def test_incomplete_settings_are_said(artux: Examination, url: str, key: str, reason: str) -> None:
    assert is_local(result(list(answer([artux], QUESTION, [], Settings(url, "m", key)))), artux, reason)


def test_without_a_model_the_answer_is_local_and_says_nothing_of_one(artux: Examination) -> None:
    assert result(list(answer([artux], QUESTION, [], None))) == AssistantAnswer(ask([artux], QUESTION))


def test_silence_in_mid_stream_is_ended(artux: Examination) -> None:
    with serving([Reply(GOOD, stall_after=12)]) as server:
        events = asked(artux, server, stall=1.0)
    assert "".join(e.text for e in events if isinstance(e, Token)) == GOOD[:12]
    assert is_local(result(events), artux, "stalled")
    assert result(events).spent.seconds < 20


def test_the_time_for_an_answer_is_bounded(artux: Examination) -> None:
    with serving([Reply("本年收入为 1,032.49 万元[R1]。" * 40, pause=0.1)]) as server:
        assert is_local(result(asked(artux, server, seconds=1.0)), artux, "timeout")


def test_stopping_hangs_up(artux: Examination) -> None:
    with serving([Reply(GOOD, stall_after=12)]) as server:
        events = answer([artux], QUESTION, [], settings(server))
        for event in events:
            if isinstance(event, Token):
                break
        events.close()  # type: ignore[attr-defined]
        assert server.broken.wait(10)


def test_ticks_tell_time_and_tokens(artux: Examination) -> None:
    with serving([Reply(calls=(("search", {"query": "收入"}),)), Reply(GOOD, pause=0.3)]) as server:
        ticks = [event for event in asked(artux, server) if isinstance(event, Tick)]
    assert ticks[-1].spent.seconds > 0.3
    assert ticks[-1].spent.calls == 1
    assert 0 < ticks[-1].spent.tokens < ticks[-1].spent.budget


def test_the_first_token_is_passed_on_within_50_ms(artux: Examination) -> None:
    delays = []
    for _ in range(5):
        with serving([Reply(GOOD, pause=0.05)]) as server:
            for event in answer([artux], QUESTION, [], settings(server)):
                if isinstance(event, Token):
                    delays.append(time.perf_counter() - server.sent[0])
                    break
    assert min(delays) < 0.050


def test_thoughts_are_not_shown(artux: Examination) -> None:
    with serving([Reply(f"<think>大概 9,999 万元？</think>\n{GOOD}")]) as server:
        events = asked(artux, server)
    assert "9,999" not in "".join(e.text for e in events if isinstance(e, Token))
    assert "9,999" not in result(events).answer.text
    assert result(events).answer.mode == "scripted"


def test_the_shared_refusal_passes_with_the_nearest_rows(artux: Examination) -> None:
    found = replied(artux, Reply(say("answer.refusal")))
    assert (found.answer.found, found.answer.text, found.why) == (False, say("answer.refusal"), "")
    assert found.answer.nearest


def test_a_refusal_with_a_figure_is_no_refusal(artux: Examination) -> None:
    assert is_local(replied(artux, Reply(say("answer.refusal") + "可能是 500 万元。")), artux, "unverified")


@dataclass
class Said:
    number: int
    document: str
    page: int
    box: tuple[float, float, float, float]
    text: str
    table: str | None


@dataclass
class Turn:
    question: str
    answer: str
    citations: list[Said]


def turn(found: AssistantAnswer, document: str = "") -> Turn:
    e = found.answer.evidence[0]
    box = (e.place.box.x0, e.place.box.y0, e.place.box.x1, e.place.box.y1)
    return Turn(QUESTION, found.answer.text, [Said(1, document or e.document, e.place.page, box, e.text, e.table)])


def test_a_follow_up_remembers_what_was_cited(artux: Examination) -> None:
    first = replied(artux, Reply(GOOD))
    with serving([Reply("如前所述，本年收入为 1,032.49 万元[R1]。")]) as server:
        found = result(asked(artux, server, "那是多少", history=[turn(first)]))
        roles = [(m["role"], m["content"]) for m in server.requests[0]["messages"]]
    assert roles[1] == ("user", QUESTION)
    assert roles[2] == ("assistant", "2026年本年收入为 1,032.49 万元[R1]。")
    assert "一、本年收入" in roles[3][1]
    assert roles[3][1].count("一、本年收入") > 3, "what the question before was about is searched too"
    assert found.answer.mode == "scripted"


def test_what_was_said_of_another_document_is_forgotten(artux: Examination) -> None:
    first = replied(artux, Reply(GOOD))
    with serving([Reply(GOOD)]) as server:
        asked(artux, server, history=[turn(first, document="cd" * 32)])
        assert [m["role"] for m in server.requests[0]["messages"]] == ["system", "user"]


def test_nothing_of_a_document_that_was_not_chosen_can_be_reached() -> None:
    other = examination(organization="另一单位", sha256="cd" * 32)
    script = [
        Reply(calls=(("search", {"query": "本年收入", "document": "阿图什"}), ("list_tables", {}), ("read_table", {"table": "表1"}))),
        Reply("x"),
    ]
    with serving(script) as server:
        list(answer([other], QUESTION, [], settings(server)))
        assert "1,032.49" not in str(server.requests)
        assert "阿图什" not in str([m for r in server.requests for m in r["messages"] if m["role"] != "assistant"])


def test_documents_are_compared(artux: Examination) -> None:
    other = examination(organization="另一单位", sha256="cd" * 32)
    script = [Reply(calls=(("compare_documents", {"subject": "支出合计"}),)), Reply("x")]
    with serving(script) as server:
        list(answer([artux, other], "两家的支出合计", [], settings(server)))
        told = next(m["content"] for m in server.requests[1]["messages"] if m["role"] == "tool")
    assert "另一单位" in told or "阿图什" in told
