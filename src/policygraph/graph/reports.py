"""Events of data sets as evidence: what was coded, and the reports it rests on.

A data set has no words of a source to quote. Where it keeps a text of its own,
such as a coder's note, that is shown; otherwise the row says that there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import nsmallest
from typing import Any

import pyoxigraph as ox

from policygraph import iris
from policygraph.graph import naming as n
from policygraph.graph.names import label
from policygraph.graph.terms import value
from policygraph.interfaces import GraphReader

#: Of more events than this the first by name are shown; a country has millions in some sets.
MOST = 1_000
#: How evidence speaks of what stands on record and is quoted from nobody.
RECORDED = "recorded"
NO_TEXT = "no text in the data set"
_ROLES = ("hasActor", "hasRecipient", "hasParticipant", "occursAt")
Row = tuple[Any, ...]


def events_of(reader: GraphReader, entity: ox.NamedNode) -> Iterator[ox.NamedNode]:
    """Events of data sets in which an entity takes part or that happen in it, some twice."""
    for role in _ROLES:
        for quad in reader.scan(None, n.pg(role), entity):
            if isinstance(quad.subject, ox.NamedNode) and _is_of_dataset(quad):
                yield quad.subject


def events_between(
    reader: GraphReader, one: Iterable[ox.NamedNode], two: Iterable[ox.NamedNode]
) -> Iterator[ox.NamedNode]:
    """Events of data sets that something of each side has a part in, or somebody who acts for it."""
    coded = "FILTER EXISTS { ?event pg:originalCode ?code }"
    query = f"SELECT ?event {{ {_events_of_side(one)} {_events_of_side(two)} {coded} }}"
    return (ox.NamedNode(event) for event, *_ in reader.select(query).rows)


def _events_of_side(side: Iterable[ox.NamedNode]) -> str:
    """The part of a query that finds, as a whole, what a side and those of data sets who act for it have a part in."""
    names = " ".join(sorted(map(str, side)))
    roles = "|".join(f"pg:{role}" for role in _ROLES)
    return (
        f"{{ SELECT DISTINCT ?event {{ {{ SELECT DISTINCT ?part {{ {{ VALUES ?part {{ {names} }} }} UNION "
        f"{{ VALUES ?whole {{ {names} }} GRAPH graph:imported {{ ?part pg:actsFor ?whole }} }} }} }} "
        f"?event {roles} ?part }} }}"
    )


def rows(reader: GraphReader, events: Iterable[ox.NamedNode]) -> tuple[list[Row], int]:
    """A row for each report of the first `MOST` events by name, and the number of all events."""
    unique = set(events)
    first = nsmallest(MOST, unique, key=lambda event: event.value)
    return [row for event in first for row in _event_rows(reader, event)], len(unique)


def _event_rows(reader: GraphReader, event: ox.NamedNode) -> Iterator[Row]:
    said = {quad.predicate: quad.object for quad in reader.scan(event)}
    who, whom = (_named(reader, event, role) for role in ("hasActor", "hasRecipient"))
    act = _act(reader, said)
    for record in sorted(_parts(reader, event, ("recordedIn",)), key=str):
        about = {quad.predicate: quad.object for quad in reader.scan(record)}
        text = value(about.get(n.pg("excerpt")))
        yield (
            who,
            act,
            whom,
            RECORDED,
            value(about.get(n.pg("codingConfidence"))),
            None,
            text,
            _report_words(about),
            value(about.get(n.dcterms("issued"))) or value(said.get(n.pg("earliest"))),
            None,
            None,
            value(record),
            value(event),
        )


def _act(reader: GraphReader, said: dict[Any, Any]) -> str:
    """What was done, in the words of the vocabulary, or the set's own code."""
    kind, mode = said.get(n.pg("eventType")), said.get(n.pg("eventMode"))
    if not isinstance(kind, ox.NamedNode):
        return f"event {value(said.get(n.pg('originalCode')))}"
    # The name of a mode holds that of its type: `consult: visit`.
    return label(reader, mode if isinstance(mode, ox.NamedNode) else kind)


def _named(reader: GraphReader, event: ox.NamedNode, role: str) -> str | None:
    return " and ".join(sorted(label(reader, node) for node in _parts(reader, event, (role,)))) or None


def _parts(reader: GraphReader, event: ox.NamedNode, names: Iterable[str]) -> set[ox.NamedNode]:
    found = (quad.object for name in names for quad in reader.scan(event, n.pg(name)))
    return {node for node in found if isinstance(node, ox.NamedNode)}


def _report_words(about: dict[Any, Any]) -> str:
    """Where an event was coded from: `GDELT: news.example.org, https://…, sentence 3; no text in the data set`."""
    names = (n.dcterms("publisher"), n.dcterms("source"))
    parts = [str(value(about[name])) for name in names if name in about]
    sentence, offset = value(about.get(n.pg("sentence"))), value(about.get(n.pg("offset")))
    parts += [f"sentence {sentence}"] if sentence is not None else []
    parts += [f"character {offset}"] if offset is not None else []
    text = "" if n.pg("excerpt") in about else f"; {NO_TEXT}"
    return f"{value(about.get(n.pg('table')))}: {', '.join(parts)}{text}"


def _is_of_dataset(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(iris.DATASET_GRAPHS)
