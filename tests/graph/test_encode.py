"""Records become claims, evidence and entities, and can be read back as they were."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph import iris
from policygraph.graph import naming as n
from policygraph.graph.edtf import bounds
from policygraph.graph.encode import Named, encode, entity_quads
from policygraph.graph.materialise import materialise
from policygraph.graph.store import EmbeddedStore
from policygraph.records import Claim, Entity, Extraction, Participant, Span
from policygraph.vocabulary import CLAIM_PREDICATES, EntityType, Modality, ModalityDetail
from tests.graph import samples


def load(*extractions: Extraction) -> EmbeddedStore:
    store = EmbeddedStore.memory()
    encoded = [encode(one) for one in extractions]
    for one in encoded:
        store.extend(one.quads)
    store.extend(entity_quads([named for one in encoded for named in one.named]))
    materialise(store.engine)
    return store


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    return load(samples.extraction())


def test_a_claim_leads_to_the_words_it_rests_on(store: EmbeddedStore) -> None:
    rows = store.select(
        """SELECT ?quote ?start ?end ?title { ?c pg:subject ?p ; pg:predicate pg:visits ; pg:modality m:planned ;
             pg:modalityDetail md:intended ; pg:surfaceObject 'Lima' ; pg:confidence 0.8 ; pg:evidence ?e .
             ?p skos:prefLabel 'Ana Prado' . ?e pg:quote ?quote ; pg:start ?start ; pg:end ?end ; pg:source ?d .
             ?d dcterms:title ?title }"""
    ).rows
    words = samples.span("She plans to visit Lima.")
    assert rows == [(words.quote, words.start, words.end, "note.txt")]


def test_an_event_is_an_entity_with_claims_for_its_parts(store: EmbeddedStore) -> None:
    rows = store.select(
        """SELECT ?p ?o { ?c pg:subject ?e ; pg:predicate ?p . ?e skos:prefLabel 'Talks in Quito' ; a pg:Meeting .
             { ?c pg:object ?o } UNION { ?c pg:value ?o } } ORDER BY ?p ?o"""
    ).rows
    doc = samples.document()
    assert [(iris.shorten(p), iris.local_name(o)) for p, o in rows] == [
        ("pg:edtf", "2024-05-03"),
        ("pg:eventContext", iris.concept("event-context", "diplomatic")),
        ("pg:eventMode", iris.concept("event-mode", "consult-visit")),
        ("pg:eventType", iris.concept("event-type", "consult")),
        ("pg:hasActor", "person/ana-prado"),
        ("pg:hasRecipient", "government/chl"),
        ("pg:hasRecipient", f"group/{doc.id[:8]}-envoys-of-chile"),
        ("pg:occursAt", "place/quito-ecu"),
    ]


def test_words_that_nothing_links_become_a_group_of_the_document(store: EmbeddedStore) -> None:
    assert store.ask(
        """ASK { ?g a pg:SocialGroup ; skos:prefLabel 'envoys of Chile' ; pg:sector sector:gov ;
             pg:actsFor <https://w3id.org/policygraph/id/country/chl> }"""
    )
    assert store.ask("ASK { ?c pg:attributedTo ?who . ?who a pg:SocialGroup ; skos:prefLabel 'Critics' }")


def test_an_inferred_country_is_never_asserted() -> None:
    made = samples.extraction()
    guess = Participant("officials", samples.span("Critics"), None, "ECU", "GOV", inferred=True)
    store = load(replace(made, events=(replace(made.events[0], source=(guess,)),)))
    assert store.ask("ASK { ?g skos:prefLabel 'officials' ; pg:mayActFor ?country }")
    assert not store.ask("ASK { ?g skos:prefLabel 'officials' ; pg:actsFor ?country }")


def test_only_asserted_claims_with_confidence_become_edges(store: EmbeddedStore) -> None:
    edges = {iris.shorten(q.predicate.value) for q in store.scan(graph=n.EDGES)}
    assert "pg:proposes" in edges
    assert {"pg:hasActor", "pg:earliest", "pg:latest"} <= edges
    assert not edges & {"pg:visits", "pg:supports", "pg:addresses"}


def test_an_event_said_not_to_have_happened_is_denied() -> None:
    made = samples.extraction()
    store = load(replace(made, events=(replace(made.events[0], negated=True),), claims=()))
    assert store.select("SELECT DISTINCT ?m { ?c pg:modality ?m }").rows == [(iris.concept("modality", "denied"),)]
    assert not list(store.scan(graph=n.EDGES))


def test_a_superseded_claim_makes_no_edge() -> None:
    store = load(samples.extraction())
    before = len(list(store.scan(graph=n.EDGES)))
    store.update(
        "INSERT { GRAPH ?g { ?c pg:claimStatus status:superseded } } WHERE { GRAPH ?g { ?c pg:predicate pg:proposes } }"
    )
    materialise(store.engine)
    assert len(list(store.scan(graph=n.EDGES))) == before - 1


