"""Deeds that a noun tells as facts: "condemned the killing of two Peruvians", "after the raid on Chad"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Clause
from policygraph.extraction.coder.act import Act
from policygraph.extraction.coder.nouns import nominal
from policygraph.extraction.coder.state import State
from policygraph.plover import DEEDS
from policygraph.vocabulary import EventType, Modality

#: Who praises, blames or regrets a deed takes it as done.
_TAKEN_AS_DONE = frozenset((EventType.ACCUSE, EventType.SUPPORT, EventType.CONCEDE))
_DONE = (*DEEDS, EventType.AID, EventType.COOPERATE, EventType.RETREAT)
_BEHIND = ("after", "since", "following", "despite", "because of", "over", "in response to", "in protest at", "for")
_NAMING = ("of", "on", "by", "against", "to", "from", "with", "between")
#: Words that leave open whether a deed was done.
_OPEN = frozenset(
    "any no more further possible alleged planned proposed threatened expected suspected future a an such new".split()
)
_SIGNED = frozenset(("ratification", "signing", "signature", "recognition"))
_MONTHS = frozenset("january february march april may june july august september october november december".split())
_FINITE = ("finite", "base")


def facts(state: State, acts: Sequence[Act]) -> Iterator[Act]:
    """Deeds named beside the verbs of a sentence that take them as done, if they name who did or suffered them."""
    sides = (np for act in acts for np in (*act.source, *act.target))
    taken = {np.head for np in sides if state.is_actor(np)} | {a.trigger[1] - 1 for a in acts}
    for clause in state.parsed.clauses:
        if clause.verb.form != "finite" or clause.verb.modality[0] is not Modality.ASSERTED or clause.verb.negated:
            continue
        for np in _places(clause, acts):
            act = nominal(state, np, clause) if _is_definite(state, np) and np.head not in taken else None
            signed = state.parsed.tokens[np.head].lemma in _SIGNED
            if act is None or not (act.event in _DONE or signed) or act.reciprocal:
                continue
            if any(state.names(n) for p, group in np.pps if p in _NAMING for n in group):
                act.retold, act.tier = True, 2
                yield act


def _places(clause: Clause, acts: Sequence[Act]) -> Iterator[NounPhrase]:
    if any(a.clause is clause and a.event in _TAKEN_AS_DONE and not a.negated for a in acts):
        for group in (*clause.objects[:1], *(clause.preps[p] for p in ("for", "over", "at") if p in clause.preps)):
            yield from group
    for prep in [p for p in _BEHIND[:-1] if p in clause.preps]:
        yield from clause.preps[prep]


def _is_definite(state: State, np: NounPhrase) -> bool:
    words = [t.lower for t in state.parsed.tokens[np.first : np.head]]
    first = state.parsed.tokens[np.first]
    return bool(words) and (first.lower == "the" or first.tag in ("PRP$", "NNP")) and not _OPEN & set(words)


def headline(state: State) -> Act | None:
    """The deed of a sentence without a verb, as chronologies and lists have them: "Visit by the premier to Oslo."."""
    if any(c.verb.form in _FINITE and c.link != "relative" for c in state.parsed.clauses):
        return None
    chunks, tokens = state.parsed.chunks, state.parsed.tokens
    dated = chunks[0].kind == "TM" or tokens[0].lower in _MONTHS
    for chunk in chunks[1:] if dated else chunks:
        if chunk.np is not None:
            if not dated and tokens[chunk.first].lower in ("a", "an", "no"):
                return None
            act = nominal(state, chunk.np, None)
            if act is not None:
                act.nominal = False
                behind = [chunks[k + 1].np for k in range(len(chunks) - 1) if chunks[k].word == "by"]
                if not any(map(state.names, act.source)):
                    act.source = [np for np in behind if np is not None and state.is_actor(np)] or act.source
            return act
        if chunk.kind not in ("TM", ":", "RB", ",", "Q"):
            return None
    return None
