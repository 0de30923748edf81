"""RDF terms and Python values, both ways."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pyoxigraph as ox

from policygraph.iris import IRI, XSD

XSD_DATE = ox.NamedNode(XSD + "date")
XSD_INTEGER = ox.NamedNode(XSD + "integer")
XSD_DECIMAL = ox.NamedNode(XSD + "decimal")
XSD_BOOLEAN = ox.NamedNode(XSD + "boolean")

_READERS: dict[str, Callable[[str], Any]] = {
    XSD + "integer": int,
    XSD + "nonNegativeInteger": int,
    XSD + "int": int,
    XSD + "long": int,
    XSD + "decimal": float,
    XSD + "double": float,
    XSD + "float": float,
    XSD + "boolean": lambda text: text in ("true", "1"),
    XSD + "date": dt.date.fromisoformat,
    XSD + "dateTime": dt.datetime.fromisoformat,
}


def value(term: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple | None) -> Any:
    """A term as a Python value: `IRI`, str, int, float, bool, date; None stays None.

    A literal whose text does not fit its datatype stays a string, as do types
    without a Python counterpart.

    >>> value(ox.Literal("2025-02-01", datatype=XSD_DATE))
    datetime.date(2025, 2, 1)
    """
    if type(term) is ox.NamedNode:
        return IRI(term.value)
    if type(term) is ox.Literal:
        read = _READERS.get(term.datatype.value)
        if read is None:
            return term.value
        try:
            return read(term.value)
        except ValueError:
            return term.value
    return None if term is None else str(term)


def to_term(data: Any) -> ox.NamedNode | ox.Literal:
    """The term for a Python value; an `IRI` becomes a named node, other text a literal.

    >>> to_term(IRI("https://w3id.org/policygraph/id/country/mex"))
    <NamedNode value=https://w3id.org/policygraph/id/country/mex>
    >>> to_term(0.5).value
    '0.5'

    Raises:
        TypeError: the value has no RDF counterpart.
    """
    if isinstance(data, (ox.NamedNode, ox.Literal)):
        return data
    if isinstance(data, IRI):
        return ox.NamedNode(data)
    if isinstance(data, bool):
        return ox.Literal("true" if data else "false", datatype=XSD_BOOLEAN)
    if isinstance(data, int):
        return ox.Literal(str(data), datatype=XSD_INTEGER)
    if isinstance(data, float):
        return decimal(data)
    if isinstance(data, dt.date):
        return ox.Literal(data.isoformat(), datatype=XSD_DATE)
    if isinstance(data, str):
        return ox.Literal(data)
    raise TypeError(f"{type(data).__name__} has no RDF counterpart")


def decimal(number: float) -> ox.Literal:
    """A number as xsd:decimal in its shortest form, at most four places.

    >>> decimal(0.95).value, decimal(1.0).value
    ('0.95', '1')
    """
    text = f"{number:.4f}".rstrip("0").rstrip(".")
    return ox.Literal("0" if text == "-0" else text, datatype=XSD_DECIMAL)
