"""Questions on a period read the months that it touches, and answer as if they read all."""

from __future__ import annotations

import datetime as dt

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph import iris
from policygraph.coded import CodedActor, CodedEvent, Report
from policygraph.graph.coded import CodedWriter
from policygraph.graph.store import EmbeddedStore
from policygraph.graph.terms import to_term
from policygraph.questions import question, run
from policygraph.questions.filling import fill
from policygraph.questions.months import months_of
from policygraph.table import Table
from policygraph.vocabulary import EventType

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2020, 12, 31))
EVENTS = st.lists(st.tuples(st.sampled_from(["gdelt", "icews"]), DAYS, st.integers(0, 40)), max_size=12)


def store_of(events: list[tuple[str, dt.date, int]]) -> EmbeddedStore:
    """Events of Peru's government towards Chile's, from a day on for so many days more."""
    store, writer = EmbeddedStore.memory(), CodedWriter()
    for number, (dataset, first, more) in enumerate(events):
        event = CodedEvent(
            dataset,
            str(number),
            EventType.CONSULT,
            "040",
            first,
            first + dt.timedelta(days=more),
            actors=(CodedActor("Peru", known="government/per"),),
            recipients=(CodedActor("Chile", known="government/chl"),),
            reports=(Report(f"https://news.example/{number}"),),
        )
        store.engine.load(writer.write(event).encode(), format=ox.RdfFormat.N_QUADS)
    names = {iris.thing("government/per"): "Peru", iris.thing("government/chl"): "Chile", "urn:verbal": "verbal"}
    labels = " ".join(f"<{iri}> skos:prefLabel '{name}' ." for iri, name in names.items())
    consult = iris.concept("event-type", "consult")
    store.update(f"INSERT DATA {{ GRAPH graph:reference {{ {labels} <{consult}> skos:broader <urn:verbal> }} }}")
    return store


def values(since: dt.date | None, until: dt.date | None) -> dict[str, ox.NamedNode | ox.Literal]:
    return {name: to_term(day) for name, day in (("_since", since), ("_until", until)) if day}


@given(events=EVENTS, since=st.none() | DAYS, until=st.none() | DAYS)
def test_a_period_holds_what_begins_in_it(
    events: list[tuple[str, dt.date, int]], since: dt.date | None, until: dt.date | None
) -> None:
    store = store_of(events)
    begun = sorted(
        first.isoformat()
        for _, first, _ in events
        if (since is None or first >= since) and (until is None or first <= until)
    )
    period = {"since": since, "until": until}
    told = [str(row["when"]).partition("/")[0] for row in run(store, "timeline", **period)]
    assert sorted(set(told)) == sorted(set(begun))
    counted = run(store, "dyads", **period)
    assert [row["events"] for row in counted] == ([len(begun)] if begun else [])
    for name in ("timeline", "dyads"):
        # The text of the question as it stands, which asks for all months at once.
        whole = fill(question(name).sparql, values(since, until))
        assert rows(store.select(whole)) == rows(run(store, name, **period))


def rows(table: Table) -> list[str]:
    return sorted(map(repr, table.rows))


def test_only_the_months_of_the_period_are_read() -> None:
    store = store_of(
        [("gdelt", dt.date(2020, month, 15), 0) for month in (1, 2, 3)] + [("icews", dt.date(2020, 3, 1), 0)]
    )
    body = question("timeline").body
    march = [ox.NamedNode(iris.dataset_graph(name, "2020-03")) for name in ("gdelt", "icews")]
    assert months_of(store, body, values(dt.date(2020, 3, 2), None)) == march
    assert len(months_of(store, body, {}) or ()) == 4
    assert months_of(store, question("actors").body, {}) is None


@pytest.mark.parametrize("name", ["timeline", "dyads"])
def test_a_graph_without_data_sets_answers(name: str) -> None:
    assert run(store_of([]), name).rows == []


def test_an_empty_period_says_how_many_there_would_be() -> None:
    store = store_of([("gdelt", dt.date(2020, 3, day), 0) for day in (1, 2)])
    assert "'since'; without it there are 2 rows" in run(store, "timeline", since="2021-01-01").note
