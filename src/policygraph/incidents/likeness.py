"""How alike two events are: a level for each part of the comparison, and the odds that follow.

The scheme is that of record linkage (Fellegi and Sunter, "A theory for record
linkage", JASA 1969): each part of two records agrees to some level, each level
adds a weight to the log odds that the records are of one thing.
"""

from __future__ import annotations

import re
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from policygraph import iris
from policygraph.incidents.events import Event, Kind, Numbers, Party, Spot, Things
from policygraph.incidents.rates import Rates
from policygraph.incidents.strategies import Strategy
from policygraph.incidents.words import likeness
from policygraph.vocabulary import EventType

#: Kilometres within which two places of towns are taken for near.
NEAR_KM = 50.0
#: Shares of common words from which texts are alike, or have something in common.
ALIKE, SOME = 0.6, 0.15
#: Days from which a stretch of possible days says little about the day.
_WIDE = 3
#: Things that stand for a whole country: they agree with whoever acts for it.
_WHOLE = tuple(iris.ID + folder for folder in ("government/", "country/", "administration/"))
#: Comparisons of parties and of places that are kept; past this number they are made again.
_KEPT = 100_000
_LOCAL = re.compile(r"^[0-9a-f]{8}-|-[0-9a-f]{6}(?=-[a-z]{3}$)|-[a-z]{3}$")
_RANK = ("entity", "country", "unknown", "unlinked", "within")
_TELLING = frozenset({"entity", "country", "within"})
_SIDES = {kind.code: kind.quad.partition("-")[2] for kind in EventType}
_QUADS = {kind.code: kind.quad for kind in EventType}
#: Log odds that those who stand for two sets of reports may lack, for the sets to be joined through other members.
SLACK = 1.5
#: Sums of weights that are equal on paper differ by less.
_ROUNDING = 1e-9


class _Side(NamedTuple):
    """What is compared of those on one side: names, countries, whether one stands for a whole country."""

    names: frozenset[str]
    countries: frozenset[str]
    whole: bool


