"""Pictures of networks as matplotlib figures: save them as PNG or SVG with `figure.savefig`.

Colours are those of Okabe and Ito (2008), which people with any kind of colour
vision can tell apart; friendly and hostile also differ by line style. Labels
never overlap: where there is no room for one it is left out, and the caption says
how many were.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from policygraph.errors import MissingExtraError, UsageError
from policygraph.network.labels import place_labels
from policygraph.network.measures import MEASURES, degree

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from policygraph.network.model import Network
    from policygraph.table import Table

BLUE, ORANGE, GREY, INK = "#0072B2", "#D55E00", "#8A8A8A", "#222222"
TYPE_COLOURS = {
    "Person": "#E69F00",
    "Government": "#0072B2",
    "Administration": "#56B4E9",
    "GovernmentBody": "#56B4E9",
    "InternationalOrganisation": "#009E73",
    "Organisation": "#009E73",
    "PoliticalParty": "#009E73",
    "SocialGroup": "#CC79A7",
    "Initiative": "#F0E442",
    "Policy": "#F0E442",
}
_OTHER_TYPE = "#BBBBBB"
_LONGEST_LABEL = 34
_LONGEST_TITLE = 80


def _figure(width: float, height: float) -> tuple[Figure, Any]:
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError("Drawing charts", "charts") from error
    figure = Figure(figsize=(width, height), dpi=120, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return figure, axes


def short(label: str, most: int = _LONGEST_LABEL) -> str:
    """A label that fits beside a mark; long ones lose their middle, as names differ at either end.

    >>> short("Permanent Conference of Political Parties of Latin America")
    'Permanent Conference…Latin America'
    """
    line = " ".join(label.split())
    if len(line) <= most:
        return line
    tail = most * 2 // 5
    return f"{line[: most - tail - 1].rstrip()}…{line[-tail:].lstrip()}"


def _plain_text(axes: Any) -> None:
    """A dollar sign in a name is a dollar sign, not the start of a formula."""
    for text in [*axes.get_xticklabels(), *axes.get_yticklabels(), *axes.texts, axes.title, axes.xaxis.label]:
        text.set_parse_math(False)


def rank_plot(table: Table, measure: str | None = None, *, most: int = 20) -> Figure:
    """Values of a measure with their intervals, the most central actor on top.

    Args:
        table: what `Network.centrality` returned; intervals are drawn where it has them.
        measure: a measure of the table; by default its first.
        most: number of actors.

    Raises:
        UsageError: the table does not hold the measure, or no rows.
        MissingExtraError: matplotlib is not installed.
    """
    known = [c for c in table.columns if c in MEASURES]
    name = measure or next(iter(known), "")
    if name not in known:
        raise UsageError(f"the table has no measure '{name}'", hint=f"use one of {', '.join(known) or 'centrality()'}")
    rows = [row for row in table if row[name] is not None]
    if not rows:
        raise UsageError("there is nothing to draw", hint=table.note or "widen the projection")
    rows = sorted(rows, key=lambda row: row[f"{name}_rank"])[:most]
    figure, axes = _figure(7.5, 1.2 + 0.28 * len(rows))
    places = range(len(rows))
    low, high = f"{name}_low", f"{name}_high"
    with_intervals = low in table.columns
    if with_intervals:
        bounds = [(row[low], row[high]) for row in rows]
        for place, (a, b) in zip(places, bounds, strict=True):
            if a is not None:
                axes.plot([a, b], [place, place], color=BLUE, linewidth=5, alpha=0.3, solid_capstyle="round")
    axes.plot([row[name] for row in rows], list(places), "o", color=BLUE, markersize=6)
    axes.set_yticks(list(places), [short(row["actor"]) for row in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.grid(axis="x", color="#E5E5E5", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(name.replace("_", " ") + (", bar: interval by resampling" if with_intervals else ""))
    axes.set_title(short(table.title, _LONGEST_TITLE), loc="left", fontsize=11, color=INK)
    _plain_text(axes)
    return figure


def change_plot(table: Table, *, most: int = 15, before: str = "before", after: str = "after") -> Figure:
    """Who rose and who fell: order of actors in two networks, joined by lines.

    Args:
        table: what `Network.compare_ranks` returned.
        most: actors shown, the highest in either network first.
        before, after: names of the two sides.

    Raises:
        UsageError: the table is another one, or empty.
        MissingExtraError: matplotlib is not installed.
    """
    if "rank_before" not in table.columns or not len(table):
        raise UsageError("there are no moves to draw", hint="pass what Network.compare_ranks returned")
    far = 10**9
    rows = sorted(table, key=lambda r: (min(r["rank_before"] or far, r["rank_after"] or far), r["actor"]))[:most]
    sides = [_order(rows, "rank_before", "rank_after"), _order(rows, "rank_after", "rank_before")]
    figure, axes = _figure(8, 1.2 + 0.3 * max(len(side) for side in sides))
    for row in rows:
        colour = {"up": BLUE, "down": ORANGE}.get(row["change"], GREY)
        ends = [side.get(row["iri"]) for side in sides]
        if ends[0] is not None and ends[1] is not None:
            style = "--" if row["change"] == "down" else "-"
            axes.plot([0, 1], ends, style, color=colour, linewidth=2, alpha=0.8)
        for x, y, rank in zip((0, 1), ends, (row["rank_before"], row["rank_after"]), strict=True):
            if y is not None:
                alone = None in ends
                axes.plot([x], [y], "o", color=colour, markerfacecolor="white" if alone else colour, markersize=7)
                words = f"{short(row['actor'])}  {rank}" if x == 0 else f"{rank}  {short(row['actor'])}"
                axes.text(
                    x + (0.04 if x else -0.04),
                    y,
                    words,
                    ha="left" if x else "right",
                    va="center",
                    fontsize=9,
                    color=INK,
                )
    axes.set_xlim(-1.1, 2.1)
    axes.set_ylim(max(len(side) for side in sides) - 0.4, -0.6)
    axes.set_xticks([0, 1], [before, after])
    axes.xaxis.tick_top()
    axes.tick_params(axis="both", length=0)
    axes.set_yticks([])
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_title(f"{table.title} (blue rose, dashed orange fell, open: on one side only)", loc="left", fontsize=10)
    _plain_text(axes)
    return figure


def _order(rows: Sequence[dict[str, Any]], side: str, opposite: str) -> dict[str, int]:
    """Place of each actor on one side, by rank; equal ranks in the order of the other side."""
    there = [row for row in rows if row[side] is not None]
    there.sort(key=lambda r: (r[side], r[opposite] or 0, r["actor"], r["iri"]))
    return {row["iri"]: place for place, row in enumerate(there)}


def _heaviest(network: Network, most: int) -> list[int]:
    if not network.nodes:
        raise UsageError("there is nothing to draw", hint=network.note or "widen the projection")
    strength = list(degree(network, weighted=True).values())
    return sorted(range(len(strength)), key=lambda n: (-strength[n], n))[:most]


def heat_map(network: Network, *, most: int = 25) -> Figure:
    """Who acts towards whom: a cell for each pair, rows act and columns receive.

    Layers with signs show friendly less hostile weight from orange (hostile) to blue (friendly), others
    the weight.

    Args:
        network: the network.
        most: actors shown, the heaviest.

    Raises:
        UsageError: the network is empty.
        MissingExtraError: matplotlib is not installed.
    """
    shown = _heaviest(network, most)
    place = {node: i for i, node in enumerate(shown)}
    signed = any(network.ties.sign)
    cells = [[0.0] * len(shown) for _ in shown]
    ties = network.ties
    for s, t, w, sign in zip(ties.source, ties.target, ties.weight, ties.sign, strict=True):
        if s in place and t in place:
            for a, b in [(s, t)] if network.directed else [(s, t), (t, s)]:
                cells[place[a]][place[b]] += w * sign if signed else w
    size = 2.6 + 0.26 * len(shown)
    figure, axes = _figure(size + 1.2, size)
    largest = max((abs(v) for row in cells for v in row), default=0) or 1.0
    colours = _diverging() if signed else "cividis_r"
    drawn = axes.imshow(cells, cmap=colours, vmin=-largest if signed else 0, vmax=largest)
    labels = [short(network.nodes[n].label) for n in shown]
    axes.set_xticks(range(len(shown)), labels, rotation=90, fontsize=8)
    axes.set_yticks(range(len(shown)), labels, fontsize=8)
    axes.tick_params(length=0)
    axes.set_xlabel("receives" if network.directed else "")
    axes.set_ylabel("acts" if network.directed else "")
    bar = figure.colorbar(drawn, ax=axes, shrink=0.7)
    bar.set_label("friendly less hostile weight" if signed else "weight")
    axes.set_title(short(network.title, _LONGEST_TITLE), loc="left", fontsize=11)
    _plain_text(axes)
    return figure


def _diverging() -> Any:
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("hostile-friendly", [ORANGE, "#F7F7F7", BLUE])


def drawing(network: Network, *, most: int = 40, seed: int = 0) -> Figure:
    """The network as points and arrows, the heaviest actors only.

    Points grow with strength and are coloured by class; solid blue ties are friendly, dashed orange
    ones hostile, grey ones neither.

    Args:
        network: the network.
        most: actors shown.
        seed: of the layout; the same seed gives the same picture.

    Raises:
        UsageError: the network is empty.
        MissingExtraError: matplotlib is not installed.
    """
    shown = _heaviest(network, most)
    where = _layout(network, shown, seed)
    figure, axes = _figure(9, 7)
    strength = list(degree(network, weighted=True).values())
    largest = max(strength[n] for n in shown) or 1.0
    radius = {n: 4.0 + 9.0 * (strength[n] / largest) ** 0.5 for n in shown}
    _arrows(axes, network, where, radius)
    kinds = sorted({network.nodes[n].type for n in shown})
    for kind in kinds:
        members = [n for n in shown if network.nodes[n].type == kind]
        axes.scatter(
            [where[n][0] for n in members], [where[n][1] for n in members], s=[radius[n] ** 2 * 1.6 for n in members],
            color=TYPE_COLOURS.get(kind, _OTHER_TYPE), edgecolors=INK, linewidths=0.6, zorder=3, label=kind,
        )  # fmt: skip
    axes.set_axis_off()
    axes.margins(0.12)
    figure.legend(loc="outside lower center", ncols=min(5, len(kinds)), frameon=False, fontsize=8, markerscale=0.7)
    # The title is written first, so that the layout keeps room for it.
    axes.set_title(short(network.title, _LONGEST_TITLE), loc="left", fontsize=11)
    labels = [(short(network.nodes[n].label), where[n], radius[n]) for n in shown]
    left_out = place_labels(figure, axes, labels)
    notes = [f"{len(network.nodes) - len(shown):,} more actors" if len(network.nodes) > len(shown) else ""]
    notes += [f"{left_out:,} labels without room" if left_out else ""]
    tail = "; ".join(n for n in notes if n)
    if tail:
        axes.set_title(f"{short(network.title, _LONGEST_TITLE)} (not shown: {tail})", loc="left", fontsize=11)
    _plain_text(axes)
    return figure


def _layout(network: Network, shown: Sequence[int], seed: int) -> dict[int, tuple[float, float]]:
    import networkx as nx

    g = network.compact().undirected()
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(shown)
    inside = set(shown)
    for s, t, w in zip(g.source, g.target, g.weight, strict=True):
        if s in inside and t in inside:
            graph.add_edge(s, t, weight=1 + w**0.5)
    # Loose threads keep parts without ties to each other on the same sheet.
    for part in sorted(nx.connected_components(graph), key=min):
        graph.add_edge(shown[0], min(part, key=shown.index), weight=0.4)
    graph.remove_edges_from([(shown[0], shown[0])])
    distance = 2.2 / max(1, len(shown)) ** 0.5
    found = nx.spring_layout(graph, seed=seed, k=distance, iterations=200)
    return {n: (float(x), float(y)) for n, (x, y) in found.items()}


def _arrows(axes: Any, network: Network, where: dict[int, tuple[float, float]], radius: dict[int, float]) -> None:
    net: dict[tuple[int, int], tuple[float, float]] = {}
    ties = network.ties
    for s, t, w, sign in zip(ties.source, ties.target, ties.weight, ties.sign, strict=True):
        if s in where and t in where:
            weight, balance = net.get((s, t), (0.0, 0.0))
            net[s, t] = weight + w, balance + w * sign
    largest = max((weight for weight, _ in net.values()), default=1.0)
    for (s, t), (weight, balance) in net.items():
        friendly = (balance > 0) - (balance < 0)
        axes.annotate(
            "", xy=where[t], xytext=where[s], zorder=1 if not friendly else 2,
            arrowprops={
                "arrowstyle": "-|>" if network.directed else "-",
                "color": {1: BLUE, -1: ORANGE, 0: GREY}[friendly],
                "linestyle": "--" if friendly < 0 else "-",
                "linewidth": 0.6 + 2.4 * weight / largest, "alpha": 0.65,
                "shrinkA": radius[s] * 0.75, "shrinkB": radius[t] * 0.75,
                "connectionstyle": "arc3,rad=0.1" if (t, s) in net else "arc3",
            },
        )  # fmt: skip