def test_dates_of_an_event_get_bounds(store: EmbeddedStore) -> None:
    rows = store.select("SELECT ?a ?b { ?e a pg:Meeting ; pg:earliest ?a ; pg:latest ?b }").rows
    assert rows == [(dt.date(2024, 5, 3), dt.date(2024, 5, 3))]


def test_conditions_point_to_claims_and_unknown_keys_are_dropped(store: EmbeddedStore) -> None:
    assert store.select("SELECT ?p { ?c pg:condition/pg:predicate ?p }").rows == [(iris.term("visits"),)]


def test_no_triple_stands_in_two_graphs() -> None:
    store = load(samples.extraction(), samples.extraction(samples.TEXT + " More.", "other.txt"))
    seen = Counter((q.subject, q.predicate, q.object) for q in store.scan())
    assert not [triple for triple, times in seen.items() if times > 1]


def test_the_same_content_in_two_documents_meets_at_one_proposition() -> None:
    store = load(samples.extraction(), samples.extraction(samples.TEXT + " More.", "other.txt"))
    rows = store.select("SELECT ?s (COUNT(?c) AS ?n) { ?c pg:predicate pg:visits ; pg:states ?s } GROUP BY ?s").rows
    assert [times for _, times in rows] == [2]


def test_a_meeting_is_kept_in_one_direction() -> None:
    doc = samples.document()
    words = (samples.span("met"),)
    there = Claim("person/zoe", "meets", Modality.ASSERTED, words, object=samples.ANA, surface_subject="Zoe")
    back = Claim(samples.ANA, "meets", Modality.ASSERTED, words, object="person/zoe", surface_object="Zoe")
    made = encode(Extraction(doc, claims=(there, back)))
    assert made.claims == 1
    store = load(Extraction(doc, claims=(there, back)))
    assert store.select("SELECT ?s ?w { ?c pg:subject ?s ; pg:surfaceObject ?w }").rows == [
        (iris.thing(samples.ANA), "Zoe")
    ]


def test_a_claim_without_evidence_is_left_out_and_said() -> None:
    made = encode(Extraction(samples.document(), claims=(Claim("a/b", "visits", Modality.ASSERTED, (), object="c/d"),)))
    assert made.claims == 0
    assert "without evidence" in made.warnings[0]


def test_what_documents_say_of_an_entity_is_merged_the_same_in_any_order() -> None:
    said = [
        Named("person/x", "Person", "X. Y", ("Y",), (("actsFor", "country/per"),)),
        Named("person/x", "Person", "Xavier Y", (), (("actsFor", "country/per"),)),
        Named("person/x", "Person", "Xavier Y"),
    ]
    quads = set(entity_quads(said))
    assert quads == set(entity_quads(said[::-1]))
    names = {(q.predicate, q.object.value) for q in quads if q.predicate in (n.PREF_LABEL, n.ALT_LABEL)}
    assert names == {(n.PREF_LABEL, "Xavier Y"), (n.ALT_LABEL, "X. Y"), (n.ALT_LABEL, "Y")}


def test_known_entities_are_left_to_the_reference_data(store: EmbeddedStore) -> None:
    assert not list(store.scan(n.thing("place/quito-ecu"), graph=n.ENTITIES))
    assert store.ask("ASK { <https://w3id.org/policygraph/id/place/quito-ecu> pg:mentionedIn ?d }")


def test_what_is_known_of_a_source_is_kept_and_odd_addresses_stay_text() -> None:
    made = samples.extraction(
        title="Talks",
        publisher="El Diario",
        published=dt.date(2024, 5, 4),
        url="https://example.org/a b",
        language="en",
    )
    store = load(made)
    rows = store.select(
        """SELECT ?t ?p ?d ?u { ?x a pg:SourceDocument ; dcterms:title ?t ; dcterms:publisher ?p ; pg:publishedOn ?d ;
             dcterms:source ?u }"""
    ).rows
    assert rows == [("Talks", "El Diario", dt.date(2024, 5, 4), "https://example.org/a b")]


def test_a_local_place_is_within_its_country(store: EmbeddedStore) -> None:
    rows = store.select("SELECT ?c { ?p skos:prefLabel 'Lima' ; pg:within ?c }").rows
    assert rows == [(iris.thing("country/per"),)]


# --- round trip --------------------------------------------------------------

