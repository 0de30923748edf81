"""Why a question has no answer: which value, or which pattern of the query, matches nothing."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from policygraph.errors import QueryError
from policygraph.interfaces import GraphReader
from policygraph.questions.filling import Values, fill
from policygraph.questions.months import months_of
from policygraph.questions.records import Question

_TOKEN = re.compile(r"""<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[?$]\w+|[\w:.-]*[\w:-]|\S""")
_COMMENT = re.compile(r"(?m)^\s*#.*$")
_LONGEST_PATTERN = 100
_OPEN, _CLOSE = "{([", "})]"
_FORMS = ("FILTER", "OPTIONAL", "BIND", "VALUES", "MINUS")


def why_empty(reader: GraphReader, asked: Question, bindings: Values) -> str:
    """A sentence that says what stands in the way of an answer.

    A value that, left out, gives an answer is named first; else the first
    pattern of the query behind which nothing is left.
    """
    needed = {p.variable for p in asked.parameters if p.required}
    for parameter in asked.parameters:
        others = {k: v for k, v in bindings.items() if k != parameter.variable}
        if parameter.variable in bindings and parameter.variable not in needed:
            count = len(reader.select(fill(asked.sparql, others, months_of(reader, asked.body, others))))
            if count:
                rows = "1 row" if count == 1 else f"{count:,} rows"
                return f"Nothing fits this value of '{parameter.name}'; without it there are {rows}."
    elements = list(top_level(asked.body))
    for number, element in enumerate(elements):
        if not _matches(reader, elements[: number + 1], bindings):
            shown = textwrap.shorten(element, _LONGEST_PATTERN, placeholder=" …")
            if _matches(reader, [element], {}):
                return f"'{shown}' fits something in this graph, but not together with what stands before it."
            return f"Nothing in this graph fits the pattern '{shown}'."
    return "Nothing in this graph fits the query."


def top_level(body: str) -> Iterator[str]:
    """The triple patterns, filters and groups of the WHERE clause, one at a time.

    >>> list(top_level("SELECT ?x { ?x a pg:Visit ; pg:occursAt ?y . FILTER(?x != ?y) }"))
    ['?x a pg:Visit', '?x pg:occursAt ?y', 'FILTER(?x != ?y)']
    """
    text = _where(_COMMENT.sub("", body))
    found = list(_TOKEN.finditer(text))
    subject, first, depth = "", 0, 0
    for number, match in enumerate(found):
        mark = match.group()
        following = found[number + 1].group().upper() if number + 1 < len(found) else ""
        depth += (mark in _OPEN) - (mark in _CLOSE)
        closes = mark in "})" and following not in ("UNION", "{") and _is_form(found[first])
        if following and (depth or not (mark in ".;" or following in _FORMS or closes)):
            continue
        piece = text[found[first].start() : match.start() if mark in ".;" else match.end()]
        words = " ".join(f"{subject} {piece}".split())
        if words and words != subject:
            yield words
        subject = (subject or found[first].group()) if mark == ";" else ""
        first = number + 1


def _where(body: str) -> str:
    """What stands between the first and the last brace."""
    return body[body.index("{") + 1 : body.rindex("}")]


def _is_form(head: re.Match[str]) -> bool:
    """Whether a closing bracket ends what began here: a filter or group, not a path inside a triple."""
    return head.group().upper() in (*_FORMS, "{")


def _matches(reader: GraphReader, elements: list[str], bindings: Values) -> bool:
    """Whether anything fits all the elements; a form that cannot stand alone is taken to fit."""
    body = " ".join(e if e.endswith("}") else e + " ." for e in elements)
    text = fill(body, bindings, months_of(reader, body, bindings))
    try:
        return bool(reader.select(f"SELECT * {{ {text} }} LIMIT 1").rows)
    except QueryError:
        return True
