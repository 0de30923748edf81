"""Incidents: what reports of one event are taken to be about, with the reports counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph import iris
from policygraph.bulk import uncollected
from policygraph.incidents.events import Events, read_events
from policygraph.incidents.grouping import group
from policygraph.incidents.sources import Story, count
from policygraph.incidents.strategies import DEFAULT, Strategy, strategy
from policygraph.records import Counts

if TYPE_CHECKING:
    from policygraph.interfaces import GraphReader


@dataclass(frozen=True, slots=True)
class Incident:
    """Events that are taken to be one.

    `events` are their IRIs, sorted; `main` is the one that tells most and stands
    for them. `reports` are the keys of the reports: addresses, or names of documents.
    """

    events: tuple[str, ...]
    main: str
    counts: Counts
    reports: tuple[str, ...]

    @property
    def iri(self) -> iris.IRI:
        """Its name, made from its events."""
        return iris.thing("event-group/" + iris.content_key(*self.events))

    @property
    def merged(self) -> bool:
        """Whether more than one event or report is behind it."""
        return len(self.events) > 1 or self.counts.reports > 1


@dataclass(frozen=True)
class Grouped:
    """The incidents of a graph by one strategy, in the order of their first events."""

    strategy: Strategy
    incidents: tuple[Incident, ...]
    events: int


def group_incidents(reader: GraphReader, chosen: Strategy | None = None) -> Grouped:
    """Merge the events of a graph into incidents; nothing is written, no report is lost.

    Every event that is asserted or on record is in exactly one incident.
    """
    used = chosen or strategy(DEFAULT)
    with uncollected():
        events = read_events(reader)
        found = tuple(_incident(events, rows) for rows in group(events, used))
    return Grouped(used, found, len(events))


def _incident(events: Events, rows: Sequence[int]) -> Incident:
    at = sorted({story for row in rows for story in events.stories[row]})
    stories: list[Story] = [events.reports[story] for story in at]
    # What stands on nothing but itself is its own report.
    counts = count(stories) if stories else Counts(1, 1, 0)
    main = min(rows, key=lambda row: _rank(events, row))
    return Incident(
        tuple(sorted(events.iri[row] for row in rows)), events.iri[main], counts, tuple(s.key for s in stories)
    )


def _rank(events: Events, row: int) -> tuple[int | str, ...]:
    """The smaller, the more an event tells: reports, place, parties, type, own day."""
    actors, recipients = events.parties.values[events.party[row]]
    place = events.place[row]
    return (
        -len(events.stories[row]),
        -(bool(place) + events.spots[place].fine),
        -(bool(actors) + bool(recipients)),
        -bool(events.kind[row]),
        -events.own[row],
        events.first[row],
        events.iri[row],
    )
