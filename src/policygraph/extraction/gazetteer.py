"""Names of known countries, regions, cities, bodies and people, ready to be looked up in text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from policygraph.bulk import without_collection
from policygraph.extraction.words import words
from policygraph.records import Country, KnownPerson, Organisation, Post, ReferenceData, Region
from policygraph.vocabulary import EntityType

# Abbreviations keep their dots; a possessive ending and each hyphen stand alone,
# so that "U.S.-Latin America" and "Honduras-which" come apart. Most words are settled by the first line.
_TOKEN = re.compile(
    r"[A-Za-z]++(?=[ ,])|"
    r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’](?![sS]\b)[^\W\d_]+)*|['’][sS]\b|\d+(?:[.,:]\d+)*|[^\s]",
    re.UNICODE,
)
_APOSTROPHES = str.maketrans("’‘`´", "''''")


#: The country that a word of two countries mostly means.
_LIKELIER = {"Dominican": "DOM", "Dominicans": "DOM", "Congolese": "COD", "Korean": "KOR", "Koreans": "KOR"}


class Tok(NamedTuple):
    """A token with its place in the text; `key` is its spelling for look-ups, `low` that in small letters.

    `capital` says whether it begins with a capital letter, as a name does.
    """

    start: int
    end: int
    text: str
    key: str
    low: str
    capital: bool


@lru_cache(maxsize=65536)
def _spelled(word: str) -> tuple[str, str, str, bool]:
    """A word and what `Tok` tells about its spelling; reports repeat their words."""
    key = word.translate(_APOSTROPHES)
    return word, key, key.lower(), word[:1].isupper() and word[:1].isalpha()


#: Makes a `Tok` of a tuple; there are so many that going through its fields one by one would show.
_new_tok: Callable[[type[Tok], tuple[Any, ...]], Tok] = tuple.__new__


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Tok]:
    """Words, numbers and marks of a stretch of text, with exact offsets.

    >>> [t.text for t in tokens("U.S.-Latin America, Honduras-which and Rubio’s")]
    ['U.S.', '-', 'Latin', 'America', ',', 'Honduras', '-', 'which', 'and', 'Rubio', '’s']
    """
    stop = len(text) if end is None else end
    return [_new_tok(Tok, m.span() + _spelled(m[0])) for m in _TOKEN.finditer(text, start, stop)]


class NameKind(StrEnum):
    """What a name is a name of."""

    COUNTRY = "country"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    METONYM = "metonym"
    REGION = "region"
    REGION_ADJECTIVE = "region-adjective"
    CITY = "city"
    ORGANISATION = "organisation"
    PERSON = "person"
    INITIATIVE = "initiative"


_REGIONAL = (NameKind.REGION, NameKind.REGION_ADJECTIVE)


class Reading(NamedTuple):
    """One thing that a name may stand for; `id` is the local name of the reference entity."""

    kind: NameKind
    id: str
    iso3: str = ""
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found at tokens `first` to `last` (not included), with all its readings."""

    first: int
    last: int
    readings: tuple[Reading, ...]

    def reading(self, *kinds: NameKind) -> Reading | None:
        """The first reading of one of the kinds."""
        readings = self.readings
        if len(readings) == 1:
            return readings[0] if readings[0].kind in kinds else None
        for kind in kinds:
            for reading in readings:
                if reading.kind is kind:
                    return reading
        return None


