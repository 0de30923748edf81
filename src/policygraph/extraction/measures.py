"""Measures that a text names in passing with the body that applies them."""

from __future__ import annotations

import re

from policygraph.extraction.draft import Stance
from policygraph.extraction.passages import Passage
from policygraph.extraction.registry import Found
from policygraph.extraction.subjects import policies_under
from policygraph.extraction.undertakings import policy
from policygraph.extraction.words import words
from policygraph.records import Span

_INCLUDING = re.compile(r",?\s+(?:including|such as|among them|notably|like)\s+")
_MEMBERS = re.compile(r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|as well as)\s+")


def read_measures(passage: Passage) -> None:
    """Add what an authority applies: "X's measures, including A and B", "policies under X"."""
    draft, sentence = passage.draft, passage.sentence.span
    for owner in draft.registry.within(sentence.start, sentence.end):
        if owner.actor and owner.iso3:
            _including(passage, owner)
            _under(passage, owner)


def _including(passage: Passage, owner: Found) -> None:
    """The members of a list of measures that the owner's measures are said to include."""
    draft, text, end = passage.draft, passage.draft.document.text, passage.sentence.span.end
    found = _INCLUDING.search(text, owner.span.end, end)
    if not found:
        return
    before = text[owner.span.end : found.start()].lower().split()
    if not before or len(before) > 6 or before[-1].strip(",") not in words().policy_nouns:
        return
    stop = _end_of_list(passage, found.end())
    whole = draft.span(owner.span.start, stop)
    actor = draft.registry.actor(owner)
    for member in _members(draft.span(found.end(), stop)):
        local = policy(draft.registry, member, owner.iso3)
        passage.measures.append(local)
        if actor:
            draft.claim(
                actor,
                "implements",
                local,
                Stance(),
                (whole,),
                confidence=0.85,
                method="including",
                words=(owner.span.quote, member.quote),
            )


def _end_of_list(passage: Passage, start: int) -> int:
    """The list ends before the verb group that follows it, or with the clause."""
    first = next(i for i, t in enumerate(passage.tokens) if t.start >= start)
    for chunk in passage.parsed.chunks:
        finite = chunk.verb is not None and chunk.verb.form == "finite"
        if chunk.first >= first and (finite or chunk.kind == "WP" or passage.tokens[chunk.first].text in ".;:"):
            last = chunk.first
            while passage.tokens[last - 1].text == ",":
                last -= 1
            return passage.tokens[last - 1].end
    return passage.tokens[passage.clause_end(first) - 1].end


def _members(list_: Span) -> list[Span]:
    made, at = [], 0
    for gap in [*_MEMBERS.finditer(list_.quote), None]:
        end = gap.start() if gap else len(list_.quote)
        if list_.quote[at:end].strip():
            made.append(Span(list_.start + at, list_.start + end, list_.quote[at:end]))
        at = gap.end() if gap else end
    return made


def _under(passage: Passage, owner: Found) -> None:
    """ "Asylum rules under the N administration": that administration applies them."""
    draft = passage.draft
    actor = owner.actor or ""
    if not actor.startswith(("administration/", "government/")) or not passage.tokens:
        return
    at = next((i for i, t in enumerate(passage.tokens) if t.start >= owner.span.start), 0)
    before = [i for i in range(max(at - 2, 1), at) if passage.tokens[i].lower == "under"]
    if not before:
        return
    last = next((i for i, t in enumerate(passage.tokens) if t.start >= owner.span.end), len(passage.tokens))
    for local in policies_under(passage, max(before[0] - 6, 0), last):
        draft.claim(
            actor,
            "implements",
            local,
            Stance(),
            (draft.sentence_span(passage.sentence),),
            confidence=0.8,
            method="policy-under",
            words=(owner.span.quote, None),
        )
