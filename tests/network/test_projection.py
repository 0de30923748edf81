"""Projections: which statements become ties, and what stands on nodes and edges."""

from __future__ import annotations

import datetime as dt

import networkx as nx
import pytest

from policygraph.errors import UnknownNameError, UsageError
from policygraph.graph.store import EmbeddedStore
from policygraph.network import Network, project

from .building import Builder


def named(network: Network) -> set[tuple[str, str, str]]:
    return {(network.nodes[e.source].label, network.nodes[e.target].label, e.predicate) for e in network.edges}


BRA, ARG, CHL = "Government of Brazil", "Government of Argentina", "Government of Chile"
ANA, LUIS, WORKERS = "Ana Costa", "Luis Prado", "Dam workers"


def test_claims_tie_actors_by_claims_events_and_records(small: EmbeddedStore) -> None:
    assert named(project(small)) == {
        (ANA, LUIS, "meets"),
        (LUIS, ANA, "meets"),
        (ANA, LUIS, "consult"),
        (CHL, ARG, "opposes"),
        (CHL, ARG, "request"),
        (BRA, ARG, "supports"),
        (BRA, ARG, "consult"),
        (WORKERS, CHL, "protest"),
    }


def test_events_are_signed_and_weighted_by_score(small: EmbeddedStore) -> None:
    edges = {e.predicate: e for e in project(small, "events", reference=False).edges}
    assert (edges["protest"].sign, edges["protest"].score, edges["protest"].weight) == (-1, -5.0, 5.0)
    assert (edges["consult"].sign, edges["consult"].score, edges["consult"].weight) == (1, 1.5, 1.5)
    assert (edges["request"].sign, edges["request"].score, edges["request"].weight) == (-1, 0.0, 0.5)


def test_an_event_without_recipient_ties_all_actors_both_ways(small: EmbeddedStore) -> None:
    summit = project(small, "events", modality="planned")
    assert named(summit) == {(a, b, "consult") for a in (BRA, ARG, CHL) for b in (BRA, ARG, CHL) if a != b}


def test_two_mode_layers(small: EmbeddedStore) -> None:
    assert named(project(small, "initiatives", modality="all")) == {
        (ANA, "Water Treaty", "proposes"),
        (CHL, "Water Treaty", "opposes"),
    }
    assert named(project(small, "places")) == {
        (ANA, "Salto", "visits"),
        (WORKERS, "Salto", "protest"),
        (ANA, "Argentina", "consult"),
    }


def test_mentions_count_documents(small: EmbeddedStore) -> None:
    network = project(small, "mentions")
    weights = {(network.nodes[e.source].label, network.nodes[e.target].label): e.weight for e in network.edges}
    assert weights[ANA, LUIS] == 2
    assert len(weights) == 3 + 3
    assert not network.directed


def test_modalities_and_confidence(small: EmbeddedStore) -> None:
    assert named(project(small, modality="denied")) == {(BRA, CHL, "supports")}
    both = project(small, modality=["asserted", "denied"])
    assert {(e.predicate, e.modality) for e in both.edges} >= {("supports", "asserted"), ("supports", "denied")}
    assert (BRA, ARG, "supports") not in named(project(small, min_confidence=0.7))
    assert "River Union" not in {n.label for n in project(small, modality="all").nodes}, "a retracted claim counts"


def test_periods(small: EmbeddedStore) -> None:
    assert named(project(small, since="2024-04", until="2024-04")) == {(WORKERS, CHL, "protest")}
    assert named(project(small, since="2024-04-10", until="2024-04-20")) == {(WORKERS, CHL, "protest")}
    assert not len(project(small, since="2024-04-10", until="2024-04-20", overlap="certain").ties)
    may = project(small, since=dt.date(2024, 5, 1))
    assert (CHL, ARG, "opposes") in named(may), "an undated claim counts on the day of its report"
    assert not len(project(small, since=dt.date(2024, 5, 1), overlap="certain").ties)


