"""rdflib on the same data, with queries answered by the engine."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox
import rdflib
from oxrdflib import OxigraphStore
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Identifier

from policygraph.iris import PREFIXES


class EngineStore(OxigraphStore):
    """An rdflib store over Oxigraph that says so when rdflib takes over a query."""

    def query(
        self,
        query: Query | str,
        initNs: Mapping[str, Any],  # noqa: N803
        initBindings: Mapping[str, Identifier],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **kwargs: object,
    ) -> Result:
        """Hand query text to Oxigraph; a prepared query is left to rdflib, with a warning."""
        if isinstance(query, Query):
            warnings.warn(
                "a prepared query runs in rdflib's own engine, many times slower: pass the query as text",
                stacklevel=4,
            )
        return super().query(query, initNs, initBindings, queryGraph, **kwargs)


def dataset(engine: ox.Store) -> rdflib.Dataset:
    """A Dataset whose default graph is the union of all named graphs."""
    data = rdflib.Dataset(store=EngineStore(store=engine), default_union=True)
    for prefix, namespace in PREFIXES.items():
        data.bind(prefix, namespace)
    return data
