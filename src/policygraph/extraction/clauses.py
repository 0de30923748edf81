"""Who is the subject of which verb, what are its objects and complements: clauses over chunks.

No tree is built. From each verb group the chunks to its left are searched for a subject
(over prepositional phrases, insertions between commas, relative clauses and joined verbs), and
those to its right for objects, prepositional phrases and a complement verb. Every search is
bounded, so the time grows with the length of the text and not faster.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from policygraph.extraction.chunks import Chunk, NounPhrase, chunk
from policygraph.extraction.modality import VerbReading
from policygraph.extraction.tokens import Token

_REACH = 60
_OBJECT_CONTROL = frozenset(
    (
        "urge ask order force allow tell instruct invite permit press pressure push call advise encourage "
        "compel oblige require "
        "authorise authorize direct enable help want warn persuade convince implore beg exhort remind command "
        "cause lead prompt "
        "get challenge request beseech demand expect appeal forbid let make entreat bar pressurise pressurize "
        "appoint choose "
        "summon task lobby enjoin counsel entitle mandate push bid"
    ).split()
)
_WITH_THAT = frozenset(
    (
        "say tell report announce add claim believe think declare warn confirm hope state note acknowledge explain "
        "reveal insist argue stress write disclose indicate suggest predict fear know see understand agree "
        "hint admit deny "
        "charge allege maintain contend assert vow pledge promise swear expect feel quote testify recall estimate "
        "demand propose recommend guess suppose concede decide repeat reiterate emphasise emphasize imply "
        "caution remark comment complain lament observe boast reply respond answer retort plead rage fume thunder "
        "quip joke muse recount relate protest threaten promise forecast affirm proclaim counter"
    ).split()
)
_CONDITIONS = frozenset(("if", "unless", "lest", "provided"))
#: Verbs whose object is the one who does what a gerund behind it says ("accuse Chad of arming rebels").
_OBJECT_ACTS = frozenset(
    (
        "accuse suspect blame stop prevent bar charge convict dissuade discourage deter ban prohibit "
        "criticise criticize condemn denounce praise commend thank fault arrest prosecute try jail "
        "sentence detain persuade "
    ).split()
)
#: Words after a verb that can be its particle.
PARTICLES = frozenset(
    "up down out off over back away in on apart aside through together around forward ahead along by open home".split()
)


@dataclass(slots=True)
class Clause:
    """A verb group with what belongs to it.

    `link` is how the clause hangs in the sentence: `root`, `and`, `that`, `inf`, `ger`, `relative`,
    `reduced`, `adverbial`, `condition`, `participial`, `attribution`. `governor` is the clause it
    depends on; `complement` the clause that completes it, and `gerunds` those behind prepositions.
    """

    index: int
    chunk: int
    verb: VerbReading
    subject: list[NounPhrase] = field(default_factory=list)
    objects: list[list[NounPhrase]] = field(default_factory=list)
    preps: dict[str, list[NounPhrase]] = field(default_factory=dict)
    particles: tuple[str, ...] = ()
    complement: int | None = None
    complement_kind: str = ""
    gerunds: dict[str, int] = field(default_factory=dict)
    link: str = "root"
    governor: int | None = None
    quoted: bool = False
    predicate: str = ""
    subject_of: int | None = None

    @property
    def lemma(self) -> str:
        """The verb, with the adjective it stands with: "be ready"."""
        return f"be {self.predicate}" if self.predicate else self.verb.lemma


@dataclass(slots=True)
class Parsed:
    """A sentence: its tokens, chunks and clauses."""

    tokens: list[Token]
    chunks: list[Chunk]
    clauses: list[Clause]

    def text(self, np: NounPhrase) -> tuple[int, int]:
        """The offsets of a noun phrase."""
        return self.tokens[np.first].start, self.tokens[np.last - 1].end


def parse(tokens: list[Token]) -> Parsed:
    """Chunks and clauses of a tagged sentence.

    >>> from policygraph.extraction.tokens import tokenise
    >>> from policygraph.extraction.tags import tag
    >>> s = "Peru, which borders Chile, agreed to send aid."
    >>> p = parse(tag(tokenise(s), s))
    >>> [(c.lemma, c.link, [p.tokens[n.head].text for n in c.subject]) for c in p.clauses]
    [('border', 'relative', ['Peru']), ('agree', 'root', ['Peru']), ('send', 'inf', ['Peru'])]
    """
    return _Parser(tokens).run()


class _Kinds(dict[int, str]):
    def __missing__(self, place: int) -> str:
        return "."


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.chunks = chunk(tokens)
        self.clauses: list[Clause] = []
        self.at: dict[int, Clause] = {}
        #: The kind of the chunk at a place; a full stop stands before the first and behind the last.
        self.kind: Callable[[int], str] = _Kinds(enumerate([c.kind for c in self.chunks])).__getitem__
        self.quotes = self._quote_depth()

    def run(self) -> Parsed:
        for n, c in enumerate(self.chunks):
            if c.kind == "VG" and c.verb is not None:
                clause = Clause(len(self.clauses), n, c.verb, quoted=self.quotes[n])
                self.clauses.append(clause)
                self.at[n] = clause
        self._hang()
        for clause in self.clauses:
            _Right(self, clause).scan()
        for clause in self.clauses:
            self._left(clause)
        for clause, other in pairwise(self.clauses):
            if clause.lemma == "be" and other.link in ("relative", "that") and self._is_it(clause) and clause.objects:
                other.link, other.governor, other.subject = "root", None, clause.objects[0]
        return Parsed(self.tokens, self.chunks, self.clauses)

    def _hang(self) -> None:
        """Give each noun phrase the prepositional phrases that follow it."""
        for n, c in enumerate(self.chunks):
            if c.kind != "P" or self.kind(n + 1) != "NP":
                continue
            k = n - 1
            while k >= 0 and self.kind(k) in ("TM", "RB", "Q"):
                k -= 1
            if self.kind(k) == ")" and k >= 3 and self.kind(k - 2) == "(":
                k -= 3
            owner = self.chunks[k].np if k >= 0 else None
            if owner is not None:
                owner.pps.append((c.word, self._group_right(n + 1)))

    def _group_right(self, k: int) -> list[NounPhrase]:
        out = [self.chunks[k].np]
        while (
            self.kind(k + 1) in ("CC", ",")
            and self.kind(k + 2) == "NP"
            and (self.kind(k + 3) != "VG" or self._before_verb(k))
            and len(out) < 9
        ):
            if self.kind(k + 1) == "," and self.kind(k + 3) not in ("CC", ","):
                break
            k += 2
            out.append(self.chunks[k].np)
        return [np for np in out if np is not None]

    def _before_verb(self, k: int) -> bool:
        """Whether the verb for the phrase at `k` is still to come: "soldiers from A and B marched"."""
        for j in range(k, max(-1, k - 12), -1):
            if self.kind(j) == "VG":
                return False
            if self.kind(j) == "," and self.kind(j - 1) == self.kind(j + 1) == "NP":
                continue
            if self.kind(j) in (",", "SB", ":", "WP", "."):
                return self.kind(j) != ","
        return True

    def _is_it(self, clause: Clause) -> bool:
        """ "It was Chad that …": the clause behind holds what happened."""
        return len(clause.subject) == 1 and self.tokens[clause.subject[0].head].lower == "it"

    def _quote_depth(self) -> list[bool]:
        inside, out = False, []
        for c in self.chunks:
            if c.kind == "Q":
                inside = not inside if c.word in ('"', "'", "’") else c.word in ("“", "``", "«")
            out.append(inside)
        return out

    # --- leftwards: link and subject ---

    def _left(self, clause: Clause) -> None:
        i = self._skip_left(clause.chunk - 1)
        form = clause.verb.form
        before = self.kind(i)
        if form == "infinitive":
            self._infinitive(clause, i)
        elif before == "WP":
            self._relative(clause, i)
        elif form == "participle" and before == "CC" and self._shares_auxiliary(clause, i):
            self._joined(clause, i)
        elif form in ("gerund", "participle"):
            self._nonfinite(clause, i)
        elif before == "CC":
            self._joined(clause, i)
        else:
            self._finite(clause, i)

    def _skip_left(self, i: int) -> int:
        """Over adverbs and dates with their preposition."""
        while i >= 0:
            kind = self.kind(i)
            if (
                kind in ("RB", "TM")
                or (kind == "P" and self.kind(i + 1) == "TM")
                or (kind == "Q" and i > 0 and self.kind(i - 1) != ",")
            ):
                i -= 1
            else:
                break
        return i

    def _infinitive(self, clause: Clause, i: int) -> None:
        clause.link = "inf"
        if clause.governor is None:
            near = self._verb_left(i)
            if near is None:
                clause.subject = self._first_subject(clause.chunk)
                return
            clause.governor = near.index
            if self.kind(i) in ("CC", ",") and near.verb.form == "infinitive":
                clause.governor, clause.link = near.governor, "and"
                clause.subject = near.subject
                return
        governor = self.clauses[clause.governor]
        clause.subject = self._controller(governor)

    def _controller(self, governor: Clause) -> list[NounPhrase]:
        if governor.lemma in _OBJECT_CONTROL:
            if governor.verb.passive:
                return governor.subject
            for place in (
                governor.preps.get("on"),
                governor.preps.get("to"),
                governor.preps.get("for"),
                governor.preps.get("with"),
            ):
                if place and governor.lemma in ("call", "appeal", "press", "plead", "push"):
                    return place
            if governor.objects:
                return governor.objects[0]
        return governor.subject

    def _verb_left(self, i: int) -> Clause | None:
        for j in range(i, max(-1, i - _REACH), -1):
            if j in self.at:
                return self.at[j]
            if self.kind(j) == ":":
                return None
        return None

    def _first_subject(self, upto: int) -> list[NounPhrase]:
        for clause in self.clauses:
            if clause.chunk >= upto:
                break
            if clause.subject and clause.link in ("root", "that"):
                return clause.subject
        return []

    def _relative(self, clause: Clause, i: int) -> None:
        clause.link = "relative"
        j = i - 1
        while j >= 0 and self.kind(j) in (",", "RB", "TM", ")", "P"):
            j -= 1
        clause.subject = self._group_left(j)
        if (
            j >= 2
            and self.kind(j) == "NP"
            and self.kind(j - 1) == "P"
            and self.chunks[j - 1].word in ("of", "in")
            and self.kind(i - 1) == ","
        ):
            clause.subject = clause.subject or self._group_left(j - 2)
        near = self._verb_left(i - 1)
        clause.governor = near.index if near else None

    def _nonfinite(self, clause: Clause, i: int) -> None:
        form, before = clause.verb.form, self.kind(i)
        if before == "SB":
            near = self._finite_left(i) or self._finite_right(clause.chunk)
            clause.link = "condition" if self.chunks[i].word in _CONDITIONS else "adverbial"
            clause.subject = near.subject if near else []
            return
        if clause.governor is not None:
            governor = self.clauses[clause.governor]
            clause.link = "ger"
            of_object = governor.lemma in _OBJECT_ACTS
            clause.subject = (
                (
                    governor.subject
                    if governor.verb.passive
                    else governor.objects[0]
                    if governor.objects
                    else governor.subject
                )
                if of_object and clause.chunk - 1 != governor.chunk
                else governor.subject
            )
            return
        if before == "NP" and (form == "participle" or self.kind(clause.chunk - 1) == "NP"):
            clause.link = "reduced"
            clause.subject = self._group_left(i)
        else:
            clause.link = "participial"
            near = self._finite_left(i) or self._finite_right(clause.chunk)
            clause.subject = near.subject if near else []
            clause.governor = near.index if near else None
            if before == "CC" and (other := self._verb_left(i)) and other.verb.form == form:
                clause.subject, clause.link, clause.governor = other.subject, other.link, other.governor
            return
        near = self._verb_left(i)
        clause.governor = near.index if near else None

    def _finite_left(self, i: int) -> Clause | None:
        for j in range(i, max(-1, i - _REACH), -1):
            if j in self.at and self.at[j].verb.form in ("finite", "base") and self.at[j].link not in ("relative",):
                return self.at[j]
        return None

    def _finite_right(self, i: int) -> Clause | None:
        for j in range(i + 1, min(len(self.chunks), i + _REACH)):
            if j in self.at and self.at[j].verb.form in ("finite", "base"):
                other = self.at[j]
                if not other.subject:
                    self._finite(other, self._skip_left(j - 1))
                return other
        return None

    def _shares_auxiliary(self, clause: Clause, i: int) -> bool:
        """ "have surrounded and occupied": the second participle belongs to the first one's auxiliary."""
        other = self._verb_left(i)
        if other is None or other.verb.form != "finite" or self.tokens[self.chunks[other.chunk].main].tag != "VBN":
            return False
        clause.verb = replace(other.verb, lemma=clause.verb.lemma)
        if other.verb.passive and "by" in clause.preps:
            other.preps.setdefault("by", clause.preps["by"])
        if not other.objects and not other.verb.passive and other.chunk == i - 1:
            other.objects = clause.objects
        return True

    def _joined(self, clause: Clause, i: int) -> None:
        """After "and" without a subject of its own: that of the verb before."""
        for j in range(i - 1, max(-1, i - _REACH), -1):
            other = self.at.get(j)
            if other is None:
                continue
            bare = clause.verb.form == "base"
            if other.verb.form in ("finite", "base") or (bare and other.verb.form == "infinitive"):
                if other.link == "relative" and self.kind(i - 1) == ",":
                    continue
                clause.subject = other.subject
                clause.governor = other.governor
                clause.link = "and" if other.link in ("root", "and") else other.link
                if bare and other.verb.modal and not clause.verb.modal:
                    clause.verb = VerbReading(clause.verb.lemma, "finite", other.verb.modal, clause.verb.negated)
                if other.governor is None and other.link not in ("root", "and"):
                    clause.link = other.link
                return
        self._finite(clause, self._skip_left(i - 1))

    def _finite(self, clause: Clause, i: int) -> None:
        j = i
        if self.kind(j) == ",":
            j = self._over_insertion(j)
        if self.kind(j) == ")":
            while j >= 0 and self.kind(j) != "(":
                j -= 1
            j = self._skip_left(j - 1)
        j = self._over_relative(j, clause.chunk)
        j, clause.subject = self._subject_at(j)
        self._link(clause, j)

    def _over_insertion(self, comma: int) -> int:
        """From the comma before a verb to the chunk before the insertion it closes."""
        depth = comma - 1
        for j in range(depth, max(-1, comma - 40), -1):
            if self.kind(j) == "," and self.kind(j - 1) in ("NP", ")", "TM", "RB", "Q"):
                inner = self.kind(j + 1)
                if inner == "NP" and self._listed(j, comma):
                    continue
                return self._skip_left(j - 1)
            if self.kind(j) in (":", "SB") and self.kind(j - 1) != ",":
                break
        return self._skip_left(comma - 1)

    def _listed(self, j: int, comma: int) -> bool:
        """Whether "A, B, C and D," is a list and no insertion."""
        kinds = [self.kind(k) for k in range(j + 1, comma)]
        return "CC" in kinds and set(kinds) <= {"NP", "CC", ","} and kinds.index("CC") > 0 and "," in kinds

    def _over_relative(self, j: int, verb: int) -> int:
        """Over "who lost the vote" or "accused of theft" to the noun they describe."""
        for k in range(j, max(-1, j - 40), -1):
            if (
                k in self.at
                and self.at[k].verb.form in ("participle", "gerund")
                and self.kind(self._skip_left(k - 1)) == "NP"
            ):
                return self._over_relative(self._skip_left(k - 1), verb)
            if k in self.at:
                m = self._skip_left(k - 1)
                if self.at[k].verb.form == "gerund" and self.kind(m) == "P" and self.at[k].lemma not in _WITH_THAT:
                    return self._over_relative(self._skip_left(m - 1), verb)
                if self.at[k].verb.form == "infinitive" and m in self.at and self.at[m].verb.form == "participle":
                    return self._over_relative(m, verb)
                if self.kind(m) == "WP":
                    m -= 1
                    while m >= 0 and self.kind(m) in (",", "P"):
                        m -= 1
                    return m
                if self.at[k].verb.form == "infinitive" and self.kind(m) == "NP" and self.kind(k + 1) in ("NP", "P"):
                    nearer = self._verb_left(m)
                    if nearer is None:
                        return m
                if self.kind(m) == "NP" and self.kind(m - 1) == "WP":
                    return m - 2
                return j
            if self.kind(k) in ("SB", ":", ","):
                return j
        return j

    def _subject_at(self, j: int) -> tuple[int, list[NounPhrase]]:
        """The noun phrases that end at chunk `j`, over prepositional phrases: (first chunk, phrases)."""
        k = j
        while k >= 0 and k > j - 40:
            kind = self.kind(k)
            if kind == "NP":
                before = self.kind(k - 1)
                if k == j and self._must_be_subject(k):
                    return k, self._group_left(k)
                if before == "P" and self._governs(k - 1):
                    k = self._skip_left(k - 2)
                    continue
                if before == "CC" and self._np_left_of(k - 1):
                    m = self._start_of_group(k)
                    while self.kind(m - 1) == "," and self.kind(m - 2) == "NP" and self.kind(m - 3) in ("P", ","):
                        m -= 2
                    if self.kind(m - 1) == "P" and self._governs(m - 1) and not self._between(m - 1):
                        k = self._skip_left(m - 2)
                        continue
                return self._start_of_group(k), self._group_left(k)
            if kind in ("TM", "RB", "Q"):
                k -= 1
                continue
            break
        return j, []

    def _must_be_subject(self, k: int) -> bool:
        np = self.chunks[k].np
        if np is not None and self.tokens[np.head].lower in ("he", "she", "they", "we", "i"):
            return True
        return self.kind(k - 1) == "P" and self.chunks[k - 1].word in (
            "after",
            "before",
            "as",
            "until",
            "since",
            "than",
        )

    def _between(self, p: int) -> bool:
        return self.chunks[p].word == "between" and self.kind(p - 1) != "NP"

    def _governs(self, p: int) -> bool:
        """Whether the preposition hangs on a noun phrase to its left."""
        return self._skip_left(p - 1) >= 0 and self.kind(self._skip_left(p - 1)) in ("NP", ")", "TM")

    def _np_left_of(self, cc: int) -> bool:
        return self.kind(cc - 1) == "NP"

    def _in_pp(self, k: int) -> bool:
        return self.kind(k) == "NP" and self.kind(k - 1) == "P"

    def _start_of_group(self, k: int) -> int:
        """The first chunk of "A, B and C" that ends at `k`."""
        while k > 0:
            if self.kind(k - 1) == "CC" and self.kind(k - 2) == "NP":
                k -= 2
            elif self.kind(k - 1) == "CC" and self.kind(k - 2) == "," and self.kind(k - 3) == "NP":
                k -= 3
            elif (
                self.kind(k - 1) == ","
                and self.kind(k - 2) == "NP"
                and self.kind(k + 1) in ("CC", ",")
                and self.kind(k - 3) != "P"
            ):
                k -= 2
            else:
                return k
        return k

    def _group_left(self, k: int) -> list[NounPhrase]:
        if self.kind(k) != "NP":
            return []
        first = self._start_of_group(k)
        return [c.np for c in self.chunks[first : k + 1] if c.kind == "NP" and c.np is not None]

    def _link(self, clause: Clause, j: int) -> None:
        """How a finite clause whose subject starts at chunk `j` hangs in the sentence."""
        k = self._skip_left(j - 1)
        while k >= 0 and self.kind(k) in ("Q", "RB"):
            k -= 1
        before = self.kind(k)
        if clause.governor is not None:
            return
        if before == "SB":
            self._subordinate(clause, k)
        elif before == "WP":
            clause.link = "relative"
        elif before == "P" and self.chunks[k].word in ("as", "after", "before", "since", "until", "despite", "than"):
            clause.link = "adverbial"
        elif before == "VG":
            clause.link, clause.governor = "that", self.at[k].index
        elif (
            before in (",", ":")
            and clause.verb.lemma in _WITH_THAT
            and self._verb_left(k) is not None
            and not clause.complement
        ):
            clause.link = "attribution"
        elif before == "CC" and (other := self._finite_left(k)) is not None:
            clause.link = other.link if other.link in ("that", "adverbial", "condition") else "and"
            clause.governor = other.governor

    def _subordinate(self, clause: Clause, k: int) -> None:
        word = self.chunks[k].word
        if word == "that":
            governor = self._verb_left(self._skip_left(k - 1))
            clause.link = "that"
            if governor is not None:
                clause.governor = governor.index
        else:
            clause.link = "condition" if word in _CONDITIONS else "adverbial"


