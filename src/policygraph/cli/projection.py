"""The options that say which network is meant, shared by all commands that measure."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from policygraph.cli.output import graph_option, open_graph

if TYPE_CHECKING:
    from policygraph.network import Network
    from policygraph.project import PolicyGraph

_Function = TypeVar("_Function", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--layer", default="claims", show_default=True, help="claims, events, initiatives, places, mentions."),
    click.option(
        "--modality",
        multiple=True,
        default=("asserted",),
        show_default=True,
        help="asserted, planned, hypothetical, recommended or denied; may be given again; or all.",
    ),
    click.option("--since", metavar="DAY", help="First day, month or year."),
    click.option("--until", metavar="DAY", help="Last day, month or year."),
    click.option(
        "--overlap",
        default="possible",
        show_default=True,
        help="possible keeps what may touch the period, certain what lies inside it.",
    ),
    click.option("--source", multiple=True, metavar="NAME", help="Only this source, by title, publisher or id."),
    click.option("--predicate", multiple=True, metavar="NAME", help="Only this relation, event type or quad class."),
    click.option("--type", "types", multiple=True, metavar="CLASS", help="Only actors of this class, as Government."),
    click.option("--weight", metavar="WEIGHT", help="statements, sources, confidence or, for events, score."),
    click.option("--roll-up", metavar="country", help="Put countries in the place of those who act for them."),
    click.option("--inferred", is_flag=True, help="Roll up by countries that the words only let guess, too."),
    click.option("--per-statement", is_flag=True, help="One edge a statement, instead of adding them up."),
    click.option(
        "--min-confidence", type=float, default=0.0, metavar="SHARE", help="Leave out statements below it, 0 to 1."
    ),
    click.option("--per", type=click.Choice(["report", "incident"]), help="Count each report, or each incident once."),
    click.option("--no-reference", is_flag=True, help="Leave out facts from reference tables and events of data sets."),
)
_NAMES = (
    "layer", "modality", "since", "until", "overlap", "source", "predicate", "types", "weight", "roll_up", "inferred",
    "per_statement", "min_confidence", "per", "no_reference",
)  # fmt: skip


def projection(function: _Function) -> _Function:
    """Adds the options to a command, and `--graph`."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return graph_option(function)


def chosen(options: dict[str, Any]) -> dict[str, Any]:
    """The keyword arguments of `PolicyGraph.network` that the options mean; they are taken out of `options`.

    >>> given = dict.fromkeys(_NAMES) | {"layer": "events", "modality": ("all",), "no_reference": True, "most": 3}
    >>> chosen(given)
    {'layer': 'events', 'modality': 'all', 'reference': False}
    >>> given
    {'most': 3}
    """
    taken = {name: options.pop(name) for name in _NAMES}
    reference = not taken.pop("no_reference")
    found = {k: list(v) if isinstance(v, tuple) else v for k, v in taken.items() if v not in (None, ())}
    if "all" in found["modality"]:
        found["modality"] = "all"
    return found | {"reference": reference}


def project(place: str, options: dict[str, Any]) -> Network:
    """The network of a graph that the options mean; what is left in `options` is for the command."""
    return network_of(open_graph(place), options)


def network_of(graph: PolicyGraph, options: dict[str, Any]) -> Network:
    """As `project`, of a graph that is open."""
    return graph.network(**chosen(options))
