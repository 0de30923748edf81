"""The examples of the guide on networks run, one after the other."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import policygraph
from policygraph.graph.store import EmbeddedStore
from policygraph.network import LAYERS, measures, project
from policygraph.network.projection import WEIGHTS

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
