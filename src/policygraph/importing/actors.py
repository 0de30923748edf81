"""Links the actors and places of data sets to the entities of the graph; what cannot be linked keeps its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from policygraph import iris
from policygraph.coded import CodedActor
from policygraph.importing import crosswalk
from policygraph.records import ReferenceData

_STATE_SECTORS = frozenset({"GOV"})
WIKIDATA = "http://www.wikidata.org/entity/"


class ActorLinker:
    """Finds known persons, bodies and governments by name and country.

    A name is linked only where it stands for one entity; of two persons with
    one name none is chosen.
    """

    def __init__(self, reference: ReferenceData) -> None:
        self.countries = frozenset(c.iso3 for c in reference.countries)
        self._numbers = {int(c.m49): c.iso3 for c in reference.countries if c.m49.isdigit()}
        self._country_names = _unique(
            (name, c.iso3) for c in reference.countries for name in (c.name, c.official_name, *c.other_names)
        )
        named: list[tuple[str, str]] = []
        for person in reference.persons:
            named += [(name, person.id) for name in (person.name, *person.other_names)]
        for body in reference.organisations:
            named += [(name, body.id) for name in (body.name, body.abbreviation, *body.other_names)]
        named += [(c.government, f"government/{c.iso3.lower()}") for c in reference.countries]
        self._named = _unique(named)
        items = [(person.wikidata, person.id) for person in reference.persons]
        items += [(body.wikidata, body.id) for body in reference.organisations]
        self._addresses = {WIKIDATA + item: thing for item, thing in items if item}
        self._city_ids = frozenset(city.id for city in reference.cities)
        self._cities = _unique(
            (f"{name}, {city.iso3}", city.id) for city in reference.cities for name in (city.name, *city.other_names)
        )
        #: Preferred names by local name, for whoever writes about linked entities.
        self.names = {person.id: person.name for person in reference.persons}
        self.names |= {body.id: body.name for body in reference.organisations}
        self.names |= {
            f"government/{c.iso3.lower()}": c.government or f"Government of {c.name}" for c in reference.countries
        }

    def place(self, address: str) -> str | None:
        """The known city that one of our own names stands for."""
        local = iris.local_name(address)
        return local if local != address and local in self._city_ids else None

    def city(self, name: str, country: str | None) -> str | None:
        """The known city of that name in a country, if there is just one."""
        return self._cities.get(f"{name}, {country}".casefold()) if country else None

    def numbered(self, code: str) -> str | None:
        """ISO alpha-3 of a numeric country code, with or without leading zeros."""
        return self._numbers.get(int(code)) if code.isascii() and code.isdigit() else None

    def country(self, name: str) -> str | None:
        """ISO alpha-3 of a country's name, or of a code that is one already."""
        if name in self.countries:
            return name
        folded = name.casefold()
        return self._country_names.get(folded) or crosswalk.country_name(folded)

    def linked(
        self,
        name: str,
        country: str | None,
        sectors: tuple[str, ...] = (),
        code: str = "",
        *,
        aliases: Iterable[str] = (),
        same_as: str | None = None,
    ) -> CodedActor:
        """An actor with the entity it is known as, if one is.

        `same_as` is looked up first, then the name, then its `aliases`. A
        country named as actor, alone or as its government, is the government:
        countries do not act.
        """
        known = self._address(same_as) if same_as else None
        for one in (name, *aliases):
            known = known or self._named.get(one.casefold())
        if known is None and country and (not sectors or _STATE_SECTORS.intersection(sectors)):
            place = self.country(name.removeprefix("Government (").removesuffix(")"))
            if place == country or not name:
                known = f"government/{country.lower()}"
        return CodedActor(name or code, country, sectors, code, known, None if known else same_as)

    def _address(self, address: str) -> str | None:
        """What an address stands for: an item of Wikidata, or one of our own names."""
        local = iris.local_name(address)
        return self._addresses.get(address) or (local if local != address and local in self.names else None)


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names that stand for one thing only."""
    seen = {(name.casefold(), thing) for name, thing in pairs if name}
    counts = Counter(name for name, _ in seen)
    return {name: thing for name, thing in sorted(seen) if counts[name] == 1}
