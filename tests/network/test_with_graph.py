"""The way from records: what the graph room writes is what projections read."""

from __future__ import annotations

import datetime as dt

import pytest

from policygraph import iris
from policygraph.graph.encode import encode, entity_quads
from policygraph.graph.materialise import materialise
from policygraph.graph.reference import reference_quads
from policygraph.graph.rules import infer
from policygraph.graph.store import EmbeddedStore
from policygraph.importing.reference import load_reference
from policygraph.network import project
from policygraph.records import Claim, DateRef, Document, Entity, Event, Extraction, Participant, SourceInfo, Span
from policygraph.vocabulary import EntityType, EventType, Modality

TEXT = "Mexico accused Guatemala on 4 May 2024. Border guards may protest. Dana Ruiz will meet Omar Diaz in June 2024."


def span(words: str) -> Span:
    return Span.of(TEXT, TEXT.index(words), TEXT.index(words) + len(words))


def extraction() -> Extraction:
    doc_id = iris.document_id(TEXT.encode())
    info = SourceInfo(publisher="Herald", published=dt.date(2024, 5, 6))
    document = Document(doc_id, "note.txt", TEXT, iris.sha256(TEXT.encode()), info, (), ())
    accuse = Event(
        id=f"event/{doc_id[:8]}-accusation",
        name="Accusation",
        class_=EntityType.EVENT,
        type=EventType.ACCUSE,
        plover=EventType.ACCUSE,
        mode="disapprove",
        source=(Participant("Mexico", span("Mexico"), "country/mex", "MEX"),),
        target=(Participant("Guatemala", span("Guatemala"), "country/gtm", "GTM"),),
        date=DateRef("2024-05-04", dt.date(2024, 5, 4), dt.date(2024, 5, 4), span("4 May 2024")),
        evidence=(span("Mexico accused Guatemala on 4 May 2024."),),
    )
    protest = Event(
        id=f"event/{doc_id[:8]}-protest",
        name="Protest",
        class_=EntityType.INCIDENT,
        type=EventType.PROTEST,
        plover=None,
        source=(Participant("Border guards", span("Border guards"), None, "MEX", inferred=True),),
        target=(Participant("Guatemala", span("Guatemala"), "country/gtm", "GTM"),),
        modality=Modality.HYPOTHETICAL,
        evidence=(span("Border guards may protest."),),
    )
    meeting = Claim(
        "person/dana-ruiz",
        "meets",
        Modality.PLANNED,
        (span("Dana Ruiz will meet Omar Diaz in June 2024."),),
        object="person/omar-diaz",
    )
    people = tuple(Entity(f"person/{iris.slug(n)}", EntityType.PERSON, n, "MEX") for n in ("Dana Ruiz", "Omar Diaz"))
    return Extraction(document, people, (accuse, protest), (meeting,))


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    store = EmbeddedStore.memory()
    store.extend(reference_quads(load_reference()))
    encoded = encode(extraction())
    store.extend(encoded.quads)
    store.extend(entity_quads(encoded.named))
    materialise(store.engine)
    infer(store.engine)
    return store


def test_an_event_of_an_article_ties_governments(store: EmbeddedStore) -> None:
    (edge,) = project(store, "events", source="Herald").edges
    network = project(store, "events", source="Herald")
    assert [n.iri.rpartition("/")[2] for n in network.nodes] == ["gtm", "mex"]
    assert (network.nodes[edge.source].country, network.nodes[edge.target].country) == ("MEX", "GTM")
    assert (edge.predicate, edge.sign, edge.score, edge.first) == ("accuse", -1, -2.0, "2024-05-04")
    (row,) = network.why("government/mex", "out_strength")
    assert (row["quote"], row["source"]) == ("Mexico accused Guatemala on 4 May 2024.", "note.txt")


def test_a_country_that_was_guessed_counts_only_when_asked_for(store: EmbeddedStore) -> None:
    firm = project(store, "events", modality="hypothetical", roll_up="country")
    assert {n.type for n in firm.nodes} == {"Country", "SocialGroup"}
    guessed = project(store, "events", modality="hypothetical", roll_up="country", inferred=True)
    assert {n.iri.rpartition("/")[2] for n in guessed.nodes} == {"mex", "gtm"}


def test_a_planned_meeting_holds_both_ways(store: EmbeddedStore) -> None:
    network = project(store, modality="planned")
    assert {(network.nodes[e.source].label, network.nodes[e.target].label) for e in network.edges} == {
        ("Dana Ruiz", "Omar Diaz"), ("Omar Diaz", "Dana Ruiz"),
    }  # fmt: skip
    assert {e.first for e in network.edges} == {"2024-05-06"}, "an undated claim has the day of its report"


def test_visits_and_initiatives_on_record_are_ties(store: EmbeddedStore) -> None:
    visits = project(store, "places")
    assert visits.edges
    assert {e.modality for e in visits.edges} == {"recorded"}
    assert all("/id/record/" in claim for e in visits.edges for claim in e.claims)
    assert {visits.nodes[e.target].type for e in visits.edges} <= {"Country", "PopulatedPlace"}
    assert all(e.first for e in visits.edges)
    proposed = project(store, "initiatives")
    assert {e.predicate for e in proposed.edges} <= {"proposes", "hasPartner"}
    assert proposed.edges


def test_mentions_leave_places_out(store: EmbeddedStore) -> None:
    assert {n.type for n in project(store, "mentions").nodes} <= {"Person", "Government", "SocialGroup"}
