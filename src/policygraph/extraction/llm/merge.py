"""Brings the records of the rules and of the model together.

The same event (type, modality, actors, recipients, overlapping words) becomes
one record that keeps both evidences. Everything else stays beside each other:
where the two disagree, both are kept.
"""

from __future__ import annotations

from dataclasses import replace

from policygraph.extraction.llm.accept import Accepted
from policygraph.records import Claim, Event, Extraction, Participant, Span


def merge(rules: Extraction, model: Accepted) -> Extraction:
    """The extraction of the rules, enriched by what the model found."""
    events = list(rules.events)
    for found in model.events:
        at = next((i for i, e in enumerate(events) if _same_event(e, found)), None)
        if at is None:
            events.append(replace(found, id=_free_id(found.id, events)))
        else:
            events[at] = _joined(events[at], found)
    claims = list(rules.claims)
    for claim in model.claims:
        same = next((i for i, c in enumerate(claims) if _same_claim(c, claim)), None)
        if same is None:
            claims.append(claim)
        else:
            old = claims[same]
            claims[same] = replace(
                old,
                evidence=_union(old.evidence, claim.evidence),
                confidence=max(old.confidence, claim.confidence),
                extractor=_both(old.extractor, claim.extractor),
            )
    known = {e.id for e in rules.entities}
    new = tuple(e for i, e in sorted(model.entities.items()) if i not in known)
    return replace(rules, entities=rules.entities + new, events=tuple(events), claims=tuple(claims))


def _same_event(a: Event, b: Event) -> bool:
    return (
        a.type is b.type
        and a.modality is b.modality
        and _keys(a.source) == _keys(b.source)
        and _keys(a.target) == _keys(b.target)
        and any(x.overlaps(y) for x in a.evidence for y in b.evidence)
    )


def _same_claim(a: Claim, b: Claim) -> bool:
    return (
        (a.subject, a.predicate, a.object, a.modality) == (b.subject, b.predicate, b.object, b.modality)
        and (a.attribution is None) == (b.attribution is None)
        and (a.attribution is None or b.attribution is None or a.attribution.entity == b.attribution.entity)
    )


def _keys(participants: tuple[Participant, ...]) -> frozenset[str]:
    return frozenset(p.entity or p.text.casefold() for p in participants)


def _joined(a: Event, b: Event) -> Event:
    return replace(
        a,
        evidence=_union(a.evidence, b.evidence),
        place=a.place or b.place,
        attribution=a.attribution or b.attribution,
        confidence=max(a.confidence, b.confidence),
        extractor=_both(a.extractor, b.extractor),
    )


def _both(a: str, b: str) -> str:
    return " + ".join(dict.fromkeys([*a.split(" + "), *b.split(" + ")]))


def _union(a: tuple[Span, ...], b: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys([*a, *b]))


def _free_id(wanted: str, events: list[Event]) -> str:
    taken = {e.id for e in events}
    number, name = 2, wanted
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    return name
