"""What stands on record: events of reference tables and of data sets, and the rows and reports behind them.

A data set has millions of events, and each term that leaves the engine costs a look-up. What an event
consists of is therefore joined there, a graph at a time, and comes as one row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from policygraph import iris
from policygraph.network import scan

if TYPE_CHECKING:
    from policygraph.interfaces import GraphReader

#: Type and mode of events that carry none, by class.
_BY_CLASS = {"Visit": ("consult", "visit"), "Meeting": ("consult", "")}
#: What is read together for a layer: who takes part, and with whom or where.
_SIDES = {
    "claims": (("hasActor", "hasRecipient"), ("hasParticipant", "")),
    "events": (("hasActor", "hasRecipient"), ("hasParticipant", "")),
    "places": (("hasActor", "hasDestination"), ("hasActor", "occursAt")),
}
_ROLES = ("hasActor", "hasRecipient", "hasParticipant", "hasDestination", "occursAt")
_DETAILS = ("eventType", "eventMode", "earliest", "latest", "recordedIn")


@dataclass(slots=True)
class Evidenced:
    """An IRI in a role, with the claim that puts it there."""

    iri: str
    claim: str
    confidence: float


@dataclass(slots=True)
class EventParts:
    """What one document says of one event in one modality, or what a table records."""

    roles: dict[str, list[Evidenced]] = field(default_factory=dict)
    type: str = ""
    mode: str = ""
    days: tuple[int, int] = (0, 0)

    def filling(self, *names: str) -> list[Evidenced]:
        """Who or what fills the roles, each once."""
        found: dict[str, Evidenced] = {}
        for name in names:
            for part in self.roles.get(name, ()):
                found.setdefault(part.iri, part)
        return list(found.values())


class Records(NamedTuple):
    """Which table rows and reports stand behind what is on record, and where these have it from."""

    recorded_in: dict[str, str]
    source_of: dict[str, str]

    @classmethod
    def of_tables(cls, reader: GraphReader) -> Records:
        """Those of reference tables."""
        return cls(
            scan.mapping_outside(reader, iris.term("recordedIn")), scan.mapping_outside(reader, iris.DCTERMS + "source")
        )

    @classmethod
    def with_datasets(cls, reader: GraphReader) -> Records:
        """Those of reference tables and data sets, but for the reports that come with an event."""
        found = scan.mapping_outside(reader, iris.term("recordedIn"))
        graphs = _graphs(reader, *_ROLES, "recordedIn")
        events = {graph for role in _ROLES for graph in graphs[role]}
        for graph in sorted(set(graphs["recordedIn"]) - events):
            for event, record in scan.pairs(reader, iris.term("recordedIn"), graph):
                found[event] = min(record, found.get(event, record))
        return cls(found, scan.mapping(reader, iris.DCTERMS + "source"))

    def of(self, *entities: str) -> str:
        """The record of the first entity that has one, else the entity itself."""
        return next((self.recorded_in[e] for e in entities if e in self.recorded_in), entities[0])

    def source(self, record: str) -> str:
        """Where a record has it from, else the record itself."""
        return self.source_of.get(record, record)


class _Row(NamedTuple):
    """What one graph tells of an event: two that have a part in it, and the rest."""

    sides: tuple[str, str]
    one: str
    other: str
    type: str
    mode: str
    record: str
    first: int
    last: int


def recorded_events(reader: GraphReader, layer: str, records: Records) -> Iterator[tuple[str, str, EventParts]]:
    """Every event on record that may tie two things in a layer, with its record and its parts."""
    classes = _classes(reader)
    found = _rows(reader, layer)
    # Those who act come first, so that ties that are alike in all else keep one order.
    for event in sorted(found, key=lambda event: (all(row.sides[0] != "hasActor" for row in found[event]), event)):
        rows = found.pop(event)
        told = [row.record for row in rows if row.record]
        told += [records.recorded_in[event]] if event in records.recorded_in else []
        record = min(told, default=event)
        yield event, record, _parts(rows, record, classes.get(event, ("", "")))


def _rows(reader: GraphReader, layer: str) -> dict[str, tuple[_Row, ...]]:
    found: dict[str, tuple[_Row, ...]] = {}
    # One string for each name, which stands in many rows.
    same: dict[str, str] = {}
    graphs = _graphs(reader, *_ROLES, *_DETAILS)
    for sides in _SIDES[layer]:
        for graph in graphs[sides[0]]:
            told = [name for name in (sides[1], *_DETAILS) if name and graph in graphs[name]]
            for event, first, last, *words in reader.rows(_star(graph, sides, told)):
                one, other, kind, mode, record = (same.setdefault(word, str(word)) if word else "" for word in words)
                row = _Row(sides, one, other, kind, mode, record, scan.day_number(first), scan.day_number(last))
                found[str(event)] = (*found.get(event, ()), row)
    return found


def _star(graph: str, sides: tuple[str, str], told: Sequence[str]) -> str:
    """A query for all events of a graph with these two sides; parts of their own, which an engine joins as wholes."""

    def part(name: str, variable: str) -> str:
        return f"{{ SELECT ?event ?{variable} {{ GRAPH <{graph}> {{ ?event pg:{name} ?{variable} }} }} }}"

    others = " ".join(f"OPTIONAL {part(name, 'other' if name == sides[1] else name)}" for name in told)
    columns = "?event ?earliest ?latest ?one ?other ?eventType ?eventMode ?recordedIn"
    return f"SELECT {columns} {{ {part(sides[0], 'one')} {others} }}"


def _parts(rows: Sequence[_Row], record: str, of_class: tuple[str, str]) -> EventParts:
    """The rows on one event, put together."""
    roles: dict[str, set[str]] = {}
    for row in rows:
        for name, filler in zip(row.sides, (row.one, row.other), strict=True):
            if filler:
                roles.setdefault(name, set()).add(filler)
    kind, mode = (max(codes).rpartition("/")[2] for codes in ([row.type for row in rows], [row.mode for row in rows]))
    return EventParts(
        {name: [Evidenced(filler, record, 1.0) for filler in sorted(fillers)] for name, fillers in roles.items()},
        kind or of_class[0],
        mode if kind or mode else of_class[1],
        (_earliest(row.first for row in rows), _earliest(row.last for row in rows)),
    )


def _earliest(days: Iterator[int]) -> int:
    return min(filter(None, days), default=0)


def _classes(reader: GraphReader) -> dict[str, tuple[str, str]]:
    """Type and mode of the events of a class that tells them."""
    return {
        quad.subject.value: coding
        for name, coding in _BY_CLASS.items()
        for quad in scan.quads(reader, iris.RDF + "type", iris.term(name))
    }


def _graphs(reader: GraphReader, *names: str) -> dict[str, list[str]]:
    """The graphs of tables and data sets, and no readings of texts, that tell each of these properties."""
    found = scan.graphs_with(reader, *map(iris.term, names))
    return {
        name: [g for g in found[iris.term(name)] if g == iris.REFERENCE_GRAPH or g.startswith(iris.DATASET_GRAPHS)]
        for name in names
    }
