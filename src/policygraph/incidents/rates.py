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

from collections import Counter
from collections.abc import Hashable, Mapping
from math import log

from policygraph.incidents.events import Events


def effective_days(by_day: Mapping[int, int]) -> float:
    """How many days the events are spread over, days with few of them counting little (inverse Simpson index).

    >>> effective_days({1: 50, 2: 50}), round(effective_days({1: 99, 400: 1}), 2)
    (2.0, 1.02)
    """
    squares = sum(number * number for number in by_day.values())
    return sum(by_day.values()) ** 2 / squares if squares else 1.0


class Rates:
    """Events a day in a graph by parties and type; narrower where actors or towns agree."""

    def __init__(self, events: Events) -> None:
        self._events = events
        self._codes = [kind[0] for kind in events.kinds.values]
        self._pairs = [events.countries_of((*actors, *recipients)) for actors, recipients in events.parties.values]
        days = effective_days(Counter(day for day, own in zip(events.first, events.own, strict=True) if own))
        counts: Counter[Hashable] = Counter()
        for row in range(len(events)):
            counts.update(self._keys(row))
        # Only what is common matters, which is a small part of all.
        self._logs = {key: log(number / days) for key, number in counts.items() if number > days}

    def _keys(self, row: int) -> tuple[Hashable, ...]:
        """What is counted of an event with its type: its countries, its actors, countries and place, place."""
        events = self._events
        code, party, place = self._codes[events.kind[row]], events.party[row], events.place[row]
        pair = self._pairs[party]
        return (pair, code), (party, code), (pair, code, place), (None, code, place)

    def crowd(self, a: int, b: int, same_place: bool, known: bool = True) -> float:
        """The logarithm of how many such events there are in a day, 0 where it is one or less.

        By actors if both events name the same, else by their countries; at their
        place only if it is the same. Where no side is `known` to agree, by place alone.
        """
        pair, party, placed, anybody = self._keys(a)
        if not known:
            return self._logs.get(anybody, 0.0)
        found = self._logs.get(pair, 0.0)
        if found and self._events.party[a] == self._events.party[b]:
            found = self._logs.get(party, 0.0)
        if found and same_place:
            found = min(found, self._logs.get(placed, 0.0))
        return found
