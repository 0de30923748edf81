"""A lint over the ontology itself: what every term must have, and how files are kept."""

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.term import Node

from policygraph import iris, resources

PG = Namespace(iris.ONT)
FOLDER = resources.ontology()
FILES = sorted(FOLDER.rglob("*.ttl"))
CORE = Graph().parse(FOLDER / "policygraph.ttl")
DATES = {PG.earliest, PG.latest, PG.publishedOn, PG.lastConfirmed}
TERMS = sorted({s for s in CORE.subjects() if isinstance(s, URIRef) and s.startswith(iris.ONT)})
CLASSES = [t for t in TERMS if (t, RDF.type, OWL.Class) in CORE]
PROPERTIES = [t for t in TERMS if t not in CLASSES]


def local(term: Node) -> str:
    return str(term).removeprefix(iris.ONT)


def ancestors(term: URIRef) -> set[Node]:
    return set(CORE.transitive_objects(term, RDFS.subClassOf))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(FOLDER).as_posix())
def test_a_file_survives_being_read_and_written(path: Path) -> None:
    once = Graph().parse(path)
    again = Graph().parse(data=once.serialize(format="turtle"), format="turtle")
    assert len(once) > 0
    assert isomorphic(once, again)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(FOLDER).as_posix())
def test_a_file_has_each_term_in_one_block_and_blocks_in_order(path: Path) -> None:
    for section in re.split(r"^#\n# .*\n#$", path.read_text(encoding="utf-8"), flags=re.M):
        named = re.findall(r"^([a-z]\w*:[\w-]+) ", section, flags=re.M)
        # A block may run over several statements of one term, never apart.
        blocks = [name for at, name in enumerate(named) if at == 0 or named[at - 1] != name]
        assert len(blocks) == len(set(blocks))
        assert blocks == sorted(blocks)


def test_every_term_is_typed_documented_and_defined_here() -> None:
    for term in TERMS:
        labels = list(CORE.objects(term, RDFS.label))
        definitions = list(CORE.objects(term, SKOS.definition))
        assert set(CORE.objects(term, RDF.type)) & {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}, term
        assert [x.language for x in labels] == ["en"], term
        assert [x.language for x in definitions] == ["en"], term
        assert str(definitions[0]).endswith("."), term
        assert list(CORE.objects(term, RDFS.isDefinedBy)) == [URIRef(iris.ONT.rstrip("#"))], term


def test_every_property_has_a_domain_and_a_range() -> None:
    for term in PROPERTIES:
        assert len(list(CORE.objects(term, RDFS.domain))) == 1, term
        # A reasoner does not know xsd:date; the shapes check these four.
        assert len(list(CORE.objects(term, RDFS.range))) == (0 if term in DATES else 1), term


def test_domains_and_ranges_are_declared() -> None:
    known = {*CLASSES, SKOS.Concept, RDFS.Literal, URIRef(iris.EDTF)}
    for node in [*CORE.objects(None, RDFS.domain), *CORE.objects(None, RDFS.range)]:
        union = CORE.value(node, OWL.unionOf)
        for part in Collection(CORE, union) if union else [node]:
            assert part in known or str(part).startswith(str(XSD)), part


def test_names_follow_the_custom() -> None:
    for term in TERMS:
        pattern = r"[A-Z][A-Za-z]+" if term in CLASSES else r"[a-z][A-Za-z0-9]+"
        assert re.fullmatch(pattern, local(term)), term
    folded = [local(t).lower() for t in TERMS]
    # These two properties lead from a claim to the class of the same name.
    assert {name for name in folded if folded.count(name) > 1} == {"evidence", "extraction"}
    labels = [str(CORE.value(t, RDFS.label)) for t in PROPERTIES]
    assert len(labels) == len(set(labels))


def test_no_term_is_isolated() -> None:
    annotations = {RDFS.label, RDFS.isDefinedBy, SKOS.definition, SKOS.scopeNote}
    for term in CLASSES:
        uses = set(CORE.predicates(None, term)) | (set(CORE.predicates(term, None)) - annotations - {RDF.type})
        assert uses, term


def test_siblings_exclude_each_other_unless_they_may_overlap() -> None:
    pairs = {frozenset(p) for p in CORE.subject_objects(OWL.disjointWith)}
    for members in CORE.objects(None, OWL.members):
        parts = list(Collection(CORE, members))
        pairs |= {frozenset((a, b)) for a in parts for b in parts if a != b}
    # An event may be a visit and a meeting; a post may be public; a politician is a person.
    may_overlap = {PG.Event, PG.Post, PG.Person}
    for parent in CLASSES:
        children = [c for c in CORE.subjects(RDFS.subClassOf, parent) if isinstance(c, URIRef)]
        for a in children:
            for b in children:
                assert a == b or parent in may_overlap or frozenset((a, b)) in pairs, (a, b)


def test_the_tree_of_classes_has_no_cycle() -> None:
    for term in CLASSES:
        for parent in CORE.objects(term, RDFS.subClassOf):
            assert term not in ancestors(URIRef(str(parent))), term


def test_claim_predicates_leave_room_for_disagreement() -> None:
    for term in CORE.subjects(RDF.type, PG.ClaimPredicate):
        assert (term, RDF.type, OWL.FunctionalProperty) not in CORE, term
        assert not list(CORE.objects(term, OWL.propertyDisjointWith)), term


def test_outside_terms_are_wider_never_equal() -> None:
    outside = Graph().parse(FOLDER / "alignments.ttl")
    assert not list(outside.subject_objects(OWL.equivalentClass))
    assert not list(outside.subject_objects(OWL.sameAs))
    for ours, theirs in [*outside.subject_objects(RDFS.subClassOf), *outside.subject_objects(RDFS.subPropertyOf)]:
        assert ours in TERMS
        assert not str(theirs).startswith(iris.BASE)
        assert list(outside.objects(theirs, RDF.type)), theirs


def test_shapes_speak_of_declared_terms_and_say_what_to_do() -> None:
    shapes = Graph().parse(FOLDER / "shapes.ttl")
    sh = Namespace("http://www.w3.org/ns/shacl#")
    for term in shapes.objects():
        if isinstance(term, URIRef) and term.startswith(iris.ONT):
            assert term in TERMS, term
    for shape in [*shapes.subjects(RDF.type, sh.NodeShape), *shapes.subjects(RDF.type, sh.PropertyShape)]:
        assert shapes.value(shape, sh.message), shape
        assert shapes.value(shape, sh.description), shape


def test_queries_speak_of_declared_terms() -> None:
    for path in [*FOLDER.glob("rules/*.rq"), *FOLDER.glob("lint/*.rq")]:
        for name in re.findall(r"\bpg:(\w+)", path.read_text(encoding="utf-8")):
            assert PG[name] in TERMS, f"{path.name}: {name}"
