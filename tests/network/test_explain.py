"""Why somebody is central, and the chains between two actors."""

from __future__ import annotations

import pytest

from policygraph.errors import UnknownNameError, UsageError
from policygraph.graph.store import EmbeddedStore
from policygraph.network import Network, project

from .building import Builder, small_graph


def test_why_gives_the_words(small: EmbeddedStore) -> None:
    rows = list(project(small).why("Government of Argentina", "in_strength"))
    assert [(r["other"], r["predicate"], r["direction"]) for r in rows] == [
        ("Government of Brazil", "consult", "from"),
        ("Government of Brazil", "supports", "from"),
        ("Government of Chile", "opposes", "from"),
        ("Government of Chile", "request", "from"),
    ]
    assert [r["share"] for r in rows] == [0.5] * 4
    texts = small_graph().sources
    for row in rows:
        assert any(row["quote"] in text for text in texts.values())
    assert rows[1]["source"] == "Undated notes"
    assert "/id/claim/" in rows[1]["claim"]


def test_why_tells_records_and_mentions(small: EmbeddedStore) -> None:
    recorded = next(r for r in project(small, "events").why("person/ana-costa") if r["modality"] == "recorded")
    assert (recorded["quote"], recorded["source"]) == (None, "visits.csv, row 2 (https://example.org/diary)")
    mentioned = list(project(small, "mentions").why("Ana Costa", "degree"))
    assert {r["direction"] for r in mentioned} == {"with"}
    assert mentioned[0]["source"] in ("Ministers meet at the river", "Undated notes")


def test_an_unknown_actor_has_near_names(small: EmbeddedStore) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'Ana Costa'"):
        project(small).why("Ana Kosta")
    with pytest.raises(UnknownNameError, match="did you mean 'Luis Prado'"):
        project(small).paths("Ana Costa", "Luis Pradoo")


def chain() -> Network:
    """From A to D: one weak tie at once, or two strong steps by B, or two weaker by C."""
    b = Builder()
    for code in ("AAA", "BBB", "CCC", "DDD", "EEE"):
        b.country(code, code, f"Government {code}")
    for i in range(3):
        b.document(f"{i:016x}", f"Report {i}")
        b.claim(f"{i:016x}", "government/aaa", "supports", "government/bbb", confidence=0.8, quote=f"A backs B, {i}.")
        b.claim(f"{i:016x}", "government/ddd", "supports", "government/bbb", confidence=0.8, quote=f"D backs B, {i}!")
    one = "0" * 16
    b.claim(one, "government/aaa", "engages", "government/ddd", confidence=0.3, quote="A may deal with D.")
    b.claim(one, "government/aaa", "engages", "government/ccc", confidence=0.6, quote="A deals with C.")
    b.claim(
        one,
        "government/ccc",
        "engages",
        "government/ddd",
        confidence=0.6,
        quote="C deals with D.",
        says="government/eee",
    )
    b.claim(one, "government/eee", "meets", "government/eee")
    return project(b.store())


def test_shortest_and_best_evidenced_chains() -> None:
    network = chain()
    shortest = list(network.paths("Government AAA", "Government DDD"))
    assert [(r["path"], r["step"], round(r["strength"], 9)) for r in shortest] == [(1, 1, 0.3)]
    best = list(network.paths("Government AAA", "Government DDD", by="evidence", most=2))
    assert [(r["path"], r["target"][-3:], r["direction"]) for r in best] == [
        (1, "BBB", "forward"), (1, "DDD", "backward"), (2, "CCC", "forward"), (2, "DDD", "forward"),
    ]  # fmt: skip
    assert abs(best[0]["strength"] - (1 - 0.2**3)) < 1e-12
    assert best[0]["quote"].startswith("A backs B")
    assert (best[3]["quote"], best[3]["said_by"]) == ("C deals with D.", "Government EEE")


def test_the_direction_of_ties_can_be_kept() -> None:
    network = chain()
    forward = list(network.paths("Government AAA", "Government DDD", by="evidence", directed=True, most=1))
    assert [r["target"][-3:] for r in forward] == ["CCC", "DDD"]
    nowhere = network.paths("Government BBB", "Government AAA", directed=True)
    assert not len(nowhere)
    assert "No chain" in nowhere.note


def test_chains_that_cannot_be(small: EmbeddedStore) -> None:
    network = project(small)
    with pytest.raises(UsageError, match="two different"):
        network.paths("Ana Costa", "Ana Costa")
    with pytest.raises(UnknownNameError, match="evidence"):
        network.paths("Ana Costa", "Luis Prado", by="evidenc")
    assert "No chain" in network.paths("Ana Costa", "Government of Chile").note
    (only,) = project(small, "initiatives", modality="all").paths("Ana Costa", "Water Treaty")
    assert only["direction"] == "both"
