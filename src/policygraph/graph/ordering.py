"""Puts the rows of an answer in the order that its query asks for.

The engine looks each text up in the store for every comparison that sorting
takes, so that the order of some ten thousand rows costs more than finding them.
Here every text is read once. Only what sorts alike in both is sorted here: a
query that ends by ordering its rows by selected variables, each with terms of
one kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from policygraph.graph.sparql import tokens
from policygraph.graph.terms import value
from policygraph.iris import XSD
from policygraph.table import Table

#: A variable that rows are ordered by, and whether from the greatest down.
Key = tuple[str, bool]
#: What an engine answers: rows, a truth value, or triples.
Result = ox.QuerySolutions | ox.QueryBoolean | Iterator[ox.Triple]
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_DIRECTIONS = {"ASC", "DESC"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d+(\.\d*)?", re.ASCII)


def in_order(ask: Callable[[str], Result], sparql: str) -> Result | Table:
    """The answer to a query, its rows sorted here where that is possible; `ask` hands a query to the engine.

    >>> store = ox.Store()
    >>> in_order(store.query, "SELECT ?x { VALUES ?x { 2 10 1 } } ORDER BY DESC(?x)").rows
    [(10,), (2,), (1,)]
    """
    plain, keys = without_order(sparql)
    result = ask(plain)
    if not keys or not isinstance(result, ox.QuerySolutions):
        return result
    names = [variable.value for variable in result.variables]
    if not {name for name, _ in keys}.issubset(names):
        return ask(sparql)
    solutions = list(result)
    order = list(range(len(solutions)))
    # The sort is stable, so the last key goes first.
    for name, downwards in reversed(keys):
        column = _sortable([solution[name] for solution in solutions])
        if column is None:
            return ask(sparql)
        order.sort(key=column.__getitem__, reverse=downwards)
    return Table(tuple(names), [tuple(map(value, solutions[at])) for at in order])


def without_order(sparql: str) -> tuple[str, list[Key]]:
    """A SELECT query without the ORDER BY at its end, and what it orders by.

    Any other query comes back as it is, as does one with a LIMIT or an order by expressions.

    >>> without_order("SELECT ?a ?b { ?a ?p ?b } ORDER BY ?a DESC(?b)")
    ('SELECT ?a ?b { ?a ?p ?b } ', [('a', False), ('b', True)])
    >>> without_order("SELECT ?a { ?a ?p ?b } ORDER BY ?a LIMIT 3")[1]
    []
    """
    found = list(tokens(sparql))
    form = next((text.upper() for kind, text, _ in found if kind == "word" and text.upper() in _FORMS), "")
    last = max((at for at, (_, text, _) in enumerate(found) if text == "}"), default=-1)
    tail = found[last + 1 :]
    at = next((n for n, (kind, text, _) in enumerate(tail) if kind == "word" and text.upper() == "ORDER"), None)
    if form != "SELECT" or at is None:
        return sparql, []
    keys = _keys([text for _, text, _ in tail[at + 2 :]])
    return (sparql[: tail[at][2]], keys) if keys else (sparql, [])


def _keys(words: Sequence[str]) -> list[Key]:
    """Variables with their direction; nothing where other words stand among them."""
    keys, at = [], 0
    while at < len(words):
        if words[at][0] in "?$":
            keys.append((words[at][1:], False))
            at += 1
        elif words[at].upper() in _DIRECTIONS and _is_bracketed_variable(words[at + 1 : at + 4]):
            keys.append((words[at + 2][1:], words[at].upper() == "DESC"))
            at += 4
        else:
            return []
    return keys


def _is_bracketed_variable(words: Sequence[str]) -> bool:
    return len(words) == 3 and words[0] == "(" and words[1][0] in "?$" and words[2] == ")"


def _sortable(terms: list[Any]) -> list[tuple[bool, Any]] | None:
    """What the terms of a column sort by, those that are missing first; None where their kinds are mixed."""
    kinds = {_kind(term) for term in terms if term is not None}
    if len(kinds) > 1 or None in kinds:
        return None
    read = _BY_KIND.get("".join(filter(None, kinds)), _text)
    try:
        return [(term is not None, None if term is None else read(term)) for term in terms]
    except ValueError:
        return None


def _kind(term: Any) -> str | None:
    """What terms can be sorted among each other; None for what is not sorted here."""
    if type(term) is ox.NamedNode:
        return "iri"
    if type(term) is not ox.Literal:
        return None
    kind: str = term.datatype.value
    if kind in _BY_KIND:
        return kind
    return "text" if kind == XSD + "string" or not kind.startswith(XSD) else None


def _iri(term: ox.NamedNode) -> str:
    return term.value


def _text(term: ox.Literal) -> tuple[str, str, str]:
    """Texts, whatever their language, and literals of types that the engine does not know."""
    return term.value, term.datatype.value, term.language or ""


def _day(term: ox.Literal) -> str:
    """A day without a time zone sorts as its text does."""
    if not _DAY.fullmatch(term.value):
        raise ValueError(term)
    return term.value


def _number(term: ox.Literal) -> Decimal:
    if not _NUMBER.fullmatch(term.value):
        raise ValueError(term)
    return Decimal(term.value)


_BY_KIND: dict[str, Callable[[Any], Any]] = {
    "iri": _iri,
    XSD + "integer": _number,
    XSD + "decimal": _number,
    XSD + "date": _day,
}
