"""Inference: CONSTRUCT rules, run in order, whose results fill the `inferred` graph.

A rule names in its header the graphs that it reads. Most read what is certain
(`reference`, `entities`, `edges`) and what earlier rules found; a rule that
compares stances reads `all` graphs. A plan can thus never lead to a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph import iris, resources
from policygraph.errors import DataError
from policygraph.graph.queryfile import QueryFile, read_query_files

if TYPE_CHECKING:
    import pyoxigraph as ox

_GRAPHS = {
    "schema": iris.SCHEMA_GRAPH,
    "reference": iris.REFERENCE_GRAPH,
    "entities": iris.ENTITIES_GRAPH,
    "edges": iris.EDGES_GRAPH,
}
#: Quads written at once: bounds memory without a cost in speed.
_BATCH = 50_000


def load_rules(folder: Path | None = None) -> list[QueryFile]:
    """The rules in the order in which they run.

    Raises:
        DataError: a header is incomplete or names a graph that is not there.

    >>> [rule.name for rule in load_rules()][:2]
    ['01-type-closure', '02-within-closure']
    """
    rules = list(read_query_files(folder or resources.ontology() / "rules", ("title", "reads")))
    for rule in rules:
        unknown = [g for g in rule.header["reads"].split() if g not in _GRAPHS and g != "all"]
        if unknown:
            raise DataError(
                f"there is no graph '{unknown[0]}' to read",
                where=rule.path,
                hint=f"use 'all' or some of {', '.join(_GRAPHS)}",
            )
    return rules


def infer(store: ox.Store, rules: Iterable[QueryFile] | None = None) -> dict[str, int]:
    """Empty the `inferred` graph and fill it anew; the triples each rule added, by its name.

    A triple that stands in any other graph is not written again, since the union
    of the graphs would then count it twice.

    Raises:
        DataError: a rule is not valid SPARQL.

    >>> import pyoxigraph as ox
    >>> store, graph = ox.Store(), ox.NamedNode(iris.REFERENCE_GRAPH)
    >>> usa, gov = ox.NamedNode(iris.thing("country/usa")), ox.NamedNode(iris.thing("government/usa"))
    >>> store.add(ox.Quad(gov, ox.NamedNode(iris.term("governs")), usa, graph))
    >>> infer(store)["03-acts-for"]
    1
    """
    import pyoxigraph as ox

    inferred = ox.NamedNode(iris.INFERRED_GRAPH)
    store.remove_graph(inferred)
    return {rule.name: _run(store, rule, inferred) for rule in (load_rules() if rules is None else rules)}


def _run(store: ox.Store, rule: QueryFile, inferred: ox.NamedNode) -> int:
    added = 0
    found = _new_quads(store, rule, inferred)
    while batch := list(islice(found, _BATCH)):
        store.bulk_extend(batch)
        added += len(batch)
    return added


def _new_quads(store: ox.Store, rule: QueryFile, inferred: ox.NamedNode) -> Iterator[ox.Quad]:
    import pyoxigraph as ox

    # A rule may reach one triple along two paths.
    seen: set[ox.Triple] = set()
    for triple in _construct(store, rule, inferred):
        known = next(store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None), None)
        if known is None and triple not in seen:
            seen.add(triple)
            yield ox.Quad(triple.subject, triple.predicate, triple.object, inferred)


def _construct(store: ox.Store, rule: QueryFile, inferred: ox.NamedNode) -> Iterable[ox.Triple]:
    import pyoxigraph as ox

    reads = rule.header["reads"].split()
    graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None
    if "all" not in reads:
        graphs = [*(ox.NamedNode(_GRAPHS[name]) for name in reads), inferred]
    try:
        found = store.query(rule.text, use_default_graph_as_union=graphs is None, default_graph=graphs)
    except SyntaxError as error:
        raise DataError(f"the rule is not valid SPARQL: {error}", where=rule.path) from error
    if not isinstance(found, ox.QueryTriples):
        raise DataError("a rule is a CONSTRUCT query", where=rule.path)
    return found
