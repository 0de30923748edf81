"""The sides of an act that a verb tells: who acts, whom it concerns, who else stands around.

A passive swaps them, a frame may tell the act from the other side, and forces that are moved
are the actor's own.
"""

from __future__ import annotations

from collections.abc import Callable

from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Clause
from policygraph.extraction.coder.state import State
from policygraph.extraction.matching import Match
from policygraph.extraction.patterns import PREPOSITIONS
from policygraph.plover import WORDS_AGAINST
from policygraph.vocabulary import EventType

#: Prepositions that lead to a recipient, the most telling ones first.
TO_WHOM = (
    "against",
    "on",
    "upon",
    "to",
    "with",
    "at",
    "toward",
    "towards",
    "from",
    "over",
    "in",
    "into",
    "for",
    "of",
    "between",
    "about",
    "by",
)
#: Types whose object is what is moved, given or exchanged, not whom it concerns.
_FILLER_IS_THING = frozenset(
    (EventType.AID, EventType.COOPERATE, EventType.MOBILIZE, EventType.RETREAT, EventType.CONSULT)
)
#: Modes in which the forces moved are the actor's own, so that a passive names the actor: "police were deployed".
_OWN_FORCES = frozenset(("troops", "police", "militia", "weapons", "withdraw", "disarm"))
#: Types whose object names whom it concerns even where it is a thing: "condemned the Israeli raid on Tunis".
_SAYS_TO = frozenset(
    (EventType.ACCUSE, EventType.SUPPORT, EventType.REJECT, EventType.COERCE, EventType.SANCTION, EventType.ASSAULT)
)
_REFLEXIVE = frozenset(("itself", "himself", "herself", "themselves", "themself"))


def sides(state: State, clause: Clause, found: Match) -> tuple[list[NounPhrase], list[NounPhrase], list[NounPhrase]]:
    """Who acts, whom it concerns, and who else may be concerned."""
    passive = clause.verb.passive or (clause.verb.form == "participle" and clause.link in ("reduced", "participial"))
    pattern, frame = found.pattern, found.frame
    passive = passive and not pattern.verb.startswith("be ")
    patient = clause.subject if passive else (clause.objects[0] if clause.objects else [])
    if not patient and pattern.particle in clause.preps:
        patient = clause.preps[pattern.particle]
    agent = clause.preps.get("by", []) if passive else clause.subject
    target = recipients(state, clause, found, patient)
    spare = phrases_around(state, clause, found)
    if passive and not agent and frame.event in (EventType.MOBILIZE, EventType.RETREAT) and frame.mode in _OWN_FORCES:
        agent, target = patient, [np for np in target if np not in patient]
    if frame.source == "object":
        agent, target = target, agent
    elif frame.source in PREPOSITIONS:
        whose = [g for g in _groups(state, clause, found, frame.source, patient) if g]
        agent, target = whose[0] if whose else [], clause.subject
    elif frame.source in ("none", "speaker"):
        agent = []
    return agent, target, spare


def recipients(state: State, clause: Clause, found: Match, patient: list[NounPhrase]) -> list[NounPhrase]:
    """Whom the act concerns: of the places that the frame names, the first with an actor, else with a name."""
    pattern, frame = found.pattern, found.frame
    if frame.target == ("none",):
        return []
    order = [p for p in reversed(pattern.preps) if p not in frame.target]
    order += frame.target or (pattern.preps[::-1] if pattern.preps or pattern.objects else ["object"])
    order += [p for p in pattern.optional if p not in order]
    if frame.event is EventType.ACCUSE and "to" in order and "over" in order:
        order = [*(p for p in order if p != "to"), "to"]
        if any(p in clause.preps and any(map(state.names, clause.preps[p])) for p in ("over", "about", "against")):
            order.remove("to")
    filler = found.filler if frame.event in _FILLER_IS_THING and frame.mode not in ("release", "resign") else None
    if frame.event is EventType.CONSULT and filler is not None and state.is_actor(filler):
        filler = None
    groups = [
        group
        for role in order
        for raw in _groups(state, clause, found, role, patient)
        if raw and (group := [np for np in raw if np is not filler])
    ]
    agents = clause.preps.get("by", []) if clause.verb.passive else clause.subject
    own = frozenset(name for np in agents for name in state.names(np))
    if order[:1] == ["object"] and frame.event in _SAYS_TO and any(_owned(state, np, own) for np in patient):
        return patient
    tests: tuple[Callable[[NounPhrase], object], ...] = (
        state.is_actor,
        lambda np: state.names(np) - own,
        state.names,
    )
    if frame.event is EventType.AGREE:
        tests = (lambda np: state.is_actor(np) and state.names(np) - own, *tests)
    for test in tests:
        for group in groups:
            if any(test(np) for np in group):
                return group
    if not pattern.objects and patient:
        return patient
    return []


def _owned(state: State, np: NounPhrase, own: frozenset[str]) -> bool:
    """Whether words before the head name whose it is: "the Israeli raid", "Chad's plan"."""
    named = any(t.tag == "NNP" for t in state.parsed.tokens[np.first : np.head])
    return named and bool(state.names(np) - own)


def _groups(state: State, clause: Clause, found: Match, role: str, patient: list[NounPhrase]) -> list[list[NounPhrase]]:
    """The groups of phrases that may stand in a role, the nearest first."""
    if role == "object":
        return [[np for np in patient if state.parsed.tokens[np.head].lower not in _REFLEXIVE]]
    if role == "subject":
        return [clause.subject]
    if role == "second":
        return clause.objects[1:2]
    if role == "complement":
        return [state.parsed.clauses[clause.complement].subject] if clause.complement is not None else []
    if role == "possessor":
        return [[found.filler]] if found.filler is not None else [patient]
    near = found.filler or (patient[0] if patient else None)
    return [clause.preps.get(role, []), hung(near, role) if near is not None else []]


def hung(np: NounPhrase, prep: str, depth: int = 0) -> list[NounPhrase]:
    """The noun phrases behind a preposition that hangs on a phrase or on what hangs on it."""
    for word, group in np.pps:
        if word == prep:
            return group
    if depth < 3:
        for _, group in np.pps:
            for inner in group:
                if found := hung(inner, prep, depth + 1):
                    return found
    return []


def phrases_around(state: State, clause: Clause, found: Match | None) -> list[NounPhrase]:
    """Other phrases that may hold the recipient, in order of how telling they are."""
    out: list[NounPhrase] = []
    if found is not None and found.filler is not None and found.frame.event not in _FILLER_IS_THING:
        out.append(found.filler)
    if clause.complement is not None and found is not None and found.frame.event in WORDS_AGAINST:
        other = state.parsed.clauses[clause.complement]
        out += [n for g in (other.subject, *other.objects, *other.preps.values()) for n in g]
    for group in clause.objects:
        out += group
    for prep in [prep for prep in TO_WHOM if prep in clause.preps]:
        if prep != "by" or not clause.verb.passive:
            out += clause.preps[prep]
    for np in [n for g in clause.objects for n in g]:
        for prep, inner in np.pps:
            if prep != "by" or found is None or found.frame.event not in _FILLER_IS_THING:
                out += inner
    for other in state.parsed.clauses[clause.index + 1 : clause.index + 4]:
        described = other.link in ("relative", "reduced") or (clause.objects and clause.complement_kind == "that")
        if other.governor == clause.index and described:
            out += [n for g in (other.subject, *other.objects, *other.preps.values()) for n in g if n not in out]
    if found is not None and found.filler is not None and found.frame.event in _FILLER_IS_THING:
        out.append(found.filler)
    return out
