"""Finds in SPARQL text what would reach out of the store, without parsing the query.

SPARQL lets letters be written as `\\uXXXX` anywhere, so these are undone first, as
the grammar demands (SPARQL 1.1 Query, section 19.2). Strings, IRIs, comments,
prefixed names and variables are stepped over; what is left are keywords.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<long>\"{3}(?:(?:\"|\"\")?(?:[^"\\]|\\.))*\"{3}|'{3}(?:(?:'|'')?(?:[^'\\]|\\.))*'{3})
    | (?P<string>"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z-]+)
    | (?P<name>[\w.\-]*:(?:[\w.\-:%]|\\.)*)
    | (?P<word>\w+)
    """,
    re.VERBOSE | re.DOTALL,
)


def tokens(sparql: str) -> Iterator[tuple[str, str]]:
    """(kind, text) of the tokens that matter here.

    >>> list(tokens('ASK { ?s :service "SERVICE" }'))
    [('word', 'ASK'), ('variable', '?s'), ('name', ':service'), ('string', '"SERVICE"')]
    """
    for match in _TOKEN.finditer(_ESCAPE.sub(_character, sparql)):
        yield str(match.lastgroup), match.group()


def forbidden(sparql: str, services: Collection[str] = ()) -> str | None:
    """Why the text must not be run, or None.

    `services` are the IRIs that SERVICE may name; LOAD is never allowed.

    >>> forbidden("SELECT * { SERVICE <http://intranet/> { ?s ?p ?o } }")
    'SERVICE <http://intranet/> is not allowed here'
    >>> forbidden("SELECT ?service { ?service ?p 'SERVICE' }") is None
    True
    """
    pending = False
    for kind, text in tokens(sparql):
        word = text.upper() if kind == "word" else ""
        if pending and word != "SILENT" and kind != "comment":
            if kind != "iri" or text[1:-1] not in services:
                return f"SERVICE {text} is not allowed here"
            pending = False
        if word == "LOAD":
            return "LOAD is not allowed: send the data to the Graph Store Protocol instead"
        pending = pending or word == "SERVICE"
    return "SERVICE needs an allowed address" if pending else None


def _character(match: re.Match[str]) -> str:
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"
