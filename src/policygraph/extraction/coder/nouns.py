"""Acts that a noun names: "the attack on", "talks began", "is on a visit to"."""

from __future__ import annotations

from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Clause
from policygraph.extraction.coder.act import Act
from policygraph.extraction.coder.sharpening import by_topic
from policygraph.extraction.coder.sides import TO_WHOM, hung, phrases_around
from policygraph.extraction.coder.state import State
from policygraph.extraction.composition import compose, mode_of
from policygraph.plover import WORDS_AGAINST
from policygraph.vocabulary import EventType

#: Types whose noun takes the one who acts with "of": the march of the miners, the dispatch of troops.
_OF_IS_SOURCE = frozenset((EventType.PROTEST, EventType.MOBILIZE, EventType.CONSULT))
#: Modes whose noun takes so who gives way: the withdrawal of the army, where the release of prisoners is theirs to get.
_OWN_DEEDS = frozenset(("withdraw", "disarm", "resign"))
#: What an act that is the subject may do and still be the act.
_CEASE = frozenset(("cease", "halt", "subside"))
#: Acts that end for good when they are told to end, where talks that end have been held.
_END = frozenset(("end", "stop"))
_ENDED = (EventType.COERCE, EventType.ASSAULT, EventType.SANCTION)
#: What a message does that comes to somebody.
_COME = frozenset(("reach", "arrive"))
_WORDS = frozenset((*WORDS_AGAINST, EventType.SUPPORT, EventType.AGREE, EventType.CONCEDE, EventType.AID))
_HAPPEN = frozenset(
    (
        "draw attract gather paralyse paralyze cripple rock shake enter begin start occur "
        "open take resume continue erupt end break follow hold happen conclude kill leave "
        "cease halt subside double grow"
    ).split()
)


def nominal(state: State, np: NounPhrase, clause: Clause | None) -> Act | None:
    """The act that a noun phrase names, with the participants that stand around the noun."""
    frame = state.match.noun(np)
    if frame is None or frame.event is None or frame.operator:
        return None
    core = state.match.core(np)
    source = hung(core, "by")
    target: list[NounPhrase] = []
    for prep in (
        *[p for p in frame.target if p in TO_WHOM],
        "against",
        "on",
        "with",
        "to",
        "upon",
        "toward",
        "between",
    ):
        group = hung(core, prep)
        if group and any(state.is_actor(n) or (prep in ("on", "against") and state.names(n)) for n in group):
            target = group
            break
    spare = [n for p in ("of", "from", "in", "for", "over", "at", "into") for n in hung(core, p)]
    own = [core] if core.head > core.first else []
    if not source and (frame.event in _OF_IS_SOURCE or frame.mode in _OWN_DEEDS):
        source = [n for n in hung(core, "of") if state.is_actor(n)]
    act = Act(
        frame.event,
        frame.event,
        frame.mode,
        frame,
        clause,
        (np.head, np.head + 1),
        source or own,
        target,
        spare,
        frame.reciprocal,
        contexts=frame.contexts,
        path=(frame.id,),
        nominal=True,
    )
    if frame.reciprocal and "between" in [p for p, _ in core.pps]:
        act.source, act.target = hung(core, "between"), []
    return act


def by_subject_noun(state: State, clause: Clause) -> Act | None:
    """Without a frame for the verb: "talks began", "an attack killed" through a noun as subject."""
    verb = clause.verb.lemma
    if verb in (*_HAPPEN, *_COME) and clause.subject:
        act = nominal(state, clause.subject[0], clause)
        if act is not None and verb in _COME and act.event in _WORDS:
            return _sent(state, act, clause)
        if act is not None and (verb in _CEASE or (verb in _END and act.base in _ENDED)):
            event = compose("stop", act.base)
            if event is None:
                return None
            act.event = act.base = event
            act.mode = "ceasefire" if event is EventType.RETREAT else mode_of(event, act.base, None)
        if act is not None:
            act.trigger = state.trigger(clause, None)
            act.nominal, act.alone = False, True
            act.spare = [*act.spare, *phrases_around(state, clause, None)]
        return act
    return None


def _sent(state: State, act: Act, clause: Clause) -> Act | None:
    """ "A plea from Laos reached the Thai government": words on their way from one to the other."""
    (np,) = clause.subject[:1]
    act.source = hung(np, "from") or clause.preps.get("from", []) or act.source
    act.target = clause.objects[0] if clause.objects else clause.preps.get("in", act.target)
    act.mode = by_topic(state, act, np)
    act.nominal = False
    return act


def by_predicate(state: State, clause: Clause) -> Act | None:
    """ "Is on a visit to", "went on strike", "came under attack": a state that names the act."""
    if clause.verb.lemma not in ("be", "go", "remain", "stay", "come", "get") or not clause.subject:
        return None
    for prep in ("on", "in", "at", "under"):
        for np in clause.preps.get(prep, ())[:1]:
            act = nominal(state, np, clause)
            if act is None:
                continue
            act.nominal = False
            if prep == "under":
                act.source, act.target = hung(np, "by") or hung(np, "from"), clause.subject
            else:
                act.source = clause.subject
            act.spare = [*act.spare, *phrases_around(state, clause, None)]
            return act
    return None
