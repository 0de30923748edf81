"""Clauses and the sentence they make up."""

from __future__ import annotations

from dataclasses import dataclass, field

from policygraph.extraction.chunks import Chunk, NounPhrase
from policygraph.extraction.modality import VerbReading
from policygraph.extraction.tokens import Token


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
    stranded: str = ""
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
