"""The picture: chosen names, placed the same way every time, none on top of another."""

from __future__ import annotations

import math
import random
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph import iris
from policygraph.errors import UnknownNameError
from policygraph.view.choose import carried, choose, find
from policygraph.view.layout import attach, place
from policygraph.view.model import Statement


def web(count: int, links: int) -> list[tuple[int, int]]:
    rng = random.Random(count)
    return [(rng.randrange(count), rng.randrange(count)) for _ in range(links)]


@pytest.fixture(params=["igraph", "networkx", "rings"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param != "igraph":
        monkeypatch.setitem(sys.modules, "igraph", None)
    if request.param == "rings":
        monkeypatch.setitem(sys.modules, "networkx", None)
    return str(request.param)


def test_the_same_graph_and_seed_give_the_same_picture(engine: str) -> None:
    edges = web(60, 90)
    assert place(60, edges, [0] * 60, seed=4) == place(60, edges, [0] * 60, seed=4)


def test_signs_do_not_cover_each_other(engine: str) -> None:
    points = place(80, web(80, 120), [i % 5 for i in range(80)])
    close = [1 for i, a in enumerate(points) for b in points[:i] if math.dist(a, b) < 30]
    assert len(close) <= 2


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 12), st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=20))
def test_any_graph_gets_finite_places(count: int, edges: list[tuple[int, int]]) -> None:
    points = place(count, [(a, b) for a, b in edges if a < count and b < count])
    assert len(points) == count
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in points)


def said(*links: tuple[str, str, str]) -> list[Statement]:
    return [Statement(f"{a}{b}{s}", iris.thing(a), "meets", s, iris.thing(b)) for a, b, s in links]


def test_what_is_shown_at_first_outweighs_what_is_hidden_and_what_is_recorded() -> None:
    links = said(("a", "b", "asserted"), ("c", "d", "denied"), ("e", "f", "record"), ("a", "e", "record"))
    kinds = {iris.thing(n): 0 for n in "abcdef"}
    names = [iris.local_name(n) for n in choose(links, kinds, {"asserted"}, most=5)]
    assert names[:2] == ["a", "b"]
    assert "f" not in names


def test_the_focus_and_its_neighbours_come_first() -> None:
    links = said(*((f"x{i}", f"x{i + 1}", "asserted") for i in range(40)))
    kinds = {iris.thing(f"x{i}"): 0 for i in range(41)}
    assert set(choose(links, kinds, {"asserted"}, [iris.thing("x30")], 4)) >= {
        iris.thing(f"x{i}") for i in (29, 30, 31)
    }


def test_a_few_of_every_kind_are_drawn() -> None:
    links = said(*((f"p{i}", f"p{(i * 7 + 1) % 50}", "asserted") for i in range(50)), ("p1", "rare", "asserted"))
    kinds = {iris.thing(f"p{i}"): 0 for i in range(50)} | {iris.thing("rare"): 3}
    assert iris.thing("rare") in choose(links, kinds, {"asserted"}, most=10)


def test_names_are_found_without_case_and_accents() -> None:
    names = {iris.thing("place/sp"): ("São Paulo", "Sampa")}
    for asked in ("sao paulo", "SAMPA", "place/sp", iris.thing("place/sp")):
        assert find(asked, names) == iris.thing("place/sp")
    with pytest.raises(UnknownNameError, match="did you mean 'São Paulo'"):
        find("São Palo", names)


def test_a_page_carries_what_is_said_of_the_most_told_names() -> None:
    links = said(*((f"x{i}", "hub", "asserted") for i in range(6)), ("y", "z", "asserted"), ("hub", "z", "record"))
    assert carried(links, most=8) == links
    kept = carried(links, most=6)
    assert len(kept) == 6
    assert all(s.object == iris.thing("hub") for s in kept)
    assert links[6] in carried(links, [iris.thing("y")], most=3)


def test_what_is_hidden_at_first_leaves_the_rest_where_it_is() -> None:
    first = place(12, [(i, (i + 1) % 12) for i in range(12)])
    edges = [(0, 12), (12, 13), *((14, n) for n in range(15, 24))]
    everything = attach(first, 12, edges)
    assert everything[:12] == first
    assert min(math.dist(a, b) for i, a in enumerate(everything) for b in everything[:i]) > 30
    assert math.dist(everything[0], everything[12]) < 400
    assert min(y for _, y in everything[14:]) > max(y for _, y in first)
