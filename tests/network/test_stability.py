"""Intervals by resampling, and what each outlet carries."""

from __future__ import annotations

import io
from array import array

import pytest

from policygraph.errors import PolicyGraphError, UnknownNameError, UsageError
from policygraph.graph.store import EmbeddedStore
from policygraph.network import Network, project
from policygraph.network.ranking import quantile, rank_correlation, ranks
from policygraph.network.resample import load, main
from policygraph.network.stability import leave_one_out, make_job
from policygraph.network.workers import resampled

from .building import Builder


def many_sources(documents: int = 12) -> Network:
    """AAA acts in every report; CCC only in those of one outlet, but there very often."""
    b = Builder()
    for code in ("AAA", "BBB", "CCC"):
        b.country(code, code, f"Government {code}")
    for i in range(documents):
        doc = f"{i:016x}"
        b.document(doc, f"Report {i}", "Loud" if i == 0 else f"Paper {i}", f"2024-{i % 12 + 1:02}-05")
        b.event(doc, "talks", "consult", ["government/aaa"], ["government/bbb"])
        for k in range(30 if i == 0 else 0):
            b.event(doc, f"row-{k}", "accuse", ["government/ccc"], ["government/bbb"])
    return project(b.store(), "claims")


@pytest.fixture(scope="module")
def network() -> Network:
    return many_sources()


def test_without_resamples_values_and_ranks(small: EmbeddedStore) -> None:
    table = project(small).centrality(("in_degree", "betweenness"))
    assert table.columns == (
        "actor", "type", "country", "in_degree", "in_degree_rank", "betweenness", "betweenness_rank", "iri",
    )  # fmt: skip
    first = next(iter(table))
    assert (first["actor"], first["in_degree"], first["in_degree_rank"]) == ("Government of Argentina", 2.0, 1)
    assert [r["in_degree_rank"] for r in table] == sorted(r["in_degree_rank"] for r in table)


def test_what_one_outlet_says_has_a_wide_interval(network: Network) -> None:
    rows = {r["actor"]: r for r in network.centrality("out_strength", resamples=300, seed=1)}
    loud, steady = rows["Government CCC"], rows["Government AAA"]
    assert (loud["out_strength"], loud["out_strength_low"]) == (30.0, 0.0)
    assert loud["out_strength_high"] >= 60
    assert steady["out_strength_low"] == steady["out_strength_high"] == 12.0
    assert (loud["out_strength_rank"], loud["out_strength_rank_low"], loud["out_strength_rank_high"]) == (1, 1.0, 2.0)


def test_statements_give_narrower_intervals_than_sources(network: Network) -> None:
    def width(by: str) -> float:
        row = next(
            r for r in network.centrality("out_strength", resamples=300, by=by) if r["actor"] == "Government CCC"
        )
        return float(row["out_strength_high"] - row["out_strength_low"])

    assert width("statement") < width("source") / 2


def test_the_bootstrap_of_a_mean_is_that_of_theory() -> None:
    """Strength by statements is a binomial count: 95 % of draws lie within 1.96 standard deviations."""
    b = Builder()
    for code in ("AAA", "BBB", "CCC"):
        b.country(code, code, code)
    b.document("0" * 16, "x")
    for k in range(400):
        b.event("0" * 16, f"e{k}", "consult", ["government/aaa" if k % 4 else "government/ccc"], ["government/bbb"])
    rows = project(b.store()).centrality("out_strength", resamples=1000, by="statement")
    row = next(r for r in rows if r["iri"].endswith("government/ccc"))
    deviation = (400 * 0.25 * 0.75) ** 0.5
    assert abs(row["out_strength_low"] - (100 - 1.96 * deviation)) < 2.5
    assert abs(row["out_strength_high"] - (100 + 1.96 * deviation)) < 2.5


