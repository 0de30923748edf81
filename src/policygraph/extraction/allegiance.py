"""Which country an office-holder most likely serves where the words do not say: a guess, never asserted."""

from __future__ import annotations

import re
from collections import Counter

from policygraph.extraction.registry import Found, Registry, Role
from policygraph.extraction.words import words

METHOD = "nearest country before, inferred"
_IN_OFFICE = ("GOV", "LEG", "MIL", "COP", "JUD")
#: "Her Omani counterpart": she is no Omani.
_OWNED = re.compile(r"\b(?:his|her|its|their)\s+(?:\w+\s+)?$", re.IGNORECASE)
_COUNTERPART = re.compile(r"\s+(?:\w+\s+){0,3}?(?:counterparts?|colleagues?|opposite number|hosts?)\b")
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)")
_FAR = 600
_OPENING = 400
_PLACE = re.compile(r"\b(?:in|across|around|near|outside)\s+(?:\w+\s+)?$", re.IGNORECASE)


def guess_allegiances(registry: Registry) -> None:
    """Note for each office-holder without a country the government named last before the office."""
    for role in sorted(registry.roles, key=lambda r: r.span.start):
        known = role.iso3 or registry.country_of(role.person)
        if known is None and role.person not in registry.likely and words().titles[role.title] in _IN_OFFICE:
            guess = _nearest(registry, role)
            if guess:
                registry.likely[role.person] = guess


def home_of(registry: Registry) -> str | None:
    """The country that a document is about, None where no one country stands out.

    It is named twice as often as any other, or it is where the report begins ("MASISI, 2 March –
    … this town in eastern Congo") and no other is named more than twice as often.
    """
    marks = [f for f in registry.mentions if f.iso3]
    counts = Counter(f.iso3 for f in marks)
    ranked = counts.most_common(2)
    if not ranked:
        return None
    if len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]:
        return ranked[0][0]
    text = registry.document.text
    first = next((f for f in marks if _PLACE.search(text[max(0, f.span.start - 30) : f.span.start])), None)
    opening = first is not None and first.span.start < _OPENING
    return first.iso3 if first and opening and 2 * counts[first.iso3] >= ranked[0][1] else None


def _nearest(registry: Registry, role: Role) -> str | None:
    text, start = registry.document.text, role.span.start
    stop = _SENTENCE_END.search(text, role.span.end)
    end = stop.end() if stop else len(text)
    others = {f.iso3 for f in registry.within(start, end) if _is_counterpart(text, start, f)}
    for found in registry.before(start):
        if start - found.span.start > _FAR:
            return None
        if found.iso3 and found.iso3 not in others and (found.actor or found.entity.startswith("country/")):
            return found.iso3
    return None


def _is_counterpart(text: str, start: int, found: Found) -> bool:
    owned = _OWNED.search(text[start : found.span.start])
    return bool(owned and _COUNTERPART.match(text, found.span.end))
