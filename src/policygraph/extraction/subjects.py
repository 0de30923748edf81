"""What the subject of a statement stands for: actors, policies or undertakings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from policygraph.extraction.concepts import vocabulary
from policygraph.extraction.coreference import two_countries
from policygraph.extraction.draft import label
from policygraph.extraction.effects import cause_of, policies_in
from policygraph.extraction.passages import Passage
from policygraph.extraction.registry import Found
from policygraph.extraction.undertakings import policy, policy_noun
from policygraph.extraction.words import word_set, words
from policygraph.records import MentionKind, Span
from policygraph.vocabulary import EntityType

#: Nouns behind a possessor that leave the possessor the one who acts.
_ACTIVITIES = word_set(
    "visit visits trip trips mission journey tour engagement effort efforts campaign push speech remarks stance "
    "position plan plans decision commitment leadership diplomacy approach strategy role agenda goal goals aim aims "
    "team visitors discussions talks negotiators government delegation outreach priorities priority hope hopes "
    "objective objectives administration officials diplomats leaders"
)
#: Nouns that say something about the policy in the phrase behind them.
_ABOUT_POLICY = word_set(
    "emphasis focus implementation enforcement tightening introduction effect effects impact return continuation "
    "expansion combination adoption imposition application outcome outcomes reach scope escalation rollout threat"
)
_PARTIES = word_set("side country government nation state party neighbour neighbor capital")
_LIKE = word_set("like including")
_ANAPHORS = word_set("these those such this that the")


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that a statement is about; `countable` is false for mass nouns."""

    entity: str
    kind: str
    words: Span
    confidence: float = 1.0


def subjects_of(passage: Passage, first: int, last: int, verb: int) -> list[Subject]:
    """What the noun phrase of tokens `first` to `last`, subject of the verb at `verb`, stands for."""
    gerund = _gerund_phrase(passage, verb)
    if gerund:
        return [gerund]
    last = _with_name(passage, first, last, verb)
    named = two_parties(passage, first, last) or _listed(passage, first, last, verb) or _actors(passage, first, last)
    if named:
        return named
    found = (
        _policy(passage, first, last, verb) or _possessor(passage, first, last) or _undertaking(passage, first, last)
    )
    return [found] if found else []


def _with_name(passage: Passage, first: int, last: int, verb: int) -> int:
    """Over the rest of a name that the phrase begins: "the Government of Peru"."""
    whole = passage.span(first, last)
    for found in passage.draft.registry.within(whole.start, whole.end + 80):
        if found.actor and found.span.start < whole.end < found.span.end:
            end = next((i for i in range(last, verb + 1) if passage.tokens[i].start >= found.span.end), last)
            return min(end, verb) if end > last else last
    return last


def _actors(passage: Passage, first: int, last: int) -> list[Subject]:
    """Actors that the phrase names: the mention at its head, and those joined to it by "and"."""
    draft, whole = passage.draft, passage.span(first, last)
    token = passage.tokens[last - 1]
    if last - first == 1 and token.tag == "PRP":
        again = _again(passage, first, whole) if token.lower in ("it", "they") else []
        if again:
            return again
        local = draft.resolver.pronoun(token.text, token.start, token.end)
        return [Subject(local, "actor", whole, 0.8)] if local else []
    found = [f for f in draft.registry.within(whole.start, whole.end) if f.actor and _is_whole(passage, f, last)]
    if not found or found[-1].span.end != whole.end:
        return []
    found = _joined_before(passage, first) + found
    # "Bulgarian and Romanian farmers": the first adjective alone names nobody.
    found = [f for f in found if f is found[-1] or f.kind is not MentionKind.DEMONYM]
    kept = [f for f in found if f is found[-1] or _joined(draft.document.text[f.span.end : found[-1].span.start])]
    return [Subject(local, "actor", whole) for f in kept if (local := draft.registry.actor(f))]


