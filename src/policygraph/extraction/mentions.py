"""Finds what a document names: people, bodies, governments, places, groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policygraph.extraction import bodies, descriptions, groups
from policygraph.extraction.allegiance import guess_allegiances
from policygraph.extraction.gazetteer import Gazetteer, Hit, NameKind, Reading, surname, tokens
from policygraph.extraction.persons import (
    Line,
    PersonAt,
    find_people,
    is_capitalised,
    line_of,
    title_ending_at,
)
from policygraph.extraction.registry import Found, Registry, Role
from policygraph.extraction.words import word_set, words
from policygraph.iris import slug
from policygraph.records import BlockKind, Document, Entity, MentionKind, Span
from policygraph.vocabulary import EntityType

#: Words after which a country is a place and not a government.
PLACE_WORDS = word_set(
    "in to from across into near around throughout within inside outside at toward towards via through onto off "
    "leave leaves left enter entered reach reached visit visits visited visiting"
)
_ARTICLES = frozenset(("the", "The"))
_QUARTERS = frozenset(("North", "South", "East", "West"))


def find_mentions(document: Document, gazetteer: Gazetteer) -> Registry:
    """Read all names of a document into a registry of its entities.

    Names are matched case-sensitively on whole tokens, the longest first. A
    first pass finds people with their full names, so that a surname is
    understood wherever it stands, a heading included.
    """
    registry = Registry(document, gazetteer)
    lines = [_line(document, gazetteer, i) for i in range(len(document.blocks))]
    people = [find_people(line) for line in lines]
    for line, found in zip(lines, people, strict=True):
        for person in found:
            if person.last - person.first > 1:
                _learn(registry, line, person)
    mentions: list[Found] = []
    for line, found in zip(lines, people, strict=True):
        mentions += _read_line(registry, line, found)
    mentions += descriptions.resolve(registry, lines, mentions)
    registry.settle(mentions)
    guess_allegiances(registry)
    return registry


def _line(document: Document, gazetteer: Gazetteer, index: int) -> Line:
    block = document.blocks[index]
    toks = tokens(document.text, block.span.start, block.span.end)
    heading = block.kind is BlockKind.HEADING
    return line_of(toks, list(gazetteer.find(toks)), heading)


def _read_line(registry: Registry, line: Line, people: Sequence[PersonAt]) -> list[Found]:
    """All mentions of one block; what an earlier finder took, a later one leaves."""
    taken = [False] * len(line.toks)
    found: list[Found] = []

    def take(first: int, last: int) -> bool:
        if any(taken[first:last]):
            return False
        taken[first:last] = [True] * (last - first)
        return True

    for finder in (bodies.find_administrations, bodies.find_governments):
        found += [f for first, last, f in finder(registry, line) if take(first, last)]
    for person in people:
        made = _person(registry, line, person, take)
        if made:
            found.append(made)
    for hit in line.hits:
        if hit.reading(NameKind.ORGANISATION) and hit.last - hit.first > 1 and not any(taken[hit.first : hit.last]):
            made, last = _name(registry, line, hit)
            if made and take(hit.first, last):
                found.append(made)
    for finder in (groups.find_groups, bodies.find_bodies):
        found += [f for first, last, f in finder(registry, line) if take(first, last)]
    for finder in (_unlisted_cities, _halves):
        found += [f for first, last, f in finder(registry, line) if take(first, last)]
    for hit in line.hits:
        if not any(taken[hit.first : hit.last]):
            made, last = _name(registry, line, hit)
            if made and take(hit.first, last):
                found.append(made)
    found += [f for first, last, f in _surnames(registry, line) if take(first, last)]
    return found


def _unlisted_cities(registry: Registry, line: Line) -> Iterator[tuple[int, int, Found]]:
    """Cities that no table lists, known by the country behind: "near Reynosa, Mexico"."""
    for hit in line.hits:
        reading = hit.reading(NameKind.COUNTRY)
        comma = hit.first - 1
        if reading is None or comma < 1 or line.toks[comma].text != "," or _follows(line, hit.last) == "'s":
            continue
        first = comma
        while first > 0 and line.toks[first - 1].capital and first not in line.ends:
            first -= 1
        before = line.toks[first - 1].low if first > 0 else ""
        if first < comma and (before in ("in", "at", "near") or (before == "|" and _follows(line, hit.last) == "|")):
            name = registry.document.text[line.toks[first].start : line.toks[comma - 1].end]
            local = f"place/{slug(name)}-{reading.iso3.lower()}"
            registry.add(Entity(local, EntityType.POPULATED_PLACE, name, reading.iso3, within=reading.id))
            span = Span.of(registry.document.text, line.toks[first].start, line.toks[hit.last - 1].end)
            place = Found(span, MentionKind.NAME, local, "name+country", 0.8, None, local, reading.iso3)
            yield first, hit.last, place


def _halves(registry: Registry, line: Line) -> Iterator[tuple[int, int, Found]]:
    """The first country of "North and South Korea", whose second word stands behind the other."""
    for hit in line.hits:
        first, rest = line.toks[hit.first], line.toks[hit.first + 1 : hit.last]
        half = line.toks[hit.first - 2] if hit.first > 1 and line.toks[hit.first - 1].text == "and" else None
        if half is None or not rest or first.text not in _QUARTERS or half.text not in _QUARTERS:
            continue
        name = " ".join([half.key, *(t.key for t in rest)])
        reading = next((r for r in registry.gazetteer.names.get(name, ()) if r.iso3), None)
        if reading is not None:
            span = Span.of(registry.document.text, half.start, half.end)
            kind = MentionKind.NAME if reading.kind is NameKind.COUNTRY else MentionKind.DEMONYM
            government, place = f"government/{reading.iso3.lower()}", f"country/{reading.iso3.lower()}"
            made = Found(span, kind, government, "half of a pair", 0.8, government, place, reading.iso3, "GOV")
            yield hit.first - 2, hit.first - 1, made


def _follows(line: Line, at: int) -> str:
    return line.toks[at].key if at < len(line.toks) else ""


# --- people ---


def _learn(registry: Registry, line: Line, person: PersonAt) -> str:
    """Register a person met with a full name, and the surnames that will stand for them."""
    parts = [t.text for t in line.toks[person.first : person.last] if t.text not in (".", ",")]
    name = registry.document.text[line.toks[person.first].start : line.toks[person.last - 1].end]
    if person.known:
        local = person.known
    else:
        local = f"person/{slug(name)}"
        country = person.role.iso3 if person.role else None
        facts = (("actsFor", f"country/{country.lower()}"),) if country else ()
        registry.add(Entity(local, EntityType.PERSON, name, country, facts=facts))
    last = surname(" ".join(parts))
    registry.surnames.setdefault(last, local)
    registry.surnames.setdefault(last[:1].upper() + last[1:], local)
    for at in range(1, len(parts) - 1):
        tail = " ".join(parts[at:])
        if is_capitalised(tail) and parts[at] not in words().particles:
            registry.surnames.setdefault(tail, local)
    if len(parts) >= 3:
        registry.surnames.setdefault(parts[-2], local)
    return local


def _person(registry: Registry, line: Line, person: PersonAt, take: object) -> Found | None:
    first, last = person.first, person.last
    assert callable(take)  # noqa: S101 - a closure of the caller
    if last - first > 1 or person.known:
        local: str | None = _learn(registry, line, person)
    else:
        local = _by_surname(registry, line, person)
    if local is None:
        return None
    role = person.role
    begin = role.first if role and not person.after else first
    if begin < first and line.toks[first - 1].text == ",":
        begin = first
    if not take(begin, last):
        begin = first
        if not take(first, last):
            return None
    method = "known-name" if person.known else "name"
    title = None
    if role:
        method = "name+apposition" if person.after or begin == first else "role+name"
        title = _note_role(registry, line, local, person, begin)
    return _person_found(registry, line, begin, last, local, method, title)


def _person_found(
    registry: Registry, line: Line, first: int, last: int, local: str, method: str, title: Span | None = None
) -> Found:
    entity = registry.get(local)
    span = Span.of(registry.document.text, line.toks[first].start, line.toks[last - 1].end)
    sector = next((words().titles[r.title] for r in registry.roles if r.person == local), None)
    score = 0.9 if "surname" in method else 1.0
    return Found(span, MentionKind.NAME, local, method, score, local, None, entity.country, sector, title)


def _note_role(registry: Registry, line: Line, local: str, person: PersonAt, begin: int) -> Span:
    role = person.role
    assert role is not None  # noqa: S101 - called only with a role
    text = registry.document.text
    title = Span.of(text, line.toks[role.first].start, line.toks[role.last - 1].end)
    first, last = min(begin, role.first), max(person.last, role.last)
    span = Span.of(text, line.toks[first].start, line.toks[last - 1].end)
    iso3 = role.iso3 or registry.get(local).country
    if role.iso3:
        registry.add(Entity(local, EntityType.PERSON, registry.get(local).name, role.iso3))
    method = "apposition" if person.after else "title"
    registry.roles.append(Role(local, role.title, span, iso3, role.gone, method, role.acting))
    return title


def _by_surname(registry: Registry, line: Line, person: PersonAt) -> str | None:
    """Who "President Trump" or "Gen. Ruiz" is: named in full elsewhere, known, or new."""
    word = line.toks[person.first].text
    if word in registry.surnames:
        return registry.surnames[word]
    role = person.role
    known = registry.gazetteer.surnames.get(word, ())
    fitting = [p for p in known if role and _held(registry.gazetteer, p, role.title, role.iso3)]
    if len(fitting) == 1:
        registry.surnames[word] = fitting[0]
        return fitting[0]
    if role is None:
        return None
    local = f"person/{slug(word)}"
    registry.add(Entity(local, EntityType.PERSON, word, role.iso3))
    registry.surnames[word] = local
    return local


def _held(gazetteer: Gazetteer, person: str, title: str, iso3: str | None) -> bool:
    posts = [gazetteer.posts[p] for p in gazetteer.posts_of.get(person, ()) if p in gazetteer.posts]
    fitting = [p for p in posts if title in [t.lower() for t in (*p.titles, p.name)]]
    return any(iso3 in (None, "", p.iso3) for p in fitting)


def _surnames(registry: Registry, line: Line) -> Iterator[tuple[int, int, Found]]:
    """Surnames of people the document names in full, and of a few well-known ones."""
    openings = {name.split(" ")[0] for name in registry.surnames}
    for at, tok in enumerate(line.toks):
        if not tok.capital or tok.text not in openings or tok.text in words().never_names:
            continue
        for length in (3, 2, 1):
            phrase = " ".join([t.text for t in line.toks[at : at + length]])
            local = registry.surnames.get(phrase)
            if local and at + length <= len(line.toks):
                yield at, at + length, _person_found(registry, line, at, at + length, local, "surname")
                break


# --- places and countries ---


def _name(registry: Registry, line: Line, hit: Hit) -> tuple[Found | None, int]:
    """The mention for a known name outside every longer phrase, and where it ends."""
    span = Span.of(registry.document.text, line.toks[hit.first].start, line.toks[hit.last - 1].end)
    city = hit.reading(NameKind.CITY)
    country = hit.reading(NameKind.COUNTRY, NameKind.METONYM)
    if city and _is_city(registry, line, hit, city, country):
        return _city(registry, line, hit, city)
    body = hit.reading(NameKind.ORGANISATION)
    if body:
        sector = registry.gazetteer.organisations[body.id].sector or None
        iso3 = body.iso3 or None
        return Found(span, MentionKind.NAME, body.id, "known-name", 1.0, body.id, None, iso3, sector), hit.last
    if country and not (country.ambiguous and _after_name(line, hit)):
        return _country(line, hit, span, country), hit.last
    people = hit.reading(NameKind.ADJECTIVE, NameKind.PEOPLE)
    if people:
        government = f"government/{people.iso3.lower()}"
        found = Found(span, MentionKind.DEMONYM, people.id, "demonym", 0.8, government, people.id, people.iso3)
        return found, hit.last
    region = hit.reading(NameKind.REGION, NameKind.REGION_ADJECTIVE)
    if region:
        kind = MentionKind.NAME if region.kind is NameKind.REGION else MentionKind.DEMONYM
        actor = groups.of_region(registry, region.id)
        return Found(span, kind, region.id, "known-name", 1.0, actor, region.id), hit.last
    made = hit.reading(NameKind.INITIATIVE)
    if made:
        return Found(span, MentionKind.NAME, made.id, "known-name"), hit.last
    return None, hit.last


def _country(line: Line, hit: Hit, span: Span, reading: Reading) -> Found:
    """A country as a place after "in" or "to", as its government elsewhere."""
    government, place = f"government/{reading.iso3.lower()}", f"country/{reading.iso3.lower()}"
    metonym = reading.kind is NameKind.METONYM
    kind = MentionKind.METONYM if metonym else MentionKind.NAME
    before = _word_before(line, hit.first)
    after = line.toks[hit.last].key if hit.last < len(line.toks) else ""
    modifies = hit.reading(NameKind.ADJECTIVE) is not None and _is_modifier(line, hit, after)
    as_place = before in PLACE_WORDS and after != "'s" and not metonym and not modifies
    entity = place if as_place else government
    method = "metonym" if metonym else "country-as-place" if as_place else "country-as-government"
    return Found(span, kind, entity, method, 0.9, government, place, reading.iso3, "GOV")


def _is_modifier(line: Line, hit: Hit, after: str) -> bool:
    """Whether a name that is also an adjective stands before its noun: "U.S. policy"."""
    article = hit.first > 0 and line.toks[hit.first - 1].text in _ARTICLES
    return after == "-" or (not article and after.isalpha() and after not in PLACE_WORDS)


def _word_before(line: Line, at: int) -> str:
    """The word before a name, over an article and over names joined by commas and "and"."""
    while at > 0 and (line.toks[at - 1].text in (*_ARTICLES, ",", "and", "or", "both") or at in line.ends):
        at = line.ends[at].first if at in line.ends else at - 1
    return line.toks[at - 1].low if at > 0 else ""


def _after_name(line: Line, hit: Hit) -> bool:
    """Whether a forename or role stands before: "Michael Jordan"."""
    before = line.toks[hit.first - 1] if hit.first else None
    return before is not None and before.key in words().forenames


def _is_city(registry: Registry, line: Line, hit: Hit, city: Reading, country: Reading | None) -> bool:
    """Whether a name that may be a city is one here: its country beside it settles it."""
    if _country_beside(line, hit.last) == city.iso3:
        return True
    before = line.toks[hit.first - 1].low if hit.first else ""
    if hit.reading(NameKind.COUNTRY):
        return False
    if country or hit.reading(NameKind.ORGANISATION):
        return before in PLACE_WORDS or before in ("at", "near") or (not hit.first and _is_dateline(line, hit.last))
    if title_ending_at(line, hit.first) and registry.surnames.get(line.toks[hit.first].text):
        return False
    if not city.ambiguous:
        return line.toks[hit.first].key not in registry.surnames
    named = any(r.iso3 == city.iso3 for h in line.hits for r in h.readings if h is not hit)
    return before in ("in", "at", "near", "to", "from", "of") and named


def _is_dateline(line: Line, at: int) -> bool:
    return any(t.text in ("(", "—", "–", "-") for t in line.toks[at : at + 6])


def _country_beside(line: Line, at: int) -> str | None:
    """The country of "Tijuana, Mexico" or "Lima (Peru)"."""
    if at + 1 < len(line.toks) and line.toks[at].text in (",", "("):
        hit = line.starts.get(at + 1)
        reading = hit.reading(NameKind.COUNTRY) if hit else None
        return reading.iso3 if reading else None
    return None


def _city(registry: Registry, line: Line, hit: Hit, city: Reading) -> tuple[Found, int]:
    """A city; a country that follows it is part of the mention."""
    beside = _country_beside(line, hit.last)
    fitting = [r for r in hit.readings if r.kind is NameKind.CITY and beside in (None, r.iso3)]
    capital = hit.reading(NameKind.METONYM)
    fitting.sort(key=lambda r: capital is not None and r.iso3 != capital.iso3)
    city = fitting[0] if fitting else city
    last = line.starts[hit.last + 1].last if beside == city.iso3 else hit.last
    span = Span.of(registry.document.text, line.toks[hit.first].start, line.toks[last - 1].end)
    method = "city+country" if beside == city.iso3 else "city"
    return Found(span, MentionKind.NAME, city.id, method, 0.95, None, city.id, city.iso3), last
