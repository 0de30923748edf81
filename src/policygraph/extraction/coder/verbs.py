"""Acts that a verb tells: a frame that fits the clause, its mode sharpened by the nouns beside it."""

from __future__ import annotations

from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Clause
from policygraph.extraction.coder.act import Act
from policygraph.extraction.coder.nouns import nominal
from policygraph.extraction.coder.sharpening import by_means, by_object
from policygraph.extraction.coder.sides import hung, sides
from policygraph.extraction.coder.state import State
from policygraph.extraction.matching import Match
from policygraph.vocabulary import EventType, Modality, ModalityDetail


def direct(state: State, clause: Clause, found: Match) -> Act:
    """The act of a clause that a frame without operator fits."""
    frame, event = found.frame, found.frame.event
    assert event is not None  # noqa: S101 - the loader asks for it where there is no operator
    source, target, spare = sides(state, clause, found)
    if (
        clause.complement is not None
        and frame.operator == ""
        and event in (EventType.REQUEST, EventType.ACCUSE, EventType.THREATEN, EventType.SUPPORT, EventType.REJECT)
    ) or (clause.complement is not None and found.pattern.complement):
        state.consume(clause.complement)
    for index in clause.gerunds.values():
        state.consume(index)
    act = Act(
        event,
        event,
        frame.mode,
        frame,
        clause,
        state.trigger(clause, found),
        source,
        target,
        spare,
        frame.reciprocal,
        contexts=frame.contexts,
        path=(frame.id,),
        weight=found.pattern.weight,
    )
    if event is EventType.PROTEST and clause.lemma == "protest" and all(_is_state(state, np) for np in source):
        act.event = act.base = EventType.ACCUSE
        act.mode = "disapprove"
    if frame.ahead == "always" or (frame.ahead == "present" and not (clause.verb.past or clause.verb.perfect)):
        act.modality, act.detail = Modality.PLANNED, ModalityDetail.SCHEDULED
    if event is EventType.ASSAULT and not any(map(state.is_actor, act.source)):
        act.source = _behind(state, clause) or act.source
    return _sharpened(state, act, clause, found)


def _is_state(state: State, np: NounPhrase) -> bool:
    """Whether a phrase is a government or a country by its name, whose protest is a diplomatic one."""
    sector = state.match.sector(np)
    bare = state.parsed.tokens[np.head].tag == "NNP" and np.last - np.first <= 2
    return sector == "GOV" or (sector is None and bare and any(len(n) == 3 for n in state.names(np)))


def _behind(state: State, clause: Clause) -> list[NounPhrase]:
    """Who is behind violence that a thing does: "a bomb planted by rebels", "killed in a clash between A and B"."""
    for other in state.parsed.clauses:
        if other.link == "reduced" and other.subject and other.subject[0] in clause.subject and "by" in other.preps:
            return other.preps["by"]
    for prep in ("in", "during", "by"):
        for np in clause.preps.get(prep, ())[:1]:
            frame = state.match.noun(np)
            if frame is not None and frame.event is EventType.ASSAULT:
                return next((g for p in ("between", "by") if (g := hung(np, p))), [])
    return []


def _sharpened(state: State, act: Act, clause: Clause, found: Match) -> Act:
    """Take the mode, and for instruments the actor, from a noun: "a suicide bombing killed", "an air raid"."""
    if found.pattern.subjects and clause.subject and (inner := nominal(state, clause.subject[0], clause)) is not None:
        act.source, act.target, act.reciprocal = inner.source, [*inner.target, *act.target], inner.reciprocal
        if not act.source and act.reciprocal and "between" in clause.preps:
            act.source, act.target = clause.preps["between"], []
        return act
    by_object(state, act, clause, found)
    by_means(state, act, clause, found)
    nouns = [n for n in (found.filler, *clause.subject[:1]) if n is not None]
    for np in nouns:
        frame = state.match.noun(np)
        if frame is None or frame.event is not act.event:
            continue
        if frame.mode and (act.mode is None or len(found.pattern.objects or ()) > 8):
            act.mode = frame.mode
        if np is not found.filler and not clause.verb.passive:
            inner = nominal(state, np, clause)
            act.source = inner.source if inner is not None else act.source
            act.spare = [*act.spare, *(inner.spare if inner is not None else [])]
            if inner is not None and not any(map(state.names, act.target)):
                act.target = [*inner.target, *act.target]
    return act
