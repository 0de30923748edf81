"""Incidents in networks and in evidence: forty-four reports weigh as one, and all of them are told."""

from __future__ import annotations

import pytest

from policygraph import iris
from policygraph.errors import UnknownNameError
from policygraph.graph.evidence import evidence
from policygraph.graph.store import EmbeddedStore
from policygraph.incidents import strategy
from policygraph.merging import merge
from policygraph.network import project
from tests.incidents.test_stored import reported


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    made = reported()
    merge(made, strategy("exact"))
    return made


def weights(store: EmbeddedStore, **options: str) -> dict[tuple[str, str], float]:
    net = project(store, "events", weight="statements", **options)  # type: ignore[arg-type]
    found: dict[tuple[str, str], float] = {}
    for a, b, data in net.graph.edges(data=True):
        pair = iris.local_name(a).rpartition("/")[2], iris.local_name(b).rpartition("/")[2]
        found[pair] = found.get(pair, 0) + data["weight"]
    return found


@pytest.mark.parametrize("options", [{}, {"roll_up": "country"}])
def test_an_incident_weighs_once_however_many_reports_it_has(store: EmbeddedStore, options: dict[str, str]) -> None:
    assert weights(store, **options) == {("rus", "ukr"): 44, ("per", "chl"): 1}
    assert weights(store, per="incident", **options) == {("rus", "ukr"): 1, ("per", "chl"): 1}


def test_its_evidence_is_that_of_all_reports(store: EmbeddedStore) -> None:
    single = {claim for claims in project(store, "events").ties.claims for claim in claims}
    merged = {claim for claims in project(store, "events", per="incident").ties.claims for claim in claims}
    assert merged == single


def test_another_way_of_counting_is_refused(store: EmbeddedStore) -> None:
    with pytest.raises(UnknownNameError, match="incident"):
        project(store, "events", per="incidents")


def test_evidence_says_the_counts_in_words(store: EmbeddedStore) -> None:
    assert "3 independent sources, 41 copies" in evidence(store, "government/rus", "government/ukr").note
    assert "counted together" not in evidence(store, "government/per", "government/chl").note
