"""Reads the events of a graph, in memory that does not grow with their number.

Events of articles stand in the `edges` graph where they are asserted, those of
tables in graphs of their own: they are few, and read by one scan over each
predicate. Coded events stand in a graph for each data set and month. Such a
graph is read a property at a time, which is the cheapest way, and divided on
disk by the names of the events, so that the properties of some events at a time
come together. What is planned, imagined, advised or denied has no such triples
and is not read: an incident is something that is reported to have happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policygraph import iris
from policygraph.incidents.division import Division
from policygraph.incidents.events import Kind, Numbering, Numbers, Spot, Things, Told, set_of
from policygraph.incidents.reports import Reports, day_number
from policygraph.incidents.words import read_words
from policygraph.interfaces import GraphwiseReader
from policygraph.scanning import pairs, quads, read_countries

if TYPE_CHECKING:
    import pyoxigraph as ox

    from policygraph.interfaces import GraphReader

#: Days before its publication in which a report without a date of its own is taken to be set.
UNDATED = 3
_ROLES = ("hasActor", "hasRecipient", "hasParticipant")
_PLACES = ("occursAt", "hasDestination")
_REPORTS = ("mentionedIn", "recordedIn")
#: Type and mode of events of the tables, which carry none, by class.
_BY_CLASS = {"Visit": ("consult", "consult-visit"), "Meeting": ("consult", "")}


class Reading:
    """The events of a graph, read once; afterwards `things` is what they speak of, `reports` what they rest on."""

    def __init__(self, reader: GraphReader, folder: Path | None = None) -> None:
        self.reader = reader
        self.things = Things()
        self.reports = Reports(reader)
        self._folder = folder
        self._places: set[int] = set()
        graphs = reader.graphs() if isinstance(reader, GraphwiseReader) else []
        self._months = {
            graph: reader.count(iris.term("earliest"), graph)
            for graph in filter(iris.month_of, graphs)
            if isinstance(reader, GraphwiseReader)
        }
        self._others = _Some(reader, [g for g in graphs if not g.startswith(iris.DATASET_GRAPHS)])

    @property
    def coded(self) -> int:
        """How many events there are in graphs of months."""
        return sum(self._months.values())

    def __iter__(self) -> Iterator[Told]:
        for told in self._read():
            self._places.add(told.place)
            yield told
        self._settle()

    def _read(self) -> Iterator[Told]:
        reader = self.reader
        if not self._months or not isinstance(reader, GraphwiseReader):
            yield from self._scattered(reader)
            return
        yield from self._scattered(self._others)
        mentions = [
            g for g in reader.graphs()
            if g.startswith(iris.DATASET_GRAPHS) and g.endswith("/reports")
            and next(iter(reader.pairs(iris.term("recordedIn"), g)), None)
        ]  # fmt: skip
        for graph in self._months:
            dataset = graph.removeprefix(iris.DATASET_GRAPHS).partition("/")[0]
            more = iris.dataset_graph(dataset, "reports")
            yield from self._month(reader, graph, more if more in mentions else None)

    # --- few events -----------------------------------------------------------

    def _scattered(self, reader: GraphReader) -> Iterator[Told]:
        """Events that may stand in any graph, in the order of their names."""
        kinds, entities = _kinds(reader), self.things.entities
        coded = {event for event, _ in pairs(reader, iris.term("originalCode"))}
        sides = [_fillers(reader, name, entities) for name in _ROLES]
        subjects = sorted(kinds.keys() | sides[0].keys() | sides[1].keys() | sides[2].keys())
        days = _days(reader)
        places: dict[str, Numbers] = {}
        for name in _PLACES:
            places |= _fillers(reader, name, entities)
        nodes: dict[str, list[str]] = {}
        wanted = set(subjects)
        for name in _REPORTS:
            for event, node in pairs(reader, iris.term(name)):
                if event in wanted:
                    nodes.setdefault(event, []).append(node)
        words = read_words(reader, wanted)
        known = {node for some in nodes.values() for node in some}
        self.reports = Reports(self.reader, known, far=not isinstance(self.reader, GraphwiseReader))
        for iri in subjects:
            first, last = days.get(iri, (0, 0))
            own = bool(first or last)
            behind = tuple(sorted(set(nodes.get(iri, ()))))
            if not own and behind:
                last = min((story.day for story in self.reports.of(behind) if story.day), default=0)
                first = last and last - UNDATED
            actors = sides[0].get(iri, ()) + sides[2].get(iri, ())
            yield Told(
                iri,
                set_of(iri) if iri in coded else "",
                self.things.kinds.of(kinds.get(iri, ("", ""))),
                first or last,
                last or first,
                own,
                tuple(sorted(set(actors))),
                sides[1].get(iri, ()),
                _first(places.get(iri, ()), entities),
                behind,
                words.get(iri, b""),
            )

    # --- many events ----------------------------------------------------------

    def _month(self, reader: GraphwiseReader, graph: str, mentions: str | None) -> Iterator[Told]:
        """The events of one month of a data set, in no given order."""
        days: dict[str, int] = {}

        def day(text: str) -> int:
            found = days.get(text)
            return days.setdefault(text, day_number(text)) if found is None else found

        entity = self.things.entities.of
        columns: dict[str, Any] = {
            "earliest": day, "latest": day, "hasActor": entity, "hasRecipient": entity, "occursAt": entity,
            "eventType": _code, "eventMode": _code, "originalCode": str, "recordedIn": str,
        }  # fmt: skip
        with Division(self._months[graph], self._folder) as parts:
            for name, value in columns.items():
                parts.add(name, ((iri, value(text)) for iri, text in reader.pairs(iris.term(name), graph)))
            for part in parts:
                for iri, told in part.items():
                    more = _mentions(reader, iri, mentions) if mentions else ()
                    yield self._coded(iri, told, more)

    def _coded(self, iri: str, told: dict[str, list[Any]], mentions: Iterable[str]) -> Told:
        get, entities, empty = told.get, self.things.entities, ()
        types = get("eventType")
        kind = (min(types), min(get("eventMode", ("",)))) if types else (min(get("originalCode", ("",))), "")
        firsts, lasts = get("earliest", (0,)), get("latest", (0,))
        nodes = get("recordedIn", empty)
        return Told(
            iri,
            set_of(iri),
            self.things.kinds.of(kind),
            min(firsts) or max(lasts),
            max(lasts) or min(firsts),
            bool(min(firsts) or max(lasts)),
            _sorted(get("hasActor", empty)),
            _sorted(get("hasRecipient", empty)),
            _first(get("occursAt", empty), entities),
            tuple(sorted({*nodes, *mentions})) if mentions or len(nodes) > 1 else tuple(nodes),
            b"",
        )

    # --- things ---------------------------------------------------------------

    def _settle(self) -> None:
        """Countries of all entities, and where the places are."""
        reader, things = self._others if self._months else self.reader, self.things
        countries = read_countries(reader, inferred=True)
        shared: dict[tuple[str, ...], tuple[str, ...]] = {}
        things.countries = [
            shared.setdefault(found, found) for found in (countries.get(iri, ()) for iri in things.entities.values)
        ]
        del countries
        fine = {q.subject.value for q in quads(reader, iris.RDF + "type", iris.term("PopulatedPlace"))}
        told = ("point", "city", "district")
        fine |= {place for place, precision in pairs(reader, iris.term("placePrecision")) if precision in told}
        latitudes, longitudes = (dict(pairs(reader, iris.term(name))) for name in ("latitude", "longitude"))
        for number in sorted(self._places):
            iri = things.entities.values[number]
            latitude, longitude = latitudes.get(iri), longitudes.get(iri)
            known = bool(latitude and longitude)
            things.spots[number] = Spot(
                country=next(iter(things.countries[number]), ""),
                fine=iri in fine,
                latitude=float(latitude or 0) if known else None,
                longitude=float(longitude or 0) if known else None,
                name=_place_name(self.reader, iri),
            )


class _Some:
    """Some graphs of a reader, as a reader."""

    def __init__(self, reader: GraphReader, graphs: list[str]) -> None:
        self._reader, self._graphs = reader, graphs
        self.select, self.rows, self.source_text = reader.select, reader.rows, reader.source_text

    def graphs(self) -> list[str]:
        """The names of these graphs."""
        return self._graphs

    def scan(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: ox.NamedNode | ox.Literal | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """All quads of these graphs that fit the pattern."""
        import pyoxigraph as ox

        for name in self._graphs:
            if graph is None or graph.value == name:
                yield from self._reader.scan(subject, predicate, object, ox.NamedNode(name))


def _place_name(reader: GraphReader, iri: str) -> str:
    names = sorted(q.object.value for q in quads(reader, iris.SKOS + "prefLabel", subject=iri)) if iri else []
    return iris.slug(names[0].partition(",")[0]) if names else ""


def _mentions(reader: GraphReader, event: str, graph: str) -> list[str]:
    """Reports of an event that came after it."""
    return [q.object.value for q in quads(reader, iris.term("recordedIn"), subject=event, graph=graph)]


def _code(concept: str) -> str:
    return concept.rpartition("/")[2]


def _sorted(numbers: Iterable[int]) -> Numbers:
    found = tuple(numbers)
    return found if len(found) < 2 else tuple(sorted(set(found)))


def _first(places: Iterable[int], entities: Numbering[str]) -> int:
    """The place whose name comes first."""
    return min(places, key=entities.values.__getitem__, default=0)


def _kinds(reader: GraphReader) -> dict[str, Kind]:
    """Type and mode by event; where no type is known, the code of the data set in the type's place."""
    found: dict[str, Kind] = {}
    for event, code in pairs(reader, iris.term("originalCode")):
        found[event] = (min(code, found.get(event, (code, ""))[0]), "")
    for name, kind in _BY_CLASS.items():
        for quad in quads(reader, iris.RDF + "type", iris.term(name)):
            found[quad.subject.value] = kind
    modes = _codes(reader, "eventMode")
    shared: dict[Kind, Kind] = {}
    for iri, type in _codes(reader, "eventType").items():
        kind = (type, modes.get(iri, ""))
        found[iri] = shared.setdefault(kind, kind)
    return found


def _codes(reader: GraphReader, name: str) -> dict[str, str]:
    """Event to the code of a concept; of several the first."""
    found: dict[str, str] = {}
    for event, concept in pairs(reader, iris.term(name)):
        code = _code(concept)
        found[event] = min(code, found.get(event, code))
    return found


def _fillers(reader: GraphReader, name: str, entities: Numbering[str]) -> dict[str, Numbers]:
    """Event to the numbers of what fills a role, sorted."""
    found: dict[str, Numbers] = {}
    for event, entity in pairs(reader, iris.term(name)):
        number = entities.of(entity)
        before = found.get(event, ())
        if number not in before:
            found[event] = tuple(sorted((*before, number)))
    return found


def _days(reader: GraphReader) -> dict[str, tuple[int, int]]:
    """First and last day by event; 0 where one is not known."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for found, name, pick in ((first, "earliest", min), (last, "latest", max)):
        for event, text in pairs(reader, iris.term(name)):
            day = day_number(text)
            found[event] = pick(day, found.get(event, day))
    return {event: (first.get(event, 0), last.get(event, 0)) for event in first.keys() | last.keys()}
