"""Events are read in parts, wait on disk, and are forgotten in time: none of it changes what is merged."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph import iris
from policygraph.coded import CodedEvent
from policygraph.graph.store import EmbeddedStore
from policygraph.incidents import Incident, division, find_incidents, model, rates, spool, strategies, strategy
from policygraph.incidents.blocks import Blocks
from policygraph.incidents.events import Event
from policygraph.incidents.sets import NEVER, Sets
from policygraph.merging import merge, merge_built
from policygraph.vocabulary import EventType
from tests.incidents.coded import event, graph, write
from tests.incidents.test_stored import GRAPH
from tests.incidents.test_stored import built as built

BEGIN = dt.date(2024, 1, 20)


@st.composite
def coded(draw: st.DrawFn) -> list[CodedEvent]:
    """Events of two data sets over some months, of one day or up to forty, several of one story."""
    found = []
    for number in range(draw(st.integers(0, 25))):
        first = BEGIN + dt.timedelta(draw(st.integers(0, 70)) if draw(st.booleans()) else 11)
        last = first + dt.timedelta(draw(st.sampled_from([0, 0, 0, 1, 30, 40])))
        found.append(
            event(
                f"e{number}",
                draw(st.sampled_from(["RUS", "UKR", ""])),
                draw(st.sampled_from(["RUS", "UKR", ""])),
                draw(st.sampled_from([EventType.ASSAULT, EventType.COERCE, EventType.AID])),
                first.isoformat(),
                last=last.isoformat(),
                at=draw(st.sampled_from(["Kyiv", "Brovary", None])),
                url=draw(st.sampled_from([None, "https://paper.example/one", "https://paper.example/two"])),
                text=draw(st.sampled_from([None, "Drones hit a power station in the capital."])),
                dataset=draw(st.sampled_from(["gdelt", "acled"])),
            )
        )
    return found


class Plain:
    """A reader that cannot give a named graph by itself, as an endpoint: all is read by scans over the whole."""

    def __init__(self, store: EmbeddedStore) -> None:
        self.select, self.scan, self.source_text = store.select, store.scan, store.source_text
        self.graphs, self.rows = store.graphs, store.rows


def found(reader: Any, name: str) -> set[Incident]:
    return set(find_incidents(reader, strategy(name)))


@settings(max_examples=15, deadline=None)
@given(coded(), st.sampled_from(list(strategies())))
def test_reading_by_months_is_reading_all(events: list[CodedEvent], name: str) -> None:
    store = graph(*events)
    assert found(store, name) == found(Plain(store), name)


@settings(max_examples=20, deadline=None)
@given(coded(), st.sampled_from(list(strategies())))
def test_forgetting_what_is_past_changes_nothing(events: list[CodedEvent], name: str) -> None:
    store = graph(*events)
    finished = Sets.finished

    def at_the_end(sets: Sets, day: int) -> Iterator[list[Event]]:
        return finished(sets, day) if day >= NEVER else iter(())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sets, "finished", at_the_end)
        patch.setattr(Blocks, "forget", lambda self, day: None)
        whole = found(store, name)
    assert found(store, name) == whole


@settings(max_examples=10, deadline=None)
@given(coded(), st.integers(0, 25), st.sampled_from(list(strategies())))
def test_merging_after_each_import_is_merging_once(events: list[CodedEvent], cut: int, name: str) -> None:
    once, twice = graph(*events), graph(*events[:cut])
    merge(once, strategy(name))
    merge(twice, strategy(name))
    write(twice, events[cut:])
    merge(twice, strategy(name))
    assert set(twice.scan(graph=GRAPH)) == set(once.scan(graph=GRAPH))


@settings(max_examples=10, deadline=None)
@given(coded(), st.integers(1, 4))
def test_the_size_of_parts_and_cells_changes_nothing(events: list[CodedEvent], size: int) -> None:
    store = graph(*events)
    usual = found(store, "near")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(division, "PART", size)
        patch.setattr(division, "_HELD", size)
        patch.setattr(spool, "_HELD", size)
        patch.setattr(rates, "_CELLS", size)
        assert found(store, "near") == usual


def test_a_report_that_comes_after_its_event_counts() -> None:
    late = event("a", url="https://bbc.com/b")
    store = graph(event("a", url="https://elpais.com/a"))
    from policygraph.graph.coded import CodedWriter

    store.engine.bulk_load(CodedWriter().mention("gdelt", "a", late.reports[0]).encode(), format=_nquads())
    (incident,) = (i for i in found(store, "near") if i.events[0].endswith("gdelt-a"))
    assert incident.counts.reports == 2


def _nquads() -> Any:
    import pyoxigraph as ox

    return ox.RdfFormat.N_QUADS


def test_merging_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "_STEP", 10)
    told: list[tuple[int, int]] = []
    store = graph(*(event(f"e{n}", day=f"2024-03-{n % 28 + 1:02}") for n in range(100)))
    merge(store, strategy("near"), watch=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert len(told) > 10
    assert told[-1][0] <= told[-1][1]


def test_merging_that_is_stopped_leaves_the_last_good_graph(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "build"
    subprocess.run(["cp", "-a", str(built / "build"), str(folder)], check=True)
    before = set(EmbeddedStore.read(folder / "store").scan())
    monkeypatch.setattr(model, "_STEP", 1)

    def stop(done: int, total: int) -> None:
        if done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        merge_built(folder, strategy("exact"), watch=stop)
    assert set(EmbeddedStore.read(folder / "store").scan()) == before
    assert any(quad.graph_name.value == iris.INCIDENTS_GRAPH for quad in before)
    assert len(list((folder / ".generations").iterdir())) == 1
