"""Checks what one reference table says about another: no row may point to something that is not there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from policygraph import iris, resources
from policygraph.errors import DataError, near_names
from policygraph.records import ReferenceData, TableRow


def concepts(scheme: str) -> list[str]:
    """The codes of one vocabulary, such as `topic` or `initiative-kind`.

    >>> "migration" in concepts("topic")
    True
    """
    import pyoxigraph as ox

    path = resources.ontology() / "vocab" / f"{scheme}.ttl"
    in_scheme, base = ox.NamedNode(iris.SKOS + "inScheme"), iris.concept(scheme, "")
    quads = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    return sorted(str(q.subject.value).removeprefix(base) for q in quads if q.predicate == in_scheme)


def check_links(data: ReferenceData, post_kinds: Collection[str], where: Callable[[TableRow], str]) -> None:
    """Follow every code and local name of the tables to its row.

    `where` gives the file and line of a row, for messages.

    Raises:
        DataError: a row names a country, place, body, post, person or kind that no table has.
    """
    countries = {c.iso3 for c in data.countries}
    governments = {f"government/{c.iso3.lower()}" for c in data.countries}
    bodies = {o.id for o in data.organisations}
    actors = governments | bodies
    cities = {c.id: c.iso3 for c in data.cities}
    posts = {p.id for p in data.posts}
    persons = {p.id for p in data.persons}
    kinds, topics = (concepts("initiative-kind"), concepts("topic")) if data.initiatives else ([], [])

    def need(row: TableRow, column: str, names: Iterable[str], known: Collection[str], table: str) -> None:
        for name in names:
            if name and name not in known:
                near = near_names(name, known)
                offer = " or ".join(f"'{other}'" for other in near)
                hint = f"did you mean {offer}" if near else f"use a name that {table} has, or add it there"
                raise DataError(f"column '{column}': '{name}' is not in {table}", where=where(row), hint=hint)

    for country in data.countries:
        need(country.row, "parent", [country.parent], countries, "countries.csv")
    for region in data.regions:
        need(region.row, "members", region.members, countries, "countries.csv")
    for city in data.cities:
        need(city.row, "iso3", [city.iso3], countries, "countries.csv")
    for body in data.organisations:
        need(body.row, "iso3", [body.iso3], countries, "countries.csv")
        need(body.row, "members", body.members, countries, "countries.csv")
    for post in data.posts:
        need(post.row, "iso3", [post.iso3], countries, "countries.csv")
        need(post.row, "organisation", [post.organisation], actors, "organisations.csv")
        need(post.row, "kind", [post.kind], post_kinds, "post_kinds.csv")
    for person in data.persons:
        need(person.row, "iso3", [person.iso3], countries, "countries.csv")
    for tenure in data.tenures:
        need(tenure.row, "person", [tenure.person], persons, "persons.csv")
        need(tenure.row, "post", [tenure.post], posts, "posts.csv")
    for visit in data.visits:
        need(visit.row, "visitor", [visit.visitor], persons, "persons.csv")
        need(visit.row, "iso3", [visit.iso3], countries, "countries.csv")
        need(visit.row, "places", visit.places, cities, "cities.csv")
        need(visit.row, "met", visit.met, persons, "persons.csv")
        for place in visit.places:
            if cities[place] != visit.iso3:
                raise DataError(
                    f"column 'places': '{place}' lies in {cities[place]}, the visit went to {visit.iso3}",
                    where=where(visit.row),
                    hint="give each country a row of its own",
                )
    for initiative in data.initiatives:
        need(initiative.row, "sponsors", initiative.sponsors, actors, "organisations.csv")
        need(initiative.row, "partners", initiative.partners, actors, "organisations.csv")
        need(initiative.row, "kind", [initiative.kind], kinds, "the vocabulary 'initiative-kind'")
        need(initiative.row, "topic", [initiative.topic], topics, "the vocabulary 'topic'")
