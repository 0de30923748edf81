"""Files for other programs: GraphML, GEXF, Pajek, node-link JSON, CSV.

Names come from the web and may hold anything: characters that XML does not
allow are dropped and white space becomes single blanks before they are written.
Everything is UTF-8.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policygraph.errors import UnknownNameError, UsageError
from policygraph.iris import IRI, local_name
from policygraph.network.model import edge_attributes
from policygraph.table import Table

if TYPE_CHECKING:
    from policygraph.network.model import Network

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Pajek quotes names and knows no escape for quotes within them.
_PAJEK = str.maketrans({'"': "”", "'": "’", "\\": "/"})


def clean(text: str) -> str:
    r"""Text without control characters and with single blanks.

    >>> clean("A\x00 \n B")
    'A B'
    """
    return " ".join(_NOT_XML.sub("", text).split())


def write(network: Network, path: str | Path, format: str | None = None) -> list[Path]:
    """Write a network to a file.

    Args:
        network: the network.
        path: where to; CSV makes two files, `NAME-nodes.csv` and `NAME-edges.csv`.
        format: `graphml`, `gexf`, `pajek`, `json` or `csv`; by default what the ending of the path says
            (`.graphml`, `.gexf`, `.net`, `.json`, `.csv`).

    Returns:
        The files written.

    Raises:
        UsageError: neither format nor ending says what to write, or the folder does not exist.
        UnknownNameError: no such format.
    """
    target = Path(path)
    name = format or ENDINGS.get(target.suffix.lower())
    if name is None:
        raise UsageError(
            f"the ending of '{target.name}' tells no format", hint=f"use {', '.join(ENDINGS)} or name the format"
        )
    if name not in WRITERS:
        raise UnknownNameError("format", name, WRITERS)
    if not target.parent.is_dir():
        raise UsageError(f"the folder {target.parent} does not exist", hint="make it first")
    return WRITERS[name](network, target)


def portable(network: Network, *, dates: tuple[str, str] = ("first", "last")) -> Any:
    """The network as networkx multigraph with plain attributes only: text, numbers, no None.

    Claims are joined by blanks. Undirected layers give an undirected multigraph. `dates` names the
    attributes for the first and last day.
    """
    import networkx as nx

    graph: Any = nx.MultiDiGraph() if network.directed else nx.MultiGraph()
    graph.graph["name"] = clean(network.title)
    for node in network.nodes:
        label = clean(node.label) or local_name(node.iri)
        graph.add_node(clean(node.iri), label=label, type=node.type, country=node.country, iri=clean(node.iri))
    for edge in network.edges:
        data = edge_attributes(edge)
        data["claims"] = " ".join(map(clean, edge.claims))
        for own, foreign in zip(("first", "last"), dates, strict=True):
            if own in data:
                data[foreign] = data.pop(own)
        ends = clean(network.nodes[edge.source].iri), clean(network.nodes[edge.target].iri)
        graph.add_edge(*ends, **data)
    return graph


def _graphml(network: Network, path: Path) -> list[Path]:
    import networkx as nx

    nx.write_graphml_xml(portable(network), path, encoding="utf-8", named_key_ids=True)
    return [path]


def _gexf(network: Network, path: Path) -> list[Path]:
    """GEXF 1.2; `start` and `end` are what Gephi's timeline reads."""
    import networkx as nx

    graph = portable(network, dates=("start", "end"))
    for number, (_, _, data) in enumerate(graph.edges(data=True)):
        data["id"] = str(number)
        data["label"] = data["predicate"]
    nx.write_gexf(graph, path, encoding="utf-8")
    return [path]


def _pajek(network: Network, path: Path) -> list[Path]:
    """Names and weights: all that Pajek's format keeps. Equal names get a number."""
    import networkx as nx

    full = portable(network)
    plain: Any = nx.MultiDiGraph() if network.directed else nx.MultiGraph()
    names: dict[str, str] = {}
    taken: set[str] = set()
    for iri, data in full.nodes(data=True):
        base = data["label"].translate(_PAJEK)
        name, number = base, 2
        while name in taken:
            name, number = f"{base} ({number})", number + 1
        taken.add(name)
        names[iri] = name
        plain.add_node(name)
    for source, target, data in full.edges(data=True):
        plain.add_edge(names[source], names[target], weight=data["weight"])
    nx.write_pajek(plain, path, encoding="utf-8")
    return [path]


def _json(network: Network, path: Path) -> list[Path]:
    import networkx as nx

    data = nx.node_link_data(portable(network), edges="links")
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return [path]


def _csv(network: Network, path: Path) -> list[Path]:
    base = path.with_suffix("") if path.suffix.lower() == ".csv" else path
    files = [base.with_name(f"{base.name}-{part}.csv") for part in ("nodes", "edges")]
    nodes = [(IRI(clean(n.iri)), clean(n.label), n.type, n.country) for n in network.nodes]
    Table(("iri", "label", "type", "country"), nodes).to_csv(files[0])
    edges = network.table()
    rows = [(clean(row[0]), clean(row[1]), *row[2:-1], " ".join(row[-1])) for row in edges.rows]
    Table(edges.columns, rows).to_csv(files[1])
    return files


WRITERS: dict[str, Callable[[Network, Path], list[Path]]] = {
    "graphml": _graphml,
    "gexf": _gexf,
    "pajek": _pajek,
    "json": _json,
    "csv": _csv,
}
ENDINGS = {".graphml": "graphml", ".gexf": "gexf", ".net": "pajek", ".json": "json", ".csv": "csv"}