@dataclass(slots=True)
class Gazetteer:
    """All names of the reference data, looked up by longest match on token boundaries.

    >>> from policygraph.records import Country, ReferenceData, TableRow
    >>> row = TableRow("countries.csv", 2, "")
    >>> peru = Country("PER", "PE", "Peru", row, adjectives=("Peruvian",), government="Government of Peru")
    >>> gazetteer = Gazetteer.from_reference(ReferenceData(countries=(peru,)))
    >>> [h.readings[0].kind.value for h in gazetteer.find(tokens("Peruvian envoys left Peru"))]
    ['adjective', 'country']
    >>> mexico = Country("MEX", "MX", "Mexico", row)
    >>> list(Gazetteer.from_reference(ReferenceData(countries=(mexico,))).find(tokens("in the Gulf of Mexico")))
    []
    """

    reference: ReferenceData
    names: dict[str, list[Reading]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    countries: dict[str, Country] = field(default_factory=dict)
    regions: dict[str, Region] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    persons: dict[str, KnownPerson] = field(default_factory=dict)
    place_names: dict[str, tuple[str, str]] = field(default_factory=dict)
    surnames: dict[str, tuple[str, ...]] = field(default_factory=dict)
    posts_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _by_title: dict[str, set[str]] | None = None
    _regional: set[str] = field(default_factory=set)
    _bodies: dict[tuple[str, str], str] | None = None

    @classmethod
    @without_collection
    def from_reference(cls, reference: ReferenceData) -> Gazetteer:
        """Take in every name of the reference data."""
        made = cls(reference)
        made.countries = {c.iso3: c for c in reference.countries}
        made.regions = {r.id: r for r in reference.regions}
        made.organisations = {o.id: o for o in reference.organisations}
        made.posts = {p.id: p for p in reference.posts}
        made.persons = {p.id: p for p in reference.persons}
        for country in reference.countries:
            made._add_country(country)
        made._add_places()
        made._add_bodies_and_people()
        for name in words().borrowed:
            first, *others = [t.key for t in tokens(name)]
            made.longest[first] = max(made.longest.get(first, 0), 1 + len(others))
        return made

    def find(self, toks: Sequence[Tok]) -> Iterator[Hit]:
        """Names in `toks`, longest first, none inside another."""
        longest, behind = self.longest, 0
        for at in [at for at, tok in enumerate(toks) if tok.key in longest]:
            hit = self._at(toks, at) if at >= behind else None
            if hit is not None:
                behind = hit.last
                if hit.readings:
                    yield hit

    def adjective_of(self, iso3: str) -> str:
        """The word that marks groups of a country in identifiers: `us`, `mexican`."""
        country = self.countries[iso3]
        short = [n for n in country.adjectives if re.fullmatch(r"(?:[A-Z]\.?){2,3}", n)]
        return (short or [*country.adjectives, country.name])[0].replace(".", "").lower()

    def speaks_of_region(self, words: Sequence[str]) -> bool:
        """Whether the words hold the name or adjective of a region: "Latin American leaders" are of no one country."""
        return not (self._regional.isdisjoint(words) and self._regional.isdisjoint(map(" ".join, pairwise(words))))

    def body_called(self, iso3: str, name: str) -> str | None:
        """The body of a country that has that name, given in small letters."""
        if self._bodies is None:
            self._bodies = {}
            for body in self.organisations.values():
                for known in (body.name, *body.other_names):
                    self._bodies.setdefault((body.iso3, known.lower()), body.id)
        return self._bodies.get((iso3, name))

    def only_country_with(self, title: str) -> str | None:
        """The country whose posts alone are called so; None where several have one."""
        if self._by_title is None:
            self._by_title = {}
            for post in self.posts.values():
                for name in (*post.titles, post.name):
                    self._by_title.setdefault(name.lower(), set()).add(post.iso3 or "")
        countries = self._by_title.get(title, set())
        return next(iter(countries)) or None if len(countries) == 1 else None

    def _at(self, toks: Sequence[Tok], at: int) -> Hit | None:
        most = min(self.longest.get(toks[at].key, 0), len(toks) - at)
        for length in range(most, 0, -1):
            name = " ".join([t.key for t in toks[at : at + length]])
            readings = self.names.get(name)
            if readings or name in words().borrowed:
                return Hit(at, at + length, tuple(readings or ()))
        return None

    def _add(self, name: str, reading: Reading, *, shout: bool = False) -> None:
        for spelling in _spellings(name, shout):
            keys = _keys(spelling)
            if not keys:
                continue
            known = self.names.get(" ".join(keys))
            if known is None:
                self.names[" ".join(keys)] = [reading]
            elif reading not in known:
                known.insert(0 if _LIKELIER.get(name) == reading.iso3 != "" else len(known), reading)
            if reading.kind in _REGIONAL:
                self._regional.add(" ".join(keys))
            if len(keys) > self.longest.get(keys[0], 0):
                self.longest[keys[0]] = len(keys)

    def _add_country(self, country: Country) -> None:
        place = f"country/{country.iso3.lower()}"
        doubtful = country.name in words().ambiguous_places
        reading = Reading(NameKind.COUNTRY, place, country.iso3, doubtful)
        for name in (country.name, country.official_name, *country.other_names):
            self._add(name, reading, shout=True)
        for name in country.adjectives:
            self._add(name, Reading(NameKind.ADJECTIVE, place, country.iso3))
        for name in country.people:
            self._add(name, Reading(NameKind.PEOPLE, place, country.iso3))
        for name in (*country.metonyms, *([country.government] if country.government else [])):
            self._add(name, Reading(NameKind.METONYM, place, country.iso3))

    def _add_places(self) -> None:
        for region in self.reference.regions:
            for name in (region.name, *region.other_names):
                self._add(name, Reading(NameKind.REGION, region.id))
            for name in region.adjectives:
                self._add(name, Reading(NameKind.REGION_ADJECTIVE, region.id))
        for city in self.reference.cities:
            doubtful = city.ambiguous or city.name in words().ambiguous_places
            self.place_names[city.id] = (city.name, city.iso3)
            for name in (city.name, *city.other_names):
                self._add(name, Reading(NameKind.CITY, city.id, city.iso3, doubtful), shout=True)

    def _add_bodies_and_people(self) -> None:
        for body in self.reference.organisations:
            for name in (body.name, body.abbreviation, *body.other_names):
                self._add(name, Reading(NameKind.ORGANISATION, body.id, body.iso3))
        for made in self.reference.initiatives:
            for name in (made.name, *made.other_names):
                self._add(name, Reading(NameKind.INITIATIVE, made.id))
        held: dict[str, list[str]] = {}
        for tenure in self.reference.tenures:
            held.setdefault(tenure.person, []).append(tenure.post)
        self.posts_of = {person: tuple(dict.fromkeys(posts)) for person, posts in held.items()}
        by_surname: dict[str, list[str]] = {}
        for person in self.reference.persons:
            for name in (person.name, *person.other_names):
                self._add(name, Reading(NameKind.PERSON, person.id, person.iso3))
                by_surname.setdefault(surname(name), []).append(person.id)
        self.surnames = {name: tuple(dict.fromkeys(ids)) for name, ids in by_surname.items()}

    def heads(self, surname_: str, iso3: str | None = None) -> list[str]:
        """Known persons of that surname who led a government, best known first.

        >>> Gazetteer(ReferenceData()).heads("Nobody")
        []
        """
        people = [self.persons[p] for p in self.surnames.get(surname_, ())]
        return [p.id for p in people if self._led(p.id) and iso3 in (None, p.iso3)]

    def terms(self, person: str) -> int:
        """How often the person came to the head of a government."""
        return sum(1 for t in self.reference.tenures if t.person == person and self._is_head(t.post))

    def _led(self, person: str) -> bool:
        return any(self._is_head(post) for post in self.posts_of.get(person, ()))

    def _is_head(self, post: str) -> bool:
        known = self.posts.get(post)
        return known is not None and ("head" in known.kind or known.kind == "president")


def surname(name: str) -> str:
    """The last word of a personal name, without marks of generation.

    >>> surname("John F. Kennedy Jr.")
    'Kennedy'
    """
    parts = [p for p in name.split() if p.rstrip(".") not in ("Jr", "Sr", "II", "III", "IV")]
    return parts[-1] if parts else name


def _keys(name: str) -> list[str]:
    """The spelling of each word of a name."""
    if name.isalpha():
        return [name]
    return name.split() if name.replace(" ", "").isalpha() else [t.key for t in tokens(name)]


def _spellings(name: str, shout: bool) -> Iterable[str]:
    """A name as written, without accents, and in capitals where a dateline may shout it."""
    if not name:
        return ()
    variants = [name]
    if not name.isascii():
        variants.append("".join([c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)]))
    if shout and len(name) > 3:
        variants += [v.upper() for v in variants if not v.isupper()]
    return variants


def organisation_type(gazetteer: Gazetteer, local: str) -> EntityType:
    """The class of a known body; what is not known is an organisation."""
    known = gazetteer.organisations.get(local)
    return known.type if known else EntityType.ORGANISATION
