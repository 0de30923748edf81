"""Labels in a drawing that do not overlap each other or the points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, pi, sin
from typing import Any

Box = tuple[float, float, float, float]
Label = tuple[str, tuple[float, float], float]
_DISTANCES = (1.0, 2.0, 3.5, 5.5)
_DIRECTIONS = 12
_GAP = 2.0


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes (left, bottom, right, top) share an area.

    >>> overlap((0, 0, 2, 2), (1, 1, 3, 3)), overlap((0, 0, 1, 1), (1, 0, 2, 1))
    (True, False)
    """
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def place_labels(figure: Any, axes: Any, labels: Sequence[Label], *, fontsize: float = 8) -> int:
    """Write a label beside each point, nearest free place first; points come in order of importance.

    Args:
        figure, axes: where to draw; points must have been drawn.
        labels: text, position in data units, radius of the point in points (1/72 inch).
        fontsize: of the labels.

    Returns:
        How many labels had no room and were left out.
    """
    from matplotlib.patheffects import withStroke

    halo = [withStroke(linewidth=2.5, foreground="white", alpha=0.85)]
    figure.canvas.draw()
    figure.set_layout_engine("none")
    renderer = figure.canvas.get_renderer()
    scale = figure.dpi / 72
    spots = [axes.transData.transform(position) for _, position, _ in labels]
    taken: list[Box] = [_around(spot, radius * scale) for spot, (_, _, radius) in zip(spots, labels, strict=True)]
    frame = (0.0, 0.0, float(figure.bbox.width), float(figure.bbox.height) * 0.95)
    left_out = 0
    for at, (words, position, radius) in enumerate(labels):
        text = axes.annotate(
            words, position, xytext=(0, 0), textcoords="offset points", fontsize=fontsize, zorder=5,
            ha="center", va="center", parse_math=False, path_effects=halo,
        )  # fmt: skip
        size = text.get_window_extent(renderer)
        free = _free(spots[at], radius * scale, (size.width, size.height), taken, frame)
        if free is None:
            text.remove()
            left_out += 1
            continue
        (dx, dy), box = free
        text.set_position((dx / scale, dy / scale))
        if not overlap(_around(spots[at], radius * scale + 3 * _GAP), box):
            # A label that had to move away is tied to its point by a thin line.
            axes.annotate(
                "", position, xytext=(dx / scale, dy / scale), textcoords="offset points", zorder=2.5,
                arrowprops={"arrowstyle": "-", "color": "#555555", "linewidth": 0.5, "shrinkA": 0, "shrinkB": radius},
            )  # fmt: skip
        taken.append(box)
    return left_out


def _around(spot: Sequence[float], radius: float) -> Box:
    return spot[0] - radius, spot[1] - radius, spot[0] + radius, spot[1] + radius


def _free(
    spot: Sequence[float], radius: float, size: tuple[float, float], taken: Sequence[Box], frame: Box
) -> tuple[tuple[float, float], Box] | None:
    """The first place around a spot whose box is free, as offset and box."""
    for dx, dy in _offsets(radius, size):
        x, y = spot[0] + dx, spot[1] + dy
        half = size[0] / 2 + _GAP, size[1] / 2 + _GAP
        box = (x - half[0], y - half[1], x + half[0], y + half[1])
        inside = box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]
        if inside and not any(overlap(box, other) for other in taken):
            return (dx, dy), box
    return None


def _offsets(radius: float, size: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """Below, above, right, left, then all round, ever further out."""
    for distance in _DISTANCES:
        reach = radius * distance + _GAP
        across, up = size[0] / 2 + reach, size[1] / 2 + reach
        yield from ((0.0, -up), (0.0, up), (across, 0.0), (-across, 0.0))
        for step in range(_DIRECTIONS):
            angle = 2 * pi * step / _DIRECTIONS
            yield across * cos(angle), up * sin(angle)