def _again(passage: Passage, at: int, whole: Span) -> list[Subject]:
    """What "it" or "they" repeats: the subject of an earlier clause, the last thing spoken of, the subject before."""
    block, thing = passage.draft.last_thing or (-1, "")
    causes = passage.predicate in ("hasOutcome", "affects") and passage.tokens[at].lower == "it"
    if causes and block == passage.sentence.block and thing.startswith(("policy/", "initiative/")):
        return [Subject(thing, "policy" if thing.startswith("policy/") else "undertaking", whole, 0.8)]
    earlier = _earlier_subject(passage, at)
    if earlier:
        return [replace(s, words=whole, confidence=min(s.confidence, 0.8)) for s in subjects_of(passage, *earlier)]
    block, entity, kind = passage.draft.last_subject or (-1, "", "")
    if block == passage.sentence.block and kind != "actor":
        return [Subject(entity, kind, whole, 0.8)]
    before = passage.previous
    where = before.root_subject() if before is not None else None
    if before is None or where is None or before.tokens[where[0]].tag == "PRP":
        return []
    plural = before.tokens[where[1] - 1].tag in ("NNS", "NNPS") or where[1] - where[0] > 3
    if plural != (passage.tokens[at].lower == "they"):
        return []
    found = [s for s in subjects_of(before, *where) if s.kind != "actor" or not s.entity.startswith("person/")]
    for one in found:
        passage.draft.registry.refer(one.entity, whole, MentionKind.PRONOUN, "subject of the sentence before", 0.6)
    return [replace(s, words=whole, confidence=min(s.confidence, 0.8)) for s in found]


def two_parties(passage: Passage, first: int, last: int) -> list[Subject]:
    """ "Both sides", "the two governments": the two countries that the text before is about."""
    head = passage.tokens[last - 1].lemma
    if head not in _PARTIES or not any(t.lower in ("two", "both") for t in passage.tokens[first:last]):
        return []
    draft, whole = passage.draft, passage.span(first, last)
    parties = [f"government/{f.iso3.lower()}" for f in two_countries(draft.registry, whole.start) if f.iso3]
    for party in parties:
        draft.registry.refer(party, whole, MentionKind.PRONOUN, "two-parties", 0.7)
    return [Subject(party, "actor", whole, 0.85) for party in parties]


def _joined_before(passage: Passage, first: int) -> list[Found]:
    """A name joined by "and" to the phrase that begins at `first`: "Italy and the Commission"."""
    if first < 2 or passage.tokens[first - 1].lower != "and":
        return []
    end = passage.tokens[first - 2].end
    start = passage.sentence.span.start
    return [f for f in passage.draft.registry.within(start, end) if f.span.end == end and f.actor == f.entity]


def _earlier_subject(passage: Passage, it: int) -> tuple[int, int, int] | None:
    """The subject that "it" repeats from an earlier clause of the same sentence."""
    for clause in reversed(passage.parsed.clauses):
        verb = passage.parsed.chunks[clause.chunk].first
        if (
            verb < it
            and clause.link not in ("inf", "ger", "participial", "reduced")
            and clause.subject
            and clause.subject[-1].last <= verb
            and passage.tokens[clause.subject[0].first].tag != "PRP"
        ):
            return clause.subject[0].first, clause.subject[-1].last, verb
    return None


def _joined(between: str) -> bool:
    return between.startswith(",") or between.strip() in ("and", "or", "and the")


def _is_whole(passage: Passage, found: Found, last: int) -> bool:
    """Whether no noun follows that the name only modifies."""
    after = next((t for t in passage.tokens[:last] if t.start >= found.span.end), None)
    return after is None or after.tag not in ("NN", "NNS", "POS") or (False)