def test_the_seed_decides_and_not_the_workers(network: Network) -> None:
    names = ("out_strength", "pagerank", "constraint")
    alone = network.centrality(names, resamples=20, seed=7, workers=1)
    seen: list[tuple[int, int]] = []
    spread = network.centrality(
        names, resamples=20, seed=7, workers=3, progress=lambda done, of: seen.append((done, of))
    )
    assert alone == spread
    assert seen == [(i, 20) for i in range(1, 21)]
    assert network.centrality(names, resamples=20, seed=8, workers=1) != alone


def test_a_job_survives_the_way_to_a_worker(network: Network) -> None:
    job = make_job(network, ("degree", "pagerank"), by="source", engine="auto", seed=3)
    back, numbers = load(io.BytesIO(job.dump([4, 2])))
    assert (back, numbers) == (job, [4, 2])
    out = io.BytesIO()
    main(io.BytesIO(job.dump([2])), out)
    block = out.getvalue()
    assert array("q", block[:8])[0] == 2
    assert array("d", block[8:]) == job.values(job.draw(2))


def test_a_worker_that_dies_is_an_error(network: Network) -> None:
    job = make_job(network, ("degree",), by="source", engine="auto", seed=3)
    job.target = array("q", [10**6] * len(job.target))
    with pytest.raises(PolicyGraphError, match="ended early"):
        resampled(job, 4, 2, None)


def test_measures_without_a_value_in_some_draws_are_told(network: Network) -> None:
    undirected = Network(network.ties, network.nodes, project(Builder().store(), "mentions").projection, network.reader)
    table = undirected.centrality("eigenvector", resamples=60)
    assert "eigenvector had no value in" in table.note
    assert all(r["eigenvector_low"] is not None for r in table)


def test_what_cannot_be_drawn() -> None:
    single = many_sources(1)
    with pytest.raises(UsageError, match="only one source"):
        single.centrality("degree", resamples=10)
    assert len(single.centrality("degree", resamples=10, by="statement")) == 3
    with pytest.raises(UnknownNameError, match="publisher"):
        single.centrality("degree", resamples=10, by="publishr")
    with pytest.raises(UnknownNameError, match="pagerank"):
        single.centrality("pagerang")
    with pytest.raises(UsageError, match="level"):
        single.centrality("degree", level=95)
    with pytest.raises(UsageError, match="no measure"):
        single.centrality(())


def test_few_sources_are_told_and_an_empty_network_gives_an_empty_table(small: EmbeddedStore) -> None:
    assert "Only" in project(small).centrality("degree", resamples=5).note
    empty = project(small, modality="hypothetical").centrality(resamples=5)
    assert not len(empty)
    assert "hypothetical" in empty.note


def test_leave_one_out_finds_the_outlet_that_carries_the_result(network: Network) -> None:
    table = list(leave_one_out(network, "out_strength"))
    assert table[0]["publisher"] == "Loud"
    assert table[0]["rank_correlation"] == 0.0, "30, 12, 0 against 0, 11, 0"
    assert (table[0]["rank_with"], table[0]["rank_without"]) in [(1, 2), (2, 1)]
    assert {r["rank_correlation"] for r in table[1:]} == {1.0}
    followed = list(leave_one_out(network, "out_strength", by="source", actor="Government CCC"))
    assert (followed[0]["source"], followed[0]["out_strength_without"]) == ("Report 0", 0.0)
    assert {r["out_strength_without"] for r in followed[1:]} == {30.0}


def test_arithmetic() -> None:
    nan = float("nan")
    assert ranks([3.0, 1.0, 3.0], low_first=True) == [2.0, 1.0, 2.0]
    assert quantile([nan, 1.0, 3.0], 0.5) == 2.0
    assert quantile([nan], 0.5) != quantile([nan], 0.5)
    assert rank_correlation([1, 1, 1], [1, 2, 3]) != rank_correlation([1, 1, 1], [1, 2, 3])
    # Worked by hand: ranks 1 2 3 4 against 2 1 4 3, sum of squared differences 4, rho = 1 - 6 * 4 / 60.
    assert abs(rank_correlation([1, 2, 3, 4], [2, 1, 4, 3]) - 0.6) < 1e-12
