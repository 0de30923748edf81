"""Events as entities and claims: who did what to whom, where and when, each part with the event's stance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policygraph import iris
from policygraph.records import Claim, Entity, Event, Participant, Span
from policygraph.vocabulary import EntityType, Modality


def local_group(doc_id: str, words: str) -> str:
    """The local name of an actor that the words of one document describe but nothing links.

    >>> local_group("dda66c4ed79506b4", "border officials")
    'group/dda66c4e-border-officials'
    """
    return f"group/{doc_id[:8]}-{iris.slug(words)}"


def actor_of(doc_id: str, participant: Participant) -> str:
    """The local name of a participant: a country acts through its government."""
    if participant.entity is None:
        return local_group(doc_id, participant.text)
    if participant.entity.startswith("country/"):
        return "government/" + participant.entity.removeprefix("country/")
    return participant.entity


def event_claims(doc_id: str, event: Event) -> Iterator[Claim]:
    """The claims that say what is known of an event; none for parts the text does not give."""
    base = Claim(
        subject=event.id,
        predicate="",
        modality=stance(event),
        modality_detail=event.modality_detail,
        evidence=_evidence(event),
        attribution=event.attribution,
        confidence=event.confidence,
        extractor=event.extractor,
        method=event.method or event.frame or "",
        surface_subject=event.trigger.quote if event.trigger else None,
    )
    for predicate, participants in (("hasActor", event.source), ("hasRecipient", event.target)):
        for one in participants:
            yield replace(base, predicate=predicate, object=actor_of(doc_id, one), surface_object=one.text)
    if event.place and (event.place.entity or event.place.country):
        where = event.place.entity or f"country/{(event.place.country or '').lower()}"
        predicate = "hasDestination" if event.class_ is EntityType.VISIT else "occursAt"
        yield replace(base, predicate=predicate, object=where, surface_object=event.place.text)
    for predicate, code in _codes(event):
        yield replace(base, predicate=predicate, object=code, object_is_concept=True)
    if event.date:
        words = event.date.span.quote if event.date.span else None
        yield replace(base, predicate="edtf", value=event.date.edtf, value_type="edtf", surface_object=words)


def stance(event: Event) -> Modality:
    """The modality of an event's claims: what is said not to have happened is denied."""
    return Modality.DENIED if event.negated and event.modality is Modality.ASSERTED else event.modality


def unlinked(doc_id: str, event: Event) -> Iterator[tuple[Entity, Participant]]:
    """Actors that exist only as words in this document, with the participant they come from."""
    for one in (*event.source, *event.target):
        if one.entity is None:
            yield Entity(actor_of(doc_id, one), EntityType.SOCIAL_GROUP, one.text), one


def _evidence(event: Event) -> tuple[Span, ...]:
    return event.evidence or ((event.trigger,) if event.trigger else ())


def _codes(event: Event) -> Iterator[tuple[str, str]]:
    if event.type:
        yield "eventType", f"event-type/{event.type.code}"
        if event.mode:
            yield "eventMode", f"event-mode/{event.type.code}-{event.mode}"
    for context in event.contexts:
        # PLOVER writes human_rights where the vocabulary, like all names, has a hyphen.
        yield "eventContext", f"event-context/{context.replace('_', '-')}"
