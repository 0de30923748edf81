"""The reading half of the SPARQL 1.1 Graph Store HTTP Protocol over a `Service`, and which graph a request means.

A graph is named by `?graph=` with its IRI, by `?default`, or by an address below the
graph store's own, which then is the graph's IRI (sections 4.1 and 4.2).
"""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response

from policygraph.serve.conditional import entity_tag, unchanged
from policygraph.serve.formats import TRIPLES, negotiate
from policygraph.serve.protocol import as_response
from policygraph.serve.requests import RequestError, accepted, graph_iri, own_address
from policygraph.serve.responses import problem
from policygraph.serve.service import Service


def named_graph(request: Request) -> str | None:
    """The graph that a request names; None for the default graph.

    Raises:
        RequestError: not exactly one graph is named.
    """
    graphs = request.query_params.getlist("graph")
    default = "default" in request.query_params
    direct = bool(request.path_params.get("graph"))
    if len(graphs) + default + direct != 1:
        raise RequestError(400, "Name one graph: either '?default' or '?graph=' with its address.")
    if direct:
        return graph_iri(own_address(request))
    return None if default else graph_iri(graphs[0])


async def read_graph(request: Request, service: Service) -> Response:
    """The triples of one graph; the default graph is the union of all."""
    name = named_graph(request)
    triples = negotiate(accepted(request), TRIPLES)
    if triples is None:
        return problem(406, f"Graphs come as {', '.join(t.split(';')[0] for t in TRIPLES.values())}.")
    if name and not await exists(service, name):
        return problem(404, "There is no such graph.")
    tag = graph_tag(service, name, triples)
    if (same := unchanged(request, tag)) is not None:
        return same
    text = b"CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    answer = await service.query(text, triples=triples, default_graphs=(name,) if name else ())
    response = as_response(answer, service)
    response.headers.update({"etag": tag, "vary": "Accept"})
    return response


def graph_tag(service: Service, name: str | None, format: str) -> str:
    """The validator of a graph in a format, as long as the present generation is served."""
    return entity_tag(service.generation, "graph", name or "", format)


async def exists(service: Service, name: str) -> bool:
    """Whether the store has the graph, be it empty."""
    answer = await service.query(f"ASK {{ GRAPH <{name}> {{}} }}".encode())
    return bool(json.loads(answer.body)["boolean"])
