"""Who and what a document talks about: hands out entities and keeps their mentions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from policygraph.extraction.gazetteer import Gazetteer
from policygraph.iris import slug
from policygraph.records import Document, Entity, Mention, MentionKind, Span
from policygraph.vocabulary import ID_FOLDER, EntityType


@dataclass(frozen=True, slots=True)
class Found:
    """Words that name something, with what they stand for.

    `entity` is the reading in this place of the text; `actor` is who acts under
    these words (a government for a country) and `place` where it would be, each
    None where the words have no such reading. `head` is where the last word
    begins. `title` is the role that stands with a person's name.
    """

    span: Span
    kind: MentionKind
    entity: str
    method: str
    score: float = 1.0
    actor: str | None = None
    place: str | None = None
    iso3: str | None = None
    sector: str | None = None
    title: Span | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A role that the text gives a person: words, country, and whether it is over."""

    person: str
    title: str
    span: Span
    iso3: str | None
    gone: bool
    method: str
    acting: bool = False


_LOOK_BACK = 400
#: Kinds of mention whose words are another name of the entity.
_NAMING = (MentionKind.NAME, MentionKind.METONYM)


class Registry:
    """The entities of one document.

    Reference entities keep their name from the tables; other things get a name
    of their own, local to the document unless it is a person, body or place.
    """

    def __init__(self, document: Document, gazetteer: Gazetteer) -> None:
        self.document = document
        self.gazetteer = gazetteer
        self.mentions: list[Found] = []
        self.roles: list[Role] = []
        #: Who a surname stands for in this document.
        self.surnames: dict[str, str] = {}
        #: The country that somebody in office most likely serves; a guess.
        self.likely: dict[str, str] = {}
        #: The group or body met last under a noun, for when the noun comes again alone.
        self.last_groups: dict[str, str] = {}
        self.last_bodies: dict[str, str] = {}
        #: Groups that enter the document only when they act.
        self.known_groups: dict[str, Entity] = {}
        self.sentence_starts = [s.span.start for s in document.sentences]
        self._starts: list[int] = []
        self._made: dict[str, Entity] = {}
        self._known: dict[str, Entity] = {}
        self._policies: dict[str, str] = {}
        self._instruments: list[Entity] = []
        self._seen: dict[str, dict[tuple[int, int], Mention]] = {}
        self._by_words: dict[tuple[EntityType, str], str] = {}

    # --- mentions ---

    def settle(self, found: Iterable[Found]) -> None:
        """Take the mentions of the document, in the order of the text, and count them."""
        self.mentions = sorted(found, key=lambda f: (f.span.start, -f.span.end, f.entity))
        self._starts = [f.span.start for f in self.mentions]
        for item in self.mentions:
            if item.entity not in self.known_groups:
                self.note(item.entity, item)

    def within(self, start: int, end: int) -> list[Found]:
        """Mentions that lie wholly inside the stretch, in order."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return [f for f in self.mentions[first:last] if f.span.end <= end]

    def at(self, start: int, end: int) -> Found | None:
        """The mention that covers most of a phrase: the last of its longest ones."""
        inside = self.within(start, end)
        return max(inside, key=lambda f: (f.span.end - f.span.start, f.span.start), default=None)

    def before(self, offset: int) -> Iterator[Found]:
        """Mentions that end before an offset, the nearest first, as far back as a reader would look."""
        at = bisect_left(self._starts, offset)
        return (f for f in reversed(self.mentions[max(at - _LOOK_BACK, 0) : at]) if f.span.end <= offset)

    def note(self, entity: str, found: Found) -> None:
        """Count the words of `found` as a mention of `entity`."""
        self.refer(entity, found.span, found.kind, found.method, found.score)

    def refer(self, entity: str, span: Span, kind: MentionKind, method: str, score: float = 0.8) -> None:
        """Count words that another step resolved, such as a pronoun, as a mention."""
        self._seen.setdefault(entity, {}).setdefault((span.start, span.end), Mention(span, kind, method, score))

    def actor(self, found: Found) -> str | None:
        """Who acts under these words; a country stands for its government."""
        if found.actor:
            # The name of a region is no name of the countries that act under it.
            kind = MentionKind.DESCRIPTION if found.actor in self.known_groups else found.kind
            self.refer(found.actor, found.span, kind, found.method, found.score)
        return found.actor

    def place(self, found: Found) -> str | None:
        """Where these words are, as a place."""
        if found.place:
            self.note(found.place, found)
        return found.place

    # --- entities ---

    def get(self, local: str) -> Entity:
        """The entity of that local name, made from the reference data where it is known."""
        entity = self._made.get(local) or self.known_groups.get(local) or self._known.get(local)
        if entity is None:
            entity = self._known[local] = known_entity(self.gazetteer, local)
        return entity

    def add(self, entity: Entity) -> str:
        """Register an entity; what is already there keeps its name and gains details."""
        known = self._made.get(entity.id)
        if known is None and self._is_known(entity.id):
            known = self.get(entity.id)
        if known is None:
            self._enter(entity)
        else:
            self._made[entity.id] = replace(
                known,
                country=known.country or entity.country,
                concept=known.concept or entity.concept,
                within=known.within or entity.within,
                facts=tuple(dict.fromkeys(known.facts + entity.facts)),
            )
        return entity.id

    def make(
        self,
        type_: EntityType,
        name: str,
        span: Span | None = None,
        *,
        apart: bool = False,
        concept: str | None = None,
    ) -> str:
        """A thing local to this document, named by its words.

        The same words of the same class are the same thing, unless `apart`:
        two unnamed undertakings may be called alike without being one.
        """
        key = (type_, slug(name))
        local = self._by_words.get(key)
        if local is None or apart:
            local = self._free(f"{ID_FOLDER[type_]}/{self.document.id[:8]}-{slug(name)}")
            self._by_words.setdefault(key, local)
            self._enter(Entity(local, type_, name, concept=concept))
        if span is not None:
            self.refer(local, span, MentionKind.DESCRIPTION, "words", 0.9)
        return local

    def policy_named(self, noun: str) -> str | None:
        """A policy met before whose name is that noun phrase, whoever's it is."""
        tail = slug(noun)
        return self._policies.get(tail)

    def undertaking_named(self, words: str) -> str | None:
        """An undertaking of this document under the same words; "the agreement" means the last agreement."""
        local = self._by_words.get((EntityType.INITIATIVE, slug(words)))
        opening, _, noun = words.lower().partition(" ")
        if local or opening not in ("the", "this", "that", "these", "those") or " " in noun:
            return local
        recent = reversed(self._instruments[-_LOOK_BACK:])
        return next((e.id for e in recent if _head(e.name) == noun), None)

    def _enter(self, entity: Entity) -> None:
        self._made[entity.id] = entity
        if entity.type is EntityType.POLICY:
            self._policies.setdefault(entity.id.partition("/")[2].partition("-")[2], entity.id)
        if entity.type in (EntityType.INITIATIVE, EntityType.POLICY):
            self._instruments.append(entity)

    def _is_known(self, local: str) -> bool:
        try:
            return self.get(local).known
        except (KeyError, StopIteration):
            return False

    def use(self, local: str) -> str:
        """Let an entity enter the document though no words name it."""
        self._made.setdefault(local, self.get(local))
        return local

    def country_of(self, local: str) -> str | None:
        """The country (iso3) an entity belongs to, lies in or acts for."""
        return self.get(local).country

    def entities(self) -> tuple[Entity, ...]:
        """All entities that were mentioned or made, with their mentions, by local name."""
        made = []
        for local in sorted({*self._made, *self._seen}):
            entity = self.get(local)
            seen = sorted(self._seen.get(local, {}).values(), key=lambda m: (m.span.start, m.span.end))
            words = dict.fromkeys(m.span.quote for m in seen if m.kind in _NAMING)
            aliases = tuple(sorted(w for w in words if _plain(w) != _plain(entity.name)))
            made.append(replace(entity, mentions=tuple(seen), aliases=aliases))
        return tuple(made)

    def _free(self, local: str) -> str:
        taken, number = local, 2
        while taken in self._made:
            taken, number = f"{local}-{number}", number + 1
        return taken


