"""Pictures of networks as matplotlib figures: save them as PNG or SVG with `figure.savefig`.

Colours are those of Okabe and Ito (2008), which people with any kind of colour
vision can tell apart; friendly and hostile also differ by line style. Labels
never overlap: where there is no room for one it is left out, and the caption says
how many were.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from policygraph.errors import MissingExtraError, UsageError
from policygraph.network.labels import place_labels
from policygraph.network.layout import layout
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
_LONGEST_LABEL = 40
_LONGEST_TITLE = 80


@cache
def _chart(base: type[Figure]) -> type[Figure]:
    """A figure that a notebook shows, whatever backend is chosen there."""

    class Chart(base):  # type: ignore[misc, valid-type]
        def _repr_png_(self) -> bytes:
            out = BytesIO()
            self.savefig(out, format="png")
            return out.getvalue()

    return Chart


def _figure(width: float, height: float, panels: int = 1) -> tuple[Figure, Any]:
    """A figure and its axes, a list of them where there are several panels side by side."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError("Drawing charts", "charts") from error
    figure = _chart(Figure)(figsize=(width, height), dpi=120, layout="constrained")
    FigureCanvasAgg(figure)
    axes = [figure.add_subplot(1, panels, place + 1) for place in range(panels)]
    for panel in axes:
        for side in ("top", "right"):
            panel.spines[side].set_visible(False)
    return figure, axes if panels > 1 else axes[0]


def short(label: str, most: int = _LONGEST_LABEL) -> str:
    """A label that fits beside a mark; long ones lose their middle, as names differ at either end.

    >>> short("Permanent Conference of Political Parties of Latin America and the Caribbean")
    'Permanent Conference of…the Caribbean'
    """
    line = " ".join(label.split())
    if len(line) <= most:
        return line
    tail = most * 2 // 5
    head, end = line[: most - tail - 1], line[-tail:]
    # Cut between words where one is near.
    if " " in head[len(head) // 2 :] and line[len(head)] != " ":
        head = head.rpartition(" ")[0]
    if " " in end[: tail // 2] and line[-tail - 1] != " ":
        end = end.partition(" ")[2]
    return f"{head.rstrip()}…{end.lstrip()}"


def _plain_text(axes: Any) -> None:
    """A dollar sign in a name is a dollar sign, not the start of a formula."""
    for text in [*axes.get_xticklabels(), *axes.get_yticklabels(), *axes.texts, axes.title, axes.xaxis.label]:
        text.set_parse_math(False)


def rank_plot(table: Table, measure: str | None = None, *, most: int = 20) -> Figure:
    """Values of a measure, the most central actor on top; with intervals, ranks and theirs beside them.

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
    with_intervals = f"{name}_low" in table.columns
    high = 1.2 + 0.28 * len(rows)
    figure, axes = _figure(9.5, high, 2) if with_intervals else _figure(7.5, high)
    panels = axes if with_intervals else [axes]
    columns = [(name, f"{name}_low", f"{name}_high"), (f"{name}_rank", f"{name}_rank_low", f"{name}_rank_high")]
    for panel, column in zip(panels, columns, strict=False):
        _intervals(panel, rows, *column)
    words = name.replace("_", " ")
    panels[0].set_xlabel(f"{words}, bar: interval by resampling" if with_intervals else words)
    panels[0].set_yticks(range(len(rows)), [short(row["actor"]) for row in rows])
    panels[0].set_title(short(table.title, _LONGEST_TITLE), loc="left", fontsize=11, color=INK)
    if with_intervals:
        panels[1].set_xlabel("rank, 1 is first")
        panels[1].set_yticks(range(len(rows)), [""] * len(rows))
    for panel in panels:
        _plain_text(panel)
    return figure


def _intervals(axes: Any, rows: Sequence[dict[str, Any]], name: str, low: str, high: str) -> None:
    """A dot a row, and a bar from its lower to its upper bound where there is one."""
    for place, row in enumerate(rows):
        if row.get(low) is not None:
            axes.plot([row[low], row[high]], [place, place], color=BLUE, linewidth=5, alpha=0.3, solid_capstyle="round")
    axes.plot([row[name] for row in rows], list(range(len(rows))), "o", color=BLUE, markersize=6)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.grid(axis="x", color="#E5E5E5", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)


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
    sides = _places(rows)
    lowest = max(place for side in sides for place in side.values())
    figure, axes = _figure(8, 1.5 + 0.3 * lowest)
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
    axes.set_ylim(lowest + 0.6, -0.6)
    axes.set_xticks([0, 1], [before, after])
    axes.xaxis.tick_top()
    axes.tick_params(axis="both", length=0)
    axes.set_yticks([])
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_title(f"{table.title} (blue rose, dashed orange fell, open: on one side only)", loc="left", fontsize=10)
    _plain_text(axes)
    return figure


def _places(rows: Sequence[dict[str, Any]]) -> list[dict[str, int]]:
    """Place of each actor on either side: one scale of ranks for both, so that who rose is drawn rising.

    Equal ranks stand below each other, those first that are on both sides. Places that nobody has are left out.
    """
    far = 10**9
    sides: list[dict[str, int]] = []
    for side, opposite in (("rank_before", "rank_after"), ("rank_after", "rank_before")):
        there = [row for row in rows if row[side] is not None]
        there.sort(key=lambda r: (r[side], r[opposite] or far, r["actor"], r["iri"]))
        places: dict[str, int] = {}
        last = -1
        for row in there:
            last = places[row["iri"]] = max(last + 1, row[side] - 1)
        sides.append(places)
    used = {place: i for i, place in enumerate(sorted({p for side in sides for p in side.values()}))}
    return [{iri: used[place] for iri, place in side.items()} for side in sides]


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
    where = layout(network, shown, seed)
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
    handles, _ = axes.get_legend_handles_labels()
    handles += _sign_legend(network)
    figure.legend(
        handles=handles, loc="outside lower center", ncols=min(6, len(handles)), frameon=False, fontsize=8,
        markerscale=0.7,
    )  # fmt: skip
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


def _sign_legend(network: Network) -> list[Any]:
    """What the lines mean, where they mean anything."""
    from matplotlib.lines import Line2D

    told = []
    if 1 in network.ties.sign:
        told.append(Line2D([], [], color=BLUE, label="friendly tie"))
    if -1 in network.ties.sign:
        told.append(Line2D([], [], color=ORANGE, linestyle="--", label="hostile tie"))
    return told


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
