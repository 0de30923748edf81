"""Applies `using-graph-uri` to an update (SPARQL 1.1 Protocol, section 2.2.3).

The engine takes the dataset of an update only from its text, so a USING clause
is written before the WHERE of each operation that has one.
"""

from __future__ import annotations

from policygraph.graph.sparql import tokens
from policygraph.serve.requests import RequestError


def with_using(update: str, default: tuple[str, ...], named: tuple[str, ...]) -> str:
    """The update with its WHERE parts confined to the graphs.

    >>> with_using("DELETE WHERE { ?s ?p 1 }", ("urn:g",), ())
    'DELETE { ?s ?p 1 } USING <urn:g> WHERE { ?s ?p 1 }'

    Raises:
        RequestError: the update names graphs itself, by USING or WITH.
    """
    if not default and not named:
        return update
    clause = " ".join([*(f"USING <{g}>" for g in default), *(f"USING NAMED <{g}>" for g in named)])
    depth, last, out, position = 0, "", "", 0
    found = list(tokens(update))
    for number, (kind, text, start) in enumerate(found):
        depth += (text == "{") - (text == "}") if kind == "mark" else 0
        word = text.upper() if kind == "word" and depth == 0 else ""
        if word in ("USING", "WITH"):
            raise RequestError(400, f"The update names its graphs by {word}; the address must not name others.")
        if word == "WHERE":
            group = update[found[number + 1][2] : _group_end(found, number + 1)] if last == "DELETE" else ""
            out += update[position:start] + (f"{group} " if group else "") + f"{clause} "
            position = start
        last = word or ("" if kind == "mark" else last)
    return out + update[position:]


def _group_end(found: list[tuple[str, str, int]], opening: int) -> int:
    depth = 0
    for kind, text, start in found[opening:]:
        depth += (text == "{") - (text == "}") if kind == "mark" else 0
        if depth == 0:
            return start + 1
    raise RequestError(400, "A group is not closed in the update.")
