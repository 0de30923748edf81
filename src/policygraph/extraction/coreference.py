"""Who "he", "its" and "both sides" stand for: the nearest earlier mention that fits, with the method named."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Clause
from policygraph.extraction.regexes import regex
from policygraph.extraction.registry import Found, Registry
from policygraph.records import Attribution, MentionKind, Participant, Span

_PERSON = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself", "who"))
_THING = frozenset(("it", "its", "itself"))
_MANY = frozenset(("they", "them", "their", "themselves"))
#: The method of a subject that is no actor: a treaty, a price.
THING = "thing"
_BACK = 1500
OURS = frozenset(("we", "us", "our", "ours", "ourselves", "i", "me", "my"))
REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves", "ourselves", "his", "her", "hers", "its", "their"))
#: Heads of "both …" and "the two …".
SIDES = frozenset(
    "side country party nation leader neighbour neighbor government minister president state ally rival capital foe "
    "power man team delegation diplomat official premier negotiator counterpart people army "
    "navy military fleet police".split()
)
#: Heads that mean people where two are known, and countries where not.
_OFFICES = frozenset("minister president leader premier diplomat official negotiator man".split())
_OFFICES_OF_STATE = frozenset("government ministry administration junta cabinet parliament council side regime".split())
_HIGHEST = frozenset(("president", "minister", "premier"))
#: Plurals that mean the two of a document even without "two": "the ministers agreed".
_BARE = frozenset("ministers presidents leaders sides premiers parties delegations".split())
_LISTS = re.compile(r",\s+(?:and\s+)?(?:the\s+)?|\s+and\s+(?:the\s+)?")
_JOIN = regex(r"\s+(?:and|with)\s+(?:the\s+)?|\s?[–—-]\s?|\s+and\s+(?:its|his|her)\s+\w+\s+")


def is_pronoun(word: str) -> bool:
    """Whether the word is a pronoun that can be resolved."""
    return word in _PERSON or word in _THING or word in _MANY or word in OURS


def takes(clause: Clause, np: NounPhrase) -> bool:
    """Whether a phrase is an object of the clause, so that no pronoun there means the clause's own subject."""
    return any(one.first == np.first for group in clause.objects for one in group)


def fits(word: str, participant: Participant) -> bool:
    """Whether a pronoun can stand for a participant of the same sentence."""
    entity = participant.entity or ""
    office = participant.method == "office" or not entity.startswith(("government/", "country/", "organisation/"))
    last = participant.text.lower().split()[-1:]
    one = participant.sector == "GOV" and not participant.text.endswith("s") and not _OFFICES_OF_STATE & {*last}
    person = entity.startswith("person/") or (office and one)
    if word in OURS:
        return False
    if word in _PERSON:
        return person
    if word in _THING:
        return not person
    return not entity.startswith(("person/", "government/", "country/"))


def antecedent(registry: Registry, word: str, start: int, *, after: int = 0) -> Found | None:
    """The nearest mention before `start` that a pronoun can stand for, None when there is none near."""
    for found in reversed(registry.within(max(after, start - _BACK), start)):
        entity = found.entity
        if word == "it" and not _stands_first(registry.document.text, found):
            continue
        if word in _PERSON and entity.startswith("person/"):
            return found
        if word in _THING and entity.startswith(("government/", "organisation/", "administration/")):
            return found
        if word in _MANY and entity.startswith(("group/", "organisation/")):
            return found
    return None


#: What stands before the subject of a clause.
_CLAUSE_OPENS = regex(
    r"(?:^|[.!?:;,—–]\s*|\n|\b(?:that|and|but|as|while|when|if|because|although|what|how)\s+)[“\"‘]?(?:the\s+)?$", re.I
)
_IS_SAID = regex(
    r"\s*(?!and\b|or\b|under\b|instead\b)(?:,\s(?:which|who|whose|the|an?|once|long)\b|\(|[a-z]+(?:s|ed|d)\b|has\b|have\b|had\b|will\b|may\b|must\b|could\b|would\b|should\b|can\b|did\b)"
)


def _stands_first(text: str, found: Found) -> bool:
    """Whether a mention looks like the subject of its clause, which an "it" repeats."""
    before = text[max(0, found.span.start - 12) : found.span.start]
    return bool(_CLAUSE_OPENS.search(before) and _IS_SAID.match(text, found.span.end))


def ours(registry: Registry, said: Attribution | None, word: str, span: Span) -> Found | None:
    """Who "I" and "we" are in somebody's words: the speaker, and the government a speaker in office speaks for."""
    if said is None or said.entity is None:
        return None
    iso3 = registry.country_of(said.entity)
    if word in ("i", "me", "my") or not said.entity.startswith("person/"):
        return Found(span, MentionKind.PRONOUN, said.entity, "speaker", 0.7, said.entity, None, iso3)
    if iso3 is None:
        return None
    government = registry.use(f"government/{iso3.lower()}")
    return Found(span, MentionKind.PRONOUN, government, "speaker's side", 0.6, government, None, iso3, "GOV")


def subject_before(word: str, previous: Sequence[Participant], said: Attribution | None) -> list[Participant]:
    """Who a pronoun means if it repeats the subject of the sentence before, empty if it cannot.

    "He" is none who speaks: a speaker would say "I".
    """
    speaker = said.entity if said else None
    if any(p.text.lower() in OURS or (p.entity and p.entity == speaker) for p in previous):
        return []
    if word in _PERSON:
        one = [p for p in previous if fits("he", p)]
        return one if len(previous) == 1 and word != "who" else []
    if word in _THING:
        plural = any(p.text.endswith("s") and p.entity is None for p in previous)
        one = [p for p in previous if (fits("it", p) or _is_body(p)) and (p.method != THING or word == "it")]
        return one if len(previous) == 1 and not plural else []
    if word in _MANY:
        plural = len(previous) > 1 or any(p.text.endswith("s") and not _is_country(p) for p in previous)
        return list(previous) if plural else []
    return []


