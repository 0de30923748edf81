"""Which country an office-holder most likely serves where the words do not say: a guess, never asserted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from policygraph.extraction.regexes import regex
from policygraph.extraction.registry import Found, Registry, Role
from policygraph.extraction.words import words

METHOD = "nearest country before, inferred"
#: Offices that one person of a country holds at a time.
_ONE_ONLY = frozenset(
    ("president", "prime minister", "premier", "chancellor", "king", "queen", "foreign minister", "defence minister",
     "defense minister", "finance minister", "interior minister", "foreign secretary")
)  # fmt: skip
_IN_OFFICE = ("GOV", "LEG", "MIL", "COP", "JUD")
#: "Her Omani counterpart": she is no Omani.
_OWNED = regex(r"\b(?:his|her|its|their)\s+(?:\w+\s+)?$", re.IGNORECASE)
_COUNTERPART = regex(r"\s+(?:\w+\s+){0,3}?(?:counterparts?|colleagues?|opposite number|hosts?)\b")
_SENTENCE_END = regex(r"[.!?](?:\s|$)")
_OURS = regex(r"\b(?:[Ww]e|[Oo]ur)\b")
#: What the title of a paper that speaks for its author is called.
_PAPER = regex(
    r"(?:['’]s?)?\s+(?:[\w–-]+\s+){0,4}?(?:strategy|policy|plan|programme|program|white paper|roadmap|road map|agenda|"
    r"review|concept|doctrine|vision|position paper|action plan|statement)\b",
    re.IGNORECASE,
)
_FAR = 600
_OPENING = 400
_DATELINE = regex(r",?\s*(?:[(,—–-]|\d)")
_PLACE = regex(r"\b(?:in|across|around|near|outside)\s+(?:[a-z]+\s+)?$", re.IGNORECASE)


def guess_allegiances(registry: Registry) -> None:
    """Note for each office-holder without a country the one that office, text or place in it suggests.

    That is the only country with such an office ("House Speaker"), else the country the document is
    about, else the government named last before the office.
    """
    if not registry.roles:
        return
    home = home_of(registry)
    held: dict[tuple[str, str], str] = {}
    for role in registry.roles:
        if iso3 := role.iso3 or registry.country_of(role.person):
            held.setdefault((role.title, iso3), role.person)
    for role in sorted(registry.roles, key=lambda r: r.span.start):
        known = role.iso3 or registry.country_of(role.person)
        if known is not None or role.person in registry.likely or registry.get(role.person).known:
            continue
        if words().titles[role.title] in _IN_OFFICE and not _of_a_body(registry, role):
            taken = {iso3 for (title, iso3), who in held.items() if title == role.title and who != role.person}
            guess = registry.gazetteer.only_country_with(role.title) or _nearest(registry, role, home, taken)
            if guess:
                registry.likely[role.person] = guess
                if role.title in _ONE_ONLY:
                    held.setdefault((role.title, guess), role.person)


def author_of(registry: Registry, mentions: Sequence[Found]) -> str | None:
    """Whose paper the document is, as its title says and its "we" or "our" bears out."""
    document = registry.document
    if not _OURS.search(document.text):
        return None
    for block in document.blocks[:2]:
        for found in mentions:
            inside = block.span.start <= found.span.start and found.span.end <= block.span.end
            if found.actor and inside and _PAPER.match(document.text, found.span.end, block.span.end):
                return found.actor
    return None


def home_of(registry: Registry, mentions: Sequence[Found] | None = None) -> str | None:
    """The country that a document is about, None where no one country stands out.

    It is named twice as often as any other, or it is where the report begins ("MASISI, 2 March –
    … this town in eastern Congo") and no other is named more than twice as often.
    """
    marks = [f for f in (registry.mentions if mentions is None else mentions) if f.iso3]
    counts = Counter(f.iso3 for f in marks)
    ranked = counts.most_common(2)
    if not ranked:
        return None
    if len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]:
        return ranked[0][0]
    text = registry.document.text
    first = next((f for f in marks if _is_dateline(registry, f)), None) or next(
        (f for f in marks if _PLACE.search(text[max(0, f.span.start - 30) : f.span.start])), None
    )
    opening = first is not None and first.span.start < _OPENING
    return first.iso3 if first and opening and 2 * counts[first.iso3] >= ranked[0][1] else None


def _is_dateline(registry: Registry, found: Found) -> bool:
    """Whether a report opens with the place: "NIAMEY, 12 August (Agency) – …"."""
    opens = found.span.start in [b.span.start for b in registry.document.blocks[:4]]
    return opens and found.span.quote.isupper() and bool(_DATELINE.match(registry.document.text, found.span.end))


def _of_a_body(registry: Registry, role: Role) -> bool:
    """Whether the office is one of an organisation: "Commission President"."""
    before = registry.document.text[max(0, role.span.start - 25) : role.span.start].split()
    return bool(before) and before[-1] in words().bodies


def _nearest(registry: Registry, role: Role, home: str | None, taken: set[str]) -> str | None:
    text, start = registry.document.text, role.span.start
    furthest = min(len(text), role.span.end + _FAR)
    stop = _SENTENCE_END.search(text, role.span.end, furthest)
    end = stop.end() if stop else furthest
    others = {f.iso3 for f in registry.within(start, end) if _is_counterpart(text, start, f)} | taken
    if home and home not in others:
        return home
    for found in registry.before(start):
        if start - found.span.start > _FAR:
            return None
        if found.iso3 and found.iso3 not in others and (found.actor or found.entity.startswith("country/")):
            return found.iso3
    return None


def _is_counterpart(text: str, start: int, found: Found) -> bool:
    owned = _OWNED.search(text[start : found.span.start])
    return bool(owned and _COUNTERPART.match(text, found.span.end))