def _head(name: str) -> str:
    """The last word before the first preposition of a name."""
    return re.split(r"\s(?:on|of|for|in|to|with|between|against|from)\s", name.lower())[0].split()[-1]


def _plain(name: str) -> str:
    return name.casefold().strip(" .,;:")


def known_entity(gazetteer: Gazetteer, local: str) -> Entity:
    """The entity of a reference record.

    Raises:
        KeyError: the local name is not in the reference data.
    """
    folder, _, rest = local.partition("/")
    if folder in ("country", "government"):
        country = gazetteer.countries[rest.upper()]
        if folder == "country":
            return Entity(local, EntityType.COUNTRY, country.name, country.iso3, known=True)
        name = country.government or f"Government of {country.name}"
        return Entity(local, EntityType.GOVERNMENT, name, country.iso3, known=True)
    if folder == "region":
        return Entity(local, EntityType.REGION, gazetteer.regions[local].name, known=True)
    if folder == "place":
        name, iso3 = gazetteer.place_names[local]
        inside = f"country/{iso3.lower()}"
        return Entity(local, EntityType.POPULATED_PLACE, name, iso3, known=True, within=inside)
    if folder == "organisation":
        body = gazetteer.organisations[local]
        return Entity(local, body.type, body.name, body.iso3 or None, known=True)
    if folder == "person":
        person = gazetteer.persons[local]
        return Entity(local, EntityType.PERSON, person.name, person.iso3 or None, known=True)
    if folder == "post":
        post = gazetteer.posts[local]
        return Entity(local, EntityType.PUBLIC_OFFICE, post.name, post.iso3 or None, known=True)
    made = next(i for i in gazetteer.reference.initiatives if i.id == local)
    return Entity(local, made.type, made.name, known=True)
