"""Who a phrase or a pronoun means, from what stands before it."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from policygraph.extraction.allegiance import author_of
from policygraph.extraction.quotations import quotations
from policygraph.extraction.registry import Found, Registry
from policygraph.records import MentionKind, Span
from policygraph.vocabulary import EntityType

_SINGULAR = frozenset(("he", "she", "his", "her", "him", "hers"))
_PLURAL = frozenset(("they", "their", "them", "theirs"))
_NEUTER = frozenset(("it", "its"))
_COLLECTIVE = (
    EntityType.SOCIAL_GROUP,
    EntityType.GOVERNMENT,
    EntityType.ORGANISATION,
    EntityType.INTERNATIONAL_ORGANISATION,
    EntityType.POLITICAL_PARTY,
)
_BODIES = (*_COLLECTIVE[1:], EntityType.ADMINISTRATION, EntityType.GOVERNMENT_BODY)
_OURS = frozenset(("we", "our", "us", "ours", "ourselves"))
_MINE = frozenset(("i", "my", "me", "mine", "myself"))
#: How far back, in characters, a pronoun may reach.
_REACH = 1500


class Resolver:
    """Resolves pronouns of one document against the mentions in its registry."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._starts = [f.span.start for f in registry.mentions]
        self.quotations = quotations(registry)

    @cached_property
    def _author(self) -> str | None:
        """Whose paper the document is, as its title says and its "we" or "our" bears out."""
        local = author_of(self.registry, self.registry.mentions)
        return self.registry.use(local) if local else None

    def author(self) -> str | None:
        """The government or body that speaks in the whole document, None where none does."""
        return self._author

    def pronoun(self, word: str, start: int, end: int) -> str | None:
        """The entity a pronoun at `start` means, or None where nothing fits."""
        lower = word.lower()
        if lower in _OURS:
            return self._ours(start, end)
        if lower in _MINE:
            said = self.quotations.at(start)
            return said.entity if said else None
        if lower in _SINGULAR:
            found = self._before(start, (EntityType.PERSON,))
        elif lower in _PLURAL:
            found = self._before(start, (EntityType.SOCIAL_GROUP,)) or self._before(start, _COLLECTIVE)
        elif lower in _NEUTER:
            found = self._before(start, _BODIES)
        else:
            return None
        local = (found.actor or found.entity) if found else None
        if local:
            span = Span.of(self.registry.document.text, start, end)
            self.registry.refer(local, span, MentionKind.PRONOUN, "nearest-before", 0.6)
        return local

    def _ours(self, start: int, end: int) -> str | None:
        """ "We": the side of the one who is quoted, else the author of the document."""
        local, method = self.author(), "author"
        said = self.quotations.at(start)
        if said is not None:
            local, method = self._side_of(said.entity), "speaker's side"
        if local:
            self.registry.refer(
                local, Span.of(self.registry.document.text, start, end), MentionKind.PRONOUN, method, 0.6
            )
        return local

    def _side_of(self, speaker: str | None) -> str | None:
        """The government that somebody in office speaks for, or the body that speaks itself."""
        if speaker is None or not speaker.startswith("person/"):
            return speaker
        iso3 = self.registry.country_of(speaker)
        return self.registry.use(f"government/{iso3.lower()}") if iso3 else None

    def _before(self, start: int, types: tuple[EntityType, ...]) -> Found | None:
        """The nearest mention before `start` that is one of the types.

        A person that opened the last sentence with one is preferred over a
        person that was only named in passing, by a possessive or after "under".
        """
        stop = bisect_left(self._starts, start)
        for found in reversed(self.registry.mentions[:stop]):
            if start - found.span.start > _REACH:
                return None
            local = found.actor or found.entity
            if self.registry.get(local).type in types:
                return found
        return None
