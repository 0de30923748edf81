"""A page of a graph with very many coded events is made from few of them, and says so."""

from __future__ import annotations

import datetime as dt

import pyoxigraph as ox
import pytest

from policygraph import iris
from policygraph.coded import CodedActor, CodedEvent, Report
from policygraph.graph.coded import CodedWriter
from policygraph.view import bounded, view
from policygraph.vocabulary import EventType
from tests.view.graphs import Reader

NAMES = {"government/per": "Government of Peru", "government/chl": "Government of Chile"}
PERU, CHILE = (CodedActor(name, known=iri) for iri, name in NAMES.items())
NOBODY = CodedActor("Villager")


def reader(events: int) -> Reader:
    """A graph of two governments and events between them, one in ten on somebody unknown, the oldest first."""
    store, writer = ox.Store(), CodedWriter(NAMES)
    for iri, name in NAMES.items():
        node, graph = ox.NamedNode(iris.thing(iri)), ox.NamedNode(iris.REFERENCE_GRAPH)
        store.add(ox.Quad(node, ox.NamedNode(iris.RDF + "type"), ox.NamedNode(iris.term("Government")), graph))
        store.add(ox.Quad(node, ox.NamedNode(iris.SKOS + "prefLabel"), ox.Literal(name), graph))
    for at in range(events):
        day = dt.date(2019, 1, 1) + dt.timedelta(days=at)
        one, other = (PERU, CHILE) if at % 5 else (CHILE, PERU)
        other = other if at % 10 else NOBODY
        event = CodedEvent(
            "gdelt", str(at), EventType.CONSULT, "04", day, day, actors=(one,), recipients=(other,),
            reports=(Report(f"https://news.example.org/{at}"),),
        )  # fmt: skip
        store.load(writer.write(event).encode(), format=ox.RdfFormat.N_QUADS)
    return Reader(store, {})


def events_of(graph: object) -> set[str]:
    found = graph.scan(None, ox.NamedNode(iris.term("originalCode")))  # type: ignore[attr-defined]
    return {quad.subject.value.rpartition("-")[2] for quad in found}


def test_few_events_are_all_there() -> None:
    graph = reader(20)
    assert bounded.bounded(graph, most=20) == (graph, 0)


def test_of_many_the_newest_between_known_names_are_kept() -> None:
    graph, hidden = bounded.bounded(reader(100), most=25)
    kept = events_of(graph)
    assert (len(kept), hidden) == (25, 75)
    assert not any(int(event) % 10 == 0 for event in kept)
    # April has ten days here, March thirty-one.
    assert min(map(int, kept)) >= 59
    reports = {quad.object.value for quad in graph.scan(None, ox.NamedNode(iris.term("recordedIn")))}
    addresses = {quad.subject.value for quad in graph.scan(None, ox.NamedNode(iris.DCTERMS + "source"))}
    assert len(reports) == 25
    assert addresses == reports


def test_events_of_the_focus_come_first() -> None:
    graph, _ = bounded.bounded(reader(100), ["Villager"], most=10)
    assert events_of(graph) == {str(at) for at in range(0, 100, 10)}


def test_the_page_says_how_much_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policygraph.view.bounded.bounded.__defaults__", ((), 30))
    page = view(reader(100), title="Many").html()
    assert "70 more statements of the graph are not on this page" in page
    assert page.count("news.example.org") >= 30
