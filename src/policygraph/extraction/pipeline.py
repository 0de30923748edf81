"""From a document to records: names first, then tables, lists, sentences."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from policygraph.extraction.draft import Draft
from policygraph.extraction.events import EventCoder
from policygraph.extraction.framing import framed
from policygraph.extraction.gazetteer import Gazetteer
from policygraph.extraction.language import language_warning
from policygraph.extraction.lists import read_lists
from policygraph.extraction.mentions import find_mentions
from policygraph.extraction.resolve import Resolver
from policygraph.extraction.roles import read_roles
from policygraph.extraction.statements import read_statements
from policygraph.extraction.tables import read_tables
from policygraph.extraction.topics import read_topics
from policygraph.records import BlockKind, Claim, Document, Event, Extraction, ReferenceData, Span, Topic
from policygraph.vocabulary import Modality

#: From this confidence on a coded act is an event of the graph; below it is a topic tag.
GATE = 0.5
_RUNNING_TEXT = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CAPTION)


class _Keyed:
    """Reference data that is looked up by its digest and not by its many rows."""

    __slots__ = ("reference",)

    def __init__(self, reference: ReferenceData) -> None:
        self.reference = reference

    def __hash__(self) -> int:
        return hash(self.reference.digest)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Keyed):
            return False
        same = self.reference.digest == other.reference.digest
        return self.reference is other.reference or (same and self.reference.digest != "")


@lru_cache(maxsize=4)
def _gazetteer(keyed: _Keyed) -> Gazetteer:
    return Gazetteer.from_reference(keyed.reference)


def gazetteer(reference: ReferenceData) -> Gazetteer:
    """The gazetteer of reference data, compiled once for each version of it."""
    return _gazetteer(_Keyed(reference))


def extract(document: Document, reference: ReferenceData) -> Extraction:
    """All that the rules find in a document.

    Args:
        document: what `reading` made of a file.
        reference: countries, people and bodies that are known beforehand.

    Returns:
        Entities with their mentions, events, claims, table rows, list items and
        topics. A text that does not read as English gives names and tables only,
        and a warning. Every span is cut from the document's text, and the same document
        and reference data always give the same records in the same order.
    """
    registry = find_mentions(document, gazetteer(reference))
    draft = Draft(document, registry, Resolver(registry))
    read_roles(draft)
    read_tables(draft)
    read_lists(draft)
    warning = language_warning(document)
    if warning is None:
        read_events(draft)
        read_statements(draft)
    read_topics(draft)
    return Extraction(
        document,
        registry.entities(),
        tuple(draft.events),
        tuple(_ordered(draft)),
        tuple(draft.rows),
        tuple(draft.items),
        tuple(draft.topics),
        (*document.warnings, *([warning] if warning else [])),
    )


def read_events(draft: Draft) -> None:
    """Add the events of running text to the draft; what the coder is not sure of becomes a topic."""
    document = draft.document
    coder = EventCoder(draft.registry, document.text, document.info.published)
    for sentence in document.sentences:
        if document.blocks[sentence.block].kind not in _RUNNING_TEXT:
            continue
        for coded in coder.sentence(sentence.span.start, sentence.span.end):
            event = framed(coded.event, document.text, draft.block_stance.get(sentence.block))
            if event.confidence >= GATE:
                _tell(draft, event)
            elif event.type is not None and event.trigger is not None:
                concept = f"event-type/{event.type.code}"
                draft.topics.append(Topic(concept, event.trigger, "event-below-gate", event.confidence))


def _tell(draft: Draft, event: Event) -> None:
    """Add an event; a planned visit of the same people to the same ones is one visit, told again."""
    for at, known in enumerate(draft.events):
        if event.mode == "visit" and event.modality is Modality.PLANNED and _plan(known) == _plan(event):
            draft.events[at] = replace(known, evidence=(*known.evidence, *event.evidence))
            return
    draft.events.append(event)


def _plan(event: Event) -> tuple[object, ...]:
    who, whom = ({p.entity or p.text for p in side} for side in (event.source, event.target))
    when = event.date.edtf if event.date else ""
    return event.type, event.mode, event.modality, event.negated, frozenset(who), frozenset(whom), when


def _ordered(draft: Draft) -> list[Claim]:
    """Claims in the order of the text, each with its evidence in that order."""

    def place(span: Span) -> tuple[int, int]:
        return span.start, span.end

    claims = [replace(c, evidence=tuple(sorted(draft.evidence[k], key=place))) for k, c in draft.claims.items()]
    return sorted(claims, key=lambda c: (place(c.evidence[0]), c.predicate, c.subject, c.object or "", c.key))
