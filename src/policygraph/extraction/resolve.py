"""Who a phrase or a pronoun means, from what stands before it."""

from __future__ import annotations

from bisect import bisect_left

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
#: How far back, in characters, a pronoun may reach.
_REACH = 1500


class Resolver:
    """Resolves pronouns of one document against the mentions in its registry."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._starts = [f.span.start for f in registry.mentions]

    def pronoun(self, word: str, start: int, end: int) -> str | None:
        """The entity a pronoun at `start` means, or None where nothing fits."""
        lower = word.lower()
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
