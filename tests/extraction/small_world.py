"""A small made-up selection of reference data, enough for the tests of this room."""

from __future__ import annotations

import datetime as dt

from policygraph.iris import document_id, sha256
from policygraph.records import (
    Block,
    BlockKind,
    City,
    Country,
    Document,
    KnownPerson,
    Organisation,
    Post,
    ReferenceData,
    Region,
    Sentence,
    SourceInfo,
    Span,
    TableRow,
    Tenure,
)
from policygraph.vocabulary import EntityType

ROW = TableRow("small.csv", 2, "written for the tests")


def _country(
    iso3: str, name: str, adjective: str, people: str, *, others: tuple[str, ...] = (), **more: object
) -> Country:
    adjectives = tuple(adjective.split(";"))
    return Country(iso3, iso3[:2], name, ROW, other_names=others, adjectives=adjectives, people=(people,), **more)  # type: ignore[arg-type]


COUNTRIES = (
    _country(
        "USA",
        "United States of America",
        "American;U.S.;US",
        "Americans",
        others=("United States", "U.S.", "US", "USA"),
        metonyms=("Washington", "White House"),
        government="Government of United States of America",
    ),
    _country("MEX", "Mexico", "Mexican", "Mexicans"),
    _country("GTM", "Guatemala", "Guatemalan", "Guatemalans"),
    _country("HND", "Honduras", "Honduran", "Hondurans"),
    _country("SLV", "El Salvador", "Salvadoran", "Salvadorans"),
    _country("PER", "Peru", "Peruvian", "Peruvians"),
    _country("CHL", "Chile", "Chilean", "Chileans"),
    _country("BRA", "Brazil", "Brazilian", "Brazilians"),
    _country("COL", "Colombia", "Colombian", "Colombians"),
    _country("KEN", "Kenya", "Kenyan", "Kenyans"),
    _country("TZA", "Tanzania", "Tanzanian", "Tanzanians"),
    _country("JOR", "Jordan", "Jordanian", "Jordanians"),
    _country("RUS", "Russian Federation", "Russian", "Russians", others=("Russia",), metonyms=("Kremlin", "Moscow")),
    _country("GNB", "Guinea-Bissau", "Bissau-Guinean", "Bissau-Guineans"),
)
REGIONS = (
    Region("region/latin-america", "Latin America", ("MEX", "GTM", "PER"), ROW, adjectives=("Latin American",)),
    Region("region/central-america", "Central America", ("GTM", "HND", "SLV"), ROW, adjectives=("Central American",)),
)
CITIES = (
    City("place/tijuana-mex", "Tijuana", "MEX", ROW),
    City("place/mexico-city-mex", "Mexico City", "MEX", ROW),
    City("place/guatemala-city-gtm", "Guatemala City", "GTM", ROW),
    City("place/lima-per", "Lima", "PER", ROW),
    City("place/santiago-chl", "Santiago", "CHL", ROW, ambiguous=True),
    City("place/washington-usa", "Washington", "USA", ROW),
    City("place/moscow-rus", "Moscow", "RUS", ROW),
    City("place/nairobi-ken", "Nairobi", "KEN", ROW),
    City("place/victoria-chl", "Victoria", "CHL", ROW, ambiguous=True),
)
ORGANISATIONS = (
    Organisation(
        "organisation/united-nations",
        EntityType.INTERNATIONAL_ORGANISATION,
        "United Nations",
        ROW,
        abbreviation="UN",
        other_names=("U.N.",),
    ),
    Organisation(
        "organisation/organization-of-american-states",
        EntityType.INTERNATIONAL_ORGANISATION,
        "Organization of American States",
        ROW,
        abbreviation="OAS",
    ),
    Organisation(
        "organisation/us-department-of-state",
        EntityType.GOVERNMENT_BODY,
        "United States Department of State",
        ROW,
        other_names=("State Department", "U.S. State Department"),
        iso3="USA",
        sector="GOV",
    ),
)
POSTS = (
    Post(
        "post/president-usa",
        "President of the United States",
        "head-of-state-and-government",
        "government/usa",
        ROW,
        "USA",
        ("President",),
    ),
    Post(
        "post/senator-florida-usa",
        "United States Senator for Florida",
        "legislator",
        "government/usa",
        ROW,
        "USA",
        ("Senator", "Sen."),
        "LEG",
    ),
    Post(
        "post/secretary-of-state-usa",
        "United States Secretary of State",
        "foreign-minister",
        "government/usa",
        ROW,
        "USA",
        ("Secretary of State", "Secretary"),
    ),
    Post(
        "post/foreign-minister-mex",
        "Secretary of Foreign Affairs of Mexico",
        "foreign-minister",
        "government/mex",
        ROW,
        "MEX",
        ("Foreign Minister", "Foreign Secretary"),
    ),
)
PERSONS = (
    KnownPerson("person/donald-trump", "Donald Trump", ROW, ("Donald J. Trump",), "USA"),
    KnownPerson("person/marco-rubio", "Marco Rubio", ROW, (), "USA"),
)


def _tenure(person: str, post: str, start: dt.date, end: dt.date | None) -> Tenure:
    return Tenure(f"tenure/{person}-{post}-{start}", f"person/{person}", f"post/{post}", start, ROW, end)


TENURES = (
    _tenure("donald-trump", "president-usa", dt.date(2017, 1, 20), dt.date(2021, 1, 20)),
    _tenure("donald-trump", "president-usa", dt.date(2025, 1, 20), None),
    _tenure("marco-rubio", "senator-florida-usa", dt.date(2011, 1, 3), dt.date(2025, 1, 20)),
    _tenure("marco-rubio", "secretary-of-state-usa", dt.date(2025, 1, 21), None),
)

SMALL_WORLD = ReferenceData(
    countries=COUNTRIES,
    regions=REGIONS,
    cities=CITIES,
    organisations=ORGANISATIONS,
    posts=POSTS,
    persons=PERSONS,
    tenures=TENURES,
    digest="small-world",
)


def paragraphs(text: str, *, heading: bool = False) -> Document:
    """A document whose lines are paragraphs (or headings) of one sentence each."""
    blocks, sentences, at = [], [], 0
    for line in text.split("\n"):
        if line:
            kind = BlockKind.HEADING if heading else BlockKind.PARAGRAPH
            span = Span.of(text, at, at + len(line))
            sentences.append(Sentence(len(sentences), len(blocks), span))
            blocks.append(Block(len(blocks), kind, span))
        at += len(line) + 1
    data = text.encode()
    return Document(document_id(data), "test.txt", text, sha256(data), SourceInfo(), tuple(blocks), tuple(sentences))