def _listed(passage: Passage, first: int, last: int, verb: int) -> list[Subject]:
    """ "Countries like Mexico and Peru": the members named are the subjects."""
    draft = passage.draft
    for at in range(max(first - 8, 1), min(verb, last + 2)):
        token = passage.tokens[at]
        like = token.lower in _LIKE or (token.lower == "such" and passage.tokens[at + 1].lower == "as")
        if like and passage.tokens[at - 1].lower in words().groups:
            groups = [c.first for c in passage.parsed.chunks if c.kind == "VG" and c.first > at]
            end = min([verb, *groups])
            whole = passage.span(at - 1, end)
            inside = draft.registry.within(passage.tokens[at].start, passage.tokens[end].start)
            return [Subject(local, "actor", whole, 0.9) for f in inside if (local := draft.registry.actor(f))]
    return []


def _possessor(passage: Passage, first: int, last: int) -> Subject | None:
    """Whose trip, effort or stance it is: "Rubio's trip aims to …", "his efforts could …"."""
    head = passage.tokens[last - 1].lower
    if head in _ABOUT_POLICY and last < len(passage.tokens) and passage.tokens[last].lower == "of":
        behind = next((c for c in passage.parsed.chunks if c.first > last and c.kind == "NP"), None)
        return _possessor(passage, behind.first, behind.last) if behind else None
    if head not in _ACTIVITIES and passage.tokens[last - 1].tag not in ("NN", "NNS"):
        return None
    if head not in _ACTIVITIES and not _abstract(head):
        return None
    local = possessor_of(passage, first, last)
    return Subject(local, "actor", passage.span(first, last), 0.9) if local else None


def _abstract(noun: str) -> bool:
    """Whether a noun is made from a verb or quality, so that its owner is the one who acts."""
    return noun.endswith(("tion", "sion", "ment", "ance", "ence", "ing", "sis", "cern", "cerns", "port"))


def possessor_of(passage: Passage, first: int, last: int) -> str | None:
    """The actor that a possessive or a possessive pronoun at the beginning of a phrase means."""
    draft = passage.draft
    for at in range(first, last):
        token = passage.tokens[at]
        if token.tag == "PRP$":
            return draft.resolver.pronoun(token.text, token.start, token.end)
        if token.tag == "POS" or token.text in ("’s", "'s"):
            found = [f for f in draft.registry.within(passage.tokens[first].start, token.start) if f.actor]
            return draft.registry.actor(found[-1]) if found else None
    return None


def _policy(passage: Passage, first: int, last: int, verb: int) -> Subject | None:
    draft, whole = passage.draft, passage.span(first, last)
    head = passage.tokens[last - 1].lower
    again = draft.registry.undertaking_named(whole.quote) if whole.quote.lower().startswith("th") else None
    if again:
        return Subject(again, "policy" if again.startswith("policy/") else "undertaking", whole, 0.9)
    if head in words().policy_nouns:
        local = owned_policy(passage, whole) or _policy_again(passage, whole)
        if local is None and (passage.tokens[first].lower in ("a", "an") or _is_specific(passage, first, last)):
            local = policy(draft.registry, _with_of(passage, first, last, verb), None)
        return Subject(local, "policy", whole) if local else None
    if head in _ABOUT_POLICY:
        stretch = passage.span(first, verb)
        found = policies_in(draft, stretch) or policies_under(passage, first, verb)
        return Subject(found[0], "policy", stretch, 0.9) if found else None
    return None


def _is_specific(passage: Passage, first: int, last: int) -> bool:
    """Whether the words say which policy is meant: "border closures", "the suspension of aid"."""
    content = [t for t in passage.tokens[first:last] if t.tag in ("NN", "NNS", "NNP", "JJ", "VBG")]
    following = passage.tokens[last].lower if last < len(passage.tokens) else ""
    return len(content) > 1 or following == "of"


def _with_of(passage: Passage, first: int, last: int, verb: int) -> Span:
    """The phrase with its "of" phrase."""
    if last < len(passage.tokens) and passage.tokens[last].lower == "of":
        behind = next((c for c in passage.parsed.chunks if c.first == last + 1 and c.kind == "NP"), None)
        last = behind.last if behind and behind.last <= verb else last
    return passage.span(first, last)


