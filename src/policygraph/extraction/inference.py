"""Countries that the words of a sentence do not name: those of the place, of the other side, of the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from policygraph.extraction.quotations import Quotations
from policygraph.extraction.registry import Registry
from policygraph.records import Event, Participant, PlaceRef, Span
from policygraph.vocabulary import EventType

#: Types whose two sides are mostly of one country when only one of them is named with a country.
_AT_HOME = frozenset(
    (
        EventType.PROTEST,
        EventType.COERCE,
        EventType.ASSAULT,
        EventType.REQUEST,
        EventType.REJECT,
        EventType.CONCEDE,
        EventType.RETREAT,
        EventType.ACCUSE,
        EventType.SANCTION,
        EventType.THREATEN,
    )
)
_BY_AUTHORITIES = frozenset((EventType.COERCE, EventType.SANCTION, EventType.ACCUSE, EventType.MOBILIZE))
#: Sectors that stand within a country, so that the country of the other side is a fair guess.
_INNER = frozenset(("OPP", "REB", "LAB", "CVL", "EDU", "JRN", "PTY", "REL", "COP", "LEG", "JUD"))
#: Words for states and those who speak for them, when there are several: of one country each, but of which?
_OF_MANY_COUNTRIES = frozenset("countries governments leaders nations neighbours neighbors powers states".split())
#: Types that mostly fall on the actor's own country where no recipient is named.
_DOMESTIC = frozenset((EventType.PROTEST, EventType.COERCE, EventType.CONCEDE, EventType.ASSAULT))
#: Sectors whose unnamed members are nearly always of the country that a report is about.
_NATIONAL = frozenset("GOV MIL COP JUD LEG REB OPP PTY LAB CVL EDU REL".split())
#: Types whose place tells nothing of those who act: accords are signed anywhere.
_ANYWHERE = frozenset((EventType.CONSULT, EventType.SUPPORT, EventType.AGREE, EventType.COOPERATE))
_OUTSIDE = frozenset(("SOC", "JRN", "BUS"))


class Report(Protocol):
    """What is known of the document that a sentence stands in."""

    registry: Registry
    quotations: Quotations

    @property
    def home(self) -> str | None:
        """The country that the document is about."""


@dataclass(slots=True)
class Inference:
    """What may be guessed of the sides of one event; what is guessed is marked as inferred and never asserted."""

    report: Report
    event: EventType
    #: Where it happened, None where that tells nothing of the sides.
    place: PlaceRef | None
    sentence: Span
    #: The classes of bodies by where they stand.
    kinds: Mapping[int, str]

    def fill(self, source: list[Participant], target: list[Participant]) -> tuple[list[Participant], list[Participant]]:
        """Countries that the words do not name: of the other side at home, or of the place; marked as such."""
        here = self._country_here() if self.event not in _ANYWHERE else None
        theirs = next((p.country for p in target if p.country), None)
        ours = next((p.country for p in source if p.country), None)
        domestic = self.event in _AT_HOME
        if not source and here and self.event in _BY_AUTHORITIES and here != theirs:
            source = self._authorities(here)
        named = [p for p in source if p.sector == "GOV" and not p.country and (p.entity or "").startswith("person/")]
        other = self._other_country(theirs) if named else None
        home = theirs if domestic else None
        source = [
            self._guess(p, here or (other if p in named and other else None if p.sector in _OUTSIDE else home))
            for p in source
        ]
        ours = ours or next((p.country for p in source if p.country), None)
        target = [self._guess(p, ours if domestic or p.sector in _INNER else None) for p in target]
        return [self._at_home(p) for p in source], [self._at_home(p) for p in target]

    def _at_home(self, p: Participant) -> Participant:
        """Police, rebels, parties: of the speaker's country, or of the one that the document is about."""
        if p.sector not in _NATIONAL or p.method not in ("words", "surname", "role+name", "name"):
            return p
        said = self.report.quotations.at(p.span.start)
        theirs = self.report.registry.country_of(said.entity) if said and said.entity else None
        return self._guess(p, theirs or (self.report.home if said is None else None))

    def _other_country(self, theirs: str | None) -> str | None:
        """The first country of the sentence that is not the recipient's: whose minister blames Chad."""
        span = self.sentence
        return next(
            (f.iso3 for f in self.report.registry.within(span.start, span.end) if f.iso3 not in (None, theirs)), None
        )

    def _guess(self, p: Participant, country: str | None) -> Participant:
        if p.country or country is None or p.sector is None or self.kinds.get(at(p)):
            return p
        if p.entity and p.entity.startswith("organisation/"):
            return p
        if p.text.split()[-1].lower() in _OF_MANY_COUNTRIES or self.report.registry.gazetteer.speaks_of_region(
            p.text.split()
        ):
            return p
        return replace(p, country=country, inferred=True, method=f"{p.method} + inferred country")

    def _country_here(self) -> str | None:
        place = self.place
        return place.country if place else None

    def _authorities(self, country: str) -> list[Participant]:
        """Who must have arrested or tried somebody where no one is named: those of the place."""
        place = self.place
        if place is None:
            return []
        return [Participant(place.text, place.span, None, country, None, True, "authorities of the place")]

    def falls_on(self, event: Event) -> str | None:
        """The actor's own country, for acts that fall on its people where no recipient is named."""
        countries = {p.country for p in event.source if p.country}
        if len(countries) != 1 or event.reciprocal or any(p.country or self.kinds.get(at(p)) for p in event.target):
            return None
        inner = any(p.sector in _INNER for p in event.source)
        return countries.pop() if event.type in _DOMESTIC or (inner and event.type in _AT_HOME) else None


def at(p: Participant) -> int:
    """Where the words of a participant stand, -1 for one without words."""
    return p.span.start if p.span else -1
