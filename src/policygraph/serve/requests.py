"""Reads SPARQL 1.1 Protocol operations out of HTTP requests, strictly."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from urllib.parse import parse_qsl

import pyoxigraph as ox
from starlette.requests import ClientDisconnect, Request

from policygraph.errors import PolicyGraphError
from policygraph.serve.limits import Limits

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_MOST_FIELDS = 20_000
_OF_QUERY = ("default-graph-uri", "named-graph-uri")
_OF_UPDATE = ("using-graph-uri", "using-named-graph-uri")


class RequestError(PolicyGraphError):
    """A request that the protocol does not allow, with its HTTP status and headers that belong to it."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.headers = status, dict(headers or {})


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update with the graphs that the request names, and the address that relative IRIs are read from."""

    text: bytes
    update: bool
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    base: str


async def read_operation(request: Request, limits: Limits) -> Operation | None:
    """The operation of a request, or None where it only asks what is here.

    Raises:
        RequestError: 400, 405, 408, 413 or 415, with what was expected.
    """
    parameters = _decode(request.scope["query_string"], "the address")
    names = {k for k, _ in parameters}
    base = own_address(request)
    if request.method in ("GET", "HEAD"):
        _refuse_body(request)
        if "update" in names:
            raise RequestError(405, "An update is sent by POST.", {"allow": "POST"})
        if "query" not in names and not names.intersection(_OF_QUERY):
            return None
        return _operation(_only(parameters, "query"), False, parameters, base)
    kind = media_type(request)
    if kind not in (_FORM, _QUERY, _UPDATE):
        raise RequestError(415, f"Send the query as {_QUERY} or {_FORM}, an update as {_UPDATE}.")
    if names.intersection(("query", "update")):
        raise RequestError(400, "The operation stands in the body; the address must not hold one.")
    body = await read_body(request, limits)
    if kind != _FORM:
        return _operation(_text(body), kind == _UPDATE, parameters, base)
    form = parameters + _decode(body, "the form")
    update = any(k == "update" for k, _ in form)
    if update and any(k == "query" for k, _ in form):
        raise RequestError(400, "A request holds either a query or an update.")
    return _operation(_only(form, "update" if update else "query"), update, form, base)


def own_address(request: Request) -> str:
    """The address of the request without its parameters, as it was sent."""
    path = request.scope["raw_path"].partition(b"?")[0].decode("ascii", "replace")
    return f"{request.scope['scheme']}://{request.headers['host']}{path}"


def accepted(request: Request) -> str | None:
    """All Accept headers of a request as one."""
    return ", ".join(request.headers.getlist("accept")) or None


def media_type(request: Request) -> str:
    """The bare media type of the body; '' where none is named.

    Raises:
        RequestError: 415 for a body that is compressed or in another encoding than UTF-8.
    """
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", ""):
        raise RequestError(415, "Send the body as it is, without compression.", {"accept-encoding": "identity"})
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    charset = str(header.get_param("charset") or "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise RequestError(415, "The body must be in UTF-8.")
    return request.headers.get("content-type", "").split(";")[0].strip().lower()


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


def graph_iri(text: str) -> str:
    """The text, if it can name a graph.

    Raises:
        RequestError: it is no absolute IRI.
    """
    try:
        return ox.NamedNode(text).value
    except ValueError:
        raise RequestError(400, "A graph is named by an absolute IRI.") from None


def _operation(text: str, update: bool, parameters: list[tuple[str, str]], base: str) -> Operation:
    names, others = (_OF_UPDATE, _OF_QUERY) if update else (_OF_QUERY, _OF_UPDATE)
    for key, _ in parameters:
        if key in others:
            raise RequestError(400, f"'{key}' does not belong to {'an update' if update else 'a query'}.")
    if sum(k == "version" for k, _ in parameters) > 1:
        raise RequestError(400, "There must be at most one 'version'.")
    default, named = (tuple(graph_iri(v) for k, v in parameters if k == name) for name in names)
    return Operation(text.encode(), update, default, named, base)


def _refuse_body(request: Request) -> None:
    if request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers:
        raise RequestError(400, f"A {request.method} request has no body; send the query by POST.")


def _only(parameters: list[tuple[str, str]], name: str) -> str:
    values = [v for k, v in parameters if k == name]
    if len(values) != 1:
        raise RequestError(400, f"There must be exactly one '{name}'; there are {len(values)}.")
    return values[0]


def _decode(data: bytes, where: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(data.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise RequestError(400, f"What stands in {where} is not valid percent-encoded UTF-8.") from None


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(400, f"The text is not valid UTF-8 (byte {error.start}).") from None
