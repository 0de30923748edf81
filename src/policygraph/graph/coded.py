"""Coded events as N-Quads text, as fast as text can be made.

A coded event is a recorded fact, as a row of a reference table is: plain
triples on an `Event` that points by `pg:recordedIn` to the reports it rests
on, and no claims, since nobody is quoted. Events stand in the graph of their
data set and month, so that files that overlap write the same quads; reports in
one graph a data set; actors and places that the reference data do not know in
the graph `imported`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

import pyoxigraph as ox

from policygraph import iris
from policygraph.coded import CodedActor, CodedEvent, CodedPlace, Precision, Report
from policygraph.graph import naming as n
from policygraph.graph.terms import XSD_DECIMAL, decimal, to_term
from policygraph.recent import Recent
from policygraph.vocabulary import EntityType

#: Actors of these sectors are of a country but do not act for it.
_NOT_FOR_THE_COUNTRY = frozenset({"REB", "UAF", "CRM", "OPP", "REF", "PRE"})
_PLACE_CLASS = {
    Precision.POINT: EntityType.PLACE,
    Precision.CITY: EntityType.POPULATED_PLACE,
    Precision.DISTRICT: EntityType.ADMINISTRATIVE_AREA,
    Precision.PROVINCE: EntityType.ADMINISTRATIVE_AREA,
    Precision.COUNTRY: EntityType.PLACE,
}
#: What repeats is kept as text, so much of each kind; see `Recent`.
_KEPT, _REPORTS_KEPT = 10_000, 5_000
_SAME_AS = ox.NamedNode(iris.SCHEMA_ORG + "sameAs")
Pair = tuple[ox.NamedNode, n.Object]


class CodedWriter:
    """Turns coded events into N-Quads lines; keeps the text of what repeats from event to event.

    `names` gives the preferred names of known entities, by local name.
    """

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        self._names = names or {}
        self._actors = Recent[CodedActor, tuple[str, str]](_KEPT)
        self._places = Recent[CodedPlace, str](_KEPT)
        self._reports = Recent[tuple[str, Report], str](_REPORTS_KEPT)
        self._codings = Recent[tuple[object, ...], str](_KEPT)
        self._days = Recent[tuple[dt.date, dt.date], tuple[str, str]](_KEPT)
        self._new: list[str] = []

    def write(self, event: CodedEvent) -> str:
        """The lines of an event, and of actors, places and reports not yet written.

        >>> day = dt.date(2015, 10, 27)
        >>> event = CodedEvent("gdelt", "7", None, "012", day, day)
        >>> print(CodedWriter().write(event).splitlines()[0])  # doctest: +ELLIPSIS
        <https://.../id/event/gdelt-7> <http://.../22-rdf-syntax-ns#type> <https://.../ont#Event> <.../gdelt/2015-10> .
        """
        acting = [self._actor(actor) for actor in event.actors]
        receiving = [self._actor(actor) for actor in event.recipients]
        dates, day = self._dates(event.earliest, event.latest)
        pairs = [_HAS_ACTOR + actor for actor, _ in acting]
        pairs += [_HAS_RECIPIENT + actor for actor, _ in receiving]
        if event.fatalities is not None:
            pairs.append(f"{_FATALITIES}{to_term(event.fatalities)}")
        if event.revision:
            pairs.append(f"{_REVISION}{to_term(event.revision)}")
        if event.place:
            pairs.append(_OCCURS_AT + self._place(event.place))
        pairs += [_RECORDED_IN + self.report(event.dataset, report) for report in event.reports]
        if len(pairs) > 4:
            # One event may name a thing twice.
            pairs = list(dict.fromkeys(pairs))
        who = " and ".join(sorted(name for _, name in acting))
        whom = " and ".join(sorted(name for _, name in receiving))
        pairs.append(_PREF_LABEL + text_literal(_title(event, who, whom, day)))
        head = f"{event_node(event.dataset, event.id)} "
        tail = f" <{iris.DATASET_GRAPHS}{event.dataset}/{day[:7]}> .\n"
        # Coding and dates are several pairs with a mark where an event's lines end and begin.
        between = tail + head
        always = f"{_IS_EVENT}{_BREAK}{self._coding(event)}{_BREAK}{dates}".replace(_BREAK, between)
        lines = f"{head}{always}{between}{between.join(pairs)}{tail}"
        if self._new:
            lines = "".join(self._new) + lines
            self._new = []
        return lines

    def mention(self, dataset: str, event_id: str, report: Report) -> str:
        """The lines that add a report to an event; they stand in the graph of reports."""
        record = self.report(dataset, report)
        graph = f"<{iris.dataset_graph(dataset, 'reports')}>"
        lines = [*self._new, f"{event_node(dataset, event_id)} {_RECORDED_IN}{record} {graph} .\n"]
        self._new = []
        return "".join(lines)

    def report(self, dataset: str, report: Report) -> str:
        """The node of a report; its lines are given out with the next event."""
        key = (dataset, report)
        node = self._reports.get(key)
        if node is None:
            node = f"<{iris.ID}record/{dataset}/{iris.content_key(*map(str, _facts(report)))}>"
            self._say(node, _report_pairs(dataset, report), iris.dataset_graph(dataset, "reports"))
            self._reports.keep(key, node)
        return node

    def forget_reports(self) -> None:
        """Write the lines of each report again when it is next met."""
        self._reports.clear()

    def _actor(self, actor: CodedActor) -> tuple[str, str]:
        """Node and name of an actor."""
        found = self._actors.get(actor)
        if found is None:
            if actor.known:
                found = str(n.thing(actor.known)), self._names.get(actor.known, actor.name)
            else:
                node = str(n.thing(_actor_id(actor)))
                self._say(node, map(_text, _actor_pairs(actor)), iris.IMPORTED_GRAPH)
                found = node, actor.name
            self._actors.keep(actor, found)
        return found

    def _place(self, place: CodedPlace) -> str:
        node = self._places.get(place)
        if node is None:
            node = str(n.thing(place.known or _place_id(place)))
            if not place.known:
                self._say(node, map(_text, _place_pairs(place)), iris.IMPORTED_GRAPH)
            self._places.keep(place, node)
        return node

    def _coding(self, event: CodedEvent) -> str:
        key = (event.type, event.mode, event.contexts, event.code, event.intensity)
        found = self._codings.get(key)
        if found is None:
            found = self._codings.keep(key, _BREAK.join(dict.fromkeys(map(_text, _coding_pairs(event)))))
        return found

    def _dates(self, first: dt.date, last: dt.date) -> tuple[str, str]:
        key = (first, last)
        found = self._days.get(key)
        if found is None:
            whole = first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
            pairs = (
                (n.pg("edtf"), ox.Literal(whole, datatype=n.EDTF)),
                (n.pg("earliest"), to_term(first)),
                (n.pg("latest"), to_term(last)),
            )
            found = self._days.keep(key, (_BREAK.join(map(_text, pairs)), first.isoformat()))
        return found

    def _say(self, node: str, pairs: Iterable[str], graph: str) -> None:
        self._new += [f"{node} {pair} <{graph}> .\n" for pair in dict.fromkeys(pairs)]


def event_node(dataset: str, event_id: str) -> str:
    """The name of a coded event in N-Quads: data set and the set's own id.

    >>> event_node("acled", "MEX 12")
    '<https://w3id.org/policygraph/id/event/acled-MEX%2012>'
    """
    return f"<{iris.ID}event/{dataset}-{event_id if event_id.isalnum() else quote(event_id, safe='')}>"


def text_literal(text: str) -> str:
    """A text as N-Quads writes it.

    >>> text_literal('Ana "la Roja" Paz')
    '"Ana \\\\"la Roja\\\\" Paz"'
    """
    return f'"{text}"' if _PLAIN(text) else str(ox.Literal(text))


def _text(pair: Pair) -> str:
    return f"{pair[0]} {pair[1]}"


def _ahead(predicate: ox.NamedNode) -> str:
    return f"{predicate} "


#: Texts without anything that N-Quads must escape.
_PLAIN = re.compile(r'[^"\\\x00-\x1f\x7f]*').fullmatch
#: Stands where the lines of a thing end and begin; no term holds it, N-Quads escapes it.
_BREAK = "\n"
_HAS_ACTOR, _HAS_RECIPIENT = _ahead(n.pg("hasActor")), _ahead(n.pg("hasRecipient"))
_OCCURS_AT, _RECORDED_IN = _ahead(n.pg("occursAt")), _ahead(n.pg("recordedIn"))
_FATALITIES, _REVISION = _ahead(n.pg("fatalities")), _ahead(n.pg("revision"))
_PREF_LABEL, _IS_EVENT = _ahead(n.PREF_LABEL), f"{n.TYPE} {n.pg('Event')}"
_IS_RECORD, _TABLE = f"{n.TYPE} {n.pg('Record')}", _ahead(n.pg("table"))
_SOURCE, _PUBLISHER, _ISSUED = (_ahead(n.dcterms(name)) for name in ("source", "publisher", "issued"))
_CODER, _VERSION, _CONFIDENCE = (_ahead(n.pg(name)) for name in ("coder", "coderVersion", "codingConfidence"))
_TITLE, _LANGUAGE, _LICENCE = (_ahead(n.dcterms(name)) for name in ("title", "language", "license"))
_SENTENCE, _OFFSET, _EXCERPT = (_ahead(n.pg(name)) for name in ("sentence", "offset", "excerpt"))


def _title(event: CodedEvent, who: str, whom: str, day: str) -> str:
    """What to call an event: `Government of Peru, consult (visit), Government of Chile, 2015-10-27`."""
    act = event.type.code if event.type else f"event {event.code}"
    if event.mode:
        act = f"{act} ({event.mode})"
    return ", ".join(filter(None, (who, act, whom, day)))


def _coding_pairs(event: CodedEvent) -> Iterable[Pair]:
    yield n.pg("originalCode"), ox.Literal(event.code)
    if event.type:
        yield n.pg("eventType"), n.concept(f"event-type/{event.type.code}")
        if event.mode:
            yield n.pg("eventMode"), n.concept(f"event-mode/{event.type.code}-{event.mode}")
    for context in event.contexts:
        yield n.pg("eventContext"), n.concept(f"event-context/{iris.slug(context)}")
    if event.intensity is not None:
        yield n.pg("intensity"), decimal(event.intensity)


def _actor_id(actor: CodedActor) -> str:
    """`actor/{slug}-{iso3}`; names that a slug would make equal are told apart by a hash of the name."""
    slug, country = iris.slug(actor.name), (actor.country or "").lower()
    exact = slug.replace("-", " ").title() == actor.name and (country or len(slug.rsplit("-", 1)[-1]) != 3)
    mark = "" if exact else iris.content_key(actor.name, country)[:6]
    return "actor/" + "-".join(filter(None, (slug, mark, country)))


def _actor_pairs(actor: CodedActor) -> Iterable[Pair]:
    yield n.TYPE, n.pg("Actor")
    yield n.PREF_LABEL, ox.Literal(actor.name)
    yield n.pg("unlinked"), to_term(True)
    for sector in actor.sectors:
        yield n.pg("sector"), n.concept(f"sector/{sector.lower()}")
    if actor.country:
        acts = "mayActFor" if _NOT_FOR_THE_COUNTRY.intersection(actor.sectors) else "actsFor"
        yield n.pg(acts), n.thing(f"country/{actor.country.lower()}")
    if actor.same_as:
        yield _SAME_AS, n.link(actor.same_as)


def _place_id(place: CodedPlace) -> str:
    """A place is the same only where name, fineness and coordinates are."""
    if place.precision is Precision.COUNTRY and place.country:
        return f"country/{place.country.lower()}"
    mark = iris.content_key(place.name, place.precision, str(place.latitude), str(place.longitude))[:6]
    return "-".join(filter(None, ("place/imported", iris.slug(place.name), (place.country or "").lower(), mark)))


def _place_pairs(place: CodedPlace) -> Iterable[Pair]:
    if place.precision is Precision.COUNTRY and place.country:
        return
    kind = _PLACE_CLASS[place.precision] if place.country else EntityType.PLACE
    yield n.TYPE, n.type_of(kind)
    yield n.PREF_LABEL, ox.Literal(place.name)
    yield n.pg("placePrecision"), ox.Literal(place.precision.value)
    if place.country:
        yield n.pg("within"), n.thing(f"country/{place.country.lower()}")
    if place.latitude is not None and place.longitude is not None:
        yield n.pg("latitude"), _degrees(place.latitude)
        yield n.pg("longitude"), _degrees(place.longitude)


def _degrees(angle: float) -> ox.Literal:
    """Six places are a tenth of a metre."""
    text = f"{angle:.6f}".rstrip("0").rstrip(".")
    return ox.Literal("0" if text == "-0" else text, datatype=XSD_DECIMAL)


def _facts(report: Report) -> tuple[object, ...]:
    return (
        report.source, report.publisher, report.published, report.coder, report.version,
        report.confidence, report.sentence, report.offset, report.text, report.title, report.language, report.licence,
    )  # fmt: skip


def _report_pairs(dataset: str, report: Report) -> Iterable[str]:
    yield _IS_RECORD
    yield _TABLE + text_literal(dataset.upper())
    yield f"{_SOURCE}{n.link(report.source)}"
    if report.publisher:
        yield _PUBLISHER + text_literal(report.publisher)
    if report.published:
        yield f"{_ISSUED}{to_term(report.published)}"
    if report.coder:
        yield _CODER + text_literal(report.coder)
    if report.version:
        yield _VERSION + text_literal(report.version)
    if report.confidence is not None:
        yield f"{_CONFIDENCE}{decimal(report.confidence)}"
    if report.sentence is not None:
        yield f"{_SENTENCE}{n.count(report.sentence)}"
    if report.offset is not None:
        yield f"{_OFFSET}{n.count(report.offset)}"
    if report.text:
        yield _EXCERPT + text_literal(report.text)
    if report.title:
        yield _TITLE + text_literal(report.title)
    if report.language:
        yield _LANGUAGE + text_literal(report.language)
    if report.licence:
        yield f"{_LICENCE}{n.link(report.licence)}"
