"""Ties: one row for each statement that links two nodes, kept as columns of numbers.

A tie is the smallest thing a network is made of; edges add ties up, resampling
draws them again, and windows of time select them. A hundred thousand ties take
about ten megabytes besides the IRIs of their claims.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import nan


@dataclass(slots=True)
class Names:
    """Strings numbered in the order in which they are first met."""

    values: list[str] = field(default_factory=list)
    _at: dict[str, int] = field(default_factory=dict)

    def number(self, value: str) -> int:
        """The number of a string, a new one for a new string.

        >>> names = Names()
        >>> names.number("a"), names.number("b"), names.number("a")
        (0, 1, 0)
        """
        at = self._at.get(value)
        if at is None:
            at = self._at[value] = len(self.values)
            self.values.append(value)
        return at


def _ints() -> array[int]:
    return array("q")


def _floats() -> array[float]:
    return array("d")


@dataclass(slots=True)
class Ties:
    """Columns of equal length, one row a tie.

    `source` and `target` are numbers of nodes (IRIs in `nodes`), `first` and
    `last` day numbers (0 unknown, see `own` for whose date it is), `score` is nan
    where there is none. `unit` numbers the statement: ties of one event share
    it. `claims` holds the IRIs of the claims, records or documents behind a tie.
    """

    nodes: Names = field(default_factory=Names)
    predicates: Names = field(default_factory=Names)
    modalities: Names = field(default_factory=Names)
    documents: Names = field(default_factory=Names)
    units: Names = field(default_factory=Names)
    source: array[int] = field(default_factory=_ints)
    target: array[int] = field(default_factory=_ints)
    predicate: array[int] = field(default_factory=_ints)
    modality: array[int] = field(default_factory=_ints)
    document: array[int] = field(default_factory=_ints)
    unit: array[int] = field(default_factory=_ints)
    sign: array[int] = field(default_factory=_ints)
    first: array[int] = field(default_factory=_ints)
    last: array[int] = field(default_factory=_ints)
    own: array[int] = field(default_factory=_ints)
    weight: array[float] = field(default_factory=_floats)
    score: array[float] = field(default_factory=_floats)
    confidence: array[float] = field(default_factory=_floats)
    claims: list[tuple[str, ...]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.source)

    def add(
        self,
        ends: tuple[str, str],
        *,
        predicate: str,
        modality: str,
        document: str,
        unit: str,
        claims: tuple[str, ...],
        sign: int = 0,
        score: float = nan,
        dates: tuple[int, int, bool] = (0, 0, False),
        confidence: float = 1.0,
    ) -> None:
        """Append a tie; its weight is 1 until it is weighed."""
        self.source.append(self.nodes.number(ends[0]))
        self.target.append(self.nodes.number(ends[1]))
        self.predicate.append(self.predicates.number(predicate))
        self.modality.append(self.modalities.number(modality))
        self.document.append(self.documents.number(document))
        self.unit.append(self.units.number(unit))
        self.sign.append(sign)
        self.first.append(dates[0])
        self.last.append(dates[1])
        self.own.append(int(dates[2]))
        self.weight.append(1.0)
        self.score.append(score)
        self.confidence.append(confidence)
        self.claims.append(claims)

    def take(self, rows: Sequence[int]) -> Ties:
        """The ties at these positions, with the same numbering of names."""
        taken = Ties(self.nodes, self.predicates, self.modalities, self.documents, self.units)
        for name in _INT_COLUMNS:
            column = getattr(self, name)
            setattr(taken, name, array("q", [column[row] for row in rows]))
        for name in _FLOAT_COLUMNS:
            column = getattr(self, name)
            setattr(taken, name, array("d", [column[row] for row in rows]))
        taken.claims = [self.claims[row] for row in rows]
        return taken


_INT_COLUMNS = ("source", "target", "predicate", "modality", "document", "unit", "sign", "first", "last", "own")
_FLOAT_COLUMNS = ("weight", "score", "confidence")


def arranged(ties: Ties) -> Ties:
    """The same ties with nodes, and then rows, in alphabetical order: independent of the order of a scan."""
    order = sorted(set(ties.source) | set(ties.target), key=ties.nodes.values.__getitem__)
    nodes = Names()
    moved = [0] * len(ties.nodes.values)
    for old in order:
        moved[old] = nodes.number(ties.nodes.values[old])
    result = ties.take(_in_order(ties, moved))
    result.nodes = nodes
    result.source = array("q", [moved[n] for n in result.source])
    result.target = array("q", [moved[n] for n in result.target])
    return result


def _in_order(ties: Ties, moved: Sequence[int]) -> list[int]:
    """Rows by source and target, and within a pair by predicate, claims and document."""
    n = len(moved)
    pairs = [moved[s] * n + moved[t] for s, t in zip(ties.source, ties.target, strict=True)]
    predicates, documents = ties.predicates.values, ties.documents.values

    def within(row: int) -> tuple[str, tuple[str, ...], str]:
        return predicates[ties.predicate[row]], ties.claims[row], documents[ties.document[row]]

    found: list[int] = []
    for _, rows in groupby(sorted(range(len(pairs)), key=pairs.__getitem__), key=pairs.__getitem__):
        same = list(rows)
        found += sorted(same, key=within) if len(same) > 1 else same
    return found
