"""What stands around an act changes what is said of it: questions, lists of what may come, "has yet to"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policygraph.extraction.regexes import regex
from policygraph.plover import plover_code
from policygraph.records import Event
from policygraph.vocabulary import Modality, ModalityDetail

if TYPE_CHECKING:
    from policygraph.extraction.draft import Stance

_YET = regex(r"\b(?:has|have|had|is|are|was|were)\s+(?:\w+\s+)?yet\s+(?:to\s+(?:\w+\s+)?)?$")
#: "Should the deal fail, …", "Had they agreed, …".
_INVERTED = regex(
    r"^[“\"‘]?(?:Should|Were|Had)\s+(?:the|an?|any|this|that|it|he|she|they|[A-Z][\w.’-]+)\b[^?!]{3,120}?,\s"
)
_NEEDED = regex(r"\b(?:needs?|ought)\s+$")
_OPENING = regex(
    r"(?:^|[,;:—–]\s+|\b(?:and|or|but|so|then)\s+)[“\"‘]?(?:do|does|did|has|have|had|is|are|was|were|will|would|can|could|should|"
    r"may|might|shall)\b",
    re.IGNORECASE,
)


def framed(event: Event, text: str, stance: Stance | None = None) -> Event:
    """The event as its surroundings present it.

    An act that a yes-or-no question asks about is only possible; what somebody "has yet to" do has
    not been done; and an item of a list of scenarios, demands or plans is meant as its list says.
    """
    if event.trigger is None or not event.evidence:
        return event
    sentence = event.evidence[0]
    before = text[sentence.start : event.trigger.start]
    if event.modality in (Modality.ASSERTED, Modality.PLANNED) and not event.negated and _YET.search(before):
        return _as(event, event.modality, negated=True)
    asked = sentence.quote.rstrip('”"’ ').endswith("?") and _OPENING.search(before)
    if asked and event.modality in (Modality.ASSERTED, Modality.PLANNED) and not event.negated:
        return _as(event, Modality.HYPOTHETICAL)
    if event.modality in (Modality.ASSERTED, Modality.PLANNED) and not event.negated:
        if _INVERTED.match(sentence.quote) and not sentence.quote.rstrip('”"’ ').endswith("?"):
            return replace(_as(event, Modality.HYPOTHETICAL), modality_detail=ModalityDetail.CONDITIONAL)
        if event.trigger.quote.startswith("to ") and _NEEDED.search(before):
            return _as(event, Modality.RECOMMENDED)
    if stance is not None and event.modality is Modality.ASSERTED and not event.negated:
        return replace(_as(event, stance.modality), modality_detail=stance.detail)
    return event


def _as(event: Event, modality: Modality, negated: bool = False) -> Event:
    """The event with another modality, and the code that follows from it."""
    code = plover_code(event.type, modality, negated) if event.type else None
    return replace(event, modality=modality, modality_detail=None, negated=negated, plover=code)