def test_sources_predicates_types_and_reference(small: EmbeddedStore) -> None:
    assert named(project(small, source="herald")) == {
        (CHL, ARG, "opposes"), (CHL, ARG, "request"), (WORKERS, CHL, "protest"),
    }  # fmt: skip
    assert named(project(small, source="bbbb000000000002", predicate="pg:opposes")) == {(CHL, ARG, "opposes")}
    assert named(project(small, predicate="verbal-conflict")) == {(CHL, ARG, "request")}
    assert named(project(small, types="Organisation", predicate=["supports", "protest"])) == {(BRA, ARG, "supports")}
    assert (ANA, LUIS, "consult") not in named(project(small, reference=False))
    recorded = next(e for e in project(small, "events").edges if e.modality == "recorded")
    assert recorded.claims[0].endswith("record/visits/2")
    assert (recorded.first, recorded.last, recorded.score) == ("2023-11-05", "2023-11-06", 4.0)


def test_roll_up_to_countries(small: EmbeddedStore) -> None:
    rolled = project(small, roll_up="country")
    assert {n.label for n in rolled.nodes} == {"Brazil", "Argentina", "Chile", WORKERS}
    assert {n.type for n in rolled.nodes} == {"Country", "SocialGroup"}
    guessed = project(small, roll_up="country", inferred=True)
    assert {n.label for n in guessed.nodes} == {"Brazil", "Argentina", "Chile"}
    assert named(guessed) == named(rolled) - {(WORKERS, "Chile", "protest")}, "a tie within a country falls away"


def test_one_statement_counts_once_for_two_countries() -> None:
    b = Builder()
    for code in ("AAA", "BBB"):
        b.country(code, code, f"Government {code}")
        b.entity(f"person/{code.lower()}", "Person", f"Minister {code}", actsFor=f"country/{code.lower()}")
    b.document("dddd000000000004", "Talks")
    b.event("dddd000000000004", "talks", "consult", ["person/aaa", "government/aaa"], ["person/bbb", "government/bbb"])
    assert [e.weight for e in project(b.store(), "claims", roll_up="country").edges] == [1.0]
    assert len(project(b.store(), "claims").ties) == 4


def test_edges_carry_everything(small: EmbeddedStore) -> None:
    network = project(small, weight="confidence")
    edge = next(e for e in network.edges if e.predicate == "supports")
    assert (edge.weight, edge.sign, edge.sources, edge.statements, edge.modality) == (0.6, 1, 1, 1, "asserted")
    assert edge.first is None
    assert "/id/claim/" in edge.claims[0]
    attributes = network.graph.get_edge_data(network.nodes[edge.source].iri, network.nodes[edge.target].iri)
    assert {a["predicate"] for a in attributes.values()} == {"supports", "consult"}
    ana = network.graph.nodes["https://w3id.org/policygraph/id/person/ana-costa"]
    assert ana == {
        "iri": "https://w3id.org/policygraph/id/person/ana-costa",
        "label": ANA,
        "type": "Person",
        "country": "BRA",
    }


def test_weights_by_sources_and_per_statement_edges() -> None:
    b = Builder()
    for code in ("AAA", "BBB"):
        b.country(code, code, f"Government {code}")
    for doc in ("eeee000000000005", "ffff000000000006"):
        b.document(doc, doc)
        for n in range(3):
            b.event(doc, f"talks-{n}", "consult", ["government/aaa"], ["government/bbb"])
    assert [e.weight for e in project(b.store()).edges] == [6.0]
    by_source = project(b.store(), weight="sources").edges
    assert [round(e.weight, 9) for e in by_source] == [2.0]
    assert (by_source[0].sources, by_source[0].statements, len(by_source[0].claims)) == (2, 6, 12)
    single = project(b.store(), per_statement=True)
    assert [e.statements for e in single.edges] == [1] * 6
    assert single.graph.number_of_edges() == 6


