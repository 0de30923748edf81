"""The reading half of the SPARQL 1.1 Graph Store HTTP Protocol over a `Service`."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response

from policygraph.serve.formats import TRIPLES, negotiate
from policygraph.serve.protocol import as_response
from policygraph.serve.requests import RequestError, graph_iri
from policygraph.serve.responses import problem
from policygraph.serve.service import Service


def named_graph(request: Request) -> str | None:
    """The graph that a request names; None for the default graph.

    Raises:
        RequestError: not exactly one of `?default` and `?graph=IRI` is given.
    """
    graphs = request.query_params.getlist("graph")
    default = "default" in request.query_params
    if len(graphs) + default != 1:
        raise RequestError(400, "Name one graph: either '?default' or '?graph=' with its address.")
    return None if default else graph_iri(graphs[0])


async def read_graph(request: Request, service: Service) -> Response:
    """The triples of one graph; the default graph is the union of all."""
    name = named_graph(request)
    triples = negotiate(request.headers.get("accept"), TRIPLES)
    if triples is None:
        return problem(406, f"Graphs come as {', '.join(t.split(';')[0] for t in TRIPLES.values())}.")
    graphs = (name,) if name else ()
    if name and not await exists(service, name):
        return problem(404, "There is no such graph.")
    text = b"CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    return as_response(await service.query(text, triples=triples, default_graphs=graphs), service)


async def exists(service: Service, name: str) -> bool:
    """Whether the graph holds anything."""
    answer = await service.query(b"ASK { ?s ?p ?o }", default_graphs=(name,))
    return bool(json.loads(answer.body)["boolean"])
