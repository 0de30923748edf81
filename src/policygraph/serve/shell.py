"""What surrounds every request: its id, who may ask, headers, errors as sentences, logs and counts."""

from __future__ import annotations

import json
import logging
import time
import uuid

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from policygraph.errors import PolicyGraphError
from policygraph.serve.metrics import Metrics
from policygraph.serve.pool import PoolError
from policygraph.serve.requests import RequestError
from policygraph.serve.responses import problem
from policygraph.serve.settings import Settings

log = logging.getLogger("policygraph.serve")

#: Routes that show whether the server is well need no token.
_OPEN = ("/health",)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "cross-origin",
}
_PAGE_POLICY = "default-src 'none'; frame-ancestors 'none'"
_METHODS = "GET, HEAD, POST, PUT, DELETE, OPTIONS"


def explain(request: Request, error: Exception) -> Response:
    """The answer to a request that raised one of our errors: its status and its sentence."""
    request.state.error = error.kind if isinstance(error, PoolError) else str(error)
    if isinstance(error, RequestError | PoolError):
        return problem(error.status, error.message)
    status = 400 if isinstance(error, PolicyGraphError) and error.exit_code == 2 else 500
    return problem(status, str(error))


class Shell:
    """Wraps the application; the only place that knows about ids, logs and headers."""

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics) -> None:
        self.app, self.settings, self.metrics = app, settings, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        identity, begin, status = uuid.uuid4().hex[:12], time.perf_counter(), 0
        scope.setdefault("state", {})

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *self._headers(identity, message["headers"])]
            await send(message)

        try:
            early = self._early(request)
            await (early or self.app)(scope, receive, send_with_headers)
        finally:
            route = getattr(scope.get("route"), "path", None) or "other"
            seconds = time.perf_counter() - begin
            self.metrics.count("policygraph_requests_total", route=route, status=str(status))
            self.metrics.time(route, seconds)
            record = {"id": identity, "method": request.method, "path": scope["path"], "status": status}
            error = scope["state"].get("error")
            log.info(json.dumps({**record, "ms": round(seconds * 1000, 1), **({"error": error} if error else {})}))

    def _early(self, request: Request) -> Response | None:
        """Answers that need no application: foreign names, preflights, missing tokens."""
        if not self.settings.answers_to(request.headers.get("host", "")):
            return problem(421, "This server does not answer to that name.")
        if request.method == "OPTIONS":
            return Response(
                status_code=204,
                headers={
                    "allow": _METHODS,
                    "access-control-allow-methods": _METHODS,
                    "access-control-allow-headers": "authorization, content-type, accept",
                    "access-control-max-age": "600",
                },
            )
        if request.url.path not in _OPEN and not self.settings.may_read(request.headers.get("authorization")):
            response = problem(401, "This server asks for a token.")
            response.headers["www-authenticate"] = 'Basic realm="policygraph", charset="UTF-8"'
            return response
        return None

    def _headers(self, identity: str, present: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        names = {name.lower() for name, _ in present}
        headers = {**_HEADERS, "x-request-id": identity, "content-security-policy": _PAGE_POLICY}
        if self.settings.cors:
            headers["access-control-allow-origin"] = self.settings.cors
            headers["access-control-expose-headers"] = "etag, x-request-id"
        return [(k.encode(), v.encode("latin-1")) for k, v in headers.items() if k.encode() not in names]
