"""The test of a connection: what works, what does not, and that nothing of a document is sent for it."""

from __future__ import annotations

import pytest
from loopback import Reply, serving

from retrieval.assistant import Settings, probe

PING = Reply(calls=(("ping", {}),))


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (PING, ""),
        (Reply("pong"), "tools"),
        (Reply(""), "empty"),
        (Reply(status=400, error="tools are not supported"), "tools"),
        (Reply(status=401), "unauthorized"),
        (Reply(status=404), "model"),
        (Reply(raw="<html></html>"), "malformed"),
    ],
    ids=["works", "no call", "empty", "no tools", "key", "model", "html"],
)
def test_what_an_endpoint_says(reply: Reply, reason: str) -> None:
    with serving([reply]) as server:
        assert probe(Settings(server.url, "m", "k", stall=5)).reason == reason


def test_a_closed_port() -> None:
    with serving([PING]) as server:
        gone = server.url
    assert probe(Settings(gone, "m", "k", stall=3)).reason == "network"


@pytest.mark.parametrize(("url", "key", "reason"), [("x", "k", "url"), ("https://example.org", "", "key")])
def test_incomplete_settings_are_not_tried(url: str, key: str, reason: str) -> None:
    assert probe(Settings(url, "m", key)).reason == reason


def test_what_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key goes to the endpoint alone; tracing, proxies and other keys of the environment change nothing."""
    with serving([PING]) as server, serving([PING]) as other:
        for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
            monkeypatch.setenv(name, "true")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", other.url)
        monkeypatch.setenv("LANGSMITH_API_KEY", "x")
        monkeypatch.setenv("OPENAI_API_KEY", "another key")
        monkeypatch.setenv("OPENAI_ORG_ID", "another organisation")
        monkeypatch.setenv("OPENAI_PROJECT_ID", "another project")
        monkeypatch.setenv("OPENAI_BASE_URL", other.url)
        monkeypatch.setenv("HTTP_PROXY", other.url)
        assert probe(Settings(server.url, "m", "k", stall=5)).reason == ""
        assert server.headers[0]["authorization"] == "Bearer k"
        assert "another" not in str(server.headers)
        assert [message["content"] for message in server.requests[0]["messages"]] == ["Call the tool ping once."]
        assert other.requests == []
