"""The graph that a request brings: one body, or the files of a form (Graph Store Protocol, section 5.5)."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import PurePosixPath

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from policygraph.serve.formats import TRIPLES, of_media_type
from policygraph.serve.limits import Limits
from policygraph.serve.requests import RequestError, media_type, read_body

_DATASETS = ("trig", "nquads")
_BY_ENDING = {".ttl": "turtle", ".nt": "ntriples", ".rdf": "rdfxml", ".owl": "rdfxml", ".jsonld": "jsonld"}
_WANTED = "Send the graph as Turtle, N-Triples, RDF/XML or JSON-LD, and say which."


@dataclass(frozen=True, slots=True)
class Payload:
    """Data one part after the other, and the format and size of each part."""

    body: bytes = b""
    parts: tuple[tuple[str, int], ...] = ()


async def read_payload(request: Request, limits: Limits) -> Payload:
    """The data of a request.

    Raises:
        RequestError: 400, 408, 413 or 415.
    """
    kind = media_type(request)
    if kind == "multipart/form-data":
        return await _files(request, await read_body(request, limits))
    format = _format(kind, "")
    body = await read_body(request, limits)
    return Payload(body, ((format, len(body)),))


async def _files(request: Request, body: bytes) -> Payload:
    async def once() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        form = await MultiPartParser(request.headers, once(), max_part_size=len(body) + 1).parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise RequestError(400, f"The form cannot be read: {getattr(error, 'message', error)}") from None
    pieces, parts = [], []
    for _, part in form.multi_items():
        if not isinstance(part, UploadFile):
            raise RequestError(400, "Each part of the form must be a file with its media type.")
        pieces.append(await part.read())
        parts.append((_format(part.content_type or "", part.filename or ""), len(pieces[-1])))
    await form.close()
    if not parts:
        raise RequestError(400, "The form holds no file.")
    return Payload(b"".join(pieces), tuple(parts))


def _format(kind: str, filename: str) -> str:
    found = of_media_type(kind, TRIPLES) or _BY_ENDING.get(PurePosixPath(filename).suffix.lower())
    if found is None or found in _DATASETS:
        raise RequestError(415, _WANTED)
    return found
