"""Who "he", "its" and "both sides" stand for: the nearest earlier mention that fits, with the method named."""

from __future__ import annotations

from dataclasses import replace

from policygraph.extraction.registry import Found, Registry
from policygraph.records import MentionKind, Participant, Span

_PERSON = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself", "who"))
_THING = frozenset(("it", "its", "itself"))
_MANY = frozenset(("they", "them", "their", "themselves"))
_BACK = 1500
_SIDES = frozenset(
    (
        "side",
        "country",
        "party",
        "nation",
        "leader",
        "neighbour",
        "neighbor",
        "government",
        "minister",
        "president",
        "state",
        "ally",
        "rival",
        "capital",
        "foe",
        "power",
        "man",
        "team",
        "delegation",
    )
)


def is_pronoun(word: str) -> bool:
    """Whether the word is a pronoun of the third person."""
    return word in _PERSON or word in _THING or word in _MANY


def fits(word: str, participant: Participant) -> bool:
    """Whether a pronoun can stand for a participant of the same sentence."""
    entity = participant.entity or ""
    person = entity.startswith("person/") or (
        participant.sector == "GOV"
        and not entity.startswith(("government/", "country/", "organisation/"))
        and not participant.text.endswith("s")
    )
    if word in _PERSON:
        return person
    if word in _THING:
        return not person
    return not entity.startswith("person/")


def antecedent(registry: Registry, word: str, start: int, *, after: int = 0) -> Found | None:
    """The nearest mention before `start` that a pronoun can stand for, None when there is none near."""
    for found in reversed(registry.within(max(after, start - _BACK), start)):
        entity = found.entity
        if word in _PERSON and entity.startswith("person/"):
            return found
        if word in _THING and entity.startswith(("government/", "organisation/", "administration/")):
            return found
        if word in _MANY and entity.startswith(("group/", "government/", "organisation/")):
            return found
    return None


def both(registry: Registry, head: str, words: tuple[str, ...], start: int) -> list[Found]:
    """The last two countries before "the two sides", "both governments"."""
    if head not in _SIDES or not {"two", "both"} & set(words):
        return []
    out: dict[str, Found] = {}
    for found in reversed(registry.within(max(0, start - _BACK), start)):
        if found.iso3 and found.iso3 not in out:
            out[found.iso3] = found
        if len(out) == 2:
            return list(reversed(out.values()))
    return []


def stand_in(registry: Registry, participant: Participant, span: Span, method: str) -> Participant:
    """The participant again, under the words that refer back to it; the words count as a mention."""
    if participant.entity:
        registry.refer(participant.entity, span, MentionKind.PRONOUN, method)
    return replace(participant, text=span.quote, span=span, method=method)
