"""Verbs that work on another act: to promise aid, to refuse it, to end it, to say so."""

from __future__ import annotations

from collections.abc import Callable

from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Clause
from policygraph.extraction.coder.act import Act
from policygraph.extraction.coder.nouns import nominal
from policygraph.extraction.coder.sharpening import governed
from policygraph.extraction.coder.sides import hung, phrases_around, recipients, sides
from policygraph.extraction.coder.speakers import OWN_WILL
from policygraph.extraction.coder.state import State
from policygraph.extraction.composition import compose
from policygraph.extraction.matching import Match
from policygraph.vocabulary import EventType, Modality, ModalityDetail

#: Who expects things of others without asking for them.
_ONLOOKERS = frozenset(
    "analyst economist expert observer trader diplomat commentator resident broker investor forecaster dealer "
    "historian banker many most few nobody everybody".split()
)
_ADDRESSED = frozenset(("demand", "want", "advise", "accept", "reject", "welcome", "condemn"))
_TELLING = frozenset("comment say elaborate identify name specify speculate explain tell answer reply".split())
_PUT_TO_OTHERS = (EventType.REQUEST, EventType.AGREE, EventType.THREATEN)


def _content(state: State, clause: Clause, found: Match, act_of: Callable[[Clause], Act | None]) -> Act | None:
    """The act that an operator governs."""
    operator = found.frame.operator
    if operator != "light" and clause.complement is not None:
        other = state.parsed.clauses[clause.complement]
        inner = act_of(other)
        if inner is not None:
            return inner
    for prep in ("to", "from", "of", "on", "in", "for", "against", "with", "by", "at", "into", "about", "as"):
        if (
            operator != "light"
            and prep in clause.gerunds
            and (inner := act_of(state.parsed.clauses[clause.gerunds[prep]])) is not None
        ):
            return inner
    if operator in ("say", "deny"):
        return None
    passive = clause.verb.passive or clause.verb.form == "participle"
    groups = [clause.subject] if passive else clause.objects
    if operator == "stop" and found.filler is not None:
        groups = [*(hung(found.filler, p) for p in ("of", "to", "in", "on")), *groups]
    groups = [*groups, *(clause.preps[p] for p in found.pattern.preps if p in clause.preps)]
    if found.pattern.particle in clause.preps:
        groups.append(clause.preps[found.pattern.particle])
    if clause.verb.lemma in ("agree", "say", "move", "turn"):
        groups += [clause.preps[p] for p in ("to", "on", "upon") if p in clause.preps]
    for group in groups:
        for np in group:
            if (inner := nominal(state, np, clause)) is not None:
                return inner
    return None


def _is_another(state: State, clause: Clause, found: Match) -> bool:
    """Whether the words mean another thing: a claim insisted on, a refusal to comment, the plan of others endorsed."""
    operator = found.frame.operator
    if operator == "demand":
        return clause.lemma == "insist" and _holds_true(state, clause)
    if operator == "refuse" and clause.complement is not None:
        return state.parsed.clauses[clause.complement].verb.lemma in _TELLING
    return operator == "commit" and found.filler is not None and _of_others(state, clause, found.filler)


