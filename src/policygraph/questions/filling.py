"""Puts the values of parameters into the text of a question.

A parameter is a variable with an underscore, `?_who`. Its value takes the
variable's place wherever that stands, in sub-queries too, so that an engine
plans with it. Values are terms, which the engine writes itself: nothing that
was typed becomes part of a query.

`?_months` stands for the graphs of the months in which events of data sets
lie. Which they are is told before the query is asked, so that a question on a
year does not read ten, and what is joined at a time is no more than a month.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from policygraph import iris

Values = Mapping[str, ox.NamedNode | ox.Literal]

#: The variable of the graphs of months.
MONTHS = "?_months"
_NO_MONTH = ox.NamedNode(iris.DATASET_GRAPHS + "none")
_PARAMETER = re.compile(r"\?(_\w+)")
#: How a filter begins that counts only where its parameter has a value.
_IF_GIVEN = re.compile(r"FILTER\(!BOUND\(\?(_\w+)\) \|\| ")
_IF_MONTHS = re.compile(r"FILTER\(!BOUND\(\?_months\) \|\| ")
_OF_MONTHS = re.compile(r"(SELECT (?:DISTINCT )?)\?_months ")
#: A filter that asks for a row of a sub-query.
_IS_AMONG = re.compile(r"EXISTS \{ SELECT ((?:\?\w+ )+)(\{.*\}) \}\)", re.DOTALL)
_BRACKET = re.compile(r'"(?:[^"\\\n]|\\.)*"|[(){}]')


def fill(text: str, values: Values, months: Sequence[ox.NamedNode] | None = None) -> str:
    """A query, or a part of one, with terms in the place of its parameters, by variable.

    `FILTER(!BOUND(?_who) || …)` keeps what follows the bars where `_who` has a
    value, and goes where it has none. If what follows is `EXISTS { SELECT ?x { … } }`,
    it becomes a part of its own, which an engine finds once instead of for each row.

    With `months`, a group with such a filter on `?_months` is written once for
    each of these graphs; without, it stays as it is and reads them all.

    >>> values = {"_who": ox.NamedNode("urn:ana")}
    >>> fill("?x pg:by ?y . FILTER(!BOUND(?_who) || ?y = ?_who) FILTER(!BOUND(?_to) || (?x > ?_to))", values)
    '?x pg:by ?y . FILTER(?y = <urn:ana>) '
    >>> fill("FILTER(!BOUND(?_who) || EXISTS { SELECT ?x { ?x pg:by|pg:to ?_who } })", values)
    '{ SELECT DISTINCT ?x { ?x pg:by|pg:to <urn:ana> } }'
    >>> text = "{ FILTER(!BOUND(?_months) || ISIRI(?_months)) GRAPH ?_months { ?x pg:by ?y } }"
    >>> fill(text, {}, [ox.NamedNode("urn:may"), ox.NamedNode("urn:june")])
    '{  GRAPH <urn:may> { ?x pg:by ?y } } UNION {  GRAPH <urn:june> { ?x pg:by ?y } }'
    """
    if months is not None:
        text = _by_month(text, months)
    kept, at = [], 0
    while begin := _IF_GIVEN.search(text, at):
        end = _end(text, begin.end())
        kept.append(text[at : begin.start()])
        if begin[1] in values:
            kept.append(_wanted(text[begin.end() : end]))
        elif begin[1] == MONTHS[1:]:
            kept.append(text[begin.start() : end])
        at = end
    kept.append(text[at:])
    return _PARAMETER.sub(lambda found: str(values.get(found[1], found[0])), "".join(kept))


def _wanted(condition: str) -> str:
    """A condition with the bracket that closes it, as what narrows a query."""
    among = _IS_AMONG.fullmatch(condition)
    return f"{{ SELECT DISTINCT {among[1]}{among[2]} }}" if among else f"FILTER({condition}"


def _by_month(text: str, months: Sequence[ox.NamedNode]) -> str:
    """The groups that read months, written for each month; where there is none, for a graph that holds nothing."""
    while mark := _IF_MONTHS.search(text):
        start = _group_around(text, mark.start())
        end = _end(text, start + 1)
        group = text[start : mark.start()] + text[_end(text, mark.end()) : end]
        each = [_OF_MONTHS.sub(r"\1", group).replace(MONTHS, str(month)) for month in months or (_NO_MONTH,)]
        text = text[:start] + " UNION ".join(each) + text[end:]
    return text


def _group_around(text: str, at: int) -> int:
    """Where the innermost group begins that is open at a place."""
    begins: list[int] = []
    for found in _BRACKET.finditer(text, 0, at):
        if found.group() in "({":
            begins.append(found.start())
        elif found.group() in ")}":
            begins.pop()
    return begins[-1]


def _end(text: str, start: int) -> int:
    """Behind the bracket that closes what is open at `start`."""
    depth = 1
    for found in _BRACKET.finditer(text, start):
        depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(found.group(), 0)
        if depth == 0:
            return found.end()
    return len(text)
