"""Lists become objectives, recommendations, implications, commitments or incidents, item by item."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from policygraph.extraction.concepts import vocabulary
from policygraph.extraction.draft import Draft, Stance, label
from policygraph.extraction.effects import cause_of, effect_in
from policygraph.extraction.incidents import add_incident, title_type
from policygraph.extraction.leads import Lead, actor_of, addressee, lead_of, stance_of, table_types
from policygraph.extraction.undertakings import add_demand, aim_of, undertaking
from policygraph.records import Attribution, Block, BlockKind, Item, Span
from policygraph.vocabulary import EntityType, Modality, ModalityDetail

_WORD = re.compile(r"[^\W\d_]{2,}")
_ASKED_OF = re.compile(
    r"\b(?:demands?|conditions?|requests?)\s+(?:to|on|from)\s+(?:the\s+)?$|\b(?:calls?|called)\s+on\s+(?:the\s+)?$"
)
_LABEL = re.compile(r"^(?:\*\*|__)?([^:.!?]{2,80}?)(?:\*\*|__)?\s*:(?:\*\*|__)?\s+(?=\S)")
_INTENDED = Stance(Modality.PLANNED, ModalityDetail.INTENDED)
_ADVISED = Stance(Modality.RECOMMENDED)
_POSSIBLE = Stance(Modality.HYPOTHETICAL, ModalityDetail.PREDICTED)

_OUGHT = re.compile(r"\b(?:should|must|ought to|needs? to|has to|have to)\b")
_FUTURE_OR_OUGHT = re.compile(rf"{_OUGHT.pattern}|\bwill\b")
#: Characters that the subject of a whole sentence takes at most before its verb.
_LONGEST_SUBJECT = 60
#: Kinds of lists whose items are read as running text.
_PLAIN = ("Item", "Outlook", "Finding")
_Read = tuple[str | None, Stance]


def read_lists(draft: Draft) -> None:
    """Add what the lists of the document say to the draft."""
    items = [b for b in draft.document.blocks if b.kind is BlockKind.ITEM]
    for _, group in groupby(items, key=lambda b: b.group):
        _read_list(draft, list(group))


def _read_list(draft: Draft, blocks: Sequence[Block]) -> None:
    lead = lead_of(draft, blocks[0])
    listed = _kind(lead, blocks)
    for block in blocks:
        name, rest = parts(draft, block.span)
        kind = listed
        if kind in ("Recommendation", "Commitment") and _has_own_subject(draft, rest):
            kind = "Recommendation" if _OUGHT.search(rest.quote) else kind
            draft.plain_items.add(block.index)
            entity, stance = None, _ADVISED if kind == "Recommendation" else _INTENDED
        else:
            reader = _READERS.get(kind, _read_other) if _WORD.search(rest.quote) else _read_other
            entity, stance = reader(draft, lead, block, name, rest)
        if kind in _PLAIN:
            draft.plain_items.add(block.index)
        if stance.modality is not Modality.ASSERTED:
            draft.block_stance[block.index] = stance
        draft.items.append(
            Item(
                block.group or 0,
                block.row or 0,
                kind,
                name.quote if name else None,
                rest.quote,
                entity,
                stance.modality,
                (block.span,),
            )
        )


def _kind(lead: Lead, blocks: Sequence[Block]) -> str:
    """The kind of a list; plans and advice are told apart by what the lead and the items say."""
    kind = list_type(lead.words, lead.heading.quote if lead.heading else "")
    if kind == "Recommendation" and lead.span and stance_of(lead, _ADVISED).modality is Modality.PLANNED:
        # "The following steps are planned": steps that somebody will take, not advice.
        return "Commitment"
    if kind == "Commitment" and sum(bool(_OUGHT.search(b.span.quote)) for b in blocks) * 2 > len(blocks):
        return "Recommendation"
    return kind


def _has_own_subject(draft: Draft, rest: Span) -> bool:
    """Whether an item is a sentence of its own about somebody: "The bank should …", "Peru will …"."""
    modal = _FUTURE_OR_OUGHT.search(rest.quote)
    if modal is None:
        return False
    before = draft.registry.within(rest.start, rest.start + modal.start())
    return any(f.actor and f.span.start <= rest.start + 5 for f in before) or modal.start() < _LONGEST_SUBJECT


def list_type(lead: str, heading: str = "") -> str:
    """What a list is a list of, by its lead-in, else by the heading above; "Item" if neither tells.

    >>> list_type("The report recommends the following steps:")
    'Recommendation'
    >>> list_type("Weather in the city:")
    'Item'
    """
    for words in (lead, heading):
        for name, pattern in table_types().lists:
            if pattern.search(words):
                return name
    return "Item"


def parts(draft: Draft, item: Span) -> tuple[Span | None, Span]:
    """The label before a colon, if there is one, and the rest of an item."""
    found = _LABEL.match(item.quote)
    if not found:
        return None, item
    start, end = found.span(1)
    return draft.span(item.start + start, item.start + end), draft.span(item.start + found.end(), item.end)


# --- one reader a kind: gives the entity of the item and its stance ---


def _read_objective(draft: Draft, lead: Lead, block: Block, name: Span | None, rest: Span) -> _Read:
    stance = _INTENDED
    goal = name or rest
    aim = draft.registry.make(EntityType.OBJECTIVE, label(goal.quote), goal)
    actor = actor_of(draft, lead)
    if actor:
        evidence = (block.span, *lead.evidence)
        draft.claim(actor, "hasObjective", aim, stance, evidence, method="list", confidence=0.85)
    _topics(draft, aim, block.span, stance)
    return aim, stance


def _read_recommendation(draft: Draft, lead: Lead, block: Block, name: Span | None, rest: Span) -> _Read:
    words, who = name or rest, None
    if lead.words.rstrip(": ").endswith(" that"):
        who, words = _bidden(draft, words)
    else:
        who = addressee(draft, block.span.start) or actor_of(draft, lead)
    made = undertaking(draft, words, (block.span,))
    if who:
        evidence = (block.span, *lead.evidence)
        draft.claim(who, "implements", made, _ADVISED, evidence, method="list", confidence=0.9)
    _aim(draft, made, rest, _ADVISED, block)
    _topics(draft, made, block.span, _ADVISED)
    return made, _ADVISED


def _bidden(draft: Draft, words_: Span) -> tuple[str | None, Span]:
    """Who is to do what in "Peru lift the curfew", the end of "recommends that:"."""
    for found in draft.registry.within(words_.start, words_.end):
        if found.actor and found.span.start <= words_.start + 4 and found.span.end + 1 < words_.end:
            return draft.registry.actor(found), draft.span(found.span.end + 1, words_.end)
    return None, words_


def _read_implication(draft: Draft, lead: Lead, block: Block, name: Span | None, rest: Span) -> _Read:
    cause = cause_of(draft, block)
    effect = effect_in(name, rest)
    outcome = draft.registry.make(EntityType.OUTCOME, effect.name, effect.span(draft))
    stance = _POSSIBLE if effect.uncertain or stance_of(lead, _POSSIBLE).modality is Modality.HYPOTHETICAL else Stance()
    if cause:
        evidence = (block.span, *lead.evidence)
        draft.claim(cause, "hasOutcome", outcome, stance, evidence, method="list", confidence=0.8)
    return outcome, stance


def _read_commitment(draft: Draft, lead: Lead, block: Block, name: Span | None, rest: Span) -> _Read:
    words = name or rest
    made = undertaking(draft, words, (block.span,))
    actors = _actors(draft, lead)
    for actor in actors:
        evidence = (block.span, *lead.evidence)
        draft.claim(actor, "implements", made, _INTENDED, evidence, method="list", confidence=0.85)
    _aim(draft, made, rest, _INTENDED, block)
    return made, _INTENDED


def _read_incident(draft: Draft, lead: Lead, block: Block, name: Span | None, rest: Span) -> _Read:
    title = name if name and title_type(name.quote) else rest
    if title_type(title.quote) is None:
        return None, Stance()
    cells = {"place": block.span, "date": block.span}
    return add_incident(draft, title, cells, Stance(), block.span), Stance()


def _read_demand(draft: Draft, lead: Lead, block: Block, name: Span | None, rest: Span) -> _Read:
    """What is asked for: of whom the lead names behind "from", "of" or "on", by whom it names otherwise."""
    asking = actor_of(draft, lead)
    of = _asked(draft, lead)
    who = asking if asking and asking != of else None
    by = Attribution(who, lead.span) if who and lead.span else None
    return add_demand(draft, name or rest, by, of, block), _ADVISED


def _asked(draft: Draft, lead: Lead) -> str | None:
    if lead.span is None:
        return None
    for found in draft.registry.within(lead.span.start, lead.span.end):
        if found.actor and _ASKED_OF.search(draft.document.text, lead.span.start, found.span.start):
            return draft.registry.actor(found)
    return None


def _read_outlook(draft: Draft, lead: Lead, block: Block, name: Span | None, rest: Span) -> _Read:
    """What may or may not come: nothing of it is said to be so."""
    return None, Stance(Modality.HYPOTHETICAL)


def _read_finding(draft: Draft, lead: Lead, block: Block, name: Span | None, rest: Span) -> _Read:
    """What a paper has found: read as running text."""
    return None, Stance()


def _read_other(draft: Draft, lead: Lead, block: Block, name: Span | None, rest: Span) -> _Read:
    return None, stance_of(lead, Stance())


_READERS: dict[str, Callable[[Draft, Lead, Block, Span | None, Span], _Read]] = {
    "Demand": _read_demand,
    "Outlook": _read_outlook,
    "Finding": _read_finding,
    "Objective": _read_objective,
    "Recommendation": _read_recommendation,
    "Implication": _read_implication,
    "Commitment": _read_commitment,
    "Incident": _read_incident,
}


def _actors(draft: Draft, lead: Lead) -> list[str]:
    """Everyone the lead names before its verb, or whom it means."""
    if lead.span is None:
        return []
    found = [f for f in draft.registry.within(lead.span.start, lead.span.end) if f.actor == f.entity]
    named = [local for f in found if (local := draft.registry.actor(f))]
    one = actor_of(draft, lead)
    return list(dict.fromkeys(named)) or ([one] if one else [])


def _aim(draft: Draft, made: str, rest: Span, stance: Stance, block: Block) -> None:
    aim = aim_of(rest)
    if aim:
        goal = draft.registry.make(EntityType.OBJECTIVE, label(aim.quote), aim)
        draft.claim(made, "hasObjective", goal, stance, (block.span,), method="list", confidence=0.8)


def _topics(draft: Draft, about: str, span: Span, stance: Stance) -> None:
    for concept in dict.fromkeys(t.concept for t in vocabulary("topic").inside(span.quote)):
        draft.claim(about, "addresses", concept, stance, (span,), concept=True, method="topic-label", confidence=0.7)
