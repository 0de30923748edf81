"""Codes the acts of a sentence: frames and operators over its clauses.

`code` returns acts with noun phrases for participants; `events` turns them into records.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from policygraph.extraction import fallback, modes
from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Clause, Parsed
from policygraph.extraction.composition import compose, mode_of
from policygraph.extraction.frames import Dictionary, Frame
from policygraph.extraction.matching import Match, Matcher
from policygraph.extraction.patterns import PREPOSITIONS
from policygraph.plover import COOPERATION, WORDS_AGAINST, YIELDING
from policygraph.vocabulary import EventType, Modality, ModalityDetail

#: Prepositions that lead to a recipient, the most telling ones first.
_TO_WHOM = (
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
#: Types whose noun takes the one who acts with "of": the march of the miners, the dispatch of troops.
_OF_IS_SOURCE = frozenset((EventType.PROTEST, EventType.MOBILIZE, EventType.CONSULT))
#: Modes in which the forces moved are the actor's own, so that a passive names the actor: "police were deployed".
_OWN_FORCES = frozenset(("troops", "police", "militia", "weapons", "withdraw", "disarm"))
_NOBODY = frozenset(("no", "neither", "nobody", "none", "nothing"))
_REFLEXIVE = frozenset(("itself", "himself", "herself", "themselves", "themself"))
_MADE_BY_OPERATORS = frozenset((EventType.REQUEST, EventType.REJECT, EventType.THREATEN))
_MUST = frozenset(("must", "should", "ought", "have to"))
_OWN_WILL = frozenset(("will", "wo", "would", "shall", "'ll", "’ll", "'d", "’d", "be going to"))


@dataclass(slots=True)
class Act:
    """An act as read from one clause or noun phrase.

    `base` is the type of the act itself and `event` what the wording makes of it now (a
    refused visit: CONSULT, REJECT). `tier` ranks acts of a sentence: 0 the main clause.
    """

    event: EventType
    base: EventType
    mode: str | None
    frame: Frame
    clause: Clause | None
    trigger: tuple[int, int]
    source: list[NounPhrase] = field(default_factory=list)
    target: list[NounPhrase] = field(default_factory=list)
    spare: list[NounPhrase] = field(default_factory=list)
    reciprocal: bool = False
    negated: bool = False
    modality: Modality = Modality.ASSERTED
    detail: ModalityDetail | None = None
    contexts: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    nominal: bool = False
    tier: int = 0
    weight: int = 0
    speaker: list[NounPhrase] = field(default_factory=list)
    speech: Clause | None = None
    guessed: bool = False
    refused: bool = False
    raised: bool = False


class SentenceCoder:
    """Codes one parsed sentence."""

    def __init__(
        self,
        book: Dictionary,
        parsed: Parsed,
        is_actor: Callable[[NounPhrase], bool],
        names: Callable[[NounPhrase], frozenset[str]] | None = None,
        sector: Callable[[NounPhrase], str | None] | None = None,
        *,
        guess: bool = False,
    ) -> None:
        self.guess = guess
        self.book, self.parsed, self.is_actor = book, parsed, is_actor
        self.names = names or (lambda np: frozenset())
        self.match = Matcher(book, parsed, is_actor, sector or (lambda np: None), self.names)
        self.consumed: set[int] = set()
        self._memo: dict[int, Act | None] = {}
        self._open: set[int] = set()
        self.loose = False

    # --- one clause ---

    def act(self, clause: Clause) -> Act | None:
        """The act of a clause, None where no frame fits."""
        if clause.index in self._memo:
            return self._memo[clause.index]
        if clause.index in self._open or len(self._open) > 6:
            return None
        self._open.add(clause.index)
        act = None
        for found in self._ranked(clause):
            act = self._build(clause, found)
            if act is not None:
                break
        act = act or self._by_noun(clause) or self._predicate(clause)
        if act is None and self.loose:
            act = fallback.guess(self, clause)
        self._open.discard(clause.index)
        self._memo[clause.index] = act
        return act

    def _ranked(self, clause: Clause) -> list[Match]:
        """The frames that fit, operators first where the object names an act: "demand the release of"."""
        found = list(self.match.verb(clause))
        if not any(m.frame.operator in ("demand", "refuse", "commit", "threaten", "cancel") for m in found):
            return found

        def later(match: Match) -> bool:
            works = (
                not match.frame.operator and match.frame.event in _MADE_BY_OPERATORS and not match.pattern.complement
            )
            noun = self.match.noun(match.filler) if works and match.filler is not None else None
            return noun is not None and noun.event is not match.frame.event

        return sorted(found, key=later)

    def _build(self, clause: Clause, found: Match) -> Act | None:
        if not found.frame.operator:
            return self.direct(clause, found)
        return self._operate(clause, found)

    def direct(self, clause: Clause, found: Match) -> Act:
        """The act of a clause that a frame without operator fits."""
        frame, event = found.frame, found.frame.event
        assert event is not None  # noqa: S101 - the loader asks for it where there is no operator
        source, target, spare = self._roles(clause, found)
        if (
            clause.complement is not None
            and frame.operator == ""
            and event in (EventType.REQUEST, EventType.ACCUSE, EventType.THREATEN, EventType.SUPPORT, EventType.REJECT)
        ):
            self._consume(clause.complement)
        for index in clause.gerunds.values():
            self._consume(index)
        act = Act(
            event,
            event,
            frame.mode,
            frame,
            clause,
            self._trigger(clause, found),
            source,
            target,
            spare,
            frame.reciprocal,
            contexts=frame.contexts,
            path=(frame.id,),
            weight=found.pattern.weight,
        )
        if frame.ahead == "always" or (frame.ahead == "present" and not (clause.verb.past or clause.verb.perfect)):
            act.modality, act.detail = Modality.PLANNED, ModalityDetail.SCHEDULED
        return self._sharpened(act, clause, found)

    def _sharpened(self, act: Act, clause: Clause, found: Match) -> Act:
        """Take the mode, and for instruments the actor, from a noun: "a suicide bombing killed", "an air raid"."""
        if found.pattern.subjects and clause.subject and (inner := self.nominal(clause.subject[0], clause)) is not None:
            act.source, act.target, act.reciprocal = inner.source, [*inner.target, *act.target], inner.reciprocal
            return act
        self._object_mode(act, clause, found)
        if act.mode is None or found.frame.id == "assault-attack":
            self._instrument(act, clause)
        nouns = [n for n in (found.filler, *clause.subject[:1]) if n is not None]
        for np in nouns:
            frame = self.match.noun(np)
            if frame is None or frame.event is not act.event:
                continue
            if frame.mode and (act.mode is None or len(found.pattern.objects or ()) > 8):
                act.mode = frame.mode
            if np is not found.filler and not clause.verb.passive:
                inner = self.nominal(np, clause)
                act.source = inner.source if inner is not None else act.source
                act.spare = [*act.spare, *(inner.spare if inner is not None else [])]
        return act

    def _object_mode(self, act: Act, clause: Clause, found: Match) -> None:
        """The mode that the object gives where the frame has only a general one."""
        if act.event in (EventType.REQUEST, EventType.REJECT) and act.mode in (None, "change"):
            groups = [
                *clause.objects,
                *(clause.preps[p] for p in ("for", "to", "on", "of", "from") if p in clause.preps),
            ]
            for np in [n for n in (found.filler, *(g[0] for g in groups if g)) if n is not None]:
                mode = modes.asked(self.book, act.event, self.match.keys(np), self.match.noun(np))
                if mode is not None:
                    act.mode = mode
                    return
        elif act.event is EventType.MOBILIZE and found.filler is not None:
            act.mode = modes.moved(self.book, self.match.keys(found.filler)) or act.mode
        elif act.event is EventType.SANCTION and act.mode == "discontinue":
            act.mode = modes.cut(clause.verb.lemma) or act.mode

    def _instrument(self, act: Act, clause: Clause) -> None:
        """The mode from the means: "killed in a gunbattle", "attacked with mortars"."""
        for prep in ("in", "with", "by", "during"):
            for np in clause.preps.get(prep, ())[:2]:
                frame = self.match.noun(np)
                if frame is not None and frame.event is act.event and frame.mode:
                    act.mode = frame.mode
                    return

    def _consume(self, index: int) -> None:
        todo = [index]
        while todo:
            i = todo.pop()
            if i in self.consumed:
                continue
            self.consumed.add(i)
            todo += [
                c.index for c in self.parsed.clauses if c.governor == i and c.link in ("inf", "that", "ger", "and")
            ]

    def _trigger(self, clause: Clause, found: Match | None) -> tuple[int, int]:
        chunk = self.parsed.chunks[clause.chunk]
        last = chunk.last
        if found is not None and found.filler is not None and 0 <= found.filler.head - last < 6:
            last = found.filler.head + 1
        return chunk.first, last

    # --- participants of a verb ---

    def _roles(self, clause: Clause, found: Match) -> tuple[list[NounPhrase], list[NounPhrase], list[NounPhrase]]:
        passive = clause.verb.passive or (
            clause.verb.form == "participle" and clause.link in ("reduced", "participial")
        )
        pattern, frame = found.pattern, found.frame
        passive = passive and not pattern.verb.startswith("be ")
        patient = clause.subject if passive else (clause.objects[0] if clause.objects else [])
        if not patient and pattern.particle in clause.preps:
            patient = clause.preps[pattern.particle]
        agent = clause.preps.get("by", []) if passive else clause.subject
        target = self._target(clause, found, patient)
        spare = self._spare(clause, found)
        if (
            passive
            and not agent
            and frame.event in (EventType.MOBILIZE, EventType.RETREAT)
            and frame.mode in _OWN_FORCES
        ):
            agent, target = patient, [np for np in target if np not in patient]
        if frame.source == "object":
            agent, target = target, agent
        elif frame.source in PREPOSITIONS:
            whose = [g for g in self._role(clause, found, frame.source, patient) if g]
            agent, target = whose[0] if whose else [], clause.subject
        elif frame.source == "none":
            agent = []
        return agent, target, spare

    def _target(self, clause: Clause, found: Match, patient: list[NounPhrase]) -> list[NounPhrase]:
        pattern, frame = found.pattern, found.frame
        if frame.target == ("none",):
            return []
        order = [p for p in reversed(pattern.preps) if p not in frame.target]
        order += frame.target or (pattern.preps[::-1] if pattern.preps or pattern.objects else ["object"])
        order += [p for p in pattern.optional if p not in order]
        if frame.event is EventType.ACCUSE and "to" in order and "over" in order:
            order = [*(p for p in order if p != "to"), "to"]
            if any(p in clause.preps and any(map(self.names, clause.preps[p])) for p in ("over", "about", "against")):
                order.remove("to")
        filler = found.filler if frame.event in _FILLER_IS_THING and frame.mode not in ("release", "resign") else None
        groups = [
            group
            for role in order
            for raw in self._role(clause, found, role, patient)
            if raw and (group := [np for np in raw if np is not filler])
        ]
        own = frozenset(name for np in clause.subject for name in self.names(np))
        tests: tuple[Callable[[NounPhrase], object], ...] = (
            self.is_actor,
            lambda np: self.names(np) - own,
            self.names,
        )
        for test in tests:
            for group in groups:
                if any(test(np) for np in group):
                    return group
        if not pattern.objects and patient:
            return patient
        return []

    def _role(self, clause: Clause, found: Match, role: str, patient: list[NounPhrase]) -> list[list[NounPhrase]]:
        """The groups of phrases that may stand in a role, the nearest first."""
        if role == "object":
            return [[np for np in patient if self.parsed.tokens[np.head].lower not in _REFLEXIVE]]
        if role == "subject":
            return [clause.subject]
        if role == "second":
            return clause.objects[1:2]
        if role == "complement":
            return [self.parsed.clauses[clause.complement].subject] if clause.complement is not None else []
        if role == "possessor":
            return [[found.filler]] if found.filler is not None else [patient]
        near = found.filler or (patient[0] if patient else None)
        return [clause.preps.get(role, []), self.hung(near, role) if near is not None else []]

    def hung(self, np: NounPhrase, prep: str, depth: int = 0) -> list[NounPhrase]:
        """The noun phrases behind a preposition that hangs on a phrase or on what hangs on it."""
        for word, group in np.pps:
            if word == prep:
                return group
        if depth < 3:
            for _, group in np.pps:
                for inner in group:
                    if found := self.hung(inner, prep, depth + 1):
                        return found
        return []

    def _spare(self, clause: Clause, found: Match | None) -> list[NounPhrase]:
        """Other phrases that may hold the recipient, in order of how telling they are."""
        out: list[NounPhrase] = []
        if found is not None and found.filler is not None and found.frame.event not in _FILLER_IS_THING:
            out.append(found.filler)
        if clause.complement is not None and found is not None and found.frame.event in WORDS_AGAINST:
            other = self.parsed.clauses[clause.complement]
            out += [n for g in (other.subject, *other.objects, *other.preps.values()) for n in g]
        for group in clause.objects:
            out += group
        for prep in [prep for prep in _TO_WHOM if prep in clause.preps]:
            if prep != "by" or not clause.verb.passive:
                out += clause.preps[prep]
        for np in [n for g in clause.objects for n in g]:
            for prep, inner in np.pps:
                if prep != "by" or found is None or found.frame.event not in _FILLER_IS_THING:
                    out += inner
        for other in self.parsed.clauses[clause.index + 1 : clause.index + 4]:
            described = other.link in ("relative", "reduced") or (clause.objects and clause.complement_kind == "that")
            if other.governor == clause.index and described:
                out += [n for g in (other.subject, *other.objects, *other.preps.values()) for n in g if n not in out]
        if found is not None and found.filler is not None and found.frame.event in _FILLER_IS_THING:
            out.append(found.filler)
        return out

    # --- operators ---

    def _operate(self, clause: Clause, found: Match) -> Act | None:
        operator = found.frame.operator
        inner = self._content(clause, found)
        if operator == "deny":
            if inner is not None:
                inner.negated, inner.path = True, (found.frame.id, *inner.path)
                return self._said(clause, found, inner)
            return None
        if operator in ("say", "transparent", "light", "provide", "impose"):
            return self._pass_on(clause, found, inner)
        event = compose(found.frame.compose or operator, inner.base if inner else None)
        if event is None or (inner is None and not self._stands_alone(clause, found)):
            return None
        if inner is None and found.frame.event is not None:
            event = found.frame.event
        if inner is not None and inner.clause is not None and inner.clause is not clause:
            self._consume(inner.clause.index)
        elif clause.complement is not None:
            self._consume(clause.complement)
        source, target, spare = self._operator_roles(clause, found, inner, event)
        mode = found.frame.mode if inner is None else mode_of(event, inner.base, inner.mode)
        base = inner.base if inner is not None and operator == "plan" else event
        act = Act(
            event,
            base,
            mode,
            found.frame,
            clause,
            self._trigger(clause, found),
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
        if inner is not None and inner.negated and event in (EventType.AGREE, EventType.THREATEN):
            act.event = act.base = EventType.REJECT if event is EventType.AGREE else EventType.AGREE
            act.mode = None
        return act

    def _stands_alone(self, clause: Clause, found: Match) -> bool:
        """Whether an operator says something when the act it governs is not known."""
        if found.frame.operator == "plan":
            return clause.complement is not None and sum(self.is_actor(np) for np in clause.subject) > 1
        said = found.frame.operator == "commit" and clause.complement_kind in ("that", "zero", "whether")
        if said and not any(len(name) == 3 for np in clause.subject for name in self.names(np)):
            return False
        return found.frame.event is not None

    def _content(self, clause: Clause, found: Match) -> Act | None:
        """The act that an operator governs."""
        operator = found.frame.operator
        if operator != "light" and clause.complement is not None:
            other = self.parsed.clauses[clause.complement]
            inner = self.act(other)
            if inner is not None:
                return inner
        for prep in ("to", "from", "of", "on", "in", "for", "against", "with", "by", "at", "into", "about", "as"):
            if (
                operator != "light"
                and prep in clause.gerunds
                and (inner := self.act(self.parsed.clauses[clause.gerunds[prep]])) is not None
            ):
                return inner
        if operator in ("say", "deny"):
            return None
        passive = clause.verb.passive or clause.verb.form == "participle"
        groups = [clause.subject] if passive else clause.objects
        if operator == "stop" and found.filler is not None:
            groups = [*(self.hung(found.filler, p) for p in ("of", "to", "in", "on")), *groups]
        groups = [*groups, *(clause.preps[p] for p in found.pattern.preps if p in clause.preps)]
        if found.pattern.particle in clause.preps:
            groups.append(clause.preps[found.pattern.particle])
        if clause.verb.lemma in ("agree", "say", "move", "turn"):
            groups += [clause.preps[p] for p in ("to", "on", "upon") if p in clause.preps]
        for group in groups:
            for np in group:
                if (inner := self.nominal(np, clause)) is not None:
                    return inner
        return None

    def _operator_roles(
        self, clause: Clause, found: Match, inner: Act | None, event: EventType
    ) -> tuple[list[NounPhrase], list[NounPhrase], list[NounPhrase]]:
        source, target, spare = self._roles(clause, found)
        explicit = [np for np in target if self.is_actor(np)]
        operator = found.frame.operator
        if operator in ("demand", "want", "advise", "accept", "reject", "welcome", "condemn") and explicit:
            return source, explicit, spare
        if inner is None:
            if clause.complement is not None:
                other = self.parsed.clauses[clause.complement]
                more = [np for np in other.subject if np not in source]
                more += [np for g in other.objects for np in g] + self._spare(other, None)
                return source, explicit, [*more, *spare]
            return source, explicit, spare
        outer = {id(np) for np in source}
        other_source = [np for np in inner.source if id(np) not in outer]
        if operator in ("demand", "want", "advise", "condemn", "welcome", "accept", "reject") and other_source:
            return source, other_source, [*inner.target, *inner.spare, *spare]
        if inner.nominal and operator in ("refuse", "cancel") and (whose := [n for n in other_source if self.names(n)]):
            return source, whose, [*inner.target, *inner.spare, *spare]
        target = [np for np in inner.target if id(np) not in outer] or explicit
        return source, target, [*inner.spare, *other_source, *spare]

    def _pass_on(self, clause: Clause, found: Match, inner: Act | None) -> Act | None:
        """Verbs that add who says or begins it, or that only carry the noun: the act is the inner one."""
        operator = found.frame.operator
        if inner is None:
            return None
        act = inner
        if operator == "say":
            return self._said(clause, found, act)
        if inner.clause is not None and inner.clause is not clause:
            self.consumed.add(inner.clause.index)
        agent = clause.preps.get("by", []) if clause.verb.passive else clause.subject
        if inner.nominal:
            act.source = agent or act.source
            act.target = act.target or self._target(clause, found, [])
            act.spare = [*act.spare, *self._spare(clause, found)]
            act.nominal = False
            act.trigger = self._trigger(clause, Match(found.pattern, found.frame, found.filler or self._object(clause)))
        elif operator == "transparent" and agent and not act.source:
            act.source = agent
        act.clause = clause
        act.path = (found.frame.id, *act.path)
        return act

    def _object(self, clause: Clause) -> NounPhrase | None:
        return clause.objects[0][0] if clause.objects else None

    def _said(self, clause: Clause, found: Match, act: Act) -> Act:
        """What a speaker says: an order to others, a promise, a refusal or plain report."""
        self.consumed.add(clause.index)
        speaker = clause.preps.get("by", []) if clause.verb.passive else clause.subject
        inner = act.clause
        if act.nominal:
            act.source = speaker or act.source
            act.target = act.target or []
            act.spare = [*act.spare, *self._spare(clause, found)]
            act.nominal = False
            act.clause = clause
            act.trigger = self._trigger(clause, Match(found.pattern, found.frame, found.filler or self._object(clause)))
        elif not act.speaker:
            act.speaker, act.speech = speaker, clause
            if inner is not None:
                self.consumed.add(inner.index)
        act.path = (found.frame.id, *act.path)
        return act

    # --- nouns ---

    def nominal(self, np: NounPhrase, clause: Clause | None) -> Act | None:
        """The act that a noun phrase names, with the participants that stand around the noun."""
        frame = self.match.noun(np)
        if frame is None or frame.event is None or frame.operator:
            return None
        core = self.match.core(np)
        source = self.hung(core, "by")
        target: list[NounPhrase] = []
        for prep in (
            *[p for p in frame.target if p in _TO_WHOM],
            "against",
            "on",
            "with",
            "to",
            "upon",
            "toward",
            "between",
        ):
            group = self.hung(core, prep)
            if group and any(self.is_actor(n) for n in group):
                target = group
                break
        spare = [n for p in ("of", "from", "in", "for", "over", "at", "into") for n in self.hung(core, p)]
        own = [core] if core.head > core.first else []
        if not source and frame.event in _OF_IS_SOURCE:
            source = [n for n in self.hung(core, "of") if self.is_actor(n)]
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
            act.source, act.target = self.hung(core, "between"), []
        return act

    def _by_noun(self, clause: Clause) -> Act | None:
        """Without a frame for the verb: "talks began", "an attack killed" through a noun as subject."""
        if clause.verb.lemma in _HAPPEN and clause.subject:
            act = self.nominal(clause.subject[0], clause)
            if act is not None and clause.verb.lemma in _CEASE:
                event = compose("stop", act.base)
                if event is None:
                    return None
                act.event = act.base = event
                act.mode = "ceasefire" if event is EventType.RETREAT else mode_of(event, act.base, None)
            if act is not None:
                act.trigger = self._trigger(clause, None)
                act.nominal = False
                act.spare = [*act.spare, *self._spare(clause, None)]
            return act
        return None

    def _predicate(self, clause: Clause) -> Act | None:
        """ "Is on a visit to", "went on strike", "came under attack": a state that names the act."""
        if clause.verb.lemma not in ("be", "go", "remain", "stay", "come", "get") or not clause.subject:
            return None
        for prep in ("on", "in", "at", "under"):
            for np in clause.preps.get(prep, ())[:1]:
                act = self.nominal(np, clause)
                if act is None:
                    continue
                act.nominal = False
                if prep == "under":
                    act.source, act.target = self.hung(np, "by") or self.hung(np, "from"), clause.subject
                else:
                    act.source = clause.subject
                act.spare = [*act.spare, *self._spare(clause, None)]
                return act
        return None

    def around(self, clause: Clause) -> list[NounPhrase]:
        """The phrases around a verb that may hold a recipient."""
        return self._spare(clause, None)

    # --- the sentence ---

    def code(self) -> list[Act]:
        """The acts of the sentence, the main one first; guesses only where it would stay without one."""
        acts = self._pass()
        if self.guess and not any(a.tier == 0 for a in acts):
            self.loose = True
            self.consumed.clear()
            self._memo.clear()
            acts = self._pass()
            if not acts and (act := fallback.last_resort(self)) is not None:
                self._finish(act)
                acts = [act]
        return acts

    def _pass(self) -> list[Act]:
        acts: list[Act] = []
        for clause in self.parsed.clauses:
            if clause.index in self.consumed or clause.link == "attribution":
                continue
            act = self.act(clause)
            if act is not None and act not in acts:
                acts.append(act)
        acts = self._documents(acts)
        acts = [a for a in acts if a.clause is None or a.speech is not None or a.clause.index not in self.consumed]
        for act in acts:
            self._finish(act)
            self._lend(act, acts)
        for act in acts:
            alone = act.event is EventType.CONSULT and not act.target and len(act.source) < 2 and act.mode is None
            if alone and any(a.tier == 0 and a is not act and a.event is not EventType.CONSULT for a in acts):
                act.tier = max(act.tier, 1)
        acts.sort(key=lambda a: (a.tier, a.trigger[0]))
        return acts

    def _lend(self, act: Act, acts: list[Act]) -> None:
        """ "Went on strike to protest at Sweden's decision": the purpose names whom the act concerns."""
        if act.clause is None or (any(self.names(n) for n in act.target) and act.event is not EventType.PROTEST):
            return
        for other in acts:
            if other is act or other.clause is None:
                continue
            purpose = other.clause.governor == act.clause.index and other.clause.link in ("inf", "participial")
            joined = other.clause.link == "and" and other.event is act.event and other.clause.index > act.clause.index
            if purpose and act.event is EventType.PROTEST and any(self.names(n) for n in other.target):
                act.target = other.target
            if purpose or joined:
                act.spare = [*act.spare, *other.target, *other.spare]

    def _documents(self, acts: list[Act]) -> list[Act]:
        """ "Adopted a resolution condemning Iraq", "wrote to Paris asking for help": what the text says is the act."""
        out = list(acts)
        for inner in acts:
            clause = inner.clause
            if clause is None or clause.governor is None:
                continue
            if clause.verb.form != "gerund" and clause.link not in ("relative", "inf"):
                continue
            outer = self.parsed.clauses[clause.governor]
            document = outer.objects[0][0] if outer.objects else None
            writes = outer.verb.lemma in _WRITES and clause.link == "participial"
            writes = writes and clause.verb.form == "gerund"
            says = document is not None and any(k in _DOCUMENTS for k in self.match.keys(document))
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
            inner.target = inner.target or [n for n in outer.preps.get("to", []) if self.is_actor(n)]
            inner.raised = True
            out = [a for a in out if a.clause is not outer]
        return out

    def _finish(self, act: Act) -> None:
        clause = act.clause
        if clause is None:
            return
        act.tier = 0 if act.raised else _TIERS.get(clause.link, 1)
        if act.speech is not None:
            act.tier = _TIERS.get(act.speech.link, 1)
        self._trailing_speaker(act)
        verb = clause.verb
        modality, detail = verb.modality
        act.negated = act.negated or verb.negated or self._negative_subject(act, clause)
        if act.modality is Modality.ASSERTED:
            act.modality, act.detail = modality, detail or act.detail
            if clause.link == "inf" and verb.form == "infinitive" and not (act.source or act.raised):
                # "Efforts to meet", "the decision to expel": an aim, which may have been missed.
                act.modality, act.detail = Modality.PLANNED, ModalityDetail.INTENDED
        if act.modality is Modality.PLANNED and self._unless(clause):
            act.mode = mode_of(EventType.THREATEN, act.base, act.mode)
            act.event, act.base, act.modality, act.negated = (
                EventType.THREATEN,
                EventType.THREATEN,
                Modality.ASSERTED,
                False,
            )
        if clause.link == "condition":
            act.modality, act.detail = Modality.HYPOTHETICAL, ModalityDetail.CONDITIONAL
        if verb.modal in _MUST:
            self._must(act)
        elif verb.ceased or self._ceased_before(clause):
            self._ceased(act)
        elif act.refused:
            act.negated, act.modality = False, Modality.ASSERTED
        elif verb.modal in _OWN_WILL and act.negated and act.event in (*COOPERATION, *YIELDING):
            act.mode = mode_of(EventType.REJECT, act.base, act.mode)
            act.event = act.base = EventType.REJECT
            act.negated, act.modality = False, Modality.ASSERTED

    def _ceased_before(self, clause: Clause) -> bool:
        """Whether "no longer" stands before the verb group."""
        first = self.parsed.chunks[clause.chunk].first
        return first > 1 and self.parsed.tokens[first - 2].lemma == "no longer"

    def _ceased(self, act: Act) -> None:
        """ "No longer sells", "will no longer attend": the end of the act, or its refusal."""
        act.negated = False
        refuses = act.clause is not None and act.clause.verb.modal in _OWN_WILL
        event = compose("refuse" if refuses else "stop", act.base)
        if event is not None:
            act.mode = mode_of(event, act.base, act.mode)
            act.event, act.base, act.modality = event, event, Modality.ASSERTED

    def _unless(self, clause: Clause) -> bool:
        """ "will … unless …": an announcement under a condition is a threat."""
        chunks = self.parsed.chunks[clause.chunk : clause.chunk + 25]
        return any(c.kind == "SB" and c.word == "unless" for c in chunks)

    def _negative_subject(self, act: Act, clause: Clause) -> bool:
        tokens = self.parsed.tokens
        groups = [clause.subject, *([] if act.frame.operator == "refuse" else clause.objects[:1])]
        return any(tokens[np.first].lower in _NOBODY for g in groups for np in g)

    def _trailing_speaker(self, act: Act) -> None:
        """ "…, the minister said." names who says what stands before."""
        if act.speaker or act.clause is None:
            return
        for other in self.parsed.clauses:
            if other.link == "attribution" and other.index > act.clause.index and other.subject:
                act.speaker, act.speech = other.subject, other
                self._spoken_to(act, other)
                return

    def _spoken_to(self, act: Act, speech: Clause) -> None:
        """ "…, the minister warned Chad.": what is said in warning or as a plea is that act of the speaker."""
        event = _SPOKEN.get(speech.verb.lemma)
        inner, verb = act.base, act.clause.verb if act.clause else speech.verb
        open_end = verb.modal in (*_OWN_WILL, "may", "might", "could") or act.modality is not Modality.ASSERTED
        if event is None or speech.verb.passive or inner is event or not open_end:
            return
        addressed = [n for g in (*speech.objects, speech.preps.get("to", [])) for n in g if self.is_actor(n)]
        own = [n for n in act.source if n not in act.speaker]
        act.target = addressed or [n for n in act.target if n not in act.speaker] or own
        act.mode = mode_of(event, inner, act.mode)
        act.source, act.speaker = act.speaker, []
        act.event = act.base = event
        act.modality, act.negated, act.reciprocal = Modality.ASSERTED, False, False

    def _must(self, act: Act) -> None:
        """ "X said Y must …": a request of X to Y; without a speaker only advice."""
        if not act.speaker:
            act.modality = Modality.RECOMMENDED
            return
        act.target = [np for np in act.source if np not in act.speaker] or act.target
        act.source, act.speaker = act.speaker, []
        act.mode = mode_of(EventType.REQUEST, act.base, act.mode)
        act.event = act.base = EventType.REQUEST
        act.modality, act.negated = Modality.ASSERTED, False


#: Verbs and things that carry what is said in a participle.
_WRITES = frozenset("write cable telephone phone fax telegraph speak reply respond react".split())
_DOCUMENTS = frozenset(
    (
        "statement resolution letter declaration communique communiqué message motion petition decree edict law bill "
        "memorandum note telegram cable editorial appeal speech leaflet document order joint_statement text circular"
    ).split()
)
_SAYABLE = frozenset((*WORDS_AGAINST, EventType.SUPPORT, EventType.AGREE, EventType.CONCEDE, EventType.COERCE))
#: What it is to say something with these verbs.
_SPOKEN = {"warn": EventType.THREATEN, "threaten": EventType.THREATEN, "caution": EventType.THREATEN}
_CEASE = frozenset(("cease", "halt", "subside"))
_HAPPEN = frozenset(
    (
        "draw attract gather paralyse paralyze cripple rock shake enter begin start occur "
        "open take resume continue erupt end break follow hold happen conclude kill leave "
        "cease halt subside double grow"
    ).split()
)
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
