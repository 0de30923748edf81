"""Which library does the work, and how a measure says that it is not defined."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from policygraph.errors import MissingExtraError, UnknownNameError, UsageError
from policygraph.network.compact import CompactGraph

ENGINES = ("auto", "igraph", "networkx")


def pick(engine: str) -> str:
    """`igraph` where it is asked for or, on `auto`, installed; else `networkx`.

    >>> pick("networkx")
    'networkx'

    Raises:
        UnknownNameError: no such engine.
        MissingExtraError: igraph is asked for and not installed.
    """
    if engine not in ENGINES:
        raise UnknownNameError("engine", engine, ENGINES)
    installed = importlib.util.find_spec("igraph") is not None
    if engine == "igraph" and not installed:
        raise MissingExtraError("The engine igraph", "fast")
    return "igraph" if installed and engine != "networkx" else "networkx"


def undefined(measure: str, why: str, instead: str) -> UsageError:
    """The error of a measure that has no value for a network."""
    return UsageError(f"{measure} is not defined here: {why}", hint=instead)


def by_node(graph: CompactGraph, values: Sequence[float]) -> dict[Hashable, float]:
    """Values in the order of the nodes as a dict."""
    return dict(zip(graph.names, values, strict=True))


def in_order(graph: CompactGraph, values: Any) -> list[float]:
    """A networkx result, keyed by number, in the order of the nodes."""
    return [float(values[i]) for i in range(graph.n)]


def scipy_needed(measure: str, call: Callable[[], Any]) -> Any:
    """Run a networkx function that needs scipy.

    Raises:
        MissingExtraError: scipy is not installed.
    """
    try:
        return call()
    except ImportError as error:
        raise MissingExtraError(f"{measure} on networkx", "fast") from error
