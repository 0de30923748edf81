"""The vocabularies: complete, well formed, and the same as the names in Python."""

import re

import pytest
from rdflib import RDF, SKOS, Graph, Literal, Namespace, URIRef

from policygraph import iris, resources, vocabulary

PG = Namespace(iris.ONT)
FILES = {path.stem: Graph().parse(path) for path in sorted((resources.ontology() / "vocab").glob("*.ttl"))}
EVERY = Graph()
for _graph in FILES.values():
    EVERY += _graph
CORE = Graph().parse(resources.ontology() / "policygraph.ttl")


def codes(scheme: str) -> set[str]:
    return {str(c).removeprefix(iris.concept(scheme, "")) for c in FILES[scheme].subjects(RDF.type, SKOS.Concept)}


def notations(scheme: str) -> list[str]:
    return [str(n) for n in FILES[scheme].objects(None, SKOS.notation)]


def named(term: str) -> set[str]:
    return {str(s).removeprefix(iris.ONT) for s in CORE.subjects(RDF.type, PG[term])}


def test_python_names_are_those_of_the_ontology() -> None:
    assert codes("modality") == set(vocabulary.Modality)
    assert codes("modality-detail") == set(vocabulary.ModalityDetail)
    assert set(vocabulary.CLAIM_PREDICATES) == named("ClaimPredicate")
    assert sorted(notations("sector")) == sorted(vocabulary.SECTORS)
    assert {s.lower() for s in vocabulary.SECTORS} == codes("sector")
    assert {e.code for e in vocabulary.EventType} <= codes("event-type")
    assert {f"{e.code}-{mode}" for e, modes in vocabulary.MODES.items() for mode in modes} == codes("event-mode")
    assert sorted(notations("event-context")) == sorted(vocabulary.CONTEXTS)
    classes = {str(s).removeprefix(iris.ONT) for s in CORE.subjects(RDF.type, None)}
    assert {str(e) for e in vocabulary.EntityType} <= classes


def test_python_groups_of_classes_are_branches_of_the_tree() -> None:
    from rdflib import RDFS

    for kind in vocabulary.EntityType:
        above = {str(c).removeprefix(iris.ONT) for c in CORE.transitive_objects(PG[kind.value], RDFS.subClassOf)}
        assert kind.is_actor == ("Actor" in above), kind
        assert kind.is_place == ("Place" in above), kind
        assert kind.is_event == ("Event" in above), kind
        assert "Entity" in above, kind


@pytest.mark.parametrize(
    ("scheme", "number"),
    [("modality", 5), ("event-type", 20), ("event-mode", 67), ("event-context", 37), ("sector", 25)],
)
def test_closed_vocabularies_are_complete(scheme: str, number: int) -> None:
    assert len(codes(scheme)) == number


def test_event_types_have_a_quad_class_and_a_score_of_its_sign() -> None:
    graph = FILES["event-type"]
    for event in vocabulary.EventType:
        node = URIRef(iris.concept("event-type", event.code))
        (quad,) = graph.objects(node, SKOS.broader)
        score = graph.value(node, PG.score)
        assert isinstance(score, Literal)
        assert graph.value(node, SKOS.notation) == Literal(event.value)
        assert str(quad) == iris.concept("event-type", event.quad)
        assert (score.toPython() > 0) == str(quad).endswith("cooperation") or score.toPython() == 0, event
    assert graph.value(URIRef(iris.concept("event-type", "accuse")), PG.score).toPython() == -3
    assert str(graph.value(URIRef(iris.concept("event-type", "sanction")), SKOS.broader)).endswith("material-conflict")


def test_modes_belong_to_their_type_and_have_a_score() -> None:
    graph = FILES["event-mode"]
    for node in graph.subjects(RDF.type, SKOS.Concept):
        code = str(node).removeprefix(iris.concept("event-mode", ""))
        (kind,) = graph.objects(node, SKOS.broader)
        assert code.startswith(str(kind).removeprefix(iris.concept("event-type", "")) + "-")
        assert code.endswith("-" + str(graph.value(node, SKOS.notation)))
        assert -10 <= graph.value(node, PG.score).toPython() <= 10


@pytest.mark.parametrize("scheme", sorted(FILES))
def test_concepts_are_well_formed(scheme: str) -> None:
    graph = FILES[scheme]
    home = URIRef(iris.VOCAB + scheme)
    assert (home, RDF.type, SKOS.ConceptScheme) in graph
    labels: dict[str, str] = {}
    for node in sorted(graph.subjects(RDF.type, SKOS.Concept)):
        code = str(node).removeprefix(iris.concept(scheme, ""))
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code), code
        assert list(graph.objects(node, SKOS.inScheme)) == [home], code
        assert [x.language for x in graph.objects(node, SKOS.prefLabel)] == ["en"], code
        assert [x.language for x in graph.objects(node, SKOS.definition)] == ["en"], code
        for predicate in (SKOS.prefLabel, SKOS.altLabel):
            for label in graph.objects(node, predicate):
                other = labels.setdefault(str(label).lower(), code)
                assert other == code, f"'{label}' stands for {other} and {code}"
        for wider in graph.objects(node, SKOS.broader):
            assert (wider, RDF.type, SKOS.Concept) in EVERY, wider
            assert node not in set(EVERY.transitive_objects(wider, SKOS.broader)), code
        for near in graph.objects(node, SKOS.closeMatch):
            assert (near, RDF.type, SKOS.Concept) in FILES["event-context"], near


def test_concepts_with_a_wider_one_are_no_top_concepts() -> None:
    for scheme, graph in FILES.items():
        for node in graph.subjects(RDF.type, SKOS.Concept):
            top = (node, SKOS.topConceptOf, URIRef(iris.VOCAB + scheme)) in graph
            assert top != bool(list(graph.objects(node, SKOS.broader))), node


def test_topics_may_have_several_wider_ones() -> None:
    topic = URIRef(iris.concept("topic", "border-security"))
    assert {str(b).rsplit("/", 1)[1] for b in FILES["topic"].objects(topic, SKOS.broader)} == {"migration", "security"}


def test_tables_use_kinds_and_topics_of_the_vocabularies() -> None:
    import csv

    with (resources.reference() / "initiatives.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["kind"] for row in rows if row["kind"]} <= codes("initiative-kind")
    assert {row["topic"] for row in rows if row["topic"]} <= codes("topic")