class Likeness:
    """Compares events of one graph by the weights of one strategy; what repeats is worked out once."""

    def __init__(self, things: Things, rates: Rates, chosen: Strategy) -> None:
        self.chosen = chosen
        self._things, self._rates, self._weights = things, rates, chosen.weights
        self._names = [_name(iri) for iri in things.entities.values]
        self._whole = [iri.startswith(_WHOLE) for iri in things.entities.values]
        self._known: dict[Numbers, _Side] = {}
        self._kinds: dict[tuple[int, int], str] = {}
        self._parties: dict[tuple[Party, Party], tuple[tuple[str, str, str], float] | None] = {}
        self._places: dict[tuple[int, int], str] = {}
        best = {part: max(levels.values()) for part, levels in self._weights.items()}
        self._best_words, self._best_party = best["words"], 2 * best["side"] + best["direction"]

    def odds(self, a: Event, b: Event, least: float) -> float | None:
        """The log odds that two events are one; None where that is ruled out, or they are less than `least`.

        Same sum as that of the weights of `levels`, less what a crowd of such
        events takes away; what cannot come to `least` is given up half-way.
        """
        least -= _ROUNDING
        # What is cheap to tell comes first: who takes part is compared last but for words.
        if not (kind := self._kind(a, b)) or not (date := self._date(a, b)):
            return None
        weights = self._weights
        place, story = self._place(a, b), self._story(a, b)
        if story != "other" and date == "next":
            date = "shifted"
        told = (
            self.chosen.base
            + weights["type"][self._kind_level(kind, a, b)]
            + weights["date"][date]
            + weights["place"][place]
            + weights["story"][story]
        )
        words = self._best_words if a.words and b.words else 0.0
        if told + self._best_party + words < least:
            return None
        party = self._party(a, b)
        if party is None or told + party[1] + words < least or not _can_tell(party[0], place, story):
            return None
        told += party[1] + weights["words"][self._words(a, b)]
        if told < least:
            return None
        told -= self._rates.crowd(a, b, place == "same", not _TELLING.isdisjoint(party[0]))
        return told if told >= least else None

    def levels(self, a: Event, b: Event) -> tuple[tuple[str, str], ...] | None:
        """Part and level of each comparison; None where two events cannot be one.

        Ruled out are days too far apart, cooperation against conflict, and sides
        that act for different countries.
        """
        date, kind, party = self._date(a, b), self._kind(a, b), self._party(a, b)
        if not date or not kind or party is None:
            return None
        sides, place, story = party[0], self._place(a, b), self._story(a, b)
        if not _can_tell(sides, place, story):
            return None
        # The same text a day later was printed later; nothing happened again.
        date = "shifted" if date == "next" and story != "other" else date
        return (
            ("date", date),
            ("type", self._kind_level(kind, a, b)),
            ("side", sides[0]),
            ("side", sides[1]),
            ("direction", sides[2]),
            ("place", place),
            ("story", story),
            ("words", self._words(a, b)),
        )

    def _date(self, a: Event, b: Event) -> str:
        """Level of the dates; empty where they are too far apart, or one has none."""
        if not a.first or not b.first:
            return ""
        gap = max(a.first - b.last, b.first - a.last, 0)
        if gap > self.chosen.days:
            return ""
        if gap:
            # Between two sets a day is a coder's slip; within one it is another day.
            return "days" if gap > 1 else "shifted" if self._across(a, b) else "next"
        if not (a.own and b.own):
            return "undated"
        return "overlap" if max(a.last - a.first, b.last - b.first) >= _WIDE else "same"

    def _across(self, a: Event, b: Event) -> bool:
        """Whether two events come from different data sets or documents."""
        return a.set != b.set

    def _kind(self, a: Event, b: Event) -> str:
        """Level of the types; empty where one is cooperation and the other conflict."""
        key = (a.kind, b.kind)
        found = self._kinds.get(key)
        if found is None:
            found = self._kinds[key] = self._compare_kinds(
                self._things.kinds.values[key[0]], self._things.kinds.values[key[1]]
            )
        return found

    def _compare_kinds(self, one: Kind, other: Kind) -> str:
        (type, mode), (type2, mode2) = one, other
        if type == type2:
            return "mode" if mode == mode2 else "type"
        if frozenset((type, type2)) in self.chosen.near_types:
            return "near"
        quad, quad2 = _QUADS.get(type), _QUADS.get(type2)
        if quad is None or quad2 is None:
            # Codes without a type agree by their first two digits.
            return "near" if not type or not type2 or type[:2] == type2[:2] else ""
        if quad == quad2:
            return "quad"
        return "side" if _SIDES[type] == _SIDES[type2] else ""

    def _kind_level(self, kind: str, a: Event, b: Event) -> str:
        """Other types within one set are other acts rather than other codings."""
        return kind if kind in ("mode", "type") or self._across(a, b) else f"{kind}-within"

    def _party(self, a: Event, b: Event) -> tuple[tuple[str, str, str], float] | None:
        """Levels of sides and direction, with the sum of their weights."""
        key = (a.party, b.party)
        if key not in self._parties:
            if len(self._parties) > _KEPT:
                self._parties.clear()
            found = self._compare_parties(*key)
            weights = self._weights
            self._parties[key] = found and (
                found,
                weights["side"][found[0]] + weights["side"][found[1]] + weights["direction"][found[2]],
            )
        return self._parties[key]

    def _compare_parties(self, one: Party, other: Party) -> tuple[str, str, str] | None:
        """Levels of the two sides and of the direction; None where a side differs."""
        (actors, recipients), (actors2, recipients2) = one, other
        straight = self._sides((actors, actors2), (recipients, recipients2))
        crossed = self._sides((actors, recipients2), (recipients, actors2))
        alone = not recipients or not recipients2
        if alone and len(actors) + len(recipients) > 1 and len(actors2) + len(recipients2) > 1:
            # Who meets without a host all stand on one side.
            together = self._together((*actors, *recipients), (*actors2, *recipients2))
            straight = straight or together
        best = straight
        if (
            crossed
            and _TELLING.intersection(crossed)
            and (best is None or sum(map(_RANK.index, crossed)) < sum(map(_RANK.index, best)))
        ):
            best = crossed
        if best is None:
            return None
        direction = "open" if alone else "same" if best is straight else "reversed"
        return (*best, direction)

    def _sides(self, *sides: tuple[Numbers, Numbers]) -> tuple[str, str] | None:
        one, other = (self._side(*side) for side in sides)
        return (one, other) if one and other else None

    def _side(self, a: Numbers, b: Numbers) -> str:
        """Level of one side; empty where the countries differ."""
        if not a or not b:
            return "unknown"
        one, other = self._told(a), self._told(b)
        if not one.names.isdisjoint(other.names):
            return "entity"
        if not one.countries or not other.countries:
            return "unlinked"
        if one.countries.isdisjoint(other.countries):
            return ""
        return "country" if one.whole or other.whole else "within"

    def _told(self, entities: Numbers) -> _Side:
        found = self._known.get(entities)
        if found is None:
            if len(self._known) > _KEPT:
                self._known.clear()
            names = frozenset(self._names[entity] for entity in entities)
            whole = any(self._whole[entity] for entity in entities)
            found = self._known[entities] = _Side(names, self._things.countries_of(entities), whole)
        return found

    def _together(self, a: Numbers, b: Numbers) -> tuple[str, str] | None:
        one, other = self._told(a), self._told(b)
        shared, names = one.countries & other.countries, one.names & other.names
        if len(shared) < 2 and len(names) < 2:
            return None
        return ("entity" if names else "country", "entity" if len(names) > 1 else "country")

    def _place(self, a: Event, b: Event) -> str:
        one, other = (a.place, b.place) if a.place < b.place else (b.place, a.place)
        if not one:
            return "unknown"
        spots = self._things.spots
        if one == other:
            return "same" if spots[one].fine else "inside"
        found = self._places.get((one, other))
        if found is None:
            if len(self._places) > _KEPT:
                self._places.clear()
            found = self._places[one, other] = compare_spots(spots[one], spots[other])
        return found

    @staticmethod
    def _story(a: Event, b: Event) -> str:
        found = "other"
        for one in a.stories:
            for other in b.stories:
                if one.key == other.key:
                    return "same"
                # Copies of a report share its text, or the title in its address.
                if (one.text and one.text == other.text) or (one.title and one.title == other.title):
                    found = "copy"
        return found

    @staticmethod
    def _words(a: Event, b: Event) -> str:
        if not a.words or not b.words:
            return "unknown"
        share = likeness(a.words, b.words)
        return "alike" if share >= ALIKE else "some" if share >= SOME else "other"


