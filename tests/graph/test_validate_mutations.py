"""Break a graph that is right in one way at a time; each break must be caught."""

import pyoxigraph as ox
import pytest

from policygraph import iris
from policygraph.graph.rules import infer
from policygraph.graph.validate import validate
from policygraph.graph.verify import verify
from tests.graph.checked import DOC, PREFIXES, checked_graph, text_of

SOURCE = f"GRAPH source:{DOC}"

#: What is broken, by which update, and the checks of which at least one must tell it.
MUTATIONS: list[tuple[str, str, set[str]]] = [
    (
        "quote shifted by one",
        f"DELETE {{ {SOURCE} {{ ?e pg:start ?a ; pg:end ?b }} }} INSERT {{ {SOURCE} {{ ?e pg:start ?c ; pg:end ?d }} }}"
        f" WHERE {{ {SOURCE} {{ ?e pg:start ?a ; pg:end ?b }} BIND(?a + 1 AS ?c) BIND(?b + 1 AS ?d) FILTER(?a > 0) }}",
        {"quote"},
    ),
    (
        "quote with another word",
        f"DELETE {{ {SOURCE} {{ ?e pg:quote ?q }} }} INSERT {{ {SOURCE} {{ ?e pg:quote ?r }} }}"
        f' WHERE {{ {SOURCE} {{ ?e pg:quote ?q }} BIND(REPLACE(?q, "Norway", "Sweden") AS ?r) FILTER(?r != ?q) }}',
        {"quote"},
    ),
    (
        "quote longer than its span",
        f"DELETE {{ {SOURCE} {{ ?e pg:quote ?q }} }} INSERT {{ {SOURCE} {{ ?e pg:quote ?r }} }}"
        f' WHERE {{ {SOURCE} {{ ?e pg:quote ?q }} BIND(CONCAT(?q, "!") AS ?r) }}',
        {"quote-length"},
    ),
    (
        "span past the end of the text",
        f"DELETE {{ {SOURCE} {{ ?d pg:textLength ?n }} }} INSERT {{ {SOURCE} {{ ?d pg:textLength 100 }} }}"
        f" WHERE {{ {SOURCE} {{ ?d pg:textLength ?n }} }}",
        {"span-past-end"},
    ),
    (
        "span that ends before it starts",
        f"DELETE {{ {SOURCE} {{ ?e pg:end ?b }} }} INSERT {{ {SOURCE} {{ ?e pg:end 0 }} }}"
        f" WHERE {{ {SOURCE} {{ ?e pg:end ?b }} }}",
        {"Evidence-start"},
    ),
    (
        "evidence without a quote",
        f"DELETE {{ {SOURCE} {{ ?e pg:quote ?q }} }} WHERE {{ {SOURCE} {{ ?e pg:quote ?q }} }}",
        {"Evidence-quote"},
    ),
    (
        "evidence named by another span",
        f"DELETE {{ {SOURCE} {{ ?e pg:start ?a }} }} INSERT {{ {SOURCE} {{ ?e pg:start ?b }} }}"
        f" WHERE {{ {SOURCE} {{ ?e pg:start ?a }} BIND(?a + 1 AS ?b) }}",
        {"evidence-name"},
    ),
    (
        "claim without evidence",
        f"DELETE {{ {SOURCE} {{ ?c pg:evidence ?e }} }}"
        f" WHERE {{ {SOURCE} {{ ?c pg:evidence ?e ; pg:modality m:denied }} }}",
        {"Claim-evidence"},
    ),
    (
        "claim without a modality",
        f"DELETE {{ {SOURCE} {{ ?c pg:modality ?m }} }}"
        f" WHERE {{ {SOURCE} {{ ?c pg:modality ?m FILTER(?m = m:planned) }} }}",
        {"Claim-modality"},
    ),
    (
        "claim with two modalities",
        f"INSERT {{ {SOURCE} {{ ?c pg:modality m:hypothetical }} }}"
        f" WHERE {{ {SOURCE} {{ ?c pg:modality m:planned }} }}",
        {"Claim-modality"},
    ),
    (
        "modality from nowhere",
        f"DELETE {{ {SOURCE} {{ ?c pg:modality m:planned }} }} INSERT {{ {SOURCE} {{ ?c pg:modality m:perhaps }} }}"
        f" WHERE {{ {SOURCE} {{ ?c pg:modality m:planned }} }}",
        {"Claim-modality"},
    ),
    (
        "plan relabelled as fact",
        f"DELETE {{ {SOURCE} {{ ?c pg:modality m:planned }} }} INSERT {{ {SOURCE} {{ ?c pg:modality m:asserted }} }}"
        f" WHERE {{ {SOURCE} {{ ?c pg:modality m:planned }} }}",
        {"claim-key"},
    ),
    (
        "plan turned into an edge",
        "INSERT { GRAPH graph:edges { ?s ?p ?o } } WHERE { GRAPH ?g { ?c pg:modality m:planned ; pg:subject ?s ;"
        " pg:predicate ?p ; pg:object ?o } }",
        {"edge-without-claim"},
    ),
    (
        "denial turned into an edge",
        "INSERT { GRAPH graph:edges { ?s ?p ?o } } WHERE { GRAPH ?g { ?c pg:modality m:denied ; pg:subject ?s ;"
        " pg:predicate ?p ; pg:object ?o } }",
        {"edge-without-claim"},
    ),
    (
        "doubtful claim turned into an edge",
        "INSERT { GRAPH graph:edges { ?s ?p ?o } } WHERE { GRAPH ?g { ?c pg:confidence 0.4 ; pg:subject ?s ;"
        " pg:predicate ?p ; pg:object ?o } }",
        {"edge-without-claim"},
    ),
    (
        "edge without any claim",
        "INSERT DATA { GRAPH graph:edges { government:nor pg:opposes government:per } }",
        {"edge-without-claim"},
    ),
    (
        "edge of a retracted claim",
        f"INSERT {{ {SOURCE} {{ ?c pg:claimStatus status:retracted }} }}"
        f" WHERE {{ {SOURCE} {{ ?c pg:predicate pg:holdsPost }} }}",
        {"edge-without-claim"},
    ),
    (
        "asserted claim without its edge",
        "DELETE WHERE { GRAPH graph:edges { ?s pg:hasActor ?o } }",
        {"claim-without-edge"},
    ),
    (
        "bounds of an event that has no date",
        "DELETE WHERE { GRAPH graph:edges { ?s pg:edtf ?o } }",
        {"bounds-without-date"},
    ),
    (
        "proposition of another claim",
        f"DELETE {{ {SOURCE} {{ ?c pg:states ?x }} }}"
        f" INSERT {{ {SOURCE} {{ ?c pg:states <{iris.thing('proposition/' + '0' * 20)}> }} }}"
        f" WHERE {{ {SOURCE} {{ ?c pg:states ?x ; pg:modality m:denied }} }}",
        {"proposition-key"},
    ),
    (
        "subject exchanged",
        f"DELETE {{ {SOURCE} {{ ?c pg:subject ?x }} }} INSERT {{ {SOURCE} {{ ?c pg:subject government:per }} }}"
        f" WHERE {{ {SOURCE} {{ ?c pg:subject ?x ; pg:modality m:planned ; pg:predicate pg:proposes }} }}",
        {"proposition-key", "claim-key"},
    ),
    (
        "claim named by hand",
        f"INSERT {{ {SOURCE} {{ <{iris.thing('claim/first')}> ?p ?o }} }}"
        f" WHERE {{ {SOURCE} {{ ?c ?p ?o ; pg:modality m:denied }} }}",
        {"Claim"},
    ),
    (
        "confidence of 1.5",
        f"DELETE {{ {SOURCE} {{ ?c pg:confidence ?x }} }} INSERT {{ {SOURCE} {{ ?c pg:confidence 1.5 }} }}"
        f" WHERE {{ {SOURCE} {{ ?c pg:confidence ?x ; pg:modality m:denied }} }}",
        {"Claim-confidence"},
    ),
    (
        "confidence as a double",
        f"DELETE {{ {SOURCE} {{ ?c pg:confidence ?x }} }} INSERT {{ {SOURCE} {{ ?c pg:confidence 8.0e-1 }} }}"
        f" WHERE {{ {SOURCE} {{ ?c pg:confidence ?x ; pg:modality m:denied }} }}",
        {"Claim-confidence"},
    ),
    (
        "object and value both",
        f'INSERT {{ {SOURCE} {{ ?c pg:value "also this" }} }} WHERE {{ {SOURCE} {{ ?c pg:modality m:denied }} }}',
        {"Claim-content"},
    ),
    (
        "value where an entity belongs",
        f'DELETE {{ {SOURCE} {{ ?c pg:object ?x }} }} INSERT {{ {SOURCE} {{ ?c pg:value "the plan" }} }}'
        f" WHERE {{ {SOURCE} {{ ?c pg:object ?x ; pg:predicate pg:proposes }} }}",
        {"value-out-of-range", "proposition-key"},
    ),
    (
        "undeclared predicate",
        f"DELETE {{ {SOURCE} {{ ?c pg:predicate ?x }} }} INSERT {{ {SOURCE} {{ ?c pg:predicate pg:admires }} }}"
        f" WHERE {{ {SOURCE} {{ ?c pg:predicate ?x ; pg:modality m:denied }} }}",
        {"predicate-not-declared"},
    ),
    (
        "declared property that claims may not use",
        f"DELETE {{ {SOURCE} {{ ?c pg:predicate ?x }} }} INSERT {{ {SOURCE} {{ ?c pg:predicate pg:holder }} }}"
        f" WHERE {{ {SOURCE} {{ ?c pg:predicate ?x ; pg:modality m:denied }} }}",
        {"predicate-not-declared"},
    ),
    (
        "country that acts in a claim",
        f"DELETE {{ {SOURCE} {{ ?c pg:subject ?x }} }} INSERT {{ {SOURCE} {{ ?c pg:subject country:nor }} }}"
        f" WHERE {{ {SOURCE} {{ ?c pg:subject ?x ; pg:predicate pg:proposes }} }}",
        {"subject-out-of-domain"},
    ),
    (
        "country that hosts in a claim",
        f"DELETE {{ {SOURCE} {{ ?c pg:object ?x }} }} INSERT {{ {SOURCE} {{ ?c pg:object country:nor }} }}"
        f" WHERE {{ {SOURCE} {{ ?c pg:object ?x ; pg:predicate pg:hasActor }} }}",
        {"object-out-of-range"},
    ),
    (
        "country that acts on record",
        "INSERT { GRAPH graph:reference { ?v pg:hasActor country:nor } }"
        " WHERE { GRAPH graph:reference { ?v a pg:Visit } }",
        {"fact-out-of-range"},
    ),
    (
        "place that governs",
        "INSERT DATA { GRAPH graph:reference { place:lima-per pg:governs country:nor } }",
        {"fact-out-of-domain"},
    ),
    (
        "two types that exclude each other",
        "INSERT DATA { GRAPH graph:reference { person:lena-holt a pg:Government } }",
        {"disjoint-classes"},
    ),
    (
        "claim that is an entity as well",
        "INSERT { GRAPH graph:entities { ?c a pg:Event } } WHERE { GRAPH ?g { ?c pg:modality m:denied } }",
        {"disjoint-classes"},
    ),
    (
        "undeclared class",
        "INSERT DATA { GRAPH graph:reference { person:lena-holt a pg:Senator } }",
        {"class-not-declared"},
    ),
    (
        "undeclared property",
        "INSERT DATA { GRAPH graph:reference { person:lena-holt pg:shoeSize 42 } }",
        {"property-not-declared"},
    ),
    (
        "entity without a type",
        "DELETE { GRAPH ?g { ?x a ?c } } WHERE { GRAPH ?g { ?x a ?c } FILTER(CONTAINS(STR(?x), 'opponents')) }",
        {"untyped-entity"},
    ),
    (
        "speaker that is a place",
        f"DELETE {{ {SOURCE} {{ ?c pg:attributedTo ?x }} }}"
        f" INSERT {{ {SOURCE} {{ ?c pg:attributedTo place:lima-per }} }}"
        f" WHERE {{ {SOURCE} {{ ?c pg:attributedTo ?x }} }}",
        {"Claim-attributedTo"},
    ),
    (
        "label in the graph of a source",
        f'INSERT DATA {{ {SOURCE} {{ person:lena-holt skos:prefLabel "L. Holt"@nb }} }}',
        {"type-in-source-graph"},
    ),
    (
        "same triple in two graphs",
        f"INSERT {{ {SOURCE} {{ ?s pg:hasActor ?o }} }} WHERE {{ GRAPH graph:edges {{ ?s pg:hasActor ?o }} }}",
        {"duplicate-triple"},
    ),
    (
        "claim in the graph of another source",
        f"DELETE {{ {SOURCE} {{ ?c ?p ?o }} }} INSERT {{ GRAPH source:0000000000000000 {{ ?c ?p ?o }} }}"
        f" WHERE {{ {SOURCE} {{ ?c ?p ?o ; pg:modality m:denied }} }}",
        {"claim-in-wrong-graph"},
    ),
    (
        "blank node",
        'INSERT DATA { GRAPH graph:entities { [] a pg:Outcome ; skos:prefLabel "peace"@en } }',
        {"blank-node", "Entity"},
    ),
    (
        "entity without a label",
        "DELETE WHERE { GRAPH graph:reference { person:lena-holt skos:prefLabel ?l } }",
        {"Entity-prefLabel"},
    ),
    (
        "two labels in one language",
        'INSERT DATA { GRAPH graph:reference { person:lena-holt skos:prefLabel "Helena Holt"@en } }',
        {"Entity-prefLabel"},
    ),
    (
        "two labels without a language",
        'INSERT DATA { GRAPH graph:reference { person:lena-holt skos:prefLabel "Helena Holt", "L. Holt" } }',
        {"label-twice"},
    ),
    (
        "city in two countries",
        "INSERT DATA { GRAPH graph:reference { place:lima-per pg:within country:nor } }",
        {"city-in-one-country"},
    ),
    (
        "city in no country",
        "DELETE WHERE { GRAPH graph:reference { place:lima-per pg:within ?c } };"
        "DELETE WHERE { GRAPH graph:inferred { place:lima-per pg:within ?c } }",
        {"city-in-one-country"},
    ),
    (
        "country code in small letters",
        "DELETE WHERE { GRAPH graph:reference { country:nor pg:iso3 ?c } };"
        'INSERT DATA { GRAPH graph:reference { country:nor pg:iso3 "nor" } }',
        {"Country-iso3"},
    ),
    (
        "country that nobody governs",
        "DELETE WHERE { GRAPH graph:reference { ?g pg:governs country:per } }",
        {"Country-government"},
    ),
    (
        "tenure of two holders",
        "INSERT { GRAPH graph:reference { ?t pg:holder person:ann-berg ."
        ' person:ann-berg a pg:Person ; skos:prefLabel "Ann Berg"@en } }'
        " WHERE { GRAPH graph:reference { ?t a pg:Tenure } }",
        {"Tenure-holder"},
    ),
    (
        "tenure that ends before it starts",
        "DELETE { GRAPH graph:reference { ?t pg:latest ?d } }"
        ' INSERT { GRAPH graph:reference { ?t pg:latest "2021-12-31"^^xsd:date } }'
        " WHERE { GRAPH graph:reference { ?t a pg:Tenure ; pg:latest ?d } }",
        {"Dated-earliest"},
    ),
    (
        "tenure without a first day",
        "DELETE { GRAPH graph:reference { ?t pg:earliest ?d } }"
        " WHERE { GRAPH graph:reference { ?t a pg:Tenure ; pg:earliest ?d } }",
        {"Tenure-earliest"},
    ),
    (
        "role that was over on the day of the source",
        "DELETE { GRAPH graph:reference { ?t pg:latest ?d } }"
        ' INSERT { GRAPH graph:reference { ?t pg:latest "2023-12-31"^^xsd:date } }'
        " WHERE { GRAPH graph:reference { ?t a pg:Tenure ; pg:latest ?d } }",
        {"role-out-of-date"},
    ),
    (
        "administration without a government",
        "DELETE WHERE { GRAPH graph:reference { ?a pg:administrationOf ?g } }",
        {"Administration-administrationOf"},
    ),
    (
        "date in words",
        "DELETE { GRAPH graph:reference { ?v pg:edtf ?d } }"
        ' INSERT { GRAPH graph:reference { ?v pg:edtf "spring 2023"^^edtf:EDTF } }'
        " WHERE { GRAPH graph:reference { ?v pg:edtf ?d } }",
        {"Dated-edtf"},
    ),
    (
        "reference entity without a record",
        "DELETE WHERE { GRAPH graph:reference { person:lena-holt pg:recordedIn ?r } }",
        {"reference-without-record"},
    ),
    (
        "record without a source",
        "DELETE WHERE { GRAPH graph:reference { ?r dcterms:source ?s } }",
        {"Record-source"},
    ),
    (
        "concept in two schemes",
        "INSERT DATA { GRAPH graph:schema {"
        " m:planned skos:inScheme <https://w3id.org/policygraph/vocab/claim-status> } }",
        {"Concept-inScheme"},
    ),
    (
        "event type from another vocabulary",
        f"DELETE {{ {SOURCE} {{ ?c pg:object ?x }} }} INSERT {{ {SOURCE} {{ ?c pg:object topic:trade }} }}"
        f" WHERE {{ {SOURCE} {{ ?c pg:object ?x ; pg:predicate pg:eventType }} }}",
        {"concept-of-wrong-scheme"},
    ),
    (
        "document whose hash does not fit",
        f"DELETE {{ {SOURCE} {{ ?d pg:sha256 ?h }} }} INSERT {{ {SOURCE} {{ ?d pg:sha256 ?i }} }}"
        f' WHERE {{ {SOURCE} {{ ?d pg:sha256 ?h }} BIND(REPLACE(?h, "[0-4]", "5") AS ?i) }}',
        {"source-changed"},
    ),
    (
        "document without a title",
        f"DELETE {{ {SOURCE} {{ ?d dcterms:title ?t }} }} WHERE {{ {SOURCE} {{ ?d dcterms:title ?t }} }}",
        {"SourceDocument-title"},
    ),
    (
        "document of another day and hour",
        f"DELETE {{ {SOURCE} {{ ?d pg:publishedOn ?t }} }} INSERT {{ {SOURCE} {{ ?d pg:publishedOn 'May 2024' }} }}"
        f" WHERE {{ {SOURCE} {{ ?d pg:publishedOn ?t }} }}",
        {"SourceDocument-publishedOn"},
    ),
]


def broken(update: str) -> ox.Store:
    store = checked_graph()
    infer(store)
    before = len(store)
    quads = set(store)
    store.update(PREFIXES + update)
    assert len(store) != before or set(store) != quads, "the update broke nothing"
    return store


def test_the_graph_that_is_right_has_no_finding() -> None:
    store = checked_graph()
    infer(store)
    assert list(validate(store) + verify(store, text_of)) == []


def test_the_graph_that_is_right_has_no_finding_before_rules_ran() -> None:
    assert list(validate(checked_graph())) == []


@pytest.mark.parametrize(("update", "checks"), [m[1:] for m in MUTATIONS], ids=[m[0] for m in MUTATIONS])
def test_each_break_is_caught(update: str, checks: set[str]) -> None:
    store = broken(update)
    report = validate(store) + verify(store, text_of)
    assert checks & {finding.check for finding in report}
    assert all(finding.message and finding.advice for finding in report)
