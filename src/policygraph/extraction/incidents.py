"""Events that a short title names: rows and items about incidents, visits and meetings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from policygraph.extraction import dates
from policygraph.extraction.draft import Draft, Stance, label
from policygraph.extraction.leads import table_types
from policygraph.extraction.registry import Found
from policygraph.extraction.undertakings import policy
from policygraph.extraction.words import words
from policygraph.iris import slug
from policygraph.records import DateRef, Event, Participant, PlaceRef, Span
from policygraph.vocabulary import EntityType, EventType, Modality

_ABOUT = re.compile(r"\b(?:[Aa]gainst|[Oo]ver|[Ii]n response to|[Aa]fter)\s+(?=\S)")


@cache
def _titles() -> tuple[tuple[EventType, re.Pattern[str]], ...]:
    """Phrases in order: longer ones first, "X … against" where the phrase ends in "against"."""
    made = []
    for type_, phrase in table_types().incidents:
        gap = re.escape(phrase).replace(r"\ against", r"(?:\s\w+){0,2}?\sagainst")
        made.append((type_, re.compile(rf"\b{gap}\b", re.IGNORECASE)))
    return tuple(made)


def title_type(title: str) -> tuple[EventType, Span] | None:
    """The type of act that a title names, and the words that show it.

    >>> title_type("Harbour strike enters second week")[0].value
    'PROTEST'
    """
    for type_, pattern in _titles():
        found = pattern.search(title)
        if found:
            return type_, Span(found.start(), found.end(), found.group())
    return None


def add_incident(draft: Draft, title: Span, cells: Mapping[str, Span], stance: Stance, row: Span) -> str:
    """Add the incident of a row or item to the draft and return its local name."""
    name = label(title.quote)
    local = draft.registry.make(EntityType.INCIDENT, name, title, apart=True)
    typed = title_type(title.quote)
    event = Event(
        local,
        name,
        EntityType.INCIDENT,
        typed[0] if typed else None,
        typed[0] if typed and stance.modality is Modality.ASSERTED else None,
        source=_people(draft, cells.get("actor"), "actor"),
        target=_people(draft, cells.get("recipient"), "recipient"),
        place=place_in(draft, cells.get("place")),
        date=_date(draft, cells.get("date")),
        modality=stance.modality,
        modality_detail=stance.detail,
        trigger=draft.span(title.start + typed[1].start, title.start + typed[1].end) if typed else None,
        evidence=(row,),
        confidence=0.9,
        method="table" if "date" in cells or "place" in cells else "title",
    )
    draft.events.append(event)
    _reaction(draft, local, title, stance, row)
    return local


def add_visit(
    draft: Draft, who: str | None, cells: Mapping[str, Span], stance: Stance, row: Span, class_: EntityType
) -> str | None:
    """Add the visit or meeting of a row to the draft and return its local name."""
    key = cells.get("visit") or cells.get("meeting")
    where = cells.get("place") or (key if class_ is EntityType.VISIT else None)
    place = place_in(draft, where)
    title = key or cells.get("place")
    if title is None:
        return None
    visitor = draft.registry.get(who) if who else None
    goal = place.text if place else title.quote
    name = label(f"Visit of {visitor.name} to {goal}") if visitor and class_ is EntityType.VISIT else label(title.quote)
    local = draft.registry.make(class_, name, title, apart=True)
    actors = (Participant(visitor.name, row, who, visitor.country, method="lead"),) if visitor and who else ()
    participants = _people(draft, cells.get("participants"), "participant")
    event = Event(
        local,
        name,
        class_,
        EventType.CONSULT,
        EventType.CONSULT if stance.modality is Modality.ASSERTED else EventType.AGREE,
        mode="visit" if class_ is EntityType.VISIT else "meet",
        source=actors or participants,
        target=_people(draft, cells.get("counterpart"), "counterpart") or (participants if not actors else ()),
        reciprocal=not actors,
        place=place,
        date=_date(draft, cells.get("date")),
        modality=stance.modality,
        modality_detail=stance.detail,
        trigger=title,
        evidence=(row,),
        confidence=0.9,
        method="table",
    )
    draft.events.append(event)
    if who and place and place.entity and class_ is EntityType.VISIT:
        draft.claim(who, "visits", place.entity, stance, (row,), method="table")
    return local


def place_in(draft: Draft, cell: Span | None) -> PlaceRef | None:
    """The place that a cell names; the most exact one if it names several."""
    if cell is None:
        return None
    found = [f for f in draft.registry.within(cell.start, cell.end) if f.place]
    city = next((f for f in found if f.place and f.place.startswith("place/")), None)
    best = city or (found[0] if found else None)
    if best is None:
        return PlaceRef(cell.quote, cell)
    return PlaceRef(cell.quote, cell, draft.registry.place(best), best.iso3)


def _date(draft: Draft, cell: Span | None) -> DateRef | None:
    if cell is None:
        return None
    found = dates.parse(cell.quote, published=draft.document.info.published)
    if found is None or found.span is None:
        return None
    return replace(found, span=draft.span(cell.start + found.span.start, cell.start + found.span.end))


def _people(draft: Draft, cell: Span | None, method: str) -> tuple[Participant, ...]:
    if cell is None:
        return ()
    found = [f for f in draft.registry.within(cell.start, cell.end) if f.actor]
    return tuple(
        Participant(f.span.quote, f.span, draft.registry.actor(f), f.iso3, f.sector, method=method) for f in found
    )


def _reaction(draft: Draft, local: str, title: Span, stance: Stance, row: Span) -> None:
    """ "… against U.S. policies": what the incident answers, where it is a policy."""
    found = _ABOUT.search(title.quote)
    if not found:
        return
    target = draft.span(title.start + found.end(), title.end)
    owner = owner_of(draft, target)
    if target.quote.split()[-1].lower() in words().policy_nouns and owner and owner.iso3:
        bare = draft.span(owner.span.end, target.end)
        if slug(bare.quote) != "x":
            start = bare.start + len(bare.quote) - len(bare.quote.lstrip(" ’'s"))
            named = policy(draft.registry, draft.span(start, bare.end), owner.iso3, owned=True)
            draft.claim(local, "isReactionTo", named, stance, (row,), method="title", confidence=0.7)


def owner_of(draft: Draft, words_: Span) -> Found | None:
    """The country, government or administration at the beginning of a phrase."""
    found = draft.registry.within(words_.start, words_.end)
    return next((f for f in found if f.iso3 and f.actor and f.span.start <= words_.start + 4), None)