class _Right:
    """Objects, prepositional phrases and complement of one verb group."""

    def __init__(self, parser: _Parser, clause: Clause) -> None:
        self.p, self.clause = parser, clause
        self._kind = parser.kind
        self.chunks = parser.chunks
        self.particles: list[str] = []
        self.slot: list[NounPhrase] | None = None
        self.hung: NounPhrase | None = None

    def scan(self) -> None:
        i, stop = self.clause.chunk + 1, min(len(self.chunks), self.clause.chunk + 1 + _REACH)
        while 0 <= i < stop:
            c = self.chunks[i]
            i = getattr(self, _HANDLERS.get(c.kind, "_on_stop"))(i, c)
        self.clause.particles = tuple(self.particles)

    def _on_stop(self, i: int, c: Chunk) -> int:
        return -1

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
        taken = i == clause.chunk + 1 and clause.lemma not in _WITH_THAT and not clause.lemma.startswith("be")
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
            if j in self.p.at and self.p.at[j].verb.form in ("finite", "base"):
                return j
        return None

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
            other = self.p.at[i + 1]
            self.clause.gerunds.setdefault(c.word, other.index)
            other.governor = self.clause.index
            return -1
        if nxt in ("TM", "P", "RB", "Q"):
            if c.word in PARTICLES:
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
        elif form in ("finite", "base") and self._kind(i - 1) in ("NP", "RB", "TM") and self.clause.objects:
            self._complete(i, "zero")
        return -1

    def _on_that(self, i: int, c: Chunk) -> int:
        if c.word == "that":
            self._complete(self._verb_after(i), "that")
        elif c.word == "whether":
            self._complete(self._verb_after(i), "whether")
        return -1


_HANDLERS = {"NP": "_on_np", "P": "_on_prep", "CC": "_on_cc", ",": "_on_comma", "VG": "_on_verb",
             "SB": "_on_that", "TM": "_on_skip", "RB": "_on_skip",
             "Q": "_on_skip", "(": "_on_paren", "UH": "_on_skip"}  # fmt: skip
