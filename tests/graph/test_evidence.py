"""Evidence, names, listings and exports of a small graph on real parts."""

from __future__ import annotations

import html
import io
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from policygraph import iris
from policygraph.errors import UnknownNameError
from policygraph.graph import naming as n
from policygraph.graph.encode import encode, entity_quads
from policygraph.graph.evidence import evidence
from policygraph.graph.export import FORMATS, export
from policygraph.graph.listing import entities, sources
from policygraph.graph.materialise import materialise
from policygraph.graph.names import find_entity, label
from policygraph.graph.reference import reference_quads
from policygraph.graph.rules import infer
from policygraph.graph.store import EmbeddedStore
from policygraph.graph.turtle import schema_quads
from policygraph.graph.verify import verify
from policygraph.records import City, Country, ReferenceData
from tests.graph import samples
from tests.graph.test_reference import DATA, row

WORLD = replace(
    DATA,
    countries=(*DATA.countries, Country("CHL", "CL", "Chile", row("countries.csv", 4))),
    cities=(*DATA.cities, City("place/arica-chl", "Arica", "CHL", row("cities.csv", 3))),
)


def load(reference: ReferenceData = WORLD) -> EmbeddedStore:
    store = EmbeddedStore.memory()
    encoded = encode(samples.extraction(title="A note"))
    store.extend(schema_quads())
    store.extend(reference_quads(reference))
    store.extend(encoded.quads)
    store.extend(entity_quads(encoded.named))
    materialise(store.engine)
    infer(store.engine)
    return store


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    return load()


def test_all_that_is_said_of_a_person_comes_with_its_words(store: EmbeddedStore) -> None:
    found = evidence(store, "person/ana-prado")
    said = {(r["relation"], r["object"], r["modality"]) for r in found}
    assert ("visits", "Lima", "planned") in said
    assert ("supports", "Harbour Pact", "denied") in said
    for row_ in found:
        if row_["quote"] is not None:
            assert samples.TEXT[row_["start"] : row_["end"]] == row_["quote"]
            assert row_["source"] == "A note"
    denied = next(r for r in found if r["modality"] == "denied")
    assert denied["speaker"] == "Ana Prado"


def test_a_pair_is_linked_by_claims_and_by_shared_events(store: EmbeddedStore) -> None:
    found = evidence(store, "Ana Prado", "Chile")
    assert {r["subject"] for r in found if r["quote"]} == {"Talks in Quito"}
    assert "Government of Chile" in {r["object"] for r in found}
    direct = evidence(store, "person/ana-prado", "place/lima-per")
    assert [(r["relation"], r["quote"]) for r in direct] == [("visits", "She plans to visit Lima.")]


def test_a_country_stands_for_its_government_and_its_places(store: EmbeddedStore) -> None:
    found = evidence(store, "person/ana-prado", "Ecuador")
    assert "Quito" in {r["object"] for r in found if r["quote"]}


def test_a_reference_fact_names_table_row_and_source(store: EmbeddedStore) -> None:
    found = evidence(store, "Luz Vega", "Ana Prado")
    recorded = [r for r in found if r["modality"] == "recorded"]
    assert recorded
    assert all(r["quote"] is None and r["source"].startswith("visits.csv, row 7 (https://") for r in recorded)
    assert {r["object"] for r in recorded} == {"Luz Vega", "Ana Prado"}


def test_a_pair_that_nothing_links_says_so(store: EmbeddedStore) -> None:
    found = evidence(store, "Luz Vega", "Arica")
    assert len(found) == 0
    assert "Luz Vega and Arica" in found.note


def test_names_are_found_in_any_case_by_other_names_and_by_iri(store: EmbeddedStore) -> None:
    ana = n.thing("person/ana-prado")
    for name in (
        "Ana Prado",
        "ana prado",
        "A. PRADO",
        "person/ana-prado",
        "id:person/ana-prado",
        ana.value,
        f"<{ana.value}>",
    ):
        assert find_entity(store, name) == ana
    assert label(store, n.pg("visits")) == "visits"


