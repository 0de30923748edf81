"""policygraph: foreign-policy reporting as a knowledge graph with its evidence.

import policygraph as pg

graph = pg.build("policygraph.toml")
graph.ask("incidents", country="MEX")
graph.evidence("Marco Rubio", "Mexico")
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policygraph.errors import (
        DataError,
        GraphError,
        MissingExtraError,
        PolicyGraphError,
        ProjectError,
        QueryError,
        QueryLimitError,
        ServiceError,
        SourceError,
        StoreMissingError,
        StoreVersionError,
        UnknownNameError,
        UsageError,
    )
    from policygraph.iris import IRI, PREFIXES
    from policygraph.project import PolicyGraph, build, extract, import_data, open
    from policygraph.table import Table

__version__ = "0.1.0"

#: Where each public name lives; it is imported when it is first used.
_HOMES = {
    "policygraph.project": ("PolicyGraph", "build", "extract", "import_data", "open"),
    "policygraph.table": ("Table",),
    "policygraph.iris": ("IRI", "PREFIXES"),
    "policygraph.errors": (
        "DataError",
        "GraphError",
        "MissingExtraError",
        "PolicyGraphError",
        "ProjectError",
        "QueryError",
        "QueryLimitError",
        "ServiceError",
        "SourceError",
        "StoreMissingError",
        "StoreVersionError",
        "UnknownNameError",
        "UsageError",
    ),
}

__all__ = [
    "IRI",
    "PREFIXES",
    "DataError",
    "GraphError",
    "MissingExtraError",
    "PolicyGraph",
    "PolicyGraphError",
    "ProjectError",
    "QueryError",
    "QueryLimitError",
    "ServiceError",
    "SourceError",
    "StoreMissingError",
    "StoreVersionError",
    "Table",
    "UnknownNameError",
    "UsageError",
    "__version__",
    "build",
    "extract",
    "import_data",
    "open",
]


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(importlib.import_module(home), name)
    raise AttributeError(f"module 'policygraph' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
