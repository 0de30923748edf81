"""From what a person types to the term that a query is given."""

from __future__ import annotations

import datetime as dt

import pyoxigraph as ox

from policygraph import iris
from policygraph.errors import UnknownNameError, UsageError
from policygraph.interfaces import GraphReader
from policygraph.questions.names import find_concept, find_country, find_entity
from policygraph.questions.records import Parameter
from policygraph.vocabulary import CLAIM_PREDICATES, Modality

#: Types of parameters, with the form that is expected.
TYPES: dict[str, str] = {
    "country": "an ISO code such as MEX, or a country's name",
    "entity": "a name, another name, or an IRI",
    "date": "a day, YYYY-MM-DD",
    "modality": "one of " + ", ".join(Modality),
    "relation": "the name of a relation such as supports or hasOutcome",
    "text": "some words",
    "integer": "a whole number",
    "concept": "a code or label of the vocabulary",
}


def to_term(reader: GraphReader, parameter: Parameter, given: object) -> ox.NamedNode | ox.Literal:
    """The term for a value of a parameter.

    Args:
        reader: the graph whose names are looked up.
        parameter: says which type is expected.
        given: text as typed, or a Python value of the type.

    Raises:
        UsageError: the value has not the expected form.
        UnknownNameError: the name is not in the graph.
    """
    text = str(given).strip()
    if not text:
        raise _wrong(parameter, text)
    match parameter.type:
        case "country":
            return ox.NamedNode(find_country(reader, text))
        case "entity":
            return ox.NamedNode(find_entity(reader, text))
        case "concept":
            return ox.NamedNode(find_concept(reader, parameter.scheme or "", text))
        case "date":
            return _day(parameter, text)
        case "integer":
            return _integer(parameter, text)
        case "modality":
            return ox.NamedNode(iris.concept("modality", _one_of("modality", text.lower(), list(Modality))))
        case "relation":
            name = text.removeprefix(iris.ONT).removeprefix("pg:")
            return ox.NamedNode(iris.term(_one_of("relation", name, CLAIM_PREDICATES)))
    return ox.Literal(text)


def _day(parameter: Parameter, text: str) -> ox.Literal:
    try:
        day = dt.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise _wrong(parameter, text) from None
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(iris.XSD + "date"))


def _integer(parameter: Parameter, text: str) -> ox.Literal:
    if not text.removeprefix("-").isdecimal() or not text.isascii():
        raise _wrong(parameter, text)
    return ox.Literal(str(int(text)), datatype=ox.NamedNode(iris.XSD + "integer"))


def _one_of(kind: str, text: str, known: list[Modality] | tuple[str, ...]) -> str:
    for name in known:
        if name.casefold() == text.casefold():
            return str(name)
    raise UnknownNameError(kind, text, [str(name) for name in known])


def _wrong(parameter: Parameter, text: str) -> UsageError:
    return UsageError(f"'{text}' does not fit the parameter '{parameter.name}'", hint=f"give {TYPES[parameter.type]}")
