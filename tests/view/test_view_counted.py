"""What a page says of the sources of an event: read from the incidents of the graph, for the events of the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from policygraph import iris
from policygraph.records import Counts
from policygraph.view import view
from policygraph.view.counted import incidents
from policygraph.view.gather import Graph
from policygraph.view.statements import statements
from tests.view.graphs import DOC, Maker, Reader, mission

ARTICLE, CODED = "bbbb0000-criticised", "e1"


def coded_as_well() -> Maker:
    """The small graph, in which a data set has the event of an article as well."""
    m = mission()
    m.coded(CODED, "government/slm", "government/ver", "accuse", "2024-02-10", dcterms__source="Report 7")
    return m


def told(m: Maker) -> dict[str, Counts]:
    """Event to the counts of the statements that rest on it."""
    reader = m.reader()
    said = statements(Graph(reader))
    about = {s.key: iris.local_name(s.event or s.subject) for s in said}
    return {about[key]: counts for key, (_, counts) in incidents(reader, said).items()}


def test_an_event_of_an_article_and_one_of_a_data_set_say_what_they_were_counted_with() -> None:
    m = coded_as_well()
    m.grouped("g1", (ARTICLE, CODED), 44, 3, 41)
    assert told(m) == {f"event/{ARTICLE}": Counts(44, 3, 41), f"event/{CODED}": Counts(44, 3, 41)}


def test_the_page_holds_an_incident_once_and_points_to_it() -> None:
    m = coded_as_well()
    m.grouped("g1", (ARTICLE, CODED), 45, 3, 41)
    m.grouped("g2", ("dock-strike",), 45, 3, 41)
    data = view(m.reader()).data
    assert data["counted"] == [[3, 41, 1], [3, 41, 1]]
    rows = [row[18] for row in data["statements"] if len(row) > 18]
    assert sorted(rows.count(i) for i in (0, 1)) == [2, 2]


def test_a_plan_does_not_borrow_the_sources_of_an_act() -> None:
    m = mission()
    m.grouped("g1", ("dock-strike",), 5, 4, 1)
    reader = m.reader()
    said = {s.key: s for s in statements(Graph(reader))}
    about = {said[key].relation for key in incidents(reader, list(said.values()))}
    assert "occursAt" in about
    assert "isReactionTo" not in about
    assert any(s.relation == "isReactionTo" for s in said.values())


def test_an_event_in_two_groups_is_told_the_same_way_whatever_the_store_holds_first() -> None:
    m = coded_as_well()
    m.grouped("g2", (CODED,), 9, 9, 0)
    m.grouped("g1", (CODED,), 2, 2, 0)
    before = told(m)
    m.blocks.reverse()
    assert told(m) == before == {f"event/{CODED}": Counts(2, 2, 0)}


def test_without_incidents_one_look_is_all_and_the_rows_stay_as_short() -> None:
    class Watched(Reader):
        asked = 0

        def scan(self, *pattern: Any, **named: Any) -> Iterator[ox.Quad]:
            self.asked += 1
            return super().scan(*pattern, **named)

    plain = coded_as_well().reader()
    said = statements(Graph(plain))
    watched = Watched(plain.store, plain.texts)
    assert incidents(watched, said) == {}
    assert watched.asked == 1
    data = view(plain).data
    assert data["counted"] == []
    assert max(len(row) for row in data["statements"]) <= 18


def test_only_events_of_the_page_are_looked_up() -> None:
    m = Maker()
    m.entity("person/a", "Person", "A")
    m.entity("person/b", "Person", "B")
    m.source(DOC, "A meets B.")
    m.claim(DOC, "person/a", "meets", "person/b", "A meets B")
    m.grouped("g1", ("elsewhere",), 3, 3, 0)
    assert told(m) == {}
