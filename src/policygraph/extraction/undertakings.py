"""Initiatives and policies that a text names by common words, with their kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policygraph.extraction.concepts import vocabulary
from policygraph.extraction.draft import Draft, Stance, label
from policygraph.extraction.registry import Registry
from policygraph.extraction.words import words
from policygraph.iris import slug
from policygraph.records import Attribution, Block, Entity, Span
from policygraph.vocabulary import EntityType, Modality, ModalityDetail

#: Where the name of an undertaking ends and words about it begin.
_TAIL = re.compile(
    r"\s+(?:to\s+[a-z]+|that\b|which\b|who\b|focused\b|focusing\b|aimed\b|aiming\b|designed\b|intended\b|between\b|"
    r"in order\b|so that\b|with the aim\b|in which\b|\()"
)
_AIM = re.compile(r"\s+(?:in order to|to|aimed at|designed to|intended to|with the aim of)\s+(?=[a-z])")
_GERUND = re.compile(r"\w+ing\b")
_OF = re.compile(r"^(?:the\s+)?([a-z]+(?:ion|ment|al|ure|ing|ance|ence))\s+of\s+(?:the\s+|a\s+)?(.+)$", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|a|an|its|his|her|their|these|those|this|such|any|some|more|further)\s+", re.IGNORECASE)
_KEEP_S = ("ss", "us", "is", "ics", "sanctions")


def undertaking(draft: Draft, words_: Span, evidence: Sequence[Span]) -> str:
    """The initiative that a cell or item names; known ones keep their name.

    It is kept apart from others of the same words, with its kind as a claim: what it is called
    is so, whether it is carried out, planned or only advised.
    """
    name = short_name(words_)
    known = draft.registry.at(words_.start, words_.end)
    if known and known.entity.startswith(("initiative/", "policy/")):
        return known.entity
    kind = vocabulary("initiative-kind").of_phrase(name.quote)
    made = draft.registry.make(EntityType.INITIATIVE, label(name.quote), name, apart=True, concept=kind)
    if kind:
        draft.claim(made, "initiativeKind", kind, Stance(), evidence, concept=True, method="head-noun", confidence=0.9)
    return made


def add_demand(draft: Draft, words_: Span, by: Attribution | None, of: str | None, block: Block) -> str | None:
    """What somebody asks for: advice to whom it is asked of, else an aim of the one who asks."""
    if of:
        made = undertaking(draft, words_, (block.span,))
        stance = Stance(Modality.RECOMMENDED, attribution=by)
        draft.claim(of, "implements", made, stance, (block.span,), method="demand", confidence=0.85)
        return made
    if by is None or by.entity is None:
        return None
    aim = draft.registry.make(EntityType.OBJECTIVE, label(words_.quote), words_)
    stance = Stance(Modality.PLANNED, ModalityDetail.INTENDED)
    draft.claim(by.entity, "hasObjective", aim, stance, (block.span,), method="demand", confidence=0.8)
    return aim


def short_name(words_: Span) -> Span:
    """The words that name the undertaking, without what they say about it.

    >>> short_name(Span(0, 46, "Cultural exchange initiatives to foster contact")).quote
    'Cultural exchange initiatives'
    """
    tail = _TAIL.search(words_.quote)
    quote = words_.quote[: tail.start()] if tail and tail.start() > 2 else words_.quote
    quote = quote.rstrip(" .,;:") or quote
    return Span(words_.start, words_.start + len(quote), quote)


def aim_of(words_: Span) -> Span | None:
    """What the undertaking is for: the words behind "to", "aimed at" or "designed to".

    >>> aim_of(Span(0, 23, "Patrols to curb piracy.")).quote
    'curb piracy'
    """
    found = _AIM.search(words_.quote)
    if not found:
        return None
    quote = re.split(r"[;:]|, (?:which|who|while|as)\b", words_.quote[found.end() :])[0].rstrip(" .,")
    start = words_.start + found.end()
    return Span(start, start + len(quote), quote)


def policy(registry: Registry, words_: Span, iso3: str | None, *, owned: bool = False) -> str:
    """The policy that a noun phrase names, under the country whose authority applies it.

    "the construction of border walls" of the United States is
    `policy/usa-border-wall-construction` in every document; without a country
    the policy is local to the document. With `owned` the country is made part
    of the label, as the words alone ("policies") say too little.
    """
    noun = policy_noun(words_.quote)
    name = label(_ARTICLE.sub("", words_.quote))
    if iso3 is None:
        return registry.make(EntityType.POLICY, name, words_)
    if owned:
        country = registry.gazetteer.countries[iso3]
        mark = next((a for a in country.adjectives if "." in a), next(iter(country.adjectives), country.name))
        name = f"{mark} {name.lower()}"
    local = f"policy/{iso3.lower()}-{slug(noun)}"
    registry.add(Entity(local, EntityType.POLICY, name, iso3, concept=vocabulary("initiative-kind").of_phrase(noun)))
    return local


def policy_noun(phrase: str) -> str:
    """A noun phrase brought to one order and number, without judging adjectives.

    >>> policy_noun("the construction of border walls")
    'border wall construction'
    >>> policy_noun("stringent asylum protocols")
    'asylum protocol'
    """
    plain = _ARTICLE.sub("", phrase.strip(" .,;:"))
    turned = _OF.match(plain)
    if turned:
        plain = f"{turned.group(2)} {turned.group(1)}"
    kept = [w for w in plain.lower().split() if w not in words().graded] or plain.lower().split()
    return " ".join(_singular(w) for w in kept)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(_KEEP_S) else word
