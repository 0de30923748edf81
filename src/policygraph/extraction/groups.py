"""Groups without an organisation: "Latin American leaders", "U.S. policymakers", "constituents"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from policygraph.extraction.gazetteer import NameKind, Reading
from policygraph.extraction.persons import Line
from policygraph.extraction.registry import Found, Registry
from policygraph.extraction.words import word_set, words
from policygraph.iris import slug
from policygraph.records import Entity, MentionKind, Span
from policygraph.vocabulary import EntityType

_LONGEST_NOUN = 3
_MOST_MODIFIERS = 2
_PLAIN_WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
_BEFORE = (NameKind.ADJECTIVE, NameKind.COUNTRY, NameKind.PEOPLE, NameKind.REGION_ADJECTIVE, NameKind.REGION)


def find_groups(registry: Registry, line: Line) -> Iterator[tuple[int, int, Found]]:
    """Group nouns with the country or region they belong to, if any."""
    behind = 0
    for at in line.where(_first_words()):
        noun_end = _noun_end(line, at) if at >= behind else None
        if noun_end is None or _inside_compound(line, at, noun_end):
            continue
        first, reading = _owner(line, at)
        yield first, noun_end, _found(registry, line, first, at, noun_end, reading)
        behind = noun_end


def of_region(registry: Registry, region: str) -> str:
    """The group that acts when a text lets a region act."""
    known = registry.gazetteer.regions[region]
    local = f"group/{slug(known.name)}-countries"
    name = f"{known.adjectives[0] if known.adjectives else known.name} countries"
    if local not in registry.known_groups:
        registry.known_groups[local] = Entity(local, EntityType.SOCIAL_GROUP, name)
    return local


def _noun_end(line: Line, at: int) -> int | None:
    """Where a group noun that begins at `at` ends."""
    for length in range(min(_LONGEST_NOUN, len(line.toks) - at), 0, -1):
        raw = [t.key for t in line.toks[at : at + length]]
        phrase = " ".join(raw).lower().replace(" - ", "-")
        inside_name = raw[0][0].isupper() and at > 0 and not line.heading and length == 1
        if phrase in words().groups and not (inside_name and line.toks[at - 1].key not in ("The", "the")):
            return at + length
    return None


@cache
def _first_words() -> frozenset[str]:
    """What a group noun may begin with, so that most words need no further look."""
    return frozenset(word for phrase in words().groups for word in (phrase.split()[0], phrase.split("-")[0]))


def _inside_compound(line: Line, first: int, last: int) -> bool:
    """Whether the noun is part of another word: "people-to-people", "task forces"."""
    before = line.toks[first - 1].low if first else ""
    after = line.toks[last].key if last < len(line.toks) else ""
    return before in ("-", "task", "market", "driving", "natural") or after == "-"


def _owner(line: Line, noun: int) -> tuple[int, Reading | None]:
    """The country or region word before a group noun, over up to two plain modifiers."""
    for back in range(_MOST_MODIFIERS + 1):
        at = noun - back
        if at > 1 and line.toks[at - 1].key == "'s":
            at -= 1
        hit = line.ends.get(at)
        reading = hit.reading(*_BEFORE) if hit else None
        if hit and reading:
            return hit.first, reading
        if at < 1 or not _PLAIN_WORD.fullmatch(line.toks[at - 1].key) or line.toks[at - 1].key in _STOPS:
            break
    return noun, None


_STOPS = word_set(
    "the a an of in to from and or by with for on at as that which who against between among is are was were has "
    "have had do does did said say says met meet urged told warned asked including like its their his her our other "
    "many some several all both these those more most than but while when if"
)


def _found(registry: Registry, line: Line, first: int, noun: int, last: int, reading: Reading | None) -> Found:
    text = registry.document.text
    span = Span.of(text, line.toks[first].start, line.toks[last - 1].end)
    phrase = text[line.toks[noun].start : line.toks[last - 1].end].lower()
    sector = words().groups[phrase]
    if reading is None:
        return _plain(registry, span, phrase, sector)
    between = text[line.toks[first].end : line.toks[noun].start]
    modifiers = between.split()[-(noun - first - 1) :] if noun - first > 1 else []
    modifiers = [m for m in modifiers if m.islower()]
    local, name = _named(registry, reading, " ".join([*modifiers, phrase]))
    iso3 = reading.iso3 or None
    facts = (("actsFor", f"country/{iso3.lower()}"),) if iso3 else ()
    registry.add(Entity(local, EntityType.SOCIAL_GROUP, name, iso3, facts=facts))
    registry.last_groups[phrase] = local
    return Found(span, MentionKind.DESCRIPTION, local, "country+group", 0.9, local, None, iso3, sector)


def _named(registry: Registry, reading: Reading, phrase: str) -> tuple[str, str]:
    """Identifier and label, the same however the text writes the country."""
    gazetteer = registry.gazetteer
    if reading.iso3:
        country = gazetteer.countries[reading.iso3]
        mark = gazetteer.adjective_of(reading.iso3)
        word = next(
            (a for a in country.adjectives if slug(a.replace(".", "")) == slug(mark)),
            country.adjectives[0] if country.adjectives else country.name,
        )
    else:
        region = gazetteer.regions[reading.id]
        word = region.adjectives[0] if region.adjectives else region.name
        mark = word
    return f"group/{slug(f'{mark} {phrase}')}", f"{word} {phrase}"


def _plain(registry: Registry, span: Span, phrase: str, sector: str) -> Found:
    """A group noun alone: the group of that noun met last, else a group of this text."""
    earlier = registry.last_groups.get(phrase)
    if earlier:
        iso3 = registry.country_of(earlier)
        return Found(span, MentionKind.DESCRIPTION, earlier, "group-again", 0.7, earlier, None, iso3, sector)
    local = f"group/{registry.document.id[:8]}-{slug(phrase)}"
    registry.known_groups.setdefault(local, Entity(local, EntityType.SOCIAL_GROUP, phrase[0].upper() + phrase[1:]))
    return Found(span, MentionKind.DESCRIPTION, local, "group-noun", 0.6, local, None, None, sector)