def _is_body(participant: Participant) -> bool:
    """Whether the words are those of a body and not of a person: "his government"."""
    return participant.text.split()[-1:] != [] and participant.text.split()[-1].lower() in _OFFICES_OF_STATE


def _is_country(participant: Participant) -> bool:
    return bool(participant.entity and participant.entity.startswith(("government/", "country/", "organisation/")))


def both(registry: Registry, head: str, words: tuple[str, ...], start: int) -> list[Found]:
    """The two that "the two sides", "both governments" or "the ministers" mean, none where that is not clear."""
    dual = words[:1] == ("both",) or words[:2] in (("the", "two"), ("these", "two"), ("those", "two"), ("its", "two"))
    if head not in SIDES or not (dual or (len(words) == 2 and words[0] == "the" and words[1] in _BARE)):
        return []
    if not dual and (many := _all_of(registry, head, start)):
        return many
    if head in _OFFICES:
        people = _two_people(registry, head, start)
        if people:
            return people
    return two_countries(registry, start)


def _all_of(registry: Registry, head: str, start: int) -> list[Found]:
    """Those of the last list behind that noun: "the Ministers of Chad, Mali and Niger met … The Ministers agreed"."""
    text = registry.document.text[:start]
    listed = list(re.finditer(rf"\b{head}s of (?:the )?(?=[A-Z])", text, re.I))
    if not listed:
        return []
    out: list[Found] = []
    end = listed[-1].end()
    for found in registry.within(end, min(start, end + 300)):
        if found.iso3 is None or (out and found.span.start < out[-1].span.end):
            continue
        if out and not _LISTS.fullmatch(text[out[-1].span.end : found.span.start]):
            break
        out.append(found)
    return out if len({f.iso3 for f in out}) > 1 else []


def _two_people(registry: Registry, head: str, start: int) -> list[Found]:
    """The last two people of that office before, where they stand for two countries."""
    out: dict[str, Found] = {}
    for found in reversed(registry.within(max(0, start - _BACK), start)):
        if found.entity.startswith("person/") and found.entity not in out and _holds(registry, found.entity, head):
            out[found.entity] = found
        if len(out) == 2:
            break
    sides = {found.iso3 or registry.country_of(found.entity) for found in out.values()}
    return list(reversed(out.values())) if len(sides) == 2 else []


def _holds(registry: Registry, person: str, head: str) -> bool:
    """Whether somebody may be called by that office: no diplomat where "both presidents" are meant."""
    titles = [role.title for role in registry.roles if role.person == person]
    return head not in _HIGHEST or not titles or any(head in title for title in titles)


def two_countries(registry: Registry, start: int) -> list[Found]:
    """The two countries that the text before is about: named side by side last, or clearly most often.

    A country of the same sentence that only speaks ("Kenya urged the two neighbours to …") is not
    among them unless the two are named side by side.
    """
    opened = _sentence_start(registry, start)
    before = [f for f in reversed(list(registry.before(start))) if f.iso3]
    paired = _side_by_side(registry, before)
    if paired and paired[0].span.start >= opened:
        return paired
    earlier = [f for f in before if f.span.end <= opened]
    counts = Counter(f.iso3 for f in earlier)
    first = counts.most_common(3)
    if len(first) == 2 or (len(first) == 3 and first[1][1] > first[2][1]):
        wanted = [iso3 for iso3, _ in first[:2]]
    elif paired:
        return paired
    elif not first and len({f.iso3 for f in before}) == 2:
        return _latest(before, list(dict.fromkeys(f.iso3 for f in before)))
    else:
        return []
    return _latest(earlier, wanted)


def _latest(found: Sequence[Found], wanted: Sequence[str | None]) -> list[Found]:
    """The last mention of each country as one that acts, in the order of the text."""
    last: dict[str | None, Found] = {}
    for one in found:
        if one.iso3 in wanted and (one.actor or one.iso3 not in last):
            last[one.iso3] = one
    return sorted(last.values(), key=lambda f: f.span.start)


def _side_by_side(registry: Registry, before: Sequence[Found]) -> list[Found]:
    """The last two countries joined by "and" or a dash, where they are no longer list."""
    text = registry.document.text
    for n in range(len(before) - 1, 0, -1):
        one, other = before[n - 1], before[n]
        between = text[one.span.end : other.span.start]
        if one.iso3 != other.iso3 and len(between) < 30 and _JOIN.fullmatch(between):
            listed = n > 1 and text[before[n - 2].span.end : one.span.start] == ", "
            if not listed:
                return [one, other]
    return []


def _sentence_start(registry: Registry, offset: int) -> int:
    starts = registry.sentence_starts
    at = bisect_right(starts, offset)
    return starts[at - 1] if at else 0


def stand_in(registry: Registry, participant: Participant, span: Span, method: str) -> Participant:
    """The participant again, under the words that refer back to it; the words count as a mention."""
    if participant.entity:
        registry.refer(participant.entity, span, MentionKind.PRONOUN, method)
    return replace(participant, text=span.quote, span=span, method=method)
