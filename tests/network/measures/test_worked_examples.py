"""Measures that no library here offers, against examples worked out in the literature and by hand."""

from __future__ import annotations

import math
import random

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.errors import UsageError
from policygraph.network import measures
from policygraph.network.measures import Roles

# Alliances and enmities of 16 tribes (Read 1954, Southwestern Journal of Anthropology 10; the
# signed graph of Hage and Harary 1983, Structural Models in Anthropology, pp. 56-60).
ALLIES = """1-2 3-4 3-6 3-7 5-7 6-7 3-8 4-8 6-8 7-8 5-9 9-10 6-11 7-11 8-11 6-12 7-12 8-12 11-12 7-13 9-13
10-13 5-14 13-14 1-15 2-15 1-16 2-16 15-16"""
ENEMIES = """1-3 2-3 1-4 1-5 2-5 1-6 2-6 2-9 6-9 2-10 9-11 10-11 1-12 6-13 11-13 8-14 12-14 5-15 9-15 10-15
11-15 12-15 13-15 5-16 6-16 11-16 12-16 13-16 14-16"""


def tribes() -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.Graph()
    for text, sign in ((ALLIES, 1), (ENEMIES, -1)):
        for pair in text.split():
            a, b = pair.split("-")
            graph.add_edge(int(a), int(b), sign=sign)
    return graph


def test_structural_balance_of_the_highland_tribes() -> None:
    """Published counts for this graph: +++ 19, ++- 2, +-- 40, --- 7; share balanced 0.8676471 (R package signnet)."""
    balance = measures.structural_balance(tribes())
    assert (balance.ppp, balance.ppn, balance.pnn, balance.nnn) == (19, 2, 40, 7)
    assert math.isclose(balance.share, 0.8676471, abs_tol=5e-8)


def test_signed_degrees_of_the_highland_tribes() -> None:
    degrees = measures.signed_degree(tribes())
    assert sum(d.positive_in + d.positive_out for d in degrees.values()) == 2 * 29
    assert sum(d.negative_in + d.negative_out for d in degrees.values()) == 2 * 29
    assert degrees[1].net == 3 - 5


@given(st.integers(3, 12), st.randoms(use_true_random=False))
def test_two_camps_are_balanced_and_switching_changes_nothing(n: int, rng: random.Random) -> None:
    """Cartwright and Harary's theorem one way; and balance is invariant when one node turns all its signs."""
    camp = [rng.random() < 0.5 for _ in range(n)]
    graph = nx.complete_graph(n)
    for a, b in graph.edges:
        graph[a][b]["sign"] = 1 if camp[a] == camp[b] else -1
    assert measures.structural_balance(graph).share == 1.0
    for a, b in graph.edges:
        graph[a][b]["sign"] = rng.choice([1, -1])
    before = measures.structural_balance(graph).share
    for b in graph[0]:
        graph[0][b]["sign"] *= -1
    assert measures.structural_balance(graph).share == before


def test_balance_needs_triangles_and_signs() -> None:
    with pytest.raises(UsageError, match="signed_degree"):
        _ = measures.structural_balance(nx.Graph([(0, 1, {"sign": 1})])).share
    with pytest.raises(UsageError, match="no sign"):
        measures.structural_balance(nx.Graph([(0, 1)]))


def test_brokerage_of_a_published_example() -> None:
    """The example of the R package cograph, whose counts are checked there against sna::brokerage."""
    graph = nx.DiGraph(["AB", "AC", "BC", "BD", "CD", "DA"])
    roles = measures.brokerage(graph, {"A": "1", "B": "1", "C": "2", "D": "2"})
    assert roles["A"] == Roles(itinerant=1, gatekeeper=1)
    assert roles["B"] == Roles(representative=1)
    assert roles["C"] == Roles(gatekeeper=1)
    assert roles["D"] == Roles(itinerant=1, representative=1)


def test_every_role_once() -> None:
    """One chain for each of the five figures of Gould and Fernandez (1989)."""
    chains = {
        "coordinator": "xxx", "itinerant": "xyx", "gatekeeper": "xyy", "representative": "xxy", "liaison": "xyz",
    }  # fmt: skip
    for role, groups in chains.items():
        found = measures.brokerage(nx.DiGraph([("a", "b"), ("b", "c")]), dict(zip("abc", groups, strict=True)))
        assert found["b"] == Roles(**{role: 1}), role
        assert found["b"].total == 1
        closed = nx.DiGraph([("a", "b"), ("b", "c"), ("a", "c")])
        assert measures.brokerage(closed, dict(zip("abc", groups, strict=True)))["b"].total == 0
    assert measures.brokerage(nx.DiGraph([("a", "b"), ("b", "c")]), {"a": "x", "b": "x"})["b"].total == 0


def test_brokerage_without_direction_counts_each_pair_both_ways() -> None:
    roles = measures.brokerage(nx.path_graph(3), {0: "x", 1: "y", 2: "y"})
    assert roles[1] == Roles(gatekeeper=1, representative=1)


def test_rand_and_mutual_information() -> None:
    """Agreement of two partitions of six things, worked by hand from the definitions."""
    one, other = [0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]
    # Pairs: together in both 2, in the first 6, in the second 3, of 15.
    assert math.isclose(measures.adjusted_rand(one, other), (2 - 6 * 3 / 15) / ((6 + 3) / 2 - 6 * 3 / 15))
    shared = math.log(2) - (1 / 3) * math.log(2)
    assert math.isclose(measures.normalised_mutual_information(one, other), 2 * shared / (math.log(2) + math.log(3)))
    assert measures.normalised_mutual_information([0, 0], [1, 1]) == 1.0


@given(st.lists(st.integers(0, 4), min_size=1, max_size=30), st.permutations(range(5)))
def test_renaming_groups_changes_nothing(groups: list[int], names: list[int]) -> None:
    renamed = [names[g] for g in groups]
    assert measures.adjusted_rand(groups, renamed) == 1.0
    assert math.isclose(measures.normalised_mutual_information(groups, renamed), 1.0)


@pytest.mark.parametrize(("engine", "method"), [("igraph", "leiden"), ("igraph", "louvain"), ("networkx", "louvain")])
def test_communities_of_two_cliques(engine: str, method: str) -> None:
    graph = nx.barbell_graph(5, 0)
    found = measures.communities(graph, method=method, engine=engine, runs=5, seed=3)
    assert found.sizes == [5, 5]
    assert [found.group[i] for i in range(10)] == [0] * 5 + [1] * 5
    assert (found.ari, found.nmi, found.runs) == (1.0, 1.0, 5)
    assert math.isclose(found.modularity, 20 / 21 - 0.5)


@pytest.mark.parametrize("engine", ["igraph", "networkx"])
def test_the_same_seed_gives_the_same_communities(engine: str) -> None:
    graph = nx.gnm_random_graph(60, 110, seed=5)
    assert measures.communities(graph, engine=engine, seed=1) == measures.communities(graph, engine=engine, seed=1)
    unstable = measures.communities(graph, engine=engine, seed=1)
    assert 0 < unstable.ari < 1, "a random graph has no stable communities"


def test_known_structure_of_the_karate_club() -> None:
    """Leiden reaches the best known modularity of this graph, 0.4198 (Brandes et al. 2008)."""
    club = nx.Graph(nx.karate_club_graph().edges)
    assert round(measures.communities(club, method="leiden").modularity, 4) == 0.4198
