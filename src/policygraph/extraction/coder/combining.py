"""The acts of one sentence together: texts that say an act, purposes that name whom it concerns."""

from __future__ import annotations

from policygraph.extraction.coder.act import Act
from policygraph.extraction.coder.state import State
from policygraph.plover import WORDS_AGAINST
from policygraph.vocabulary import EventType

#: Verbs and things that carry what is said in a participle.
_WRITES = frozenset("write cable telephone phone fax telegraph speak reply respond react".split())
_DOCUMENTS = frozenset(
    (
        "statement resolution letter declaration communique communiqué message motion petition decree edict law bill "
        "memorandum note telegram cable editorial appeal speech leaflet document order joint_statement text circular"
    ).split()
)
_SAYABLE = frozenset((*WORDS_AGAINST, EventType.SUPPORT, EventType.AGREE, EventType.CONCEDE, EventType.COERCE))


def lend(state: State, act: Act, acts: list[Act]) -> None:
    """ "Went on strike to protest at Sweden's decision": the purpose names whom the act concerns."""
    if act.clause is None or (any(state.names(n) for n in act.target) and act.event is not EventType.PROTEST):
        return
    for other in acts:
        if other is act or other.clause is None:
            continue
        purpose = other.clause.governor == act.clause.index and other.clause.link in ("inf", "participial")
        joined = other.clause.link == "and" and other.event is act.event and other.clause.index > act.clause.index
        if purpose and act.event is EventType.PROTEST and any(state.names(n) for n in other.target):
            act.target = other.target
        if purpose or joined:
            act.spare = [*act.spare, *other.target, *other.spare]


def documents(state: State, acts: list[Act]) -> list[Act]:
    """ "Adopted a resolution condemning Iraq", "wrote to Paris asking for help": what the text says is the act."""
    out = list(acts)
    for inner in acts:
        clause = inner.clause
        if clause is None or clause.governor is None:
            continue
        if clause.verb.form != "gerund" and clause.link not in ("relative", "inf"):
            continue
        outer = state.parsed.clauses[clause.governor]
        document = outer.objects[0][0] if outer.objects else None
        writes = outer.verb.lemma in _WRITES and clause.link == "participial"
        writes = writes and clause.verb.form == "gerund"
        says = document is not None and any(k in _DOCUMENTS for k in state.match.keys(document))
        against = any(a.clause is outer and a.event in WORDS_AGAINST for a in acts)
        if (
            against
            or not (writes or says)
            or outer.verb.passive
            or inner.event not in _SAYABLE
            or clause.chunk - outer.chunk > 8
        ):
            continue
        inner.source, inner.tier = outer.subject, 0
        inner.target = inner.target or [n for n in outer.preps.get("to", []) if state.is_actor(n)]
        inner.raised = True
        out = [a for a in out if a.clause is not outer]
    return out


def merged(acts: list[Act]) -> list[Act]:
    """Without what only unfolds another act: "marched to demand peace", "fired on the crowd, killing two"."""
    main = {a.clause.index: a.event for a in acts if a.clause is not None}
    out = []
    for act in acts:
        clause = act.clause
        outer = main.get(clause.governor) if clause is not None and clause.governor is not None else None
        purpose = outer is EventType.PROTEST and act.event in (*WORDS_AGAINST, EventType.PROTEST)
        result = outer is EventType.ASSAULT and act.event is EventType.ASSAULT
        hangs = clause is not None and (
            clause.link == "inf" or (clause.link == "participial" and act.clause is not None)
        )
        if not (hangs and clause is not None and clause.verb.form in ("infinitive", "gerund") and (purpose or result)):
            out.append(act)
    return out


def stand_back(acts: list[Act]) -> None:
    """A meeting of unnamed parties is not the main act where another one is told as well, nor a march to an attack."""
    for act in acts:
        if act.event is EventType.MOBILIZE and any(
            a.event is EventType.ASSAULT and a.clause is not None and a.clause.link == "and" and a.tier == 0
            for a in acts
        ):
            act.tier = max(act.tier, 1)
        alone = act.event is EventType.CONSULT and not act.target and len(act.source) < 2 and act.mode is None
        if alone and any(a.tier == 0 and a is not act and a.event is not EventType.CONSULT for a in acts):
            act.tier = max(act.tier, 1)
