"""Reference data as quads: plain facts, each with the table row and source it comes from.

Reference facts are no claims: nobody is quoted. Every entity points to the rows
it was taken from (`pg:recordedIn`), and a row names its table, line and sources.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import PurePosixPath

import pyoxigraph as ox

from policygraph import iris
from policygraph.graph import naming as n
from policygraph.graph.edtf import bounds
from policygraph.graph.terms import to_term
from policygraph.records import (
    City,
    Country,
    KnownInitiative,
    KnownPerson,
    KnownVisit,
    Organisation,
    Post,
    ReferenceData,
    Region,
    TableRow,
    Tenure,
)
from policygraph.vocabulary import EntityType

_SAME_AS = ox.NamedNode(iris.SCHEMA_ORG + "sameAs")
_NOTE = ox.NamedNode(iris.SKOS + "note")
_CLOSE = ox.NamedNode(iris.SKOS + "closeMatch")
_DATASET = ox.NamedNode("http://purl.org/dc/dcmitype/Dataset")
_M49 = "https://unstats.un.org/unsd/methodology/m49/#"
Pairs = Iterator[tuple[ox.NamedNode, n.Object]]


def reference_quads(data: ReferenceData) -> Iterator[ox.Quad]:
    """The quads of the `reference` graph, each once.

    >>> row = TableRow("persons.csv", 2, "Register of members")
    >>> quads = list(reference_quads(ReferenceData(persons=(KnownPerson("person/ana-prado", "Ana Prado", row),))))
    >>> [q.object.value for q in quads if q.predicate == n.PREF_LABEL]
    ['Ana Prado']
    """
    return iter(dict.fromkeys(_all(data)))


def reference_ids(data: ReferenceData) -> set[str]:
    """The local names of all entities that the tables describe."""
    lands = [f"{kind}/{country.iso3.lower()}" for country in data.countries for kind in ("country", "government")]
    ids = chain(
        (row.id for row in data.regions),
        (row.id for row in data.cities),
        (row.id for row in data.organisations),
        (row.id for row in data.posts),
        (row.id for row in data.persons),
        (row.id for row in data.tenures),
        (row.id for row in data.visits),
        (row.id for row in data.initiatives),
    )
    return {*lands, *ids}


def record_name(row: TableRow) -> str:
    """The local name of a table row: `record/visits/7`."""
    return f"record/{_stem(row.table)}/{row.line}"


def _stem(table: str) -> str:
    return iris.slug(str(PurePosixPath(table).with_suffix("")))


def _all(data: ReferenceData) -> Iterator[ox.Quad]:
    names = {person.id: person.name for person in data.persons} | {post.id: post.name for post in data.posts}
    names |= {country.iso3: country.name for country in data.countries}
    cities = {f"{c.name}, {names.get(c.iso3, c.iso3)}": c.id for c in data.cities}
    capitals = {(c.name, c.iso3): c.id for c in data.cities}
    for country in data.countries:
        yield from _country(country, capitals.get((country.capital, country.iso3)))
    for region in data.regions:
        yield from _region(region)
    for city in data.cities:
        yield from _city(city)
    for organisation in data.organisations:
        yield from _organisation(organisation, cities.get(organisation.seat))
    for post in data.posts:
        yield from _post(post)
    for person in data.persons:
        yield from _person(person)
    for tenure in data.tenures:
        yield from _tenure(tenure, names)
    for visit in data.visits:
        yield from _visit(visit, names)
    for initiative in data.initiatives:
        yield from _initiative(initiative)
    for table, about in sorted(data.tables.items()):
        yield from _table(table, about)


def _entity(
    local: str, kind: EntityType, name: str, others: Iterable[str], row: TableRow, pairs: Pairs
) -> Iterator[ox.Quad]:
    """An entity with its names, its facts and the row they stand in."""
    node, record = n.thing(local), n.thing(record_name(row))
    yield ox.Quad(node, n.TYPE, n.type_of(kind), n.REFERENCE)
    yield from n.labels(node, name, others, n.REFERENCE)
    for predicate, object in pairs:
        yield ox.Quad(node, predicate, object, n.REFERENCE)
    yield ox.Quad(node, n.pg("recordedIn"), record, n.REFERENCE)
    yield ox.Quad(record, n.TYPE, n.pg("Record"), n.REFERENCE)
    yield ox.Quad(record, n.pg("table"), ox.Literal(row.table), n.REFERENCE)
    yield ox.Quad(record, n.pg("row"), n.count(row.line), n.REFERENCE)
    for source in filter(None, (row.source, row.source2)):
        yield ox.Quad(record, n.dcterms("source"), n.link(source), n.REFERENCE)


def _table(table: str, about: Mapping[str, str]) -> Iterator[ox.Quad]:
    node = n.thing(f"table/{_stem(table)}")
    yield ox.Quad(node, n.TYPE, _DATASET, n.REFERENCE)
    yield ox.Quad(node, n.dcterms("identifier"), ox.Literal(table), n.REFERENCE)
    for key, name in (("title", "title"), ("source", "source"), ("licence", "license")):
        if about.get(key):
            yield ox.Quad(node, n.dcterms(name), n.link(about[key]), n.REFERENCE)
    if about.get("modified"):
        day = ox.Literal(about["modified"], datatype=ox.NamedNode(iris.XSD + "date"))
        yield ox.Quad(node, n.dcterms("modified"), day, n.REFERENCE)


def _wikidata(item: str) -> Pairs:
    if item:
        yield _SAME_AS, ox.NamedNode(f"http://www.wikidata.org/entity/{item}")


def _land(iso3: str) -> ox.NamedNode:
    return n.thing(f"country/{iso3.lower()}")


def _government(iso3: str) -> ox.NamedNode:
    return n.thing(f"government/{iso3.lower()}")


def _country(it: Country, capital: str | None) -> Iterator[ox.Quad]:
    def pairs() -> Pairs:
        yield n.pg("iso3"), ox.Literal(it.iso3)
        if it.m49:
            yield n.pg("m49"), ox.Literal(it.m49)
        if capital:
            yield n.pg("capital"), n.thing(capital)
        if it.parent:
            yield n.dcterms("isPartOf"), _land(it.parent)
        yield from _wikidata(it.wikidata)

    others = (it.official_name, *it.other_names)
    yield from _entity(f"country/{it.iso3.lower()}", EntityType.COUNTRY, it.name, others, it.row, pairs())
    rules: Pairs = iter([(n.pg("governs"), _land(it.iso3)), (n.pg("sector"), n.concept("sector/gov"))])
    name = it.government or f"Government of {it.name}"
    yield from _entity(f"government/{it.iso3.lower()}", EntityType.GOVERNMENT, name, (), it.row, rules)


def _region(it: Region) -> Iterator[ox.Quad]:
    close: Pairs = iter([(_CLOSE, ox.NamedNode(_M49 + it.close_match))] if it.close_match else [])
    yield from _entity(it.id, EntityType.REGION, it.name, it.other_names, it.row, close)
    for iso3 in it.members:
        yield ox.Quad(_land(iso3), n.pg("within"), n.thing(it.id), n.REFERENCE)


def _city(it: City) -> Iterator[ox.Quad]:
    inside: Pairs = iter([(n.pg("within"), _land(it.iso3))])
    yield from _entity(it.id, EntityType.POPULATED_PLACE, it.name, it.other_names, it.row, inside)


def _organisation(it: Organisation, seat: str | None) -> Iterator[ox.Quad]:
    def pairs() -> Pairs:
        if it.iso3 and it.type is EntityType.GOVERNMENT_BODY:
            yield n.pg("bodyOf"), _government(it.iso3)
        elif it.iso3:
            yield n.pg("actsFor"), _land(it.iso3)
        if seat:
            yield n.pg("seatedIn"), n.thing(seat)
        if it.sector:
            yield n.pg("sector"), n.concept(f"sector/{it.sector.lower()}")
        yield from _wikidata(it.wikidata)

    yield from _entity(it.id, it.type, it.name, (it.abbreviation, *it.other_names), it.row, pairs())
    for iso3 in it.members:
        yield ox.Quad(_government(iso3), n.pg("memberOf"), n.thing(it.id), n.REFERENCE)


def _post(it: Post) -> Iterator[ox.Quad]:
    def pairs() -> Pairs:
        yield n.pg("postIn"), n.thing(it.organisation)
        yield n.pg("postKind"), ox.Literal(it.kind)
        yield n.pg("sector"), n.concept(f"sector/{it.sector.lower()}")

    yield from _entity(it.id, EntityType.PUBLIC_OFFICE, it.name, it.titles, it.row, pairs())


def _person(it: KnownPerson) -> Iterator[ox.Quad]:
    def pairs() -> Pairs:
        if it.iso3:
            yield n.pg("actsFor"), _land(it.iso3)
        yield from _wikidata(it.wikidata)

    yield from _entity(it.id, EntityType.PERSON, it.name, it.other_names, it.row, pairs())


def _dates(start: str, end: str) -> Pairs:
    """A period in EDTF with its bounds; `..` stands for an end that is not known."""
    if not (start or end):
        return
    whole = start if start == end else f"{start or '..'}/{end or '..'}"
    yield n.pg("edtf"), ox.Literal(whole, datatype=n.EDTF)
    first, last = bounds(whole) or (None, None)
    for name, day in (("earliest", first), ("latest", last)):
        if day:
            yield n.pg(name), to_term(day)


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _tenure(it: Tenure, names: Mapping[str, str]) -> Iterator[ox.Quad]:
    def pairs() -> Pairs:
        yield n.pg("holder"), n.thing(it.person)
        yield n.pg("ofPost"), n.thing(it.post)
        yield from _dates(it.start.isoformat(), _iso(it.end))
        if it.last_confirmed:
            yield n.pg("lastConfirmed"), to_term(it.last_confirmed)
        if it.note:
            yield _NOTE, ox.Literal(it.note)

    until = f" to {it.end}" if it.end else ""
    who, what = names.get(it.person, it.person), names.get(it.post, it.post)
    name = f"{who}, {what}, from {it.start}{until}"
    yield from _entity(it.id, EntityType.TENURE, name, (), it.row, pairs())


def _visit(it: KnownVisit, names: Mapping[str, str]) -> Iterator[ox.Quad]:
    def pairs() -> Pairs:
        yield n.pg("hasActor"), n.thing(it.visitor)
        yield n.pg("hasDestination"), _land(it.iso3)
        yield n.pg("eventType"), n.concept("event-type/consult")
        yield n.pg("eventMode"), n.concept("event-mode/consult-visit")
        for place in it.places:
            yield n.pg("occursAt"), n.thing(place)
        for host in it.met:
            yield n.pg("hasRecipient"), n.thing(host)
        yield from _dates(it.start.isoformat(), it.end.isoformat())
        if it.purpose:
            yield n.dcterms("description"), ox.Literal(it.purpose)
        if it.note:
            yield _NOTE, ox.Literal(it.note)

    name = f"Visit of {names.get(it.visitor, it.visitor)} to {names.get(it.iso3, it.iso3)}, {it.start}"
    yield from _entity(it.id, EntityType.VISIT, name, (), it.row, pairs())


def _initiative(it: KnownInitiative) -> Iterator[ox.Quad]:
    is_event = it.type.is_event

    def pairs() -> Pairs:
        # What is held is an event with actors; what is put forward is an instrument with partners.
        for partner in it.partners:
            yield n.pg("hasParticipant" if is_event else "hasPartner"), n.thing(partner)
        for sponsor in it.sponsors if is_event else ():
            yield n.pg("hasActor"), n.thing(sponsor)
        if is_event:
            yield n.pg("eventType"), n.concept("event-type/consult")
        kind = n.concept(f"initiative-kind/{iris.slug(it.kind)}")
        yield n.dcterms("type") if is_event else n.pg("initiativeKind"), kind
        if it.topic:
            yield n.pg("addresses"), n.concept(f"topic/{iris.slug(it.topic)}")
        yield from _dates(it.start, it.end or (it.start if is_event else ""))
        for predicate, text in (
            (n.pg("recordedStatus"), it.status),
            (n.dcterms("description"), it.description),
            (_NOTE, it.note),
        ):
            if text:
                yield predicate, ox.Literal(text)

    yield from _entity(it.id, it.type, it.name, it.other_names, it.row, pairs())
    if not is_event:
        for sponsor in it.sponsors:
            yield ox.Quad(n.thing(sponsor), n.pg("proposes"), n.thing(it.id), n.REFERENCE)
