"""To the right of a verb group: objects, prepositional phrases and a complement."""

from __future__ import annotations

from collections.abc import Callable

from policygraph.extraction.chunks import Chunk, NounPhrase
from policygraph.extraction.clauses.control import WITH_THAT
from policygraph.extraction.clauses.layout import REACH, Layout
from policygraph.extraction.clauses.model import Clause

#: Words after a verb that can be its particle.
PARTICLES = frozenset(
    "up down out off over back away in on apart aside through together around forward ahead along by open home "
    "free".split()
)


#: Prepositions left behind by a passive: "was called for by Poland".
STRANDED = frozenset(("for", "on", "at", "with", "to", "against"))


class Rightwards:
    """Objects, prepositional phrases and complement of one verb group."""

    def __init__(self, layout: Layout, clause: Clause) -> None:
        self.p, self.clause = layout, clause
        self._kind = layout.kind
        self.chunks = layout.chunks
        self.particles: list[str] = []
        self.slot: list[NounPhrase] | None = None
        self.hung: NounPhrase | None = None

    def scan(self) -> None:
        i, stop = self.clause.chunk + 1, min(len(self.chunks), self.clause.chunk + 1 + REACH)
        while 0 <= i < stop:
            c = self.chunks[i]
            handler = _HANDLERS.get(c.kind)
            i = handler(self, i, c) if handler else -1
        self.clause.particles = tuple(self.particles)

    def _on_skip(self, i: int, c: Chunk) -> int:
        if c.word in PARTICLES and i <= self.clause.chunk + 3:
            self.particles.append(c.word)
        return i + 1

    def _on_paren(self, i: int, c: Chunk) -> int:
        for j in range(i + 1, min(len(self.chunks), i + 12)):
            if self.chunks[j].kind == ")":
                return j + 1
        return -1

    def _on_np(self, i: int, c: Chunk) -> int:
        clause, np = self.clause, c.np
        assert np is not None  # noqa: S101 - a chunk of kind NP has one
        if (
            clause.lemma == "be"
            and i == clause.chunk + 1 + sum(1 for k in range(clause.chunk + 1, i))
            and self._adjective(np)
        ):
            clause.predicate = self.p.tokens[np.head].lemma
            return i + 1
        taken = i == clause.chunk + 1 and clause.lemma not in WITH_THAT and not clause.lemma.startswith("be")
        pronoun = self.chunks[i + 1].np if self._kind(i + 1) == "NP" else None
        if pronoun is not None and self.p.tokens[pronoun.head].lower in ("it", "he", "she", "they"):
            taken = taken or i == clause.chunk + 1
        if not taken and self._opens_clause(i):
            if clause.complement is None and i <= clause.chunk + 4:
                self._complete(self._verb_after(i), "zero")
            return -1
        if len(clause.objects) < 2 and self._kind(i - 1) in ("VG", "NP", "RB", "TM", "P", "Q"):
            self.slot = [np]
            clause.objects.append(self.slot)
            self.hung = np
            return i + 1
        return -1

    def _adjective(self, np: NounPhrase) -> bool:
        return np.last - np.first <= 2 and self.p.tokens[np.head].tag == "JJ"

    def _opens_clause(self, i: int) -> bool:
        """Whether the noun phrase is the subject of a verb of its own."""
        j = i + 1
        while self._kind(j) in ("RB", "TM", "CC", "NP", "P") and j < i + 14:
            if self._kind(j) == "CC" and self._kind(j + 1) != "NP":
                return False
            if self._kind(j) == "P" and self._kind(j + 1) not in ("NP", "TM"):
                return False
            j += 1
        if self._kind(j) != "VG":
            return False
        verb = self.chunks[j].verb
        return verb is not None and verb.form in ("finite", "base")

    def _verb_after(self, i: int) -> int | None:
        for j in range(i, min(len(self.chunks), i + 20)):
            if j in self.p.at and self.p.at[j].verb.form in ("finite", "base") and not self._relative(j):
                return j
        return None

    def _relative(self, j: int) -> bool:
        """Whether the verb at `j` belongs to a "who" or "which" that stands right before it."""
        return self._kind(self.p.skip_left(j - 1)) == "WP"

    def _complete(self, chunk_: int | None, kind: str) -> None:
        if chunk_ is None or self.clause.complement is not None:
            return
        other = self.p.at[chunk_]
        self.clause.complement, self.clause.complement_kind = other.index, kind
        other.governor = self.clause.index
        other.link = {"inf": "inf", "ger": "ger"}.get(kind, "that")

    def _on_prep(self, i: int, c: Chunk) -> int:
        nxt = self._kind(i + 1)
        if c.last - c.first > 1 and (word := self.p.tokens[c.first].lower) in PARTICLES:
            self.particles.append(word)
            if word == "out" and nxt == "NP" and (out := self.chunks[i + 1].np) is not None:
                self.clause.preps.setdefault("of", [out])
        if nxt == "NP":
            np = self.chunks[i + 1].np
            assert np is not None  # noqa: S101
            if self._opens_clause(i + 1) and c.word in ("after", "before", "as", "since", "until"):
                return -1
            group = [np]
            if c.word != "of" or self.hung is None:
                self.clause.preps.setdefault(c.word, group)
                if i <= self.clause.chunk + 2 and c.word in PARTICLES:
                    self.particles.append(c.word)
            self.slot, self.hung = group, np
            return i + 2
        if nxt == "WP" and self.chunks[i + 1].word == "what":
            first = self.chunks[i + 1].first
            self.clause.preps.setdefault(c.word, [NounPhrase(first, first + 1, first)])
            return -1
        if nxt == "VG" and (verb := self.chunks[i + 1].verb) is not None and verb.form == "gerund":
            if c.word in ("out", "off", "up") and i <= self.clause.chunk + 2:  # "ruled out granting visas"
                self.particles.append(c.word)
                self._complete(i + 1, "ger")
                return -1
            other = self.p.at[i + 1]
            self.clause.gerunds.setdefault(c.word, other.index)
            other.governor = self.clause.index
            return -1
        if (
            self.clause.verb.passive
            and c.word in STRANDED
            and i == self.clause.chunk + 1
            and nxt in ("P", ".", ",", "TM")
        ):
            self.clause.stranded = c.word
            return i + 1
        if nxt in ("TM", "P", "RB", "Q"):
            if c.word in PARTICLES and not (nxt == "TM" and c.word in ("in", "on", "by", "over", "through")):
                self.particles.append(c.word)
            return i + 1
        if c.word in PARTICLES:
            self.particles.append(c.word)
            return i + 1
        return -1

    def _on_cc(self, i: int, c: Chunk) -> int:
        j = i + 1
        if self._kind(j) == "NP" and self.slot is not None and not self._opens_clause(j):
            np = self.chunks[j].np
            assert np is not None  # noqa: S101
            self.slot.append(np)
            self.hung = np
            return j + 1
        if self._kind(j) == "P" and self._kind(j + 1) == "NP":
            return j
        return -1

    def _on_comma(self, i: int, c: Chunk) -> int:
        j = i + 1
        nxt = self._kind(j)
        if nxt == "NP" and self.slot is not None and not self._opens_clause(j) and self._list_goes_on(j):
            np = self.chunks[j].np
            assert np is not None  # noqa: S101
            self.slot.append(np)
            self.hung = np
            return j + 1
        if nxt in ("P", "TM", "RB"):
            self.hung = None
            return j
        if nxt == "NP" and self._kind(j + 1) == "," and not self._opens_clause(j):
            return j + 2
        return j if nxt == "SB" and self.chunks[j].word == "that" else -1

    def _list_goes_on(self, j: int) -> bool:
        for k in range(j + 1, min(len(self.chunks), j + 10)):
            if self._kind(k) == "CC":
                return self._kind(k + 1) == "NP"
            if self._kind(k) not in ("NP", ","):
                return False
        return False

    def _on_verb(self, i: int, c: Chunk) -> int:
        assert c.verb is not None  # noqa: S101
        form = c.verb.form
        if form == "infinitive":
            self._complete(i, "inf")
        elif form == "gerund" and self._kind(i - 1) in ("VG", "RB"):
            self._complete(i, "ger")
        elif (
            form in ("finite", "base")
            and self._kind(i - 1) in ("NP", "RB", "TM")
            and self.clause.objects
            and not self._relative(self.clause.chunk)
        ):
            self._complete(i, "zero")
        return -1

    def _on_that(self, i: int, c: Chunk) -> int:
        if c.word == "that":
            self._complete(self._verb_after(i), "that")
        elif c.word == "whether":
            self._complete(self._verb_after(i), "whether")
        return -1


_HANDLERS: dict[str, Callable[[Rightwards, int, Chunk], int]] = {
    "NP": Rightwards._on_np,
    "P": Rightwards._on_prep,
    "CC": Rightwards._on_cc,
    ",": Rightwards._on_comma,
    "VG": Rightwards._on_verb,
    "SB": Rightwards._on_that,
    "(": Rightwards._on_paren,
    **dict.fromkeys(("TM", "RB", "Q", "UH"), Rightwards._on_skip),
}
