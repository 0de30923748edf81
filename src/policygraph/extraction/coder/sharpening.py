"""The mode of an act from the words beside it: what is asked for, what is threatened, with what somebody was hurt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policygraph.extraction import modes
from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Clause
from policygraph.extraction.coder.act import Act
from policygraph.extraction.coder.sides import hung
from policygraph.extraction.coder.state import State
from policygraph.extraction.composition import mode_of
from policygraph.extraction.matching import Match
from policygraph.vocabulary import EventType

_ASKING = (EventType.REQUEST, EventType.REJECT)
#: Prepositions behind which stands what is asked for, refused or threatened.
_ABOUT = ("for", "with", "of", "to", "on", "from", "against", "over", "in")
_CARRY = frozenset(("arm", "carry", "wield", "wear", "use"))
_MEANS = ("in", "with", "by", "during", "from")
#: Verbs that change a rule for good or keep to it, where to ease one is to yield.
_OF_RULES = frozenset(
    "scrap repeal withdraw rescind revoke abolish annul amend revise change reverse overturn drop cancel hold "
    "introduce legalise legalize reform raise cut reduce sack dismiss fire replace dissolve implement "
    "respect honour honor uphold observe defend protect promote abide".split()
)
#: What others are asked to do, where no frame reads it.
_ASKED_BY_VERB = {
    **dict.fromkeys(
        "withdraw pull quit vacate evacuate release free lift ease halt stop cease end surrender disarm dismantle "
        "return remove reopen retreat disengage refrain suspend spare unblock restore abandon leave relinquish".split(),
        "yield",
    ),
    **dict.fromkeys(
        "help aid assist send provide supply extradite support recognise recognize join lend give contribute intervene "
        "cooperate deploy finance fund accept admit share rescue back grant participate invest take".split(),
        "assist",
    ),
    **dict.fromkeys("meet negotiate talk attend discuss visit mediate confer reconcile".split(), "meet"),
}
_LAND_VERBS = frozenset("annex occupy seize take retake recapture capture conquer grab reclaim absorb".split())


def governed(state: State, clause: Clause, found: Match, event: EventType, inner: Act | None) -> str | None:
    """The mode of a request, a refusal or a threat from the act it is about, else from the words around."""
    if inner is None:
        return worded(state, clause, event, found.filler) or found.frame.mode
    if event in _ASKING:
        return _wanted(state, clause, event, inner)
    if event is EventType.THREATEN and inner.base in (EventType.COERCE, EventType.ASSAULT):
        taken = inner.clause is not None and inner.clause.verb.lemma in _LAND_VERBS and inner.mode != "abduct"
        if taken and inner.clause is not clause and inner.mode in (None, "seize"):
            return "territory"
    return mode_of(event, inner.base, inner.mode)


def _wanted(state: State, clause: Clause, event: EventType, inner: Act) -> str | None:
    verb = inner.clause.verb.lemma if inner.clause is not None and inner.clause is not clause else ""
    if inner.base in (EventType.REQUEST, EventType.AGREE):
        verbal = inner.clause.objects if verb and inner.clause is not None else []
        noted = [n for g in (*verbal, inner.target, inner.spare) for n in g]
        mode = _by_nouns(state, event, iter(noted)) or inner.mode
        return mode or ("change" if inner.base is EventType.REQUEST else "assist")
    if inner.mode == "resign":
        return "change"
    if inner.base in (EventType.CONCEDE, EventType.SUPPORT) and verb in _OF_RULES:
        return "change"
    if inner.base is EventType.COERCE:
        return "assist" if inner.mode in ("arrest", "seize") else "change"
    return mode_of(event, inner.base, inner.mode) or "change"


def worded(state: State, clause: Clause, event: EventType, filler: NounPhrase | None) -> str | None:
    """The mode that the nouns around a verb of asking, refusing or threatening give."""
    if event not in (*_ASKING, EventType.THREATEN):
        return None
    other = state.parsed.clauses[clause.complement] if clause.complement is not None else None
    if event in _ASKING and other is not None and other.verb.lemma in _ASKED_BY_VERB:
        return _ASKED_BY_VERB[other.verb.lemma]
    if event in _ASKING and other is not None:
        mode = _by_nouns(state, event, (n for g in other.objects for n in g[:1]))
        if mode in ("yield", "meet"):
            return mode
    mode = _by_nouns(state, event, _around(clause, filler))
    if mode is None and event is EventType.THREATEN and other is not None:
        mode = _by_nouns(
            state, event, (n for g in (other.subject, *other.objects, *other.preps.values()) for n in g[:1])
        )
    return mode


def _around(clause: Clause, filler: NounPhrase | None) -> Iterator[NounPhrase]:
    """What is spoken of, the nearest first: the object, what hangs on it, what stands behind prepositions."""
    if filler is not None:
        yield filler
    passive = [clause.subject] if clause.verb.passive else []
    for group in (*clause.objects, *passive):
        for np in group[:1]:
            yield np
            for prep, behind in np.pps:
                if prep in _ABOUT:
                    yield behind[0]
    for prep in _ABOUT:
        yield from clause.preps.get(prep, ())[:2]


def _by_nouns(state: State, event: EventType, nps: Iterator[NounPhrase]) -> str | None:
    for np in nps:
        keys = state.match.keys(np)
        if event is EventType.THREATEN:
            mode = modes.by_words(state.book, "threatened", keys)
        else:
            mode = modes.asked(state.book, event, keys, state.match.noun(np))
        if mode is not None:
            return mode
    return None


def by_topic(state: State, act: Act, np: NounPhrase) -> str | None:
    """The mode of an appeal or a refusal from what hangs on its noun: "a plea for pumps"."""
    if act.event not in _ASKING:
        return act.mode
    return _by_nouns(state, act.event, (n for p in _ABOUT for n in hung(np, p))) or act.mode


def by_object(state: State, act: Act, clause: Clause, found: Match) -> None:
    """The mode that the object gives where the frame has only a general one."""
    if act.event in _ASKING and act.mode in (None, "change"):
        act.mode = worded(state, clause, act.event, found.filler) or act.mode
    elif act.event is EventType.THREATEN and act.mode is None:
        act.mode = worded(state, clause, act.event, found.filler)
    elif act.event is EventType.MOBILIZE:
        moved = clause.subject if clause.verb.passive or not clause.objects else clause.objects[0]
        phrases = [np for np in (found.filler, *moved[:1]) if np is not None]
        act.mode = next(filter(None, (modes.moved(state.book, state.match.keys(np)) for np in phrases)), act.mode)
    elif act.event is EventType.SANCTION and act.mode == "discontinue":
        act.mode = modes.cut(clause.verb.lemma) or act.mode


def _carried(state: State, agents: Sequence[NounPhrase]) -> Iterator[list[NounPhrase]]:
    """What those who attack have with them: "men with knives", "men armed with knives", "carrying knives"."""
    for np in agents:
        yield hung(np, "with")
        for other in state.parsed.clauses:
            if other.link in ("reduced", "relative") and other.verb.lemma in _CARRY and np in other.subject:
                yield from (other.preps.get("with", []), *other.objects)


def by_means(state: State, act: Act, clause: Clause, found: Match) -> None:
    """The mode of an assault from its means: "jets raided", "fired rubber bullets", "killed in a gunbattle"."""
    if act.event is not EventType.ASSAULT:
        return
    agents = clause.preps.get("by", ()) if clause.verb.passive else clause.subject
    patients = [n for g in clause.objects[:1] for n in g[:1]]
    groups = [agents, patients, *(clause.preps.get(p, ())[:2] for p in _MEANS), *_carried(state, agents)]
    for np in (n for group in groups for n in group):
        if np in agents and state.match.sector(np) == "MIL" and act.mode is not None:
            continue
        mode = modes.used(state.book, act.mode, state.match.keys(np))
        if mode is not None:
            act.mode = mode
            return
        frame = state.match.noun(np)
        if np not in agents and np not in patients and frame is not None and frame.event is act.event and frame.mode:
            act.mode = act.mode or frame.mode
            return
