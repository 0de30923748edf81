"""Codes the acts of a sentence: frames and operators over its clauses."""

from __future__ import annotations

from collections.abc import Callable

from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Clause, Parsed
from policygraph.extraction.coder import fallback
from policygraph.extraction.coder.act import Act
from policygraph.extraction.coder.combining import documents, lend, merged, stand_back
from policygraph.extraction.coder.facts import facts, headline
from policygraph.extraction.coder.finishing import finish
from policygraph.extraction.coder.nouns import by_predicate, by_subject_noun
from policygraph.extraction.coder.operators import operate
from policygraph.extraction.coder.state import State
from policygraph.extraction.coder.verbs import direct
from policygraph.extraction.frames import Dictionary
from policygraph.extraction.matching import Match
from policygraph.vocabulary import EventType

_QUESTIONS = frozenset("why how when where whether if about who whom which what".split())
_NAMES = frozenset(("call", "describe", "term", "name", "dub"))
#: Deeds that a storm or an illness does not do.
_BY_SOMEBODY = frozenset((EventType.ASSAULT, EventType.COERCE, EventType.PROTEST, EventType.SANCTION))
_MADE_BY_OPERATORS = frozenset((EventType.REQUEST, EventType.REJECT, EventType.THREATEN))


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
        verbless: bool = False,
    ) -> None:
        self.guess, self.verbless = guess, verbless
        self.state = State(book, parsed, is_actor, names or (lambda np: frozenset()), sector or (lambda np: None))
        self._memo: dict[int, Act | None] = {}
        self._open: set[int] = set()
        self.loose = False

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
        act = act or by_subject_noun(self.state, clause) or by_predicate(self.state, clause)
        if act is None and self.loose:
            act = fallback.guess(self.state, clause)
        self._open.discard(clause.index)
        self._memo[clause.index] = act
        return act

    def _ranked(self, clause: Clause) -> list[Match]:
        """The frames that fit, operators first where the object names an act: "demand the release of"."""
        found = list(self.state.match.verb(clause))
        if not any(m.frame.operator in ("demand", "refuse", "commit", "threaten", "cancel") for m in found):
            return found

        def later(match: Match) -> bool:
            works = (
                not match.frame.operator and match.frame.event in _MADE_BY_OPERATORS and not match.pattern.complement
            )
            noun = self.state.match.noun(match.filler) if works and match.filler is not None else None
            return noun is not None and noun.event is not match.frame.event

        return sorted(found, key=later)

    def _build(self, clause: Clause, found: Match) -> Act | None:
        if found.frame.event in _BY_SOMEBODY and self.state.match.natural(clause):
            return None
        asked = found.frame.event is EventType.REQUEST and clause.link == "participial" and "by" not in clause.preps
        if asked and clause.verb.form == "participle" and clause.complement is None:
            return None  # "Asked about the rumours, …"
        if not found.frame.operator:
            return direct(self.state, clause, found)
        return operate(self.state, clause, found, self.act)

    def code(self) -> list[Act]:
        """The acts of the sentence, the main one first; guesses only where it would stay without one."""
        acts = self._pass()
        if self.guess and not any(a.tier == 0 for a in acts):
            self.loose = True
            self.state.consumed.clear()
            self._memo.clear()
            acts = self._pass()
            if not acts and (act := fallback.last_resort(self.state)) is not None:
                finish(self.state, act)
                acts = [act]
        return acts

    def _is_no_act(self, clause: Clause) -> bool:
        """ "What he called an insult", "was asked why", "did not rule out a visit": words that tell no act."""
        if clause.lemma == "rule":
            return clause.verb.negated
        if clause.lemma == "ask":
            chunks, k = self.state.parsed.chunks, clause.chunk + 1
            while k < len(chunks) and chunks[k].kind in ("NP", "RB", "TM") and k - clause.chunk < 4:
                k += 1
            return k < len(chunks) and (chunks[k].kind == "WP" or chunks[k].word in _QUESTIONS)
        return clause.link == "relative" and clause.lemma in _NAMES

    def _pass(self) -> list[Act]:
        acts: list[Act] = []
        consumed = self.state.consumed
        for clause in self.state.parsed.clauses:
            if clause.index in consumed or clause.link == "attribution" or self._is_no_act(clause):
                continue
            act = self.act(clause)
            if act is not None and act not in acts:
                acts.append(act)
        acts = documents(self.state, acts)
        acts = [a for a in acts if a.clause is None or a.speech is not None or a.clause.index not in consumed]
        for act in acts:
            finish(self.state, act)
            lend(self.state, act, acts)
        stand_back(acts)
        acts = merged(acts)
        acts += list(facts(self.state, acts))
        if self.verbless and not acts and (act := headline(self.state)) is not None:
            acts = [act]
        acts.sort(key=lambda a: (a.tier, a.trigger[0]))
        return acts
