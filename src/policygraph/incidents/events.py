"""Events of a graph as columns: who, whom, what, where, when, and the reports behind each.

One pass over each predicate, all graphs alike: events of articles stand in the
`edges` graph where they are asserted, those of data sets and tables in their own
graphs. What is planned, imagined, advised or denied has no such triples and is
not read: an incident is something that is reported to have happened.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from policygraph import iris
from policygraph.incidents.reports import day_number, read_reports
from policygraph.incidents.sources import Story
from policygraph.incidents.words import Sketch, read_words
from policygraph.scanning import quads, read_countries

if TYPE_CHECKING:
    from policygraph.interfaces import GraphReader

#: Days before its publication in which a report without a date of its own is taken to be set.
UNDATED = 3
_ROLES = ("hasActor", "hasRecipient", "hasParticipant")
_PLACES = ("occursAt", "hasDestination")
#: Type and mode of events of the tables, which carry none, by class.
_BY_CLASS = {"Visit": ("consult", "consult-visit"), "Meeting": ("consult", "")}
_Value = TypeVar("_Value")
Numbers = tuple[int, ...]
#: Type and mode, as codes of the vocabularies.
Kind = tuple[str, str]
#: Who acts and who receives.
Party = tuple[Numbers, Numbers]


class Numbering(Generic[_Value]):
    """Values numbered in the order in which they are first met; number 0 stands for none."""

    __slots__ = ("_at", "values")

    def __init__(self, none: _Value) -> None:
        self.values: list[_Value] = [none]
        self._at: dict[_Value, int] = {none: 0}

    def of(self, value: _Value) -> int:
        """The number of a value.

        >>> names = Numbering("")
        >>> names.of("a"), names.of(""), names.of("a")
        (1, 0, 1)
        """
        at = self._at.get(value)
        if at is None:
            at = self._at[value] = len(self.values)
            self.values.append(value)
        return at

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a place is: its country, whether it is finer than a province, and coordinates in degrees if known.

    `name` is the first part of its name as a slug: `lima` of "Lima, Peru".
    """

    country: str = ""
    fine: bool = False
    latitude: float | None = None
    longitude: float | None = None
    name: str = ""


def _ints() -> array[int]:
    return array("q")


@dataclass(slots=True)
class Events:
    """Columns of equal length, one row an event.

    `kind` numbers type and mode (`kinds`: "consult", "consult-visit"), `party` who
    acts and who receives (`parties`: two tuples of numbers of `entities`), `place`
    an entity, `first` and `last` are day numbers, `own` tells whether they are the
    event's own date. `stories` are the reports of each event, as numbers of
    `reports`. `sets` names the data set or document that each comes from, `words`
    holds a sketch of its words for events that have some. `countries` gives the countries of each entity by its number.
    """

    entities: Numbering[str] = field(default_factory=lambda: Numbering(""))
    kinds: Numbering[Kind] = field(default_factory=lambda: Numbering(("", "")))
    parties: Numbering[Party] = field(default_factory=lambda: Numbering(((), ())))
    iri: list[str] = field(default_factory=list)
    kind: array[int] = field(default_factory=_ints)
    party: array[int] = field(default_factory=_ints)
    place: array[int] = field(default_factory=_ints)
    first: array[int] = field(default_factory=_ints)
    last: array[int] = field(default_factory=_ints)
    own: bytearray = field(default_factory=bytearray)
    stories: list[Numbers] = field(default_factory=list)
    reports: list[Story] = field(default_factory=list)
    sets: list[str] = field(default_factory=list)
    words: dict[int, Sketch] = field(default_factory=dict)
    countries: list[tuple[str, ...]] = field(default_factory=list)
    spots: dict[int, Spot] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.iri)

    def countries_of(self, entities: Iterable[int]) -> frozenset[str]:
        """The countries that some entities act for or lie in."""
        return frozenset(country for entity in entities for country in self.countries[entity])


def read_events(reader: GraphReader) -> Events:
    """All events that are asserted or on record, in the order of their names."""
    events = Events()
    kinds = _kinds(reader)
    sides = [_pairs(reader, name, events.entities) for name in _ROLES]
    subjects = sorted(kinds.keys() | sides[0].keys() | sides[1].keys() | sides[2].keys())
    days = _days(reader)
    places: dict[str, Numbers] = {}
    for name in _PLACES:
        places |= _pairs(reader, name, events.entities)
    told, events.reports = read_reports(reader, subjects)
    for iri in subjects:
        actors = sides[0].get(iri, ()) + sides[2].get(iri, ())
        first, last = days.get(iri, (0, 0))
        published = min((d for at in told.get(iri, ()) if (d := events.reports[at].day)), default=0)
        own = bool(first or last)
        if not own and published:
            first, last = published - UNDATED, published
        events.iri.append(iri)
        events.kind.append(events.kinds.of(kinds.get(iri, ("", ""))))
        events.party.append(events.parties.of((tuple(sorted(set(actors))), sides[1].get(iri, ()))))
        events.place.append(min(places.get(iri, (0,))))
        events.first.append(first or last)
        events.last.append(last or first)
        events.own.append(own)
        events.stories.append(told.get(iri, ()))
        events.sets.append(sys.intern(_set(iri)))
    rows = {iri: row for row, iri in enumerate(events.iri)}
    events.words = {rows[iri]: sketch for iri, sketch in read_words(reader, rows).items()}
    _settle(reader, events)
    return events


