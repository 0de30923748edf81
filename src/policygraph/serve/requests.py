"""Reads SPARQL 1.1 Protocol operations out of HTTP requests, strictly."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from policygraph.errors import PolicyGraphError
from policygraph.serve.limits import Limits

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"


class RequestError(PolicyGraphError):
    """A request that the protocol does not allow, with its HTTP status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update with the graphs that the request names."""

    text: bytes
    update: bool
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


async def read_operation(request: Request, limits: Limits) -> Operation | None:
    """The operation of a request, or None where it only asks what is here.

    Raises:
        RequestError: 400, 408, 413 or 415, with what was expected.
    """
    parameters = _decode(request.scope["query_string"], "the address")
    if request.method in ("GET", "HEAD"):
        if any(k == "update" for k, _ in parameters):
            raise RequestError(400, "An update must be sent by POST.")
        if not any(k == "query" for k, _ in parameters):
            return None
        return _operation(_only(parameters, "query"), False, parameters)
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind not in (_FORM, _QUERY, _UPDATE):
        raise RequestError(415, f"Send the query as {_QUERY} or {_FORM}, an update as {_UPDATE}.")
    body = await read_body(request, limits)
    if kind != _FORM:
        if any(k in ("query", "update") for k, _ in parameters):
            raise RequestError(400, "The operation stands in the body; the address must not hold a second one.")
        return _operation(_text(body), kind == _UPDATE, parameters)
    form = parameters + _decode(body, "the form")
    update = any(k == "update" for k, _ in form)
    if update and any(k == "query" for k, _ in form):
        raise RequestError(400, "A request holds either a query or an update.")
    return _operation(_only(form, "update" if update else "query"), update, form)


async def read_body(request: Request, limits: Limits) -> bytes:
    """The body of a request, within its size and time limits."""
    most = int(limits.body_mb * 1024 * 1024)
    too_large = RequestError(413, f"The request is larger than {limits.body_mb:g} MB.")
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > most:
        raise too_large
    data = bytearray()
    try:
        async with asyncio.timeout(limits.read_seconds):
            async for piece in request.stream():
                data += piece
                if len(data) > most:
                    raise too_large
    except TimeoutError:
        raise RequestError(408, f"The request did not arrive within {limits.read_seconds:g} s.") from None
    except ClientDisconnect:
        raise RequestError(400, "The request broke off.") from None
    return bytes(data)


def _operation(text: str, update: bool, parameters: list[tuple[str, str]]) -> Operation:
    names = ("using-graph-uri", "using-named-graph-uri") if update else ("default-graph-uri", "named-graph-uri")
    default, named = (tuple(v for k, v in parameters if k == name) for name in names)
    for iri in (*default, *named):
        graph_iri(iri)
    return Operation(text.encode(), update, default, named)


def graph_iri(text: str) -> str:
    """The text, if it can name a graph.

    Raises:
        RequestError: it is no absolute IRI.
    """
    if ":" not in text or any(c in '<>"{}|^`\\' or c <= " " for c in text):
        raise RequestError(400, "A graph is named by an absolute IRI.")
    return text


def _only(parameters: list[tuple[str, str]], name: str) -> str:
    values = [v for k, v in parameters if k == name]
    if len(values) != 1:
        raise RequestError(400, f"There must be exactly one '{name}'; there are {len(values)}.")
    return values[0]


def _decode(data: bytes, where: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(data.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError:
        raise RequestError(400, f"What stands in {where} is not valid percent-encoded UTF-8.") from None


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(400, f"The text is not valid UTF-8 (byte {error.start}).") from None
