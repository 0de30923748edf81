"""Finds the frame that fits a clause or a noun phrase best."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Clause, Parsed
from policygraph.extraction.frames import Dictionary, Frame
from policygraph.extraction.patterns import Pattern
from policygraph.vocabulary import EventType

#: Heads that only measure or name a part: what counts stands behind their "of".
TRANSPARENT = frozenset(
    (
        "series number round wave score dozen hundred thousand million part group day hour week month year "
        "type kind set lot "
        "majority handful couple pair form act piece barrage string spate member majority rest bulk most many "
        "some one all each "
        "both several ton tonne total exchange batch package first second third two three four five six "
        "remainder result "
        "campaign amount host array plenty few half third quarter wave use state cache load consignment stock "
        "truckload planeload boatload haul quantity flow trickle stream period case bout member share billion "
        "equivalent worth value drum barrel canister crate stack"
    ).split()
)
_VAGUE_TAGS = frozenset(("CD", "DT", "JJ"))
#: Verbs whose preposition makes another verb of them: "call on", "look into", "turn to".
_CLOSE = frozenset(
    (
        "call turn look appeal press push stand agree insist object settle come go side talk speak deal stop land "
        "stay fly withdraw sail march rally gather sit lean bow step back break split cross head"
    ).split()
)
_WANTED = frozenset(("suspected", "alleged", "wanted", "fugitive", "accused"))
_NONE = frozenset(("no", "neither", "nor", "little"))
#: Sectors of people who protest rather than wage war.
_CIVIL = frozenset(("CVL", "EDU", "LAB", "AGR", "OPP", "SOC", "REL", "REF", "MED", "PTY", "ELI"))


@dataclass(slots=True)
class Match:
    """A frame, the pattern that fitted, and the phrase that filled its object."""

    pattern: Pattern
    frame: Frame
    filler: NounPhrase | None


class Matcher:
    """Looks frames up for one sentence."""

    def __init__(
        self,
        book: Dictionary,
        parsed: Parsed,
        is_actor: Callable[[NounPhrase], bool],
        sector: Callable[[NounPhrase], str | None],
        names: Callable[[NounPhrase], frozenset[str]],
    ) -> None:
        self.book, self.parsed, self.is_actor, self.sector, self.names = book, parsed, is_actor, sector, names
        self._keys: dict[int, tuple[str, ...]] = {}
        #: By clause, the subject last asked about and whether it can act.
        self._acting: dict[int, tuple[list[NounPhrase] | None, bool]] = {}

    def keys(self, np: NounPhrase) -> tuple[str, ...]:
        """The head noun, with and without the word before it and its "of" phrase: "state of emergency"."""
        known = self._keys.get(np.first)
        if known is None:
            known = self._keys[np.first] = tuple(dict.fromkeys(self._make_keys(np, 0)))
        return known

    def core(self, np: NounPhrase) -> NounPhrase:
        """What the phrase is about: "a series of attacks" is about attacks."""
        token = self.parsed.tokens[np.head]
        if token.lemma in TRANSPARENT or token.tag in _VAGUE_TAGS:
            for prep, group in np.pps:
                if prep == "of" and group and group[0].first > np.first:
                    return self.core(group[0])
        return np

    def _make_keys(self, np: NounPhrase, depth: int) -> Iterator[str]:
        tokens = self.parsed.tokens
        head = tokens[np.head]
        of = next((g[0] for p, g in np.pps if p == "of" and g), None)
        if of is not None and depth < 3:
            yield f"{head.lemma} of {tokens[of.head].lemma}"
            if head.lemma in TRANSPARENT or head.tag in _VAGUE_TAGS:
                yield from self._make_keys(of, depth + 1)
        if (on := next((g[0] for p, g in np.pps if p == "on" and g), None)) is not None:
            yield f"{head.lemma} on {tokens[on.head].lemma}"
        for k in range(np.head - 1, max(np.first - 1, np.head - 5), -1):
            yield f"{tokens[k].lemma} {head.lemma}"
        if any(t.lower in _WANTED for t in tokens[np.first : np.head]):
            yield "suspect"
        if head.tag == "NNP":
            common = next((t for t in reversed(tokens[np.first : np.head]) if t.tag in ("NN", "NNS")), None)
            if common is not None:
                yield common.lemma
            yield "<name>"
        yield head.lemma

    def verb(self, clause: Clause) -> Iterator[Match]:
        """The frames that fit a clause, the most specific first.

        A pattern is passed over where no phrase around the verb can fill its object, but not before the
        subject was identified where the frame asks for that: who is identified counts as mentioned.
        """
        preps, particles = clause.preps, clause.particles
        behind = {*preps, *clause.gerunds}
        around: set[str] | None = None
        active = clause.subject and not (clause.verb.passive or clause.verb.form == "participle")
        to_identify: tuple[str, ...] = ("actor", "force") if active else ()
        for lemma in self._lemmas(clause):
            for pattern, frame in self.book.patterns(lemma):
                # Most patterns ask for a word that is not there: no need to look at the rest.
                if pattern.particle and pattern.particle not in particles and pattern.particle not in preps:
                    continue
                if pattern.preps and not behind.issuperset(pattern.preps) and "of" not in pattern.preps:
                    continue
                if pattern.objects and frame.subject not in to_identify and not pattern.no_thing:
                    around = around or self._around(clause)
                    if pattern.objects.isdisjoint(around):
                        continue
                filler = self._fits(pattern, frame, clause)
                if clause.index in self._acting and to_identify:
                    to_identify = ("force",)
                if filler is not None:
                    yield Match(pattern, frame, filler[0] if filler else None)

    def _around(self, clause: Clause) -> set[str]:
        """The keys of all phrases that may fill the object of a pattern."""
        groups = (clause.subject, *clause.objects, *clause.preps.values())
        return {key for group in groups for np in group for key in self.keys(np)}

    def _lemmas(self, clause: Clause) -> Iterator[str]:
        """ "be prepared" before "prepare", for participles that work as adjectives."""
        if clause.verb.passive and "by" not in clause.preps:
            yield f"be {self.parsed.tokens[self.parsed.chunks[clause.chunk].main].lower}"
        if clause.verb.lemma == "be" and clause.objects:
            yield f"be {self.parsed.tokens[clause.objects[0][0].head].lemma}"
        yield clause.lemma

    def noun(self, np: NounPhrase) -> Frame | None:
        """The frame that a noun phrase names as an act: "a raid", "hunger strike"."""
        for key in self.keys(np):
            frame = self.book.nouns.get(key)
            if frame is not None:
                return frame
        return None

    def fits_loosely(self, pattern: Pattern, frame: Frame, clause: Clause) -> bool:
        """Whether a pattern fits whatever its object is."""
        return self._fits(pattern, frame, clause, loose=True) is not None

    def _fits(self, pattern: Pattern, frame: Frame, clause: Clause, *, loose: bool = False) -> list[NounPhrase] | None:
        """The filler of the pattern's object ([] when it asks for none), or None."""
        passive = clause.verb.passive or clause.verb.form == "participle"
        if passive and not frame.passive:
            return None
        if pattern.particle and pattern.particle not in clause.particles and not self._opens(pattern.particle, clause):
            return None
        for prep in pattern.preps:
            if prep not in clause.preps and prep not in clause.gerunds and not (prep == "of" and self._hung_of(clause)):
                return None
        if pattern.complement and not pattern.complement & self._complements(clause):
            return None
        if pattern.infinitive and clause.complement_kind != "inf":
            return None
        if pattern.no_infinitive and clause.complement_kind == "inf":
            return None
        if pattern.no_clause and clause.complement_kind in ("that", "zero", "whether"):
            return None
        if pattern.adverb and not self._adverb(clause, pattern.adverb):
            return None
        objects = [g for g in (clause.subject, *clause.objects) if g] if passive else clause.objects
        if pattern.particle and not objects and pattern.particle in clause.preps:
            objects = [clause.preps[pattern.particle]]
        if pattern.no_object and (objects or passive):
            return None
        if pattern.preps and not self._adjacent(pattern, clause):
            return None
        if pattern.banned and any(self._in(np, pattern.banned) for group in objects for np in group):
            return None
        if pattern.no_thing and not (objects and self.is_actor(objects[0][0])):
            return None
        if frame.subject == "actor" and not passive and clause.subject and not self._acts(clause):
            return None
        if pattern.subjects and not any(self._in(np, pattern.subjects) for np in clause.subject):
            return None
        if frame.subject == "civil" and not any(self.sector(np) in _CIVIL for np in clause.subject):
            return None
        if frame.subject == "force" and not passive and clause.subject and not self._hits(clause.subject):
            return None
        if pattern.objects is None or loose:
            return []
        if pattern.negative:
            objects = [[np for np in group if self.parsed.tokens[np.first].lower in _NONE] for group in objects]
        filler = self._filler(pattern, pattern.objects, clause, objects)
        if filler is None or (pattern.behind and not self._behind(pattern.behind, pattern, clause, objects)):
            return None
        return [filler]

    def _filler(
        self, pattern: Pattern, words: frozenset[str], clause: Clause, objects: Sequence[Sequence[NounPhrase]]
    ) -> NounPhrase | None:
        """The phrase with one of the words: an object, else what stands behind a preposition of the pattern."""
        groups = [*objects, *(clause.preps[p] for p in pattern.preps if p in clause.preps)]
        return next((np for group in groups for np in group if self._in(np, words)), None)

    def _behind(
        self, words: frozenset[str], pattern: Pattern, clause: Clause, objects: Sequence[Sequence[NounPhrase]]
    ) -> bool:
        """Whether the second noun of a pattern stands where it must: "set fire to a house", "left shops empty"."""
        groups = [clause.preps[p] for p in pattern.preps if p in clause.preps]
        groups += [hung for group in objects for np in group for prep, hung in np.pps if prep in pattern.preps]
        return any(self._in(np, words) for group in (groups or objects[1:]) for np in group)

    def _hung_of(self, clause: Clause) -> bool:
        """Whether an "of" hangs on a phrase of the clause: "came to the defence of"."""
        groups = [*clause.objects, *clause.preps.values()]
        return any(prep == "of" for group in groups for np in group for prep, _ in np.pps)

    def _adjacent(self, pattern: Pattern, clause: Clause) -> bool:
        """Whether the preposition of "call on" follows its verb at once, where an object could not stand between."""
        if pattern.verb not in _CLOSE or pattern.objects or pattern.particle or pattern.no_thing or not clause.objects:
            return True
        return any(self._opens(p, clause) for p in pattern.preps)

    def _opens(self, word: str, clause: Clause) -> bool:
        """Whether a preposition stands right behind the verb: "called off talks"."""
        chunks, k = self.parsed.chunks, clause.chunk + 1
        while k < len(chunks) and chunks[k].kind in ("RB", "TM"):
            k += 1
        return word in clause.preps and k < len(chunks) and chunks[k].word == word

    def _complements(self, clause: Clause) -> set[str]:
        """The verbs that complete the clause, infinitive or behind a preposition."""
        behind = [*clause.gerunds.values()] if clause.complement is None else [clause.complement]
        return {self.parsed.clauses[i].verb.lemma for i in behind}

    def _adverb(self, clause: Clause, word: str) -> bool:
        """Whether an adverb stands in the verb group or beside it."""
        chunk = self.parsed.chunks[clause.chunk]
        return any(t.lower == word for t in self.parsed.tokens[max(0, chunk.first - 1) : chunk.last + 1])

    def able(self, np: NounPhrase) -> bool:
        """Whether a phrase can be what does a deed: an actor, a weapon, an act."""
        return self._hits([np]) or self.noun(np) is not None

    def _hits(self, nps: Sequence[NounPhrase]) -> bool:
        """Whether the subject can do harm on purpose: an actor, a weapon, an attack."""
        for np in nps:
            frame = self.noun(np)
            if (
                self.is_actor(np)
                or self._in(np, self.book.classes["instrument"])
                or (frame is not None and frame.event is EventType.ASSAULT)
            ):
                return True
        return False

    def natural(self, clause: Clause) -> bool:
        """Whether what happens is the work of nature or chance: a flood, an illness, a crash."""
        agents = clause.preps.get("by", []) if clause.verb.passive else clause.subject
        return bool(agents) and all(self._in(np, self.book.classes["nature"]) for np in agents)

    def _acts(self, clause: Clause) -> bool:
        """Whether one of the subjects can act; asked for each of the many patterns of a verb."""
        nps, (known, acts) = clause.subject, self._acting.get(clause.index, (None, False))
        if known is not nps:
            acts = any(self.is_actor(np) or (self.names(np) and self.noun(np) is None) for np in nps)
            self._acting[clause.index] = nps, acts
        return acts

    def _in(self, np: NounPhrase, words: frozenset[str]) -> bool:
        return not words.isdisjoint(self._keys.get(np.first) or self.keys(np))
