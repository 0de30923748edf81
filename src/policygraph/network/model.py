"""The network: nodes, ties, and the edges that ties add up to."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from policygraph.bulk import uncollected
from policygraph.errors import UnknownNameError, UsageError
from policygraph.iris import IRI, local_name
from policygraph.network.compact import CompactGraph, collapse
from policygraph.network.dates import iso
from policygraph.network.ties import Ties
from policygraph.table import Table

if TYPE_CHECKING:
    import networkx as nx
    import pyoxigraph as ox

    from policygraph.interfaces import GraphReader
    from policygraph.network.projection import Projection


#: Namesakes told in a message.
_NAMED = 5


class NodeInfo(NamedTuple):
    """A node: `country` holds ISO codes joined by a semicolon, empty if not known."""

    iri: str
    label: str
    type: str
    country: str


class Edge(NamedTuple):
    """Ties of one pair, predicate and modality added up (or one tie).

    `sign` is that of the summed signs; `score` the mean PLOVER score, None where
    there is none; dates are ISO days, None where unknown; `sources` counts
    documents; `claims` are IRIs of the claims, records or documents behind it.
    """

    source: int
    target: int
    predicate: str
    weight: float
    sign: int
    score: float | None
    first: str | None
    last: str | None
    modality: str
    sources: int
    statements: int
    claims: tuple[str, ...]


@dataclass(slots=True)
class Network:
    """A projection of a graph.

    `graph` is the networkx.MultiDiGraph with everything on nodes and edges, made
    when first asked for; measures run on the columns beneath it. In undirected
    layers each edge is stored once, and measures take it both ways.
    """

    ties: Ties
    nodes: list[NodeInfo]
    projection: Projection
    reader: GraphReader
    note: str = ""
    _cache: dict[str, Any] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.nodes)

    @property
    def directed(self) -> bool:
        """Whether edges have a direction."""
        return self.projection.directed

    @property
    def edges(self) -> list[Edge]:
        """All edges, in the order of source, target, predicate and modality."""
        if "edges" not in self._cache:
            self._cache["edges"] = _edges(self.ties, self.projection.per_statement)
        return self._cache["edges"]  # type: ignore[no-any-return]

    @property
    def graph(self) -> nx.MultiDiGraph[str]:
        """The network as networkx.MultiDiGraph; nodes are IRIs, a missing attribute is left out."""
        if "graph" not in self._cache:
            self._cache["graph"] = self._networkx()
        return self._cache["graph"]  # type: ignore[no-any-return]

    def _networkx(self) -> nx.MultiDiGraph[str]:
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        graph.graph.update(self.projection.options(), directed=self.directed)
        with uncollected():
            for node in self.nodes:
                graph.add_node(node.iri, **{k: v for k, v in node._asdict().items() if v})
            for edge in self.edges:
                ends = self.nodes[edge.source].iri, self.nodes[edge.target].iri
                graph.add_edge(*ends, **edge_attributes(edge))
        return graph

    def compact(self) -> CompactGraph:
        """The simple weighted graph that measures run on (see `compact`)."""
        if "compact" not in self._cache:
            iris = [node.iri for node in self.nodes]
            self._cache["compact"] = collapse(iris, self.directed, self.ties.source, self.ties.target, self.ties.weight)
        return self._cache["compact"]  # type: ignore[no-any-return]

    def table(self) -> Table:
        """One row an edge, names instead of numbers."""
        columns = (
            "source", "target", "predicate", "weight", "sign", "score", "first", "last", "modality",
            "sources", "statements", "source_iri", "target_iri", "claims",
        )  # fmt: skip
        rows = []
        for e in self.edges:
            s, t = self.nodes[e.source], self.nodes[e.target]
            claims = tuple(IRI(c) for c in e.claims)
            rows.append((s.label, t.label, *e[2:11], IRI(s.iri), IRI(t.iri), claims))
        return Table(columns, rows, title=self.title, note=self.note)

    @property
    def title(self) -> str:
        """Layer and options in one line."""
        options = {k: v for k, v in self.projection.options().items() if k not in ("layer", "weight")}
        told = ", ".join(f"{k}={', '.join(v) if isinstance(v, list) else v}" for k, v in options.items())
        return f"{self.projection.layer}{f' ({told})' if told else ''}"

    def find(self, name: str) -> int:
        """The number of the node with this IRI, local name, label or other name (case ignored).

        Raises:
            UnknownNameError: there is none; near names are offered.
            UsageError: the graph knows the name, but it has no tie here, or several nodes bear it.
        """
        from policygraph.network.nodes import entities_called

        folded = name.strip().casefold()
        for number, node in enumerate(self.nodes):
            if name in (node.iri, local_name(node.iri)):
                return number
        here = [number for number, node in enumerate(self.nodes) if node.label.casefold() == folded]
        called = set() if here else entities_called(self.reader, folded)
        here = here or [number for number, node in enumerate(self.nodes) if node.iri in called]
        if len(here) == 1:
            return here[0]
        if here:
            told = ", ".join(local_name(self.nodes[number].iri) for number in here[:_NAMED])
            more = f" and {len(here) - _NAMED:,} more" if len(here) > _NAMED else ""
            raise UsageError(f"several actors of this network are called '{name}'", hint=f"use one of {told}{more}")
        if called:
            raise UsageError(
                f"'{name}' is in the graph but has no tie in this network ({self.title})",
                hint="widen the modality or the period, or try another layer, such as mentions",
            )
        raise UnknownNameError("actor in this network", name, [node.label for node in self.nodes])

    def select(self, rows: Sequence[int], note: str = "") -> Network:
        """The network of some of its ties; nodes stay, so that numbers can be compared."""
        return Network(self.ties.take(rows), self.nodes, self.projection, self.reader, note)

    def centrality(
        self, measures: str | Sequence[str] = ("degree", "betweenness", "pagerank"), **options: Any
    ) -> Table:
        """One row an actor: value and rank by each measure, with intervals if asked (see `stability.centrality`)."""
        from policygraph.network.stability import centrality

        return centrality(self, measures, **options)

    def leave_one_out(self, measure: str = "pagerank", **options: Any) -> Table:
        """The ranking without each outlet in turn (see `stability.leave_one_out`)."""
        from policygraph.network.stability import leave_one_out

        return leave_one_out(self, measure, **options)

    def communities(self, **options: Any) -> Table:
        """One row an actor with its community, modularity and stability in the note (see `groups.communities`)."""
        from policygraph.network.groups import communities

        return communities(self, **options)

    def brokers(self, by: str | Mapping[str, str] = "country", **options: Any) -> Table:
        """Who bridges countries or blocs, and in which role (see `groups.brokers`)."""
        from policygraph.network.groups import brokers

        return brokers(self, by, **options)

    def signed(self, **options: Any) -> Table:
        """Friendly and hostile ties of each actor, structural balance in the note (see `groups.signed`)."""
        from policygraph.network.groups import signed

        return signed(self, **options)

    def summary(self, **options: Any) -> Table:
        """Measures of the whole network (see `groups.summary`)."""
        from policygraph.network.groups import summary

        return summary(self, **options)

    def between(self, since: Any = None, until: Any = None, **options: Any) -> Network:
        """The part that falls into a period (see `change.between`)."""
        from policygraph.network.change import between

        return between(self, since, until, **options)

    def windows(self, every: str = "month", measures: str | Sequence[str] = ("degree",), **options: Any) -> Table:
        """Centrality over windows of time (see `change.windows`)."""
        from policygraph.network.change import windows

        return windows(self, every, measures, **options)

    def compare(self, other: Network, **options: Any) -> Table:
        """What is new, gone, stronger, weaker or of changed sign in `other` (see `change.compare`)."""
        from policygraph.network.change import compare

        return compare(self, other, **options)

    def compare_ranks(self, other: Network, measure: str = "pagerank", **options: Any) -> Table:
        """How actors moved from this network to `other` (see `change.compare_ranks`)."""
        from policygraph.network.change import compare_ranks

        return compare_ranks(self, other, measure, **options)

    def why(self, actor: str, measure: str = "pagerank", **options: Any) -> Table:
        """The statements that make an actor central, with their words (see `explain.why`)."""
        from policygraph.network.explain import why

        return why(self, actor, measure, **options)

    def paths(self, start: str, end: str, **options: Any) -> Table:
        """Chains of statements between two actors, each step with its best quote (see `explain.paths`)."""
        from policygraph.network.explain import paths

        return paths(self, start, end, **options)

    def write(self, path: str | Path, format: str | None = None) -> list[Path]:
        """Write GraphML, GEXF, Pajek, JSON or CSV, by ending or by name (see `export.write`)."""
        from policygraph.network.export import write

        return write(self, path, format)

    def measurements(self, table: Table, **options: Any) -> Iterator[ox.Quad]:
        """A table of centrality as RDF in a graph of its own (see `results.measurements`)."""
        from policygraph.network.results import measurements

        return measurements(self, table, **options)

    def _repr_html_(self) -> str:
        count = f"{len(self.nodes):,} nodes, {len(self.edges):,} edges, {len(self.ties):,} ties"
        note = f"<p>{html.escape(self.note)}</p>" if self.note else ""
        edges = self.table()
        order = sorted(edges.rows, key=lambda row: (-row[3], row[0], row[1]))[:10]
        top = Table(edges.columns[:9], [row[:9] for row in order], title="Heaviest edges")
        return f"<p><b>{html.escape(self.title)}</b>: {count}</p>{note}{top._repr_html_() if order else ''}"


def edge_attributes(edge: Edge) -> dict[str, Any]:
    """Attributes of an edge by name, missing ones left out."""
    found = dict(zip(_ATTRIBUTES, edge[2:], strict=True))
    for name in ("score", "first", "last"):
        if found[name] is None:
            del found[name]
    return found


_ATTRIBUTES = Edge._fields[2:]


def _edges(ties: Ties, per_statement: bool) -> list[Edge]:
    groups: dict[int, list[int]] = {}
    n, p, m = len(ties.nodes.values), len(ties.predicates.values), len(ties.modalities.values)
    columns = zip(ties.source, ties.target, ties.predicate, ties.modality, strict=True)
    for row, (s, t, predicate, modality) in enumerate(columns):
        key = row if per_statement else ((s * n + t) * p + predicate) * m + modality
        if key in groups:
            groups[key].append(row)
        else:
            groups[key] = [row]
    edges = [_edge(ties, rows) for rows in groups.values()]
    return sorted(edges, key=lambda e: (e.source, e.target, e.predicate, e.modality, e.claims))


def _edge(ties: Ties, rows: Sequence[int]) -> Edge:
    if len(rows) == 1:
        return _single(ties, rows[0])
    signs = sum(ties.sign[row] for row in rows)
    scores = [ties.score[row] for row in rows if not isnan(ties.score[row])]
    return _single(ties, rows[0])._replace(
        weight=sum(ties.weight[row] for row in rows),
        sign=(signs > 0) - (signs < 0),
        score=sum(scores) / len(scores) if scores else None,
        first=iso(min((ties.first[row] for row in rows if ties.first[row]), default=0)),
        last=iso(max((ties.last[row] for row in rows if ties.last[row]), default=0)),
        sources=len({ties.document[row] for row in rows}),
        statements=len({ties.unit[row] for row in rows}),
        claims=tuple(sorted({claim for row in rows for claim in ties.claims[row]})),
    )


def _single(ties: Ties, row: int) -> Edge:
    """The edge of one tie."""
    score = ties.score[row]
    claims = ties.claims[row]
    return Edge(
        ties.source[row],
        ties.target[row],
        ties.predicates.values[ties.predicate[row]],
        ties.weight[row],
        ties.sign[row],
        None if isnan(score) else score,
        iso(ties.first[row]),
        iso(ties.last[row]),
        ties.modalities.values[ties.modality[row]],
        1,
        1,
        claims if len(claims) == 1 else tuple(sorted(claims)),
    )
