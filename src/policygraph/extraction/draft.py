"""What is being gathered about one document: claims, events, rows, items, topics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from policygraph.extraction.registry import Registry
from policygraph.extraction.resolve import Resolver
from policygraph.iris import content_key
from policygraph.records import Attribution, Block, BlockKind, Claim, Document, Event, Item, Row, Sentence, Span, Topic
from policygraph.vocabulary import Modality, ModalityDetail

_FINAL_MARKS = ".!?:;"


@dataclass(frozen=True, slots=True)
class Stance:
    """How a source presents something: modality with its finer reading, and who says so."""

    modality: Modality = Modality.ASSERTED
    detail: ModalityDetail | None = None
    attribution: Attribution | None = None


@dataclass
class Draft:
    """Everything found so far in a document; `extraction()` of the pipeline closes it."""

    document: Document
    registry: Registry
    resolver: Resolver
    claims: dict[str, Claim] = field(default_factory=dict)
    #: All spans that support a claim, by its key, in the order found.
    evidence: dict[str, dict[Span, None]] = field(default_factory=dict)
    #: Where each addressee was advised last.
    last_advice: dict[str, int] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    #: Blocks of lists of no known kind: their items are running text.
    plain_items: set[int] = field(default_factory=set)
    #: Items that are no plain report, with how their list presents them: scenarios, demands, plans.
    block_stance: dict[int, Stance] = field(default_factory=dict)
    #: What the last statement was about, with its block, for an "it" in the next sentence.
    last_subject: tuple[int, str, str] | None = None
    #: The policy, undertaking or aim that was an object last, with its block, for an "it" as object.
    last_thing: tuple[int, str] | None = None

    def claim(
        self,
        subject: str,
        predicate: str,
        object_: str,
        stance: Stance,
        evidence: Sequence[Span],
        *,
        concept: bool = False,
        confidence: float = 0.9,
        method: str = "",
        condition: Iterable[str] = (),
        words: tuple[str | None, str | None] = (None, None),
    ) -> str:
        """Add a claim and return its key; the same claim again only gains evidence."""
        speaker = stance.attribution.entity if stance.attribution else None
        key = content_key(self.document.id, subject, predicate, object_, stance.modality, speaker or "")
        if stance.modality is Modality.RECOMMENDED and evidence:
            self.last_advice[subject] = max(self.last_advice.get(subject, -1), evidence[-1].start)
        self.evidence.setdefault(key, {}).update(dict.fromkeys(evidence))
        known = self.claims.get(key)
        if known is not None:
            if confidence > known.confidence:
                self.claims[key] = replace(known, confidence=confidence)
            return key
        self.claims[key] = Claim(
            subject,
            predicate,
            stance.modality,
            tuple(dict.fromkeys(evidence)),
            object_,
            concept,
            modality_detail=stance.detail,
            attribution=stance.attribution,
            condition=tuple(condition),
            surface_subject=words[0],
            surface_object=words[1],
            confidence=confidence,
            method=method,
            key=key,
        )
        return key

    @cached_property
    def headings(self) -> list[Block | None]:
        """For each block the heading above it."""
        above: list[Block | None] = []
        last: Block | None = None
        for block in self.document.blocks:
            above.append(last)
            last = block if block.kind is BlockKind.HEADING else last
        return above

    def span(self, start: int, end: int) -> Span:
        """A stretch of the document."""
        return Span.of(self.document.text, start, end)

    def sentence_span(self, sentence: Sentence) -> Span:
        """A sentence without its final mark, which supports nothing."""
        return self.trimmed(sentence.span)

    def trimmed(self, span: Span) -> Span:
        """A stretch of text without its final marks."""
        end = span.end
        while end > span.start + 1 and self.document.text[end - 1] in _FINAL_MARKS:
            end -= 1
        return self.span(span.start, end)


def label(words: str) -> str:
    """Words as a name: first letter a capital, no final full stop, blanks evened out.

    >>> label("reduced  poverty.")
    'Reduced poverty'
    """
    plain = " ".join(words.split()).strip(" ,;:.")
    return plain[:1].upper() + plain[1:]
