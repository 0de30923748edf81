"""Media types and the choice between them (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

#: Names of result formats with the media type that is sent; the first is the default.
SOLUTIONS: dict[str, str] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
}
TRIPLES: dict[str, str] = {
    "turtle": "text/turtle; charset=utf-8",
    "ntriples": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "trig": "application/trig; charset=utf-8",
    "nquads": "application/n-quads",
}
#: Other media types by which clients ask for the same formats.
ALSO: dict[str, tuple[str, ...]] = {
    "application/json": ("json", "jsonld"),
    "application/xml": ("xml", "rdfxml"),
    "text/xml": ("xml", "rdfxml"),
    "application/x-turtle": ("turtle",),
    "text/plain": ("ntriples",),
}


def negotiate(accept: str | None, offers: Mapping[str, str]) -> str | None:
    """The offer that the Accept header prefers, or None when it allows none.

    Between equals the more specific range wins, then the order of the offers.

    >>> negotiate("text/*;q=0.2, application/sparql-results+json;q=0.9", SOLUTIONS)
    'json'
    >>> negotiate("image/png", SOLUTIONS) is None
    True
    """
    return _choose(accept or "", tuple(offers.items()))


@lru_cache(maxsize=256)
def _choose(accept: str, offers: tuple[tuple[str, str], ...]) -> str | None:
    ranges = _ranges(accept) if accept.strip() else [("*/*", 1.0)]
    best: tuple[float, int, int] | None = None
    chosen = None
    for position, (name, media) in enumerate(offers):
        sent = media.split(";")[0]
        # A wildcard stands for what is really sent, never for another name of it.
        names = {sent, *(m for m, offered in ALSO.items() if name in offered)}
        match = max(((_specific(r), q) for r, q in ranges if _fits(r, sent) or r in names), default=None)
        if match is None or match[1] <= 0:
            continue
        rank = (match[1], match[0], -position)
        if best is None or rank > best:
            best, chosen = rank, name
    return chosen


def of_media_type(content_type: str, offers: Mapping[str, str]) -> str | None:
    """The name of the offered format with this Content-Type.

    >>> of_media_type("text/turtle;charset=UTF-8", TRIPLES)
    'turtle'
    """
    bare = content_type.split(";")[0].strip().lower()
    return next((name for name, media in offers.items() if media.split(";")[0] == bare), None)


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.split(","):
        media, *parameters = (p.strip().lower() for p in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    quality = min(1.0, max(0.0, float(value)))
                except ValueError:
                    quality = 0.0
        if "/" in media:
            found.append((media, quality))
    return found


def _fits(media_range: str, media: str) -> bool:
    kind, _, sub = media_range.partition("/")
    return media_range in ("*/*", media) or (sub == "*" and media.startswith(kind + "/"))


def _specific(media_range: str) -> int:
    return 0 if media_range == "*/*" else (1 if media_range.endswith("/*") else 2)
