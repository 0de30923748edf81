"""Networks against peers, as ratios from one run: `python -m benchmarks.network`.

Times are CPU seconds, child processes included; centralities are also timed by the
clock, since a large betweenness is shared out over the cores. networkx is timed on a sample of the nodes as sources and
scaled to all of them. kglab runs in an environment of its own, see `benchmarks.peers`.
"""

from __future__ import annotations

import argparse
import gc
import random
import resource
import subprocess
import sys
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import igraph as ig
import networkx as nx
import pyoxigraph as ox

from benchmarks.measuring import both_clocks, note, rounds
from benchmarks.peers import interpreter, version
from policygraph import iris
from policygraph.graph.store import EmbeddedStore
from policygraph.network import measures, project
from policygraph.network.compact import CompactGraph, collapse

ROUNDS, LONGEST = 3, 120
PREDICATES = ("engages", "cooperatesWith", "supports", "opposes", "retaliatesAgainst")
KGLAB = """
import sys, time
import kglab, networkx as nx
graph = kglab.KnowledgeGraph()
graph.load_rdf(sys.argv[1], format="nt")
query = "SELECT ?subject ?object WHERE { ?subject ?p ?object FILTER(isIRI(?object)) }"
for _ in range(int(sys.argv[2])):
    start = time.process_time()
    kglab.SubgraphMatrix(graph, query).build_nx_graph(nx.DiGraph())
    print(time.process_time() - start, flush=True)
"""


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of a call, and what it returns."""
    start = time.process_time()
    result = call()
    return time.process_time() - start, result


def resident() -> float:
    """Megabytes of memory in use by this process, after a collection."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


def skewed(rng: random.Random, n: int) -> int:
    """A number below n, small ones far more often."""
    return min(n - 1, int(n * rng.random() ** 2))


def random_graph(nodes: int, edges: int, seed: int = 3) -> CompactGraph:
    """A directed graph with few very busy nodes."""
    rng = random.Random(seed)
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < edges:
        s, t = skewed(rng, nodes), rng.randrange(nodes)
        if s != t:
            pairs.add((s, t))
    ordered = sorted(pairs)
    return collapse(range(nodes), True, [s for s, _ in ordered], [t for _, t in ordered], array("d", [1.0]) * edges)


def centralities(nodes: int, edges: int, sample: int, number: int) -> None:
    """Betweenness and closeness against networkx and against igraph used directly."""
    base = random_graph(nodes, edges)
    plain = base.networkx()
    pairs = list(zip(base.source, base.target, strict=True))
    rng = random.Random(1)
    starts = rng.sample(range(nodes), sample)

    def fresh() -> CompactGraph:
        return CompactGraph(base.names, True, base.source, base.target, base.weight)

    slow: dict[str, Callable[[], Any]] = {
        "betweenness": lambda: nx.betweenness_centrality_subset(plain, starts, list(plain)),
        "closeness": lambda: [nx.closeness_centrality(plain, u=node) for node in starts],
    }

    def direct(name: str) -> Any:
        graph = ig.Graph(n=nodes, edges=pairs, directed=True)
        return graph.betweenness() if name == "betweenness" else graph.closeness(mode="in")

    for name, aim in (("betweenness", "≥ 50"), ("closeness", "≥ 300")):
        works = {
            "ours": lambda n=name: measures.measure(n)(fresh(), engine="igraph"),
            "igraph": lambda n=name: direct(n),
            "networkx": slow[name],
        }
        what = f"{name}, {nodes:,} nodes, {edges:,} edges"
        for unit, taken in zip(("s CPU", "s"), both_clocks(works, number), strict=True):
            # networkx would take hours for all sources; its time grows with their number.
            theirs = [seconds * nodes / sample for seconds in taken["networkx"]]
            note(
                "centrality",
                what,
                taken["ours"],
                peer="igraph directly",
                theirs=taken["igraph"],
                aim="≤ 1.1",
                unit=unit,
            )
            peer = f"networkx ({sample} of {nodes:,} sources, scaled)"
            note("centrality", what, taken["ours"], peer=peer, theirs=theirs, aim=aim, unit=unit)


