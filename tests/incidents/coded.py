"""Coded events in few words, and a graph of them, written by the real writer into a real store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from policygraph.coded import CodedActor, CodedEvent, CodedPlace, Precision, Report
from policygraph.graph.coded import CodedWriter
from policygraph.graph.reference import reference_quads
from policygraph.graph.rules import infer, load_rules
from policygraph.graph.store import EmbeddedStore
from policygraph.importing.reference import load_reference
from policygraph.incidents import Grouped, group_incidents, strategy
from policygraph.iris import local_name
from policygraph.records import ReferenceData
from policygraph.vocabulary import EventType

PLACES = {
    "Kyiv": ("UKR", 50.45, 30.52),
    "Brovary": ("UKR", 50.51, 30.79),
    "Odesa": ("UKR", 46.48, 30.73),
    "Lima": ("PER", -12.05, -77.04),
}


def actor(code: str, name: str = "", sectors: tuple[str, ...] = ()) -> CodedActor:
    """The government of a country, or with a name somebody of it."""
    if name:
        return CodedActor(name, code or None, sectors, known=None)
    return CodedActor(f"Government of {code}", code, ("GOV",), known=f"government/{code.lower()}")


def place(name: str) -> CodedPlace:
    country, latitude, longitude = PLACES[name]
    return CodedPlace(name, country, Precision.CITY, latitude, longitude)


def event(
    id: str,
    who: str = "RUS",
    whom: str = "UKR",
    kind: EventType = EventType.ASSAULT,
    day: str = "2024-03-05",
    *,
    mode: str | None = None,
    at: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    dataset: str = "gdelt",
    last: str | None = None,
    text: str | None = None,
) -> CodedEvent:
    first = dt.date.fromisoformat(day)
    report = Report(url or f"https://paper-{id}.example/{id}", publisher, first, text=text)
    return CodedEvent(
        dataset,
        id,
        kind,
        "190",
        first,
        dt.date.fromisoformat(last) if last else first,
        mode,
        actors=(actor(who),) if who else (),
        recipients=(actor(whom),) if whom else (),
        place=place(at) if at else None,
        reports=(report,),
    )


def graph(*events: CodedEvent) -> EmbeddedStore:
    """A graph of coded events and the governments they speak of."""
    store = EmbeddedStore.memory()
    countries = tuple(c for c in load_reference().countries if c.iso3 in ("RUS", "UKR", "PER", "CHL", "POL"))
    store.extend(reference_quads(ReferenceData(countries=countries)))
    infer(store.engine, [rule for rule in load_rules() if rule.name == "03-acts-for"])
    write(store, events)
    return store


def write(store: EmbeddedStore, events: Iterable[CodedEvent]) -> None:
    import pyoxigraph as ox

    writer = CodedWriter()
    text = "".join(map(writer.write, events))
    store.engine.bulk_load(text.encode(), format=ox.RdfFormat.N_QUADS)


def merged(store: EmbeddedStore, name: str = "near", days: int | None = None) -> Grouped:
    return group_incidents(store, strategy(name, days))


def groups(store: EmbeddedStore, name: str = "near", days: int | None = None) -> list[list[str]]:
    """Ids of the coded events, those of one incident together."""
    ids = ([local_name(e).rpartition("-")[2] for e in i.events] for i in merged(store, name, days).incidents)
    return sorted(group for group in ids if all(len(one) < 8 for one in group))
