"""Which graphs of events of data sets a question reads: those of the months that its period touches.

Events of a data set stand in one graph for each month in which some begin.
"""

from __future__ import annotations

import pyoxigraph as ox

from policygraph import iris
from policygraph.interfaces import GraphReader
from policygraph.questions.filling import MONTHS, Values


def months_of(reader: GraphReader, body: str, values: Values) -> list[ox.NamedNode] | None:
    """The graphs that a query reads month by month, bounded by its values of `_since` and `_until`.

    None for a query that does no such thing: the graphs are not looked up for it.
    """
    if MONTHS not in body:
        return None
    since, until = (values[name].value[:7] if name in values else None for name in ("_since", "_until"))
    return [
        ox.NamedNode(graph)
        for graph in reader.graphs()
        if (month := iris.month_of(graph)) and (since is None or month >= since) and (until is None or month <= until)
    ]
