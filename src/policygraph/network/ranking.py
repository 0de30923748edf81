"""Ranks, quantiles and rank correlation: the small arithmetic behind tables of centrality."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan, nan
from statistics import fmean


def ranks(values: Sequence[float], *, low_first: bool = False) -> list[float]:
    """Rank of each value, 1 for the highest (or lowest); equal values share the best rank, nan has none.

    >>> ranks([5.0, 9.0, 5.0, float("nan")])
    [2.0, 1.0, 2.0, nan]
    """
    ordered = sorted((v for v in values if not isnan(v)), reverse=not low_first)
    first: dict[float, float] = {}
    for place, value in enumerate(ordered, start=1):
        first.setdefault(value, float(place))
    return [nan if isnan(v) else first[v] for v in values]


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies, straight lines between them; nan for none.

    The definition is the seventh of Hyndman and Fan (1996), "Sample quantiles in statistical
    packages", The American Statistician 50(4).

    >>> quantile([1.0, 2.0, 3.0, 4.0], 0.5)
    2.5
    """
    known = sorted(v for v in values if not isnan(v))
    if not known:
        return nan
    at = share * (len(known) - 1)
    below = int(at)
    above = min(below + 1, len(known) - 1)
    return known[below] + (at - below) * (known[above] - known[below])


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's rho of two lists of values, ties at their mean rank; nan where one does not vary.

    Spearman (1904), "The proof and measurement of association between two things".

    >>> rank_correlation([1, 2, 3], [10, 20, 30]), rank_correlation([1, 2, 3], [3, 2, 1])
    (1.0, -1.0)
    """
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if not isnan(a) and not isnan(b)]
    if not pairs:
        return nan
    xs, ys = _mean_ranks([a for a, _ in pairs]), _mean_ranks([b for _, b in pairs])
    mx, my = fmean(xs), fmean(ys)
    spread = sum((x - mx) ** 2 for x in xs) * sum((y - my) ** 2 for y in ys)
    if not spread:
        return nan
    return float(sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / spread**0.5)


def _mean_ranks(values: Sequence[float]) -> list[float]:
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(values)):
        places.setdefault(value, []).append(place)
    return [fmean(places[v]) for v in values]
