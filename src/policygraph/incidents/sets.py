"""Sets of events that are taken to be one, each given out and forgotten when nothing can join it any more."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.incidents.events import Event

#: For events that others can join however much later they begin.
NEVER = 10**9


class Sets:
    """Which events belong together (union-find); the first event of each set stands for it.

    Events are added in the order of their first days. A set is finished when the
    day is past on which a further event could be one with any of its members.
    """

    def __init__(self) -> None:
        self._due: dict[int, list[Event]] = {}
        self._added = 0

    def add(self, event: Event, until: int) -> None:
        """A further event, by itself; `until` is the last day on which another that is the same can begin."""
        event.order, event.until = self._added, until
        self._added += 1
        self._due.setdefault(until, []).append(event)

    @staticmethod
    def top(event: Event) -> Event:
        """The event that stands for the set of an event."""
        while event.parent is not None:
            if event.parent.parent is not None:
                event.parent = event.parent.parent
            event = event.parent
        return event

    def join(self, one: Event, other: Event) -> Event:
        """Put the sets of two events together; gives the event that stands for both."""
        low, high = self.top(one), self.top(other)
        if low is high:
            return low
        if low.order > high.order:
            low, high = high, low
        low.members = low.members or [low]
        low.members += high.members or [high]
        low.left += high.left
        high.parent, high.members = low, None
        return low

    def finished(self, day: int) -> Iterator[list[Event]]:
        """The sets that nothing which begins on `day` or later can join, members in the order they were added."""
        for until in sorted(due for due in self._due if due < day):
            for event in self._due.pop(until):
                top = self.top(event)
                top.left -= 1
                if not top.left:
                    members = sorted(top.members or [top], key=lambda member: member.order)
                    for member in members:
                        member.parent = member.members = None
                    yield members
