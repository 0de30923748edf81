"""Counts what an import met, and names the first bad lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from policygraph.errors import DataError

_NAMED = 20


class UnusableRowError(DataError):
    """A row cannot be used; the message says why."""


@dataclass
class Tally:
    """Rows taken and left out, by reason. With `strict` the first bad line stops the import.

    >>> tally = Tally()
    >>> tally.bad("a.csv:7", "60 columns, expected 61")
    >>> print(tally.summary())
    0 events; 1 line left out (60 columns, expected 61: 1)
    """

    strict: bool = False
    events: int = 0
    withdrawn: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    named: list[str] = field(default_factory=list)

    def bad(self, where: str, reason: str) -> None:
        """A line cannot be used.

        Raises:
            DataError: the import is strict.
        """
        if self.strict:
            raise DataError(reason, where=where, hint="mend the line, or import without --strict to leave it out")
        self.passed_over(where, reason)

    def passed_over(self, where: str, reason: str) -> None:
        """A line is sound but nothing to import, which stops no import."""
        self.left_out[reason] += 1
        if len(self.named) < _NAMED:
            self.named.append(f"{where}: {reason}")

    def mended(self, reason: str) -> None:
        """A line was used after mending."""
        self.changed[reason] += 1

    def add(self, other: Tally) -> None:
        """Take over what another part of the import counted."""
        self.events += other.events
        self.withdrawn += other.withdrawn
        self.left_out += other.left_out
        self.changed += other.changed
        self.named = (self.named + other.named)[:_NAMED]

    def to_plain(self) -> dict[str, Any]:
        """The counts as JSON can hold them."""
        counts = {"events": self.events, "withdrawn": self.withdrawn}
        return counts | {"left_out": self.left_out, "changed": self.changed, "named": self.named}

    def take(self, told: Mapping[str, Any]) -> None:
        """Take the place of what was counted so far by counts from `to_plain`.

        >>> tally = Tally(events=1)
        >>> tally.take(Tally(events=3, withdrawn=1).to_plain())
        >>> print(tally.summary())
        3 events; 1 taken back
        """
        self.events, self.withdrawn = told["events"], told["withdrawn"]
        self.left_out, self.changed = Counter(told["left_out"]), Counter(told["changed"])
        self.named = list(told["named"])

    def summary(self) -> str:
        """One line for the user."""
        parts = [f"{self.events:,} event{'' if self.events == 1 else 's'}"]
        if self.withdrawn:
            parts.append(f"{self.withdrawn:,} taken back")
        for counter, one, many in (
            (self.left_out, "line left out", "lines left out"),
            (self.changed, "line mended", "lines mended"),
        ):
            if number := counter.total():
                reasons = ", ".join(f"{reason}: {count:,}" for reason, count in counter.most_common())
                parts.append(f"{number:,} {one if number == 1 else many} ({reasons})")
        return "; ".join(parts)
