"""The reference tables: their columns, and how a row becomes a record."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from policygraph.importing.reference_cells import Cells
from policygraph.iris import slug
from policygraph.records import (
    City,
    Country,
    KnownInitiative,
    KnownPerson,
    KnownVisit,
    Organisation,
    Post,
    Region,
    Tenure,
)
from policygraph.vocabulary import SECTORS, EntityType

_ISO3 = (re.compile("[A-Z]{3}"), "a code of three capital letters (ISO 3166-1 alpha-3)")
_ISO2 = (re.compile("[A-Z]{2}"), "a code of two capital letters (ISO 3166-1 alpha-2)")
_M49 = (re.compile("[0-9]{3}"), "a code of three digits (UN M49)")
_WIKIDATA = (re.compile("Q[1-9][0-9]*"), "a Wikidata id such as Q30")
_BODIES = (
    EntityType.ORGANISATION,
    EntityType.GOVERNMENT_BODY,
    EntityType.INTERNATIONAL_ORGANISATION,
    EntityType.POLITICAL_PARTY,
)
_UNDERTAKINGS = (EntityType.INITIATIVE, EntityType.POLICY, EntityType.MEETING)


@dataclass(frozen=True, slots=True)
class TableForm:
    """What a table holds: its columns and the record that a row becomes.

    `key` is the field of the record that no two rows of a table may share, and
    `field` the place of the table in `ReferenceData`.
    """

    field: str
    key: str
    columns: tuple[str, ...]
    build: Callable[[Cells], Any]


def _country(c: Cells) -> Country:
    return Country(
        iso3=c.code("iso3", *_ISO3),
        iso2=c.matching("iso2", *_ISO2),
        name=c.needed("name"),
        row=c.row(),
        m49=c.matching("m49", *_M49),
        m49_region=c.matching("m49_region", *_M49),
        official_name=c.text("official_name"),
        other_names=c.many("other_names"),
        adjectives=c.many("adjectives"),
        people=c.many("people"),
        capital=c.text("capital"),
        metonyms=c.many("metonyms"),
        government=c.needed("government"),
        parent=c.matching("parent", *_ISO3),
        wikidata=c.matching("wikidata", *_WIKIDATA),
    )


def _region(c: Cells) -> Region:
    return Region(
        id=c.id("id", EntityType.REGION),
        name=c.needed("name"),
        members=c.many("members"),
        row=c.row(),
        other_names=c.many("other_names"),
        adjectives=c.many("adjectives"),
        close_match=c.matching("close_match", *_M49),
    )


def _city(c: Cells) -> City:
    return City(
        id=c.id("id", EntityType.POPULATED_PLACE),
        name=c.needed("name"),
        iso3=c.code("iso3", *_ISO3),
        row=c.row(),
        other_names=c.many("other_names"),
        population=c.number("population"),
        ambiguous=c.flag("ambiguous"),
    )


def _organisation(c: Cells) -> Organisation:
    return Organisation(
        id=c.id("id", *_BODIES),
        type=EntityType(c.one_of("type", [body.value for body in _BODIES])),
        name=c.needed("name"),
        row=c.row(),
        abbreviation=c.text("abbreviation"),
        other_names=c.many("other_names"),
        iso3=c.matching("iso3", *_ISO3),
        members=c.many("members"),
        seat=c.text("seat"),
        sector=c.one_of("sector", ("", *SECTORS)),
        wikidata=c.matching("wikidata", *_WIKIDATA),
    )


def _post(c: Cells) -> Post:
    return Post(
        id=c.id("id", EntityType.POST),
        name=c.needed("name"),
        kind=c.needed("kind"),
        organisation=c.id("organisation", EntityType.GOVERNMENT, EntityType.ORGANISATION),
        row=c.row(),
        iso3=c.matching("iso3", *_ISO3),
        titles=c.many("titles"),
        sector=c.one_of("sector", SECTORS),
    )


def _person(c: Cells) -> KnownPerson:
    return KnownPerson(
        id=c.id("id", EntityType.PERSON),
        name=c.needed("name"),
        row=c.row(),
        other_names=c.many("other_names"),
        iso3=c.matching("iso3", *_ISO3),
        wikidata=c.matching("wikidata", *_WIKIDATA),
    )


def _tenure(c: Cells) -> Tenure:
    person, post = c.id("person", EntityType.PERSON), c.id("post", EntityType.POST)
    start, end, confirmed = c.needed_day("start"), c.day("end"), c.day("last_confirmed")
    c.ordered("start", "end", equal=False)
    c.ordered("start", "last_confirmed", equal=True)
    return Tenure(
        id=f"tenure/{_tail(person)}-{_tail(post)}-{start}",
        person=person,
        post=post,
        start=start,
        row=c.row(),
        end=end,
        last_confirmed=confirmed,
        note=c.text("note"),
    )


def _visit(c: Cells) -> KnownVisit:
    visitor, iso3 = c.id("visitor", EntityType.PERSON), c.code("iso3", *_ISO3)
    start, end = c.needed_day("start"), c.needed_day("end")
    c.ordered("start", "end", equal=True)
    return KnownVisit(
        id=f"event/visit-{_tail(visitor)}-{iso3.lower()}-{start}",
        visitor=visitor,
        iso3=iso3,
        start=start,
        end=end,
        row=c.row(),
        places=c.many("places"),
        purpose=c.text("purpose"),
        met=c.many("met"),
        note=c.text("note"),
    )


def _initiative(c: Cells) -> KnownInitiative:
    type_ = EntityType(c.one_of("type", [t.value for t in _UNDERTAKINGS]))
    start, end = c.partial_date("start"), c.partial_date("end")
    c.ordered("start", "end", equal=True)
    return KnownInitiative(
        id=c.id("id", type_),
        type=type_,
        name=c.needed("name"),
        kind=c.needed("kind"),
        row=c.row(),
        other_names=c.many("other_names"),
        sponsors=c.many("sponsors"),
        partners=c.many("partners"),
        start=start,
        end=end,
        status=c.text("status"),
        topic=c.text("topic"),
        description=c.text("description"),
        note=c.text("note"),
    )


@dataclass(frozen=True, slots=True)
class PostKind:
    """A kind of post that `posts.csv` may use."""

    kind: str
    definition: str


def _post_kind(c: Cells) -> PostKind:
    c.row()
    kind = c.code("kind", re.compile("[a-z]+(-[a-z]+)*"), "a code in small letters such as head-of-state")
    return PostKind(kind, c.needed("definition"))


def _tail(local: str) -> str:
    return slug(local.partition("/")[2])


def _form(field: str, key: str, columns: str, build: Callable[[Cells], Any]) -> TableForm:
    return TableForm(field, key, tuple(columns.split()), build)


#: All tables in the order in which they build on each other.
TABLES: dict[str, TableForm] = {
    "countries.csv": _form(
        "countries",
        "iso3",
        "iso3 iso2 name m49 m49_region official_name other_names adjectives people capital metonyms government parent"
        " wikidata source",
        _country,
    ),
    "regions.csv": _form("regions", "id", "id name members other_names adjectives close_match source", _region),
    "cities.csv": _form("cities", "id", "id name iso3 other_names population ambiguous source", _city),
    "organisations.csv": _form(
        "organisations",
        "id",
        "id type name abbreviation other_names iso3 members seat sector wikidata note confirmed_by source source2",
        _organisation,
    ),
    "post_kinds.csv": _form("post_kinds", "kind", "kind definition source", _post_kind),
    "posts.csv": _form("posts", "id", "id name kind organisation iso3 titles sector source", _post),
    "persons.csv": _form("persons", "id", "id name other_names iso3 wikidata source source2", _person),
    "tenures.csv": _form(
        "tenures", "id", "person post start end last_confirmed note confirmed_by source source2", _tenure
    ),
    "visits.csv": _form(
        "visits", "id", "visitor iso3 places start end purpose met note confirmed_by source source2", _visit
    ),
    "initiatives.csv": _form(
        "initiatives",
        "id",
        "id type name other_names kind sponsors partners start end status topic description note confirmed_by source"
        " source2",
        _initiative,
    ),
}

#: What is known about each table file of a folder.
ABOUT_TABLE = "sources.csv"
ABOUT_COLUMNS: tuple[str, ...] = ("table", "title", "source", "licence", "modified")
