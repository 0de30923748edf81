"""What coders and importers call modes and contexts leads to concepts of the vocabularies."""

import pytest
from rdflib import RDF, SKOS, Graph

from policygraph import iris, resources
from policygraph.graph.events import event_claims
from policygraph.records import Event, Participant, Span
from policygraph.vocabulary import EntityType, EventType

VOCAB = resources.ontology() / "vocab"


def notations(scheme: str) -> list[tuple[str, str]]:
    graph = Graph().parse(VOCAB / f"{scheme}.ttl")
    pairs = [(str(node), str(code)) for node, code in graph.subject_objects(SKOS.notation)]
    assert len(pairs) == len(list(graph.subjects(RDF.type, SKOS.Concept)))
    return sorted(pairs)


def objects(event: Event, predicate: str) -> list[str]:
    found = [claim.object for claim in event_claims("0" * 16, event) if claim.predicate == predicate]
    return [iris.VOCAB + code for code in found if code]


def event(kind: EventType, mode: str | None = None, contexts: tuple[str, ...] = ()) -> Event:
    words = Span(0, 5, "Spain")
    who = Participant("Spain", words, entity="government/esp")
    return Event(
        "event/x", "x", EntityType.EVENT, kind, kind, mode=mode, contexts=contexts, source=(who,), evidence=(words,)
    )


@pytest.mark.parametrize(("concept", "code"), notations("event-context"))
def test_a_context_is_found_by_its_plover_code(concept: str, code: str) -> None:
    assert objects(event(EventType.AGREE, contexts=(code,)), "eventContext") == [concept]


@pytest.mark.parametrize(("concept", "code"), notations("event-mode"))
def test_a_mode_is_found_by_its_type_and_code(concept: str, code: str) -> None:
    kind = EventType(concept.rsplit("/", 1)[1].split("-")[0].upper())
    assert objects(event(kind, mode=code), "eventMode") == [concept]
