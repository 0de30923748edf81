"""What stands on record is read a graph at a time: what several graphs tell of one event is put together."""

from __future__ import annotations

import datetime as dt

import pyoxigraph as ox
import pytest

from policygraph import iris
from policygraph.coded import CodedActor, CodedEvent, Report
from policygraph.errors import UnknownNameError
from policygraph.graph.coded import CodedWriter
from policygraph.graph.names import find_entity
from policygraph.graph.store import EmbeddedStore
from policygraph.network import project
from policygraph.vocabulary import EventType

ANA, BEN, CAI = (CodedActor(name) for name in ("Ana", "Ben", "Cai"))
REPORTS = tuple(Report(f"https://news.example.org/{name}") for name in "abc")


def store(*events: CodedEvent, mention: str = "") -> EmbeddedStore:
    graph, writer = EmbeddedStore.memory(), CodedWriter()
    lines = "".join(map(writer.write, events)) + (writer.mention("gdelt", mention, REPORTS[2]) if mention else "")
    graph.engine.load(lines.encode(), format=ox.RdfFormat.N_QUADS)
    return graph


def event(id: str, day: dt.date, actors: tuple[CodedActor, ...], recipients: tuple[CodedActor, ...] = ()) -> CodedEvent:
    return CodedEvent(
        "gdelt", id, EventType.CONSULT, "04", day, day, actors=actors, recipients=recipients, reports=REPORTS[:2]
    )


def ties(graph: EmbeddedStore) -> list[tuple[str, str, str | None, str | None]]:
    network = project(graph, "events", per_statement=True)
    names = [node.label for node in network.nodes]
    return [(names[edge.source], names[edge.target], edge.first, edge.last) for edge in network.edges]


def test_who_acts_is_tied_to_each_recipient() -> None:
    day = dt.date(2020, 1, 31)
    assert ties(store(event("1", day, (ANA,), (BEN, CAI)))) == [
        ("Ana", "Ben", "2020-01-31", "2020-01-31"), ("Ana", "Cai", "2020-01-31", "2020-01-31"),
    ]  # fmt: skip


def test_without_a_recipient_all_who_act_are_tied_both_ways() -> None:
    found = ties(store(event("1", dt.date(2020, 1, 31), (ANA, BEN)), event("2", dt.date(2020, 2, 1), (CAI,))))
    assert [pair[:2] for pair in found] == [("Ana", "Ben"), ("Ben", "Ana")]


def test_an_event_that_two_graphs_tell_is_one_event() -> None:
    graph = store(event("1", dt.date(2020, 2, 1), (ANA,), (BEN,)), event("1", dt.date(2020, 1, 31), (CAI,)))
    assert ties(graph) == [("Ana", "Ben", "2020-01-31", "2020-01-31"), ("Cai", "Ben", "2020-01-31", "2020-01-31")]


def test_of_all_reports_the_first_by_name_stands_behind_a_tie() -> None:
    graph = store(event("1", dt.date(2020, 1, 31), (ANA,), (BEN,)), mention="1")
    records = graph.select("SELECT ?record { ?event pg:recordedIn ?record } ORDER BY ?record").column("record")
    assert len(records) == 3
    (edge,) = project(graph, "events").edges
    assert edge.claims == (records[0],)


def test_the_title_of_a_coded_event_is_found_as_it_is_written() -> None:
    graph = store(event("1", dt.date(2020, 1, 31), (ANA,), (BEN,)))
    assert find_entity(graph, "Ana, consult, Ben, 2020-01-31").value == iris.thing("event/gdelt-1")
    assert find_entity(graph, "ANA") == find_entity(graph, "Ana")
    with pytest.raises(UnknownNameError):
        find_entity(graph, "ana, consult, ben, 2020-01-31")
