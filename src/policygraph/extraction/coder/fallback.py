"""Second readings: clauses for which no frame fits whole, when a sentence would stay without a main act.

A frame may fit but for the words of its object ("truck sorghum to villages"), an unlisted verb may
carry a noun that names an act ("sped up the withdrawal"), or an act may be the subject of whatever
follows ("the march passed off quietly"). What is read here is a guess and stays below the gate.
"""

from __future__ import annotations

from collections import Counter

from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Clause
from policygraph.extraction.coder.act import Act
from policygraph.extraction.coder.nouns import nominal
from policygraph.extraction.coder.sides import phrases_around
from policygraph.extraction.coder.state import State
from policygraph.extraction.coder.verbs import direct
from policygraph.extraction.frames import Frame
from policygraph.extraction.matching import Match
from policygraph.extraction.patterns import Pattern
from policygraph.vocabulary import EventType

#: Verbs that mean little without their object, so that nothing follows from the verb alone.
_LIGHT = frozenset(
    (
        "make have give take put get go come be do set bring keep hold turn show leave see find call say run lay "
        "pass raise place order cut draw open close issue mark move stand stay fall return throw work build play "
        "die expect rise fall grow slip climb spend lie last live border share celebrate remain suffer "
        "begin start end express lose confirm reach voice lead join win face offer file seek want need"
    ).split()
)
_STATES = frozenset("be have lie share border face remain differ belong number".split())
_MARGINS = ("root", "and", "that")
#: Prepositions behind which a noun may name the act of the clause.
_ACT_PREPS = ("with", "in", "on", "into", "to", "for", "under", "at", "from", "through")


def guess(state: State, clause: Clause) -> Act | None:
    """What a clause may report when no frame fits it, None when nothing hints at an act."""
    if not _able(state, clause):
        return _by_subject(state, clause)
    ways = (_by_subject, _relaxed, _by_noun, _refusal, _together)
    act = next((act for way in ways if (act := way(state, clause)) is not None), None)
    if act is not None:
        act.guessed = True
    return act


def _able(state: State, clause: Clause) -> bool:
    """Whether the subject may do a deed, which a price or a storm does not."""
    told = clause.verb.passive or not clause.subject or any(map(state.match.able, clause.subject))
    return told and not state.match.natural(clause)


def _together(state: State, clause: Clause) -> Act | None:
    """Two countries that do something in one sentence, whatever it is: "engineers from Iraq and Jordan laid a line"."""
    countries = {name for np in clause.subject for name in state.names(np) if len(name) == 3 and name != "IGO"}
    if (
        len(countries) < 2
        or clause.verb.lemma in _STATES
        or clause.link not in _MARGINS
        or not clause.objects
        or clause.verb.negated
    ):
        return None
    return direct(state, clause, Match(Pattern(clause.lemma), state.book.frames["cooperate"], None))


def _relaxed(state: State, clause: Clause) -> Act | None:
    """A frame of the verb whose object is of another kind than the frame names."""
    patient = (clause.subject if clause.verb.passive else clause.objects[0] if clause.objects else [])[:1]
    people = state.match.sector(patient[0]) is not None if patient else None
    found: list[tuple[int, int, Pattern, Frame]] = []
    for n, (pattern, frame) in enumerate(state.book.patterns(clause.lemma)):
        if frame.operator or frame.event is None or (clause.lemma in _LIGHT and not pattern.particle):
            continue
        if pattern.objects is None or not state.match.fits_loosely(pattern, frame, clause):
            continue
        if people is not None and people is not any(w in state.book.sectors for w in pattern.objects):
            continue
        named = any(state.names(np) for p in (*pattern.optional, *pattern.preps) for np in clause.preps.get(p, ()))
        found.append((2 * (len(pattern.objects) < 3) + (not named), n, pattern, frame))
    if not found or not (clause.objects or clause.verb.passive):
        return None
    best = min(f[0] for f in found)
    common = Counter(f[3].event for f in found if f[0] == best).most_common(1)[0][0]
    _, _, pattern, frame = min((f for f in found if f[3].event is common), key=lambda f: f[:2])
    return direct(state, clause, Match(pattern, frame, patient[0] if patient else None))


def last_resort(state: State) -> Act | None:
    """One act for a sentence that has none: from a noun that names one, else from a verb of the frames."""
    near = [(c, [n for g in (c.subject, *c.objects) for n in g]) for c in state.parsed.clauses]
    far = [(c, [n for g in c.preps.values() for n in g]) for c in state.parsed.clauses]
    return _by_any_noun(state, near) or _by_any_verb(state) or _by_any_noun(state, far)


def _by_any_noun(state: State, places: list[tuple[Clause, list[NounPhrase]]]) -> Act | None:
    for clause, nps in places:
        for np in nps:
            inside = [np, *(n for _, g in np.pps for n in g)]
            act = next((a for n in inside if (a := nominal(state, n, clause)) is not None), None)
            if act is not None:
                if clause.subject and np not in clause.subject:
                    act.source = clause.subject
                return _resorted(state, act, clause)
    return None


def _by_any_verb(state: State) -> Act | None:
    for clause in state.parsed.clauses:
        if clause.link == "participial" and clause.verb.form == "participle":
            continue  # "Asked about the rumours, …"
        if clause.verb.lemma in _LIGHT or not _able(state, clause):
            continue
        frames = [
            (p, f)
            for p, f in state.book.patterns(clause.verb.lemma)
            if f.event is not None and not f.operator and not p.particle and (p.objects is None or clause.objects)
        ]
        if frames:
            common = Counter(f.event for _, f in frames).most_common(1)[0][0]
            pattern, frame = next((p, f) for p, f in frames if f.event is common)
            return _resorted(state, direct(state, clause, Match(pattern, frame, None)), clause)
    return None


def _resorted(state: State, act: Act, clause: Clause) -> Act:
    act.guessed, act.nominal = True, False
    act.spare = [*act.spare, *phrases_around(state, clause, None), *clause.subject]
    return act


def _by_subject(state: State, clause: Clause) -> Act | None:
    """The act that the subject names, or the agent of a passive: "was crippled by a stoppage"."""
    agents = clause.preps.get("by", []) if clause.verb.passive else []
    for np in [*clause.subject[:1], *agents[:1]]:
        if not state.is_actor(np) and (act := nominal(state, np, clause)) is not None:
            act.nominal = False
            act.spare = [*act.spare, *phrases_around(state, clause, None), *clause.subject]
            return act
    return None


def _by_noun(state: State, clause: Clause) -> Act | None:
    """The act that the object or a phrase behind a preposition names."""
    groups: list[list[NounPhrase]] = [*clause.objects, *(clause.preps[p] for p in _ACT_PREPS if p in clause.preps)]
    for group in groups:
        for np in group[:1]:
            act = nominal(state, np, clause)
            if act is not None and clause.subject and state.is_actor(clause.subject[0]):
                act.source, act.nominal = clause.subject, False
                act.spare = [*act.spare, *phrases_around(state, clause, None)]
                return act
    return None


def _refusal(state: State, clause: Clause) -> Act | None:
    """ "Will not devalue": what a government announces not to do, it refuses."""
    verb = clause.verb
    refuses = verb.negated and verb.modal in ("will", "wo", "would", "shall")
    if not refuses or clause.link not in _MARGINS or not clause.subject or not state.is_actor(clause.subject[0]):
        return None
    frame = state.book.frames["reject"]
    act = direct(state, clause, Match(Pattern(clause.lemma), frame, None))
    act.event = act.base = EventType.REJECT
    act.refused = True
    return act
