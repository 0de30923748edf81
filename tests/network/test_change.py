"""Windows of time and differences between networks."""

from __future__ import annotations

import pytest

from policygraph.errors import UnknownNameError, UsageError
from policygraph.graph.store import EmbeddedStore
from policygraph.network import Network, project
from policygraph.network.change import compare, compare_ranks, windows

from .building import Builder


def talks(*events: tuple[str, str, str, str]) -> Network:
    """Events as (type, actor, recipient, date)."""
    b = Builder()
    for code in ("AAA", "BBB", "CCC", "DDD"):
        b.country(code, code, f"Government {code}")
    b.document("0" * 16, "Report")
    for k, (kind, actor, recipient, date) in enumerate(events):
        b.event("0" * 16, f"e{k}", kind, [f"government/{actor}"], [f"government/{recipient}"], edtf=date)
    return project(b.store(), "events", weight="statements")


def test_windows_hold_what_may_or_must_fall_into_them() -> None:
    network = talks(
        ("consult", "aaa", "bbb", "2024-01-30/2024-02-02"),
        ("consult", "aaa", "ccc", "2024-02"), ("aid", "aaa", "ddd", ""),
    )  # fmt: skip
    rows = list(windows(network, "month", "degree"))
    assert {(r["window"], r["ties"]) for r in rows} == {("2024-01", 1), ("2024-02", 2)}
    assert [r["degree"] for r in rows if r["actor"] == "Government AAA"] == [1.0, 2.0]
    assert "1 ties without a date" in windows(network).note
    certain = list(network.windows("month", overlap="certain"))
    assert {(r["window"], r["ties"]) for r in certain} == {("2024-02", 1)}
    assert {r["window"] for r in windows(network, "quarter")} == {"2024 Q1"}
    assert {r["window"] for r in windows(network, "year")} == {"2024"}


def test_windows_that_make_no_sense(small: EmbeddedStore) -> None:
    with pytest.raises(UnknownNameError, match="month"):
        windows(project(small), "mont")
    with pytest.raises(UsageError, match="longer window"):
        windows(talks(("aid", "aaa", "bbb", "1000"), ("aid", "aaa", "bbb", "2024")))
    assert not len(windows(talks(("aid", "aaa", "bbb", ""))))


def test_every_kind_of_change() -> None:
    before = talks(
        ("consult", "aaa", "bbb", ""), ("consult", "aaa", "ccc", ""), ("aid", "bbb", "ccc", ""),
        ("aid", "bbb", "ccc", ""),
        ("consult", "ccc", "aaa", ""), ("consult", "ddd", "aaa", ""),
    )  # fmt: skip
    after = talks(
        ("accuse", "aaa", "bbb", ""), ("consult", "aaa", "ccc", ""), ("consult", "aaa", "ccc", ""),
        ("aid", "bbb", "ccc", ""),
        ("consult", "aaa", "ddd", ""), ("consult", "ddd", "aaa", ""),
    )  # fmt: skip
    table = compare(before, after)
    found = {(r["source"][-3:], r["target"][-3:]): (r["change"], r["difference"]) for r in table}
    assert found == {
        ("AAA", "BBB"): ("changed sign", 0.0),
        ("AAA", "CCC"): ("stronger", 1.0),
        ("BBB", "CCC"): ("weaker", -1.0),
        ("CCC", "AAA"): ("gone", -1.0),
        ("AAA", "DDD"): ("new", 1.0),
    }
    assert table.note == "1 unchanged."
    by_predicate = {
        (r["predicate"], r["change"]) for r in before.compare(after, by="predicate") if r["source"][-3:] == "AAA"
    }
    assert by_predicate == {("consult", "gone"), ("accuse", "new"), ("consult", "stronger"), ("consult", "new")}


def test_comparing_a_network_with_itself_and_with_another_layer(small: EmbeddedStore) -> None:
    claims = project(small)
    assert not len(compare(claims, claims))
    with pytest.raises(UsageError, match="same layer"):
        compare(claims, project(small, "places"))
    with pytest.raises(UnknownNameError, match="pair"):
        compare(claims, claims, by="pairs")


def test_periods_of_one_network_can_be_compared(small: EmbeddedStore) -> None:
    network = project(small)
    early, late = network.between(until="2024-03"), network.between(since="2024-04")
    assert len(early.ties) + len(late.ties) == len(network.ties) - 1, "one claim has no date"
    changes = {r["change"] for r in early.compare(late)}
    assert changes == {"new", "gone"}
    assert "No ties" in network.between("1900", "1901").note


def test_moves_of_actors() -> None:
    before = talks(("aid", "aaa", "bbb", ""), ("aid", "aaa", "ccc", ""), ("aid", "bbb", "ccc", ""))
    after = talks(("aid", "bbb", "aaa", ""), ("aid", "bbb", "ddd", ""), ("aid", "aaa", "ddd", ""))
    moved = {r["actor"][-3:]: (r["change"], r["rose"]) for r in compare_ranks(before, after, "out_degree")}
    assert moved == {"AAA": ("down", -1), "BBB": ("up", 1), "CCC": ("gone", None), "DDD": ("new", None)}
    assert {r["change"] for r in before.compare_ranks(before)} == {"same"}