def _can_tell(sides: tuple[str, str, str], place: str, story: str) -> bool:
    """Where nobody is known on both sides, only a town or a text can tell."""
    return sides[0] in _TELLING or sides[1] in _TELLING or place in ("same", "near") or story != "other"


def _name(iri: str) -> str:
    """What an actor is called whatever the graph it was first met in.

    >>> _name(iris.thing("actor/ana-prado-ecu")) == _name(iris.thing("person/ana-prado"))
    True
    >>> _name(iris.thing("group/dda66c4e-border-officials"))
    'border-officials'
    """
    local = iris.local_name(iri).partition("/")[2]
    return _LOCAL.sub("", local) or local


def compare_spots(one: Spot, other: Spot) -> str:
    """Level of two places that are not the same.

    >>> compare_spots(Spot("mex", True, 19.43, -99.13), Spot("mex", True, 19.36, -99.2))
    'near'
    >>> compare_spots(Spot("mex", True), Spot("mex")), compare_spots(Spot("mex"), Spot("usa"))
    ('inside', 'abroad')
    """
    if one.fine and other.fine:
        if one.name and one.name == other.name and one.country == other.country:
            return "same"
        if None not in (one.latitude, one.longitude, other.latitude, other.longitude):
            return "near" if kilometres(one, other) <= NEAR_KM else "apart"
        return "apart" if one.country == other.country else "abroad"
    if not one.country or not other.country:
        return "unknown"
    return "inside" if one.country == other.country else "abroad"


def kilometres(one: Spot, other: Spot) -> float:
    """Distance along the great circle (haversine formula, mean radius 6371 km).

    >>> round(kilometres(Spot("fra", True, 48.85, 2.35), Spot("gbr", True, 51.51, -0.13)))
    344
    """
    lat, lon, lat2, lon2 = (radians(x or 0.0) for x in (one.latitude, one.longitude, other.latitude, other.longitude))
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(half))
