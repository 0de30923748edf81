"""What an act counts as because of who does it, and for what: side by side with others, or to help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Parsed
from policygraph.extraction.coder import Act
from policygraph.records import Participant
from policygraph.vocabulary import EventType

_TOGETHER = frozenset("jointly together simultaneously joint common combined cross-border shared side".split())
_JOINTLY = _TOGETHER | frozenset("exercise manoeuvre maneuver drill patrol alongside".split())
#: Deeds that states do together in cooperation, where alone each of them would be another act.
_SHARED_DEEDS = frozenset((EventType.COERCE, EventType.RETREAT, EventType.ACCUSE, EventType.AID))
_PEACE = ("peacekeep", "peace-keep")
_RELIEF = frozenset(
    "relief flood earthquake quake cyclone hurricane typhoon tsunami famine rescue survivor disaster humanitarian "
    "wildfire landslide drought epidemic ebola cholera helmets helmet".split()
)


def recast(act: Act, parsed: Parsed, source: Sequence[Participant], target: list[Participant]) -> list[Participant]:
    """Make a common act of several states COOPERATE, and forces sent for peace or relief AID; whom it concerns."""
    ours = {p.country for p in source if p.country}
    alone = act.event is EventType.MOBILIZE or not {p.country for p in target if p.country} - ours
    if len(ours) > 1 and alone and _shared(act, parsed):
        act.event = act.base = EventType.COOPERATE
        act.mode, act.reciprocal = None, True
        return []
    abroad = any(p.country and p.country not in ours for p in target)
    if act.event is EventType.MOBILIZE and abroad and _helps(act, parsed):
        act.event = act.base = EventType.AID
        act.mode = None
    return target


def _shared(act: Act, parsed: Parsed) -> bool:
    if act.event is EventType.MOBILIZE:
        each = len(act.source) == 1 and {"both", "two"} & set(_lowered(act.source[0], parsed))
        return not each or any(t.lemma in _JOINTLY for t in parsed.tokens)
    verb = parsed.chunks[act.clause.chunk] if act.clause is not None else None
    near = parsed.tokens[max(0, verb.first - 1) : verb.last + 1] if verb is not None else []
    words = {t.lower for t in near} | set(_words(act, parsed))
    if verb is not None and act.clause is not None:
        words |= set(act.clause.particles)
    return act.event in _SHARED_DEEDS and not words.isdisjoint(_TOGETHER)


def _helps(act: Act, parsed: Parsed) -> bool:
    return any(word.startswith(_PEACE) or word in _RELIEF for word in _words(act, parsed))


def _words(act: Act, parsed: Parsed) -> Iterator[str]:
    """The words of the phrases around an act."""
    clause = act.clause
    groups = [act.source, act.target, act.spare]
    if clause is not None:
        groups += [clause.subject, *clause.objects, *clause.preps.values()]
    for np in (np for group in groups for np in group):
        for inner in (np, *(n for _, group in np.pps for n in group)):
            yield from _lowered(inner, parsed)


def _lowered(np: NounPhrase, parsed: Parsed) -> Iterator[str]:
    return (t.lemma or t.lower for t in parsed.tokens[np.first : np.last])
