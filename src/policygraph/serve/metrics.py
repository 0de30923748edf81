"""Counters and times in the text format that Prometheus reads (version 0.0.4)."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import accumulate

_BUCKETS = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 60.0)
_HELP = {
    "policygraph_requests_total": "Requests answered, by route and status.",
    "policygraph_request_seconds": "Time from a request to its answer, by route.",
    "policygraph_limits_total": "Queries ended or turned away, by reason.",
    "policygraph_cached_answers_total": "Queries answered from memory.",
    "policygraph_graph_swaps_total": "Graphs put in place since the start.",
    "policygraph_workers_replaced_total": "Workers that were ended and replaced.",
    "policygraph_running_queries": "Queries that are running or waiting now.",
}


class Metrics:
    """A handful of counters and one histogram a route.

    >>> m = Metrics()
    >>> m.count("policygraph_limits_total", reason="time limit")
    >>> 'policygraph_limits_total{reason="time limit"} 1' in m.text()
    True
    """

    def __init__(self) -> None:
        self._counts: defaultdict[tuple[str, tuple[tuple[str, str], ...]], int] = defaultdict(int)
        self._times: dict[str, list[float]] = {}
        self._buckets: dict[str, list[int]] = {}

    def count(self, name: str, **labels: str) -> None:
        """Add one to a counter."""
        self._counts[name, tuple(sorted(labels.items()))] += 1

    def request(self, route: str, status: int, seconds: float) -> None:
        """Note a request and how long it took."""
        self._counts["policygraph_requests_total", (("route", route), ("status", str(status)))] += 1
        total = self._times.setdefault(route, [0.0, 0.0])
        total[0] += 1
        total[1] += seconds
        buckets = self._buckets.setdefault(route, [0] * (len(_BUCKETS) + 1))
        buckets[bisect_left(_BUCKETS, seconds)] += 1

    def text(self, **gauges: int) -> str:
        """Everything counted so far, and the gauges given, as text."""
        lines: list[str] = []
        for name in sorted({n for n, _ in self._counts}):
            lines += [f"# HELP {name} {_HELP.get(name, name)}", f"# TYPE {name} counter"]
            lines += [f"{name}{_labels(k)} {v}" for (n, k), v in sorted(self._counts.items()) if n == name]
        if self._times:
            name = "policygraph_request_seconds"
            lines += [f"# HELP {name} {_HELP[name]}", f"# TYPE {name} histogram"]
        for route, (number, seconds) in sorted(self._times.items()):
            for bound, below in zip(_BUCKETS, accumulate(self._buckets[route]), strict=False):
                lines.append(f"{name}_bucket{_labels((('le', f'{bound:g}'), ('route', route)))} {below}")
            lines.append(f"{name}_bucket{_labels((('le', '+Inf'), ('route', route)))} {number:g}")
            lines.append(f"{name}_sum{_labels((('route', route),))} {seconds:.6f}")
            lines.append(f"{name}_count{_labels((('route', route),))} {number:g}")
        for gauge, value in sorted(gauges.items()):
            lines += [f"# HELP {gauge} {_HELP.get(gauge, gauge)}", f"# TYPE {gauge} gauge", f"{gauge} {value}"]
        return "\n".join(lines) + "\n"


def _labels(labels: tuple[tuple[str, str], ...]) -> str:
    if not labels:
        return ""
    clean = {k: v.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") for k, v in labels}
    return "{" + ",".join(f'{k}="{v}"' for k, v in clean.items()) + "}"