def _set(iri: str) -> str:
    """The data set or document that an event comes from, as its name tells.

    >>> _set(iris.thing("event/gdelt-7")), _set(iris.thing("event/dda66c4e-talks"))
    ('gdelt', 'dda66c4e')
    """
    return iris.local_name(iri).partition("/")[2].partition("-")[0]


def _settle(reader: GraphReader, events: Events) -> None:
    """Countries of all entities, and where the places are."""
    countries = read_countries(reader, inferred=True)
    events.countries = [countries.get(iri, ()) for iri in events.entities.values]
    fine = {q.subject.value for q in quads(reader, iris.RDF + "type", iris.term("PopulatedPlace"))}
    fine |= {
        q.subject.value
        for q in quads(reader, iris.term("placePrecision"))
        if q.object.value in ("point", "city", "district")
    }
    latitudes = {q.subject.value: q.object.value for q in quads(reader, iris.term("latitude"))}
    longitudes = {q.subject.value: q.object.value for q in quads(reader, iris.term("longitude"))}
    for number in sorted(set(events.place)):
        iri = events.entities.values[number]
        spot = latitudes.get(iri), longitudes.get(iri)
        events.spots[number] = Spot(
            country=next(iter(events.countries[number]), ""),
            fine=iri in fine,
            latitude=float(spot[0]) if spot[0] and spot[1] else None,
            longitude=float(spot[1]) if spot[0] and spot[1] else None,
            name=_place_name(reader, iri),
        )


def _place_name(reader: GraphReader, iri: str) -> str:
    names = sorted(q.object.value for q in quads(reader, iris.SKOS + "prefLabel", subject=iri)) if iri else []
    return iris.slug(names[0].partition(",")[0]) if names else ""


def _kinds(reader: GraphReader) -> dict[str, Kind]:
    """Type and mode by event; where no type is known, the code of the data set in the type's place."""
    found: dict[str, Kind] = {}
    for quad in quads(reader, iris.term("originalCode")):
        found[quad.subject.value] = (quad.object.value, "")
    for name, kind in _BY_CLASS.items():
        for quad in quads(reader, iris.RDF + "type", iris.term(name)):
            found[quad.subject.value] = kind
    modes: dict[str, str] = {}
    for quad in quads(reader, iris.term("eventMode")):
        mode = quad.object.value.rpartition("/")[2]
        modes[quad.subject.value] = min(mode, modes.get(quad.subject.value, mode))
    types: dict[str, str] = {}
    for quad in quads(reader, iris.term("eventType")):
        type = quad.object.value.rpartition("/")[2]
        types[quad.subject.value] = min(type, types.get(quad.subject.value, type))
    shared: dict[Kind, Kind] = {}
    for iri, type in types.items():
        kind = (type, modes.get(iri, ""))
        found[iri] = shared.setdefault(kind, kind)
    return found


def _pairs(reader: GraphReader, name: str, entities: Numbering[str]) -> dict[str, Numbers]:
    """Event to the numbers of what fills a role, sorted by name."""
    found: dict[str, Numbers] = {}
    alone: dict[int, Numbers] = {}
    for quad in quads(reader, iris.term(name)):
        number = entities.of(quad.object.value)
        iri = quad.subject.value
        before = found.get(iri)
        if before is None:
            found[iri] = alone.get(number) or alone.setdefault(number, (number,))
        elif number not in before:
            found[iri] = tuple(sorted((*before, number), key=lambda at: entities.values[at]))
    return found


def _days(reader: GraphReader) -> dict[str, tuple[int, int]]:
    numbers: dict[str, int] = {}
    found: dict[str, tuple[int, int]] = {}
    for at, name in enumerate(("earliest", "latest")):
        for quad in quads(reader, iris.term(name)):
            text = quad.object.value
            day = numbers.get(text)
            if day is None:
                day = numbers[text] = day_number(text)
            before = found.get(quad.subject.value, (0, 0))
            found[quad.subject.value] = (day, before[1]) if at == 0 else (before[0], day)
    return found
