"""Finds bodies that act: administrations, governments, ministries, parties, banks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from policygraph.extraction.gazetteer import NameKind
from policygraph.extraction.persons import Line
from policygraph.extraction.registry import Found, Registry
from policygraph.extraction.words import word_set, words
from policygraph.iris import slug
from policygraph.records import Entity, MentionKind, Span
from policygraph.vocabulary import EntityType

_OWNERS = (NameKind.ADJECTIVE, NameKind.COUNTRY, NameKind.PEOPLE)
_LINKS = frozenset(("of", "for", "and", "on", "the", "de", "del", "da", "do", "y", "-", "&"))
_FUNCTION_WORDS = word_set(
    "the this that these those in on at by as but and or for from with his her its their our when while after "
    "before since although though because however meanwhile both all some many most several two three last next "
    "under over amid despite during between among against about according new a an if what who"
)
#: Nouns that mean the government itself when a country stands with them.
_GOVERNMENT = frozenset(("government", "delegation", "side", "authorities", "leadership"))
_ALONE = frozenset(["Congress", "Parliament", "Senate", "Treasury"])
_ADMINISTRATION = frozenset(("administration",))
_LONGEST = 8
_ORDINALS = ("First", "Second", "Third", "Fourth")


def find_administrations(registry: Registry, line: Line) -> Iterator[tuple[int, int, Found]]:
    """ "The Trump administration": the leadership under one head, term left open."""
    for at in line.where(_ADMINISTRATION):
        if at == 0:
            continue
        first = at - 1
        if line.toks[first].key == "'s" and first > 0:
            first -= 1
        person = _head(registry, line.toks[first].text)
        if person:
            while first > 0 and line.toks[first - 1].text in registry.get(person).name.split():
                first -= 1
            local = _administration(registry, person)
            yield first, at + 1, _found(registry, line, first, at + 1, local, "administration", sector="GOV")


def find_governments(registry: Registry, line: Line) -> Iterator[tuple[int, int, Found]]:
    """ "The Mexican government", "the government of Peru", "Chile's foreign ministry"."""
    behind = 0
    for at in line.where(_openings()):
        last, sector = _institution(line, at) if at >= behind else (0, "")
        owner = _owner_around(line, at, last) if last else None
        if owner is None:
            continue
        first, last, iso3 = owner
        noun = " ".join([t.low for t in line.toks[at : _institution(line, at)[0]]])
        local = f"government/{iso3.lower()}" if noun in _GOVERNMENT else _body_of(registry, iso3, noun)
        yield first, last, _found(registry, line, first, last, local, "country+institution", iso3, sector)
        behind = last


def find_bodies(registry: Registry, line: Line) -> Iterator[tuple[int, int, Found]]:
    """Capitalised phrases that end or begin with the noun of a body."""
    behind, nouns = 0, words().bodies
    for at in [] if line.heading else [at for at, tok in enumerate(line.toks) if tok.text in nouns]:
        first, last = _phrase(line, at) if at >= behind else (at, at)
        if last - first < 2 and (first == last or line.toks[at].text not in _ALONE):
            continue
        yield first, last, _body(registry, line, first, last, words().bodies[line.toks[at].text])
        behind = last


def _head(registry: Registry, word: str) -> str | None:
    """The head of government of that surname, one the document names first."""
    local = registry.surnames.get(word)
    heads = registry.gazetteer.heads(word)
    if local in heads or not heads:
        return local
    return heads[0] if len(heads) == 1 else None


def _administration(registry: Registry, person: str) -> str:
    entity = registry.get(person)
    family = entity.name.split()[-1]
    iso3 = entity.country or ""
    local = f"administration/{iso3.lower()}-{slug(family)}" if iso3 else f"administration/{slug(family)}"
    facts = (("administrationOf", f"government/{iso3.lower()}"),) if iso3 else ()
    terms = []
    for n in range(1, registry.gazetteer.terms(person) + 1):
        name = f"{_ORDINALS[n - 1]} {family} administration" if n <= len(_ORDINALS) else f"{family} administration {n}"
        terms.append(registry.add(Entity(f"{local}-{n}", EntityType.ADMINISTRATION, name, iso3, facts=facts)))
    denotes = tuple(terms)
    made = Entity(
        local, EntityType.ADMINISTRATION, f"{family} administration", iso3 or None, may_denote=denotes, facts=facts
    )
    return registry.add(made)


@cache
def _openings() -> frozenset[str]:
    """The first words of institution nouns, so that most words need no further look."""
    return frozenset(noun.split(" ")[0] for noun in words().institutions)


def _institution(line: Line, at: int) -> tuple[int, str]:
    """Where an institution noun that begins at `at` ends, and its sector; 0 if none does."""
    for length in (2, 1):
        if at + length > len(line.toks):
            continue
        phrase = " ".join([t.key for t in line.toks[at : at + length]]).lower()
        if phrase in words().institutions:
            return at + length, words().institutions[phrase]
    return 0, ""


def _owner_around(line: Line, at: int, last: int) -> tuple[int, int, str] | None:
    """The whole phrase and the country of "Mexican government" or "government of Mexico"."""
    end = at - 1 if at > 0 and line.toks[at - 1].key == "'s" else at
    hit = line.ends.get(end)
    reading = hit.reading(*_OWNERS) if hit else None
    if hit and reading:
        return hit.first, last, reading.iso3
    if last < len(line.toks) and line.toks[last].key == "of":
        after = last + 2 if last + 1 < len(line.toks) and line.toks[last + 1].key == "the" else last + 1
        hit = line.starts.get(after)
        reading = hit.reading(NameKind.COUNTRY) if hit else None
        if hit and reading:
            return at, hit.last, reading.iso3
    return None


def _body_of(registry: Registry, iso3: str, noun: str) -> str:
    """The body of a country: the known one of that name, or one named by country and noun."""
    adjective = registry.gazetteer.adjective_of(iso3)
    if known := registry.gazetteer.body_called(iso3, noun):
        return known
    word = next(iter(registry.gazetteer.countries[iso3].adjectives), adjective.title())
    facts = (("actsFor", f"country/{iso3.lower()}"),)
    local = f"organisation/{iso3.lower()}-{slug(noun)}"
    return registry.add(Entity(local, EntityType.GOVERNMENT_BODY, f"{word} {noun}", iso3, facts=facts))


def _phrase(line: Line, at: int) -> tuple[int, int]:
    """The capitalised phrase around the body noun at `at`."""
    toks, first, last = line.toks, at, at + 1
    while first > 0 and at - first < _LONGEST:
        before = toks[first - 1]
        if before.capital and before.low not in _FUNCTION_WORDS:
            first -= 1
        elif (
            before.text in ("-", "&", "and", "of")
            and first > 1
            and toks[first - 2].capital
            and (before.text in ("-", "&") or (first - 1 > 0 and toks[first - 2].key in words().bodies))
        ):
            first -= 2
        else:
            break
    if toks[at].text in words().bodies_with_of and last + 1 < len(toks) and toks[last].text in ("of", "for"):
        end = last
        while end < len(toks) and (toks[end].capital or toks[end].text in _LINKS):
            end += 1
            if toks[end - 1].capital:
                last = end
    return first, last


def _body(registry: Registry, line: Line, first: int, last: int, type_: EntityType) -> Found:
    name = registry.document.text[line.toks[first].start : line.toks[last - 1].end]
    known = registry.gazetteer.names.get(" ".join([t.key for t in line.toks[first:last]]), ())
    local = next((r.id for r in known if r.kind is NameKind.ORGANISATION), None)
    if local:
        body = registry.gazetteer.organisations[local]
        return _found(registry, line, first, last, local, "known-name", body.iso3 or None, body.sector or None)
    iso3 = _country_of_body(line, first, last)
    bare = _without_country(line, first, last, registry.document.text)
    earlier = registry.last_bodies.get(slug(bare))
    if iso3:
        local = f"organisation/{iso3.lower()}-{slug(bare)}"
    elif earlier:
        local = earlier
    elif last - first > 2 or type_ is not EntityType.GOVERNMENT_BODY:
        local = f"organisation/{slug(name)}"
    else:
        local = f"organisation/{registry.document.id[:8]}-{slug(name)}"
    registry.last_bodies[slug(bare)] = local
    facts = (("actsFor", f"country/{iso3.lower()}"),) if iso3 and type_ is EntityType.GOVERNMENT_BODY else ()
    if earlier != local or earlier is None:
        registry.add(Entity(local, type_, name, iso3, facts=facts))
    sector = "GOV" if type_ is EntityType.GOVERNMENT_BODY else "PTY" if type_ is EntityType.POLITICAL_PARTY else None
    return _found(registry, line, first, last, local, "body-noun", iso3 or registry.country_of(local), sector)


def _country_of_body(line: Line, first: int, last: int) -> str | None:
    """The country inside the name, or the owner right before it."""
    before = first - 1 if first > 0 and line.toks[first - 1].key == "'s" else first
    hits = [line.ends.get(before), *(h for h in line.hits if first <= h.first and h.last <= last)]
    readings = [h.reading(*_OWNERS) for h in hits if h]
    return next((r.iso3 for r in readings if r), None)


def _without_country(line: Line, first: int, last: int, text: str) -> str:
    hit = line.starts.get(first)
    if hit and hit.last < last and hit.reading(*_OWNERS):
        first = hit.last
    return text[line.toks[first].start : line.toks[last - 1].end]


def _found(
    registry: Registry,
    line: Line,
    first: int,
    last: int,
    local: str,
    method: str,
    iso3: str | None = None,
    sector: str | None = None,
) -> Found:
    span = Span.of(registry.document.text, line.toks[first].start, line.toks[last - 1].end)
    country = iso3 or registry.country_of(local)
    return Found(span, MentionKind.NAME, local, method, 0.9, local, None, country, sector)
