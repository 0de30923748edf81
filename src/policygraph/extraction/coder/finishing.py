"""What rank, modality and negation of its clause make of an act."""

from __future__ import annotations

from policygraph.extraction.clauses import Clause
from policygraph.extraction.coder.act import Act
from policygraph.extraction.coder.speakers import OWN_WILL, addressed, blamed, judged, must, ordered, trailing_speaker
from policygraph.extraction.coder.state import State
from policygraph.extraction.composition import compose, mode_of
from policygraph.plover import COOPERATION, YIELDING
from policygraph.vocabulary import EventType, Modality, ModalityDetail

_NOBODY = frozenset(("no", "neither", "nobody", "none", "nothing"))
#: Verbs of letting in, whose negation is a refusal.
_LETS = frozenset(("allow", "let", "permit", "grant", "admit", "give", "issue"))
_MUST = frozenset(("must", "should", "ought", "have to"))
_TIERS = {
    "root": 0,
    "and": 0,
    "that": 0,
    "attribution": 0,
    "participial": 1,
    "inf": 1,
    "relative": 2,
    "reduced": 2,
    "adverbial": 2,
    "ger": 2,
    "condition": 3,
}


def finish(state: State, act: Act) -> None:
    """Settle rank, modality and negation of an act, and what they make of its type."""
    clause = act.clause
    if clause is None:
        return
    act.tier = 0 if act.raised else _TIERS.get(clause.link, 1)
    if act.speech is not None:
        act.tier = _TIERS.get(act.speech.link, 1)
    trailing_speaker(state, act)
    blamed(state, act)
    ordered(state, act)
    judged(state, act)
    _announced(state, act, clause)
    _between(act, clause)
    if act.event is EventType.THREATEN:
        conditions = [c for c in state.parsed.clauses if c.link == "condition" and c.index > clause.index]
        act.spare = [*(np for c in conditions for np in c.subject), *act.spare]
    verb = clause.verb
    act.suffered = verb.passive and verb.form == "finite" and _stands_beside(state, clause)
    modality, detail = verb.modality
    act.negated = act.negated or verb.negated or _negative_subject(state, act, clause)
    if act.modality is Modality.ASSERTED:
        act.modality, act.detail = modality, detail or act.detail
        if clause.link == "inf" and verb.form == "infinitive" and not act.raised and _open(state, act, clause):
            # "Efforts to meet", "the decision to expel": an aim, which may have been missed.
            act.modality, act.detail = Modality.PLANNED, ModalityDetail.INTENDED
    if act.modality is Modality.PLANNED and _unless(state, clause):
        act.mode = mode_of(EventType.THREATEN, act.base, act.mode)
        act.event, act.base, act.modality, act.negated = (
            EventType.THREATEN,
            EventType.THREATEN,
            Modality.ASSERTED,
            False,
        )
    if _is_said_of_it(state, clause):
        act.source, act.modality, act.detail = [], Modality.HYPOTHETICAL, None
    if clause.link == "condition":
        act.modality, act.detail = Modality.HYPOTHETICAL, ModalityDetail.CONDITIONAL
    if verb.modal in _MUST:
        must(act)
    elif verb.ceased or _ceased_before(state, clause):
        _ceased(act)
    elif act.refused:
        act.negated, act.modality = False, Modality.ASSERTED
    elif act.negated and act.mode == "access" and verb.lemma in _LETS and act.modality is Modality.ASSERTED:
        act.event, act.base, act.mode, act.negated = EventType.REJECT, EventType.REJECT, "yield", False
    elif verb.modal in OWN_WILL and act.negated and act.event in (*COOPERATION, *YIELDING):
        act.mode = mode_of(EventType.REJECT, act.base, act.mode)
        act.event = act.base = EventType.REJECT
        act.negated, act.modality = False, Modality.ASSERTED


def _between(act: Act, clause: Clause) -> None:
    """ "Agreement was reached between A and B": the parties of a common act that no subject names."""
    common = act.frame.reciprocal or act.event in (EventType.AGREE, EventType.SUPPORT)
    if common and not act.source and "between" in clause.preps:
        act.source, act.target, act.reciprocal = clause.preps["between"], [], True


def _announced(state: State, act: Act, clause: Clause) -> None:
    """ "X said the curfew would be lifted": who says what will be done without naming a doer will do it."""
    if not act.speaker or clause.verb.modal not in OWN_WILL:
        return
    if act.speech is not None and not any(map(state.names, act.target)):
        act.target = addressed(state, act.speech) or act.target
    if not act.source or (act.nominal and not any(map(state.names, act.source))):
        act.source, act.speaker = act.speaker, []


#: Verbs of wishing and trying that no frame composes.
_WISHES = frozenset(
    "prefer like love wait long yearn strive struggle fight compete campaign wrestle qualify queue wish tempt ponder "
    "hesitate negotiate pray persuade convince".split()
)


def _open(state: State, act: Act, clause: Clause) -> bool:
    """Whether an infinitive tells an aim that may have been missed: of nobody, of a wish, of what would be done."""
    if not act.source or clause.governor is None:
        return not act.source
    governor = state.parsed.clauses[clause.governor]
    return governor.lemma in _WISHES or governor.verb.modality[0] is not Modality.ASSERTED


def _is_said_of_it(state: State, clause: Clause) -> bool:
    """ "It is essential to examine …": nobody does it yet."""
    if clause.link != "inf" or clause.governor is None:
        return False
    governor = state.parsed.clauses[clause.governor]
    tokens = state.parsed.tokens
    return governor.lemma.startswith("be ") and any(tokens[np.head].lower == "it" for np in governor.subject)


def _stands_beside(state: State, clause: Clause) -> bool:
    """Whether no other verb stands between a verb and its subject, which could be another one's then."""
    if not clause.subject:
        return False
    between = range(clause.subject[-1].chunk + 1, clause.chunk)
    return all(state.parsed.chunks[k].kind in ("P", "NP", "RB", "TM", "CC") for k in between)


def _ceased_before(state: State, clause: Clause) -> bool:
    """Whether "no longer" stands before the verb group."""
    first = state.parsed.chunks[clause.chunk].first
    return first > 1 and state.parsed.tokens[first - 2].lemma == "no longer"


def _ceased(act: Act) -> None:
    """ "No longer sells", "will no longer attend": the end of the act, or its refusal."""
    act.negated = False
    refuses = act.clause is not None and act.clause.verb.modal in OWN_WILL
    event = compose("refuse" if refuses else "stop", act.base)
    if event is not None:
        act.mode = mode_of(event, act.base, act.mode)
        act.event, act.base, act.modality = event, event, Modality.ASSERTED


def _unless(state: State, clause: Clause) -> bool:
    """ "will … unless …": an announcement under a condition is a threat."""
    chunks = state.parsed.chunks[clause.chunk : clause.chunk + 25]
    return any(c.kind == "SB" and c.word == "unless" for c in chunks)


def _negative_subject(state: State, act: Act, clause: Clause) -> bool:
    tokens = state.parsed.tokens
    groups = [clause.subject, *([] if act.frame.operator == "refuse" else clause.objects[:1])]
    return any(tokens[np.first].lower in _NOBODY for g in groups for np in g)
