"""From a graph to a network: which statements count, and as what.

`project` reads one layer (see `layers`), filters its ties, rolls them up to
countries if asked, and weighs them. What each filter left is kept, so that an
empty network can say why it is empty.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import isnan
from typing import TYPE_CHECKING

from policygraph import iris
from policygraph.bulk import uncollected
from policygraph.errors import UnknownNameError, UsageError
from policygraph.network import scan
from policygraph.network.dates import Period, read_period
from policygraph.network.incidents import once_an_incident, read_groups
from policygraph.network.layers import MENTIONED, UNDIRECTED, Collector
from policygraph.network.model import Network, NodeInfo
from policygraph.network.nodes import TypeFilter, read_countries, read_iso3, read_labels, read_types
from policygraph.network.scores import LAYERS, QUADS, SMALLEST_SCORE, event_scores, relations
from policygraph.network.ties import Ties, arranged
from policygraph.vocabulary import EventType, Modality

if TYPE_CHECKING:
    from policygraph.interfaces import GraphReader

COUNTED = ("report", "incident")
WEIGHTS = ("statements", "confidence", "sources", "score")


@dataclass(frozen=True, slots=True)
class Projection:
    """The options of a projection, checked.

    Raises (through `Projection.of`):
        UnknownNameError: a layer, modality, predicate or class that does not exist.
        UsageError: a confidence outside 0 to 1, an impossible period, a weight that the layer has not got.
    """

    layer: str = "claims"
    modality: tuple[str, ...] = ("asserted",)
    min_confidence: float = 0.0
    period: Period = field(default_factory=Period)
    source: tuple[str, ...] = ()
    predicate: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    roll_up: str | None = None
    inferred: bool = False
    per_statement: bool = False
    reference: bool = True
    weight: str = "statements"
    per: str = "report"

    @property
    def directed(self) -> bool:
        """Whether ties of the layer have a direction."""
        return self.layer not in UNDIRECTED

    def options(self) -> dict[str, object]:
        """The options that differ from their defaults, as plain values; the layer and the weight always."""
        plain: dict[str, object] = {"layer": self.layer, "weight": self.weight}
        default = Projection()
        names = (
            "modality",
            "min_confidence",
            "source",
            "predicate",
            "types",
            "roll_up",
            "inferred",
            "reference",
            "per",
        )
        for name in names:
            value = getattr(self, name)
            if value != getattr(default, name):
                plain[name] = list(value) if isinstance(value, tuple) else value
        if self.period.since:
            plain["since"] = self.period.since.isoformat()
        if self.period.until:
            plain["until"] = self.period.until.isoformat()
        if not self.period.open:
            plain["overlap"] = "certain" if self.period.certain else "possible"
        return plain


def project(
    reader: GraphReader,
    layer: str = "claims",
    *,
    modality: str | Iterable[str] = "asserted",
    min_confidence: float = 0.0,
    since: str | dt.date | None = None,
    until: str | dt.date | None = None,
    overlap: str = "possible",
    source: str | Iterable[str] | None = None,
    predicate: str | Iterable[str] | None = None,
    types: str | Iterable[str] | None = None,
    roll_up: str | None = None,
    inferred: bool = False,
    per_statement: bool = False,
    reference: bool = True,
    weight: str | None = None,
    per: str = "report",
) -> Network:
    """Project a graph to a network.

    Args:
        reader: the graph.
        layer: `claims`, `events`, `initiatives`, `places` or `mentions`.
        modality: one or several of asserted, planned, hypothetical, recommended, denied; `all` for all.
        min_confidence: leave out claims below it, 0 to 1.
        since, until: days, months (`2023-01`) or years; both counted in.
        overlap: `possible` keeps what may touch the period, `certain` only what lies wholly inside.
        source: title, publisher, short id or IRI of one or several sources.
        predicate: relations (`supports`), event types (`consult`) or quad classes (`verbal-conflict`).
        types: classes of nodes (`Government`, `Organisation` with all its subclasses, …).
        roll_up: `country` puts countries in the place of those who act for them.
        inferred: also roll up by countries that the words only let guess.
        per_statement: one edge a statement; otherwise one for source, target, predicate and modality.
        reference: count facts from reference tables (modality `recorded`) as asserted.
        weight: `statements`, `confidence`, `sources` or, for events, `score`; see the guide on networks.
        per: `incident` counts all reports of one event as one, as they were merged; `report` each by itself.

    Raises:
        UsageError, UnknownNameError: an option that cannot be meant; near names are offered.
    """
    chosen = Projection(
        layer=_known("layer", layer, LAYERS),
        modality=_modalities(modality),
        min_confidence=_confidence(min_confidence),
        period=read_period(since, until, overlap),
        source=_several(source),
        predicate=tuple(_predicate(name) for name in _several(predicate)),
        types=TypeFilter.of(_several(types)).classes,
        roll_up=None if roll_up is None else _known("roll-up", roll_up, ("country",)),
        inferred=inferred,
        per_statement=per_statement,
        reference=reference,
        weight=_weight(weight, layer),
        per=_known("way of counting", per, COUNTED),
    )
    with uncollected():
        return _Run(reader, chosen).network()


def _several(value: str | Iterable[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(dict.fromkeys(value))


def _known(kind: str, name: str, known: Sequence[str]) -> str:
    if name not in known:
        raise UnknownNameError(kind, name, known)
    return name


def _modalities(value: str | Iterable[str]) -> tuple[str, ...]:
    known = tuple(m.value for m in Modality)
    names = _several(value)
    if "all" in names:
        return known
    if not names:
        raise UsageError("no modality was given", hint=f"use one of {', '.join(known)} or all")
    return tuple(_known("modality", str(name), known) for name in names)


def _confidence(value: float) -> float:
    if not 0 <= value <= 1:
        raise UsageError(f"a confidence of {value:g} is outside 0 to 1", hint="use a number such as 0.7")
    return float(value)


def _predicate(name: str) -> str:
    bare = name.removeprefix("pg:")
    return _known("relation", bare, (*relations(), *(t.code for t in EventType), *QUADS, "event", "mentionedWith"))


def _weight(name: str | None, layer: str) -> str:
    if name is None:
        return "score" if layer == "events" else "statements"
    _known("weight", name, WEIGHTS)
    if name == "score" and layer != "events":
        raise UsageError(f"the layer {layer} has no scores to weigh by", hint="use the layer events or another weight")
    return name


@dataclass(slots=True)
class _Run:
    """One projection under way; `funnel` notes how many ties each filter left."""

    reader: GraphReader
    chosen: Projection
    funnel: list[tuple[str, int]] = field(default_factory=list)

    def network(self) -> Network:
        types = read_types(self.reader)
        countries = read_countries(self.reader, inferred=self.chosen.inferred)
        ties = self._collect(types, self.chosen)
        ties = self._filter(ties, types)
        if self.chosen.roll_up and len(ties):
            ties = self._step("roll_up='country'", ties, _rolled(ties, countries))
        if self.chosen.per == "incident":
            ties = once_an_incident(ties, read_groups(self.reader))
        ties = arranged(ties)
        weigh(ties, self.chosen.weight)
        info = self._describe(ties.nodes.values, types, countries)
        note = "" if len(ties) else self._why_empty(types)
        return Network(ties=ties, nodes=info, projection=self.chosen, reader=self.reader, note=note)

    def _collect(self, types: dict[str, str], chosen: Projection) -> Ties:
        confidence = chosen.min_confidence > 0 or chosen.weight == "confidence"
        collector = Collector(self.reader, types, chosen.modality, chosen.reference, confidence)
        return collector.collect(chosen.layer)

    def _filter(self, ties: Ties, types: dict[str, str]) -> Ties:
        chosen = self.chosen
        if chosen.min_confidence > 0:
            low = chosen.min_confidence
            ties = self._keep(f"min_confidence={low:g}", ties, lambda row: ties.confidence[row] >= low)
        if chosen.source and len(ties):
            ties = self._by_source(ties)
        if chosen.predicate:
            ties = self._by_predicate(ties)
        if chosen.types:
            ties = self._by_type(ties, types)
        if not chosen.period.open:
            period = chosen.period
            label = f"period {period.since or '…'} to {period.until or '…'}"
            before = ties
            ties = self._keep(
                label, ties, lambda row: period.holds(before.first[row], before.last[row], bool(before.own[row]))
            )
        return ties

    def _keep(self, label: str, ties: Ties, passes: Callable[[int], bool]) -> Ties:
        return self._step(label, ties, ties.take([row for row in range(len(ties)) if passes(row)]))

    def _step(self, label: str, before: Ties, after: Ties) -> Ties:
        if len(before) and not len(after):
            self.funnel.append((label, len(before)))
        return after

    def _by_source(self, ties: Ties) -> Ties:
        names = scan.read_source_names(self.reader)
        called = {d: {n.casefold() for n in names.names(d)} for d in ties.documents.values}
        for asked in self.chosen.source:
            if not any(asked.casefold() in own for own in called.values()):
                known = sorted({n for d in called for n in names.names(d)})
                raise UnknownNameError("source with ties in this layer", asked, known)
        wanted = {asked.casefold() for asked in self.chosen.source}
        keep = [bool(called[d] & wanted) for d in ties.documents.values]
        return self._keep(f"source={', '.join(self.chosen.source)}", ties, lambda row: keep[ties.document[row]])

    def _by_predicate(self, ties: Ties) -> Ties:
        wanted = set(self.chosen.predicate)
        quad_of = {code: score.quad for (code, mode), score in event_scores().items() if not mode}
        keep = [name in wanted or quad_of.get(name) in wanted for name in ties.predicates.values]
        return self._keep(f"predicate={', '.join(self.chosen.predicate)}", ties, lambda row: keep[ties.predicate[row]])

    def _by_type(self, ties: Ties, types: dict[str, str]) -> Ties:
        limits = TypeFilter(self.chosen.types)
        keep = [limits.passes(types[iri]) for iri in ties.nodes.values]
        return self._keep(
            f"types={', '.join(self.chosen.types)}", ties, lambda row: keep[ties.source[row]] and keep[ties.target[row]]
        )

    def _describe(
        self, wanted: Sequence[str], types: dict[str, str], countries: dict[str, tuple[str, ...]]
    ) -> list[NodeInfo]:
        labels = read_labels(self.reader, wanted)
        codes = read_iso3(self.reader)
        return [
            NodeInfo(
                iri=iri,
                label=labels[iri],
                type=types.get(iri, "Actor"),
                country=";".join(codes.get(c, iris.local_name(c)) for c in countries.get(iri, ())),
            )
            for iri in wanted
        ]

    def _why_empty(self, types: dict[str, str]) -> str:
        if self.funnel:
            label, before = self.funnel[-1]
            return f"No ties: {label} removed the last {before:,}."
        chosen = self.chosen
        wider = replace(chosen, modality=tuple(m.value for m in Modality))
        others = len(self._collect(types, wider))
        if others:
            return f"No ties: modality={', '.join(chosen.modality)} leaves none of the {others:,} of this layer."
        if not chosen.reference and (recorded := len(self._collect(types, replace(wider, reference=True)))):
            return f"No ties: reference=False removed all {recorded:,}."
        return f"No ties: this graph holds nothing for the layer '{chosen.layer}'."


def _rolled(ties: Ties, countries: dict[str, tuple[str, ...]]) -> Ties:
    """Ties between countries; one statement counts once for a pair, and ties within a country fall away.

    Who acts for several countries counts for each; who acts for none stays.
    """
    rolled = Ties()
    seen: set[tuple[str, str, str, str, str]] = set()
    names = ties.nodes.values
    for row in range(len(ties)):
        ends = [countries.get(names[n], (names[n],)) for n in (ties.source[row], ties.target[row])]
        predicate = ties.predicates.values[ties.predicate[row]]
        modality = ties.modalities.values[ties.modality[row]]
        unit = ties.units.values[ties.unit[row]]
        for a in ends[0]:
            for b in ends[1]:
                pair = (min(a, b), max(a, b)) if modality == MENTIONED else (a, b)
                key = (*pair, predicate, modality, unit)
                if a == b or key in seen:
                    continue
                seen.add(key)
                rolled.add(
                    pair,
                    predicate=predicate,
                    modality=modality,
                    document=ties.documents.values[ties.document[row]],
                    unit=unit,
                    claims=ties.claims[row],
                    sign=ties.sign[row],
                    score=ties.score[row],
                    dates=(ties.first[row], ties.last[row], bool(ties.own[row])),
                    confidence=ties.confidence[row],
                )
    return rolled


def weigh(ties: Ties, weight: str) -> None:
    """Set the weight of each tie; weights of a pair add up.

    `statements` 1; `confidence` the extractor's confidence; `score` |PLOVER
    score|, at least 0.5; `sources` one over the ties that the same document adds
    to the same pair, so that a pair's weight is its number of documents.
    """
    if weight == "statements":
        ties.weight = array("d", [1.0]) * len(ties)
    elif weight == "confidence":
        ties.weight = array("d", ties.confidence)
    elif weight == "score":
        ties.weight = array("d", [SMALLEST_SCORE if isnan(s) else max(abs(s), SMALLEST_SCORE) for s in ties.score])
    else:
        keys = list(zip(ties.source, ties.target, ties.document, strict=True))
        share = Counter(keys)
        ties.weight = array("d", [1 / share[key] for key in keys])
