"""Who holds or says what a statement says, as far as the sentence itself tells."""

from __future__ import annotations

import re

from policygraph.extraction.passages import Passage
from policygraph.extraction.quotations import indirect
from policygraph.extraction.subjects import subjects_of
from policygraph.extraction.words import word_set
from policygraph.records import Attribution

_SAYING = word_set(
    "say tell add claim believe think declare warn confirm hope state note acknowledge explain insist argue stress "
    "assure reassure write suggest predict fear announce maintain contend assert vow pledge promise emphasise "
    "emphasize estimate reiterate repeat allege persuade convince remind inform signal underline underscore concede"
)
_ACCORDING = re.compile(r"\b[Aa]ccording to\s+(?:the\s+|a\s+)?")
_SAID_AFTER = re.compile(
    r"[,”\"]\s+(?:(?:the|a)\s+)?(?P<who>[^,;:]{2,60}?)\s+(?P<verb>said|says|argued|added|warned|noted|told)\b"
)
_SAID_BEFORE = re.compile(r"[,”\"]\s+(?P<verb>said|says|argued|added|warned|noted)\s+(?:(?:the|a)\s+)?")


def speaker_of(passage: Passage, first: int, last: int) -> Attribution | None:
    """Who says what stands at tokens `first` to `last`: a verb of saying above it, or a speaker beside it."""
    said = _above(passage, first, last) or _beside(passage, first)
    if said is None:
        sentence, at = passage.sentence.span, passage.tokens[first].start
        said = indirect(passage.draft.registry, sentence.start, at, sentence.end)
    return said or passage.draft.resolver.quotations.at(passage.tokens[first].start)


def _above(passage: Passage, first: int, last: int) -> Attribution | None:
    """The subject of a verb of saying that governs the clause by "that" or without it."""
    clauses = passage.parsed.clauses
    start = passage.tokens[first].start
    clause = passage.clause_at(first, last)
    seen = 0
    while clause is not None and seen < 5:
        above = clauses[clause.governor] if clause.governor is not None else None
        if above is not None and above.verb.lemma in _SAYING and clause.link != "inf":
            attribution = _by_clause(passage, above.index)
            if attribution and attribution.span.start < start:
                return attribution
        clause, seen = above, seen + 1
    return _said_before_that(passage, first)


def _said_before_that(passage: Passage, first: int) -> Attribution | None:
    """A verb of saying, with "that", before the statement in the sentence."""
    for that in range(first - 1, 0, -1):
        if passage.tokens[that].lower != "that":
            continue
        for clause in reversed(passage.parsed.clauses):
            main = passage.parsed.chunks[clause.chunk].main
            if that - 8 <= main < that and clause.verb.lemma in _SAYING:
                return _by_clause(passage, clause.index)
    return None


def _by_clause(passage: Passage, index: int) -> Attribution | None:
    clause = passage.parsed.clauses[index]
    if not clause.subject:
        return None
    verb = passage.parsed.chunks[clause.chunk].first
    first, last = clause.subject[0].first, clause.subject[-1].last
    found = subjects_of(passage, first, last, verb)
    if found and found[0].kind == "actor":
        return Attribution(found[0].entity, passage.span(first, last), clause.verb.lemma, clause.quoted)
    if passage.tokens[last - 1].tag == "NNS":
        return Attribution(None, passage.span(first, last), clause.verb.lemma, clause.quoted)
    return None


def _beside(passage: Passage, first: int) -> Attribution | None:
    """ "According to X", "…, X said", "…, said X"."""
    draft, sentence = passage.draft, passage.sentence.span
    found = _ACCORDING.search(sentence.quote)
    if found:
        return _named_at(passage, sentence.start + found.end(), "according to")
    tail = draft.document.text[passage.tokens[first].end : sentence.end]
    base = passage.tokens[first].end
    said = _SAID_BEFORE.search(tail)
    if said:
        return _named_at(passage, base + said.end(), said["verb"])
    said = _SAID_AFTER.search(tail)
    return _named_at(passage, base + said.start("who"), said["verb"]) if said else None


def _named_at(passage: Passage, start: int, verb: str) -> Attribution | None:
    registry = passage.draft.registry
    found = [f for f in registry.within(start - 4, passage.sentence.span.end) if f.actor and f.span.start <= start + 3]
    if found:
        local = registry.actor(found[0])
        return Attribution(local, found[0].span, verb) if local else None
    token = next((t for t in passage.tokens if t.start == start), None)
    if token and token.tag == "PRP":
        local = passage.draft.resolver.pronoun(token.text, token.start, token.end)
        return Attribution(local, passage.draft.span(token.start, token.end), verb) if local else None
    return None
