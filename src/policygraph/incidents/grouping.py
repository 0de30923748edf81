"""Merges events into incidents by a strategy.

Both methods are near linear in the number of events. By key: events that agree
in all parts of a key are one, within so many days of the first. By odds: events
that are equal in all that is compared are put together first; of what is left,
only those that share a block are compared, a bounded number of each; pairs
above even odds are then joined, the likeliest first, as long as the whole that
comes of it holds together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import chain, product

from policygraph.incidents.events import Events, Party
from policygraph.incidents.likeness import SLACK, Likeness
from policygraph.incidents.strategies import Strategy

#: Events of a block that each event is compared with at most.
NEIGHBOURS = 24
Rows = list[int]
Keys = Callable[[int], Iterable[Hashable]]


def group(events: Events, chosen: Strategy) -> list[Rows]:
    """Rows of events, those of one incident together; every event is in exactly one group.

    Groups and rows stand in the order of the events.
    """
    joined = Joined(len(events))
    if chosen.method == "key":
        _by_key(events, chosen, joined)
    else:
        _by_odds(events, chosen, joined)
    return joined.groups()


class Joined:
    """Which rows belong together (union-find); the first row of each set stands for it."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def top(self, row: int) -> int:
        """The row that stands for the set of a row."""
        parent = self._parent
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    def join(self, one: int, other: int) -> None:
        """Put the sets of two rows together.

        >>> joined = Joined(3)
        >>> joined.join(2, 0)
        >>> joined.groups()
        [[0, 2], [1]]
        """
        low, high = sorted((self.top(one), self.top(other)))
        self._parent[high] = low

    def groups(self) -> list[Rows]:
        """All sets, in the order of their first rows."""
        found: dict[int, Rows] = {}
        for row in range(len(self._parent)):
            found.setdefault(self.top(row), []).append(row)
        return list(found.values())


# --- by key --------------------------------------------------------------------


def _by_key(events: Events, chosen: Strategy, joined: Joined) -> None:
    blocks: dict[Hashable, Rows] = {}
    parts = [_PARTS[part](events) for part in chosen.key]
    for row in range(len(events)):
        if events.party[row]:
            for key in product(*(part(row) for part in parts)):
                blocks.setdefault(key, []).append(row)
    for rows in blocks.values():
        for run in _runs(events, rows, chosen.days) if chosen.days else (rows,):
            for row in run[1:]:
                joined.join(run[0], row)


def _runs(events: Events, rows: Rows, days: int) -> Iterator[Rows]:
    """Rows in stretches of days; each begins with the first day that the last did not reach."""
    run: Rows = []
    for row in sorted(rows, key=lambda row: (events.first[row], row)):
        if run and events.first[row] > events.first[run[0]] + days:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _days(events: Events) -> Keys:
    return lambda row: ((events.first[row], events.last[row]),) if events.first[row] else ()


def _type(events: Events) -> Keys:
    codes = [kind[0] for kind in events.kinds.values]
    return lambda row: (codes[events.kind[row]],)


def _countries(events: Events) -> list[tuple[Hashable, Hashable]]:
    """Who acts and who receives, by country; by name where no country is known."""

    def side(entities: tuple[int, ...]) -> Hashable:
        return events.countries_of(entities) or frozenset(events.entities.values[e] for e in entities)

    return [(side(a), side(b)) for a, b in events.parties.values]


def _dyad(events: Events) -> Keys:
    found = _countries(events)
    return lambda row: (found[events.party[row]],)


def _pair(events: Events) -> Keys:
    found = [frozenset(sides) for sides in _countries(events)]
    return lambda row: (found[events.party[row]],)


def _story(events: Events) -> Keys:
    keys = [("text", s.text) if s.text else ("title", s.title) if s.title else ("", s.key) for s in events.reports]
    return lambda row: dict.fromkeys(keys[at] for at in events.stories[row])


_PARTS: dict[str, Callable[[Events], Keys]] = {
    "days": _days,
    "type": _type,
    "kind": lambda events: lambda row: (events.kind[row],),
    "party": lambda events: lambda row: (events.party[row],),
    "place": lambda events: lambda row: (events.place[row],),
    "dyad": _dyad,
    "pair": _pair,
    "story": _story,
}


# --- by odds -------------------------------------------------------------------


