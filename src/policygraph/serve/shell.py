"""What surrounds every request: its id, who may ask, headers, errors as sentences, logs and counts."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from random import getrandbits

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from policygraph.errors import PolicyGraphError
from policygraph.serve.log import RequestLog
from policygraph.serve.metrics import Metrics
from policygraph.serve.pool import PoolError
from policygraph.serve.requests import RequestError
from policygraph.serve.responses import problem
from policygraph.serve.settings import Settings

#: Routes that show whether the server is well need no token.
_OPEN = ("/health",)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "cross-origin",
    # The graph may change at any time: keep an answer, but ask whether it still holds.
    "cache-control": "no-cache",
    # Pages of the explorer bring a policy of their own.
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}
_CORS = {"access-control-expose-headers": "etag, location, retry-after, x-request-id"}
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[\w.\-]+)(:\d{1,5})?")
_GIVEN_IDENTITY = re.compile(r"[\w.\-]{1,64}", re.ASCII)
_SENTENCES = {404: "There is nothing at this address.", 405: "That method is not answered here."}


def explain(request: Request, error: Exception) -> Response:
    """The answer to a request that raised one of our errors: its status and its sentence."""
    request.state.error = error.kind if isinstance(error, PoolError) else str(error)
    if isinstance(error, RequestError):
        return problem(error.status, error.message, error.headers)
    if isinstance(error, PoolError):
        return problem(error.status, error.message, {"retry-after": "5"} if error.passing else {})
    status = 400 if isinstance(error, PolicyGraphError) and error.exit_code == 2 else 500
    return problem(status, str(error))


def explain_status(request: Request, error: Exception) -> Response:
    """The answer where no route fits."""
    if not isinstance(error, HTTPException):
        raise error
    return problem(error.status_code, _SENTENCES.get(error.status_code, error.detail), error.headers)


class Shell:
    """Wraps the application; the only place that knows about ids, logs and headers."""

    def __init__(
        self, app: ASGIApp, settings: Settings, metrics: Metrics, methods: Callable[[Scope], list[str]]
    ) -> None:
        self.app, self.settings, self.metrics, self.methods = app, settings, metrics, methods
        self.log = RequestLog()
        headers = {**_HEADERS, **({**_CORS, "access-control-allow-origin": settings.cors} if settings.cors else {})}
        self._always = [(k.encode(), v.encode("latin-1")) for k, v in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begin, status = time.perf_counter(), 0
        scope.setdefault("state", {})
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        identity = given if given and _GIVEN_IDENTITY.fullmatch(given) else f"{getrandbits(48):012x}"

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *self._headers(identity, message["headers"])]
            await send(message)

        try:
            early = self._early(scope, headers)
            await (early or self.app)(scope, receive, send_with_headers)
        finally:
            route = getattr(scope.get("route"), "path", None) or "other"
            seconds = time.perf_counter() - begin
            self.metrics.request(route, status, seconds)
            self.log.add(identity, scope["method"], scope["path"], status, seconds, scope["state"].get("error"))

    def _early(self, scope: Scope, headers: Headers) -> Response | None:
        """Answers that need no application: foreign names, preflights, missing tokens."""
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not _HOST.fullmatch(hosts[0]):
            return problem(400, "The Host header must name one host.")
        if not self.settings.answers_to(hosts[0]):
            return problem(421, "This server does not answer to that name.")
        if scope["method"] == "OPTIONS":
            return self._options(self.methods(scope))
        if scope["path"] not in _OPEN and not self.settings.may_read(headers.get("authorization")):
            how = {"www-authenticate": 'Basic realm="policygraph", charset="UTF-8"'}
            return problem(401, "This server asks for a token.", how)
        return None

    def _options(self, methods: list[str]) -> Response:
        """What may be done at an address; also the answer to a browser's question before a request."""
        if not methods:
            return problem(404, _SENTENCES[404])
        allowed = ", ".join([*methods, "OPTIONS"])
        headers = {"allow": allowed}
        if self.settings.cors:
            headers |= {
                "access-control-allow-methods": allowed,
                "access-control-allow-headers": "accept, authorization, content-type, if-match, if-none-match",
                "access-control-max-age": "600",
            }
        return Response(status_code=204, headers=headers)

    def _headers(self, identity: str, present: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        names = {name for name, _ in present}
        return [(b"x-request-id", identity.encode()), *(h for h in self._always if h[0] not in names)]
