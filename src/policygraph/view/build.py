"""From a graph to its page: read, choose what is drawn at first, place it, hand it to pyvis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policygraph import iris
from policygraph.bulk import without_collection
from policygraph.errors import UnknownNameError, UsageError
from policygraph.view import choose, layout, payload, style
from policygraph.view.bounded import bounded
from policygraph.view.gather import Graph
from policygraph.view.model import CODED, ON_FILE, RECORD, STANCES, Statement
from policygraph.view.page import FALLBACK_ROWS, View
from policygraph.view.statements import statements
from policygraph.view.story import Period, Step, as_state, chosen_stances, first_and_last, local
from policygraph.view.words import Words, load

if TYPE_CHECKING:
    from pyvis.network import Network

    from policygraph.interfaces import GraphReader

_THEMES = ("auto", "light", "dark")


@without_collection
def view(
    reader: GraphReader,
    focus: str | Sequence[str] | None = None,
    max_nodes: int = 300,
    period: Period | None = None,
    modality: Sequence[str] = ("asserted", "planned"),
    reference: bool = True,
    title: str | None = None,
    theme: str = "auto",
    lang: str = "en",
    seed: int = 0,
    notes: Mapping[str, str] | None = None,
    story: Sequence[Step | Mapping[str, Any]] | None = None,
    library: str | Path | None = None,
) -> View:
    """The interactive page of a graph, as one file that needs no network.

    Args:
        reader: the graph.
        focus: a name (or several) that must be drawn, with its neighbours; the page opens on the first.
        max_nodes: most names drawn at first; search and expansion reach the rest.
        period: the time shown at first, `"2023"`, `"2023-01/2023-06"` or a pair of days, either open.
        modality: the modalities shown at first; the page says what it hides and can show the others.
        reference: whether facts from reference tables are part of the page.
        title: heading of the page.
        theme: `auto` (as the reader's system), `light` or `dark`.
        lang: language of the page's own words, `en` or `es`.
        seed: the same graph and seed give the same picture.
        notes: a remark for a name, shown beside it.
        story: steps that lead through the page, as `Step` or a mapping with its fields.
        library: a newer vis-network file instead of the one that pyvis brings.

    Raises:
        UnknownNameError: a name in `focus`, `notes` or `story` is not in the graph; near names are offered.
        UsageError: any other value that is not as described.

    >>> import pyoxigraph as ox
    >>> class Empty:
    ...     def scan(self, **pattern): return iter(())
    ...     def source_text(self, doc_id): return None
    >>> page = view(Empty(), title="Nothing yet")
    >>> "Nothing yet" in page.html()
    True
    """
    stances = chosen_stances(modality)
    if theme not in _THEMES:
        raise UnknownNameError("theme", theme, _THEMES)
    if max_nodes < 1:
        raise UsageError(f"max_nodes is {max_nodes}", hint="draw at least one name")
    words = load(lang)
    asked = [focus] if isinstance(focus, str) else focus or ()
    reader, hidden = bounded(reader, asked)
    graph = Graph(reader, lang)
    everything = statements(graph, reference)
    looked_up = [choose.find(name, _names(graph, everything)) for name in asked]
    said = choose.carried(everything, looked_up)
    names = _names(graph, said)
    kinds = {iri: style.category(graph.classes.get(iri, "Thing")) for iri in names}
    drawn = choose.choose(said, kinds, stances, looked_up, max_nodes) or sorted(names)[:max_nodes]
    noted = {choose.find(n, names): payload.clean(text) for n, text in (notes or {}).items()}
    data = payload.Payload(graph, words, said, list(names), noted).data()
    first, last = first_and_last(period)
    start = {
        "stances": [s for s in STANCES if s in stances or s in ON_FILE],
        "from": first or "",
        "to": last or "",
        "hash": f"n={local(looked_up[0])}" if looked_up else "",
    }
    return View(
        title=title or words.ui("untitled"),
        network=_network(graph, said, drawn, kinds, stances, seed),
        data=data,
        words=words,
        theme=theme,
        lead=_lead(words, said, len(names), len(data["sources"]), len(everything) - len(said) + hidden),
        rows=_rows(graph, words, said),
        start=start,
        story=[as_state(step, names) for step in story or ()],
        library=None if library is None else Path(library),
    )


def _lead(words: Words, said: Sequence[Statement], names: int, sources: int, left_out: int) -> str:
    recorded, coded = (sum(s.stance == stance for s in said) for stance in (RECORD, CODED))
    links = len(said) - recorded - coded
    counts = {"links": links, "coded": coded, "records": recorded, "names": names, "sources": sources}
    parts = [words.ui(f"lead_{name}", n=n) for name, n in counts.items() if n]
    if left_out:
        parts.append(words.ui("left_out", n=left_out))
    return " · ".join(parts)


def _names(graph: Graph, said: Sequence[Statement]) -> dict[str, tuple[str, ...]]:
    """Everything that is spoken of, with all its names, in order of first mention."""
    order = dict.fromkeys(end for s in said for end in (s.subject, s.object) if end)
    return {iri: (graph.name(iri), *graph.other_names.get(iri, ())) for iri in order}


def _network(
    graph: Graph,
    said: Sequence[Statement],
    drawn: Sequence[str],
    kinds: Mapping[str, int],
    shown: Set[str],
    seed: int,
) -> Network:
    """The pyvis network of what is drawn at first; its lists are filled, not its slow methods called."""
    from pyvis.network import Network

    at = set(drawn)
    lines: dict[tuple[str, str, str], int] = {}
    # A line has one name whichever way it points: the end that is mentioned first stands first.
    order = {iri: i for i, iri in enumerate(kinds)}
    for s in said:
        if s.object in at and s.subject in at:
            a, b = sorted((s.subject, s.object or ""), key=order.__getitem__)
            lines[a, b, s.stance] = lines.get((a, b, s.stance), 0) + 1
    places = _places(drawn, lines, kinds, shown, seed)
    network = Network(height="100%", directed=True, cdn_resources="in_line")
    for iri in drawn:
        x, y = places[iri]
        node = {
            "id": iris.local_name(iri),
            "label": payload.clean(graph.name(iri)),
            "x": x,
            "y": y,
            "shape": style.CATEGORIES[kinds[iri]].shape,
        }
        network.nodes.append(node)
        network.node_ids.append(node["id"])
        network.node_map[node["id"]] = node
    for (a, b, stance), count in lines.items():
        ends = [iris.local_name(a), iris.local_name(b)]
        network.edges.append({"id": "~".join([*ends, stance]), "from": ends[0], "to": ends[1], "value": count})
    network.options = {"physics": {"enabled": False}}
    return network


def _places(
    drawn: Sequence[str],
    lines: Iterable[tuple[str, str, str]],
    kinds: Mapping[str, int],
    shown: Set[str],
    seed: int,
) -> dict[str, layout.Point]:
    """What the page shows at first is laid out by itself; what its filters hide comes beside it."""
    lines = list(lines)
    visible = {end for a, b, stance in lines if stance in shown or stance in ON_FILE for end in (a, b)}
    order = [iri for iri in drawn if iri in visible] + [iri for iri in drawn if iri not in visible]
    at, first = {iri: i for i, iri in enumerate(order)}, sum(iri in visible for iri in drawn)
    edges = [(at[a], at[b]) for a, b, _ in lines]
    # A line that is hidden at first still pulls, so that it is short when it is shown.
    inner = [(a, b) for a, b in edges if a < first and b < first]
    points = layout.place(first, inner, [kinds[iri] for iri in order[:first]], seed)
    return dict(zip(order, layout.attach(points, len(order) - first, edges), strict=True))


def _rows(graph: Graph, words: Words, said: Sequence[Statement]) -> list[list[str]]:
    """The first statements as plain cells, for pages that cannot draw."""
    rows = []
    for s in said[:FALLBACK_ROWS]:
        acts = words.phrase(s.relation, s.stance, "one")
        quote_ = s.words[0].span.quote if s.words else ""
        target = graph.name(s.object) if s.object else s.value
        rows.append(
            [
                payload.clean(c)
                for c in (graph.name(s.subject), acts, target, words.texts["stances"][s.stance]["name"], quote_)
            ]
        )
    return rows
