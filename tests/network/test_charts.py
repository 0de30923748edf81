"""Pictures: every label readable, nothing on top of another, colours apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from policygraph.errors import MissingExtraError, UsageError
from policygraph.graph.store import EmbeddedStore
from policygraph.network import Network, charts, project
from policygraph.network.labels import overlap
from policygraph.table import Table

from .building import Builder


def crowded(actors: int = 45) -> Network:
    """A busy network with long names, and one with a formula in it."""
    b = Builder()
    b.document("0" * 16, "Report")
    names = [f"Ministry of Very Long Affairs no. {i}" for i in range(actors)]
    names[0] = "Costs $5 and $6_x^2$ <b>"
    for i, name in enumerate(names):
        b.entity(f"organisation/o{i}", "GovernmentBody" if i % 3 else "Person", name)
    for i in range(actors):
        for step in (1, 5, 7):
            b.claim(
                "0" * 16,
                f"organisation/o{i}",
                "supports" if step > 1 else "opposes",
                f"organisation/o{(i * step + 1) % actors}",
            )
    return project(b.store())


def boxes(figure: Any, texts: Sequence[Any]) -> list[tuple[float, float, float, float]]:
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    found = [t.get_window_extent(renderer) for t in texts if t.get_text()]
    return [(b.x0, b.y0, b.x1, b.y1) for b in found]


def assert_apart(figure: Any, texts: Sequence[Any]) -> None:
    for one, other in combinations(boxes(figure, texts), 2):
        assert not overlap(one, other)


def saved(figure: Any, folder: Path) -> str:
    figure.savefig(folder / "chart.png")
    figure.savefig(folder / "chart.svg")
    assert (folder / "chart.png").read_bytes().startswith(b"\x89PNG")
    ElementTree.parse(folder / "chart.svg")
    return (folder / "chart.svg").read_text(encoding="utf-8")


def test_rank_plot(tmp_path: Path) -> None:
    table = crowded().centrality(("in_strength", "pagerank"), resamples=20, by="statement")
    figure = charts.rank_plot(table, most=25)
    axes = figure.axes[0]
    labels = axes.get_yticklabels()
    assert labels[0].get_text() == charts.short(table.rows[0][0])
    assert len(labels) == 25
    assert_apart(figure, labels)
    bars = [line for line in axes.lines if line.get_linewidth() == 5]
    first = next(iter(table))
    assert list(bars[0].get_xdata()) == [first["in_strength_low"], first["in_strength_high"]]
    saved(figure, tmp_path)
    assert not [
        line for line in charts.rank_plot(crowded().centrality("degree")).axes[0].lines if line.get_linewidth() == 5
    ]


def test_change_plot(tmp_path: Path) -> None:
    before, after = crowded(30), crowded(34)
    figure = charts.change_plot(before.compare_ranks(after, "in_strength"), most=20, before="2023", after="2024")
    assert_apart(figure, figure.axes[0].texts)
    saved(figure, tmp_path)


def test_heat_map(small: EmbeddedStore, tmp_path: Path) -> None:
    network = project(small, "events")
    figure = charts.heat_map(network)
    image = figure.axes[0].images[0]
    labels = [t.get_text() for t in figure.axes[0].get_yticklabels()]
    row, column = labels.index("Dam workers"), labels.index("Government of Chile")
    assert image.get_array()[row, column] == -5.0
    assert image.get_array()[column, row] == 0.0
    big = charts.heat_map(crowded(), most=30)
    assert_apart(big, big.axes[0].get_yticklabels())
    saved(big, tmp_path)
    mutual = charts.heat_map(project(small, "mentions")).axes[0].images[0].get_array()
    assert (mutual == mutual.T).all()


def test_drawing(tmp_path: Path) -> None:
    figure = charts.drawing(crowded())
    texts = [t for t in figure.axes[0].texts if t.get_text()]
    assert len(texts) >= 20
    assert_apart(figure, texts)
    wide, high = figure.bbox.width, figure.bbox.height
    assert all(b[0] >= 0 and b[1] >= 0 and b[2] <= wide and b[3] <= high for b in boxes(figure, texts))
    assert "5 more actors" in figure.axes[0].get_title(loc="left")
    again = [t.get_position() for t in charts.drawing(crowded()).axes[0].texts if t.get_text()]
    assert again == [t.get_position() for t in texts]
    assert "&lt;b&gt;" in saved(figure, tmp_path) or "<b>" not in saved(figure, tmp_path)


def test_a_single_actor_and_nothing_can_be_asked_for(small: EmbeddedStore) -> None:
    empty = project(small, modality="hypothetical")
    for call in (charts.heat_map, charts.drawing):
        with pytest.raises(UsageError, match="hypothetical"):
            call(empty)
    with pytest.raises(UsageError, match="hypothetical"):
        charts.rank_plot(empty.centrality("degree"))
    with pytest.raises(UsageError, match="no measure"):
        charts.rank_plot(project(small).centrality("degree"), "pagerank")
    with pytest.raises(UsageError, match="compare_ranks"):
        charts.change_plot(Table(("a",), []))


def test_without_matplotlib(small: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "matplotlib.figure", None)
    with pytest.raises(MissingExtraError, match=r"policygraph\[charts\]"):
        charts.heat_map(project(small))
