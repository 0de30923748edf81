"""Second readings: clauses for which no frame fits whole, when a sentence would stay without a main act.

A frame may fit but for the words of its object ("truck sorghum to villages"), an unlisted verb may
carry a noun that names an act ("sped up the withdrawal"), or an act may be the subject of whatever
follows ("the march passed off quietly"). What is read here is a guess and stays below the gate.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Clause
from policygraph.extraction.frames import Frame
from policygraph.extraction.matching import Match
from policygraph.extraction.patterns import Pattern
from policygraph.vocabulary import EventType

if TYPE_CHECKING:
    from policygraph.extraction.coder import Act, SentenceCoder

#: Verbs that mean little without their object, so that nothing follows from the verb alone.
_LIGHT = frozenset(
    (
        "make have give take put get go come be do set bring keep hold turn show leave see find call say run lay "
        "pass raise place order cut draw open close issue mark move stand stay fall return throw work build play "
        "begin start end express lose confirm reach voice lead join win face offer file seek want need"
    ).split()
)
_MARGINS = ("root", "and", "that")
#: Prepositions behind which a noun may name the act of the clause.
_ACT_PREPS = ("with", "in", "on", "into", "to", "for", "under", "at", "from", "through")


def guess(coder: SentenceCoder, clause: Clause) -> Act | None:
    """What a clause may report when no frame fits it, None when nothing hints at an act."""
    act = _by_subject(coder, clause) or _relaxed(coder, clause) or _by_noun(coder, clause) or _refusal(coder, clause)
    if act is not None:
        act.guessed = True
    return act


def _relaxed(coder: SentenceCoder, clause: Clause) -> Act | None:
    """A frame of the verb whose object is of another kind than the frame names."""
    patient = (clause.subject if clause.verb.passive else clause.objects[0] if clause.objects else [])[:1]
    people = coder.match.sector(patient[0]) is not None if patient else None
    found: list[tuple[int, int, Pattern, Frame]] = []
    for n, (pattern, frame) in enumerate(coder.book.verbs.get(clause.lemma, ())):
        if frame.operator or frame.event is None or (clause.lemma in _LIGHT and not pattern.particle):
            continue
        if pattern.objects is None or not coder.match.fits_loosely(pattern, frame, clause):
            continue
        if people is not None and people is not any(w in coder.book.sectors for w in pattern.objects):
            continue
        named = any(coder.names(np) for p in (*pattern.optional, *pattern.preps) for np in clause.preps.get(p, ()))
        found.append((2 * (len(pattern.objects) < 3) + (not named), n, pattern, frame))
    if not found or not (clause.objects or clause.verb.passive):
        return None
    best = min(f[0] for f in found)
    common = Counter(f[3].event for f in found if f[0] == best).most_common(1)[0][0]
    _, _, pattern, frame = min((f for f in found if f[3].event is common), key=lambda f: f[:2])
    return coder.direct(clause, Match(pattern, frame, patient[0] if patient else None))


def last_resort(coder: SentenceCoder) -> Act | None:
    """One act for a sentence that has none: from a noun that names one, else from a verb of the frames."""
    near = [(c, [n for g in (c.subject, *c.objects) for n in g]) for c in coder.parsed.clauses]
    far = [(c, [n for g in c.preps.values() for n in g]) for c in coder.parsed.clauses]
    return _by_any_noun(coder, near) or _by_any_verb(coder) or _by_any_noun(coder, far)


def _by_any_noun(coder: SentenceCoder, places: list[tuple[Clause, list[NounPhrase]]]) -> Act | None:
    for clause, nps in places:
        for np in nps:
            inside = [np, *(n for _, g in np.pps for n in g)]
            act = next((a for n in inside if (a := coder.nominal(n, clause)) is not None), None)
            if act is not None:
                if clause.subject and np not in clause.subject:
                    act.source = clause.subject
                return _resorted(coder, act, clause)
    return None


def _by_any_verb(coder: SentenceCoder) -> Act | None:
    for clause in coder.parsed.clauses:
        frames = [
            (p, f)
            for p, f in coder.book.verbs.get(clause.verb.lemma, ())
            if f.event is not None and not f.operator and not p.particle
        ]
        if frames and clause.verb.lemma not in _LIGHT:
            common = Counter(f.event for _, f in frames).most_common(1)[0][0]
            pattern, frame = next((p, f) for p, f in frames if f.event is common)
            return _resorted(coder, coder.direct(clause, Match(pattern, frame, None)), clause)
    return None


def _resorted(coder: SentenceCoder, act: Act, clause: Clause) -> Act:
    act.guessed, act.nominal = True, False
    act.spare = [*act.spare, *coder.around(clause), *clause.subject]
    return act


def _by_subject(coder: SentenceCoder, clause: Clause) -> Act | None:
    """The act that the subject names, or the agent of a passive: "was crippled by a stoppage"."""
    agents = clause.preps.get("by", []) if clause.verb.passive else []
    for np in [*clause.subject[:1], *agents[:1]]:
        if not coder.is_actor(np) and (act := coder.nominal(np, clause)) is not None:
            act.nominal = False
            act.spare = [*act.spare, *coder.around(clause), *clause.subject]
            return act
    return None


def _by_noun(coder: SentenceCoder, clause: Clause) -> Act | None:
    """The act that the object or a phrase behind a preposition names."""
    groups: list[list[NounPhrase]] = [*clause.objects, *(clause.preps[p] for p in _ACT_PREPS if p in clause.preps)]
    for group in groups:
        for np in group[:1]:
            act = coder.nominal(np, clause)
            if act is not None and clause.subject and coder.is_actor(clause.subject[0]):
                act.source, act.nominal = clause.subject, False
                act.spare = [*act.spare, *coder.around(clause)]
                return act
    return None


def _refusal(coder: SentenceCoder, clause: Clause) -> Act | None:
    """ "Will not devalue": what a government announces not to do, it refuses."""
    verb = clause.verb
    refuses = verb.negated and verb.modal in ("will", "wo", "would", "shall")
    if not refuses or clause.link not in _MARGINS or not clause.subject or not coder.is_actor(clause.subject[0]):
        return None
    frame = coder.book.frames["reject"]
    act = coder.direct(clause, Match(Pattern(clause.lemma), frame, None))
    act.event = act.base = EventType.REJECT
    act.refused = True
    return act