def owned_policy(passage: Passage, phrase: Span) -> str | None:
    """The policy of a phrase that names its owner: "stricter U.S. policies", "its export ban"."""
    draft = passage.draft
    found = policies_in(draft, phrase)
    if found:
        return found[0]
    first = next((i for i, t in enumerate(passage.tokens) if t.start >= phrase.start), 0)
    last = next((i for i, t in enumerate(passage.tokens) if t.start >= phrase.end), len(passage.tokens))
    owner = possessor_of(passage, first, last)
    iso3 = draft.registry.country_of(owner) if owner else None
    marks = [t for t in passage.tokens[first:last] if t.tag in ("POS", "PRP$")]
    if iso3 is None or not marks:
        return None
    start = phrase.start + len(draft.document.text[phrase.start : marks[0].end])
    bare = draft.document.text[start : phrase.end]
    at = start + len(bare) - len(bare.lstrip())
    return policy(draft.registry, draft.span(at, phrase.end), iso3, owned=True)


def policies_under(passage: Passage, first: int, last: int) -> list[str]:
    """ "Immigration policies under the Trump administration": the policy of that administration's country."""
    draft, made = passage.draft, []
    for at in range(first, last):
        if (
            passage.tokens[at].lower not in ("under", "of", "by")
            or passage.tokens[at - 1].lower not in words().policy_nouns
        ):
            continue
        behind = draft.registry.within(passage.tokens[at].end, passage.tokens[last - 1].end)
        owner = next((f for f in behind if f.actor and f.iso3), None)
        if owner and owner.span.start <= passage.tokens[at].end + 5:
            begin = at - 1
            while begin > first and passage.tokens[begin - 1].tag in ("JJ", "NN", "NNS", "NNP", "VBN"):
                begin -= 1
            made.append(policy(draft.registry, passage.span(begin, at), owner.iso3, owned=True))
    return made


def _policy_again(passage: Passage, phrase: Span) -> str | None:
    """ "These policies": the one the section is about; a policy of that name met before."""
    draft = passage.draft
    known = draft.registry.policy_named(policy_noun(phrase.quote))
    if known:
        return known
    opening = phrase.quote.split()[0].lower()
    if opening not in _ANAPHORS or len(phrase.quote.split()) > 2:
        return None
    return cause_of(draft, draft.document.blocks[passage.sentence.block])


def _undertaking(passage: Passage, first: int, last: int) -> Subject | None:
    """A kind of undertaking as subject: "public-private partnerships", "a regional task force"."""
    draft, whole = passage.draft, passage.span(first, last)
    known = draft.registry.undertaking_named(whole.quote)
    if known:
        return Subject(known, "undertaking", whole, 0.9)
    kind = vocabulary("initiative-kind").head(whole.quote)
    modal = last < len(passage.tokens) and passage.tokens[last].tag == "MD"
    imagined = modal and passage.tokens[first].lower in ("a", "an")
    if kind is None and not imagined:
        return None
    head = passage.tokens[last - 1]
    countable = head.tag == "NNS" or passage.tokens[first].tag == "DT"
    name = whole.quote if passage.tokens[first].tag != "DT" else passage.span(first + 1, last).quote
    local = draft.registry.make(EntityType.INITIATIVE, label(name), whole, concept=kind if countable else None)
    return Subject(local, "undertaking", whole, 0.9 if countable else 0.7)


def _gerund_phrase(passage: Passage, verb: int) -> Subject | None:
    """A sentence that begins with its subject as a gerund: "Opening the border would …"."""
    toks = passage.tokens
    if not verb or (
        toks[0].tag != "VBG" and not (toks[0].lower.endswith("ing") and toks[1].tag in ("JJ", "NN", "NNS", "VBN"))
    ):
        return None
    commas = [i for i in range(verb) if toks[i].text == ","]
    if commas and toks[commas[-1] + 1].lower not in ("and", "or"):
        return None
    whole = passage.span(0, verb)
    local = passage.draft.registry.make(EntityType.INITIATIVE, label(whole.quote), whole)
    return Subject(local, "undertaking", whole, 0.7)
