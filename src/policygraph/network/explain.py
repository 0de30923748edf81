"""Why an actor is central, and what chains of statements link two actors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from math import log
from typing import TYPE_CHECKING

from policygraph.errors import UnknownNameError, UsageError
from policygraph.iris import IRI
from policygraph.network.compact import CompactGraph, collapse
from policygraph.network.evidence import Evidence, Quote, tie_confidence, wordless
from policygraph.network.measures import LOW_IS_CENTRAL, measure
from policygraph.table import Table

if TYPE_CHECKING:
    from policygraph.network.model import Edge, Network

CHAINS = ("shortest", "evidence")
#: Chains and contacts looked at before the best are chosen.
_LOOKED_AT = 200
#: Even what is told without doubt costs a little, so that of two sure chains the shorter wins.
_SUREST = 1 - 1e-6


def why(network: Network, actor: str, by_measure: str = "pagerank", *, most: int = 10, engine: str = "auto") -> Table:
    """The statements that make an actor central, with their words.

    Args:
        network: the network.
        actor: label, local name or IRI.
        by_measure: the measure to explain.
        most: number of rows.
        engine: `auto`, `igraph` or `networkx`.

    Returns:
        One row an edge of the actor, sorted by what the measure of the actor loses when all ties with
        that other actor are taken away (`share` of its value, above 0 when the tie adds to it): other,
        direction, predicate, weight, share, modality, first, last, sources, quote, source, said_by, claim.

    Raises:
        UnknownNameError: no such actor or measure; near names are offered.
    """
    number = network.find(actor)
    shares = _shares(network, number, by_measure, most, engine)
    evidence = Evidence.of(network.reader)
    edges = [e for e in network.edges if number in (e.source, e.target) and _other(e, number) in shares]
    edges.sort(key=lambda e: (-shares[_other(e, number)], _other(e, number), -e.weight, e.predicate, e.modality))
    rows: list[tuple[object, ...]] = []
    for edge in edges[:most]:
        quote = evidence.best(edge.claims)
        direction = "with" if not network.directed else "to" if edge.source == number else "from"
        rows.append(
            (
                network.nodes[_other(edge, number)].label, direction, edge.predicate, edge.weight,
                shares[_other(edge, number)], edge.modality, edge.first, edge.last, edge.sources,
                *_words(quote),
            )
        )  # fmt: skip
    columns = (
        "other", "direction", "predicate", "weight", "share", "modality", "first", "last", "sources",
        "quote", "source", "said_by", "claim",
    )  # fmt: skip
    return Table(
        columns, rows, title=f"Why {network.nodes[number].label} ({by_measure})", note=wordless([r[-4] for r in rows])
    )


def _words(quote: Quote | None) -> tuple[object, ...]:
    """Quote, source, speaker and claim as cells; no quote where there are no words."""
    return (quote.text or None, quote.source, quote.said_by, IRI(quote.claim)) if quote else (None,) * 4


def _other(edge: Edge, number: int) -> int:
    return edge.target if edge.source == number else edge.source


def _shares(network: Network, number: int, by_measure: str, most: int, engine: str) -> dict[int, float]:
    """By contact: the share of the actor's value that goes when their ties go; heavy contacts only."""
    g = network.compact()
    weight: dict[int, float] = {}
    for s, t, w in zip(g.source, g.target, g.weight, strict=True):
        if number in (s, t):
            other = t if s == number else s
            weight[other] = weight.get(other, 0.0) + w
    heaviest = sorted(weight, key=lambda n: (-weight[n], n))[: 2 * most]
    call = measure(by_measure)
    name = g.names[number]
    value = call(g, engine=engine)[name]
    turned = -1.0 if by_measure in LOW_IS_CENTRAL else 1.0
    found = {}
    for other in heaviest:
        try:
            without = call(_without(g, number, other), engine=engine)[name]
        except UsageError:
            without = 0.0
        found[other] = turned * (value - without) / value if value else 0.0
    return found


def _without(g: CompactGraph, one: int, other: int) -> CompactGraph:
    rows = [i for i in range(g.m) if {g.source[i], g.target[i]} != {one, other}]
    columns = [[column[i] for i in rows] for column in (g.source, g.target)]
    return collapse(g.names, g.directed, columns[0], columns[1], [g.weight[i] for i in rows])


