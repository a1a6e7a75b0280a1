"""A small server that speaks the OpenAI protocol, plain and streaming, and says what a script tells it to. It listens on this machine."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass
class Reply:
    """One turn. ``raw`` is sent as it is; ``stall_after`` characters of the text the server falls silent."""

    text: str = ""
    calls: tuple[tuple[str, dict[str, Any] | str], ...] = ()
    status: int = 200
    raw: str | None = None
    error: str = ""
    stall_after: int | None = None
    pause: float = 0.0
    finish: str = ""
    usage: bool = True
    headers: dict[str, str] = field(default_factory=dict)


Script = Callable[[dict[str, Any]], Reply]


class Server:
    """What was asked of it (``requests``), and when each piece of text left (``sent``)."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.sent: list[float] = []
        self.released = Event()
        self.broken = Event()
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}/v1"


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.requests.append(request)
            server.headers.append({name.lower(): value for name, value in self.headers.items()})
            reply = server.script(request)
            if reply.raw is not None or reply.status != 200:
                self.whole(reply.status, reply.raw if reply.raw is not None else _error(reply), reply.headers)
            elif request.get("stream"):
                self.stream(request, reply)
            else:
                self.whole(200, json.dumps(_completion(request, reply)), {})

        def whole(self, status: int, body: str, headers: dict[str, str]) -> None:
            data = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def stream(self, request: dict[str, Any], reply: Reply) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            try:
                _stream(server, self.wfile, request, reply)
            except OSError:
                server.broken.set()

    return Handler


def _stream(server: Server, out: Any, request: dict[str, Any], reply: Reply) -> None:
    """Server-sent events, one a chunk; None in place of a chunk is silence until the test is over or the caller hangs up."""
    for chunk in _chunks(request, reply):
        while chunk is None and not server.released.wait(0.05):
            out.write(b": still here\n\n")
            out.flush()
        if chunk is None:
            return
        if chunk["choices"] and chunk["choices"][0]["delta"].get("content"):
            time.sleep(reply.pause)
            server.sent.append(time.perf_counter())
        out.write(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())
        out.flush()
    out.write(b"data: [DONE]\n\n")


def _error(reply: Reply) -> str:
    return json.dumps({"error": {"message": reply.error or f"status {reply.status}", "type": "error", "code": None}})


def _calls(reply: Reply) -> list[dict[str, Any]]:
    return [
        {
            "index": i,
            "id": f"call_{i}_{name}",
            "type": "function",
            "function": {"name": name, "arguments": given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)},
        }
        for i, (name, given) in enumerate(reply.calls)
    ]


def _usage(request: dict[str, Any], reply: Reply) -> dict[str, int]:
    sent, received = len(json.dumps(request["messages"], ensure_ascii=False)) // 2, len(reply.text) + 5
    return {"prompt_tokens": sent, "completion_tokens": received, "total_tokens": sent + received}


def _completion(request: dict[str, Any], reply: Reply) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": reply.text or None}
    if reply.calls:
        message["tool_calls"] = _calls(reply)
    finish = reply.finish or ("tool_calls" if reply.calls else "stop")
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": request["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": _usage(request, reply),
    }


def _chunks(request: dict[str, Any], reply: Reply) -> Iterator[dict[str, Any] | None]:
    def chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
        choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
        return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": request["model"], "choices": choices}

    yield chunk({"role": "assistant", "content": ""})
    text = reply.text if reply.stall_after is None else reply.text[: reply.stall_after]
    for start in range(0, len(text), 7):
        yield chunk({"content": text[start : start + 7]})
    if reply.stall_after is not None:
        yield None
        return
    for call in _calls(reply):
        yield chunk({"tool_calls": [{**call, "function": {"name": call["function"]["name"], "arguments": ""}}]})
        for start in range(0, len(call["function"]["arguments"]), 9):
            part = call["function"]["arguments"][start : start + 9]
            yield chunk({"tool_calls": [{"index": call["index"], "function": {"arguments": part}}]})
    yield chunk({}, reply.finish or ("tool_calls" if reply.calls else "stop"))
    if reply.usage and (request.get("stream_options") or {}).get("include_usage"):
        whole = chunk({})
        yield {**whole, "choices": [], "usage": _usage(request, reply)}


@contextmanager
def serving(script: Script | list[Reply]) -> Iterator[Server]:
    """A server for a while. A list of replies is given one after the other, the last one again and again."""
    replies = list(script) if isinstance(script, list) else []

    def next_reply(_: dict[str, Any]) -> Reply:
        return replies.pop(0) if len(replies) > 1 else replies[0]

    server = Server(next_reply if isinstance(script, list) else script)
    thread = Thread(target=server.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.http.shutdown()
        server.http.server_close()
        thread.join(5)
