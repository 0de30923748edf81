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
from starlette.types import ASGIApp, Receive, Scope, Send

from policygraph.errors import PolicyGraphError
from policygraph.serve.changes import Changes
from policygraph.serve.conditional import entity_tag, unchanged
from policygraph.serve.description import DESCRIPTION_PREFIXES, describe
from policygraph.serve.explorer import Explorer
from policygraph.serve.formats import TRIPLES, negotiate
from policygraph.serve.graph_store import read_graph
from policygraph.serve.protocol import answer_query
from policygraph.serve.recall import Recall
from policygraph.serve.requests import accepted, own_address, read_operation
from policygraph.serve.responses import problem, result
from policygraph.serve.service import Service
from policygraph.serve.settings import Settings
from policygraph.serve.shell import Shell, explain, explain_status
from policygraph.serve.worker import TRIPLES as ENGINE_FORMATS

_ASKING, _STORING = ("GET", "HEAD", "POST"), ("GET", "HEAD", "PUT", "POST", "DELETE")


class Endpoint:
    """The addresses for programs."""

    def __init__(self, service: Service, settings: Settings, explorer: Explorer) -> None:
        self.service, self.settings, self.explorer = service, settings, explorer
        self.changes = Changes(service, settings)
        self.asking = Route("/sparql", self.sparql, methods=_ASKING)

    def routes(self) -> list[Route]:
        """Where each thing is."""
        return [
            Route("/", self.home, methods=_ASKING),
            self.asking,
            Route("/sparql/", self.sparql, methods=_ASKING),
            *(Route(path, self.graphs, methods=_STORING) for path in ("/graphs", "/graphs/{graph:path}")),
            Route("/.well-known/void", self.void),
            Route("/health", self.health),
            Route("/metrics", self.metrics),
        ]

    async def sparql(self, request: Request) -> Response:
        """A query, an update, or the question what is here."""
        operation = await read_operation(request, self.settings.limits)
        if operation is None:
            return await self.description(request)
        if operation.update:
            return await self.changes.update(request, operation)
        return await answer_query(request, self.service, operation)

    async def home(self, request: Request) -> Response:
        """The start page; many tools are given no more than a server's name, so it takes queries as well."""
        asked = request.query_params.keys() & {"query", "update"} or request.method == "POST"
        wants_facts = negotiate(accepted(request), {"html": "text/html", **TRIPLES}) in TRIPLES
        return await (self.sparql if asked or wants_facts else self.explorer.start)(request)

    async def description(self, request: Request) -> Response:
        """The service description; browsers get the editor."""
        name = negotiate(accepted(request), {**TRIPLES, "html": "text/html"})
        if name == "html":
            return await self.explorer.editor(request)
        if name is None:
            return problem(406, f"The description comes as {', '.join(TRIPLES)}.")
        tag = entity_tag(self.service.generation, "description", name)
        if (same := unchanged(request, tag)) is not None:
            return same
        triples = await describe(self.service, own_address(request), self.settings)
        prefixes = DESCRIPTION_PREFIXES if name in ("turtle", "trig") else None
        response = result(ox.serialize(triples, format=ENGINE_FORMATS[name], prefixes=prefixes) or b"", TRIPLES[name])
        response.headers.update({"etag": tag, "vary": "Accept"})
        return response

    async def graphs(self, request: Request) -> Response:
        """One graph, by the Graph Store Protocol."""
        if request.method in ("GET", "HEAD"):
            return await read_graph(request, self.service)
        return await self.changes.graph(request)

    async def void(self, request: Request) -> Response:
        """Where a description of a data set is looked for."""
        return RedirectResponse("/sparql", status_code=303)

    async def health(self, request: Request) -> Response:
        """Whether the server is well."""
        return JSONResponse({"status": "ok", "graph": self.service.folder.name})

    async def metrics(self, request: Request) -> Response:
        """Counts and times for Prometheus."""
        text = self.service.metrics.text(policygraph_running_queries=self.service.pool.running)
        return PlainTextResponse(text, media_type="text/plain; version=0.0.4")


def create_app(settings: Settings) -> ASGIApp:
    """The ASGI application of a server with these settings."""
    service = Service(settings.build, settings.limits, settings.services)
    explorer = Explorer(service)

    @contextlib.asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        await service.start()
        try:
            yield
        finally:
            await service.stop()

    endpoint = Endpoint(service, settings, explorer)
    routes = [*endpoint.routes(), *explorer.routes()]
    handlers = {PolicyGraphError: explain, HTTPException: explain_status}
    app = Starlette(routes=routes, lifespan=life, exception_handlers=handlers)
    app.router.redirect_slashes = False
    return Shell(Recall(Shortcut(app, endpoint), service), settings, service.metrics, lambda s: methods_at(routes, s))


class Shortcut:
    """Leads what nearly all requests are, queries, past the search for a route."""

    def __init__(self, app: ASGIApp, endpoint: Endpoint) -> None:
        self.app, self.endpoint = app, endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["path"] != "/sparql" or scope["method"] not in _ASKING:
            await self.app(scope, receive, send)
            return
        scope["route"] = self.endpoint.asking
        request = Request(scope, receive)
        try:
            response = await self.endpoint.sparql(request)
        except PolicyGraphError as error:
            response = explain(request, error)
        await response(scope, receive, send)


def methods_at(routes: Sequence[BaseRoute], scope: Scope) -> list[str]:
    """The methods that are answered at the path of a request; none where nothing is there."""
    for route in routes:
        if route.matches(scope)[0] is not Match.NONE:
            return sorted(getattr(route, "methods", None) or {"GET", "HEAD"})
    return []