def operate(state: State, clause: Clause, found: Match, act_of: Callable[[Clause], Act | None]) -> Act | None:
    """The act that comes of an operator and the act it governs; `act_of` reads the clause of that one."""
    operator = found.frame.operator
    if _is_another(state, clause, found):
        return None
    inner = _content(state, clause, found, act_of)
    if clause.lemma == "expect" and operator in ("demand", "plan") and _look_on(state, clause):
        if inner is not None:
            inner.modality, inner.path = Modality.HYPOTHETICAL, (found.frame.id, *inner.path)
        return inner
    if operator == "deny":
        if inner is not None:
            inner.negated, inner.path = True, (found.frame.id, *inner.path)
            return _said(state, clause, found, inner)
        return None
    if operator in ("say", "transparent", "light", "provide", "impose"):
        return _pass_on(state, clause, found, inner)
    if operator == "plan" and clause.lemma == "want" and clause.objects:
        return _asked(state, clause, found, inner)
    event = compose(found.frame.compose or operator, inner.base if inner else None)
    if event is EventType.THREATEN and operator == "commit" and _is_friendly(state, clause, inner):
        event = EventType.AGREE
    if event is None or (inner is None and not _stands_alone(state, clause, found)):
        return None
    if inner is None and found.frame.event is not None:
        event = found.frame.event
    if inner is not None and inner.clause is not None and inner.clause is not clause:
        state.consume(inner.clause.index)
    elif clause.complement is not None:
        state.consume(clause.complement)
    source, target, spare = _operator_sides(state, clause, found, inner)
    mode = governed(state, clause, found, event, inner)
    base = inner.base if inner is not None and operator == "plan" else event
    act = Act(
        event,
        base,
        mode,
        found.frame,
        clause,
        state.trigger(clause, found),
        source,
        target,
        spare,
        contexts=(*found.frame.contexts, *(inner.contexts if inner else ())),
        path=(found.frame.id, *(inner.path if inner else ())),
        weight=found.pattern.weight,
    )
    act.reciprocal = bool(inner and inner.reciprocal and not target)
    if operator == "plan":
        act.modality, act.detail = Modality.PLANNED, ModalityDetail.INTENDED
        act.mode = inner.mode if inner else None
    if inner is not None and _denied(inner) and event in (EventType.AGREE, EventType.THREATEN):
        act.event = act.base = EventType.REJECT if event is EventType.AGREE else EventType.AGREE
        act.mode = None
    return act


def _asked(state: State, clause: Clause, found: Match, inner: Act | None) -> Act | None:
    """ "Wants the fine to be waived", "wants the blockade lifted": what others are to do is asked of them."""
    if inner is None:
        return None
    if inner.clause is not None and inner.clause is not clause:
        state.consume(inner.clause.index)
    own = {id(np) for np in clause.subject}
    whom = [np for np in (*inner.source, *inner.target) if id(np) not in own and state.is_actor(np)]
    mode, path = governed(state, clause, found, EventType.REQUEST, inner), (found.frame.id, *inner.path)
    return Act(
        EventType.REQUEST, EventType.REQUEST, mode, found.frame, clause, state.trigger(clause, found), clause.subject,
        whom, [*inner.spare, *phrases_around(state, clause, found)], path=path, weight=found.pattern.weight,
    )  # fmt: skip


def _holds_true(state: State, clause: Clause) -> bool:
    """Whether "insist" asserts ("insists that the mine was old") and does not demand ("that troops leave")."""
    if clause.complement is None or clause.complement_kind not in ("that", "zero"):
        return False
    verb = state.parsed.clauses[clause.complement].verb
    return verb.form == "finite" and (verb.past or verb.perfect or verb.modal in OWN_WILL)


def _look_on(state: State, clause: Clause) -> bool:
    """Whether those who expect something only watch: "analysts expect Chad to back down"."""
    return any(state.parsed.tokens[np.head].lower.removesuffix("s") in _ONLOOKERS for np in clause.subject)


def _is_friendly(state: State, clause: Clause, inner: Act | None) -> bool:
    """Two that agree to patrol do it together; and what is offered by its name ("lower tariffs") is no threat."""
    if inner is None:
        return False
    parties = {name for np in clause.subject for name in state.names(np) if len(name) == 3}
    together = inner.base is EventType.MOBILIZE and len(parties) > 1
    return (clause.lemma == "agree" and together) or clause.lemma == "offer"


def _denied(inner: Act) -> bool:
    """Whether the act is promised or threatened not to be done: "vowed not to attack"."""
    return inner.negated or (inner.clause is not None and not inner.nominal and inner.clause.verb.negated)


def _stands_alone(state: State, clause: Clause, found: Match) -> bool:
    """Whether an operator says something when the act it governs is not known."""
    if found.frame.operator == "plan":
        return clause.complement is not None and sum(state.is_actor(np) for np in clause.subject) > 1
    said = found.frame.operator == "commit" and clause.complement_kind in ("that", "zero", "whether")
    if said and not any(len(name) == 3 for np in clause.subject for name in state.names(np)):
        return False
    return found.frame.event is not None


def _of_others(state: State, clause: Clause, plan: NounPhrase) -> bool:
    """Whether a plan that somebody approves is another's: "endorsed the Peruvian plan"."""
    frame = state.match.noun(plan)
    if frame is not None and frame.event is not EventType.AGREE:
        return False
    own = frozenset(name for np in clause.subject for name in state.names(np))
    return any(state.names(np) - own for np in (plan, *hung(plan, "of"), *hung(plan, "by")))


