"""Tables over groups: communities, brokers between blocs, friends and foes, the network as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import fmean
from typing import TYPE_CHECKING, Any

from policygraph.errors import UnknownNameError, UsageError
from policygraph.iris import IRI
from policygraph.network import measures
from policygraph.table import Table

if TYPE_CHECKING:
    from policygraph.network.model import Network


def communities(
    network: Network,
    *,
    method: str = "auto",
    resolution: float = 1.0,
    runs: int = 20,
    seed: int = 0,
    engine: str = "auto",
) -> Table:
    """One row an actor with the number of its community, the largest first (see `measures.communities`).

    The note tells modularity and how alike the runs were (NMI, ARI).

    Raises:
        UsageError: the network has no ties.
        MissingExtraError: Leiden without igraph.
    """
    found = measures.communities(network, method=method, resolution=resolution, runs=runs, seed=seed, engine=engine)
    strength = measures.degree(network, weighted=True)
    rows = [
        (
            found.group[n.iri],
            found.sizes[found.group[n.iri]],
            n.label,
            n.type,
            n.country or None,
            strength[n.iri],
            IRI(n.iri),
        )
        for n in network.nodes
    ]
    rows.sort(key=lambda row: (row[0], -row[5], row[2], row[6]))
    note = (
        f"{len(found.sizes)} communities by {found.method}, modularity {found.modularity:.3f}; over {found.runs} seeds "
        f"the divisions agree by NMI {found.nmi:.2f} and ARI {found.ari:.2f}."
    )
    columns = ("community", "size", "actor", "type", "country", "strength", "iri")
    return Table(columns, rows, title=f"Communities: {network.title}", note=note)


def node_groups(network: Network, by: str | Mapping[str, str]) -> dict[Any, str]:
    """The group of each node: `country`, `type`, or a mapping from label, country code or IRI to bloc.

    Raises:
        UnknownNameError: no such grouping.
    """
    if isinstance(by, str):
        if by not in ("country", "type"):
            raise UnknownNameError("grouping", by, ("country", "type"))
        return {n.iri: n.country if by == "country" else n.type for n in network.nodes}
    return {n.iri: by.get(n.iri) or by.get(n.label) or by.get(n.country) or "" for n in network.nodes}


def brokers(network: Network, by: str | Mapping[str, str] = "country") -> Table:
    """How often each actor stands between two others who have no direct tie, by role.

    Args:
        network: the network.
        by: `country`, `type`, or a mapping from label, country code or IRI to bloc.

    Returns:
        Actor, type, group, the five roles of Gould and Fernandez and their total, Burt's constraint and
        effective size (None for an actor without ties), iri; the busiest broker first.
    """
    groups = node_groups(network, by)
    roles = measures.brokerage(network, groups)
    constraint, size = measures.constraint(network), measures.effective_size(network)
    rows = [
        (
            n.label, n.type, groups[n.iri] or None, *roles[n.iri], roles[n.iri].total,
            _known(constraint[n.iri]), _known(size[n.iri]), IRI(n.iri),
        )
        for n in network.nodes
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row[8], row[9] if row[9] is not None else 9.0, row[0], row[-1]))
    outside = sum(1 for group in groups.values() if not group)
    who = "1 actor belongs to no group and takes" if outside == 1 else f"{outside:,} actors belong to no group and take"
    note = f"{who} part in no role." if outside else ""
    columns = ("actor", "type", "group", *measures.Roles._fields, "total", "constraint", "effective_size", "iri")
    return Table(columns, rows, title=f"Brokers: {network.title}", note=note)


def _known(value: float) -> float | None:
    return value if value == value else None


def signed(network: Network, *, weighted: bool = True) -> Table:
    """Friendly and hostile weight that each actor sends and receives; the note tells structural balance."""
    degrees = measures.signed_degree(network, weighted=weighted)
    rows = [
        (
            n.label, n.type, n.country or None, d.positive_out, d.negative_out, d.positive_in, d.negative_in, d.net,
            IRI(n.iri),
        )
        for n in network.nodes
        for d in (degrees[n.iri],)
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row[7], row[0], row[-1]))
    balance = measures.structural_balance(network)
    note = "No three actors all have signed ties with each other, so there is no structural balance to tell."
    if balance.triangles:
        note = (
            f"{balance.share:.0%} of {balance.triangles:,} triangles are balanced: +++ {balance.ppp:,}, "
            f"++- {balance.ppn:,}, +-- {balance.pnn:,}, --- {balance.nnn:,}."
        )
    columns = (
        "actor", "type", "country", "positive_out", "negative_out", "positive_in", "negative_in", "net", "iri",
    )  # fmt: skip
    return Table(columns, rows, title=f"Friends and foes: {network.title}", note=note)


def summary(network: Network, *, engine: str = "auto") -> Table:
    """Size, density, reciprocity, assortativity, clustering, cores and balance of the whole network.

    Returns:
        One row a measure: name, value (None where it is not defined), and why not.
    """
    g = network.compact()
    countries = node_groups(network, "country")

    def mean_clustering() -> float:
        return fmean(measures.clustering(g, engine=engine).values())

    calls: dict[str, Callable[[], float]] = {
        "density": lambda: measures.density(g),
        "reciprocity": lambda: measures.reciprocity(g, engine=engine),
        "degree_assortativity": lambda: measures.degree_assortativity(g, engine=engine),
        "country_assortativity": lambda: measures.attribute_assortativity(g, countries, engine=engine),
        "mean_clustering": mean_clustering,
        "largest_core": lambda: max(measures.core_number(g, engine=engine).values()),
        "structural_balance": lambda: measures.structural_balance(network).share,
    }
    rows: list[tuple[object, ...]] = [
        ("nodes", len(network.nodes), None),
        ("edges", len(network.edges), None),
        ("ties", len(network.ties), None),
        ("pairs", g.m, None),
    ]
    for name, call in calls.items():
        try:
            rows.append((name, call() if g.n else None, None if g.n else network.note))
        except UsageError as error:
            rows.append((name, None, str(error)))
    return Table(("measure", "value", "remark"), rows, title=f"Summary: {network.title}", note=network.note)
