"""Which earlier events an event is compared with: those that share a block, a bounded number in each.

Blocks are stories; a type with a town, by its name and by a cell of half a
degree; a type with the countries of the parties, whichever way. Events of
other data sets, and of articles, are also looked for by the countries alone:
another coder may call the act by another type. Within one data set another
type is another act, which only a common story or town can outweigh.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from itertools import product

from policygraph.incidents.events import Event, Party, Things
from policygraph.recent import Recent

#: Earlier events of a block that each event is compared with at most: the last ones.
NEIGHBOURS = 24
#: Parties whose pairs of countries are kept.
_KEPT = 100_000
Pair = tuple[int, int]


class Blocks:
    """The latest events by what they have in common.

    `sources` are those of all events: data sets, and an empty one for articles and tables.
    """

    def __init__(self, things: Things, sources: Collection[str]) -> None:
        self._things = things
        self._codes = [kind[0] for kind in things.kinds.values]
        self._sources = sorted(f"={source}" for source in sources)
        self._rows: dict[Hashable, list[Event]] = {}
        self._added = 0
        self._pairs = Recent[Party, tuple[Pair, ...]](_KEPT)
        self._countries = {code: -n for n, code in enumerate(sorted({c for some in things.countries for c in some}), 1)}

    def neighbours(self, event: Event) -> Iterable[Event]:
        """Earlier events that may be the same as an event, which is put into its blocks."""
        rows, first = self._rows, event.first
        found: dict[Event, None] = {}
        near, source = self._near(event), f"={event.source}"
        pairs = self._pairs_of(event.party)
        # Articles and tables are many sources.
        apart = [other for other in self._sources if other != source or other == "="]
        for key in (*near, *((*pair, other) for pair in pairs for other in apart)):
            for before in rows.get(key, ()):
                if before.until >= first:
                    found[before] = None
        for key in near:
            self._put(key, event)
        if len(self._sources) > 1 or source == "=":
            for pair in pairs:
                self._put((*pair, source), event)
        return found

    def _near(self, event: Event) -> list[Hashable]:
        code = self._codes[event.kind]
        keys: list[Hashable] = [story.key for story in event.stories]
        spot = self._things.spots[event.place]
        if spot.fine:
            keys.append((spot.country, spot.name, code))
            if spot.latitude is not None and spot.longitude is not None:
                keys.append((round(spot.latitude * 2), round(spot.longitude * 2), "", code))
        keys += [(*pair, code) for pair in self._pairs_of(event.party)]
        return keys

    def _put(self, key: Hashable, event: Event) -> None:
        block = self._rows.get(key)
        if block is None:
            self._rows[key] = [event]
            self._added += 1
            return
        block.append(event)
        if len(block) > NEIGHBOURS:
            del block[0]

    def forget(self, day: int) -> None:
        """Drop blocks of which nothing can be the same as what begins on a day; seldom, so that it costs little."""
        if self._added * 4 > len(self._rows):
            past = [key for key, block in self._rows.items() if all(event.until < day for event in block)]
            for key in past:
                del self._rows[key]
            self._added = 0

    def _pairs_of(self, party: Party) -> tuple[Pair, ...]:
        found = self._pairs.get(party)
        return self._pairs.keep(party, tuple(self._find_pairs(party))) if found is None else found

    def _find_pairs(self, party: Party) -> Iterable[Pair]:
        """Every pair of countries of the two sides; where one side is empty, all pairs within the other, or the one."""
        number = self._countries
        one, other = (
            sorted(number[country] for country in self._things.countries_of(side)) or list(side) for side in party
        )
        if one and other:
            return dict.fromkeys((min(pair), max(pair)) for pair in product(one, other))
        alone = one or other
        pairs = dict.fromkeys((min(pair), max(pair)) for pair in product(alone, alone) if len(set(pair)) == 2)
        return pairs or [(n, n) for n in alone[:1]]
