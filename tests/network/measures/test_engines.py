"""networkx and igraph give the same numbers, to 1e-9, over random graphs of every kind."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policygraph.errors import MissingExtraError, UnknownNameError, UsageError
from policygraph.network import measures
from policygraph.network.compact import compact
from policygraph.network.measures.engine import pick

NAMES = sorted(measures.MEASURES)


@st.composite
def graphs(draw: st.DrawFn) -> Any:
    """Directed or not, with parallel edges, loops, isolates and several parts; none, one or more nodes."""
    n = draw(st.integers(0, 9))
    kind = draw(st.sampled_from([nx.MultiDiGraph, nx.MultiGraph]))
    graph = kind()
    graph.add_nodes_from(f"n{i}" for i in range(n))
    if n:
        node = st.integers(0, n - 1).map("n{}".format)
        weight = st.sampled_from([0.5, 1.0, 2.0, 3.0, 7.5])
        for s, t, w in draw(st.lists(st.tuples(node, node, weight), max_size=24)):
            graph.add_edge(s, t, weight=w)
    return graph


def answer(function: Callable[..., Any], graph: Any, engine: str) -> Any:
    try:
        return function(graph, engine=engine)
    except UsageError as error:
        return str(error)


def alike(one: Any, other: Any) -> bool:
    if isinstance(one, float):
        return (math.isnan(one) and math.isnan(other)) or math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(one, dict):
        return set(one) == set(other) and all(alike(one[k], other[k]) for k in one)
    return bool(one == other)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graph=graphs())
def test_node_measures(name: str, graph: Any) -> None:
    one = answer(measures.measure(name), graph, "networkx")
    other = answer(measures.measure(name), graph, "igraph")
    assert alike(one, other), (name, list(graph.edges(data="weight")), one, other)


@pytest.mark.parametrize(
    "function",
    [
        measures.reciprocity,
        measures.degree_assortativity,
        lambda g, engine: measures.attribute_assortativity(g, {n: "xyz"[int(n[1:]) % 3] for n in g}, engine=engine),
    ],
)
@settings(max_examples=60, deadline=None)
@given(graph=graphs())
def test_network_measures(function: Callable[..., Any], graph: Any) -> None:
    one, other = answer(function, graph, "networkx"), answer(function, graph, "igraph")
    assert alike(one, other), (list(graph.edges), one, other)


@settings(max_examples=40, deadline=None)
@given(graph=graphs(), data=st.data())
def test_modularity_is_that_of_both_libraries(graph: Any, data: st.DataObject) -> None:
    g = compact(graph).undirected()
    if not g.m:
        with pytest.raises(UsageError, match="no ties"):
            measures.modularity(g, [0] * g.n)
        return
    groups = data.draw(st.lists(st.integers(0, 2), min_size=g.n, max_size=g.n))
    ours = measures.modularity(g, groups)
    parts = [{i for i in range(g.n) if groups[i] == k} for k in range(3)]
    assert math.isclose(ours, nx.community.modularity(g.networkx(), parts, weight="weight"), abs_tol=1e-9)
    assert math.isclose(ours, g.igraph().modularity(groups, weights="weight"), abs_tol=1e-9)


@settings(max_examples=40, deadline=None)
@given(graph=graphs())
def test_measures_are_those_of_networkx_itself(graph: Any) -> None:
    """On simple graphs without loops our numbers are what networkx gives when called by hand."""
    simple = (nx.DiGraph if graph.is_directed() else nx.Graph)()
    simple.add_nodes_from(graph)
    simple.add_edges_from((s, t, {"weight": w}) for s, t, w in graph.edges(data="weight") if s != t)
    n = len(simple)
    plain: dict[str, Any] = {
        "degree": {k: float(v) for k, v in simple.degree()},
        "strength": {k: float(v) for k, v in simple.degree(weight="weight")},
        "betweenness": nx.betweenness_centrality(simple),
        "closeness": nx.closeness_centrality(simple),
        "harmonic": {k: v / (n - 1) if n > 1 else 0.0 for k, v in nx.harmonic_centrality(simple).items()},
        "pagerank": nx.pagerank(simple, tol=1e-14, max_iter=5000) if n else {},
        "clustering": {k: float(v) for k, v in nx.clustering(simple.to_undirected()).items()},
    }
    for name, expected in plain.items():
        got = measures.measure(name)(simple, engine="igraph")
        assert alike({k: float(v) for k, v in expected.items()}, got), (name, expected, got)


@settings(max_examples=40, deadline=None)
@given(graph=graphs())
def test_pagerank_without_scipy_is_the_same(graph: Any) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise ModuleNotFoundError("No module named 'scipy'")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nx, "pagerank", refuse)
        plain = measures.pagerank(graph, engine="networkx")
    assert alike(plain, measures.pagerank(graph, engine="networkx"))


def test_unknown_engines_and_measures() -> None:
    with pytest.raises(UnknownNameError, match="igraph"):
        pick("igrph")
    with pytest.raises(UnknownNameError, match="betweenness"):
        measures.measure("betweeness")


def test_without_igraph_networkx_does_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert pick("auto") == "networkx"
    with pytest.raises(MissingExtraError, match=r"policygraph\[fast\]"):
        pick("igraph")
    with pytest.raises(MissingExtraError, match=r"policygraph\[fast\]"):
        measures.communities(nx.path_graph(3), method="leiden")
    assert measures.communities(nx.path_graph(3), runs=2).method == "louvain"


def test_what_is_not_defined_says_what_to_use_instead() -> None:
    apart = nx.Graph([(0, 1), (2, 3)])
    for function in (measures.eigenvector, measures.hits):
        with pytest.raises(UsageError, match="pagerank"):
            function(apart)
    with pytest.raises(UsageError, match="alpha below"):
        measures.katz(nx.complete_graph(4), alpha=0.9)
    with pytest.raises(UsageError, match="no direction"):
        measures.reciprocity(apart)
    with pytest.raises(UsageError, match="same degree"):
        measures.degree_assortativity(nx.cycle_graph(4))
    with pytest.raises(UsageError, match="weigh"):
        measures.pagerank(nx.Graph([(0, 1, {"weight": 0.0})]))
    with pytest.raises(UsageError, match="not a network"):
        measures.pagerank([1, 2])
    with pytest.raises(UnknownNameError, match="direction"):
        measures.degree(apart, direction="up")
    with pytest.raises(UsageError, match="fewer than two"):
        measures.density(nx.empty_graph(1))
