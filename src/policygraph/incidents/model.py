"""Incidents: what reports of one event are taken to be about, with the reports counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph import iris
from policygraph.bulk import uncollected
from policygraph.incidents.blocks import Blocks
from policygraph.incidents.events import Event, Maker, Things
from policygraph.incidents.grouping import by_key, by_odds
from policygraph.incidents.likeness import Likeness
from policygraph.incidents.rates import Rates
from policygraph.incidents.reading import Reading
from policygraph.incidents.sources import count
from policygraph.incidents.spool import Spool
from policygraph.incidents.strategies import DEFAULT, Strategy, strategy
from policygraph.records import Counts

if TYPE_CHECKING:
    from policygraph.interfaces import GraphReader

#: Is told how much is done, of how much.
Watch = Callable[[int, int], None]
#: Events after which it is told how far the merging is.
_STEP = 5_000


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

    Every event that is asserted or on record is in exactly one incident. All
    incidents are in memory: see `find_incidents`.
    """
    used = chosen or strategy(DEFAULT)
    found = tuple(sorted(find_incidents(reader, used), key=lambda incident: incident.events))
    return Grouped(used, found, sum(len(incident.events) for incident in found))


def find_incidents(
    reader: GraphReader, chosen: Strategy, *, folder: Path | None = None, watch: Watch | None = None
) -> Iterator[Incident]:
    """Merge the events of a graph into incidents, given out as they are found.

    Memory does not grow with the number of events, but for strategies that look
    for a story at any time: the events wait on disk, in files without a name in
    `folder` (None is where temporary files are kept), and are gone through day by
    day. `watch` is told how far it is.
    """
    tell = watch or _unseen
    reading = Reading(reader, folder)
    with uncollected(), Spool(folder) as spool:
        sources = set()
        for told in reading:
            spool.add(told)
            sources.add(told.source)
            if not spool.events % _STEP:
                tell(spool.events, 2 * max(spool.events, reading.coded))
        done = spool.events
        for group in _groups(reading, spool, sources, chosen):
            done, before = done + len(group), done
            if done // _STEP > before // _STEP:
                tell(done, 2 * spool.events)
            yield _incident(group, reading.things)


def _unseen(done: int, total: int) -> None:
    """Nobody watches."""


def _groups(reading: Reading, spool: Spool, sources: set[str], chosen: Strategy) -> Iterator[list[Event]]:
    things, make = reading.things, Maker(reading.reports).make
    days = ((day, map(make, some)) for day, some in spool.days(things))
    if chosen.method == "key":
        return by_key(days, things, chosen)
    rates = Rates(things, lambda: chain.from_iterable(some for _, some in spool.days(things)))
    return by_odds(days, Likeness(things, rates, chosen), Blocks(things, sources))


def _incident(events: list[Event], things: Things) -> Incident:
    events.sort(key=lambda event: event.iri)
    # Of several records of one story the first stands for it.
    found = {story.key: story for event in reversed(events) for story in event.stories}
    keys = tuple(sorted(found))
    # What stands on nothing but itself is its own report.
    counts = count(found[key] for key in keys) if keys else Counts(1, 1, 0)
    main = min(events, key=lambda event: _rank(event, things)) if len(events) > 1 else events[0]
    return Incident(tuple(event.iri for event in events), main.iri, counts, keys)


def _rank(event: Event, things: Things) -> tuple[int | str, ...]:
    """The smaller, the more an event tells: reports, place, parties, type, own day."""
    actors, recipients = event.party
    return (
        -len(event.stories),
        -(bool(event.place) + things.spots[event.place].fine),
        -(bool(actors) + bool(recipients)),
        -bool(event.kind),
        -event.own,
        event.first,
        event.iri,
    )
