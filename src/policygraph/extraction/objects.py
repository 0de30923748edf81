"""What the words behind a trigger become: objectives, outcomes, topics, policies, actors, places."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from policygraph.extraction.concepts import vocabulary
from policygraph.extraction.draft import label
from policygraph.extraction.effects import policies_in
from policygraph.extraction.passages import Passage
from policygraph.extraction.registry import Found
from policygraph.extraction.subjects import Subject, owned_policy
from policygraph.extraction.triggers import Trigger, base_forms
from policygraph.extraction.undertakings import policy, policy_noun, short_name
from policygraph.extraction.words import word_set, words
from policygraph.records import Span
from policygraph.vocabulary import EntityType

_INSTEAD = re.compile(r",?\s+(?:rather than|instead of|as opposed to|and not|, not)\s+")
_ARTICLE = re.compile(r"^(?:to\s+|the\s+|a\s+|an\s+|its\s+|his\s+|her\s+|their\s+)", re.IGNORECASE)
_LISTED = re.compile(r",? (?:and |then )?(?:to |the )?")
_RELATIONS = word_set("relations ties relationship relationships links cooperation")
_FOUNDING = word_set(
    "establish create launch set form convene hold introduce adopt sign negotiate expand fund start build organise "
    "organize develop strengthen support join conclude finance impose lift pursue deepen begin"
)
_BEFORE_VERB = ("to", "also", "not", "then", "now", "therefore", "first", "at", "once")
#: Prepositions that still belong to the name of a measure: "a plan for arbitration".
_NAMING = ("of", "on", "for")
_PLACE_TYPES = (EntityType.COUNTRY, EntityType.REGION, EntityType.POPULATED_PLACE, EntityType.PLACE)


@dataclass(frozen=True, slots=True)
class Target:
    """An object of a statement; `denied` where the text sets it against another ("rather than")."""

    object: str
    words: Span
    concept: bool = False
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """The words that a trigger governs: tokens `first` to `last` (not included)."""

    passage: Passage
    trigger: Trigger
    subjects: Sequence[Subject]
    first: int
    last: int

    @property
    def span(self) -> Span:
        """Their characters."""
        return self.passage.span(self.first, self.last)

    def mentions(self) -> list[Found]:
        """Names among them."""
        return self.passage.draft.registry.within(self.span.start, self.span.end)


def targets_of(reach: Reach) -> list[Target]:
    """The objects of a statement, by the kind of its pattern; none if the words do not fit."""
    found = _BUILDERS[reach.trigger.pattern.object](reach) if reach.last > reach.first else []
    if found and reach.trigger.pattern.object in ("measure", "ban", "initiative"):
        reach.passage.draft.last_thing = (reach.passage.sentence.block, found[0].object)
    return found


def _named(type_: EntityType) -> Callable[[Reach], list[Target]]:
    def build(reach: Reach) -> list[Target]:
        last = _next_verb(reach) if type_ is EntityType.OUTCOME else reach.last
        span = _bare(reach, reach.passage.span(reach.first, last))
        if len(span.quote) < 3 or (type_ is EntityType.OBJECTIVE and " " not in span.quote):
            return []  # a verb alone is cut off from what it is about
        return [Target(reach.passage.draft.registry.make(type_, label(span.quote), span), span)]

    return build


def _next_verb(reach: Reach) -> int:
    """Where another predicate begins: "create jobs | and attract investors"."""
    tokens = reach.passage.tokens
    for at in range(reach.first + 1, reach.last - 1):
        if tokens[at].tag == "CC" and tokens[at + 1].tag in ("VB", "VBP", "VBD", "VBZ"):
            return at
    return reach.last


def _act(reach: Reach) -> list[Target]:
    """The verb in its base form with its object: "reduce tensions"."""
    verb = reach.passage.tokens[reach.trigger.last - 1]
    base = next((f for f in base_forms(verb.lower) if f in reach.trigger.pattern_words()), verb.lower)
    span = reach.passage.span(reach.trigger.last - 1, reach.last)
    name = label(f"{base} {reach.span.quote}")
    return [Target(reach.passage.draft.registry.make(EntityType.OUTCOME, name, span), span)]


def _topics(reach: Reach) -> list[Target]:
    span = reach.span
    found = vocabulary("topic").inside(reach.passage.draft.document.text, span.start, span.end)
    by_concept: dict[str, Span] = {}
    for topic in found:
        by_concept.setdefault(topic.concept, reach.passage.draft.span(topic.start, topic.end))
    return [Target(concept, where, True) for concept, where in by_concept.items()]


def _stance(reach: Reach) -> list[Target]:
    """What is backed or opposed; what it is preferred to is denied."""
    span, text = reach.span, reach.passage.draft.document.text
    parted = _INSTEAD.search(text, span.start, span.end)
    wanted = reach.passage.draft.span(span.start, parted.start() if parted else span.end)
    found = [_stand(reach, wanted, False)]
    if parted:
        found.append(_stand(reach, reach.passage.draft.span(parted.end(), span.end), True))
    return [t for t in found if t]


def _stand(reach: Reach, span: Span, denied: bool) -> Target | None:
    draft = reach.passage.draft
    named = [f for f in draft.registry.within(span.start, span.end) if f.span.end == span.end and f.actor]
    if named and named[-1].span.start <= span.start + 4 and (local := draft.registry.actor(named[-1])):
        return Target(local, span, denied=denied)
    if span.quote.split()[0].lower() in ("it", "them"):
        block, thing = draft.last_thing or (-1, "")
        return Target(thing, span, denied=denied) if block == reach.passage.sentence.block else None
    short = short_name(_bare(reach, span))
    if len(short.quote) < 3:
        return None
    made = _thing(reach, short)
    draft.last_thing = (reach.passage.sentence.block, made)
    return Target(made, short, denied=denied)


def _thing(reach: Reach, span: Span) -> str:
    """A policy, an undertaking, or else an aim, by the head of the phrase."""
    draft = reach.passage.draft
    head = _head(span.quote)
    again = draft.registry.undertaking_named(f"the {span.quote}") or draft.registry.undertaking_named(span.quote)
    if again:
        return again
    if head in words().policy_nouns:
        owned = owned_policy(reach.passage, span) or draft.registry.policy_named(policy_noun(span.quote))
        return owned or draft.registry.make(EntityType.POLICY, label(span.quote), span)
    kind = vocabulary("initiative-kind").head(span.quote)
    if kind:
        return draft.registry.make(EntityType.INITIATIVE, label(span.quote), span, concept=kind)
    return draft.registry.make(EntityType.OBJECTIVE, label(span.quote), span)


def _entity(reach: Reach) -> list[Target]:
    """What is influenced: a policy, an actor, or the parties to a relation."""
    draft, span = reach.passage.draft, reach.span
    subjects = {s.entity for s in reach.subjects}
    owned = [p for p in policies_in(draft, span) if p not in subjects]
    if owned:
        return [Target(owned[0], span)]
    first = short_name(_bare(reach, _until_preposition(reach)))
    if _head(first.quote) in words().policy_nouns:
        local = draft.registry.policy_named(policy_noun(first.quote))
        local = local or draft.registry.make(EntityType.POLICY, label(first.quote), first)
        return [Target(local, first)] if local not in subjects else []
    if _head(span.quote) in _RELATIONS or any(w.lower() in _RELATIONS for w in span.quote.split()):
        own = {draft.registry.country_of(s) for s in subjects}
        parties = [f for f in reach.mentions() if f.actor and (f.iso3 is None or f.iso3 not in own)]
        return _unique([Target(local, span) for f in parties if (local := draft.registry.actor(f))])
    named = [f for f in reach.mentions() if f.actor and f.span.end == first.end]
    return [Target(local, first) for f in named[-1:] if (local := draft.registry.actor(f)) and local not in subjects]


def _actor(reach: Reach) -> list[Target]:
    subjects = {s.entity for s in reach.subjects}
    near = [f for f in reach.mentions() if f.actor and f.span.start <= reach.span.start + 25]
    found = [Target(local, f.span) for f in near[:1] if (local := reach.passage.draft.registry.actor(f))]
    return [t for t in found if t.object not in subjects]


def _place(reach: Reach) -> list[Target]:
    registry, text = reach.passage.draft.registry, reach.passage.draft.document.text
    near = reach.trigger.pattern.take == "np"
    made: list[Target] = []
    for found in reach.mentions():
        if made and not _LISTED.fullmatch(text[made[-1].words.end : found.span.start]):
            break
        if near and not made and found.span.start > reach.span.start + 5:
            return []
        if found.place and registry.get(found.place).type in _PLACE_TYPES and not _modifies(reach, found):
            local = registry.place(found)
            made += [Target(local, found.span)] if local else []
    return made


def _modifies(reach: Reach, found: Found) -> bool:
    after = next((t for t in reach.passage.tokens if t.start >= found.span.end), None)
    return after is not None and (after.tag in ("NN", "NNS", "POS") or after.text in ("’s", "'s"))


def _measure(reach: Reach) -> list[Target]:
    """A policy under the subject's country, or an undertaking of a known kind."""
    draft = reach.passage.draft
    known = [f for f in reach.mentions() if f.entity.startswith(("initiative/", "policy/"))]
    if known:
        return [Target(known[0].entity, known[0].span)]
    span = short_name(_until_preposition(reach))
    kind = vocabulary("initiative-kind").head(span.quote)
    if _is_policy(span.quote) and not (kind and "programme" in kind):
        iso3 = next((c for s in reach.subjects if (c := draft.registry.country_of(s.entity))), None)
        return [Target(owned_policy(reach.passage, span) or policy(draft.registry, span, iso3), span)]
    if kind:
        bare = _bare(reach, span)
        return [Target(draft.registry.make(EntityType.INITIATIVE, label(bare.quote), bare, concept=kind), bare)]
    return []


