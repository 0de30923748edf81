"""When an act took place: of the dates in its sentence the one that is its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from policygraph.extraction import dates
from policygraph.extraction.clauses import Parsed
from policygraph.extraction.coder import Act
from policygraph.records import DateRef
from policygraph.vocabulary import Modality


def date_of(act: Act, parsed: Parsed, text: str, published: dt.date | None) -> DateRef | None:
    """The date nearest to the verb, of those that no other clause takes and that say when it was and not when told."""
    clause, tokens = act.clause, parsed.tokens
    future = act.modality is Modality.PLANNED
    refs = dates.find(text, tokens[0].start, tokens[-1].end, published=published, future=future)
    if not refs or clause is None:
        return None
    at = tokens[parsed.chunks[clause.chunk].first].start
    speech = act.speech
    end = (
        tokens[parsed.chunks[speech.chunk].first].start if speech is not None and speech.chunk > clause.chunk else 10**9
    )
    near = [r for r in refs if r.span and r.span.start < end] or ([] if speech is not None else refs)
    own = [r for r in near if r.span and _clause_of(parsed, r.span.start) in (None, clause.index)]
    return min(own or _loose(parsed, near), key=lambda r: abs(r.span.start - at) if r.span else 0, default=None)


def _clause_of(parsed: Parsed, offset: int) -> int | None:
    """The clause whose verb stands last before an offset; None for what opens the sentence."""
    tokens, chunks = parsed.tokens, parsed.chunks
    before = [c for c in parsed.clauses if tokens[chunks[c.chunk].first].start < offset]
    return max(before, key=lambda c: chunks[c.chunk].first).index if before else None


def _loose(parsed: Parsed, refs: Sequence[DateRef]) -> list[DateRef]:
    """Dates that no clause of its own takes: not those of "who" and "which" clauses."""
    clauses = parsed.clauses
    owners = [(r, _clause_of(parsed, r.span.start)) for r in refs if r.span]
    return [r for r, owner in owners if owner is None or clauses[owner].link not in ("relative", "reduced")]
