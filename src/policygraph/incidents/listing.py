"""Incidents as a table: what happened, when, on how many reports it rests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph import iris
from policygraph.errors import UsageError
from policygraph.incidents.model import Incident, group_incidents
from policygraph.incidents.reports import day_number
from policygraph.incidents.stored import read_incidents
from policygraph.incidents.strategies import DEFAULT, strategy
from policygraph.scanning import quads
from policygraph.table import Table

if TYPE_CHECKING:
    from policygraph.interfaces import GraphReader

COLUMNS = ("incident", "first", "last", "evidence", "sources", "copies", "reports", "events", "event", "group")


def list_incidents(
    reader: GraphReader,
    name: str | None = None,
    *,
    since: str | dt.date | None = None,
    until: str | dt.date | None = None,
    days: int | None = None,
    min_sources: int = 1,
    single: bool = False,
    limit: int | None = None,
) -> Table:
    """The incidents of a graph, those with most independent sources first.

    Args:
        reader: the graph.
        name: the strategy to merge by now; None takes what stands in the graph, or merges by `near` where nothing does.
        since: first day, counted in; an incident that touches the period is in.
        until: last day, counted in.
        days: days between reports of one incident, instead of the strategy's own.
        min_sources: leave out what rests on fewer independent sources.
        single: also those that merge nothing, one event on one report.
        limit: at most so many rows.

    Raises:
        UnknownNameError: no such strategy.
        UsageError: a day that is none, or days that the strategy has no use for.
    """
    span = _Span(_day("since", since), _day("until", until))
    label, found = ("", []) if name or days is not None or single else read_incidents(reader)
    alone = 0
    if not found:
        grouped = group_incidents(reader, strategy(name or DEFAULT, days))
        label, found = grouped.strategy.label, [i for i in grouped.incidents if single or i.merged]
        alone = len(grouped.incidents) - len(found)
    bounds = _bounds(reader, found)
    kept = [i for i in found if i.counts.sources >= min_sources and span.holds(*bounds[i.main])]
    kept.sort(key=lambda i: (-i.counts.sources, -i.counts.reports, -len(i.events), bounds[i.main], i.events))
    rows = [_row(reader, incident, bounds[incident.main]) for incident in kept[:limit]]
    return Table(COLUMNS, rows, title="Incidents", note=_note(label, len(kept), len(rows), alone, single))


def _note(label: str, found: int, shown: int, alone: int, single: bool) -> str:
    """How many there are, by which strategy, and what is not shown."""
    what = "" if single else " on several events or reports"
    parts = [f"{found:,} incident{'' if found == 1 else 's'}{what}, by {label}"]
    parts += [f"the first {shown:,} shown"] if shown < found else []
    parts += [f"{alone:,} more stand alone"] if alone else []
    return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class _Span:
    since: int | None
    until: int | None

    def holds(self, first: int, last: int) -> bool:
        """Whether something from one day to another touches the period; what has no day touches only an open one."""
        if self.since is None and self.until is None:
            return True
        return (
            bool(first) and (self.until is None or first <= self.until) and (self.since is None or last >= self.since)
        )


def _day(name: str, value: str | dt.date | None) -> int | None:
    if value is None:
        return None
    number = value.toordinal() if isinstance(value, dt.date) else day_number(value)
    if not number:
        raise UsageError(f"{name}='{value}' is not a day that exists", hint="write a day, such as 2023-01-31")
    return number


def _bounds(reader: GraphReader, incidents: Iterable[Incident]) -> dict[str, tuple[int, int]]:
    """First and last day of each incident by its main event: the span of all its events."""
    whose = {event: incident.main for incident in incidents for event in incident.events}
    found: dict[str, list[int]] = {main: [0, 0] for main in whose.values()}
    for at, name, pick in ((0, "earliest", min), (1, "latest", max)):
        for quad in quads(reader, iris.term(name)):
            main = whose.get(quad.subject.value)
            day = day_number(quad.object.value) if main else 0
            if main and day:
                found[main][at] = pick(found[main][at] or day, day)
    return {main: (first or last, last or first) for main, (first, last) in found.items()}


def _row(reader: GraphReader, incident: Incident, bounds: tuple[int, int]) -> tuple[object, ...]:
    first, last = (dt.date.fromordinal(day) if day else None for day in bounds)
    counts = incident.counts
    return (
        _label(reader, incident.main),
        first,
        last,
        counts.words,
        counts.sources,
        counts.copies,
        counts.reports,
        len(incident.events),
        iris.IRI(incident.main),
        incident.iri if incident.merged else None,
    )


def _label(reader: GraphReader, iri: str) -> str:
    names = sorted(q.object.value for q in quads(reader, iris.SKOS + "prefLabel", subject=iri))
    return names[0] if names else iris.local_name(iri)
