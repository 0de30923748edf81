"""Results as RDF, asked for with SPARQL."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from policygraph import resources
from policygraph.errors import UsageError
from policygraph.graph.store import EmbeddedStore
from policygraph.network import project
from policygraph.network.results import MEASUREMENTS_GRAPH, measurements
from policygraph.table import Table

from .building import small_graph

QUERY = """
PREFIX pg: <https://w3id.org/policygraph/ont#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?who ?value ?rank ?low ?layer WHERE {
  ?m a pg:Measurement ; pg:measure "in_strength" ; pg:ofEntity/skos:prefLabel ?who ; pg:measuredValue ?value ;
     pg:rank ?rank ; pg:lowerBound ?low ; pg:inProjection/pg:layer ?layer } ORDER BY ?rank ?who
"""


def test_sparql_finds_what_was_measured() -> None:
    store = small_graph().store()
    network = project(store)
    table = network.centrality(("in_strength", "constraint"), resamples=20, by="statement")
    quads = list(measurements(network, table))
    assert {q.graph_name.value for q in quads} == {MEASUREMENTS_GRAPH}
    store.extend(quads)
    rows = store.select(QUERY).rows
    wanted = sorted((r["in_strength_rank"], r["actor"], r["in_strength"], r["in_strength_low"]) for r in table)
    assert [(r[2], r[0], r[1], r[3]) for r in rows] == wanted
    assert {r[4] for r in rows} == {"claims"}
    assert project(store).nodes == network.nodes, "measurements are no actors"


def test_measuring_again_says_the_same(small: EmbeddedStore) -> None:
    network = project(small)
    table = network.centrality("pagerank")
    assert list(map(str, network.measurements(table))) == list(map(str, network.measurements(table)))
    other = project(small, since="2024")
    nodes = [{q.subject.value for q in net.measurements(net.centrality("pagerank"))} for net in (network, other)]
    assert not nodes[0] & nodes[1]


def test_the_ontology_declares_every_term_used(small: EmbeddedStore) -> None:
    network = project(small)
    schema = ox.Store()
    schema.load((resources.ontology() / "policygraph.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    declared = {q.subject.value for q in schema.quads_for_pattern(None, None, None) if q.subject.value}
    table = network.centrality("degree", resamples=3, by="statement")
    for quad in network.measurements(table):
        terms = [quad.predicate.value] + ([quad.object.value] if quad.predicate.value.endswith("#type") else [])
        assert all(t in declared for t in terms if "policygraph" in t), terms


def test_only_tables_of_centrality(small: EmbeddedStore) -> None:
    with pytest.raises(UsageError, match="centrality"):
        list(measurements(project(small), Table(("a",), [(1,)])))