def _asking(state: State, clause: Clause) -> list[NounPhrase]:
    """Whose call, offer or plan is refused: "rejected a French call to withdraw from Mali"."""
    own = frozenset(name for np in clause.subject for name in state.names(np))
    for np in (clause.subject if clause.verb.passive else [n for g in clause.objects for n in g])[:1]:
        frame = state.match.noun(np)
        if frame is not None and frame.event in _PUT_TO_OTHERS:
            groups = [hung(np, "by"), hung(np, "from"), hung(np, "of"), [np]]
            return next((g for g in groups if any(state.names(n) - own for n in g)), [])
    return []


def _operator_sides(
    state: State, clause: Clause, found: Match, inner: Act | None
) -> tuple[list[NounPhrase], list[NounPhrase], list[NounPhrase]]:
    source, target, spare = sides(state, clause, found)
    explicit = [np for np in target if state.is_actor(np)]
    operator = found.frame.operator
    if explicit and (operator in _ADDRESSED or (operator == "commit" and found.pattern.no_thing)):
        return source, explicit, spare
    if operator == "refuse" and (asking := _asking(state, clause)):
        return source, asking, spare
    if inner is None:
        if clause.complement is not None:
            other = state.parsed.clauses[clause.complement]
            more = [np for np in other.subject if np not in source]
            more += [np for g in other.objects for np in g] + phrases_around(state, other, None)
            deeper = [c for c in state.parsed.clauses if c.governor == other.index and c.link in ("inf", "that")]
            more += [np for c in deeper for g in (*c.objects, *c.preps.values()) for np in g]
            return source, explicit, [*more, *spare]
        return source, explicit, spare
    outer = {id(np) for np in source}
    other_source = [np for np in inner.source if id(np) not in outer]
    if operator in ("demand", "want", "advise", "condemn", "welcome", "accept", "reject") and other_source:
        return source, other_source, [*inner.target, *inner.spare, *spare]
    if inner.nominal and operator in ("refuse", "cancel") and (whose := [n for n in other_source if state.names(n)]):
        return source, whose, [*inner.target, *inner.spare, *spare]
    target = [np for np in inner.target if id(np) not in outer] or explicit
    return source, target, [*inner.spare, *other_source, *spare]


def _pass_on(state: State, clause: Clause, found: Match, inner: Act | None) -> Act | None:
    """Verbs that add who says or begins it, or that only carry the noun: the act is the inner one."""
    operator = found.frame.operator
    if inner is None:
        return None
    act = inner
    if operator == "say":
        return _said(state, clause, found, act)
    if inner.clause is not None and inner.clause is not clause:
        state.consumed.add(inner.clause.index)
    agent = clause.preps.get("by", []) if clause.verb.passive else clause.subject
    if inner.nominal:
        act.source = agent or act.source
        act.target = act.target or recipients(state, clause, found, [])
        act.spare = [*act.spare, *phrases_around(state, clause, found)]
        act.nominal = False
        act.trigger = state.trigger(clause, Match(found.pattern, found.frame, found.filler or _object(clause)))
    elif operator == "transparent" and agent and not act.source:
        act.source = agent
    act.clause = clause
    act.path = (found.frame.id, *act.path)
    return act


def _said(state: State, clause: Clause, found: Match, act: Act) -> Act:
    """What a speaker says: an order to others, a promise, a refusal or plain report."""
    state.consumed.add(clause.index)
    speaker = clause.preps.get("by", []) if clause.verb.passive else clause.subject
    inner = act.clause
    if act.nominal:
        act.source = speaker or act.source
        act.target = act.target or []
        act.spare = [*act.spare, *phrases_around(state, clause, found)]
        act.nominal = False
        act.clause = clause
        act.trigger = state.trigger(clause, Match(found.pattern, found.frame, found.filler or _object(clause)))
    elif not act.speaker:
        act.speaker, act.speech = speaker, clause
        if inner is not None:
            state.consumed.add(inner.index)
    act.path = (found.frame.id, *act.path)
    return act


def _object(clause: Clause) -> NounPhrase | None:
    return clause.objects[0][0] if clause.objects else None
