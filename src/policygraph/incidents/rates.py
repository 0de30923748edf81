"""How often the same parties do the same thing: what it is worth that two reports agree on it.

That two reports of one day agree on a pair and an act says much where the pair acts so
once a year, and little where it does so fifty times a day: then there are fifty events
that either may be about. So the odds that two reports are of one event are divided by
the usual number of such events in a day, where that is more than one (the adjustment for
frequent values of record linkage; Winkler, "Frequency-based matching", 2000). The usual
number is taken over all days of the graph, so that one day with many reports of one
event does not make the event look common.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from math import log

from policygraph.incidents.events import Event, Party, Things, Told
from policygraph.recent import Recent

#: Cells of a rough count, by which most of what is rare is passed over before anything is counted by itself.
_CELLS = 1 << 22
#: Parties whose countries are kept.
_KEPT = 100_000
Keys = tuple[Hashable, ...]


def effective_days(by_day: Mapping[int, int]) -> float:
    """How many days the events are spread over, days with few of them counting little (inverse Simpson index).

    >>> effective_days({1: 50, 2: 50}), round(effective_days({1: 99, 400: 1}), 2)
    (2.0, 1.02)
    """
    squares = sum(number * number for number in by_day.values())
    return sum(by_day.values()) ** 2 / squares if squares else 1.0


class Rates:
    """Events a day in a graph by parties and type; narrower where actors or towns agree.

    The events are gone through twice. The first time, what is to be counted falls
    into cells, many things into one; the second time, only what falls into a cell
    with enough in it is counted. So the counts are exact, and memory depends on
    how many events there are in a day, not on how many there are.
    """

    def __init__(self, things: Things, events: Callable[[], Iterable[Told]]) -> None:
        self._things = things
        self._codes = [kind[0] for kind in things.kinds.values]
        self._pairs = Recent[Party, frozenset[str]](_KEPT)
        by_day: Counter[int] = Counter()
        cells = array("L", bytes(_CELLS * array("L").itemsize))
        for told in events():
            by_day[told.first] += told.own
            for key in self._keys(told.party, told.kind, told.place):
                cells[hash(key) % _CELLS] += 1
        days = effective_days(by_day)
        counts: Counter[Hashable] = Counter()
        for told in events():
            for key in self._keys(told.party, told.kind, told.place):
                if cells[hash(key) % _CELLS] > days:
                    counts[key] += 1
        # Only what is common matters, which is a small part of all.
        self._logs = {key: log(number / days) for key, number in counts.items() if number > days}

    def _keys(self, party: Party, kind: int, place: int) -> Keys:
        """What is counted of an event with its type: its countries, its actors, countries and place, place."""
        code, pair = self._codes[kind], self._pairs.get(party)
        if pair is None:
            pair = self._pairs.keep(party, self._things.countries_of((*party[0], *party[1])))
        return (pair, code), (party, code), (pair, code, place), (None, code, place)

    def crowd(self, a: Event, b: Event, same_place: bool, known: bool = True) -> float:
        """The logarithm of how many such events there are in a day, 0 where it is one or less.

        By actors if both events name the same, else by their countries; at their
        place only if it is the same. Where no side is `known` to agree, by place alone.
        """
        pair, party, placed, anybody = self._keys(a.party, a.kind, a.place)
        if not known:
            return self._logs.get(anybody, 0.0)
        found = self._logs.get(pair, 0.0)
        if found and a.party == b.party:
            found = self._logs.get(party, 0.0)
        if found and same_place:
            found = min(found, self._logs.get(placed, 0.0))
        return found
