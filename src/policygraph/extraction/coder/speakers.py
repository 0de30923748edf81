"""What a speaker makes of an act: "…, the minister warned Chad", "X said Y must …"."""

from __future__ import annotations

from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Clause
from policygraph.extraction.coder.act import Act
from policygraph.extraction.coder.sides import hung
from policygraph.extraction.coder.state import State
from policygraph.extraction.composition import mode_of
from policygraph.vocabulary import EventType, Modality

#: What it is to say something with these verbs.
_SPOKEN = {"warn": EventType.THREATEN, "threaten": EventType.THREATEN, "caution": EventType.THREATEN}
#: Verbs with which a party blames another for a deed, where others only report one.
_BLAMING = frozenset(("claim", "allege", "charge", "contend", "assert", "complain", "protest"))
_OWNING = frozenset(("admit", "acknowledge", "confess", "concede"))
_BLAMEWORTHY = frozenset(
    (
        EventType.ASSAULT,
        EventType.COERCE,
        EventType.MOBILIZE,
        EventType.SANCTION,
        EventType.REJECT,
        EventType.THREATEN,
        EventType.PROTEST,
        EventType.AID,
    )
)
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


def _of_country(state: State, nps: list[NounPhrase]) -> bool:
    """Whether one of the phrases names a country or a body, not only a group of people."""
    return any(len(name) == 3 for np in nps for name in state.names(np))


def _spoken_to(state: State, act: Act, speech: Clause) -> None:
    """ "…, the minister warned Chad.": what is said in warning or as a plea is that act of the speaker."""
    event = _SPOKEN.get(speech.verb.lemma)
    inner, verb = act.base, act.clause.verb if act.clause else speech.verb
    open_end = verb.modal in (*OWN_WILL, "may", "might", "could") or act.modality is not Modality.ASSERTED
    if event is None or speech.verb.passive or inner is event or not open_end:
        return
    own = [n for n in act.source if n not in act.speaker]
    unnamed = not _of_country(state, act.speaker) and _of_country(state, own)
    others = [n for n in act.target if n not in act.speaker]
    act.target = addressed(state, speech) or others or ([] if unnamed else own)
    act.mode = mode_of(event, inner, act.mode)
    if not unnamed:
        act.source, act.speaker = act.speaker, []  # else "…, officials warned" speaks for those who act
    act.event = act.base = event
    act.modality, act.negated, act.reciprocal = Modality.ASSERTED, False, False


def judged(state: State, act: Act) -> None:
    """ "X said Y was a disgrace": who judges is the speaker, and without one nobody does."""
    if act.frame.source == "speaker":
        act.target = [np for np in act.target if np not in act.speaker] or act.target
        if not any(map(state.names, act.target)) and act.clause is not None:
            act.target = [n for np in act.clause.subject for n in hung(np, "by")] or act.target
        act.source, act.speaker = act.speaker, []
        act.modality = Modality.ASSERTED


def blamed(state: State, act: Act) -> None:
    """ "X claimed that Y had attacked" blames Y, "X admitted that it had attacked" owns up."""
    speech = act.speech
    if speech is None or speech.verb.passive or act.base not in _BLAMEWORTHY:
        return
    names = [frozenset(n for np in side for n in state.names(np)) for side in (act.speaker, act.source)]
    if act.negated or act.modality is not Modality.ASSERTED or not all(names):
        return
    own = bool(names[0] & names[1])
    if act.base is EventType.AID and not (act.frame.id == "aid-give" and speech.verb.lemma in _BLAMING):
        return
    if own and speech.verb.lemma in _OWNING:
        act.event, act.mode = EventType.CONCEDE, None
    elif not own and speech.verb.lemma in _BLAMING:
        act.target, act.event, act.mode = act.source, EventType.ACCUSE, "allege"
    else:
        return
    act.source, act.speaker, act.reciprocal, act.base = act.speaker, [], False, act.event


def ordered(state: State, act: Act) -> None:
    """ "Give us back our ship," said to others: what is wanted is a request of the speaker."""
    clause, speech = act.clause, act.speech
    if clause is None or speech is None or not imperative(state.parsed.clauses, clause) or act.source:
        return
    act.mode = mode_of(EventType.REQUEST, act.base, act.mode) or "change"
    act.event = act.base = EventType.REQUEST
    act.target = addressed(state, speech) or [n for n in act.target if n not in act.speaker]
    act.source, act.speaker, act.reciprocal = act.speaker, [], False
    act.modality, act.negated = Modality.ASSERTED, False


def imperative(clauses: list[Clause], clause: Clause) -> bool:
    """Whether a clause is an order within speech: a bare verb without a subject, before or after who says it."""
    bare = clause.verb.form == "base" and not clause.subject and clause.link in ("root", "that")
    return bare and any(other.link == "attribution" for other in clauses)


def addressed(state: State, speech: Clause) -> list[NounPhrase]:
    """Whom somebody speaks to: "told Libya", "said in a message to Libya"."""
    groups = [*speech.objects, speech.preps.get("to", [])]
    return [n for g in groups for n in g if state.is_actor(n) or state.names(n)]


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