def statements(count: int, actors: int, seed: int = 5) -> Iterator[ox.Quad]:
    """Claims between actors with modality, confidence and source, and their edges."""
    rng = random.Random(seed)
    node = ox.NamedNode
    term = {name: node(iris.term(name)) for name in ("subject", "predicate", "object", "modality", "confidence")}
    asserted, edges = node(iris.concept("modality", "asserted")), node(iris.EDGES_GRAPH)
    people = [node(iris.thing(f"person/p-{i}")) for i in range(actors)]
    kind, label = node(iris.RDF + "type"), node(iris.SKOS + "prefLabel")
    for i, person in enumerate(people):
        yield ox.Quad(person, kind, node(iris.term("Person")), node(iris.ENTITIES_GRAPH))
        yield ox.Quad(person, label, ox.Literal(f"Person {i}"), node(iris.ENTITIES_GRAPH))
    for i in range(count):
        s, o = people[skewed(rng, actors)], people[rng.randrange(actors)]
        relation = node(iris.term(rng.choice(PREDICATES)))
        document = f"{i // 10:016x}"
        claim, graph = node(iris.thing(f"claim/{i:020x}")), node(iris.source_graph(document))
        yield ox.Quad(claim, kind, node(iris.term("Claim")), graph)
        yield ox.Quad(claim, term["subject"], s, graph)
        yield ox.Quad(claim, term["predicate"], relation, graph)
        yield ox.Quad(claim, term["object"], o, graph)
        yield ox.Quad(claim, term["modality"], asserted, graph)
        yield ox.Quad(claim, term["confidence"], ox.Literal(round(0.5 + rng.random() / 2, 2)), graph)
        if not i % 10:
            day = ox.Literal(f"2024-{i % 12 + 1:02}-11", datatype=node(iris.XSD + "date"))
            yield ox.Quad(node(iris.document(document)), node(iris.term("publishedOn")), day, graph)
        yield ox.Quad(s, relation, o, edges)


def projections(count: int, actors: int, number: int) -> None:
    """Graph to networkx against rdflib's own conversion and kglab."""
    import rdflib
    from rdflib.extras.external_graph_libs import rdflib_to_networkx_multidigraph

    store = EmbeddedStore.memory()
    store.extend(statements(count, actors))
    before = resident()
    scanning, network = timed(lambda: project(store, "claims"))
    columns = resident() - before
    building, graph = timed(lambda: network.graph)
    whole = resident() - before
    ours = scanning + building
    print(
        f"ours: {scanning:.2f} s for {len(network.ties):,} ties and {len(network.nodes):,} nodes, {building:.2f} s for "
        f"{graph.number_of_edges():,} networkx edges; memory {columns:,.0f} MB for the columns, {whole:,.0f} MB in all"
    )
    times = [ours]
    for _ in range(number - 1):
        again, network = timed(lambda: project(store, "claims"))
        times.append(again + timed(lambda n=network: n.graph)[0])
    # The second row is less work than ours, and has no aim: edges without any attribute.
    for title, where, aim in (
        ("whole graph", None, "≥ 2"),
        ("plain edges alone, without attributes", iris.EDGES_GRAPH, ""),
    ):
        other = rdflib.Graph()
        pattern = store.scan(graph=None if where is None else ox.NamedNode(where))
        for quad in pattern:
            value: Any = quad.object
            target = rdflib.URIRef(value.value) if isinstance(value, ox.NamedNode) else rdflib.Literal(value.value)
            other.add((rdflib.URIRef(quad.subject.value), rdflib.URIRef(quad.predicate.value), target))
        theirs = rounds({"": lambda other=other: rdflib_to_networkx_multidigraph(other)}, number)[""]
        note(
            "projection", f"{count:,} statements to networkx, all attributes", times,
            peer=f"rdflib's own conversion, {title}", theirs=theirs, aim=aim,
        )  # fmt: skip
        del other
    _kglab(store, count, times)


def _kglab(store: EmbeddedStore, count: int, ours: list[float]) -> None:
    python = interpreter("kglab")
    if not python:
        return
    what, peer = (
        f"{count:,} statements to networkx, all attributes",
        f"kglab {version(python, 'kglab')}, plain edges alone, without attributes",
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "edges.nt"
        lines = (f"{q.subject} {q.predicate} {q.object} .\n" for q in store.scan(graph=ox.NamedNode(iris.EDGES_GRAPH)))
        path.write_text("".join(lines), encoding="utf-8")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [python, "-c", KGLAB, str(path), str(len(ours))]
        try:
            told = subprocess.run(command, stdout=subprocess.PIPE, timeout=LONGEST, check=True).stdout
        except subprocess.TimeoutExpired as error:
            told = error.stdout or b""
            if not told:
                used = resource.getrusage(resource.RUSAGE_CHILDREN)
                told = str(used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime).encode()
                peer += ", not done when it was ended"
        except subprocess.CalledProcessError as error:
            print(f"kglab: failed ({error})")
            return
    note("projection", what, ours, peer=peer, theirs=list(map(float, told.split())), aim="≥ 20")


def main() -> None:
    """Run everything and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=10_000)
    parser.add_argument("--edges", type=int, default=177_000)
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--sample", type=int, default=10)
    chosen = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, networkx {nx.__version__}, igraph {ig.__version__}")
    centralities(chosen.nodes, chosen.edges, chosen.sample, chosen.rounds)
    projections(chosen.statements, chosen.nodes, chosen.rounds)


if __name__ == "__main__":
    main()
