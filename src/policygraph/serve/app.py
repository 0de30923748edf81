"""The routes of the server, put together."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from policygraph.errors import PolicyGraphError
from policygraph.serve.protocol import answer_query, refuse_update
from policygraph.serve.requests import read_operation
from policygraph.serve.service import Service
from policygraph.serve.settings import Settings
from policygraph.serve.shell import Shell, explain


def create_app(settings: Settings) -> ASGIApp:
    """The ASGI application of a server with these settings."""
    service = Service(settings.build, settings.limits, settings.services)

    async def sparql(request: Request) -> Response:
        operation = await read_operation(request, settings.limits)
        if operation is None:
            return PlainTextResponse("A SPARQL 1.1 endpoint.")
        if operation.update:
            raise refuse_update(settings.writable)
        return await answer_query(request, service, operation)

    async def health(request: Request) -> Response:
        return JSONResponse({"status": "ok", "graph": service.folder.name})

    async def metrics(request: Request) -> Response:
        text = service.metrics.text(policygraph_running_queries=service.pool.running)
        return PlainTextResponse(text, media_type="text/plain; version=0.0.4")

    @contextlib.asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        await service.start()
        try:
            yield
        finally:
            await service.stop()

    routes = [
        Route("/sparql", sparql, methods=["GET", "HEAD", "POST"]),
        Route("/health", health),
        Route("/metrics", metrics),
    ]
    app = Starlette(routes=routes, lifespan=life, exception_handlers={PolicyGraphError: explain})
    return Shell(app, settings, service.metrics)
