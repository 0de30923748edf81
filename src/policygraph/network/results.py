"""Results as RDF: each value a measurement that SPARQL can ask for, in a graph of its own.

A measurement gives one number of one measure for one entity, its rank and, where
there are intervals, their bounds. It points to the projection, which carries the
options. Names are hashes of content, so that measuring again replaces nothing
but says the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from policygraph import iris
from policygraph.errors import UsageError
from policygraph.network.measures import MEASURES
from policygraph.table import Table

if TYPE_CHECKING:
    import pyoxigraph as ox

    from policygraph.network.model import Network

MEASUREMENTS_GRAPH = iris.MEASUREMENTS_GRAPH
#: Column endings of a table of centrality and the property that takes the value.
_BOUNDS = {
    "": ("measuredValue", "double"),
    "_rank": ("rank", "integer"),
    "_low": ("lowerBound", "double"),
    "_high": ("upperBound", "double"),
    "_rank_low": ("lowerRank", "double"),
    "_rank_high": ("upperRank", "double"),
}


def measurements(network: Network, table: Table, *, resampling: str = "") -> Iterator[ox.Quad]:
    """The quads of a table made by `Network.centrality`, all in `MEASUREMENTS_GRAPH`.

    Args:
        network: the network that was measured.
        table: its table of centrality, with or without intervals.
        resampling: how the intervals were made, for whoever reads them later.

    Raises:
        UsageError: the table has no column of a measure.
    """
    names = [c for c in table.columns if c in MEASURES]
    if not names or "iri" not in table.columns:
        raise UsageError("the table holds no measures", hint="pass what Network.centrality returned")
    projection, quads = _projection(network)
    yield from quads
    for row in table:
        for name in names:
            yield from _measurement(projection, name, row, resampling)


def _quad(subject: str, predicate: str, object: str, datatype: str | None = None) -> ox.Quad:
    import pyoxigraph as ox

    value = ox.NamedNode(object) if datatype is None else ox.Literal(object, datatype=ox.NamedNode(iris.XSD + datatype))
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, ox.NamedNode(MEASUREMENTS_GRAPH))


def _projection(network: Network) -> tuple[str, list[ox.Quad]]:
    options = network.projection.options()
    text = json.dumps(options, sort_keys=True, ensure_ascii=False)
    node = iris.thing(f"projection/{iris.content_key(text)}")
    quads = [
        _quad(node, iris.RDF + "type", iris.term("NetworkProjection")),
        _quad(node, iris.term("layer"), str(options["layer"]), "string"),
        _quad(node, iris.term("options"), text, "string"),
    ]
    return node, quads


def _measurement(projection: str, name: str, row: dict[str, Any], resampling: str) -> Iterator[ox.Quad]:
    if row[name] is None:
        return
    node = iris.thing(f"measurement/{iris.content_key(projection, name, row['iri'])}")
    yield _quad(node, iris.RDF + "type", iris.term("Measurement"))
    yield _quad(node, iris.term("ofEntity"), row["iri"])
    yield _quad(node, iris.term("inProjection"), projection)
    yield _quad(node, iris.term("measure"), name, "string")
    for ending, (predicate, datatype) in _BOUNDS.items():
        value = row.get(name + ending)
        if value is not None:
            text = str(int(value)) if datatype == "integer" else repr(float(value))
            yield _quad(node, iris.term(predicate), text, datatype)
    if resampling and row.get(f"{name}_low") is not None:
        yield _quad(node, iris.term("resampling"), resampling, "string")
