"""The bundled reference tables hold what they must, and nothing in them contradicts itself."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from itertools import pairwise

import pytest

from policygraph import resources
from policygraph.importing.reference import load_reference, stale_tables
from policygraph.importing.reference_tables import ABOUT_TABLE, TABLES
from policygraph.iris import slug
from policygraph.records import Country, ReferenceData
from policygraph.vocabulary import EntityType

REVIEWED = dt.date(2026, 11, 23)
#: Codes of ISO 3166-1 for the Americas, dependent territories left out.
AMERICAS = set(
    "ATG ARG BHS BLZ BOL BRA BRB CAN CHL COL CRI CUB DMA DOM ECU GRD GTM GUY HND HTI JAM KNA LCA MEX NIC PAN PER PRY"
    " SLV SUR TTO URY USA VCT VEN".split()
)
#: Words that truly stand for two countries; whoever reads a text must decide by the context.
SHARED_BY_COUNTRIES = {
    "Congo": {"COD", "COG"},
    "Congolese": {"COD", "COG"},
    "Dominican": {"DMA", "DOM"},
    "Dominicans": {"DMA", "DOM"},
    "Korea": {"KOR", "PRK"},
    "Korean": {"KOR", "PRK"},
    "Koreans": {"KOR", "PRK"},
}
SHARED_BY_BODIES = {"CCJ", "IADB", "PA"}


@pytest.fixture(scope="module")
def reference() -> ReferenceData:
    return load_reference()


@pytest.fixture(scope="module")
def countries(reference: ReferenceData) -> dict[str, Country]:
    return {c.iso3: c for c in reference.countries}


def spans(reference: ReferenceData, person: str, post: str) -> list[tuple[dt.date, dt.date | None]]:
    return [(t.start, t.end) for t in reference.tenures if t.person == person and t.post == post]


# --- countries, regions, cities -----------------------------------------------


def test_every_code_of_iso_3166_is_there_once_and_kosovo(countries: dict[str, Country]) -> None:
    assert len(countries) == 250
    assert countries.keys() >= AMERICAS
    assert len({c.iso2 for c in countries.values()}) == 250
    assert "user-assigned" in countries["XKX"].row.source
    assert [c.iso3 for c in countries.values() if not c.m49] == ["TWN", "XKX"], "UN M49 lists neither"
    assert [c.iso3 for c in countries.values() if not c.m49_region] == ["ATA"]


def test_states_have_demonyms_and_a_capital(countries: dict[str, Country]) -> None:
    states = [c for c in countries.values() if not c.parent and c.iso3 != "ATA"]
    assert len(states) > 195
    assert not [c.iso3 for c in states if not c.adjectives]
    assert {c.iso3 for c in states if not c.people} == {"VAT"}
    assert {c.iso3 for c in states if not c.capital} == {"ESH"}, "the status of its capital is disputed"
    assert not [c.iso3 for c in countries.values() if c.government != f"Government of {c.name}"]


def test_names_that_the_press_uses(countries: dict[str, Country]) -> None:
    usa = countries["USA"]
    assert usa.name == "United States of America"
    assert {"United States", "U.S.", "US", "USA", "America"} <= set(usa.other_names)
    assert {"Washington", "White House"} <= set(usa.metonyms)
    found = {name: c.iso3 for c in countries.values() for name in (c.name, *c.other_names)}
    expected = {"Burma": "MMR", "Zaire": "COD", "Soviet Union": "RUS", "Britain": "GBR", "Holland": "NLD"}
    expected |= {"DRC": "COD", "DPRK": "PRK", "ROK": "KOR", "UAE": "ARE", "Türkiye": "TUR", "Swaziland": "SWZ"}
    expected |= {"Cape Verde": "CPV", "Macedonia": "MKD", "East Timor": "TLS", "Gaza": "PSE", "West Bank": "PSE"}
    assert {name: found.get(name) for name in expected} == expected
    metonyms = {m: c.iso3 for c in countries.values() for m in c.metonyms}
    expected = {"Kremlin": "RUS", "Beijing": "CHN", "Downing Street": "GBR", "Élysée": "FRA", "Pyongyang": "PRK"}
    assert {m: metonyms.get(m) for m in expected} == expected


def test_a_name_stands_for_one_country_unless_it_truly_is_shared(reference: ReferenceData) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for c in reference.countries:
        for name in (c.name, c.official_name, *c.other_names, *c.adjectives, *c.people, *c.metonyms):
            owners[name].add(c.iso3)
    for region in reference.regions:
        for name in (region.name, *region.other_names, *region.adjectives):
            owners[name].add(region.id)
    shared = {n: o for n, o in owners.items() if n and len(o) > 1}
    assert shared == SHARED_BY_COUNTRIES


def test_regions_are_those_of_the_press_not_of_m49(reference: ReferenceData) -> None:
    members = {r.id: set(r.members) for r in reference.regions}
    assert members["region/northern-triangle"] == {"GTM", "HND", "SLV"}
    assert members["region/central-america"] == {"BLZ", "CRI", "GTM", "HND", "NIC", "PAN", "SLV"}
    assert "MEX" in members["region/latin-america"] and "JAM" not in members["region/latin-america"]
    assert members["region/latin-america"] <= members["region/latin-america-and-the-caribbean"]
    assert members["region/latin-america-and-the-caribbean"] | {"CAN", "USA"} == AMERICAS
    assert not members["region/the-west"], "nobody agrees on its members"


def test_cities_are_named_by_place_and_country(reference: ReferenceData) -> None:
    assert 2000 < len(reference.cities) <= 2500
    for city in reference.cities:
        assert re.fullmatch(rf"place/[a-z0-9-]+-{city.iso3.lower()}", city.id), city
        assert city.row.source.startswith("https://sws.geonames.org/"), city
    known = {c.id: c for c in reference.cities}
    assert known["place/tijuana-mex"].name == "Tijuana"
    assert "Washington" in known["place/washington-usa"].other_names
    assert known["place/nice-fra"].ambiguous and known["place/mobile-usa"].ambiguous
    assert not known["place/guatemala-city-gtm"].ambiguous


def test_capitals_are_among_the_cities(reference: ReferenceData) -> None:
    names: dict[str, set[str]] = defaultdict(set)
    for city in reference.cities:
        names[city.iso3].update((city.name, *city.other_names))
    missing = {c.iso3 for c in reference.countries if not c.parent and c.capital and c.capital not in names[c.iso3]}
    assert missing == {"PLW"}, "Ngerulmud is too small for the list of cities"


# --- bodies, posts, tenures ---------------------------------------------------


def test_bodies_have_one_name_each(reference: ReferenceData) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for body in reference.organisations:
        for name in (body.name, body.abbreviation, *body.other_names):
            owners[name].add(body.id)
    assert {n for n, o in owners.items() if n and len(o) > 1} == SHARED_BY_BODIES
    assert owners["OAS"] == {"organisation/organization-of-american-states"}
    assert owners["Pentagon"] == {"organisation/united-states-department-of-defense"}
    assert owners["State Department"] == {"organisation/united-states-department-of-state"}


def test_a_national_body_names_its_country(reference: ReferenceData) -> None:
    for body in reference.organisations:
        national = body.type is EntityType.GOVERNMENT_BODY
        assert bool(body.iso3) or not national, body
        assert body.type is not EntityType.INTERNATIONAL_ORGANISATION or not body.iso3, body


def test_seats_are_cities_of_the_tables(reference: ReferenceData) -> None:
    countries = {c.iso3: c.name for c in reference.countries}
    cities = {f"{c.name}, {countries[c.iso3]}" for c in reference.cities}
    elsewhere = {body.seat for body in reference.organisations if body.seat and body.seat not in cities}
    assert elsewhere == {"Naqoura, Lebanon", "Saint Michael, Barbados"}, "a village and a parish"


def test_the_roles_that_the_first_article_needs(reference: ReferenceData) -> None:
    assert spans(reference, "person/marco-rubio", "post/united-states-senator-for-florida") == [
        (dt.date(2011, 1, 3), dt.date(2025, 1, 20))
    ]
    assert spans(reference, "person/marco-rubio", "post/secretary-of-state-of-the-united-states") == [
        (dt.date(2025, 1, 21), None)
    ]
    assert spans(reference, "person/donald-trump", "post/president-of-the-united-states") == [
        (dt.date(2017, 1, 20), dt.date(2021, 1, 20)),
        (dt.date(2025, 1, 20), None),
    ]
    names = {p.id: p.name for p in reference.posts}
    assert names["post/president-of-the-united-states"] == "President of the United States"
    assert names["post/united-states-senator-for-florida"] == "United States Senator for Florida"


def test_a_title_means_one_post_of_a_country(reference: ReferenceData) -> None:
    meant: dict[tuple[str, str], set[str]] = defaultdict(set)
    for post in reference.posts:
        if post.iso3 and "acting" not in post.kind and post.kind != "senator":
            for title in post.titles:
                meant[post.iso3, title.lower()].add(post.id)
    assert not {title: posts for title, posts in meant.items() if len(posts) > 1}


def test_every_american_state_has_a_leader_s_post_and_most_states_do(reference: ReferenceData) -> None:
    leading = {"head-of-state-and-government", "head-of-government"}
    led = {p.iso3 for p in reference.posts if p.kind in leading}
    assert led >= AMERICAS | {"RUS", "CHN", "FRA", "GBR", "DEU", "JPN", "IND", "ZAF", "TUR", "IRN", "ISR", "UKR"}


def test_holders_of_one_post_follow_each_other(reference: ReferenceData) -> None:
    held: dict[str, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    kinds = {p.id: p.kind for p in reference.posts}
    for t in reference.tenures:
        if kinds[t.post] != "senator":  # a state has two seats
            held[t.post].append((t.start, t.end or dt.date.max))
    for post, periods in held.items():
        for (_, end), (start, _) in pairwise(sorted(periods)):
            assert end <= start, f"{post} has two holders on {start}"


def test_no_fact_lies_in_the_future_of_its_review(reference: ReferenceData) -> None:
    for t in reference.tenures:
        assert max(t.start, t.end or t.start, t.last_confirmed or t.start) <= REVIEWED, t
        assert t.end or t.last_confirmed, f"{t.id}: an open tenure says when it was last confirmed"
    assert all(v.end <= REVIEWED for v in reference.visits)


def test_a_wikidata_id_stands_for_one_thing(reference: ReferenceData) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for thing in (*reference.persons, *reference.organisations, *reference.countries):
        if thing.wikidata:
            owners[thing.wikidata].add(thing.name)
    assert not {q: o for q, o in owners.items() if len(o) > 1}


def test_ids_of_persons_and_posts_follow_their_names(reference: ReferenceData) -> None:
    assert not [p for p in reference.persons if p.id != f"person/{slug(p.name)}"]
    assert not [p for p in reference.posts if p.id != f"post/{slug(p.name)}"]
    owners: dict[str, set[str]] = defaultdict(set)
    for p in reference.persons:
        for name in (p.name, *p.other_names):
            owners[name].add(p.id)
    assert not {n: o for n, o in owners.items() if len(o) > 1}


def test_heads_of_state_and_government_of_the_americas_since_2017(reference: ReferenceData) -> None:
    leading = {"head-of-state-and-government", "head-of-government", "head-of-state"}
    posts = {p.id: p.iso3 for p in reference.posts if p.kind in leading}
    assert {posts[t.post] for t in reference.tenures if t.post in posts} >= AMERICAS


# --- visits and initiatives ---------------------------------------------------


def test_travellers_held_office_on_the_days_of_travel(reference: ReferenceData) -> None:
    american = {
        "post/president-of-the-united-states",
        "post/secretary-of-state-of-the-united-states",
    }
    for visit in reference.visits:
        assert any(
            t.person == visit.visitor
            and t.post in american
            and t.start <= visit.start
            and (t.end is None or visit.end <= t.end)
            for t in reference.tenures
        ), f"{visit.id}: not in office"


def test_visits_on_record(reference: ReferenceData) -> None:
    assert len(reference.visits) == 65
    rubio = {(v.iso3, v.start) for v in reference.visits if v.visitor == "person/marco-rubio"}
    assert ("GTM", dt.date(2025, 2, 4)) in rubio and ("PAN", dt.date(2025, 2, 1)) in rubio
    first = next(v for v in reference.visits if v.id == "event/visit-marco-rubio-pan-2025-02-01")
    assert first.places == ("place/panama-city-pan",) and first.met == ("person/jose-raul-mulino",)


def test_initiatives_on_record(reference: ReferenceData) -> None:
    assert len(reference.initiatives) == 57
    known = {i.id: i for i in reference.initiatives}
    usmca = known["policy/united-states-mexico-canada-agreement"]
    assert usmca.start == "2020-07-01" and not usmca.end and "USMCA" in usmca.other_names
    assert set(usmca.sponsors) == {"government/usa", "government/mex", "government/can"}
    for i in reference.initiatives:
        assert (i.type is EntityType.MEETING) == (i.kind in {"summit", "ministerial", "conference"}), i


# --- the tables as files --------------------------------------------------------


def test_each_table_names_its_source_licence_and_date(reference: ReferenceData) -> None:
    assert set(reference.tables) == set(TABLES)
    files = {p.name for p in resources.reference().iterdir()}
    assert files == {*TABLES, ABOUT_TABLE, "LICENCES.md"}
    assert all(about["modified"] and about["licence"] for about in reference.tables.values())
    licences = (resources.reference() / "LICENCES.md").read_text(encoding="utf-8")
    assert not [name for name in TABLES if f"`{name}`" not in licences]
    assert "CC BY 4.0" in reference.tables["cities.csv"]["licence"]


def test_rows_are_sorted_so_that_changes_stay_small() -> None:
    for name in ("countries.csv", "regions.csv", "cities.csv", "organisations.csv", "posts.csv", "persons.csv"):
        lines = (resources.reference() / name).read_text(encoding="utf-8").splitlines()[1:]
        keys = [line.split(",")[0] for line in lines]
        assert keys == sorted(keys), name


def test_tables_become_stale_after_180_days(reference: ReferenceData) -> None:
    oldest = min(about["modified"] for about in reference.tables.values())
    day = dt.date.fromisoformat(oldest)
    assert stale_tables(reference, day + dt.timedelta(days=180)) == []
    late = stale_tables(reference, day + dt.timedelta(days=181))
    assert day in {modified for _, modified in late}
