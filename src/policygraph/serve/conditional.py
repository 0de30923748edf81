"""Requests under a condition (RFC 9110, section 13): nothing is sent twice, nothing is overwritten unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from starlette.requests import Request
from starlette.responses import Response

from policygraph.serve.requests import RequestError


def entity_tag(*parts: str) -> str:
    """A strong validator for a response that depends only on these parts.

    >>> entity_tag("a", "b") == entity_tag("a", "b") != entity_tag("ab", "")
    True
    """
    key = hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    return f'"{key}"'


def unchanged(request: Request, tag: str) -> Response | None:
    """The answer 304 where the client holds what would be sent; else None."""
    if request.method in ("GET", "HEAD") and _any(request, "if-none-match", {tag}, weak=True):
        return Response(status_code=304, headers={"etag": tag, "vary": "Accept"})
    return None


def check(request: Request, tags: Collection[str]) -> None:
    """Stop a change that was made for another state; `tags` are those of the present one, none where nothing is there.

    Raises:
        RequestError: 412.
    """
    wanted, unwanted = request.headers.get("if-match"), request.headers.get("if-none-match")
    if wanted is not None and not (tags and _any(request, "if-match", tags)):
        raise RequestError(412, "The graph is not as you last saw it; nothing was changed.")
    if unwanted is not None and tags and _any(request, "if-none-match", tags, weak=True):
        raise RequestError(412, "There is such a graph already; nothing was changed.")


def _any(request: Request, header: str, tags: Collection[str], *, weak: bool = False) -> bool:
    given = [t.strip() for t in ",".join(request.headers.getlist(header)).split(",")]
    if weak:
        given = [t.removeprefix("W/") for t in given]
    return "*" in given or not set(given).isdisjoint(tags)