@pytest.mark.parametrize("name", ["Anna Prado", "no one at all", "<>", "", "person/…", "http://[", 'a"b'])
def test_an_unknown_name_is_an_error_that_suggests(store: EmbeddedStore, name: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find_entity(store, name)
    if name == "Anna Prado":
        assert "Ana Prado" in caught.value.suggestions


def test_records_are_not_found_by_name(store: EmbeddedStore) -> None:
    with pytest.raises(UnknownNameError):
        find_entity(store, "A note")


def test_evidence_shows_as_quotations_with_everything_escaped() -> None:
    doc = samples.extraction()
    hostile = replace(doc.entities[0], name="<script>alert(1)</script>", known=False)
    encoded = encode(replace(doc, entities=(hostile, *doc.entities[1:])))
    store = EmbeddedStore.memory()
    store.extend(encoded.quads)
    store.extend(entity_quads(encoded.named))
    page = evidence(store, samples.ANA)._repr_html_()
    assert "<script>" not in page
    assert html.escape("<script>") in page
    assert "<blockquote>She plans to visit Lima.</blockquote>" in page


def test_entities_and_sources_are_listed(store: EmbeddedStore) -> None:
    people = entities(store, "prado", "Person")
    assert [(r["name"], r["sources"]) for r in people] == [("Ana Prado", 1)]
    assert people.rows[0][3] == 4
    assert entities(store, "nobody by this name").note
    with pytest.raises(UnknownNameError, match="Person"):
        entities(store, "", "Persons")
    (one,) = sources(store)
    assert (one["title"], one["publisher"], one["claims"]) == ("A note", None, 12)


def test_a_graph_that_was_encoded_verifies(store: EmbeddedStore) -> None:
    assert verify(store.engine, lambda doc_id: samples.TEXT).ok
    assert not verify(store.engine, lambda doc_id: samples.TEXT.replace("Lima", "Cali")).ok


# --- exports -----------------------------------------------------------------


def canonical(quads: list[ox.Quad]) -> str:
    data = ox.Dataset(quads)
    data.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return "\n".join(sorted(map(str, data)))


@pytest.mark.parametrize("format", ["trig", "nquads", "jsonld"])
def test_an_export_read_back_is_the_same_graph(store: EmbeddedStore, format: str, tmp_path: Path) -> None:
    path = tmp_path / "graph"
    export(store.engine, format, path)
    shapes = {"trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD}
    assert canonical(list(ox.parse(path=str(path), format=shapes[format]))) == canonical(list(store.engine))


def test_turtle_is_the_union_with_each_triple_once(store: EmbeddedStore) -> None:
    out = io.BytesIO()
    export(store.engine, "turtle", out)
    back = list(ox.parse(out.getvalue(), format=ox.RdfFormat.TURTLE))
    union = {ox.Quad(q.subject, q.predicate, q.object) for q in store.engine}
    assert canonical(back) == canonical(list(union))


def test_triple_terms_lead_back_to_the_claims_they_came_from(store: EmbeddedStore) -> None:
    out = io.BytesIO()
    export(store.engine, "rdf12", out)
    there = ox.Store()
    there.load(out.getvalue(), format=ox.RdfFormat.TRIG)
    back = there.query(
        """CONSTRUCT { ?c pg:subject ?s ; pg:predicate ?p ; ?part ?o } WHERE {
             ?c a pg:Claim ; rdf:reifies ?t . FILTER(isTRIPLE(?t))
             BIND(SUBJECT(?t) AS ?s) BIND(PREDICATE(?t) AS ?p) BIND(OBJECT(?t) AS ?o)
             BIND(IF(isLITERAL(?o), pg:value, pg:object) AS ?part) }""",
        prefixes=iris.PREFIXES,
        use_default_graph_as_union=True,
    )
    wanted = store.construct(
        """CONSTRUCT { ?c ?part ?o } WHERE { ?c a pg:Claim ; ?part ?o
             FILTER(?part IN (pg:subject, pg:predicate, pg:object, pg:value)) }"""
    )
    assert len(wanted) > 20
    assert set(back) == set(wanted)


def test_exports_are_the_same_bytes_each_time_and_an_unknown_one_is_named(store: EmbeddedStore) -> None:
    again = load()
    for format in FORMATS:
        one, two = io.BytesIO(), io.BytesIO()
        export(store.engine, format, one)
        export(again.engine, format, two)
        assert one.getvalue() == two.getvalue()
    with pytest.raises(UnknownNameError, match="jsonld"):
        export(store.engine, "json-ld", io.BytesIO())
