"""Every look at a network, from the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pytest

from policygraph.network import measures
from tests.cli.conftest import Call


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(
    ("arguments", "column"),
    [
        (("ranks", "--measure", "in_strength", "--measure", "katz"), "katz_rank"),
        (("--measure", "harmonic", "--resamples", "10", "--by", "statement", "--workers", "2"), "harmonic_rank_high"),
        (("ties", "--per-statement", "--weight", "confidence"), "modality"),
        (("communities", "--runs", "3", "--method", "louvain"), "community"),
        (("brokers", "--by", "type"), "gatekeeper"),
        (("signed", "--layer", "events"), "negative_in"),
        (("summary",), "remark"),
        (("leave-one-out", "--measure", "degree"), "rank_correlation"),
        (("leave-one-out", "--by", "source", "--actor", "Government of Canada"), "rank_without"),
        (("windows", "--every", "year", "--since", "2020"), "window"),
        (("compare", "2017/2020", "2021/2024", "--by", "predicate"), "change"),
        (("compare", "..", "2021", "--ranks", "degree"), "rose"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else value,
)
def test_each_look_has_its_table(call: Call, built: Path, arguments: tuple[str, ...], column: str) -> None:
    outcome = call("network", *arguments, "--graph", built, "--format", "csv")
    assert outcome.code == 0, outcome.err
    found = rows(outcome.out)
    assert found
    assert column in found[0]
    assert call("network", *arguments, "--graph", built, "--format", "table").code == 0


@pytest.mark.parametrize("measure", sorted(measures.MEASURES))
def test_each_measure_answers_or_says_what_to_use(call: Call, built: Path, measure: str) -> None:
    outcome = call("network", "--measure", measure, "--graph", built, "--format", "csv")
    if outcome.code:
        assert outcome.code == 2
        assert "not defined here" in outcome.err
        assert "To mend it" in outcome.err
    else:
        assert measure in rows(outcome.out)[0]


def test_the_projection_is_chosen_by_options(call: Call, built: Path) -> None:
    def ties(*arguments: str) -> list[dict[str, str]]:
        outcome = call("network", "ties", *arguments, "--graph", built, "--format", "csv")
        assert outcome.code == 0, outcome.err
        return rows(outcome.out)

    every = ties()
    visits = ties("--type", "Person")
    assert 0 < len(visits) < len(every)
    possible = ties("--since", "2021-11", "--until", "2021-11")
    certain = ties("--since", "2021-11", "--until", "2021-11", "--overlap", "certain")
    assert len(certain) <= len(possible) < len(every)
    countries = {row["source_iri"] for row in ties("--roll-up", "country")}
    assert any("/country/" in iri for iri in countries)
    assert not any(row["modality"] == "recorded" for row in ties("--modality", "all", "--no-reference"))


def test_values_are_kept_until_the_graph_changes(call: Call, small: Path) -> None:
    project, graph = small / "policygraph.toml", ("--graph", small / "build")
    (small / "articles" / "b.txt").write_text("Ivo Lund wrote to Eva Sol. Eva Sol spoke in Quito.")
    assert call("build", "--project", project).code == 0
    count = "SELECT (COUNT(*) AS ?n) { ?m a pg:Measurement ; pg:measuredValue ?v ; pg:inProjection ?p }"

    def kept() -> int:
        return int(call("query", count, *graph, "--format", "csv").out.split()[1])

    measured = call(
        "network", "--layer", "mentions", "--measure", "degree", "--resamples", "5", "--store", *graph,
    )  # fmt: skip
    assert measured.code == 0, measured.err
    number = kept()
    assert f"{number} values kept" in measured.err
    again = call("network", "--layer", "mentions", "--measure", "degree", "--store", *graph)
    assert again.code == 0
    assert kept() == number, "measured again, nothing twice"
    assert "pg:Measurement" in (small / "build" / "graph.trig").read_text()
    assert call("validate", *graph, "--format", "csv").code == 0
    assert call("verify", *graph).code == 0
    assert call("build", "--project", project).code == 0
    assert kept() == number, "a build that changes nothing keeps them"
    (small / "articles" / "a.txt").write_text("Ana Ruiz met Eva Sol in Lima.")
    assert call("build", "--project", project).code == 0
    assert kept() == 0, "they described the graph as it was"


def test_networks_are_written_for_other_programs(call: Call, built: Path, tmp_path: Path) -> None:
    for ending, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf), ("net", nx.read_pajek)):
        target = tmp_path / f"actors.{ending}"
        assert call("network", "export", target, "--graph", built).out.strip() == str(target)
        assert read(target).number_of_nodes() > 10
    target = tmp_path / "actors.json"
    assert call("network", "export", target, "--graph", built).code == 0
    assert nx.node_link_graph(json.loads(target.read_text()), edges="links").number_of_nodes() > 10
    assert call("network", "export", tmp_path / "a.csv", "--graph", built).out.split() == [
        str(tmp_path / "a-nodes.csv"),
        str(tmp_path / "a-edges.csv"),
    ]
    streamed = call("network", "export", "-", "--format", "graphml", "--graph", built)
    assert nx.parse_graphml(streamed.out).number_of_nodes() > 10


def test_ranks_go_to_a_file(call: Call, built: Path, tmp_path: Path) -> None:
    assert call("network", "-o", tmp_path / "ranks.csv", "--graph", built).out.strip() == str(tmp_path / "ranks.csv")
    assert rows((tmp_path / "ranks.csv").read_text())[0]["degree_rank"] == "1"
    assert call("network", "-o", tmp_path / "ranks.json", "--graph", built).code == 0
    assert json.loads((tmp_path / "ranks.json").read_text())[0]["degree_rank"] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("ranks", "r.svg", "--resamples", "5", "--by", "statement"),
        ("heat", "h.png", "--most", "8"),
        ("drawing", "d.png"),
        ("change", "c.pdf", "--before", "2017/2020", "--after", "2021/2024"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_pictures(call: Call, built: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    kind, name, *rest = arguments
    outcome = call("network", "chart", kind, tmp_path / name, *rest, "--graph", built)
    assert outcome.out.strip() == str(tmp_path / name)
    assert (tmp_path / name).stat().st_size > 5_000


def test_blocs_come_from_a_file(call: Call, built: Path, tmp_path: Path) -> None:
    blocs = tmp_path / "blocs.csv"
    blocs.write_text("USA,north\nCAN,north\nMEX,middle\nGTM,middle\n", encoding="utf-8")
    found = rows(call("network", "brokers", "--blocs", blocs, "--graph", built, "--format", "csv").out)
    assert {row["group"] for row in found} == {"north", "middle", ""}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("brokerz",), "did you mean 'brokers'"),
        (("--resamples", "-3"), "cannot be drawn"),
        (("--resamples", "9", "--by", "moon"), "source, publisher, statement"),
        (("--level", "95"), "0 to 1"),
        (("--measure", "pagerang"), "did you mean 'pagerank'"),
        (("--overlap", "maybe"), "possible"),
        (("--since", "2023-02-30"), "2023-02-30"),
        (("--since", "2024", "--until", "2020"), "before it starts"),
        (("--min-confidence", "7"), "0 to 1"),
        (("--weight", "score"), "layer events"),
        (("--type", "Martian"), "Government"),
        (("communities", "--runs", "0"), "1 or more"),
        (("communities", "--resolution", "0"), "above 0"),
        (("brokers", "--by", "moon"), "country, type"),
        (("brokers", "--blocs", "/no/such/file.csv"), "/no/such/file.csv"),
        (("compare", "2020-13", "2021"), "2020-13"),
        (("windows", "--every", "fortnight"), "month, quarter, year"),
        (("chart", "pie", "x.svg"), "ranks, change, heat, drawing"),
        (("chart", "ranks", "x.doc"), ".svg"),
        (("chart", "change", "x.svg"), "--before"),
        (("chart", "heat", "/no/such/folder/x.svg"), "/no/such/folder"),
        (("export", "actors.doc"), ".graphml"),
        (("export", "-"), "--format"),
        (("export", "/no/such/folder/a.gexf"), "/no/such/folder"),
        (("leave-one-out", "--actor", "Nobody At All"), "Nobody At All"),
    ],
    ids=lambda value: "-".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_a_mistake_is_told_in_words(call: Call, built: Path, arguments: tuple[str, ...], words: str) -> None:
    outcome = call("network", *arguments, "--graph", built)
    assert outcome.code == 2
    assert words in outcome.err
    assert outcome.err.startswith("Error: ")


def test_an_empty_network_names_the_filter(call: Call, built: Path) -> None:
    outcome = call("network", "--since", "1800", "--until", "1801", "--graph", built, "--format", "csv")
    assert outcome.code == 0
    assert "period 1800-01-01 to 1801-12-31 removed the last" in outcome.err