def test_no_document_claim_evidence_or_concept_is_a_node(small: EmbeddedStore) -> None:
    for layer in ("claims", "events", "initiatives", "places", "mentions"):
        graph = project(small, layer, modality="all").graph
        assert isinstance(graph, nx.MultiDiGraph)
        assert not [
            n for n in graph if any(f in n for f in ("/document/", "/claim/", "/vocab/", "/event/", "/record/"))
        ]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"modality": "hypothetical"}, "modality=hypothetical"),
        ({"min_confidence": 0.99, "reference": False}, "min_confidence=0.99"),
        ({"since": "1990", "until": "1991"}, "period 1990-01-01 to 1991-12-31"),
        ({"predicate": "aid"}, "predicate=aid"),
        ({"types": "PoliticalParty"}, "types=PoliticalParty"),
        ({"source": "Herald", "predicate": "supports"}, "predicate=supports"),
    ],
)
def test_an_empty_network_says_what_removed_everything(
    small: EmbeddedStore, options: dict[str, object], told: str
) -> None:
    network = project(small, **options)  # type: ignore[arg-type]
    assert told in network.note
    assert not network.nodes
    assert network.table().note == network.note
    assert network.graph.number_of_nodes() == 0


def test_an_empty_graph_and_reference_alone(small: EmbeddedStore) -> None:
    assert "holds nothing" in project(Builder().store()).note
    b = Builder()
    for code in ("AAA", "BBB"):
        b.country(code, code, f"Government {code}")
    b.record(
        "visits", 2, "x", [("event/v", "hasActor", "government/aaa"), ("event/v", "hasRecipient", "government/bbb")]
    )
    assert "reference=False" in project(b.store(), reference=False).note


@pytest.mark.parametrize(
    ("options", "error", "told"),
    [
        ({"layer": "claim"}, UnknownNameError, "did you mean 'claims'?"),
        ({"modality": "assertd"}, UnknownNameError, "asserted"),
        ({"predicate": "suports"}, UnknownNameError, "supports"),
        ({"types": "Goverment"}, UnknownNameError, "Government"),
        ({"source": "Gazete"}, UnknownNameError, "Gazette"),
        ({"roll_up": "continent"}, UnknownNameError, "roll-up"),
        ({"since": "2023-02-30"}, UsageError, "2023-02-30"),
        ({"since": "2024", "until": "2023"}, UsageError, "before it starts"),
        ({"overlap": "maybe"}, UsageError, "possible"),
        ({"min_confidence": 3}, UsageError, "0 to 1"),
        ({"weight": "score"}, UsageError, "events"),
        ({"modality": []}, UsageError, "modality"),
    ],
)
def test_bad_options(small: EmbeddedStore, options: dict[str, object], error: type[UsageError], told: str) -> None:
    with pytest.raises(error, match=told.replace("?", r"\?")):
        project(small, **options)  # type: ignore[arg-type]


def test_the_order_of_the_quads_does_not_matter() -> None:
    from .building import small_graph

    forward, backward = small_graph(), small_graph()
    backward.quads.reverse()
    one, other = project(forward.store()), project(backward.store())
    assert one.nodes == other.nodes
    assert one.edges == other.edges
    assert (one.ties.source, one.ties.target, one.ties.claims) == (
        other.ties.source,
        other.ties.target,
        other.ties.claims,
    )
    names = [[n.ties.documents.values[i] for i in n.ties.document] for n in (one, other)]
    assert names[0] == names[1]


def test_finding_and_showing(small: EmbeddedStore) -> None:
    network = project(small)
    assert network.find("ana costa") == network.find("person/ana-costa")
    with pytest.raises(UnknownNameError, match="Ana Costa"):
        network.find("Ana Costta")
    page = network._repr_html_()
    assert "7 nodes" in page or "6 nodes" in page
    assert "<table>" in page
