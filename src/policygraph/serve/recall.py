"""Answers given before, by the bytes of the request that asked for them."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from policygraph.serve.service import Service

_PATHS = ("/sparql", "/sparql/")
_LARGEST = 64 * 1024
_CAPACITY = 64 * 1024 * 1024
#: What an answer may depend on beside the address.
_HEADERS = (b"accept", b"host", b"if-none-match", b"content-length", b"transfer-encoding", b"x-forwarded-proto")


class Recall:
    """Wraps the application: a query that comes again in the same words is answered without reading it again.

    What is kept holds as long as the generation that is served.
    """

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self.app, self.service = app, service
        self._generation, self._size = "", 0
        self._kept: OrderedDict[Any, tuple[Message, Message]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or let the application answer and keep what it says."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] not in _PATHS:
            await self.app(scope, receive, send)
            return
        if self._generation != self.service.generation:
            self._kept.clear()
            self._generation, self._size = self.service.generation, 0
        headers = [(k, v) for k, v in scope["headers"] if k in _HEADERS]
        key = (scope["scheme"], scope["raw_path"], scope["query_string"], *headers)
        kept = self._kept.get(key)
        if kept is None:
            await self._ask(key, scope, receive, send)
            return
        self._kept.move_to_end(key)
        self.service.metrics.count("policygraph_cached_answers_total")
        start, body = kept
        await send({**start})
        await send(body)

    async def _ask(self, key: Any, scope: Scope, receive: Receive, send: Send) -> None:
        generation = self._generation
        started: Message = {}

        async def listen(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = {**message} if message["status"] == 200 else {}
            elif started and not message.get("more_body") and generation == self.service.generation:
                self._keep(key, started, message)
            await send(message)

        await self.app(scope, receive, listen)

    def _keep(self, key: Any, start: Message, body: Message) -> None:
        length = dict(start["headers"]).get(b"content-length")
        if key in self._kept or length != str(len(body["body"])).encode() or len(body["body"]) > _LARGEST:
            return
        self._kept[key] = (start, {"type": "http.response.body", "body": body["body"]})
        self._size += len(body["body"]) + 1000
        while self._size > _CAPACITY:
            _, (_, dropped) = self._kept.popitem(last=False)
            self._size -= len(dropped["body"]) + 1000
