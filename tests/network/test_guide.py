"""The examples of the guide on networks run, one after the other."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest

import policygraph
from policygraph.cli.app import app
from policygraph.graph.store import EmbeddedStore
from policygraph.network import LAYERS, measures, project
from policygraph.network.projection import WEIGHTS

from .building import small_graph

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "networks.md"
TEXT = GUIDE.read_text(encoding="utf-8")


def test_every_example_runs(
    small: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = SimpleNamespace(network=lambda **options: project(small, **options))
    monkeypatch.setattr(policygraph, "open", lambda place: graph, raising=False)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    blocks = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    assert len(blocks) >= 9
    for block in blocks:
        exec(compile(block, str(GUIDE), "exec"), names)
    told = capsys.readouterr().out
    assert "Government of Argentina" in told
    assert "modality=hypothetical" in told
    made = {path.name for path in tmp_path.iterdir()}
    assert made >= {"network.graphml", "network.gexf", "network-nodes.csv", "ranks.svg", "heat.png", "network.png"}


def test_every_layer_weight_and_measure_is_told() -> None:
    for name in (*LAYERS, *WEIGHTS, *measures.MEASURES):
        if not name.startswith("weighted_"):
            assert f"`{name}`" in TEXT, name


def test_the_query_of_the_guide_finds_what_was_measured() -> None:
    (query,) = re.findall(r"```sparql\n(.*?)```", TEXT, re.DOTALL)
    store = small_graph().store()
    network = project(store)
    store.extend(network.measurements(network.centrality("degree")))
    found = list(store.select(query))
    assert [row["rank"] for row in found] == sorted(row["rank"] for row in found)
    assert ("Ana Costa", "Water Treaty") in {(row["who"], row["what"]) for row in found}


def test_every_command_of_the_guide_exists() -> None:
    told = re.findall(r"^\$ policygraph (network )?([a-z-]+)(.*)$", TEXT, re.MULTILINE)
    assert len(told) >= 12
    for group, name, rest in told:
        path = [word for word in (group.strip(), name) if word and not word.startswith("-")]
        command: click.Command = app
        for word in path:
            assert isinstance(command, click.Group)
            command = command.commands[word]
        if isinstance(command, click.Group):
            command = command.commands["ranks"]
        known = {name for option in command.params for name in option.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known, (path, rest)
