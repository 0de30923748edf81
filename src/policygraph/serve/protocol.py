"""The SPARQL 1.1 Protocol over a `Service`."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from policygraph.serve.conditional import entity_tag, unchanged
from policygraph.serve.formats import SOLUTIONS, TRIPLES, negotiate
from policygraph.serve.pool import Answer
from policygraph.serve.requests import Operation, RequestError, accepted
from policygraph.serve.responses import FileBody, problem, result
from policygraph.serve.service import Service

#: Seconds after which it is looked whether the client is still there.
_PATIENCE = 0.5
T = TypeVar("T")
_TYPES = {**SOLUTIONS, **TRIPLES}


async def answer_query(request: Request, service: Service, operation: Operation) -> Response:
    """Run a query and answer in the format that the client prefers."""
    accept = accepted(request)
    solutions, triples = negotiate(accept, SOLUTIONS), negotiate(accept, TRIPLES)
    if solutions is None and triples is None:
        return problem(406, f"Results come as {', '.join(t.split(';')[0] for t in _TYPES.values())}.")
    graphs = (" ".join(operation.default_graphs), " ".join(operation.named_graphs))
    tag = entity_tag(service.generation, operation.text.decode(), solutions or "", triples or "", *graphs)
    if (same := unchanged(request, tag)) is not None:
        return same
    asked = service.query(
        operation.text,
        solutions=solutions,
        triples=triples,
        default_graphs=operation.default_graphs,
        named_graphs=operation.named_graphs,
        base=operation.base,
    )
    answer = await while_connected(request, asked)
    response = as_response(answer, service)
    response.headers.update({"etag": tag, "vary": "Accept"})
    return response


async def while_connected(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Wait for the work as long as the client does; what nobody waits for any more is ended.

    Raises:
        RequestError: the client has gone.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait((task,), timeout=_PATIENCE)
        if not task.done():
            gone = asyncio.ensure_future(_disconnected(request))
            await asyncio.wait((task, gone), return_when=asyncio.FIRST_COMPLETED)
            gone.cancel()
        if task.done():
            return task.result()
        raise RequestError(499, "The client did not wait for the answer.")
    finally:
        task.cancel()


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def as_response(answer: Answer, service: Service) -> Response:
    """An answer of the pool as HTTP."""
    media = _TYPES[answer.format]
    if answer.file:
        return FileBody(
            Path(answer.file), answer.size, media, service.limits.write_seconds, lambda: service.release(answer)
        )
    return result(answer.body, media)
