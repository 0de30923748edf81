"""What a graph says becomes statements between names, each with its stance and its words."""

from __future__ import annotations

import pytest

from policygraph import iris
from policygraph.view.gather import Graph
from policygraph.view.model import Statement
from policygraph.view.statements import statements
from tests.view.graphs import DOC, Maker, mission


@pytest.fixture(scope="module")
def said() -> list[Statement]:
    return statements(Graph(mission().reader()))


def of(said: list[Statement], relation: str, stance: str) -> list[Statement]:
    return [s for s in said if s.relation == relation and s.stance == stance]


def local(iri: str | None) -> str:
    return iris.local_name(iri or "")


def test_each_claim_is_one_statement_in_its_modality(said: list[Statement]) -> None:
    (opposed,) = of(said, "opposes", "asserted")
    (denied,) = of(said, "opposes", "denied")
    assert (opposed.subject, opposed.object) == (denied.subject, denied.object)
    assert denied.speakers == ("Ana Prado",)
    assert len(of(said, "visits", "planned")) == 2


def test_an_event_becomes_a_line_from_actor_to_recipient(said: list[Statement]) -> None:
    (line,) = of(said, "event:accuse", "asserted")
    assert (local(line.subject), local(line.object)) == ("person/ana-prado", "government/ver")
    assert line.kind == "accuse"
    assert line.words[0].relation == ("criticised",)
    assert not [s for s in said if "event/bbbb0000" in s.subject]


def test_an_incident_keeps_its_name_and_its_month(said: list[Statement]) -> None:
    (where,) = of(said, "occursAt", "asserted")
    assert local(where.subject) == "event/dock-strike"
    assert where.time == ("2024-06-01", "2024-06-30")


def test_an_event_about_which_more_is_said_stays_a_name() -> None:
    m = mission()
    m.claim(DOC, "event/bbbb0000-criticised", "hasOutcome", "outcome/ports-closed", "The talks put fisheries first")
    said = statements(Graph(m.reader()))
    assert {"hasActor", "hasRecipient", "hasOutcome"} <= {
        s.relation for s in said if local(s.subject) == "event/bbbb0000-criticised"
    }


def test_records_say_where_they_stand(said: list[Statement]) -> None:
    (visit,) = of(said, "event:consult-visit", "record")
    assert (visit.records[0].table, visit.records[0].row) == ("visits.csv", 7)
    assert visit.records[0].sources == ("https://register.example/visits",)
    assert visit.time == ("2023-02-01", "2023-02-03")
    (tenure,) = of(said, "holdsPost", "record")
    assert tenure.value == "Minister of Trade of Solm"


def test_without_records_only_claims_are_left() -> None:
    assert not [s for s in statements(Graph(mission().reader()), reference=False) if s.stance == "record"]


def test_topics_are_told_but_are_no_names(said: list[Statement]) -> None:
    (topic,) = of(said, "prioritises", "asserted")
    assert topic.object is None
    assert topic.value == "fisheries"


def test_edges_and_readings_of_names_are_not_told_twice(said: list[Statement]) -> None:
    assert len([s for s in said if s.relation == "supports"]) == 1


def test_a_withdrawn_claim_is_not_told() -> None:
    m = Maker()
    m.entity("person/a", "Person", "A")
    m.entity("person/b", "Person", "B")
    m.source(DOC, "A meets B.")
    claim = m.claim(DOC, "person/a", "meets", "person/b", "A meets B")
    m.put(iris.source_graph(DOC), f"<{claim}> pg:claimStatus status:retracted .")
    assert statements(Graph(m.reader())) == []


def test_a_graph_of_records_alone_is_told_in_full() -> None:
    m = Maker()
    m.entity("government/ver", "Government", "Government of Veria", graph=iris.REFERENCE_GRAPH)
    m.entity("country/ver", "Country", "Veria", graph=iris.REFERENCE_GRAPH)
    m.recorded("government/ver", f"pg:governs <{iris.thing('country/ver')}>", "countries.csv", 2, "A list")
    (fact,) = statements(Graph(m.reader()))
    assert fact.relation == "governs"


def test_order_does_not_depend_on_the_store() -> None:
    m = mission()
    forward = [s.key for s in statements(Graph(m.reader()))]
    m.blocks.reverse()
    assert [s.key for s in statements(Graph(m.reader()))] == forward


def test_an_imported_event_points_to_its_line_in_a_data_set() -> None:
    m = Maker()
    m.entity("government/a", "Government", "Government of A")
    m.entity("government/b", "Government", "Government of B")
    m.entity("event/gdelt-7", "Event", "A accuses B")
    m.source(DOC, "", keep=False)
    for predicate, target in (("hasActor", "government/a"), ("hasRecipient", "government/b")):
        m.claim(DOC, "event/gdelt-7", predicate, target)
    m.recorded("event/gdelt-7", 'pg:edtf "2024-05-01"', "events.csv", 7, "https://data.example")
    (line,) = statements(Graph(m.reader()))
    assert [(r.table, r.row) for r in line.records] == [("events.csv", 7)]
    assert line.time == ("2024-05-01", "2024-05-01")


def test_evidence_is_found_whatever_its_name() -> None:
    maker = mission()
    maker.blocks = [block.replace("#char=", "#words-") for block in maker.blocks]
    renamed = statements(Graph(maker.reader()))
    assert [s.words for s in renamed] == [s.words for s in statements(Graph(mission().reader()))]