_spans = st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda t: Span.of(samples.TEXT, t[0], t[0] + t[1]))
_entities = st.sampled_from(["person/a", "person/b", "government/usa", "initiative/x-y"])
_words = st.none() | st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@st.composite
def claim_records(draw: st.DrawFn) -> Claim:
    has_value = draw(st.booleans())
    predicate = (
        "edtf" if has_value else draw(st.sampled_from([p for p in CLAIM_PREDICATES if p not in ("edtf", "meets")]))
    )
    return Claim(
        subject=draw(_entities),
        predicate=predicate,
        modality=draw(st.sampled_from(Modality)),
        evidence=tuple(draw(st.lists(_spans, min_size=1, max_size=3, unique=True))),
        object=None if has_value else draw(_entities),
        value=draw(st.sampled_from(["2024", "2024-05", "2024-05-03"])) if has_value else None,
        value_type="edtf" if has_value else None,
        modality_detail=draw(st.none() | st.sampled_from(ModalityDetail)),
        surface_subject=draw(_words),
        surface_object=draw(_words),
        confidence=draw(st.integers(0, 10_000)) / 10_000,
    )


def _content(claim: Claim) -> tuple[object, ...]:
    return claim.subject, claim.predicate, claim.object, claim.value, claim.modality


@settings(max_examples=60, deadline=None)
@given(st.lists(claim_records(), max_size=6, unique_by=_content))
def test_claims_come_back_as_they_went_in(records: list[Claim]) -> None:
    store = EmbeddedStore.memory()
    store.extend(encode(Extraction(samples.document(), claims=tuple(records))).quads)
    back = {claim: read_back(store, claim) for claim in _nodes(store)}
    assert sorted(map(repr, back.values())) == sorted(map(repr, map(_essence, records)))


def _nodes(store: EmbeddedStore) -> list[ox.NamedNode]:
    return [q.subject for q in store.scan(None, n.TYPE, n.pg("Claim"))]


def _essence(claim: Claim) -> tuple[object, ...]:
    spans = sorted((s.start, s.end, s.quote) for s in claim.evidence)
    words = (claim.surface_subject, claim.surface_object)
    return (*_content(claim), claim.modality_detail, round(claim.confidence, 4), spans, words)


def read_back(store: EmbeddedStore, claim: ox.NamedNode) -> tuple[object, ...]:
    def one(name: str, node: ox.NamedNode = claim) -> str | None:
        found = [q.object.value for q in store.scan(node, n.pg(name))]
        assert len(found) <= 1
        return found[0] if found else None

    spans = []
    for quad in store.scan(claim, n.pg("evidence")):
        assert isinstance(quad.object, ox.NamedNode)
        spans.append(
            (int(one("start", quad.object) or -1), int(one("end", quad.object) or -1), one("quote", quad.object))
        )
    object, detail = one("object"), one("modalityDetail")
    return (
        iris.local_name(one("subject") or ""),
        (one("predicate") or "").removeprefix(iris.ONT),
        iris.local_name(object) if object else None,
        one("value"),
        Modality((one("modality") or "").rsplit("/")[-1]),
        ModalityDetail(detail.rsplit("/")[-1]) if detail else None,
        float(one("confidence") or -1),
        sorted(spans),
        (one("surfaceSubject"), one("surfaceObject")),
    )


# --- dates -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023", "2023-01-01", "2023-12-31"),
        ("2024-02~", "2024-02-01", "2024-02-29"),
        ("2024-05-03", "2024-05-03", "2024-05-03"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("2024-XX", "2024-01-01", "2024-12-31"),
        ("2024-24", "2024-12-01", "2025-02-28"),
        ("2017-01-20/2021-01-20", "2017-01-20", "2021-01-20"),
        ("2024/..", "2024-01-01", None),
        ("../2024-06", None, "2024-06-30"),
    ],
)
def test_dates_have_first_and_last_days(text: str, first: str | None, last: str | None) -> None:
    found = bounds(text)
    assert found is not None
    assert tuple(d.isoformat() if d else None for d in found) == (first, last)


@pytest.mark.parametrize("text", ["", "soon", "2024-13", "2024-02-30", "24", "2024-05-03T10:00", "0000"])
def test_what_is_no_date_has_no_bounds(text: str) -> None:
    assert bounds(text) is None


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_a_day_bounds_itself(day: dt.date) -> None:
    assert bounds(day.isoformat()) == (day, day)


def test_an_event_that_two_sources_date_differently_spans_both() -> None:
    doc, words = samples.document(), (samples.span("met"),)

    def dated(value: str) -> Claim:
        return Claim("event/x", "edtf", Modality.ASSERTED, words, value=value, value_type="edtf")

    store = load(Extraction(doc, (Entity("event/x", EntityType.EVENT, "X"),), (), (dated("2024-05"), dated("2024-07"))))
    assert store.select("SELECT ?a ?b { ?e pg:earliest ?a ; pg:latest ?b }").rows == [
        (dt.date(2024, 5, 1), dt.date(2024, 7, 31))
    ]
