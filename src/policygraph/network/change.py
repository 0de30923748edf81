"""Change: a network in windows of time, and the difference between two networks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policygraph.errors import UnknownNameError, UsageError
from policygraph.iris import IRI
from policygraph.network.dates import Period, point, read_period
from policygraph.network.ties import arranged
from policygraph.table import Table

if TYPE_CHECKING:
    from policygraph.network.model import Network

STEPS = ("month", "quarter", "year")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_MOST_WINDOWS = 600
LEVELS = ("pair", "predicate")


def between(
    network: Network, since: str | dt.date | None, until: str | dt.date | None, *, overlap: str = "possible"
) -> Network:
    """The part of a network that falls into a period (see `project` for the arguments).

    Actors without a tie in the period are left out.
    """
    return _within(network, read_period(since, until, overlap))


def _within(network: Network, period: Period) -> Network:
    from policygraph.network.model import Network

    ties = network.ties
    rows = [row for row in range(len(ties)) if period.holds(ties.first[row], ties.last[row], bool(ties.own[row]))]
    kept = arranged(ties.take(rows))
    info = {node.iri: node for node in network.nodes}
    note = "" if rows else f"No ties between {period.since or '…'} and {period.until or '…'}."
    nodes = [info[iri] for iri in kept.nodes.values]
    return Network(ties=kept, nodes=nodes, projection=network.projection, reader=network.reader, note=note)


def windows(
    network: Network,
    every: str = "month",
    measures: str | Sequence[str] = ("degree",),
    *,
    overlap: str = "possible",
    engine: str = "auto",
) -> Table:
    """The table of centrality over windows of time.

    Args:
        network: the network.
        every: `month`, `quarter` or `year`.
        measures: names from `measures.MEASURES`.
        overlap: `possible` counts a tie in every window that it may fall into, `certain` only in one
            that holds it wholly.
        engine: `auto`, `igraph` or `networkx`.

    Returns:
        One row for each window and actor with a tie in it: window, ties in the window, actor, type,
        country, each measure and its rank, iri. Undated ties are in none; the note counts them.

    Raises:
        UnknownNameError: no such step or measure.
        UsageError: more than 600 windows.
    """
    if every not in STEPS:
        raise UnknownNameError("window", every, STEPS)
    undated = sum(1 for first, last in zip(network.ties.first, network.ties.last, strict=True) if not (first or last))
    columns: tuple[str, ...] = ()
    rows: list[tuple[object, ...]] = []
    for label, period in _steps(network, every, overlap):
        part = _within(network, period)
        if part.nodes:
            table = part.centrality(measures, engine=engine)
            columns = table.columns
            rows += [(label, len(part.ties), *row) for row in table.rows]
    note = f"{undated:,} ties without a date are in no window." if undated else ""
    return Table(("window", "ties", *columns), rows, title=f"{network.title} by {every}", note=note)


def _steps(network: Network, every: str, overlap: str) -> Iterator[tuple[str, Period]]:
    ties = network.ties
    days = [day for column in (ties.first, ties.last) for day in column if day]
    if not days:
        return
    first, last = dt.date.fromordinal(min(days)), dt.date.fromordinal(max(days))
    size = _MONTHS[every]
    start = (first.year * 12 + first.month - 1) // size * size
    end = last.year * 12 + last.month - 1
    if (end - start) // size >= _MOST_WINDOWS:
        raise UsageError(f"{first} to {last} makes more than {_MOST_WINDOWS} windows", hint="use a longer window")
    for month in range(start, end + 1, size):
        year, number = divmod(month, 12)
        closing = divmod(month + size - 1, 12)
        opening = point(f"{year:04}-{number + 1:02}")
        ending = point(f"{closing[0]:04}-{closing[1] + 1:02}")
        if opening and ending:
            yield _label(every, year, number), Period(opening[0], ending[1], overlap == "certain")


def _label(every: str, year: int, month: int) -> str:
    names = {"month": f"{year:04}-{month + 1:02}", "quarter": f"{year:04} Q{month // 3 + 1}", "year": f"{year:04}"}
    return names[every]


@dataclass(slots=True)
class _Bond:
    """Weight of a pair and its friendly less hostile weight."""

    weight: float = 0.0
    net: float = 0.0

    @property
    def sign(self) -> int:
        return (self.net > 0) - (self.net < 0)


def compare(before: Network, after: Network, *, by: str = "pair") -> Table:
    """What changed between two networks: two periods, two builds, two sets of sources.

    Args:
        before, after: networks of the same layer.
        by: `pair` adds up all ties of a pair; `predicate` tells predicates and modalities apart.

    Returns:
        One row a changed pair, the largest change first: source, target, predicate, change (`new`,
        `gone`, `changed sign`, `stronger`, `weaker`), weight before and after, their difference,
        sign before and after, IRIs. Unchanged pairs are left out; the note counts them.

    Raises:
        UnknownNameError: no such level.
        UsageError: the networks show different layers.
    """
    if by not in LEVELS:
        raise UnknownNameError("level of comparison", by, LEVELS)
    if before.projection.layer != after.projection.layer:
        raise UsageError(
            f"the layers {before.projection.layer} and {after.projection.layer} cannot be compared",
            hint="project both networks with the same layer",
        )
    old, new = _bonds(before, by), _bonds(after, by)
    labels = {node.iri: node.label for network in (before, after) for node in network.nodes}
    rows = []
    for key in sorted({*old, *new}):
        a, b = old.get(key, _Bond()), new.get(key, _Bond())
        change = _change(a, b)
        if change:
            source, target, predicate = key[0], key[1], key[2] or None
            weights = (a.weight, b.weight, b.weight - a.weight, a.sign, b.sign)
            rows.append((labels[source], labels[target], predicate, change, *weights, IRI(source), IRI(target)))
    rows.sort(key=lambda row: (-abs(row[6]), row[0], row[1], row[2] or ""))
    columns = (
        "source", "target", "predicate", "change", "before", "after", "difference", "sign_before", "sign_after",
        "source_iri", "target_iri",
    )  # fmt: skip
    same = len({*old, *new}) - len(rows)
    return Table(columns, rows, title=f"Changes in {after.projection.layer}", note=f"{same:,} unchanged.")


def _bonds(network: Network, by: str) -> dict[tuple[str, str, str, str], _Bond]:
    ties = network.ties
    found: dict[tuple[str, str, str, str], _Bond] = {}
    iris = [node.iri for node in network.nodes]
    for row in range(len(ties)):
        predicate = ties.predicates.values[ties.predicate[row]] if by == "predicate" else ""
        modality = ties.modalities.values[ties.modality[row]] if by == "predicate" else ""
        key = (iris[ties.source[row]], iris[ties.target[row]], predicate, modality)
        bond = found.setdefault(key, _Bond())
        bond.weight += ties.weight[row]
        bond.net += ties.weight[row] * ties.sign[row]
    return found


def _change(a: _Bond, b: _Bond) -> str:
    if not a.weight:
        return "new"
    if not b.weight:
        return "gone"
    if a.sign * b.sign < 0:
        return "changed sign"
    if abs(a.weight - b.weight) <= 1e-9 * max(a.weight, b.weight):
        return ""
    return "stronger" if b.weight > a.weight else "weaker"


def compare_ranks(before: Network, after: Network, by_measure: str = "pagerank", *, engine: str = "auto") -> Table:
    """How actors moved between two networks by one measure.

    Returns:
        One row an actor, the furthest moved first: value and rank before and after, and how many ranks
        it rose (negative: fell); None where it is in one network only.
    """
    tables = [network.centrality(by_measure, engine=engine) for network in (before, after)]
    found = [{row[-1]: row for row in table.rows} for table in tables]
    rows = [_moved(found[0].get(iri), found[1].get(iri)) for iri in sorted({*found[0], *found[1]})]
    rows.sort(key=lambda row: (row[7] is None, -abs(row[7] or 0), row[0], row[-1]))
    columns = (
        "actor", "type", "change", f"{by_measure}_before", f"{by_measure}_after", "rank_before", "rank_after", "rose",
        "iri",
    )  # fmt: skip
    return Table(columns, rows, title=f"Moves by {by_measure}")


def _moved(before: tuple[Any, ...] | None, after: tuple[Any, ...] | None) -> tuple[Any, ...]:
    """A row of `compare_ranks` from the actor's rows in the two tables of centrality."""
    known = after or before or ()
    values = [row[3] if row else None for row in (before, after)]
    ranks: list[Any] = [row[4] if row else None for row in (before, after)]
    rose = None if None in ranks else ranks[0] - ranks[1]
    change = "new" if before is None else "gone" if after is None else "up" if rose else "same"
    if rose and rose < 0:
        change = "down"
    return (known[0], known[1], change, *values, *ranks, rose, known[-1])