def paths(
    network: Network, start: str, end: str, *, by: str = "shortest", most: int = 3, directed: bool = False
) -> Table:
    """Chains of statements from one actor to another, each step with its best quote.

    Args:
        network: the network.
        start, end: label, local name or IRI.
        by: `shortest` for the fewest steps (the better evidenced first), `evidence` for the chains most
            likely to hold.
        most: number of chains.
        directed: follow ties forwards only.

    Returns:
        One row a step: path, step, source, target, predicate, direction (`forward`, `backward` or
        `both`), modality, weight, sources, strength, quote, source_title, said_by, claim.

    Notes:
        A step is as strong as the chance that at least one of its sources is read rightly,
        1 - product over sources of (1 - confidence of their surest claim); a chain as the product of
        its steps. Sources count as independent.

    Raises:
        UnknownNameError: no such actor or way; near names are offered.
        UsageError: start and end are one actor.
    """
    if by not in CHAINS:
        raise UnknownNameError("way to choose paths", by, CHAINS)
    a, b = network.find(start), network.find(end)
    title = f"{network.nodes[a].label} to {network.nodes[b].label}"
    if a == b:
        raise UsageError("a path needs two different actors", hint="name another actor to reach")
    strength = _strengths(network, directed or not network.directed)
    chains = list(islice(_chains(network, a, b, by, directed, strength), most))
    evidence = Evidence.of(network.reader)
    rows = [
        _step(network, evidence, strength, number, place, pair)
        for number, chain in enumerate(chains, start=1)
        for place, pair in enumerate(pairwise(chain), start=1)
    ]
    columns = (
        "path", "step", "source", "target", "predicate", "direction", "modality", "weight", "sources", "strength",
        "quote", "source_title", "said_by", "claim",
    )  # fmt: skip
    note = (
        wordless([row[-4] for row in rows])
        if chains
        else f"No chain of ties leads from {title}; try more modalities or a longer period."
    )
    return Table(columns, rows, title=title, note=note)


def _strengths(network: Network, one_way: bool) -> dict[tuple[int, int], float]:
    """Chance that a step holds, by pair of nodes; both ways unless `one_way` and directed."""
    ties = network.ties
    best: dict[tuple[int, int], dict[int, float]] = {}
    for row, confidence in enumerate(tie_confidence(network)):
        pair = (ties.source[row], ties.target[row])
        for key in [pair] if one_way and network.directed else [pair, pair[::-1]]:
            sources = best.setdefault((key[0], key[1]), {})
            sources[ties.document[row]] = max(sources.get(ties.document[row], 0.0), confidence)
    found = {}
    for pair, sources in best.items():
        doubt = 1.0
        for confidence in sources.values():
            doubt *= 1 - confidence
        found[pair] = 1 - doubt
    return found


def _chains(
    network: Network, a: int, b: int, by: str, directed: bool, strength: dict[tuple[int, int], float]
) -> Iterator[list[int]]:
    import networkx as nx

    graph: nx.Graph[int] = nx.DiGraph() if directed and network.directed else nx.Graph()
    graph.add_nodes_from((a, b))
    for (s, t), value in sorted(strength.items()):
        if value > 0:
            graph.add_edge(s, t, cost=-log(min(value, _SUREST)))
    if not nx.has_path(graph, a, b):
        return
    if by == "evidence":
        yield from nx.shortest_simple_paths(graph, a, b, weight="cost")
        return
    shortest = list(islice(nx.all_shortest_paths(graph, a, b), _LOOKED_AT))
    yield from sorted(shortest, key=lambda chain: (_cost(chain, strength), chain))


def _cost(chain: Sequence[int], strength: dict[tuple[int, int], float]) -> float:
    return -sum(log(min(strength[pair], _SUREST)) for pair in pairwise(chain))


def _step(
    network: Network,
    evidence: Evidence,
    strength: dict[tuple[int, int], float],
    path: int,
    place: int,
    pair: tuple[int, int],
) -> tuple[object, ...]:
    edges = [e for e in network.edges if (e.source, e.target) in (pair, pair[::-1])]
    edge = min(edges, key=lambda e: (-e.sources, -e.weight, e.predicate, e.modality, e.source != pair[0]))
    quote = evidence.best(edge.claims)
    direction = "both" if not network.directed else "forward" if edge.source == pair[0] else "backward"
    return (
        path, place, network.nodes[pair[0]].label, network.nodes[pair[1]].label, edge.predicate, direction,
        edge.modality, edge.weight, edge.sources, strength[pair],
        *_words(quote),
    )  # fmt: skip
