"""The routes of the server, put together."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

import pyoxigraph as ox
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from policygraph.errors import PolicyGraphError
from policygraph.iris import PREFIXES
from policygraph.serve.changes import Changes
from policygraph.serve.description import describe
from policygraph.serve.explorer import Explorer
from policygraph.serve.formats import TRIPLES, negotiate
from policygraph.serve.graph_store import read_graph
from policygraph.serve.protocol import answer_query
from policygraph.serve.requests import read_operation
from policygraph.serve.responses import problem, result
from policygraph.serve.service import Service
from policygraph.serve.settings import Settings
from policygraph.serve.shell import Shell, explain
from policygraph.serve.worker import TRIPLES as ENGINE_FORMATS


def create_app(settings: Settings) -> ASGIApp:
    """The ASGI application of a server with these settings."""
    service = Service(settings.build, settings.limits, settings.services)
    changes = Changes(service, settings)
    explorer = Explorer(service)

    async def sparql(request: Request) -> Response:
        operation = await read_operation(request, settings.limits)
        if operation is None:
            return await description(request)
        if operation.update:
            return await changes.update(request, operation)
        return await answer_query(request, service, operation)

    async def description(request: Request) -> Response:
        name = negotiate(request.headers.get("accept"), {"html": "text/html", **TRIPLES})
        if name == "html":
            return await explorer.editor(request)
        if name is None:
            return problem(406, f"The description comes as {', '.join(TRIPLES)}.")
        address = str(request.url.replace(query="", fragment=""))
        triples = await describe(service, address, settings.writable)
        data = ox.serialize(triples, format=ENGINE_FORMATS[name], prefixes=PREFIXES if name == "turtle" else None)
        return result(data or b"", TRIPLES[name])

    async def graphs(request: Request) -> Response:
        if request.method in ("GET", "HEAD"):
            return await read_graph(request, service)
        return await changes.graph(request)

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
        Route("/graphs", graphs, methods=["GET", "HEAD", "PUT", "POST", "DELETE"]),
        Route("/health", health),
        Route("/metrics", metrics),
        *explorer.routes(),
    ]
    app = Starlette(routes=routes, lifespan=life, exception_handlers={PolicyGraphError: explain})
    return Shell(app, settings, service.metrics)
