"""Files for other programs, each read back."""

from __future__ import annotations

import csv
import json
import tempfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph.errors import UnknownNameError, UsageError
from policygraph.graph.store import EmbeddedStore
from policygraph.network import Network, project
from policygraph.network.export import clean, portable

from .building import Builder

LAYERS = ("claims", "mentions")


def edges_of(graph: Any) -> list[tuple[str, str, str, float]]:
    return sorted((s, t, d["predicate"], float(d["weight"])) for s, t, d in graph.edges(data=True))


@pytest.fixture(params=LAYERS)
def network(request: pytest.FixtureRequest, small: EmbeddedStore) -> Network:
    return project(small, request.param)


def test_graphml(network: Network, tmp_path: Path) -> None:
    (path,) = network.write(tmp_path / "net.graphml")
    back = nx.read_graphml(path, force_multigraph=True)
    assert back.is_directed() == network.directed
    assert dict(back.nodes(data=True)) == dict(portable(network).nodes(data=True))
    assert edges_of(back) == edges_of(portable(network))
    data = next(d for _, _, d in back.edges(data=True))
    assert {"predicate", "weight", "sign", "modality", "sources", "statements", "claims", "first", "last"} <= set(data)


def test_gexf_has_labels_types_weights_and_dates(network: Network, tmp_path: Path) -> None:
    (path,) = network.write(tmp_path / "net.gexf")
    back = nx.read_gexf(path)
    assert {n: (d["label"], d["type"]) for n, d in back.nodes(data=True)} == {
        n.iri: (n.label, n.type) for n in network.nodes
    }
    assert edges_of(back) == edges_of(portable(network))
    starts = {d["start"] for _, _, d in back.edges(data=True) if "start" in d}
    assert starts == {e.first for e in network.edges if e.first}
    space = "{http://www.gexf.net/1.2draft}"
    graph = ElementTree.parse(path).getroot().find(f"{space}graph")
    assert graph is not None
    assert graph.get("defaultedgetype") == ("directed" if network.directed else "undirected")
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    ids = [edge.get("id") for edge in graph.iter(f"{space}edge")]
    assert len(ids) == len(set(ids)) == len(network.edges)


def test_pajek(network: Network, tmp_path: Path) -> None:
    (path,) = network.write(tmp_path / "net.net")
    back = nx.read_pajek(path)
    assert set(back) == {n.label for n in network.nodes}
    label = {n.iri: n.label for n in network.nodes}
    wanted = sorted((label[s], label[t], float(d["weight"])) for s, t, d in portable(network).edges(data=True))
    got = sorted((s, t, float(d["weight"])) for s, t, d in back.edges(data=True))
    assert back.is_directed() == network.directed
    pairs = sorted if network.directed else lambda rows: sorted((*sorted(r[:2]), r[2]) for r in rows)
    assert pairs(got) == pairs(wanted)


def test_json(network: Network, tmp_path: Path) -> None:
    (path,) = network.write(tmp_path / "net.json")
    back = nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="links")
    assert edges_of(back) == edges_of(portable(network))
    assert dict(back.nodes(data=True)) == dict(portable(network).nodes(data=True))


def test_csv(network: Network, tmp_path: Path) -> None:
    nodes, edges = network.write(tmp_path / "net.csv")
    assert (nodes.name, edges.name) == ("net-nodes.csv", "net-edges.csv")
    with nodes.open(encoding="utf-8", newline="") as file:
        assert {r["iri"]: r["label"] for r in csv.DictReader(file)} == {n.iri: n.label for n in network.nodes}
    with edges.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    got = sorted((r["source_iri"], r["target_iri"], r["predicate"], float(r["weight"])) for r in rows)
    assert got == sorted(
        (network.nodes[e.source].iri, network.nodes[e.target].iri, e.predicate, e.weight) for e in network.edges
    )
    assert [r["claims"].split() for r in rows] == [list(e.claims) for e in network.edges]


def named(one: str, other: str) -> Network:
    b = Builder()
    b.entity("person/a", "Person", one)
    b.entity("person/b", "Person", other)
    b.document("0" * 16, "Report")
    b.claim("0" * 16, "person/a", "engages", "person/b")
    return project(b.store())


@settings(max_examples=60, deadline=None)
@given(one=st.text(min_size=1, max_size=12), other=st.text(min_size=1, max_size=12))
def test_any_name_comes_back(one: str, other: str) -> None:
    """Names with quotes, angle brackets, formulas, control characters, right-to-left marks, line ends."""
    network = named(one, other)
    wanted = [clean(n.label) or f"person/{n.iri[-1]}" for n in network.nodes]
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        for ending in ("graphml", "gexf", "json"):
            network.write(base / f"x.{ending}")
        graphs = [
            nx.read_graphml(base / "x.graphml", force_multigraph=True),
            nx.read_gexf(base / "x.gexf"),
            nx.node_link_graph(json.loads((base / "x.json").read_text(encoding="utf-8")), edges="links"),
        ]
        for graph in graphs:
            assert [graph.nodes[n.iri]["label"] for n in network.nodes] == wanted
            assert edges_of(graph) == edges_of(portable(network))
        network.write(base / "x.net")
        pajek = nx.read_pajek(base / "x.net")
        assert (len(pajek), pajek.number_of_edges()) == (2, 1)
        nodes, _ = network.write(base / "x.csv")
        with nodes.open(encoding="utf-8", newline="") as file:
            cells = [r["label"] for r in csv.DictReader(file)]
        assert [c.removeprefix("'") for c in cells] == [clean(n.label).removeprefix("'") for n in network.nodes]


@pytest.mark.parametrize(
    "name", ['O\'Brien "the Fox"', "<script>alert(1)</script>", "=1+1", "Ωμέγα \u202e", "a\\", "*Edges"]
)
def test_hostile_names_in_pajek(name: str, tmp_path: Path) -> None:
    (path,) = named(name, name).write(tmp_path / "x.net")
    assert len(nx.read_pajek(path)) == 2, "equal names stay two actors"


def test_an_empty_network_is_a_file_too(small: EmbeddedStore, tmp_path: Path) -> None:
    empty = project(small, modality="hypothetical")
    for ending in ("graphml", "gexf", "net", "json", "csv"):
        assert all(path.stat().st_size for path in empty.write(tmp_path / f"x.{ending}"))
    assert len(nx.read_graphml(tmp_path / "x.graphml")) == 0


def test_what_cannot_be_written(small: EmbeddedStore, tmp_path: Path) -> None:
    network = project(small)
    with pytest.raises(UsageError, match="graphml"):
        network.write(tmp_path / "x.doc")
    with pytest.raises(UnknownNameError, match="gexf"):
        network.write(tmp_path / "x", format="gefx")
    with pytest.raises(UsageError, match="does not exist"):
        network.write(tmp_path / "nowhere" / "x.gexf")
    assert network.write(tmp_path / "x", format="json")[0].exists()
