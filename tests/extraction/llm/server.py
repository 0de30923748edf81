"""A local server that speaks the chat-completions protocol and misbehaves on demand."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

#: What a scripted server does with one request: a status with a body, or one of the words below.
Action = tuple[int, str, dict[str, str]] | str
HANG, CUT = "hang", "cut the connection"


def chat(content: str, finish: str = "stop") -> Action:
    body = {
        "choices": [{"message": {"role": "assistant", "content": content}, "finish_reason": finish}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20},
    }
    return 200, json.dumps(body), {}


def answer(events: list[dict[str, Any]] | None = None, statements: list[dict[str, Any]] | None = None) -> Action:
    return chat(json.dumps({"events": events or [], "statements": statements or []}))


@dataclass
class ModelServer:
    """Answers with `reply(passage, number of requests so far)`; keeps what it was sent."""

    reply: Callable[[str, int], Action]
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def __enter__(self) -> ModelServer:
        outer = self
        release = threading.Event()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                outer.requests.append(body)
                outer.headers.append({k.lower(): v for k, v in self.headers.items()})
                text = body["messages"][1]["content"]
                passage = json.loads(text[text.index("\n") + 1 :])
                action = outer.reply(passage, len(outer.requests))
                if action == HANG:
                    release.wait(20)
                    return
                if action == CUT:
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{")
                    return
                status, payload, headers = action
                data = payload.encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *args: object) -> None:
                pass

        self._release = release
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self._release.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"
