"""Betweenness counted in shares is that of the whole, however many processes count."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from policygraph import child
from policygraph.errors import PolicyGraphError
from policygraph.network.compact import compact
from policygraph.network.measures import betweenness, shares


@pytest.fixture(autouse=True)
def _always_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "WORTH_IT", 0)


def graph(directed: bool) -> nx.Graph:
    rng = random.Random(4)
    made: nx.Graph = nx.gnm_random_graph(60, 240, seed=2, directed=directed)
    for s, t in made.edges:
        made[s][t]["weight"] = rng.choice((0.5, 1.0, 2.0, 3.0))
    made.add_node("alone")
    return made


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("weighted", [True, False])
def test_processes_give_what_networkx_gives(monkeypatch: pytest.MonkeyPatch, directed: bool, weighted: bool) -> None:
    monkeypatch.setattr(shares, "cores", lambda: 3)
    net = graph(directed)
    shared = betweenness(net, weighted=weighted, engine="igraph")
    assert shared == pytest.approx(betweenness(net, weighted=weighted, engine="networkx"), abs=1e-9)


def test_the_number_of_processes_changes_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    net = graph(directed=True)
    results = []
    for cores in (1, 2, 5):
        monkeypatch.setattr(shares, "cores", lambda n=cores: n)
        results.append(betweenness(net, weighted=True, engine="igraph"))
    assert results[0] == results[1] == results[2]


def test_a_child_that_dies_is_an_error_and_not_a_smaller_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "cores", lambda: 2)
    monkeypatch.setattr(shares, "_dump", lambda *_: b"no job at all")
    with pytest.raises(PolicyGraphError, match="ended early"):
        shares.shared_betweenness(compact(graph(directed=True)).igraph(), None)


def test_children_start_no_children(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYGRAPH_CHILD", "1")
    assert child.cores() == 1
