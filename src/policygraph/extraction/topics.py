"""What a document is about in part: topics of the vocabulary that its sentences name."""

from __future__ import annotations

from policygraph.extraction.concepts import vocabulary
from policygraph.extraction.draft import Draft
from policygraph.records import Topic


def read_topics(draft: Draft) -> None:
    """Add the first place of each topic in each block to the draft."""
    for block in draft.document.blocks:
        seen: set[str] = set()
        for found in vocabulary("topic").inside(draft.document.text, block.span.start, block.span.end):
            if found.concept not in seen:
                seen.add(found.concept)
                span = draft.span(found.start, found.end)
                draft.topics.append(Topic(found.concept, span, "label", 0.8))
