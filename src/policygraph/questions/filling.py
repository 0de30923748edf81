"""Puts the values of parameters into the text of a question.

A parameter is a variable with an underscore, `?_who`. Its value takes the
variable's place wherever that stands, in sub-queries too, so that an engine
plans with it. Values are terms, which the engine writes itself: nothing that
was typed becomes part of a query.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

Values = Mapping[str, ox.NamedNode | ox.Literal]

_PARAMETER = re.compile(r"\?(_\w+)")
#: How a filter begins that counts only where its parameter has a value.
_IF_GIVEN = re.compile(r"FILTER\(!BOUND\(\?(_\w+)\) \|\| ")
_BRACKET = re.compile(r'"(?:[^"\\\n]|\\.)*"|[()]')


def fill(text: str, values: Values) -> str:
    """A query, or a part of one, with terms in the place of its parameters, by variable.

    `FILTER(!BOUND(?_who) || …)` keeps what follows the bars where `_who` has a
    value, and goes where it has none.

    >>> values = {"_who": ox.NamedNode("urn:ana")}
    >>> fill("?x pg:by ?y . FILTER(!BOUND(?_who) || ?y = ?_who) FILTER(!BOUND(?_to) || (?x > ?_to))", values)
    '?x pg:by ?y . FILTER(?y = <urn:ana>) '
    """
    kept, at = [], 0
    while begin := _IF_GIVEN.search(text, at):
        end = _end(text, begin.end())
        kept.append(text[at : begin.start()])
        if begin[1] in values:
            kept.append(f"FILTER({text[begin.end() : end]}")
        at = end
    kept.append(text[at:])
    return _PARAMETER.sub(lambda found: str(values.get(found[1], found[0])), "".join(kept))


def _end(text: str, start: int) -> int:
    """Behind the bracket that closes what is open at `start`."""
    depth = 1
    for found in _BRACKET.finditer(text, start):
        depth += {"(": 1, ")": -1}.get(found.group(), 0)
        if depth == 0:
            return found.end()
    return len(text)
