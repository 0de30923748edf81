"""The routes of the server, put together."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Sequence

import pyoxigraph as ox
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Scope

from policygraph.errors import PolicyGraphError
from policygraph.serve.changes import Changes
from policygraph.serve.conditional import entity_tag, unchanged
from policygraph.serve.description import DESCRIPTION_PREFIXES, describe
from policygraph.serve.explorer import Explorer
from policygraph.serve.formats import TRIPLES, negotiate
from policygraph.serve.graph_store import read_graph
from policygraph.serve.protocol import answer_query
from policygraph.serve.requests import accepted, own_address, read_operation
from policygraph.serve.responses import problem, result
from policygraph.serve.service import Service
from policygraph.serve.settings import Settings
from policygraph.serve.shell import Shell, explain, explain_status
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

    async def home(request: Request) -> Response:
        # Many tools are given no more than a server's name.
        asked = request.query_params.keys() & {"query", "update"}
        return await (sparql if asked or request.method == "POST" else explorer.start)(request)

    async def description(request: Request) -> Response:
        name = negotiate(accepted(request), {**TRIPLES, "html": "text/html"})
        if name == "html":
            return await explorer.editor(request)
        if name is None:
            return problem(406, f"The description comes as {', '.join(TRIPLES)}.")
        tag = entity_tag(service.generation, "description", name)
        if (same := unchanged(request, tag)) is not None:
            return same
        triples = await describe(service, own_address(request), settings)
        prefixes = DESCRIPTION_PREFIXES if name in ("turtle", "trig") else None
        data = ox.serialize(triples, format=ENGINE_FORMATS[name], prefixes=prefixes)
        response = result(data or b"", TRIPLES[name])
        response.headers.update({"etag": tag, "vary": "Accept"})
        return response

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

    async def void(request: Request) -> Response:
        return RedirectResponse("/sparql", status_code=303)

    asking, storing = ["GET", "HEAD", "POST"], ["GET", "HEAD", "PUT", "POST", "DELETE"]
    routes = [
        Route("/", home, methods=asking),
        *(Route(path, sparql, methods=asking) for path in ("/sparql", "/sparql/")),
        *(Route(path, graphs, methods=storing) for path in ("/graphs", "/graphs/{graph:path}")),
        Route("/.well-known/void", void),
        Route("/health", health),
        Route("/metrics", metrics),
        *explorer.routes(),
    ]
    handlers = {PolicyGraphError: explain, HTTPException: explain_status}
    app = Starlette(routes=routes, lifespan=life, exception_handlers=handlers)
    app.router.redirect_slashes = False
    return Shell(app, settings, service.metrics, lambda scope: methods_at(routes, scope))


def methods_at(routes: Sequence[BaseRoute], scope: Scope) -> list[str]:
    """The methods that are answered at the path of a request; none where nothing is there."""
    for route in routes:
        if route.matches(scope)[0] is not Match.NONE:
            return sorted(getattr(route, "methods", None) or {"GET", "HEAD"})
    return []
