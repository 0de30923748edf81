"""Renders the explorer's templates: everything is escaped, scripts and styles come from this server alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from policygraph import iris
from policygraph.iris import IRI
from policygraph.view.words import load

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def render(template: str, request: Request, /, status: int = 200, **values: Any) -> Response:
    """A page from a template."""
    html = _environment().get_template(template).render(path=request.url.path, **values)
    return HTMLResponse(html, status_code=status, headers={"content-security-policy": _POLICY, "vary": "Accept"})


def here(iri: str) -> str:
    """The address on this server of a thing of the graph; '' for anything else.

    >>> here("https://w3id.org/policygraph/id/person/marco-rubio")
    '/id/person/marco-rubio'
    """
    return "/id/" + iris.local_name(iri) if iri.startswith(iris.ID) else ""


def outside(address: Any) -> str:
    """An address on the web that a reader may follow; '' for anything else."""
    text = str(address or "")
    return text if urlsplit(text).scheme in ("http", "https") else ""


def short(value: Any) -> str:
    """A cell for a reader: things by the end of their address, lists joined."""
    if value is None:
        return ""
    if isinstance(value, IRI):
        return iris.shorten(value)
    return "; ".join(map(short, value)) if isinstance(value, (tuple, list)) else str(value)


def stance(modality: str) -> str:
    """How a source puts it, in a reader's words.

    >>> stance("recommended")
    'advised'
    """
    texts = load("en").texts["stances"].get(modality)
    return str(texts["name"]) if texts else modality


def number(value: Any) -> str:
    """A number as people write it.

    >>> number(12345)
    '12,345'
    """
    return f"{value:,}" if isinstance(value, int) else str(value)


def sentence(text: str) -> str:
    """The text with a capital letter first and the rest as it is.

    >>> sentence("an ISO code")
    'An ISO code'
    """
    return text[:1].upper() + text[1:]


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
    environment = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(
        here=here,
        outside=outside,
        short=short,
        stance=stance,
        number=number,
        sentence=sentence,
        short_address=iris.shorten,
    )
    environment.tests["thing"] = lambda v: isinstance(v, IRI) and v.startswith(iris.ID)
    return environment
