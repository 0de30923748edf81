"""Links the actors and places of data sets to the entities of the graph; what cannot be linked keeps its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from policygraph.coded import CodedActor
from policygraph.records import ReferenceData

_STATE_SECTORS = frozenset({"", "GOV"})


class ActorLinker:
    """Finds known persons, bodies and governments by name and country.

    A name is linked only where it stands for one entity; of two persons with
    one name none is chosen.
    """

    def __init__(self, reference: ReferenceData) -> None:
        self.countries = frozenset(c.iso3 for c in reference.countries)
        self._country_names = _unique(
            (name, c.iso3) for c in reference.countries for name in (c.name, c.official_name, *c.other_names)
        )
        named: list[tuple[str, str]] = []
        for person in reference.persons:
            named += [(name, person.id) for name in (person.name, *person.other_names)]
        for body in reference.organisations:
            named += [(name, body.id) for name in (body.name, body.abbreviation, *body.other_names)]
        self._named = _unique(named)
        self._cities = _unique(
            (f"{name}, {city.iso3}", city.id) for city in reference.cities for name in (city.name, *city.other_names)
        )
        #: Preferred names by local name, for whoever writes about linked entities.
        self.names = {person.id: person.name for person in reference.persons}
        self.names |= {body.id: body.name for body in reference.organisations}
        self.names |= {
            f"government/{c.iso3.lower()}": c.government or f"Government of {c.name}" for c in reference.countries
        }

    def city(self, name: str, country: str | None) -> str | None:
        """The known city of that name in a country, if there is just one."""
        return self._cities.get(f"{name}, {country}".casefold()) if country else None

    def country(self, name: str) -> str | None:
        """ISO alpha-3 of a country's name, or of a code that is one already."""
        return name if name in self.countries else self._country_names.get(name.casefold())

    def linked(self, name: str, country: str | None, sectors: tuple[str, ...], code: str = "") -> CodedActor:
        """An actor with the entity it is known as, if one is.

        A country named as actor, alone or as its government, is the government:
        countries do not act.
        """
        known = self._named.get(name.casefold())
        if known is None and country and (not sectors or sectors[0] in _STATE_SECTORS):
            place = self.country(name.removeprefix("Government (").removesuffix(")"))
            if place == country or not name:
                known = f"government/{country.lower()}"
        return CodedActor(name or code, country, sectors, code, known)


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names that stand for one thing only."""
    seen = {(name.casefold(), thing) for name, thing in pairs if name}
    counts = Counter(name for name, _ in seen)
    return {name: thing for name, thing in sorted(seen) if counts[name] == 1}