def _ban(reach: Reach) -> list[Target]:
    """ "Banned cobalt exports": the ban that somebody applies by it."""
    draft = reach.passage.draft
    span = _bare(reach, short_name(_until_preposition(reach)))
    owner = reach.subjects[0].entity if reach.subjects else ""
    iso3 = draft.registry.country_of(owner) if owner else None
    if len(span.quote) < 4 or not owner.startswith(("government/", "administration/", "organisation/")):
        return []
    name = f"Ban on {span.quote}"
    made = draft.registry.make(EntityType.POLICY, f"{name} ({iso3})" if iso3 else name, span)
    return [Target(made, span)]


def _initiative(reach: Reach) -> list[Target]:
    """Whatever is put forward: a policy, an undertaking of a known kind, or one by its words alone."""
    found = _measure(reach)
    if found:
        return found
    bare = _bare(reach, short_name(_until_preposition(reach)))
    if len(bare.quote) < 5 or bare.quote.split()[0].lower() in ("that", "it", "him", "them", "this"):
        return []
    return [Target(reach.passage.draft.registry.make(EntityType.INITIATIVE, label(bare.quote), bare), bare)]


def _advice(reach: Reach) -> list[Target]:
    """An advised course of action, named by its verb phrase, with a kind if it founds something."""
    draft, passage = reach.passage.draft, reach.passage
    first = reach.first
    while first < reach.last and passage.tokens[first].lower in ("to", "also", "not"):
        first += 1
    if first >= reach.last:
        return []
    span = passage.span(first, reach.last)
    forms = base_forms(passage.tokens[first].lower)
    rest = passage.span(first + 1, reach.last) if first + 1 < reach.last else span
    kind = vocabulary("initiative-kind").head(short_name(rest).quote) if any(f in _FOUNDING for f in forms) else None
    return [Target(draft.registry.make(EntityType.INITIATIVE, label(span.quote), span, concept=kind), span)]