def _by_odds(events: Events, chosen: Strategy, joined: Joined) -> None:
    alike = Likeness(events, chosen)
    rows = _distinct(events, joined, chosen, alike)
    pairs = []
    for a, b in _candidates(events, rows, chosen.days):
        odds = alike.odds(a, b)
        if odds is not None and odds >= chosen.even:
            pairs.append((-odds, a, b))
    pairs.sort()
    _join(pairs, alike, chosen, joined)


def _distinct(events: Events, joined: Joined, chosen: Strategy, alike: Likeness) -> Rows:
    """One row of each that is equal in all that is compared; the others are joined to it, if equals are one event."""
    first: dict[Hashable, int] = {}
    rows: Rows = []
    for row in range(len(events)):
        if not events.first[row]:
            continue
        key = (events.first[row], events.last[row], events.kind[row], events.party[row], events.place[row])
        before = first.setdefault(key, row)
        if before == row:
            rows.append(row)
            continue
        odds = alike.odds(before, row)
        if odds is not None and odds >= chosen.even:
            joined.join(before, row)
        else:
            rows.append(row)
    return rows


def _candidates(events: Events, rows: Rows, days: int) -> Iterator[tuple[int, int]]:
    """Pairs of rows that share a block and are near in time, a bounded number for each row; some come twice."""
    for block in chain(_fine_blocks(events, rows), _wide_blocks(events, rows)):
        block.sort(key=lambda row: (events.first[row], events.place[row], events.kind[row], row))
        for at, a in enumerate(block):
            until = events.last[a] + days
            for b in block[at + 1 : at + 1 + NEIGHBOURS]:
                if events.first[b] > until:
                    break
                yield (a, b) if a < b else (b, a)


def _fine_blocks(events: Events, rows: Rows) -> Iterator[Rows]:
    """Rows that share a story, or a type and a town: by its name, and by a cell of half a degree."""
    blocks: dict[Hashable, Rows] = defaultdict(list)
    codes = [kind[0] for kind in events.kinds.values]
    for row in rows:
        for story in events.stories[row]:
            blocks[story].append(row)
        spot = events.spots[events.place[row]]
        if spot.fine:
            kind = codes[events.kind[row]]
            blocks[spot.country, spot.name, kind].append(row)
            if spot.latitude is not None and spot.longitude is not None:
                blocks[round(spot.latitude * 2), round(spot.longitude * 2), kind].append(row)
    yield from (block for block in blocks.values() if len(block) > 1)


def _wide_blocks(events: Events, rows: Rows) -> Iterator[Rows]:
    """Rows whose parties are of the same two countries, whichever way; where these are many, also by type."""
    blocks: dict[Hashable, Rows] = defaultdict(list)
    codes = [kind[0] for kind in events.kinds.values]
    keys = [_party_keys(events, party) for party in events.parties.values]
    for row in rows:
        for key in keys[events.party[row]]:
            blocks[key].append(row)
    for block in blocks.values():
        if len(block) > NEIGHBOURS:
            by_type: dict[str, Rows] = defaultdict(list)
            for row in block:
                by_type[codes[events.kind[row]]].append(row)
            yield from by_type.values()
        if len(block) > 1:
            yield block


def _party_keys(events: Events, party: Party) -> list[Hashable]:
    """Every pair of countries of the two sides; where one side is empty, all pairs within the other, or the one."""
    one, other = (
        sorted(events.countries_of(side)) or [events.entities.values[entity] for entity in side] for side in party
    )
    if one and other:
        return list(dict.fromkeys(frozenset(pair) for pair in product(one, other)))
    alone = one or other
    pairs = [frozenset(pair) for pair in product(alone, alone) if len(set(pair)) == 2]
    return list(dict.fromkeys(pairs)) or [frozenset(alone)]


def _join(pairs: list[tuple[float, int, int]], alike: Likeness, chosen: Strategy, joined: Joined) -> None:
    """Join pairs, the likeliest first, if the rows that stand for the two sets may be one as well."""
    events = alike.events
    # The last first day and the first last day of each set: what its members must all be near.
    span: dict[int, tuple[int, int]] = {}
    for _, a, b in pairs:
        top, top2 = joined.top(a), joined.top(b)
        if top == top2:
            continue
        one = span.get(top, (events.first[top], events.last[top]))
        other = span.get(top2, (events.first[top2], events.last[top2]))
        first, last = max(one[0], other[0]), min(one[1], other[1])
        odds = alike.odds(top, top2)
        if first - last > chosen.days or odds is None or odds < chosen.even - SLACK:
            continue
        joined.join(top, top2)
        span[min(top, top2)] = (first, last)
