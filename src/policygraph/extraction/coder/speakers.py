"""What a speaker makes of an act: "…, the minister warned Chad", "X said Y must …"."""

from __future__ import annotations

from policygraph.extraction.clauses import Clause
from policygraph.extraction.coder.act import Act
from policygraph.extraction.coder.state import State
from policygraph.extraction.composition import mode_of
from policygraph.vocabulary import EventType, Modality

#: What it is to say something with these verbs.
_SPOKEN = {"warn": EventType.THREATEN, "threaten": EventType.THREATEN, "caution": EventType.THREATEN}
OWN_WILL = frozenset(("will", "wo", "would", "shall", "'ll", "’ll", "'d", "’d", "be going to"))


def trailing_speaker(state: State, act: Act) -> None:
    """ "…, the minister said." names who says what stands before."""
    if act.speaker or act.clause is None:
        return
    for other in state.parsed.clauses:
        if other.link == "attribution" and other.index > act.clause.index and other.subject:
            act.speaker, act.speech = other.subject, other
            _spoken_to(state, act, other)
            return


def _spoken_to(state: State, act: Act, speech: Clause) -> None:
    """ "…, the minister warned Chad.": what is said in warning or as a plea is that act of the speaker."""
    event = _SPOKEN.get(speech.verb.lemma)
    inner, verb = act.base, act.clause.verb if act.clause else speech.verb
    open_end = verb.modal in (*OWN_WILL, "may", "might", "could") or act.modality is not Modality.ASSERTED
    if event is None or speech.verb.passive or inner is event or not open_end:
        return
    addressed = [n for g in (*speech.objects, speech.preps.get("to", [])) for n in g if state.is_actor(n)]
    own = [n for n in act.source if n not in act.speaker]
    act.target = addressed or [n for n in act.target if n not in act.speaker] or own
    act.mode = mode_of(event, inner, act.mode)
    act.source, act.speaker = act.speaker, []
    act.event = act.base = event
    act.modality, act.negated, act.reciprocal = Modality.ASSERTED, False, False


def must(act: Act) -> None:
    """ "X said Y must …": a request of X to Y; without a speaker only advice."""
    if not act.speaker:
        act.modality = Modality.RECOMMENDED
        return
    act.target = [np for np in act.source if np not in act.speaker] or act.target
    act.source, act.speaker = act.speaker, []
    act.mode = mode_of(EventType.REQUEST, act.base, act.mode)
    act.event = act.base = EventType.REQUEST
    act.modality, act.negated = Modality.ASSERTED, False
