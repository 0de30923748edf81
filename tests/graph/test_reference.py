"""Reference tables become plain facts that name their row and source; RDF files become graphs."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from policygraph import iris
from policygraph.errors import DataError
from policygraph.graph import naming as n
from policygraph.graph.reference import reference_quads
from policygraph.graph.store import EmbeddedStore
from policygraph.graph.turtle import schema_quads, turtle_quads, user_quads
from policygraph.records import (
    City,
    Country,
    KnownInitiative,
    KnownPerson,
    KnownVisit,
    Organisation,
    Post,
    ReferenceData,
    Region,
    TableRow,
    Tenure,
)
from policygraph.vocabulary import EntityType


def row(table: str, line: int, source: str = "https://example.org/register", other: str = "") -> TableRow:
    return TableRow(table, line, source, other)


DATA = ReferenceData(
    countries=(
        Country("ECU", "EC", "Ecuador", row("countries.csv", 2), m49="218", capital="Quito", wikidata="Q736"),
        Country("PER", "PE", "Peru", row("countries.csv", 3), government="Government of the Republic of Peru"),
    ),
    regions=(Region("region/andes", "the Andes", ("ECU", "PER"), row("regions.csv", 2), close_match="005"),),
    cities=(City("place/quito-ecu", "Quito", "ECU", row("cities.csv", 2), ("San Francisco de Quito",)),),
    organisations=(
        Organisation(
            "organisation/andean-league",
            EntityType.INTERNATIONAL_ORGANISATION,
            "Andean League",
            row("organisations.csv", 2),
            "AL",
            members=("ECU", "PER"),
            seat="Quito, Ecuador",
        ),
        Organisation(
            "organisation/ports", EntityType.GOVERNMENT_BODY, "Port Office", row("organisations.csv", 3), iso3="PER"
        ),
    ),
    posts=(Post("post/envoy", "Envoy of Peru", "envoy", "government/per", row("posts.csv", 2), "PER", ("Envoy",)),),
    persons=(
        KnownPerson("person/ana-prado", "Ana Prado", row("persons.csv", 2), ("A. Prado",), "PER"),
        KnownPerson("person/luz-vega", "Luz Vega", row("persons.csv", 3), (), "ECU"),
    ),
    tenures=(
        Tenure(
            "tenure/ana-prado-envoy-2020-01-05",
            "person/ana-prado",
            "post/envoy",
            dt.date(2020, 1, 5),
            row("tenures.csv", 2, "Gazette", "https://example.org/two"),
            last_confirmed=dt.date(2024, 1, 1),
        ),
    ),
    visits=(
        KnownVisit(
            "event/visit-ana-prado-ecu-2024-05-03",
            "person/ana-prado",
            "ECU",
            dt.date(2024, 5, 3),
            dt.date(2024, 5, 4),
            row("visits.csv", 7),
            ("place/quito-ecu",),
            "Talks on ports",
            ("person/luz-vega",),
        ),
    ),
    initiatives=(
        KnownInitiative(
            "initiative/harbour-pact",
            EntityType.INITIATIVE,
            "Harbour Pact",
            "trade agreement",
            row("initiatives.csv", 2),
            sponsors=("government/per",),
            partners=("government/ecu",),
            start="2023-02",
            topic="trade",
            status="in force",
        ),
        KnownInitiative(
            "event/port-summit",
            EntityType.MEETING,
            "Port Summit",
            "summit",
            row("initiatives.csv", 3),
            sponsors=("government/ecu",),
            partners=("government/per",),
            start="2024-05-03",
        ),
    ),
    tables={"visits.csv": {"title": "Visits", "source": "Gazette", "licence": "CC0", "modified": "2024-06-01"}},
)


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    made = EmbeddedStore.memory()
    made.extend(reference_quads(DATA))
    return made


def test_every_entity_leads_to_its_table_row_and_sources(store: EmbeddedStore) -> None:
    rows = store.select(
        """SELECT ?t ?l ?s { <https://w3id.org/policygraph/id/tenure/ana-prado-envoy-2020-01-05> pg:recordedIn ?r .
             ?r a pg:Record ; pg:table ?t ; pg:row ?l ; dcterms:source ?s } ORDER BY STR(?s)"""
    ).rows
    assert rows == [("tenures.csv", 2, "Gazette"), ("tenures.csv", 2, "https://example.org/two")]
    without = store.select("SELECT ?x { ?x skos:prefLabel ?name FILTER NOT EXISTS { ?x pg:recordedIn ?r } }")
    assert not without.rows


def test_a_country_has_a_government_that_acts_and_itself_never_does(store: EmbeddedStore) -> None:
    rows = store.select("SELECT ?n ?c { ?g a pg:Government ; skos:prefLabel ?n ; pg:governs/pg:iso3 ?c } ORDER BY ?c")
    assert rows.rows == [("Government of Ecuador", "ECU"), ("Government of the Republic of Peru", "PER")]
    acting = (
        "ASK { ?c a pg:Country . { ?e pg:hasActor ?c } UNION { ?e pg:hasRecipient ?c } UNION { ?c pg:memberOf ?o } }"
    )
    assert not store.ask(acting)


def test_a_tenure_in_office_has_no_end(store: EmbeddedStore) -> None:
    rows = store.select(
        """SELECT ?who ?what ?a ?b ?e { ?t a pg:Tenure ; pg:holder/skos:prefLabel ?who ;
             pg:ofPost/skos:prefLabel ?what ; pg:earliest ?a ; pg:edtf ?e OPTIONAL { ?t pg:latest ?b } }"""
    ).rows
    assert rows == [("Ana Prado", "Envoy of Peru", dt.date(2020, 1, 5), None, "2020-01-05/..")]


def test_a_visit_is_an_event_without_claims(store: EmbeddedStore) -> None:
    rows = store.select(
        """SELECT ?who ?where ?city ?host ?a ?b { ?v a pg:Visit ; pg:hasActor/skos:prefLabel ?who ; pg:earliest ?a ;
             pg:hasDestination/skos:prefLabel ?where ; pg:occursAt/skos:prefLabel ?city ; pg:latest ?b ;
             pg:hasRecipient/skos:prefLabel ?host }"""
    ).rows
    assert rows == [("Ana Prado", "Ecuador", "Quito", "Luz Vega", dt.date(2024, 5, 3), dt.date(2024, 5, 4))]
    assert not store.ask("ASK { ?c a pg:Claim }")


def test_an_instrument_is_proposed_and_a_meeting_is_held(store: EmbeddedStore) -> None:
    assert store.ask(
        """ASK { ?g pg:governs/pg:iso3 'PER' ; pg:proposes ?i . ?i pg:hasPartner/pg:governs/pg:iso3 'ECU' ;
             pg:initiativeKind kind:trade-agreement ; pg:addresses topic:trade ; pg:edtf ?d ;
             pg:recordedStatus 'in force' }"""
    )
    assert store.ask("ASK { ?m a pg:Meeting ; pg:hasActor/pg:governs/pg:iso3 'ECU' ; pg:latest ?day }")
    assert not store.ask("ASK { ?who pg:proposes ?m . ?m a pg:Meeting }")


def test_members_seats_and_capitals_are_linked(store: EmbeddedStore) -> None:
    assert store.select(
        "SELECT (COUNT(?g) AS ?n) { ?g pg:memberOf ?o . ?o pg:seatedIn/pg:within/pg:iso3 'ECU' }"
    ).rows == [(2,)]
    assert store.ask("ASK { ?c pg:iso3 'ECU' ; pg:capital/skos:altLabel 'San Francisco de Quito' ; schema:sameAs ?w }")
    assert store.select("SELECT (COUNT(?c) AS ?n) { ?c a pg:Country ; pg:within ?r . ?r a pg:Region }").rows == [(2,)]
    assert store.ask("ASK { ?b skos:prefLabel 'Port Office' ; pg:bodyOf/pg:governs/pg:iso3 'PER' }")


def test_each_triple_stands_once_and_tables_say_where_they_come_from(store: EmbeddedStore) -> None:
    seen = Counter(reference_quads(DATA))
    assert max(seen.values()) == 1
    assert store.ask("ASK { ?t dcterms:identifier 'visits.csv' ; dcterms:license 'CC0' ; dcterms:modified ?d }")


def test_the_schema_holds_the_ontology_and_reads_the_same_twice() -> None:
    first = sorted(map(str, schema_quads()))
    assert first == sorted(map(str, schema_quads()))
    assert len(first) == len(set(first))
    assert any(iris.term("Claim") in line and "Class" in line for line in first)


def test_turtle_of_the_user_joins_the_reference_graph_without_blank_nodes(tmp_path: Path) -> None:
    path = tmp_path / "ties.ttl"
    path.write_text(
        f"@prefix pg: <{iris.ONT}> . @prefix id: <{iris.ID}x/> .\n"
        "id:a a pg:Person ; pg:holder [ a pg:Post ], [ a pg:Post ] ."
    )
    quads = list(user_quads([path]))
    assert quads == list(user_quads([path]))
    assert not [q for q in quads if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)]
    store = EmbeddedStore.memory()
    store.extend(quads)
    rows = store.select(
        "SELECT DISTINCT ?f (COUNT(DISTINCT ?x) AS ?n) { ?x pg:recordedIn/pg:table ?f } GROUP BY ?f"
    ).rows
    assert rows == [("ties.ttl", 3)]


def test_broken_turtle_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("@prefix a: <a:> .\na:a a:b a:c .\na:d a:e")
    with pytest.raises(DataError, match=r"broken\.ttl:3"):
        list(turtle_quads(path, n.REFERENCE))
    with pytest.raises(DataError, match="cannot be read"):
        list(turtle_quads(tmp_path / "none.ttl", n.REFERENCE))