def _cause(reach: Reach) -> list[Target]:
    return [Target(s.entity, s.words) for s in reach.subjects]


_BUILDERS: dict[str, Callable[[Reach], list[Target]]] = {
    "objective": _named(EntityType.OBJECTIVE),
    "outcome": _named(EntityType.OUTCOME),
    "act": _act,
    "topics": _topics,
    "stance": _stance,
    "entity": _entity,
    "actor": _actor,
    "place": _place,
    "measure": _measure,
    "ban": _ban,
    "initiative": _initiative,
    "advice": _advice,
    "cause": _cause,
}


def _bare(reach: Reach, span: Span) -> Span:
    """The words without "to" or an article in front."""
    found = _ARTICLE.match(span.quote)
    return reach.passage.draft.span(span.start + found.end(), span.end) if found else span


def _until_preposition(reach: Reach) -> Span:
    """The first noun phrase of the reach, its "of" and "on" phrases included."""
    last = reach.first
    while last < reach.last:
        token = reach.passage.tokens[last]
        if last > reach.first and token.tag in ("IN", "TO", "VBD", "VBZ") and token.lower not in _NAMING:
            break
        if token.tag == "CC" and last + 1 < reach.last and reach.passage.tokens[last + 1].tag.startswith("VB"):
            break
        last += 1
    return reach.passage.span(reach.first, max(last, reach.first + 1))


def _head(phrase: str) -> str:
    """The last word before the first preposition."""
    before = re.split(r"\s(?:of|on|for|in|to|with|between|against|from|that|which)\s", phrase.strip(" .,"))[0]
    return before.split()[-1].lower() if before.split() else ""


def _is_policy(phrase: str) -> bool:
    """Whether the head of a phrase is the noun of a policy: "export ban", "state of emergency"."""
    plain = phrase.strip(" .,").lower()
    return _head(phrase) in words().policy_nouns or any(plain.endswith(n) for n in words().policy_nouns if " " in n)


def _unique(targets: list[Target]) -> list[Target]:
    return list({t.object: t for t in targets}.values())
