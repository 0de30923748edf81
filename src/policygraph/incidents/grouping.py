"""Merges events into incidents by a strategy, in one pass through time.

Events come day by day, and are forgotten when no later event can be one with
them, so that time is in step with the number of events and memory with the
number of a few days. By key: events that agree in all parts of a key are one,
within so many days of the first. By odds: events of one day that are equal in
all that is compared are put together first; each of the others is compared with
earlier ones that share a block, a bounded number in each; pairs above even odds
are then joined, those of a day in the order of their odds, as long as the whole
that comes of it holds together.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import product

from policygraph.incidents.blocks import Blocks
from policygraph.incidents.events import Event, Things
from policygraph.incidents.likeness import SLACK, Likeness
from policygraph.incidents.sets import NEVER, Sets
from policygraph.incidents.strategies import Strategy

#: A day, and the events that begin on it, in an order that does not depend on how they were read.
Day = tuple[int, Iterable[Event]]
Keys = Callable[[Event], Iterable[Hashable]]


# --- by key --------------------------------------------------------------------


def by_key(days: Iterable[Day], things: Things, chosen: Strategy) -> Iterator[list[Event]]:
    """Events of one key together; every event is in exactly one group."""
    sets = Sets()
    parts = [_PARTS[part](things) for part in chosen.key]
    # A story is one whenever it is told.
    forever = "story" in chosen.key
    runs: dict[Hashable, Event] = {}
    for day, events in days:
        yield from sets.finished(day)
        if not forever:
            runs = {key: event for key, event in runs.items() if event.until >= day}
        for event in events:
            sets.add(event, NEVER if forever else day + chosen.days)
            if event.party != ((), ()):
                for key in product(*(part(event) for part in parts)):
                    begin = runs.setdefault(key, event)
                    if begin is not event:
                        sets.join(begin, event)
    yield from sets.finished(NEVER + 1)


def _days(_: Things) -> Keys:
    return lambda event: ((event.first, event.last),) if event.first else ()


def _type(things: Things) -> Keys:
    codes = [kind[0] for kind in things.kinds.values]
    return lambda event: (codes[event.kind],)


def _sides(things: Things) -> Callable[[Event], tuple[Hashable, Hashable]]:
    """Who acts and who receives, by country; by name where no country is known."""

    def side(entities: tuple[int, ...]) -> Hashable:
        return things.countries_of(entities) or frozenset(things.entities.values[e] for e in entities)

    return lambda event: (side(event.party[0]), side(event.party[1]))


def _dyad(things: Things) -> Keys:
    sides = _sides(things)
    return lambda event: (sides(event),)


def _pair(things: Things) -> Keys:
    sides = _sides(things)
    return lambda event: (frozenset(sides(event)),)


def _story(_: Things) -> Keys:
    return lambda event: dict.fromkeys(
        ("text", s.text) if s.text else ("title", s.title) if s.title else ("", s.key) for s in event.stories
    )


_PARTS: dict[str, Callable[[Things], Keys]] = {
    "days": _days,
    "type": _type,
    "kind": lambda _: lambda event: (event.kind,),
    "party": lambda _: lambda event: (event.party,),
    "place": lambda _: lambda event: (event.place,),
    "dyad": _dyad,
    "pair": _pair,
    "story": _story,
}


# --- by odds -------------------------------------------------------------------


def by_odds(days: Iterable[Day], alike: Likeness, blocks: Blocks) -> Iterator[list[Event]]:
    """Events that are likely one together; every event is in exactly one group."""
    chosen, sets = alike.chosen, Sets()
    spans: dict[Event, tuple[int, int]] = {}
    for day, events in days:
        yield from _closed(sets, day, spans)
        blocks.forget(day)
        new = []
        for event in events:
            sets.add(event, event.last + chosen.days if day else 0)
            new.append(event)
        pairs = []
        for event in _distinct(new, sets, alike) if day else ():
            for before in blocks.neighbours(event):
                odds = alike.odds(before, event, chosen.even)
                if odds is not None:
                    pairs.append((-odds, before.order, event.order, before, event))
        pairs.sort()
        for *_, before, event in pairs:
            _join(before, event, sets, spans, alike)
    yield from _closed(sets, NEVER, spans)


def _closed(sets: Sets, day: int, spans: dict[Event, tuple[int, int]]) -> Iterator[list[Event]]:
    for members in sets.finished(day):
        spans.pop(members[0], None)
        yield members


def _distinct(events: list[Event], sets: Sets, alike: Likeness) -> Iterator[Event]:
    """One event of each that is equal in all that is compared; the others are joined to it, if equals are one event."""
    first: dict[Hashable, Event] = {}
    for event in events:
        before = first.setdefault((event.last, event.kind, event.party, event.place), event)
        if before is not event and alike.odds(before, event, alike.chosen.even) is not None:
            sets.join(before, event)
        else:
            yield event


def _join(a: Event, b: Event, sets: Sets, spans: dict[Event, tuple[int, int]], alike: Likeness) -> None:
    """Join two events, if those that stand for their sets may be one as well.

    `spans` holds the last first day and the first last day of each set: what its
    members must all be near.
    """
    top, top2 = sets.top(a), sets.top(b)
    if top is top2:
        return
    one, other = spans.get(top, (top.first, top.last)), spans.get(top2, (top2.first, top2.last))
    first, last = max(one[0], other[0]), min(one[1], other[1])
    if first - last > alike.chosen.days:
        return
    if alike.odds(top, top2, alike.chosen.even - SLACK) is None:
        return
    spans.pop(top, None)
    spans.pop(top2, None)
    spans[sets.join(top, top2)] = (first, last)
