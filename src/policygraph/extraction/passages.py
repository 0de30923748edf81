"""A sentence made ready for statements: verb groups, subjects, and where a complement ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from policygraph.extraction.chunks import NounPhrase
from policygraph.extraction.clauses import Clause, Parsed, parse
from policygraph.extraction.draft import Draft, Stance
from policygraph.extraction.tags import tag
from policygraph.extraction.tokens import Token, tokenise
from policygraph.extraction.triggers import base_forms
from policygraph.extraction.words import word_set
from policygraph.records import Sentence, Span
from policygraph.vocabulary import Modality, ModalityDetail

_MAYBE = word_set("may might could can perhaps possibly potentially likely")
_OUGHT = word_set("should must ought")
_WILL = word_set("will shall 'll ’ll")
_NOT = word_set("not n't n’t never no longer cannot neither nor hardly")
_FINITE = ("MD", "VBZ", "VBP", "VBD")
_FAILED = word_set("fail refuse decline hesitate forget neglect")
_PHASE = word_set("continue begin start help seem appear manage come get tend serve have use ought")
_NOT_ALONE = word_set("only merely just simply")
# Words of a verb group before its trigger: auxiliaries, copulas, phase verbs and adverbs.
_GROUP = word_set(
    "be is are was were been being am has have had having do does did get gets got remain remains remained stay "
    "stays become becomes became appear appears seem seems continue continues continued begin begins began start "
    "starts started also not n't n’t never no longer only even just still already soon will shall may might could "
    "can should must ought would to 'll ’ll 've ’ve 're ’re 's ’s 'd ’d cannot help helps helped likely unlikely "
    "set due expected scheduled about preparing prepares prepared going plans planning planned ready poised slated"
)
_SCHEDULED = word_set(
    "set due expected scheduled preparing prepares prepared going plans planning planned poised slated about"
)
_STOP_WORDS = word_set(
    "while whereas although though because since unless if when after before until as which who whose where amid "
    "despite but said says told saying adding according whether"
)
_CONTRAST = word_set("but yet so nor whereas while")
_MOST_LEFT = 9
_LONGEST_COMPLEMENT = 40


@dataclass(frozen=True, slots=True)
class Group:
    """The verb group of a trigger: where it begins, and how it is put."""

    first: int
    stance: Stance
    negated: bool


class Passage:
    """One sentence of a draft with its tokens and clauses."""

    def __init__(self, draft: Draft, sentence: Sentence, previous: Passage | None = None) -> None:
        self.draft = draft
        #: The sentence before in the same block, for an "it" or "they" that means its subject.
        self.previous = previous
        self.sentence = sentence
        text = draft.document.text
        #: Up to which token the statements of a predicate reach, so that no part is read twice.
        self.covered: dict[str, int] = {}
        #: The predicate that is being read: what has effects is rather a policy than who applies it.
        self.predicate = ""
        #: Measures that the sentence lists as examples of its subject.
        self.measures: list[str] = []
        self.tokens: list[Token] = tag(tokenise(text, sentence.span.start, sentence.span.end), text)

    def alone(self) -> Passage:
        """The passage without what came before it, so that a chain of them is not kept."""
        self.previous = None
        return self

    def root_subject(self) -> tuple[int, int, int] | None:
        """The subject of the main clause, as first and last token, and the token of its verb."""
        for clause in self.parsed.clauses:
            if clause.link == "root" and clause.subject:
                return clause.subject[0].first, clause.subject[-1].last, self.parsed.chunks[clause.chunk].first
        return None

    @cached_property
    def parsed(self) -> Parsed:
        """Chunks and clauses, made only when a pattern asks for them."""
        return parse(self.tokens)

    def span(self, first: int, last: int) -> Span:
        """The characters of tokens `first` to `last` (not included)."""
        return self.draft.span(self.tokens[first].start, self.tokens[last - 1].end)

    def group(self, first: int) -> Group:
        """Read the verb group that ends in the token `first`, from right to left."""
        at, words = first, []
        while at > 0 and first - at < _MOST_LEFT and self._in_group(at - 1):
            at -= 1
            words.append(self.tokens[at].lower)
        negated = any(w in _NOT and self._denies(at, first) for w in words)
        return self._by_infinitive(at, first) or Group(at, _stance(words), negated)

    def _by_infinitive(self, at: int, first: int) -> Group | None:
        """ "Efforts to engage", "refused to back": an infinitive is meant, denied or, after phase verbs, done."""
        to = next((i for i in range(first - 1, at - 1, -1) if self.tokens[i].lower == "to"), None)
        if to is None or to == 0:
            return None
        above = base_forms(self.tokens[to - 1].lower)
        if any(f in _FAILED for f in above):
            return Group(self.group(to - 1).first, Stance(), True)
        if self.tokens[to - 1].lower in _GROUP or any(f in _PHASE for f in above):
            return None
        return Group(at, Stance(Modality.PLANNED, ModalityDetail.INTENDED), any(w in _NOT for w in self._words(at, to)))

    def _words(self, first: int, last: int) -> list[str]:
        return [t.lower for t in self.tokens[first:last]]

    def joined(self, at: int) -> Group | None:
        """The group that a bare verb behind "and" or "but" shares its auxiliaries with."""
        first = self._first_conjunct(at)
        if first == at:
            return None
        back = next(i for i in range(at - 2, -1, -1) if self.tokens[i].tag in _FINITE)
        return self.group(back + 1)

    def _denies(self, at: int, first: int) -> bool:
        """Whether a "not" of the group denies: "not only" and "not merely" do not."""
        words = [t.lower for t in self.tokens[at : first + 1]]
        return not any(w in _NOT and words[i + 1] in _NOT_ALONE for i, w in enumerate(words[:-1]))

    def _in_group(self, at: int) -> bool:
        token = self.tokens[at]
        return token.lower in _GROUP or token.tag == "RB"

    def clause_at(self, first: int, last: int) -> Clause | None:
        """The clause whose main verb stands among the tokens."""
        for clause in self.parsed.clauses:
            chunk = self.parsed.chunks[clause.chunk]
            if first <= chunk.main < last:
                return clause
        return None

    def subject(self, first: int, trigger: int) -> tuple[int, int] | None:
        """The tokens of the subject of the group that begins at `first`.

        The clause knows it where its verb was recognised; else it is the noun
        phrase before the group, over what stands between two commas.
        """
        owner = self._noun_owner(trigger)
        if owner is not None:
            return owner
        listed = first > 0 and self.tokens[first - 1].text == "," and self.is_joined(first)
        clause = None if listed else self.clause_at(first, trigger + 1)
        if clause is not None and clause.subject and clause.subject[0].first < first:
            return self._own_subject(clause).first, min(clause.subject[-1].last, first)
        at = self._over_insertion(self._first_conjunct(first))
        within = next((c for c in self.parsed.chunks if c.first < at < c.last and c.kind == "NP"), None)
        if within:
            return within.first, at
        chunk = next(
            (c for c in reversed(self.parsed.chunks) if c.last <= at and c.kind == "NP" and at - c.last < 2), None
        )
        return (chunk.first, chunk.last) if chunk else None

    def _own_subject(self, clause: Clause) -> NounPhrase:
        """The first phrase of a subject that is no rest of the clause before: "Peru is calm, but we …"."""
        phrases = clause.subject
        for before, phrase in zip(reversed(phrases[:-1]), reversed(phrases[1:]), strict=True):
            between = self._words(before.last, phrase.first)
            if any(w in _CONTRAST for w in between) or self.tokens[before.head].tag in ("JJ", "VBN", "RB"):
                return phrase
        return phrases[0]

    def _noun_owner(self, trigger: int) -> tuple[int, int] | None:
        """For a noun as trigger ("her focus on", "reaffirmed its commitment to"): its owner or the verb's subject."""
        if self.tokens[trigger].tag not in ("NN", "NNS"):
            return None
        chunk = next((c for c in self.parsed.chunks if c.first <= trigger < c.last and c.kind == "NP"), None)
        if chunk is None:
            return None
        pronoun = any(self.tokens[i].tag == "PRP$" for i in range(chunk.first, trigger))
        for clause in self.parsed.clauses if pronoun else ():
            if clause.subject and any(np.first <= trigger < np.last for group in clause.objects for np in group):
                return clause.subject[0].first, clause.subject[-1].last
        if any(self.tokens[i].tag in ("POS", "PRP$") for i in range(chunk.first, trigger)):
            return chunk.first, trigger + 1
        for clause in self.parsed.clauses:
            if clause.subject and any(np.first <= trigger < np.last for group in clause.objects for np in group):
                return clause.subject[0].first, clause.subject[-1].last
        return None

    def _first_conjunct(self, at: int) -> int:
        """From a verb joined by "and" or "but", or listed, to the verb group before it that has the subject."""
        if at == 0 or not self.is_joined(at):
            return at
        back = next((i for i in range(at - 2, -1, -1) if self.tokens[i].tag in _FINITE), None)
        return self.group(back).first if back is not None else at

    def is_joined(self, at: int) -> bool:
        """Whether a verb is joined to one before: "… and ease", "…, ease tensions and …"."""
        before, token = self.tokens[at - 1], self.tokens[at]
        return before.tag == "CC" or (
            before.text == "," and token.tag in ("VB", "VBP") and token.lower not in ("let", "say")
        )

    def _over_insertion(self, at: int) -> int:
        """Step from a comma before the verb to the comma that opened the insertion."""
        if at > 1 and self.tokens[at - 1].text == ",":
            for back in range(at - 2, max(at - 30, 0), -1):
                if self.tokens[back].text == ",":
                    return back
        return at

    def clause_end(self, first: int) -> int:
        """Where the complement that begins at `first` ends."""
        at = first
        limit = min(len(self.tokens), first + _LONGEST_COMPLEMENT)
        while at < limit:
            token = self.tokens[at]
            if token.text in '.;:!?—–--()[]“”"' or (
                at > first and token.lower in _STOP_WORDS and not self._compares(at)
            ):
                break
            if token.text == "," and not self._enumerates(at):
                break
            if token.tag == "CC" and at > first and self._finite_next(at + 1):
                break
            if token.lower == "that" and at > first and self._opens_clause(at + 1):
                break
            at += 1
        while at > first and (self.tokens[at - 1].text in ",.;:" or self.tokens[at - 1].tag == "CC"):
            at -= 1
        return at

    def _opens_clause(self, at: int) -> bool:
        """Whether what follows "that" has a subject of its own: "assure them that the …"."""
        return at < len(self.tokens) and self.tokens[at].tag in ("DT", "NNP", "PRP", "NNS", "PRP$")

    def _finite_next(self, at: int) -> bool:
        """Whether a finite verb follows, so that "and" joins another predicate: "… and wants to"."""
        while at < len(self.tokens) and self.tokens[at].tag == "RB":
            at += 1
        return at < len(self.tokens) and self.tokens[at].tag in ("VBZ", "VBD", "MD")

    def _compares(self, at: int) -> bool:
        """Whether "as" belongs to "such as" or "as well as" and opens no clause."""
        before, after = self.tokens[at - 1].lower, self.tokens[at + 1].lower if at + 1 < len(self.tokens) else ""
        return self.tokens[at].lower == "as" and (before in ("such", "well", "as") or after in ("well", "part"))

    def _enumerates(self, comma: int) -> bool:
        """Whether a comma parts the members of a list: "roads, ports and schools"."""
        following = self.tokens[comma + 1 : comma + 12]
        if not following or following[0].tag in ("VBG", "WP", "SB", "RB", "PRP"):
            return False
        for n, token in enumerate(following):
            if token.tag in ("VBD", "VBZ", "VBP", "MD") or token.text in ".;:" or token.lower in _STOP_WORDS:
                return False
            if token.lower in ("and", "or") and n < 8:
                return True
        return False


def _stance(words: Sequence[str]) -> Stance:
    """Modality of a verb group from its words, read from right to left."""
    if any(w in _MAYBE or w == "would" for w in words):
        return Stance(Modality.HYPOTHETICAL)
    if any(w in _OUGHT for w in words):
        return Stance(Modality.RECOMMENDED)
    if any(w in _SCHEDULED for w in words):
        return Stance(Modality.PLANNED, ModalityDetail.SCHEDULED)
    if any(w in _WILL for w in words):
        return Stance(Modality.PLANNED)
    return Stance()
